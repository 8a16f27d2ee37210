"""Working days of a week: public holidays where somebody works, the company's free and half days."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from crmkit.errors import MethodError
from crmkit.method.window import WORKDAYS
from crmkit.public_holidays import public_holidays
from crmkit.settings import Calendar


def working_days(
    mondays: pd.DatetimeIndex, *, country: str, subdivision: str, calendar: Calendar | None = None
) -> np.ndarray:
    """Return the working days (0–5) of each week.

    Parameters
    ----------
    mondays
        The weeks.
    country, subdivision
        ISO codes such as ``DE`` and ``BY``; ``BY/catholic`` adds the holidays of Catholic municipalities,
        ``Augsburg`` those of the town. Empty: the country's.
    calendar
        The company's own days off (a whole day less) and half days (half a day less).

    Returns
    -------
    numpy.ndarray
        One number a week: days Monday to Friday, less those that are free.

    Raises
    ------
    MethodError
        If the public holidays are not known.

    Examples
    --------
    >>> weeks = pd.DatetimeIndex(["2026-12-21", "2026-12-28"])
    >>> company = Calendar(half_days=["12-24", "12-31"])
    >>> working_days(weeks, country="DE", subdivision="BY", calendar=company)
    array([3.5, 3.5])
    """
    return worked_days(mondays, country=country, subdivision=subdivision, calendar=calendar).sum(axis=1)


def worked_days(
    mondays: pd.DatetimeIndex, *, country: str, subdivision: str, calendar: Calendar | None = None
) -> np.ndarray:
    """Return which days Monday to Friday are worked, weeks × days: 1, 0.5 or 0 (see `working_days`)."""
    own = calendar or Calendar()
    days = (mondays.to_numpy()[:, None] + np.arange(WORKDAYS).astype("timedelta64[D]")).astype("datetime64[D]")
    worked = np.ones(days.shape)
    worked[np.isin(days, _matching(days, own.half_days))] = 0.5
    worked[np.isin(days, _matching(days, own.free_days))] = 0
    worked[np.isin(days, _public_holidays(country, subdivision, mondays))] = 0
    return worked


def is_known(country: str, subdivision: str) -> bool:
    """Tell whether the public holidays of a place are known."""
    try:
        _public_holidays(country, subdivision, pd.DatetimeIndex(["2026-01-05"]))
    except MethodError:
        return False
    return True


def _matching(days: np.ndarray, written: list[str]) -> np.ndarray:
    """Return the days that the calendar names, as dates or as month and day of every year."""
    texts = np.datetime_as_string(days.ravel())
    named = set(written)
    return np.array([t for t in texts if t in named or t[5:] in named], dtype="datetime64[D]")


def _public_holidays(country: str, subdivision: str, mondays: pd.DatetimeIndex) -> np.ndarray:
    years = range(mondays[0].year, (mondays[-1] + dt.timedelta(days=WORKDAYS)).year + 1)
    return np.array(public_holidays(country, subdivision, years), dtype="datetime64[D]")
