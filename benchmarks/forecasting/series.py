"""A series of monthly readings, wherever it comes from."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True, eq=False)
class Series:
    """Monthly readings of one metric.

    Attributes
    ----------
    name
        The client or series it stems from: the unit of the bootstrap.
    source, metric
        ``simulated`` / ``m3`` / ``tourism``; what is read.
    months
        Whole month numbers of the readings, one a month end; NaN in `values` where there is none.
    values
        Readings at the month ends.
    middles
        Readings half a month after each of `months`, where the source knows them; else empty.
    step, low, high
        Smallest step and bounds of the metric.
    programme
        Index of the reading at which a programme of measures is decided, or None.
    """

    name: str
    source: str
    metric: str
    months: np.ndarray
    values: np.ndarray
    middles: np.ndarray = field(default_factory=lambda: np.zeros(0))
    step: float = 0.0
    low: float = 0.0
    high: float = math.inf
    programme: int | None = None
