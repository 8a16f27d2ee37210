"""Twelve weeks before a change, twelve after it, and the same weeks a year earlier."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crmkit.method.effects.effect import LEAST_PEOPLE
from crmkit.method.effects.observed import USUAL_SHARE
from crmkit.method.tiers import COVERED_SHARE
from crmkit.method.window import WORKDAYS, seasons

#: Weeks on each side.
WEEKS = 12
#: A year earlier, weekday by weekday.
YEAR_WEEKS = 52


@dataclass(frozen=True)
class Mean:
    """People of a window, week by week on average, rounded to whole people.

    Attributes
    ----------
    first, last
        First and last day of the window.
    n, n_total
        People who worked, and people who count.
    """

    first: dt.date
    last: dt.date
    n: int
    n_total: int

    @property
    def share(self) -> float:
        """Share (0–1) of the rounded numbers: it says no more than they do."""
        return self.n / self.n_total


def mondays_beside(on: dt.date) -> tuple[pd.DatetimeIndex, pd.DatetimeIndex]:
    """Return the twelve weeks that lie wholly before a day, and the twelve wholly on or after it."""
    monday = pd.Timestamp(on) - pd.Timedelta(days=on.weekday())
    # on a Saturday or Sunday the working week is over
    before = monday if on.weekday() < WORKDAYS else monday + pd.Timedelta(weeks=1)
    after = monday if on.weekday() == 0 else monday + pd.Timedelta(weeks=1)
    dates = pd.date_range(end=before - pd.Timedelta(weeks=1), periods=WEEKS, freq="7D", unit="us")
    return dates, pd.date_range(after, periods=WEEKS, freq="7D", unit="us")


def earlier(mondays: pd.DatetimeIndex) -> pd.DatetimeIndex:
    """Return the same weeks a year earlier."""
    return mondays - pd.Timedelta(weeks=YEAR_WEEKS)


def mean_of(series: pd.DataFrame, mondays: pd.DatetimeIndex, *, k: int) -> Mean | str:
    """Return the people of a window, or the code of why they cannot be told.

    Parameters
    ----------
    series
        From `Weekly.series`; weeks in which fewer than half as many people count as usual (Christmas) are left out.
    mondays
        The window.
    k
        Smallest number of people that a number may describe: of those who worked, and of those who did not.

    Returns
    -------
    Mean or str
        ``few_before`` or ``few_after`` (the window reaches beyond the series), ``gap`` (the log covers less than 80 %
        of it), ``few_people`` (fewer than 15, or fewer than k worked or did not).
    """
    if mondays[0] < series["week"].iloc[0]:
        return "few_before"
    if mondays[-1] > series["week"].iloc[-1]:
        return "few_after"
    total = series["n_total"]
    usual = total[total > 0].median()
    rows = series[series["week"].isin(mondays) & (total > 0) & (total >= USUAL_SHARE * usual)]
    if len(rows) < COVERED_SHARE * len(mondays):
        return "gap"
    n, n_total = (int(np.floor(rows[column].mean() + 0.5)) for column in ("n_active", "n_total"))
    if n_total < LEAST_PEOPLE or min(n, n_total - n) < k:
        return "few_people"
    return Mean(mondays[0].date(), mondays[-1].date() + dt.timedelta(days=6), n, n_total)


def season_of(before: pd.DatetimeIndex, after: pd.DatetimeIndex) -> str:
    """Return in which of two windows summer or Christmas lies: ``before``, ``after``, ``both``, or nothing."""
    has = [bool(seasons(mondays)) for mondays in (before, after)]
    return "both" if all(has) else "before" if has[0] else "after" if has[1] else ""
