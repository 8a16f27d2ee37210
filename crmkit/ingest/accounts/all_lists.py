"""All user lists of a client → one frame of accounts, each under the system that it is of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl

from crmkit.ingest.accounts import kinds, principals, user_lists
from crmkit.ingest.accounts.snapshots import FROM_LOG
from crmkit.ingest.context import Context
from crmkit.ingest.days import deliveries
from crmkit.ingest.discretion import telling_texts
from crmkit.ingest.headers.layouts import layout_of
from crmkit.settings import Export

_SEVERAL = 2
#: Whether a row stands in a list that only adds ids to accounts of other lists.
_ADDS = "__adds"


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
        As `user_lists.read`, with `system` (of which CRM, may be empty) and `named_system` (as the client names it).

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
        rows = user_lists.read(path, export, context)
        lists.append(
            rows.with_columns(
                principals.in_system(pl.col("account"), export.system),
                system=pl.lit(system),
                named_system=pl.lit(export.system),
                delivery=pl.lit(deliveries.of_file(path)),
            ).with_columns(pl.lit(layout_of(export.reader).adds_ids).alias(_ADDS))
        )
    listed = _with_further_ids(pl.concat(lists, how="diagonal")) if lists else none()
    _refuse_names_of_others(lists, listed, files, context)
    principals.check_lists(listed, names)
    return listed


def _refuse_names_of_others(
    lists: list[pl.DataFrame], listed: pl.DataFrame, files: list[tuple[Path, Export]], context: Context
) -> None:
    """Refuse units, roles and licences of one list that name people of another."""
    if len(lists) < _SEVERAL:
        return
    known = telling_texts.names_of(listed)
    mappings = [read.mapping for read in context.book.files[-len(lists) :]]
    for rows, mapping, (path, _) in zip(lists, mappings, files, strict=True):
        telling_texts.refuse(rows, mapping.headers if mapping else {}, file=path.name, known=known)


def _with_further_ids(listed: pl.DataFrame) -> pl.DataFrame:
    """Give what lists of further ids say to the accounts that another list knows by the same id or e-mail address."""
    adding, own = listed.filter(pl.col(_ADDS)), listed.filter(~pl.col(_ADDS)).drop(_ADDS)
    if adding.is_empty():
        return own
    further: dict[tuple[str, str], str | None] = {}
    known = {key for keys in _row_keys(own) for key in keys}
    stay = []
    for row, keys in zip(adding.iter_rows(named=True), _row_keys(adding), strict=True):
        stay.append(not known & set(keys))
        if row["other_id"]:
            further |= dict.fromkeys(keys, row["other_id"])
    found = [next((further[key] for key in keys if key in further), None) for keys in _row_keys(own)]
    own = own.with_columns(other_id=pl.coalesce("other_id", pl.Series(found, dtype=pl.String)))
    return pl.concat([own, adding.filter(pl.Series(stay, dtype=pl.Boolean)).drop(_ADDS)])


def _row_keys(accounts: pl.DataFrame) -> list[list[tuple[str, str]]]:
    """Return for each account its id and its e-mail address, each with the system that the client names."""
    rows = accounts.select("named_system", "account", pl.col("email").str.to_lowercase()).iter_rows()
    return [[(system, name) for name in names if name] for system, *names in rows]


def none() -> pl.DataFrame:
    """Return a frame of accounts without a row."""
    more = ("account", "kind", "system", "named_system", "person", "delivery")
    texts = dict.fromkeys((*user_lists.FIELDS, *more), pl.String)
    dates = dict.fromkeys((*user_lists.DATES, "snapshot", "left"), pl.Date)
    return pl.DataFrame(schema=texts | dates | {"active": pl.Boolean, "fte": pl.Float64})


def from_events(days: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Return accounts made up from the log, where no user list was delivered: everyone seen, since then."""
    seen = days.group_by("user_id").agg(first_active=pl.col("date").min().cast(pl.Date)).sort("user_id")
    empty = dict.fromkeys((*user_lists.FIELDS, "account"))
    told = [kinds.kind_of(empty | {"account": name}, None, None, context.accounts) for name in seen["user_id"]]
    rows = seen.select(account="user_id", user_id="user_id", first_active="first_active").with_columns(
        kind=pl.Series([kind for kind, _ in told], dtype=pl.String), system=pl.lit(FROM_LOG), named_system=pl.lit("")
    )
    user_lists.note_kinds(
        rows.with_columns(kind_reason=pl.Series([r for _, r in told], dtype=pl.String)), "log", context
    )
    return pl.concat([none(), rows], how="diagonal")
