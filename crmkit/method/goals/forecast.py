"""How likely a target is: a weighted mixture of random walks that are read through overlapping windows.

Readings are means over about three months, so neighbours share two thirds. What lies behind them is taken to be
the sum of four parts: a level that walks, a slope that may be there, a course of the year that may come back, and
behaviour that is averaged out again. How large the parts are is not estimated by one best guess, which a year of
readings cannot carry: some sizes are tried, and each counts by how well it explains the readings (Bayesian model
averaging). The backtest behind the choice, and its limits: docs/method/forecast.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from crmkit.errors import MethodError
from crmkit.method.goals.components import PRIOR, Prior, chances, variograms

#: Months of history below which no probability is given.
HISTORY_MONTHS = 12
#: Readings that are looked at: the longest history that the backtest asks with.
LONGEST_HISTORY = 24
#: Least and most that is said: models that all know the same past are never as sure as they seem.
LEAST, MOST = 0.05, 0.95
#: Variance that keeps the equations solvable where two readings lie on one day, as a share of the largest.
_JITTER = 1e-6
#: Share of the largest reading below which a difference is one of floats.
_TINY = 1e-9
#: Months (a few seconds) that are none: what could happen in them is less than floats can tell apart.
_INSTANT = 1e-6
#: Standard deviations beyond which nothing is left.
_FAR = 1e6


@dataclass(frozen=True, eq=False)
class Forecast:
    """What the readings say about later ones.

    Attributes
    ----------
    at, values
        The readings used; months, and the metric's unit.
    low, high
        Bounds of the metric.
    prior
        Sizes of the parts that were tried.
    """

    at: np.ndarray
    values: np.ndarray
    low: float
    high: float
    prior: Prior

    def quantile(self, months: float, share: float) -> float:
        """Return the value that the reading some months after the last one stays below in a share of cases.

        Parameters
        ----------
        months
            Months from the last reading (≥ 0).
        share
            Share of cases (0–1, both excluded).

        Returns
        -------
        float
            In the unit of the readings, clipped to the bounds of the metric.

        Raises
        ------
        MethodError
            If the share is not between 0 and 1, or the months are negative or not finite.
        """
        if not 0 < share < 1:
            raise MethodError(f"forecast: share {share}, expected one between 0 and 1.")
        middle, spread = self._ahead(months)
        # The quantile of a mixture lies between those of its parts, and these within wider tails.
        reach = spread * _t_bound(share)
        lowest, highest = float((middle - reach).min()), float((middle + reach).max())
        for _ in range(60):
            halfway = (lowest + highest) / 2
            if self._below(halfway, middle, spread) < share:
                lowest = halfway
            else:
                highest = halfway
        return min(max(highest, self.low), self.high)

    def probability(self, target: float, *, months: float, falling: bool = False, step: float = 0.0) -> float:
        """Return the probability (0.05–0.95) that the reading some months after the last one meets a target.

        Parameters
        ----------
        target, falling
            At least the target must be read, with `falling` at most.
        months
            Months from the last reading (≥ 0).
        step
            Smallest step of the values, 1 for counts: 71.5 people and more are read as 72.

        Raises
        ------
        MethodError
            If the target is no number, or the months are negative or not finite.
        """
        if math.isnan(target):
            raise MethodError("forecast: the target is no number.")
        sign = -1 if falling else 1
        middle, spread = self._ahead(months)
        worst, best = sorted((sign * self.low, sign * self.high))
        goal = sign * target - step / 2
        if worst < goal <= best:
            # A reading that is certain and equal to the target meets it.
            likely = 1 - self._below(goal - self._tiny, sign * middle, spread)
        else:
            likely = float(goal <= worst)
        return min(max(likely, LEAST), MOST)

    def _below(self, limit: float, middle: np.ndarray, spread: np.ndarray) -> float:
        """Return the probability of less than a limit, bounds aside."""
        certain = spread <= self._tiny
        each = _t_below((limit - middle) / np.where(certain, 1.0, spread))
        return float(self._weights @ np.where(certain, limit > middle, each))

    @property
    def _tiny(self) -> float:
        """A difference that is one of floats; 0 as a share differs by next to nothing too."""
        return _TINY * (float(np.abs(self.values).max()) or 1.0)

    def _ahead(self, months: float) -> tuple[np.ndarray, np.ndarray]:
        """Return middle and spread of the reading some months later, one of each model."""
        if not 0 <= months < math.inf:
            raise MethodError(f"forecast: {months} months ahead, expected a number from 0 on.")
        months = months if months >= _INSTANT else 0.0
        before = self.at[:-1] - self.at[-1]
        apart = variograms(self.prior, np.append(months - before, months))
        gap, own = apart[:, :-1], apart[:, -1]
        shared = self._before + own[:, None] - gap
        kept = np.einsum("mij,mj->mi", self._inverse, shared)
        variance = np.maximum(2 * own - (kept * shared).sum(axis=1), 0)
        return self.values[-1] + kept @ self._changes, self._scale * np.sqrt(variance)

    @cached_property
    def _changes(self) -> np.ndarray:
        """Readings as differences to the last one: their mean needs not be known."""
        return self.values[:-1] - self.values[-1]

    @cached_property
    def _before(self) -> np.ndarray:
        return variograms(self.prior, self.at[:-1] - self.at[-1])

    @cached_property
    def _covariance(self) -> np.ndarray:
        """Covariance of the differences to the last reading under each model; models × readings × readings."""
        before, times = self._before, self.at[:-1]
        covariance = before[:, :, None] + before[:, None, :] - variograms(self.prior, times[:, None] - times)
        diagonal = np.einsum("mii->mi", covariance)
        diagonal += _JITTER * diagonal.max(axis=1, keepdims=True)
        return covariance

    @cached_property
    def _inverse(self) -> np.ndarray:
        return np.linalg.inv(self._covariance)

    @cached_property
    def _misfit(self) -> np.ndarray:
        return np.maximum(np.einsum("i,mij,j->m", self._changes, self._inverse, self._changes), 0)

    @cached_property
    def _scale(self) -> np.ndarray:
        """Standard deviation of the level's walk in one month, in the unit of the readings; one of each model."""
        return np.sqrt(self._misfit / len(self._changes))

    @cached_property
    def _weights(self) -> np.ndarray:
        """Weight of each model: how likely it was before, times its evidence with the scale integrated out."""
        least = self._misfit.max() * 1e-12
        if least == 0:
            return chances(self.prior)
        evidence = -np.linalg.slogdet(self._covariance)[1] / 2
        evidence -= len(self._changes) / 2 * np.log(np.maximum(self._misfit, least))
        weights = chances(self.prior) * np.exp(self.prior.trust * (evidence - evidence.max()))
        return weights / weights.sum()


def fit(
    at: Sequence[float], values: Sequence[float], *, low: float = 0.0, high: float = math.inf, prior: Prior = PRIOR
) -> Forecast | None:
    """Return the forecast from monthly readings.

    Parameters
    ----------
    at
        Month numbers of the readings, ascending; months may be missing, the last may lie inside a month.
    values
        The readings; only the last 24 are used.
    low, high
        Bounds of the metric: 0 and 1 of a share.
    prior
        Sizes of the parts that are tried; the default is the one that was chosen by the backtest.

    Returns
    -------
    Forecast or None
        None with fewer than 12 readings.

    Raises
    ------
    MethodError
        If the two have different lengths, the months do not ascend, or a number is not finite.

    Notes
    -----
    Each model is a Gaussian process of readings: level (Brownian motion), behaviour (white noise) and course of the
    year (periodic noise), all averaged over a window of 12 weeks, plus a slope and what is not averaged. It is
    given by its variogram, so that the mean of the series drops out: the best linear prediction is ordinary
    kriging, and errors of neighbouring windows are correlated as their overlap makes them. The scale is integrated
    out under Jeffreys' prior, which leaves Student's t; models are weighted by their restricted likelihood.
    The tails are those of six degrees of freedom however many readings there are, since units are re-organised
    and measures begin in months to come as they did not before.

    Sources: A. G. Journel, C. J. Huijbregts, Mining Geostatistics, 1978 (regularised variograms, ordinary
    kriging) · J. A. Hoeting et al., Bayesian model averaging: a tutorial, Statistical Science 14 (1999),
    382–417 · P. Grünwald, T. van Ommen, Inconsistency of Bayesian inference for misspecified linear models, and a
    proposal for repairing it, Bayesian Analysis 12 (2017), 1069–1103 (evidence to a power below 1) · H. Working,
    Note on the correlation of first differences of averages in a random chain, Econometrica 28 (1960), 916–918.

    Examples
    --------
    >>> ahead = fit(range(12), [60, 61, 60, 62, 63, 62, 64, 65, 64, 66, 67, 66])
    >>> round(ahead.probability(67, months=4, step=1), 1)
    0.3
    """
    times, readings = np.asarray(at, dtype=float), np.asarray(values, dtype=float)
    if times.shape != readings.shape or times.ndim != 1:
        raise MethodError(f"forecast: {times.size} months and {readings.size} readings, expected one a month.")
    if not (np.isfinite(times).all() and np.isfinite(readings).all()):
        raise MethodError("forecast: a month or reading is not finite. Leave out months without a reading.")
    if (np.diff(times) <= 0).any():
        raise MethodError("forecast: the months do not ascend. Sort the readings, one a month.")
    if len(times) < HISTORY_MONTHS:
        return None
    return Forecast(times[-LONGEST_HISTORY:], readings[-LONGEST_HISTORY:], low, high, prior)


def probability(
    at: Sequence[float],
    values: Sequence[float],
    *,
    target: float,
    months: float,
    falling: bool = False,
    step: float = 0.0,
) -> float | None:
    """Return the probability (0.05–0.95) that the reading at the deadline meets its target, see `Forecast`.

    Returns
    -------
    float or None
        None with fewer than 12 readings.
    """
    ahead = fit(at, values, low=-math.inf)
    return ahead and ahead.probability(target, months=months, falling=falling, step=step)


def _t_below(z: np.ndarray) -> np.ndarray:
    """Return the distribution function of Student's t with six degrees of freedom.

    Source: M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions, 26.7.4.
    """
    z = np.clip(z, -_FAR, _FAR)
    sine = z / np.sqrt(6 + z**2)
    cosine2 = 1 - sine**2
    return 0.5 + sine / 2 * (1 + cosine2 / 2 + 3 / 8 * cosine2**2)


def _t_bound(share: float) -> float:
    """Return a value that its quantile lies within: the same quantile with two degrees of freedom."""
    return abs(2 * share - 1) / math.sqrt(2 * share * (1 - share))
