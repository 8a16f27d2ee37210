"""What a weekly share follows even if nothing changes: trend, short weeks, holidays, the course of the year."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmkit.method.effects.observed import Observed
from crmkit.method.window import WORKDAYS

#: Days of the year between which schools of all states are on holiday for six weeks each.
_SUMMER = (182, 250)
#: Days around the turn of the year.
_CHRISTMAS = (356, 3)
#: From two years on the year has a course of its own: with less it could not be told from a change.
YEAR_WEEKS = 104
_YEAR_DAYS = 365.25
_WEEKS_A_QUARTER = 12


def regressors(weeks: Observed) -> np.ndarray:
    """Return what explains a share without any change, weeks × terms.

    Parameters
    ----------
    weeks
        The weeks that are used.

    Returns
    -------
    numpy.ndarray
        A constant, the trend (in twelve weeks), working days (share of five), summer holidays, the turn of the year,
        and from two years on one sine and cosine of the year. Terms that never vary are left out.

    Notes
    -----
    One pair of Fourier terms, not more: on simulated series a second one found nothing better and cost certainty.
    Source of the terms: J. L. Bernal, S. Cummins, A. Gasparrini, *Interrupted time series regression for the
    evaluation of public health interventions: a tutorial*, Int. J. Epidemiology 46 (2017), 348–355.
    """
    middle = pd.DatetimeIndex(weeks.mondays) + pd.Timedelta(days=2)
    day = middle.day_of_year.to_numpy()
    is_long = len(day) > 0 and weeks.number[-1] + 1 >= YEAR_WEEKS
    angle = 2 * np.pi * day / _YEAR_DAYS
    terms = [
        weeks.number / _WEEKS_A_QUARTER,
        weeks.working_days / WORKDAYS,
        ((day >= _SUMMER[0]) & (day <= _SUMMER[1])).astype(float),
        ((day >= _CHRISTMAS[0]) | (day <= _CHRISTMAS[1])).astype(float),
        *((np.sin(angle), np.cos(angle)) if is_long else ()),
    ]
    return np.column_stack([np.ones(len(day)), *(term for term in terms if np.ptp(term) > 0)])


def step(weeks: Observed, position: int) -> np.ndarray:
    """Return the column of a step: 0 before a position, 1 from it on."""
    return (np.arange(len(weeks.share)) >= position).astype(float)


def ramp(weeks: Observed, position: int) -> np.ndarray:
    """Return the column of a change of trend: weeks since a position, in twelve weeks; 0 before."""
    return np.clip(weeks.number - weeks.number[position], 0, None) / _WEEKS_A_QUARTER
