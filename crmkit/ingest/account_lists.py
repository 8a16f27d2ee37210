"""All user lists of a client → one frame of accounts, each under the system that it is of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl

from crmkit.ingest import account_kinds, accounts, principals
from crmkit.ingest.context import Context
from crmkit.ingest.snapshots import FROM_LOG
from crmkit.settings import Export


def read(
    files: list[tuple[Path, Export]], context: Context, progress: Callable[[str], None] | None = None
) -> pl.DataFrame:
    """Return the accounts of all user lists.

    Parameters
    ----------
    files
        Each list with what client.yml says of it.
    context
        Time zone, the ledger.
    progress
        Called with the name of each file before it is read.

    Returns
    -------
    polars.DataFrame
        As `accounts.read`, with `system` (of which CRM, may be empty) and `named_system` (as the client names it).

    Raises
    ------
    InputError, SettingsError
        If a list cannot be read, or two lists know different people by one id.
    """
    lists, names = [], {}
    for path, export in files:
        if progress:
            progress(path.name)
        system = principals.system_of(export)
        names.setdefault(system, []).append(path.name)
        rows = accounts.read(path, export, context)
        lists.append(
            rows.with_columns(
                principals.in_system(pl.col("account"), export.system),
                system=pl.lit(system),
                named_system=pl.lit(export.system),
            )
        )
    listed = pl.concat(lists, how="diagonal") if lists else none()
    principals.check_lists(listed, names)
    return listed


def none() -> pl.DataFrame:
    """Return a frame of accounts without a row."""
    texts = dict.fromkeys((*accounts.FIELDS, "account", "kind", "system", "named_system", "person"), pl.String)
    dates = dict.fromkeys((*accounts.DATES, "snapshot", "left"), pl.Date)
    return pl.DataFrame(schema=texts | dates | {"active": pl.Boolean, "fte": pl.Float64})


def from_events(days: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Return accounts made up from the log, where no user list was delivered: everyone seen, since then."""
    seen = days.group_by("user_id").agg(first_active=pl.col("date").min().cast(pl.Date)).sort("user_id")
    empty = dict.fromkeys((*accounts.FIELDS, "account"))
    kinds = [account_kinds.kind_of(empty | {"account": name}, None, None, context.accounts) for name in seen["user_id"]]
    rows = seen.select(account="user_id", user_id="user_id", first_active="first_active").with_columns(
        kind=pl.Series([kind for kind, _ in kinds], dtype=pl.String), system=pl.lit(FROM_LOG), named_system=pl.lit("")
    )
    accounts.note_kinds(rows.with_columns(kind_reason=pl.Series([r for _, r in kinds], dtype=pl.String)), "log", context)
    return pl.concat([none(), rows], how="diagonal")
