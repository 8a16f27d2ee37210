"""What must never stand in a report: digests of names, addresses and ids, for the gate."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from crmkit.ingest.accounts.principals import bare
from crmkit.ingest.accounts.salesforce_ids import is_user_id, short_id
from crmkit.ingest.discretion.name_forms import FUNCTION_WORDS, names, surnames
from crmkit.ingest.discretion.pseudonyms import identity_digest, normalise

SCHEMA = {"kind": pl.String, "digest": pl.String}
#: Shorter texts are no names but codes or initials that stand in any report.
SHORTEST = 3
#: Letters of a user name without its domain; a shorter one may be any abbreviation.
_SHORTEST_LOGIN = 5
#: Personnel numbers that are no mere count: with a letter and digits, or of eight digits and more.
_NUMBER = re.compile(r"(?=.*[^\W\d_])(?=.*\d).{4,}|\d{8,}")


def of_accounts(accounts: pl.DataFrame, key: bytes) -> pl.DataFrame:
    """Return kind (name, email, username, id, surname) and keyed digest of everything that names a person."""
    found = {
        (kind, text)
        for row in accounts.iter_rows(named=True)
        for kind, text in _texts(row)
        if len(normalise(text)) >= SHORTEST
    }
    rows = sorted({(kind, identity_digest(key, text)) for kind, text in found})
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def logins(row: dict[str, str | None]) -> Iterator[str]:
    """Return user names without their domain: before an ``@``, behind a backslash; none that is an ordinary word."""
    for text in (row["email"] or "", row["username"] or "", own_id(row)):
        bare = text.rpartition("\\")[2].partition("@")[0]
        is_login = sum(letter.isalpha() for letter in bare) >= _SHORTEST_LOGIN
        if bare != text and is_login and normalise(bare) not in FUNCTION_WORDS:
            yield bare


def own_id(row: dict[str, str | None]) -> str:
    """Return the account as its own system knows it."""
    return bare(row["account"] or "", row.get("named_system"))


def number(row: dict[str, str | None]) -> str:
    """Return the personnel number if it can be told from a count, else nothing."""
    given = (row["employee_number"] or "").strip()
    return given if _NUMBER.fullmatch(given) else ""


def _texts(row: dict[str, str | None]) -> list[tuple[str, str]]:
    texts = [("name", text) for text in names(row)]
    texts += [(kind, row[kind] or "") for kind in ("email", "username")]
    texts += [("username", text) for text in logins(row)]
    account = own_id(row)
    texts += [("id", account)] + ([("id", short_id(account))] if is_user_id(account) else [])
    texts += [("id", number(row)), *(("surname", text) for text in surnames(row))]
    return [(kind, text) for kind, text in texts if text]
