"""Days that are missing in the middle of a log: working days on which nobody at all did anything."""

from __future__ import annotations

import datetime as dt

import polars as pl

from crmkit.errors import MethodError
from crmkit.public_holidays import public_holidays
from crmkit.settings import Settings

#: People on a usual working day; with fewer, a day without anybody is no wonder.
LEAST_PEOPLE = 3
#: People who would have to be away, one day after the other, before chance is ruled out.
MOST_AWAY = 10
_FRIDAY = 5


def marked(covered: pl.DataFrame, days: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """Return the coverage with the days of a gap as not complete: a missing log is not zero use.

    Parameters
    ----------
    covered
        Contract `coverage`, of logs.
    days
        Contract `activity`.
    settings
        Country, state and company calendar: on a day off nobody has to act.

    Returns
    -------
    polars.DataFrame
        Contract `coverage`.
    """
    missing = [
        _missing(span, days.filter(pl.col("source") == source), settings)
        for (source,), span in covered.group_by("source", maintain_order=True)
    ]
    if not any(rows.height for rows in missing):
        return covered
    gone = pl.concat(missing).with_columns(gone=pl.lit(value=True))
    joined = covered.join(gone, on=["source", "date"], how="left", maintain_order="left")
    return joined.with_columns(complete=pl.col("complete") & pl.col("gone").is_null()).drop("gone")


def _missing(covered: pl.DataFrame, days: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """Return source and date of the days of one source on which somebody should have acted."""
    people = days.group_by(pl.col("date").cast(pl.Date)).agg(n=pl.col("user_id").n_unique())
    dates = covered.select("source", "date").unique().sort("date")
    free = _free_days(dates["date"], settings)
    working = dates.filter((pl.col("date").dt.weekday() <= _FRIDAY) & ~pl.col("date").is_in(free))
    counted = working.join(people, on="date", how="left", maintain_order="left").with_columns(pl.col("n").fill_null(0))
    # what is usual differs by the day of the week: some logs are written on Mondays alone
    usual = pl.col("n").median().over(pl.col("date").dt.weekday())
    runs = counted.with_columns(usual=usual, run=(pl.col("n") > 0).cum_sum())
    empty = runs.filter((pl.col("n") == 0) & (pl.col("usual") >= LEAST_PEOPLE))
    away = empty.with_columns(away=pl.col("usual").sum().over("run"))
    return away.filter(pl.col("away") >= MOST_AWAY).select("source", "date")


def _free_days(dates: pl.Series, settings: Settings) -> list[dt.date]:
    """Return public holidays, and the company's own days off and half days, of the years of a log."""
    try:
        public = public_holidays(settings.country, settings.subdivision or "", set(dates.dt.year()))
    except MethodError:
        public = []
    own = {*settings.calendar.free_days, *settings.calendar.half_days}
    return [*public, *(day for day in dates.to_list() if {day.isoformat(), f"{day:%m-%d}"} & own)]
