"""Calendar weeks as clients write them → their Mondays."""

from __future__ import annotations

import polars as pl

from crmkit.errors import InputError
from crmkit.ingest.times import dates

_YEAR_FIRST = r"(?i)^(\d{4})[-/. ]?(?:KW|CW|W)[-/. ]?(\d{1,2})$"
_WEEK_FIRST = r"(?i)^(?:KW|CW|W)[-. ]?(\d{1,2})[-/. ]+(\d{4})$"
#: Days from a Monday to a Sunday.
_SUNDAY = 6


def mondays(values: pl.Series, *, file: str, column: str, date_format: str | None = None) -> dates.Parsed:
    """Read a column of weeks: their Mondays as dates, or ISO weeks such as ``2026-W26`` and ``KW 26/2026``.

    A week without its mark (``2026-05``) may be a month and is no week.

    Parameters
    ----------
    values
        Texts.
    file, column
        Names for the messages.
    date_format
        strptime format of dates.

    Raises
    ------
    InputError
        If values are neither, or weeks begin on another day: they would fall into the wrong week unnoticed.
    """
    text = dates.tidy(values)
    first, last = text.str.extract_groups(_YEAR_FIRST), text.str.extract_groups(_WEEK_FIRST)
    year = pl.select(pl.coalesce(first.struct.field("1"), last.struct.field("2"))).to_series()
    week = pl.select(pl.coalesce(first.struct.field("2"), last.struct.field("1"))).to_series()
    if not year.is_not_null().any():
        return _from_dates(values, file=file, column=column, date_format=date_format)
    iso = pl.select(pl.format("{}-{}-1", year, week.str.zfill(2))).to_series()
    known = iso.str.strptime(pl.Date, "%G-%V-%u", strict=False).cast(pl.Datetime("us"))
    unreadable = text.is_not_null() & known.is_null()
    if unreadable.any():
        raise InputError.wrong_weeks(file, column, int(unreadable.sum()), int(text.is_not_null().sum()))
    return dates.Parsed(known, unreadable, has_clock=False, implausible=unreadable & False)


def _from_dates(values: pl.Series, *, file: str, column: str, date_format: str | None) -> dates.Parsed:
    utc = dates.Clock("UTC", "UTC")
    parsed = dates.parse(values, file=file, column=column, clock=utc, date_format=date_format)
    begins = parsed.local.dt.truncate("1d").drop_nulls()
    n_wrong = int((begins.dt.weekday() != 1).sum())
    if n_wrong:
        raise InputError.wrong_weeks(file, column, n_wrong, len(begins))
    return dates.Parsed(
        parsed.local.dt.truncate("1d"), parsed.unreadable, has_clock=False, implausible=parsed.implausible
    )


def with_sunday(days: pl.Expr) -> pl.Expr:
    """Return the Sunday of each day's week."""
    return days.dt.truncate("1w").dt.offset_by(f"{_SUNDAY}d")


def spread(rows: pl.DataFrame) -> pl.DataFrame:
    """Return a row a day for rows that say on how many days of their week something was done.

    Which days these were nobody knows: they are taken from Monday on, so that days a week are counted right.

    Parameters
    ----------
    rows
        timestamp (Monday), n (times) and n_days (1 to 7; null: not known, all on one day).
    """
    n_days = pl.min_horizontal(pl.col("n_days").fill_null(1).clip(1, 7), "n")
    days = rows.with_columns(n_days=n_days).with_columns(day=pl.int_ranges(0, "n_days")).explode("day")
    return days.with_columns(
        timestamp=pl.col("timestamp") + pl.duration(days="day"),
        n=pl.when(pl.col("day") == 0).then(pl.col("n") - pl.col("n_days") + 1).otherwise(pl.lit(1)).cast(pl.Int64),
    ).drop("day", "n_days")
