"""Kinds of series that are tried, and what the kit answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from crmkit.method.effects import interrupted
from interruptions.simulation import Simulated, simulated

#: Seeds of the series that the method was chosen on, and of those whose figures are published.
TUNING, TEST = 77, 2026
#: Weeks without a log that a gap is long.
_GAP = 8

Maker = Callable[[np.random.Generator], Simulated]


def _plain(step: float) -> Maker:
    return lambda rng: simulated(rng, step=step)


def _with_gap(step: float) -> Maker:
    """Return a maker of series whose log is missing for eight weeks, at least four weeks from the day."""

    def make(rng: np.random.Generator) -> Simulated:
        made = simulated(rng, step=step)
        place = int((made.weeks["week"].dt.date < made.on).sum())
        starts = [n for n in range(len(made.weeks) - _GAP) if n + _GAP + 4 <= place or n >= place + 6]
        first = int(rng.choice(starts)) if starts else 0
        lost = [column for column in made.weeks if column.endswith(("_active", "_total"))]
        weeks = made.weeks.copy()
        weeks.loc[first : first + _GAP - 1, lost] = 0
        return replace(made, weeks=weeks)

    return make


#: Kind → how a series of it is made.
CASES: dict[str, Maker] = {
    "no effect": _plain(0.0),
    "step of 15 points": _plain(0.15),
    "step of 10 points": _plain(0.10),
    "step of 5 points": _plain(0.05),
    "no effect, steady trend of 10 to 20 points a year": lambda rng: simulated(rng, trend=(0.10, 0.20)),
    "no effect, summer and Christmas twice as deep": lambda rng: simulated(rng, depth=2.0),
    "no effect, eight weeks without a log": _with_gap(0.0),
    "step of 15 points, eight weeks without a log": _with_gap(0.15),
}


def answered(n: int, *, seed: int, cases: dict[str, Maker] | None = None) -> pd.DataFrame:
    """Return what the kit says of n series of each kind.

    Parameters
    ----------
    n
        Number of series of a kind.
    seed
        Seed of all chance.
    cases
        Kinds and their makers; None: `CASES`.

    Returns
    -------
    pandas.DataFrame
        case, is_found, is_right (found, in the direction built in), is_told, holds (the 95 % interval holds the
        truth), half_share (half its width), has_comparison.
    """
    return pd.DataFrame(
        {"case": case, **_answer(make(np.random.default_rng([seed, place, number])))}
        for place, (case, make) in enumerate((cases or CASES).items())
        for number in range(n)
    )


def _answer(series: Simulated) -> dict[str, object]:
    effect = interrupted(series.weeks, on=series.on)
    is_found = effect.result in ("found_up", "found_down")
    low, high = effect.low_share, effect.high_share
    is_told = low is not None and high is not None
    return {
        "is_found": is_found,
        "is_right": is_found and (effect.result == "found_up") == (series.step > 0),
        "is_told": is_told,
        "holds": low <= series.step <= high if is_told else None,
        "half_share": (high - low) / 2 if is_told else None,
        "has_comparison": effect.has_comparison,
    }
