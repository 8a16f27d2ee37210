"""Under which names logs and lists know an account, and of which system it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import polars as pl

from crmkit.errors import SettingsError
from crmkit.ingest.accounts import doubles
from crmkit.ingest.accounts.salesforce_ids import USER_ID, canonical_id
from crmkit.readers import reader_of
from crmkit.settings import Export

#: Begins a name that is an id of another kind, such as an owner's: it may equal the id of somebody else.
OTHER = "other_id:"
#: Columns by which logs know an account; an id of its own comes last and wins.
_NAMES = ("name", "email", "username", "other_id", "user_id")
#: Those that several accounts may have.
_SHARED = ("name", "email", "username")
_FOLDED, _PERSON, _WORKS = "__folded", "__person", "__works"


def system_of(export: Export) -> str:
    """Return the system that an export is of: as stated, else the reader's CRM, else empty."""
    return export.system or reader_of(export.reader).crm


def in_system(accounts: pl.Expr, system: str) -> pl.Expr:
    """Return accounts under the name of their system, where the client has named it."""
    if not system:
        return accounts
    begin = f"{system}:"
    return pl.when(accounts.str.starts_with(begin)).then(accounts).otherwise(pl.lit(begin) + accounts)


def bare(account: str, system: str | None) -> str:
    """Return an account without the name of its system."""
    return account.removeprefix(f"{system}:") if system else account


def of_lists(listed: pl.DataFrame) -> dict[str, dict[str, str]]:
    """Return for each named system, and for all together under an empty name, its names → accounts.

    Names are case folded. Under the empty name an id that two systems have means neither. A full name, username or
    e-mail address that several accounts have means the only one of them that is a person and not inactive; where
    that does not decide, it means nobody, and rows under it are those of nobody on a list.
    """
    found: dict[str, dict[str, str]] = {"": {}}
    seen: dict[str, set[str]] = {}
    for system, name, account in _pairs(listed):
        found.setdefault(system, {})[name] = account
        found[""][name] = account
        seen.setdefault(name, set()).add(system)
    for name, systems in seen.items():
        if len(systems) > 1:
            del found[""][name]
    # written out with its system, an id is never in doubt
    found[""] |= {str(account).casefold(): str(account) for account in listed["account"].unique()}
    return found


def _pairs(listed: pl.DataFrame) -> Iterator[tuple[str, str, str]]:
    known = _with_standing(listed)
    for field in (name for name in _NAMES if name in listed.columns):
        rows = known.drop_nulls(field)
        if field in _SHARED:
            rows = _meant(rows, field)
        rows = rows.select("named_system", field, "account").unique(maintain_order=True)
        for system, name, account in rows.iter_rows():
            if not USER_ID.fullmatch(str(name)):
                yield system, str(name).strip().casefold(), account
                if field == "other_id":
                    yield system, OTHER + str(name).strip().casefold(), account


def _with_standing(listed: pl.DataFrame) -> pl.DataFrame:
    """Add what decides whose a shared name is: whether the account is a person at work, as last known, and who."""
    missing = {"system": pl.String, "kind": pl.String, "active": pl.Boolean, "snapshot": pl.Date, "last_login": pl.Date,
               "employee_number": pl.String}  # fmt: skip
    rows = listed.with_columns(
        pl.lit(None, dtype=dtype).alias(name) for name, dtype in missing.items() if name not in listed.columns
    )
    works = (pl.col("kind") == "person").fill_null(value=True) & pl.col("active").fill_null(value=True)
    rows = rows.with_columns(doubles.persons(rows).alias(_PERSON), works.alias(_WORKS))
    last = pl.col(_WORKS, "last_login", _PERSON).sort_by("snapshot", nulls_last=False, maintain_order=True).last()
    return rows.with_columns(last.over("account"))


def _meant(rows: pl.DataFrame, field: str) -> pl.DataFrame:
    """Return the rows whose name means their account: its own, or the only one of those who share it that works.

    An address is somebody's in one system, and of whoever had it last; two people of one name stay two.
    """
    rows = rows.with_columns(pl.col(field).str.strip_chars().str.to_lowercase().alias(_FOLDED))
    per = ["named_system", _FOLDED] if field == "name" else ["named_system", "system", _FOLDED]
    is_shared = pl.col("account").n_unique().over(per) > 1
    shared = rows.filter(is_shared & pl.col(_WORKS))
    if field != "name":
        newest = pl.col("snapshot").max().over(per)
        shared = shared.filter((pl.col("snapshot") == newest) | newest.is_null())
    shared = shared.filter(pl.col(_PERSON).n_unique().over(per) == 1)
    # several accounts of one person: any is right, so that it is always the same
    in_order = shared.sort("last_login", "account", descending=[True, False], nulls_last=True)
    return pl.concat([rows.filter(~is_shared), in_order.unique(per, keep="first", maintain_order=True)])


def named(name: str, names: Mapping[str, str], *, by_other_id: bool = False) -> str | None:
    """Return the account that a log means by a name, None if the lists do not know it as what it is.

    Parameters
    ----------
    name
        As it stands in the log.
    names
        From `of_lists`.
    by_other_id
        Whether numbers are ids of another kind: then one that no list has must not meet somebody's id by chance.
    """
    key = name.strip().casefold()
    if by_other_id and names and key.isdigit():
        return names.get(OTHER + key)
    return names.get(key, canonical_id(name))


def check_lists(listed: pl.DataFrame, files: dict[str, list[str]]) -> None:
    """Refuse lists of two systems that know accounts by the same plain id, where nobody says what that means.

    Parameters
    ----------
    listed
        Accounts of all lists: account, system, named_system.
    files
        System → names of its files, for the message.

    Raises
    ------
    SettingsError
        Naming the files and how many ids meet.
    """
    rows = listed.filter(
        (pl.col("named_system") == "") & (pl.col("system") != "") & ~pl.col("account").str.contains("@")
    )
    both = rows.group_by("account").agg(pl.col("system").unique().sort()).filter(pl.col("system").list.len() > 1)
    if both.is_empty():
        return
    (systems, n), *_ = Counter(map(tuple, both["system"].to_list())).most_common(1)
    names = " and ".join(f"`{name}`" for system in systems[:2] for name in files.get(system, [])[:1])
    raise SettingsError(
        f"client.yml: exports: {names} are of two systems and know {n} accounts by the same id. "
        "Name the system of each (`system: sales`): then equal ids are different accounts."
    )
