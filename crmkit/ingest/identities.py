"""What must never stand in a report: digests of names, addresses and ids, for the gate."""

from __future__ import annotations

import polars as pl

from crmkit.ingest.pseudonyms import identity_digest, normalise
from crmkit.ingest.salesforce_ids import is_user_id, short_id

SCHEMA = {"kind": pl.String, "digest": pl.String}
#: Shorter texts are no names but codes or initials that stand in any report.
SHORTEST = 3


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


def _texts(row: dict[str, str | None]) -> list[tuple[str, str]]:
    first, last = row["first_name"] or "", row["last_name"] or ""
    name = row["name"] or ""
    names = [f"{first} {last}", f"{last} {first}", name, " ".join(reversed(name.split()))]
    texts = [("name", text) for text in names if len(normalise(text).split()) > 1]
    texts += [(kind, row[kind] or "") for kind in ("email", "username")]
    account = row["account"] or ""
    texts += [("id", account)] + ([("id", short_id(account))] if is_user_id(account) else [])
    surname = last or (name.split()[-1] if len(name.split()) > 1 else "")
    return [(kind, text) for kind, text in [*texts, ("surname", surname)] if text]
