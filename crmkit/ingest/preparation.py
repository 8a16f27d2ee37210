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
from crmkit.ingest.accounts import all_lists, people, principals, snapshots
from crmkit.ingest.client_files import below, beside
from crmkit.ingest.context import Context, context_of
from crmkit.ingest.days import coverage, deliveries, gaps, partial
from crmkit.ingest.days.person_days import daily
from crmkit.ingest.discretion import identities, ready_pseudonyms, telling_texts
from crmkit.ingest.discretion.keys import existing_key
from crmkit.ingest.discretion.pseudonyms import KEY_BYTES, user_pseudonym
from crmkit.ingest.events import combine, read_file
from crmkit.ingest.own import consultant, licence_lists, own_tables
from crmkit.ingest.prepared import Prepared
from crmkit.readers import reader_of
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
    listed = all_lists.read(_of_kind(files, "accounts"), context, progress)
    names = principals.of_lists(listed)
    context = replace(context, principals=names[""], by_system=names, names=telling_texts.names_of(listed))
    listed = people.overlay(listed, folder, context)
    events, covered, told = _read_logs(files, context, progress)
    if context.has_ready_pseudonyms:
        for (source,), days in events.group_by("source"):
            ready_pseudonyms.check_ids(days["user_id"].unique(), file=str(source), column="user_id")
    listed = listed if listed.height else all_lists.from_events(events, context)
    context.book.conceal(lambda text: telling_texts.tells(text, context.names))
    earlier, lists = snapshots.kept(folder, key), snapshots.of_accounts(listed, key, as_of=settings.as_of)
    everyone = snapshots.together(earlier, lists)
    # What the list says of people who never appear elsewhere is what counts; the rest is noted.
    days = _known(_pseudonymous(events, key), everyone, context)
    covered = gaps.marked(covered, days, settings)
    partial.note(days, lists, covered, context.book)
    availability = _availability(folder, context, key)
    return Prepared(
        users=snapshots.users(everyone),
        assignments=snapshots.assignments(everyone),
        activity=schema.conform(days, "activity"),
        coverage=_coverage(covered, context, settings),
        snapshots=schema.conform(everyone, "snapshots"),
        deliveries=schema.conform(told.sort("delivery", "source", "date"), "deliveries"),
        aggregates=_aggregates(files, settings, context),
        availability=availability,
        others=_others(folder, files, context),
        identities=identities.of_accounts(listed.filter(pl.col("kind") == "person"), key).to_pandas(),
        ledger=_closed(context),
        book=context.book,
    )


def _closed(context: Context) -> pd.DataFrame:
    context.book.check()
    return context.book.frame()


def _files(folder: Path, export: Export) -> list[Path]:
    reader_of(export.reader)
    return below(folder, export.file)


def _of_kind(files: list[tuple[Path, Export]], makes: str) -> list[tuple[Path, Export]]:
    return [(path, export) for path, export in files if reader_of(export.reader).makes == makes]


def _read_logs(
    files: list[tuple[Path, Export]], context: Context, progress: Progress | None
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Return person-days (under the export's own ids), coverage, and which delivery tells of which days."""
    logs, covered, told = [], [], []
    for path, export in _of_kind(files, "events"):
        if progress:
            progress(path.name)
        events = read_file(path, export, context)
        logs.append(events)
        spans = coverage.spans_of(events)
        covered.append(coverage.of_spans(spans, export))
        told.append(deliveries.days_of(deliveries.of_file(path), _all_days(spans, covered[-1])))
    if not logs:
        empty = pl.from_pandas(schema.empty("activity"))
        return empty, pl.DataFrame(schema=coverage.SCHEMA), deliveries.none()
    days = daily(combine(logs, context)).collect(engine="streaming")
    return days, pl.concat(covered), pl.concat([deliveries.none(), *told]).unique()


def _all_days(spans: pl.DataFrame, covered: pl.DataFrame) -> pl.DataFrame:
    """Return source and date of all days that a file may have rows of: covered ones, and those of sources without."""
    dates = spans.select("source", date=pl.date_ranges("first", "last")).explode("date")
    return pl.concat([dates, covered.select("source", "date")]).unique()


def _known(days: pl.DataFrame, everyone: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Return the days of listed accounts, and note those of accounts that no list knows, today's or an earlier one."""
    is_listed = pl.col("user_id").is_in(everyone["user_id"].unique().to_list())
    unknown = days.filter(~is_listed)
    for source, n in unknown.group_by("source").len().sort("source").iter_rows():
        context.book.note(source, "match", {"not_in_user_list": n})
    if unknown.height:
        context.book.ask("accounts_not_listed", n=unknown["user_id"].n_unique())
    return days.filter(is_listed)


def _pseudonymous(days: pl.DataFrame, key: bytes) -> pl.DataFrame:
    names = days["user_id"].unique().to_list()
    hidden = {name: user_pseudonym(key, name) for name in names}
    rows = days.with_columns(pl.col("user_id").replace_strict(hidden, return_dtype=pl.String, default=None))
    return rows.sort("user_id", "date", "source", "area", "channel")


def _coverage(covered: pl.DataFrame, context: Context, settings: Settings) -> pd.DataFrame:
    """Return what logs cover, and of each user list its day."""
    read = [file for file in context.book.files if reader_of(file.export.reader).makes == "accounts"]
    lists = [coverage.of_user_list(file.export.reader, file.day or settings.as_of) for file in read]
    rows = pl.concat([covered, *lists]) if lists else covered
    return schema.conform(rows.unique().sort("source", "date"), "coverage")


def _aggregates(files: list[tuple[Path, Export]], settings: Settings, context: Context) -> pd.DataFrame:
    import pandas as pd

    parts = [consultant.read(path, "aggregates", context, export) for path, export in _of_kind(files, "aggregates")]
    if not parts:
        return schema.empty("aggregates")
    return consultant.default_aggregate_dates(pd.concat(parts, ignore_index=True), settings.as_of)


def _others(folder: Path, files: list[tuple[Path, Export]], context: Context) -> dict[str, pd.DataFrame]:
    """Return the consultant's own tables; licences that only an export knows beside hers."""
    others = own_tables.read(folder, context)
    listed = [licence_lists.read(path, export, context) for path, export in _of_kind(files, "licences")]
    licences = licence_lists.beside(others.get("licences"), listed, context)
    return others if licences is None else others | {"licences": licences}


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
