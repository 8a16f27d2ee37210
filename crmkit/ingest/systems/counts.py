"""How often the action of a row happened: once, once a day, or as its columns of counts say."""

from __future__ import annotations

import polars as pl

from crmkit.errors import InputError
from crmkit.ingest.times import weeks

#: Columns that count one action each.
COUNTS = ("n_login", "n_view", "n_write", "n_export")
#: Kind of log → what a row of it tells, where it does not say.
_ACTION = {"logins": "login", "changes": "write", "activity": "view", "weeks": "view"}
#: Nobody does anything as often on a day.
_MOST_OF_ONE = 10**9


def given(rows: pl.DataFrame) -> list[str]:
    """Return the columns of counts that say anything."""
    return [count for count in COUNTS if count in rows.columns and rows[count].is_not_null().any()]


def counted(rows: pl.DataFrame, kind: str, file: str) -> pl.DataFrame:
    """Return one row an action and day, with how often it happened.

    Parameters
    ----------
    rows
        user_id, timestamp, `doing` (null where the row does not say), perhaps `COUNTS`, `n` and `n_days` as text.
    kind
        What the log is of, a key of `_ACTION`.
    file
        Name for messages.

    Returns
    -------
    polars.DataFrame
        The rows with `action` and `n` (whole number above 0); weeks spread over their days.

    Raises
    ------
    InputError
        If a count is no number.
    """
    counts = given(rows)
    numbers = [_number(rows[count], file, count) for count in (*counts, *({"n_days"} & {*rows.columns}))]
    rows = rows.with_columns(numbers)
    if counts:
        rows = rows.drop("n", strict=False)
        kept = [column for column in rows.columns if column not in (*COUNTS, "action")]
        rows = rows.select(*kept, *counts).unpivot(counts, index=kept, variable_name="action", value_name="n")
        rows = rows.filter(pl.col("n") > 0).with_columns(pl.col("action").str.strip_prefix("n_"))
    else:
        action = pl.col("doing").fill_null(_ACTION[kind])
        rows = rows.with_columns(action=action, n=_times_done(rows, file)).filter(pl.col("n") > 0)
    return weeks.spread(rows) if kind == "weeks" else rows


def _times_done(rows: pl.DataFrame, file: str) -> pl.Expr:
    """Return how often the action of a row happened: as its count says, else once, or once a day."""
    if "n" in rows.columns:
        stated = _number(rows["n"], file, "n", is_whole=True)
        return pl.when(pl.col("n").is_null()).then(pl.lit(1)).otherwise(pl.lit(stated)).cast(pl.Int64)
    n = pl.max_horizontal(pl.lit(1), "n_days") if "n_days" in rows.columns else pl.lit(1)
    return n.cast(pl.Int64)


def _number(values: pl.Series, file: str, column: str, *, is_whole: bool = False) -> pl.Series:
    """Return whole numbers of a column; blank is 0, fractions are rounded unless it `is_whole`.

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
    wrong = values.is_not_null() & (numbers.is_null() | ~numbers.is_between(0, _MOST_OF_ONE).fill_null(value=False))
    if is_whole:
        wrong |= (numbers != numbers.round()).fill_null(value=False)
    if wrong.any():
        raise InputError.bad_number(file, column, int(wrong.arg_true()[0]) + 2)
    return numbers.fill_null(0).round().cast(pl.Int64).alias(column)
