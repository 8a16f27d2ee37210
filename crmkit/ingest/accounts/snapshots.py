"""Dated lists of accounts under pseudonyms: what a CRM forgets, the prepared tables remember.

A user list shows today's state only. Every list is kept with its day, so that a later run knows who held which
licence in which unit before, also when the list of then is no longer there.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from crmkit import schema
from crmkit.client import PREPARED
from crmkit.ingest.accounts import doubles, spans
from crmkit.ingest.discretion.pseudonyms import key_check, person_pseudonym, user_pseudonym
from crmkit.ingest.stamps import stored

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    import pandas as pd

_FILE = "snapshots.parquet"
#: System of accounts that no list knows: seen in a log only, so that their absence from a list says nothing.
FROM_LOG = "(log)"
#: Whether an account was active, as text: a list may say nothing of it.
_STATES = {True: "active", False: "inactive", None: ""}
_TEXTS = ("system", "delivery", "kind", "licence", "org_unit", "role", "subdivision")
_DATES = ("snapshot", "first_active", "last_active", "last_login", "last_modified", "left")


def of_accounts(listed: pl.DataFrame, key: bytes, *, as_of: dt.date) -> pl.DataFrame:
    """Return the accounts of all lists under pseudonyms.

    Parameters
    ----------
    listed
        Accounts of `all_lists.read` with what `people.csv` says of them.
    key
        Key of the pseudonyms.
    as_of
        Day of lists that state none.

    Returns
    -------
    polars.DataFrame
        Contract `snapshots`.
    """
    people = doubles.persons(listed)
    states = pl.Series([_STATES[value] for value in listed["active"]], dtype=pl.String)
    rows = listed.with_columns(
        user_id=_mapped(listed["account"], lambda text: user_pseudonym(key, text)),
        person_id=_mapped(people, lambda text: person_pseudonym(key, text)),
        snapshot=pl.col("snapshot").fill_null(as_of),
        state=states,
    )
    return rows.select(
        pl.col(name).fill_null("") if name in _TEXTS else pl.col(name) for name in schema.TABLES["snapshots"]
    )


def _mapped(values: pl.Series, hidden: Callable[[str], str]) -> pl.Series:
    return pl.Series([hidden(text) for text in values], dtype=pl.String)


def kept(folder: Path, key: bytes) -> pl.DataFrame:
    """Return the lists that earlier runs have kept, none if they were made with another key."""
    file = folder / PREPARED / _FILE
    if not file.is_file() or stored(folder).get("key") != key_check(key):
        return pl.from_pandas(schema.empty("snapshots"))
    import pandas as pd

    return pl.from_pandas(schema.conform(pd.read_parquet(file), "snapshots")).filter(pl.col("system") != FROM_LOG)


def together(earlier: pl.DataFrame, today: pl.DataFrame) -> pl.DataFrame:
    """Return all lists; one that is delivered again is taken as it is today.

    It is the same list if it is the same file, or of the same system and day.
    """
    typed = [rows.with_columns(pl.col(name).cast(pl.Date) for name in _DATES) for rows in (earlier, today)]
    again = typed[0]["delivery"].is_in(typed[1]["delivery"].unique().implode()) & (typed[0]["delivery"] != "")
    lists = typed[1].select("system", "snapshot").unique()
    gone = typed[0].filter(~again).join(lists, on=["system", "snapshot"], how="anti")
    return pl.concat([gone.select(typed[1].columns), typed[1]])


def users(snapshots: pl.DataFrame) -> pd.DataFrame:
    """Return the accounts as last known, contract `users`."""
    rows = _as_accounts(snapshots)
    last = spans.latest(rows)
    held = spans.spans(rows).group_by("account").agg(first=pl.col("from_date").min(), end=pl.col("to_date").last())
    known = last.join(held, on="account", how="left", maintain_order="left").select(
        user_id="account",
        person_id="person_id",
        account_type="kind",
        first_active="first",
        last_active=pl.coalesce("left", "end"),
        last_login="last_login",
    )
    return schema.conform(known, "users")


def assignments(snapshots: pl.DataFrame) -> pd.DataFrame:
    """Return the spans of every account, contract `assignments`."""
    return schema.conform(spans.spans(_as_accounts(snapshots)).rename({"account": "user_id"}), "assignments")


def _as_accounts(snapshots: pl.DataFrame) -> pl.DataFrame:
    active = pl.col("state").replace_strict({"active": True, "inactive": False}, default=None, return_dtype=pl.Boolean)
    texts = [pl.col(name).replace("", None) for name in ("licence", "org_unit", "role", "subdivision")]
    return snapshots.rename({"user_id": "account"}).with_columns(active.alias("active"), *texts)
