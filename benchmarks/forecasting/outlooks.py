"""What a method says about a later reading, read alike for all: half a step, bounds, 5–95 %."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist
from typing import Protocol

import numpy as np

from crmkit.method.goals.forecast import LEAST, MOST

#: Longest way to a deadline (months).
HORIZON = 12
_SLACK = 1e-9


class Outlook(Protocol):
    """What `crmkit.method.goals.forecast.Forecast` offers, and every other method here."""

    def probability(self, target: float, *, months: float, falling: bool = False, step: float = 0.0) -> float:
        """Return the probability of a target."""
        ...

    def quantile(self, months: float, share: float) -> float:
        """Return a quantile of the reading."""
        ...


@dataclass(frozen=True, eq=False)
class Normal:
    """A normal distribution at each horizon.

    Attributes
    ----------
    ahead
        Months → mean and standard deviation.
    low, high
        Bounds of the metric.
    """

    ahead: Callable[[float], tuple[float, float]]
    low: float
    high: float

    def probability(self, target: float, *, months: float, falling: bool = False, step: float = 0.0) -> float:
        """Return the probability of a target (0.05–0.95)."""
        mean, spread = self.ahead(months)
        distance = (target - mean if falling else mean - target) + step / 2
        likely = NormalDist().cdf(distance / spread) if spread > 0 else float(distance >= -_SLACK)
        return min(max(likely, LEAST), MOST)

    def quantile(self, months: float, share: float) -> float:
        """Return a quantile of the reading, clipped to the bounds."""
        mean, spread = self.ahead(months)
        return min(max(mean + spread * NormalDist().inv_cdf(share), self.low), self.high)


def between_months(last: float, means: np.ndarray, spreads: np.ndarray) -> Callable[[float], tuple[float, float]]:
    """Return means and spreads for parts of months from those of whole ones (1 to `HORIZON`).

    Parameters
    ----------
    last
        The last reading: where months are 0.
    means, spreads
        Means and standard deviations after 1, 2, … months.

    Raises
    ------
    FloatingPointError
        If one is not finite: the method has failed.
    """
    if not (np.isfinite(means).all() and np.isfinite(spreads).all()):
        raise FloatingPointError
    whole = np.arange(len(means) + 1)
    middle, variance = np.append(last, means), np.append(0.0, spreads**2)

    def ahead(months: float) -> tuple[float, float]:
        return float(np.interp(months, whole, middle)), float(np.sqrt(np.interp(months, whole, variance)))

    return ahead
