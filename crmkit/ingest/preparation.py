"""One client's exports → the prepared tables, in memory: pseudonymous, by contract, with their ledger."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from crmkit import schema
from crmkit.client import SETTINGS_FILE
from crmkit.ingest import (
    accounts,
    consultant,
    coverage,
    identities,
    own_tables,
    people,
    ready_pseudonyms,
    spans,
    telling_texts,
)
from crmkit.ingest.client_files import below, beside
from crmkit.ingest.context import Context, context_of
from crmkit.ingest.events import combine, read_file
from crmkit.ingest.keys import existing_key
from crmkit.ingest.person_days import daily
from crmkit.ingest.prepared import Prepared
from crmkit.ingest.pseudonyms import KEY_BYTES, person_pseudonym, user_pseudonym
from crmkit.ingest.readers import reader_of
from crmkit.settings import Export, Settings, read_settings

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[str], None]


def read_exports(folder: str | Path, *, progress: Progress | None = None, key: bytes | None = None) -> Prepared:
    """Read all exports of a client folder, or the prepared tables where these were handed over alone.

    Nothing is written.

    Parameters
    ----------
    folder
        The client folder.
    progress
        Called with the name of each file before it is read.
    key
        Key of the pseudonyms; None: the client's, or a passing one where there is none yet.

    Returns
    -------
    Prepared

    Raises
    ------
    SettingsError, InputError
        If the settings are wrong, a file is missing, or an export cannot be read right.
    """
    folder = Path(folder)
    settings = read_settings(folder / SETTINGS_FILE)
    if key is None and own_tables.is_handed_over(folder, settings):
        return own_tables.handed_over(folder, settings)[0]
    context, key = context_of(settings), key or existing_key(folder) or secrets.token_bytes(KEY_BYTES)
    files = [(path, export) for export in settings.exports for path in _files(folder, export)]
    listed = _read_accounts(files, context, progress)
    context = replace(context, principals=_principals(listed), names=telling_texts.names_of(listed))
    listed = people.overlay(listed, folder, context)
    events, covered = _read_logs(files, context, progress)
    if context.has_ready_pseudonyms:
        for (source,), days in events.group_by("source"):
            ready_pseudonyms.check_ids(days["user_id"].unique(), file=str(source), column="user_id")
    listed = listed if listed.height else _from_events(events)
    # What the list says of people who never appear elsewhere is what counts; the rest is noted.
    known = _known(events, listed, context)
    availability = _availability(folder, context, key)
    return Prepared(
        users=_users(listed, key),
        assignments=_assignments(listed, key),
        activity=_pseudonymous(known, key),
        coverage=_coverage(covered, files, settings),
        aggregates=_aggregates(files, settings, context),
        availability=availability,
        others=own_tables.read(folder, context),
        identities=identities.of_accounts(listed.filter(pl.col("kind") == "person"), key).to_pandas(),
        ledger=_closed(context),
    )


def _closed(context: Context) -> pd.DataFrame:
    context.book.check()
    return context.book.frame()


def _files(folder: Path, export: Export) -> list[Path]:
    reader_of(export.reader)
    return below(folder, export.file)


def _of_kind(files: list[tuple[Path, Export]], makes: str) -> list[tuple[Path, Export]]:
    return [(path, export) for path, export in files if reader_of(export.reader).makes == makes]


def _read_accounts(files: list[tuple[Path, Export]], context: Context, progress: Progress | None) -> pl.DataFrame:
    lists = []
    for path, export in _of_kind(files, "accounts"):
        if progress:
            progress(path.name)
        lists.append(accounts.read(path, export, context))
    return pl.concat(lists, how="diagonal") if lists else _no_accounts()


def _no_accounts() -> pl.DataFrame:
    texts = dict.fromkeys((*accounts.FIELDS, "account", "kind"), pl.String)
    dates = dict.fromkeys((*accounts.DATES, "snapshot"), pl.Date)
    return pl.DataFrame(schema=texts | dates | {"active": pl.Boolean, "fte": pl.Float64, "left": pl.Date})


def _principals(listed: pl.DataFrame) -> dict[str, str]:
    """Return every name under which a log may know an account, case folded; ids of their own come last."""
    found: dict[str, str] = {}
    for field in ("name", "email", "username", "user_id"):
        pairs = listed.select(field, "account").drop_nulls().iter_rows()
        found |= {str(name).strip().casefold(): account for name, account in pairs if not str(name).startswith("005")}
    return found


def _read_logs(
    files: list[tuple[Path, Export]], context: Context, progress: Progress | None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return person-days (under the export's own ids) and coverage of all logs."""
    logs, covered = [], []
    for path, export in _of_kind(files, "events"):
        if progress:
            progress(path.name)
        events = read_file(path, export, context)
        logs.append(events)
        covered.append(coverage.of_events(events.select("source", "timestamp").collect(), export))
    if not logs:
        empty = pl.from_pandas(schema.empty("activity"))
        return empty, pl.DataFrame(schema=coverage.SCHEMA)
    return daily(combine(logs, context)).collect(), pl.concat(covered)


def _from_events(days: pl.DataFrame) -> pl.DataFrame:
    """Return accounts made up from the log, where no user list was delivered: everyone seen, since then."""
    seen = days.group_by("user_id").agg(first_active=pl.col("date").min().cast(pl.Date)).sort("user_id")
    rows = seen.select(account="user_id", user_id="user_id", first_active="first_active", kind=pl.lit("person"))
    return pl.concat([_no_accounts(), rows], how="diagonal")


def _known(days: pl.DataFrame, listed: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Return the days of listed accounts, and note those of accounts that no list knows."""
    unknown = days.filter(~pl.col("user_id").is_in(listed["account"].to_list()))
    for source, n in unknown.group_by("source").len().iter_rows():
        context.book.note(source, "match", {"not_in_user_list": n})
    return days.filter(pl.col("user_id").is_in(listed["account"].to_list()))


def _users(listed: pl.DataFrame, key: bytes) -> pd.DataFrame:
    last = spans.latest(listed)
    held = spans.spans(listed).group_by("account").agg(first=pl.col("from_date").min(), end=pl.col("to_date").last())
    rows = last.join(held, on="account", how="left", maintain_order="left")
    person = pl.coalesce(pl.col("employee_number").replace("", None), pl.col("account"))
    users = rows.select(
        user_id=_mapped(rows["account"], key, user_pseudonym),
        person_id=_mapped(rows.select(person).to_series(), key, person_pseudonym),
        account_type="kind",
        first_active="first",
        last_active=pl.coalesce("left", "end"),
        last_login="last_login",
    )
    return schema.conform(users, "users")


def _mapped(values: pl.Series, key: bytes, pseudonym: Callable[[bytes, str], str]) -> pl.Series:
    return pl.Series([pseudonym(key, text) for text in values], dtype=pl.String)


def _assignments(listed: pl.DataFrame, key: bytes) -> pd.DataFrame:
    rows = spans.spans(listed)
    rows = rows.with_columns(user_id=_mapped(rows["account"], key, user_pseudonym))
    return schema.conform(rows.drop("account"), "assignments")


def _pseudonymous(days: pl.DataFrame, key: bytes) -> pd.DataFrame:
    names = days["user_id"].unique().to_list()
    hidden = {name: user_pseudonym(key, name) for name in names}
    rows = days.with_columns(pl.col("user_id").replace_strict(hidden, return_dtype=pl.String, default=None))
    return schema.conform(rows.sort("user_id", "date", "source", "area", "channel"), "activity")


def _coverage(covered: pl.DataFrame, files: list[tuple[Path, Export]], settings: Settings) -> pd.DataFrame:
    lists = [
        coverage.of_user_list(export.reader, accounts.snapshot_day(path, export) or settings.as_of)
        for path, export in _of_kind(files, "accounts")
    ]
    rows = pl.concat([covered, *lists]) if lists else covered
    return schema.conform(rows.unique().sort("source", "date"), "coverage")


def _aggregates(files: list[tuple[Path, Export]], settings: Settings, context: Context) -> pd.DataFrame:
    import pandas as pd

    parts = [consultant.read(path, "aggregates", context, export) for path, export in _of_kind(files, "aggregates")]
    if not parts:
        return schema.empty("aggregates")
    return consultant.default_aggregate_dates(pd.concat(parts, ignore_index=True), settings.as_of)


def _availability(folder: Path, context: Context, key: bytes) -> pd.DataFrame:
    """Return the available days under pseudonyms; names of people as in the user list."""
    file = beside(folder, "availability.csv")
    if file is None:
        return schema.empty("availability")
    rows = consultant.read(file, "availability", context)
    names = [str(name) for name in rows["user_id"]]
    accounts_of = [context.principals.get(name.casefold(), name) for name in names]
    mondays = rows["week"] - rows["week"].dt.day_of_week.astype("timedelta64[D]")
    return rows.assign(user_id=[user_pseudonym(key, account) for account in accounts_of], week=mondays)
