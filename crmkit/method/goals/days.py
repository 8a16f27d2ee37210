"""Calendar arithmetic of goals: months clipped to their end, and days as a number of months."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange

from crmkit.errors import GoalError

#: Longest term that a goal may have (months); a longer one is a slip of the pen.
LONGEST_TERM = 120
#: No deadline lies further away (months).
FARTHEST = 240
#: Days outside these years are slips of the pen.
FIRST_YEAR, LAST_YEAR = 1990, 2200


def day_of(value: dt.date | str, *, name: str) -> dt.date:
    """Return a day given as a date, a timestamp or ISO text.

    Raises
    ------
    GoalError
        If the text is no date, or the year cannot be meant.
    """
    if isinstance(value, dt.date):
        day = value.date() if isinstance(value, dt.datetime) else value
    else:
        try:
            day = dt.date.fromisoformat(value)
        except (TypeError, ValueError):
            raise GoalError.wrong_field(name, f'"{value}" is no date, write it as YYYY-MM-DD') from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise GoalError.wrong_field(name, f"{day} is not within the years {FIRST_YEAR} to {LAST_YEAR}")
    return day


def month_end(year: int, month: int) -> dt.date:
    """Return the last day of a month."""
    return dt.date(year, month, monthrange(year, month)[1])


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the day some calendar months later, clipped to the month's end.

    Examples
    --------
    >>> add_months(dt.date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = month_end(year, month + 1)
    return last.replace(day=min(day.day, last.day))


def whole_months(start: dt.date, end: dt.date) -> int | None:
    """Return the n for which `end` is `start` plus n calendar months, or None."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if months > 0 and add_months(start, months) == end else None


def month_number(day: dt.date) -> float:
    """Return a day as a number of months; the last days of neighbouring months are exactly 1 apart."""
    return day.year * 12 + day.month - 1 + day.day / monthrange(day.year, day.month)[1]
