"""The weeks of a series that can be used, as arrays; and the errors of a series that is none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from crmkit.errors import MethodError, listed
from crmkit.method.effects.effect import LEAST_PEOPLE
from crmkit.method.window import WORKDAYS

_NEEDED = ("week", "n_active", "n_total")
_COMPARISON = ("comparison_active", "comparison_total")
_WEEK = np.timedelta64(7, "D")
_FRIDAY = np.timedelta64(WORKDAYS - 1, "D")
#: Weeks in which fewer than this share of the usual people count (Christmas) say little about the others (0–1).
USUAL_SHARE = 0.5


@dataclass(frozen=True, eq=False)
class Observed:
    """Weeks with a log, one number each.

    Attributes
    ----------
    mondays
        The weeks.
    number
        Weeks since the first one; a gap is a jump of it.
    share
        Active people (0–1); with a comparison unit less its share.
    working_days
        Days Monday to Friday that are worked.
    n_people
        Usual number of people, the fewer of both units.
    has_comparison
        Whether `share` is a difference.
    """

    mondays: np.ndarray
    number: np.ndarray
    share: np.ndarray
    working_days: np.ndarray
    n_people: float
    has_comparison: bool

    def first_after(self, day: dt.date) -> int:
        """Return the position of the first week that lies wholly on or after a day."""
        return int(np.searchsorted(self.mondays, np.datetime64(day)))

    def without_week_of(self, day: dt.date) -> Observed:
        """Return the weeks without the one in whose midst the day lies: it belongs to neither side."""
        stamp = np.datetime64(day)
        return self.where(~((self.mondays < stamp) & (stamp <= self.mondays + _FRIDAY)))

    def where(self, kept: np.ndarray) -> Observed:
        """Return some of the weeks (flagged)."""
        return replace(
            self, mondays=self.mondays[kept], number=self.number[kept], share=self.share[kept],
            working_days=self.working_days[kept],
        )  # fmt: skip


def observed(series: pd.DataFrame) -> Observed:
    """Return the weeks of a series that can be used.

    Parameters
    ----------
    series
        See `interrupted`. Left out are weeks without people (no log) and those in which fewer than half as many
        count as usual. A comparison unit of fewer than 15 people is no comparison.

    Raises
    ------
    MethodError
        If a column is missing, a week is no Monday or stands twice, more people are active than there are, or
        a week with people lacks a number.
    """
    rows = _checked(series)
    has_comparison = _COMPARISON[0] in rows and _usual(rows[_COMPARISON[1]]) >= LEAST_PEOPLE
    pairs = [("n_active", "n_total"), *([_COMPARISON] if has_comparison else [])]
    usual = [_usual(rows[total]) for _, total in pairs]
    kept = np.logical_and.reduce(
        [(rows[total] > 0) & (rows[total] >= USUAL_SHARE * n) for (_, total), n in zip(pairs, usual, strict=True)]
    )
    rows = rows[kept]
    mondays = rows["week"].to_numpy("datetime64[D]")
    shares = [(rows[active] / rows[total]).to_numpy(float) for active, total in pairs]
    days = rows["working_days"] if "working_days" in rows else pd.Series(WORKDAYS, index=rows.index)
    return Observed(
        mondays, ((mondays - mondays[:1]) // _WEEK).astype(float), shares[0] - sum(shares[1:]),
        days.to_numpy(float), min(usual), has_comparison,
    )  # fmt: skip


def _usual(total: pd.Series) -> float:
    """Return the usual number of people, 0 for a series without any."""
    return float(total[total > 0].median()) if (total > 0).any() else 0.0


def _checked(series: pd.DataFrame) -> pd.DataFrame:
    missing = [column for column in _NEEDED if column not in series]
    if missing:
        raise MethodError(f"series: {listed(missing)} missing. Found: {listed(map(str, series))}.")
    if (_COMPARISON[0] in series) != (_COMPARISON[1] in series):
        raise MethodError(f"series: of {listed(_COMPARISON)} only one is there. Give both or none.")
    numbers = [column for column in (*_NEEDED[1:], *_COMPARISON, "working_days") if column in series]
    rows = series.assign(week=pd.to_datetime(series["week"])).astype(dict.fromkeys(numbers, "float64"))
    rows = rows.sort_values("week", ignore_index=True)
    if rows["week"].isna().any() or (rows["week"].dt.day_of_week != 0).any():
        raise MethodError("series: `week` is no Monday in some rows.")
    if rows["week"].duplicated().any():
        raise MethodError(
            f"series: the week {rows.loc[rows['week'].duplicated(), 'week'].iloc[0].date()} stands twice."
        )
    for active, total in ((_NEEDED[1], _NEEDED[2]), _COMPARISON):
        if active in rows and ((rows[active] < 0) | (rows[active] > rows[total])).any():
            raise MethodError(f"series: `{active}` is negative or above `{total}` in some rows.")
    for number in (*_NEEDED[1:2], *_COMPARISON[:1], "working_days"):
        total = _COMPARISON[1] if number == _COMPARISON[0] else _NEEDED[2]
        if number in rows and (~np.isfinite(rows[number]) & (rows[total] > 0)).any():
            raise MethodError(f"series: `{number}` is missing in some weeks with people.")
    return rows
