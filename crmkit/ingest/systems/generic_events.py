"""Any log through a layout or a mapping: logins, created and changed records, person-days, person-weeks with counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import polars as pl

from crmkit.errors import InputError, SettingsError
from crmkit.ingest import dates, layouts, principals, ready_pseudonyms, weeks
from crmkit.ingest.columns import Mapping, mapping_of
from crmkit.ingest.context import UNKNOWN_AREA, Context
from crmkit.ingest.files import Opened, open_file
from crmkit.ingest.headers import ALIASES
from crmkit.readers import folded, reader_of, recognise
from crmkit.settings import Area, Channel, Export

AREAS, CHANNELS = (*get_args(Area), UNKNOWN_AREA), (*get_args(Channel), UNKNOWN_AREA)
COUNTS = ("n_login", "n_view", "n_write", "n_export")
#: Kind of log → the columns that are read of it.
FIELDS = {
    "logins": ("user_id", "timestamp", "channel", "event_id"),
    "changes": ("user_id", "timestamp", "object", "area", "channel", "operation", "event_id", "record"),
    "activity": ("user_id", "date", "object", "area", "channel", "action", "event_id", *COUNTS),
    "weeks": ("user_id", "week", "object", "area", "channel", "action", "n_days", *COUNTS),
}
_ACTION = {"logins": "login", "changes": "write", "activity": "view", "weeks": "view"}
#: Words for actions in exports → the kit's.
_ACTIONS = {
    "login": "login", "anmeldung": "login", "view": "view", "read": "view", "ansicht": "view", "lesen": "view",
    "write": "write", "create": "write", "created": "write", "update": "write", "changed": "write", "edit": "write",
    "delete": "write", "schreiben": "write", "angelegt": "write", "geändert": "write", "export": "export",
}  # fmt: skip
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
    kind = reader_of(export.reader).kind
    parts = list(_parts(opened, export, kind, path, context))
    judged = pl.concat([part for part, _ in parts])
    counted = _counted(judged.filter(pl.col("reason").is_null()), export, path.name)
    source = _source(counted, export.reader)
    context.book.file(path.name, export, parts[0][1], opened)
    context.book.rows(source, opened.rows.select(pl.len()).collect().item())
    context.book.note(source, "open", opened.dropped)
    dropped = judged.filter(pl.col("reason").is_not_null()).group_by("reason").len().sort("reason")
    context.book.note(source, "filter", dict(dropped.iter_rows()))
    events = _events(counted, source, export, context)
    context.book.objects(source, events.filter(pl.col("area") == UNKNOWN_AREA)["object"])
    return events.lazy()


def _parts(
    opened: Opened, export: Export, kind: str, path: Path, context: Context
) -> Iterator[tuple[pl.DataFrame, Mapping]]:
    """Return the rows of the log under the kit's columns; a row that tells of two events stands in two parts."""
    layout = layouts.layout_of(export.reader)
    raw = opened.rows.with_columns(layouts.marked(layout.drop, opened.columns).alias(_MARKED)).collect()
    pairs = _pairs(opened.columns, export) or [{}]
    for position, pair in enumerate(pairs):
        before = pairs[position - 1] if position else {}
        mapping = mapping_of(opened.columns, export.model_copy(update={"columns": pair | export.columns}), FIELDS[kind], path.name)
        if context.has_ready_pseudonyms:
            read_here = {mapping.headers.get("user_id", ""), *(each["user_id"] for each in pairs if each)}
            ready_pseudonyms.refuse_headers(opened.columns, read_here, file=path.name)
        _check_weeks(kind, export, mapping.headers, path.name, context)
        rows = _picked(_not_told(raw, pair, before), mapping, export, kind, path)
        yield _judged(rows, mapping, kind, export, path, context), mapping


def _pairs(columns: list[str], export: Export) -> list[dict[str, str]]:
    """Return the pairs of user and time that the file has, unless the client names the columns itself."""
    if {"user_id", "timestamp"} & {*export.columns}:
        return []
    by_form = {folded(header): header for header in reversed(columns)}
    found = []
    for pair in layouts.layout_of(export.reader).pairs:
        named = {name: next((by_form[folded(h)] for h in headers if folded(h) in by_form), "") for name, headers in pair.items()}
        found += [named] if all(named.values()) else []
    return found


def _not_told(raw: pl.DataFrame, pair: dict[str, str], before: dict[str, str]) -> pl.DataFrame:
    """Leave out rows whose second event is their first: created and changed by the same person in one moment."""
    if not before:
        return raw
    same = [pl.col(pair[name]).eq_missing(pl.col(before[name])) for name in pair]
    return raw.filter(~pl.all_horizontal(same))


def _picked(raw: pl.DataFrame, mapping: Mapping, export: Export, kind: str, path: Path) -> pl.DataFrame:
    fields, headers = FIELDS[kind], mapping.headers
    for name in ("user_id", _time(kind)):
        if name not in headers and name not in export.constants:
            found = _own(raw.columns)
            likely = recognise(found, apart_from=export.reader)
            raise InputError.missing_column(path.name, _header_of(name, export), found, name, likely)
    constants = {"object": layouts.object_of_file(export, path.name)} | export.constants
    nothing = pl.lit(None, dtype=pl.String)
    values = [
        pl.col(headers[name]).alias(name)
        if name in headers
        else (pl.lit(constants[name], dtype=pl.String) if constants.get(name) else nothing).alias(name)
        for name in fields
    ]
    rows = raw.select(*values, _MARKED)
    return rows.with_columns(layouts.translated(rows[name], name, export.reader) for name in fields)


def _header_of(name: str, export: Export) -> str:
    """Return what a column is called where it is there."""
    forms = layouts.layout_of(export.reader).columns.get(name) or ALIASES.get(name, (name,))
    return forms[0]


def _own(columns: list[str]) -> list[str]:
    return [column for column in columns if column != _MARKED]


def _judged(
    rows: pl.DataFrame, mapping: Mapping, kind: str, export: Export, path: Path, context: Context
) -> pl.DataFrame:
    """Add local time, account and the reason for which a row does not count."""
    times = _times(rows, mapping.headers, path.name, kind, export, context)
    known = rows.with_columns(timestamp=times.local, user_id=_accounts(rows["user_id"], export, context))
    unknown = rows["user_id"].is_not_null() & known["user_id"].is_null()
    judged = known.with_columns(reason=pl.coalesce(pl.col(_MARKED), _reason(times, unknown))).drop(_MARKED)
    if "record" in judged.columns:
        one = pl.concat_str(["record", "user_id", "timestamp", "operation"], separator="|", ignore_nulls=True)
        event_id = pl.coalesce("event_id", pl.when(pl.col("record").is_not_null()).then(one))
        judged = judged.with_columns(event_id=event_id).drop("record")
    return judged


def _time(kind: str) -> str:
    return next(name for name in ("date", "week", "timestamp") if name in FIELDS[kind])


def _times(
    rows: pl.DataFrame, headers: dict[str, str], file: str, kind: str, export: Export, context: Context
) -> dates.Parsed:
    name = _time(kind)
    column = headers.get(name, name)
    if name == "week":
        return weeks.mondays(rows[name], file=file, column=column, date_format=export.date_format)
    clock = context.clock(export)
    return dates.parse(
        rows[name], file=file, column=column, clock=clock, date_format=export.date_format, last=context.last_day
    )


def _check_weeks(kind: str, export: Export, headers: dict[str, str], file: str, context: Context) -> None:
    states_days = "n_days" in headers or "n_days" in export.constants
    if kind == "weeks" and context.min_days > 1 and not states_days:
        raise InputError.no_days(file, context.min_days)


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


def _counted(rows: pl.DataFrame, export: Export, file: str) -> pl.DataFrame:
    """Return one row an action and day, with how often it happened."""
    kind = reader_of(export.reader).kind
    given = [count for count in COUNTS if count in rows.columns and rows[count].is_not_null().any()]
    numbers = [number(rows[count], file, count) for count in (*given, *({"n_days"} & {*rows.columns}))]
    rows = rows.with_columns(numbers)
    if given:
        kept = [column for column in rows.columns if column not in (*COUNTS, "action")]
        rows = rows.select(*kept, *given).unpivot(given, index=kept, variable_name="action", value_name="n")
        rows = rows.filter(pl.col("n") > 0).with_columns(pl.col("action").str.strip_prefix("n_"))
    else:
        word = next((pl.col(name) for name in ("action", "operation") if name in rows.columns), pl.lit(None))
        action = word.cast(pl.String).str.to_lowercase().replace_strict(_ACTIONS, default=_ACTION[kind])
        n = pl.max_horizontal(pl.lit(1), "n_days") if "n_days" in rows.columns else pl.lit(1)
        rows = rows.with_columns(action=action, n=n.cast(pl.Int64))
    return weeks.spread(rows) if kind == "weeks" else rows


def number(values: pl.Series, file: str, column: str) -> pl.Series:
    """Return whole numbers of a column; blank is 0.

    Raises
    ------
    InputError
        Naming file, column and row of the first cell that is no number.
    """
    german = values.str.contains(r"^\d{1,3}(\.\d{3})+$")
    cleaned = pl.select(
        pl.when(german).then(values.str.replace_all(".", "", literal=True)).otherwise(values)
    ).to_series()
    numbers = cleaned.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    wrong = values.is_not_null() & (numbers.is_null() | numbers.is_nan() | (numbers < 0))
    if wrong.any():
        raise InputError.bad_number(file, column, int(wrong.arg_true()[0]) + 2)
    return numbers.fill_null(0).round().cast(pl.Int64).alias(column)


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
