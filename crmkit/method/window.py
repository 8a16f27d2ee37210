"""Windows of complete ISO weeks."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from crmkit.errors import MethodError

#: Days from Monday to Friday; weekends never make a week eligible.
WORKDAYS = 5
#: Weeks of summer in a window from which it is flagged: one or two hardly move a quarter.
SUMMER_WEEKS = 3
_SUMMER = ((7, 15), (9, 15))
#: A window of twenty years is none.
MOST_WEEKS = 1000
_FIRST_DAY = dt.date(1970, 1, 1)


def day_of(as_of: object) -> dt.date:
    """Return a day of the retrospective given as date, timestamp or ISO text.

    Raises
    ------
    MethodError
        If it is none.
    """
    if isinstance(as_of, dt.datetime) and not pd.isna(as_of):
        return as_of.date()
    if isinstance(as_of, dt.date) and not isinstance(as_of, dt.datetime):
        return as_of
    try:
        if not isinstance(as_of, str):
            raise TypeError
        return dt.date.fromisoformat(as_of)
    except (ValueError, TypeError):
        raise MethodError(f"as_of={as_of!r}: no date, write it as YYYY-MM-DD.") from None


def weeks_of(as_of: dt.date, *, weeks: int = 12) -> pd.DatetimeIndex:
    """Return the Mondays of the last complete ISO weeks.

    Parameters
    ----------
    as_of
        Day of the retrospective; a week that ends on this Sunday is complete.
    weeks
        Number of weeks.

    Returns
    -------
    pandas.DatetimeIndex
        `weeks` Mondays in ascending order.

    Examples
    --------
    >>> weeks_of(dt.date(2026, 6, 30), weeks=2).strftime("%Y-%m-%d").tolist()
    ['2026-06-15', '2026-06-22']
    """
    if not isinstance(weeks, int | np.integer) or isinstance(weeks, bool) or not 1 <= weeks <= MOST_WEEKS:
        raise MethodError(f"weeks={weeks}: a window has 1 to {MOST_WEEKS} weeks.")
    if as_of < _FIRST_DAY:
        raise MethodError(f"as_of={as_of}: before {_FIRST_DAY}, no CRM is that old.")
    last_sunday = as_of - dt.timedelta(days=as_of.isoweekday() % 7)
    first_monday = last_sunday - dt.timedelta(days=7 * int(weeks) - 1)
    return pd.date_range(first_monday, periods=weeks, freq="7D", unit="us")


def days_of(as_of: dt.date, *, weeks: int = 12) -> tuple[dt.date, dt.date]:
    """Return the first Monday and the last Sunday of the window."""
    mondays = weeks_of(as_of, weeks=weeks)
    return mondays[0].date(), mondays[-1].date() + dt.timedelta(days=6)


def monday_of(dates: pd.Series) -> pd.Series:
    """Return the Monday of each date's ISO week."""
    return dates - pd.to_timedelta(dates.dt.day_of_week, unit="D")


def seasons(mondays: pd.DatetimeIndex) -> tuple[str, ...]:
    """Return which holiday times a window holds: ``summer_window``, ``christmas_window``.

    Examples
    --------
    >>> seasons(weeks_of(dt.date(2026, 9, 13)))
    ('summer_window',)
    """
    days = [[monday.date() + dt.timedelta(days=n) for n in range(5)] for monday in mondays]
    n_summer = sum(any(_SUMMER[0] <= (day.month, day.day) <= _SUMMER[1] for day in week) for week in days)
    christmas = any((day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1) for week in days for day in week)
    found = {"summer_window": n_summer >= SUMMER_WEEKS, "christmas_window": christmas}
    return tuple(code for code, is_so in found.items() if is_so)
