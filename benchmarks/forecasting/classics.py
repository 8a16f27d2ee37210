"""Simple methods in a few lines: the kit's former default, random walks, a straight line."""

from __future__ import annotations

import numpy as np

from crmkit.method.goals.readings import LEAST_GAP, pace_of
from forecasting.outlooks import Normal
from forecasting.series import Series

#: Readings that the former default took drift and spread from, and its damping a month.
_YEAR, _DAMPING = 12, 0.9


def overlapping(months: float) -> float:
    """Return the variance of a change over some months, relative to that of one month.

    Readings that share two thirds with their neighbours are three-month moving means of what lies behind; if
    that is a random walk, changes over h months vary by 3h − 8/3 times that of one, not by h times.
    """
    return max(months, 3 * months - 8 / 3)


def former(at: np.ndarray, values: np.ndarray, series: Series) -> Normal:
    """Return the kit's former default: random walk with smoothed start and damped Theil–Sen drift."""
    at, values = at[-_YEAR:], values[-_YEAR:]
    drift = pace_of(list(at), list(values)) or 0.0
    gaps, changes = _steps(at, values)
    variance = float(((changes - drift * gaps) ** 2 / gaps).sum() / (len(gaps) - 1))
    level = (values[-1] + values[-2] + drift * (at[-1] - at[-2])) / 2

    def ahead(months: float) -> tuple[float, float]:
        reach = _DAMPING * (1 - _DAMPING**months) / (1 - _DAMPING)
        spread = variance * (overlapping(months) + 3 * reach**2 / len(gaps)) + (series.step / 2) ** 2
        return level + drift * reach, spread**0.5

    return Normal(ahead, series.low, series.high)


def walk(at: np.ndarray, values: np.ndarray, series: Series) -> Normal:
    """Return a random walk of the readings without drift."""
    gaps, changes = _steps(at, values)
    variance = float((changes**2 / gaps).mean())
    return Normal(lambda months: (values[-1], (variance * months) ** 0.5), series.low, series.high)


def walk_of_windows(at: np.ndarray, values: np.ndarray, series: Series) -> Normal:
    """Return a random walk without drift that knows that windows overlap."""
    gaps, changes = _steps(at, values)
    variance = float((changes**2 / gaps).mean())
    return Normal(lambda months: (values[-1], (variance * overlapping(months)) ** 0.5), series.low, series.high)


def seasonal_walk(at: np.ndarray, values: np.ndarray, series: Series) -> Normal:
    """Return the reading of a year before plus the change since then; without a year and a half: no season."""
    known = dict(zip(at.round(6), values, strict=True))
    pairs = [(month, value - known[month - 12]) for month, value in known.items() if month - 12 in known]
    yearly = np.array([change for _, change in pairs])
    if len(yearly) < 6 or pairs[-1][0] != at.round(6)[-1]:
        return walk_of_windows(at, values, series)
    variance = float((np.diff(yearly) ** 2).mean())

    def ahead(months: float) -> tuple[float, float]:
        before = float(np.interp(at[-1] + months - 12, at, values))
        return before + yearly[-1], (variance * overlapping(months)) ** 0.5

    return Normal(ahead, series.low, series.high)


def line(at: np.ndarray, values: np.ndarray, series: Series) -> Normal:
    """Return a straight line by least squares with its prediction error, as if errors were independent."""
    x = at - at.mean()
    slope = float(x @ values / (x @ x))
    residuals = values - values.mean() - slope * x
    variance = float(residuals @ residuals / (len(x) - 2))

    def ahead(months: float) -> tuple[float, float]:
        then = x[-1] + months
        return float(values.mean() + slope * then), (variance * (1 + 1 / len(x) + then**2 / (x @ x))) ** 0.5

    return Normal(ahead, series.low, series.high)


def _steps(at: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    gaps = np.diff(at)
    wide = gaps >= LEAST_GAP
    return gaps[wide], np.diff(values)[wide]
