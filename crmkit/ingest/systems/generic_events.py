"""Any log through a layout or a mapping: logins, created and changed records, person-days, person-weeks with counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import polars as pl

from crmkit.errors import InputError, SettingsError
from crmkit.ingest.accounts import principals
from crmkit.ingest.context import UNKNOWN_AREA, Context
from crmkit.ingest.discretion import ready_pseudonyms
from crmkit.ingest.files import Opened, open_file
from crmkit.ingest.headers import layouts
from crmkit.ingest.headers.columns import Mapping, mapping_of
from crmkit.ingest.headers.known import LOG_ALIASES
from crmkit.ingest.systems import action_words, counts
from crmkit.ingest.times import dates, weeks
from crmkit.readers import reader_of, recognise
from crmkit.settings import Area, Channel, Export

AREAS, CHANNELS = (*get_args(Area), UNKNOWN_AREA), (*get_args(Channel), UNKNOWN_AREA)
#: Kind of log → the columns that are read of it.
FIELDS = {
    "logins": ("user_id", "timestamp", "channel", "event_id"),
    "changes": ("user_id", "timestamp", "object", "area", "channel", "operation", "event_id", "record"),
    "activity": ("user_id", "date", "object", "area", "channel", "action", "event_id", *counts.COUNTS, "n"),
    "weeks": ("user_id", "week", "object", "area", "channel", "action", "n_days", *counts.COUNTS),
}
_MARKED = "__marked"


def read(path: Path, export: Export, context: Context) -> pl.LazyFrame:
    """Return the events of a log that a layout or the client's mapping explains.

    Parameters
    ----------
    path
        CSV, Excel or Parquet file.
    export, context
        Mapping, constants, date format; time zone and areas.

    Returns
    -------
    polars.LazyFrame
        Contract `events` with a further column `n`: how often the action happened (1 for a log).

    Raises
    ------
    InputError
        If user or time are missing, or the times cannot be read.
    """
    return read_opened(open_file(path, export), path, export, context)


def read_opened(opened: Opened, path: Path, export: Export, context: Context) -> pl.LazyFrame:
    """Return the events of a log that is open already, see `read`."""
    layouts.refuse_another(export, opened.columns, path.name)
    export = layouts.with_defaults(export, opened.columns)
    log = _Log(opened, export, reader_of(export.reader).kind, path.name, context)
    parts = list(_parts(log))
    judged = pl.concat([part for part, _ in parts])
    counted = counts.counted(judged.filter(pl.col("reason").is_null()), log.kind, log.file)
    source = _source(counted, export.reader)
    events = _events(counted, source, export, context)
    _note(log, source, parts[0][1], judged, events)
    return events.lazy()


@dataclass(frozen=True, eq=False)
class _Log:
    """A log on its way: what was opened, what client.yml says of it, what a row of it is."""

    opened: Opened
    export: Export
    kind: str
    file: str
    context: Context

    @property
    def fields(self) -> tuple[str, ...]:
        return FIELDS[self.kind]

    @property
    def time(self) -> str:
        return next(name for name in ("date", "week", "timestamp") if name in self.fields)


def _note(log: _Log, source: str, mapping: Mapping, judged: pl.DataFrame, events: pl.DataFrame) -> None:
    book = log.context.book
    book.file(log.file, log.export, mapping, log.opened)
    book.rows(source, log.opened.rows.select(pl.len()).collect().item())
    book.note(source, "open", log.opened.dropped)
    dropped = judged.filter(pl.col("reason").is_not_null()).group_by("reason").len().sort("reason")
    book.note(source, "filter", dict(dropped.iter_rows()))
    n_unknown = judged.filter(pl.col("reason") == action_words.UNKNOWN).height
    if n_unknown:
        # the words themselves stay here: such a column may hold names
        book.ask("unknown_actions", source=log.file, n=n_unknown)
    book.objects(source, events.filter(pl.col("area") == UNKNOWN_AREA)["object"])


def _parts(log: _Log) -> Iterator[tuple[pl.DataFrame, Mapping]]:
    """Return the rows of the log under the kit's columns; a row that tells of two events stands in two parts."""
    columns, export = log.opened.columns, log.export
    drop = (
        *layouts.layout_of(export.reader).drop,
        *(action_words.NO_LOGINS if export.reader == "generic.logins" else ()),
    )
    marks = layouts.marked(drop, columns)
    raw = log.opened.rows.with_columns(marks.alias(_MARKED)).collect()
    pairs = _pairs(columns, export) or [{}]
    for before, pair in zip([{}, *pairs], pairs, strict=False):
        mapping = mapping_of(
            columns, export.model_copy(update={"columns": pair | export.columns}), log.fields, log.file
        )
        _check(log, mapping, {each["user_id"] for each in pairs if each})
        rows = _picked(_not_told(raw, pair, before), mapping, log)
        yield _judged(rows, mapping, log), mapping


def _check(log: _Log, mapping: Mapping, users: set[str]) -> None:
    """Refuse columns that name people beside pseudonyms, and weeks that say nothing of their days."""
    if log.context.has_ready_pseudonyms:
        read_here = {mapping.headers.get("user_id", ""), *users}
        ready_pseudonyms.refuse_headers(log.opened.columns, read_here, file=log.file)
    states_days = "n_days" in {*mapping.headers, *log.export.constants}
    if log.kind == "weeks" and log.context.min_days > 1 and not states_days:
        raise InputError.no_days(log.file, log.context.min_days)


def _pairs(columns: list[str], export: Export) -> list[dict[str, str]]:
    """Return the pairs of user and time that the file has, unless the client names the columns itself."""
    if {"user_id", "timestamp"} & {*export.columns}:
        return []
    return layouts.pairs_of(export.reader, columns)


def _not_told(raw: pl.DataFrame, pair: dict[str, str], before: dict[str, str]) -> pl.DataFrame:
    """Leave out rows whose second event is their first: created and changed by the same person in one moment."""
    if not before:
        return raw
    same = [pl.col(pair[name]).eq_missing(pl.col(before[name])) for name in pair]
    return raw.filter(~pl.all_horizontal(same))


def _picked(raw: pl.DataFrame, mapping: Mapping, log: _Log) -> pl.DataFrame:
    headers, export = mapping.headers, log.export
    for name in ("user_id", log.time):
        if name not in headers and name not in export.constants:
            found = [column for column in raw.columns if column != _MARKED]
            likely = recognise(found, apart_from=export.reader)
            raise InputError.missing_column(log.file, _header_of(name, export), found, name, likely)
    constants = {"object": layouts.object_of_file(export, log.file)} | export.constants
    rows = raw.select(*mapping.values(log.fields, constants), _MARKED)
    return rows.with_columns(layouts.translated(rows[name], name, export.reader) for name in log.fields)


def _header_of(name: str, export: Export) -> str:
    """Return what a column is called where it is there."""
    forms = layouts.layout_of(export.reader).columns.get(name) or LOG_ALIASES.get(name, (name,))
    return forms[0]


def _judged(rows: pl.DataFrame, mapping: Mapping, log: _Log) -> pl.DataFrame:
    """Add local time, account and the reason for which a row does not count."""
    times = _times(rows[log.time], mapping.headers.get(log.time, log.time), log)
    known = rows.with_columns(timestamp=times.local, user_id=_accounts(rows["user_id"], log.export, log.context))
    unknown = rows["user_id"].is_not_null() & known["user_id"].is_null()
    doings = _doings(rows, log)
    no_doing = pl.when(~doings.is_in(action_words.ACTIONS)).then(doings)
    reason = pl.coalesce(pl.col(_MARKED), _reason(times, unknown), no_doing)
    judged = known.with_columns(doing=doings, reason=reason).drop(_MARKED)
    if "record" in judged.columns:
        one = pl.concat_str(["record", "user_id", "timestamp", "operation"], separator="|", ignore_nulls=True)
        event_id = pl.coalesce("event_id", pl.when(pl.col("record").is_not_null()).then(one))
        judged = judged.with_columns(event_id=event_id).drop("record")
    return judged


def _doings(rows: pl.DataFrame, log: _Log) -> pl.Series:
    """Return what each row says was done, or why that counts as nothing; null where it does not say.

    A system's layout knows its words and what any other stands for. In a log of no particular system a word that is
    not known may be anything, so that it is asked for, not guessed.
    """
    word = next((name for name in ("action", "operation") if name in rows.columns), "")
    if not word or counts.given(rows):
        return pl.Series([None] * rows.height, dtype=pl.String)
    doings = action_words.understood(rows[word])
    is_doing = doings.is_in(action_words.ACTIONS)
    return doings if log.export.reader.startswith("generic.") else doings.set(~is_doing.fill_null(value=False), None)


def _times(values: pl.Series, column: str, log: _Log) -> dates.Parsed:
    date_format = log.export.date_format
    if log.kind == "weeks":
        return weeks.mondays(values, file=log.file, column=column, date_format=date_format)
    clock, last = log.context.clock(log.export), log.context.last_day
    return dates.parse(values, file=log.file, column=column, clock=clock, date_format=date_format, last=last)


def _source(events: pl.DataFrame, reader: str) -> str:
    """Return the source: counts without a single view are no evidence of views."""
    if reader_of(reader).tier != "A" or events.is_empty() or (events["action"] == "view").any():
        return reader
    return f"{reader}:changes" if (events["action"] == "write").any() else f"{reader}:logins"


def _accounts(users: pl.Series, export: Export, context: Context) -> pl.Series:
    """Return the account that a user list knows under this name, else the name itself."""
    by_other_id = layouts.layout_of(export.reader).account_by == "other_id"
    known = {
        name: principals.named(name, context.principals, by_other_id=by_other_id)
        for name in users.drop_nulls().unique()
    }
    return users.replace_strict(known, default=None, return_dtype=pl.String)


def _reason(times: dates.Parsed, unknown: pl.Series) -> pl.Expr:
    return (
        pl.when(pl.lit(unknown)).then(pl.lit("unknown_user"))
        .when(pl.col("user_id").is_null()).then(pl.lit("no_user"))
        .when(pl.lit(times.unreadable)).then(pl.lit("unreadable_date"))
        .when(pl.lit(times.implausible)).then(pl.lit("implausible_date"))
        .when(pl.col("timestamp").is_null()).then(pl.lit("no_time"))
        .otherwise(pl.lit(None, dtype=pl.String))
    )  # fmt: skip


def _events(rows: pl.DataFrame, source: str, export: Export, context: Context) -> pl.DataFrame:
    missing = [name for name in ("object", "area", "channel", "event_id") if name not in rows.columns]
    rows = rows.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in missing)
    area, channel = pl.col("area").str.to_lowercase(), pl.col("channel").str.to_lowercase()
    return rows.select(
        pl.col("user_id", "timestamp"),
        area=pl.coalesce(_known(area, AREAS, export, "area"), context.area_of(pl.col("object"))),
        object=pl.col("object").fill_null(""),
        action=pl.col("action"),
        channel=_known(channel, CHANNELS, export, "channel").fill_null("ui"),
        source=pl.lit(source),
        event_id=pl.col("event_id"),
        n=pl.col("n"),
    )


def _known(words: pl.Expr, known: tuple[str, ...], export: Export, column: str) -> pl.Expr:
    """Return words of a fixed list, any other as ``other``: a cell may hold anything, also a person's name."""
    constant = export.constants.get(column, known[0]).lower()
    if constant not in known:
        raise SettingsError.wrong_constant(column, known, constant)
    return pl.when(words.is_null()).then(None).when(words.is_in(known)).then(words).otherwise(pl.lit(UNKNOWN_AREA))
