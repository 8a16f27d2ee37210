"""What readings are made of in a forecast: a level that walks, a slope, a course of the year, behaviour.

Each part is known by its variogram: half the variance of the difference of two readings some months apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np

#: Length of the window of a reading in months (12 weeks).
WINDOW = 12 * 7 / (365.25 / 12)


@dataclass(frozen=True)
class Prior:
    """Sizes of the parts of a series, relative to the level's random walk (variance 1 a month).

    Attributes
    ----------
    noise
        Variances of behaviour that a window averages out.
    season
        Variances of a course of the year that repeats after twelve months.
    rough
        Variances of what not even neighbouring readings share, such as the step from person to person.
    slope
        Standard deviations of a lasting slope a month: usual, and steep.
    steep
        How likely the steep slope is before any reading is seen (0–1).
    trust
        Power to which the evidence of the readings is taken (0–1); below 1, since none of the models is true.
    """

    noise: tuple[float, ...] = (0.0, 2.0, 16.0)
    season: tuple[float, ...] = (0.0, 2.0, 8.0, 32.0)
    rough: tuple[float, ...] = (0.0, 1.0)
    slope: tuple[float, float] = (0.1, 1.5)
    steep: float = 0.1
    trust: float = 0.5


PRIOR = Prior()


@lru_cache(maxsize=16)
def _sizes(prior: Prior) -> np.ndarray:
    """Return the sizes of the parts in each model, models × (walk, noise, season, rough, slope)."""
    parts = product((1.0,), prior.noise, prior.season, prior.rough, np.square(prior.slope))
    return np.array([*parts])


@lru_cache(maxsize=16)
def chances(prior: Prior) -> np.ndarray:
    """Return how likely each model is before any reading is seen."""
    is_steep = _sizes(prior)[:, -1] == prior.slope[-1] ** 2
    chances = np.where(is_steep, prior.steep, 1 - prior.steep)
    return chances / chances.sum()


def variograms(prior: Prior, lag: np.ndarray) -> np.ndarray:
    """Return half the variance of the difference of two readings some months apart, one of each model."""
    h = np.abs(lag)
    # Brownian motion averaged over windows of length w: parabolic while they overlap, then a line.
    walk = np.where(h < WINDOW, h**2 / WINDOW - h**3 / (3 * WINDOW**2), h - WINDOW / 3) / 2
    year = np.abs((h + 6) % 12 - 6)
    parts = [walk, _unshared(h, WINDOW), _unshared(year, WINDOW), _unshared(h, 0.5), h**2 / 2]
    return np.tensordot(_sizes(prior), np.array(parts), axes=1)


def _unshared(lag: np.ndarray, length: float) -> np.ndarray:
    """Return the share of a window that another one does not cover: the variogram of averaged white noise."""
    return np.minimum(lag / length, 1.0)
