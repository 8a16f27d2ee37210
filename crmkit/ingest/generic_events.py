"""Any log through a mapping: logins, created and changed records, person-days with counts."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from crmkit.errors import InputError
from crmkit.ingest import dates
from crmkit.ingest.columns import chosen, pick
from crmkit.ingest.context import Context
from crmkit.ingest.files import open_file
from crmkit.settings import Export

COUNTS = ("n_login", "n_view", "n_write", "n_export")
FIELDS = {
    "generic.logins": ("user_id", "timestamp", "channel", "event_id"),
    "generic.changes": ("user_id", "timestamp", "object", "area", "channel", "operation", "event_id"),
    "generic.activity": ("user_id", "date", "object", "area", "channel", "action", *COUNTS),
}
_ACTION = {"generic.logins": "login", "generic.changes": "write", "generic.activity": "view"}
#: Words for actions in exports → the kit's.
_ACTIONS = {
    "login": "login", "anmeldung": "login", "view": "view", "read": "view", "ansicht": "view", "lesen": "view",
    "write": "write", "create": "write", "created": "write", "update": "write", "changed": "write", "edit": "write",
    "delete": "write", "schreiben": "write", "angelegt": "write", "geändert": "write", "export": "export",
}  # fmt: skip


def read(path: Path, export: Export, context: Context) -> pl.LazyFrame:
    """Return the events of a log that the client's mapping explains.

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
    fields = FIELDS[export.reader]
    time = "date" if "date" in fields else "timestamp"
    opened = open_file(path, export)
    rows = pick(opened, export, fields, path.name, required=("user_id", time)).collect()
    header = chosen(opened, export, fields, path.name).get(time, time)
    times = dates.parse(
        rows[time], file=path.name, column=header, clock=context.clock(export), date_format=export.date_format
    )
    known = rows.with_columns(timestamp=times.local, user_id=_accounts(rows["user_id"], context))
    judged = known.with_columns(reason=_reason(times.unreadable))
    context.book.rows(export.reader, rows.height)
    context.book.note(export.reader, "open", opened.dropped)
    dropped = judged.filter(pl.col("reason").is_not_null()).group_by("reason").len()
    context.book.note(export.reader, "filter", dict(dropped.iter_rows()))
    return _events(_counted(judged.filter(pl.col("reason").is_null()), export, path.name), export, context).lazy()


def _accounts(users: pl.Series, context: Context) -> pl.Series:
    """Return the account that a user list knows under this name, else the name itself, case folded."""
    known = {name: context.principals.get(name.casefold(), name.strip()) for name in users.drop_nulls().unique()}
    return users.replace_strict(known, default=None, return_dtype=pl.String)


def _reason(unreadable: pl.Series) -> pl.Expr:
    return (
        pl.when(pl.col("user_id").is_null()).then(pl.lit("no_user"))
        .when(pl.lit(unreadable)).then(pl.lit("unreadable_date"))
        .when(pl.col("timestamp").is_null()).then(pl.lit("no_time"))
        .otherwise(pl.lit(None, dtype=pl.String))
    )  # fmt: skip


def _counted(rows: pl.DataFrame, export: Export, file: str) -> pl.DataFrame:
    """Return one row an action, with how often it happened."""
    given = [count for count in COUNTS if count in rows.columns and rows[count].is_not_null().any()]
    if not given:
        word = next((pl.col(name) for name in ("action", "operation") if name in rows.columns), pl.lit(None))
        action = word.cast(pl.String).str.to_lowercase().replace_strict(_ACTIONS, default=_ACTION[export.reader])
        return rows.with_columns(action=action, n=pl.lit(1, dtype=pl.Int64))
    numbers = rows.with_columns(number(rows[count], file, count) for count in given)
    kept = [column for column in rows.columns if column not in (*COUNTS, "action")]
    long = numbers.select(*kept, *given).unpivot(given, index=kept, variable_name="action", value_name="n")
    return long.filter(pl.col("n") > 0).with_columns(pl.col("action").str.strip_prefix("n_"))


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


def _events(rows: pl.DataFrame, export: Export, context: Context) -> pl.DataFrame:
    missing = [name for name in ("object", "area", "channel", "event_id") if name not in rows.columns]
    rows = rows.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in missing)
    return rows.select(
        pl.col("user_id", "timestamp"),
        area=pl.coalesce(pl.col("area").str.to_lowercase(), context.area_of(pl.col("object"))),
        object=pl.col("object").fill_null(""),
        action=pl.col("action"),
        channel=pl.col("channel").str.to_lowercase().fill_null("ui"),
        source=pl.lit(export.reader),
        event_id=pl.col("event_id"),
        n=pl.col("n"),
    )
