"""Windows of complete ISO weeks."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from crmkit.errors import MethodError

#: Days from Monday to Friday; weekends never make a week eligible.
WORKDAYS = 5
#: A window of twenty years is none.
MOST_WEEKS = 1000


def day_of(as_of: object) -> dt.date:
    """Return a day of the retrospective given as date, timestamp or ISO text.

    Raises
    ------
    MethodError
        If it is none.
    """
    if isinstance(as_of, dt.datetime):
        return as_of.date()
    if isinstance(as_of, dt.date):
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
    if not isinstance(weeks, int) or not 1 <= weeks <= MOST_WEEKS:
        raise MethodError(f"weeks={weeks}: a window has 1 to {MOST_WEEKS} weeks.")
    last_sunday = as_of - dt.timedelta(days=as_of.isoweekday() % 7)
    first_monday = last_sunday - dt.timedelta(days=7 * weeks - 1)
    return pd.date_range(first_monday, periods=weeks, freq="7D", unit="us")


def days_of(as_of: dt.date, *, weeks: int = 12) -> tuple[dt.date, dt.date]:
    """Return the first Monday and the last Sunday of the window."""
    mondays = weeks_of(as_of, weeks=weeks)
    return mondays[0].date(), mondays[-1].date() + dt.timedelta(days=6)


def monday_of(dates: pd.Series) -> pd.Series:
    """Return the Monday of each date's ISO week."""
    return dates - pd.to_timedelta(dates.dt.day_of_week, unit="D")
