"""How likely a target is: a damped random walk with drift, in closed form.

A first honest version. Whether it is the best of the simple methods is for a backtest to say; until then the
probability is clipped and only given with a year of history.
"""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

from crmkit.method.goals.readings import LEAST_GAP, pace_of

#: Months of history below which no probability is given.
HISTORY_MONTHS = 12
#: Readings that drift and spread are taken from: the last year, so that every season stands in it once.
WINDOW = 12
#: Share of its drift that the series keeps from month to month: no trend goes on for ever.
DAMPING = 0.9
LEAST, MOST = 0.05, 0.95


def probability(
    at: list[float], values: list[float], *, target: float, months: float, falling: bool = False, step: float = 0.0
) -> float | None:
    """Return the probability (0.05–0.95) that the last reading of a term meets its target.

    Parameters
    ----------
    at
        Month numbers of the readings, ascending.
    values
        The readings.
    target, falling
        At least the target must be read, with `falling` at most.
    months
        Months from the last reading to the deadline (> 0).
    step
        Smallest step of the values: 1 for counts, 0 for shares.

    Returns
    -------
    float or None
        None with fewer than 12 readings.

    Notes
    -----
    Level: mean of the last reading and of what the one before it led to expect. Drift d: Theil–Sen slope of
    the last 12 readings, damped by 0.9 a month. Spread: of the monthly changes around the drift; since
    windows of twelve weeks share two thirds with their neighbours, h changes vary by 3h − 8/3 times that of
    one (a three-month moving average of a random walk), not by h times. The uncertainty of the drift is added.
    """
    if len(values) < HISTORY_MONTHS:
        return None
    at, values = at[-WINDOW:], values[-WINDOW:]
    drift = pace_of(at, values) or 0.0
    pairs = zip(at, at[1:], values, values[1:], strict=False)
    steps = [(x2 - x1, y2 - y1) for x1, x2, y1, y2 in pairs if x2 - x1 >= LEAST_GAP]
    variance = sum((dy - drift * dx) ** 2 / dx for dx, dy in steps) / (len(steps) - 1)
    level = (values[-1] + values[-2] + drift * (at[-1] - at[-2])) / 2
    reach = DAMPING * (1 - DAMPING**months) / (1 - DAMPING)
    inflated = max(months, 3 * months - 8 / 3)
    spread = sqrt(variance * (inflated + 3 * reach**2 / len(steps)) + (step / 2) ** 2)
    sign = -1 if falling else 1
    # Half a step: 71.5 people and more are read as 72.
    distance = sign * (level + drift * reach - target) + step / 2
    likely = NormalDist().cdf(distance / spread) if spread > 0 else float(distance >= 0)
    return min(max(likely, LEAST), MOST)
