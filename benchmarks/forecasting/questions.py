"""Goals as in life, asked on the way: history, target, deadline, and how it ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from crmkit.method.goals.forecast import HISTORY_MONTHS
from forecasting.series import Series

TERMS = (6, 9, 12)
LONGEST_HISTORY = 24
#: Relative change → how often it is asked for; 0 is to keep what is there, below 0 to reduce.
CHANGES = {
    "simulated": {0.05: 0.32, 0.10: 0.12, 0.15: 0.06, 0.20: 0.06, 0.30: 0.04, 0.0: 0.32, -0.10: 0.05, -0.20: 0.03},
    "real": {0.05: 0.32, 0.10: 0.11, 0.15: 0.06, 0.20: 0.06, 0.30: 0.04, 0.0: 0.36, -0.10: 0.03, -0.20: 0.02},
}
#: Histories a series is asked with, and goals asked at each.
ORIGINS, GOALS = 3, 6
#: Share of histories of simulated clients that begin with the client's own programme; that end inside a month.
OWN_PROGRAMME, INSIDE_MONTH = 0.6, 0.25
_SLACK = 1e-9


@dataclass(frozen=True, eq=False)
class Question:
    """One goal at one moment.

    Attributes
    ----------
    series
        Where it is asked; metric, bounds and step.
    history
        Number of the history: questions with the same one are answered by one fit.
    at, values
        The readings known, 12–24 of them.
    change, term
        Relative change asked for, months of the whole term.
    target, falling
        What the reading at the deadline must be: at least, with `falling` at most.
    months
        Months from the last reading to the deadline.
    reading, happened
        What was read there, and whether it met the target.
    is_met
        The last reading meets the target already and the goal is not to keep something: the kit says
        "reached" and gives no probability.
    with_programme
        The goal starts with a programme of measures, which the readings before do not know.
    """

    series: Series
    history: int
    at: np.ndarray
    values: np.ndarray
    change: float
    term: int
    target: float
    falling: bool
    months: float
    reading: float
    happened: bool
    is_met: bool
    with_programme: bool


def ask(pool: list[Series], *, seed: int) -> list[Question]:
    """Return the questions on some series; series of the same name share their randomness."""
    by_name: dict[str, list[Series]] = {}
    for series in pool:
        by_name.setdefault(f"{series.source} {series.name}", []).append(series)
    found: list[Question] = []
    for number, group in enumerate(by_name.values()):
        rng = np.random.default_rng([seed, number])
        for _ in range(ORIGINS):
            series = group[int(rng.choice(len(group), p=_weights(group)))]
            found += _asked(series, rng, history=len(found))
    return found


def _weights(group: list[Series]) -> np.ndarray:
    weights = np.array([{"active": 4, "regular": 3, "rate": 3, "rare": 2}.get(one.metric, 1) for one in group], float)
    return weights / weights.sum()


def _asked(series: Series, rng: np.random.Generator, *, history: int) -> Iterator[Question]:
    """Yield the goals asked with one history."""
    n = len(series.values)
    own = series.programme is not None and rng.random() < OWN_PROGRAMME
    last = series.programme + int(rng.integers(2, 11)) if own else int(rng.integers(HISTORY_MONTHS - 1, n - 1))
    if last > n - 2 or np.isnan(series.values[last]):
        return
    at, values = _history(series, last, rng)
    if len(values) < HISTORY_MONTHS:
        return
    for _ in range(GOALS):
        term = int(rng.choice(TERMS))
        elapsed = last - series.programme if own else int(rng.integers(ceil(term / 3), term))
        change = _change(series, rng)
        if not term / 3 <= elapsed < term or last + term - elapsed >= n:
            continue
        question = _question(series, (at, values), last - elapsed, term=term, change=change, history=history)
        if question is not None:
            yield question


def _history(series: Series, last: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return the last 12–24 readings up to one, sometimes with one more half a month later."""
    known = np.flatnonzero(~np.isnan(series.values[: last + 1]))[
        -int(rng.integers(HISTORY_MONTHS, LONGEST_HISTORY + 1)) :
    ]
    at, values = series.months[known], series.values[known]
    inside = len(series.middles) > last and rng.random() < INSIDE_MONTH and np.isfinite(series.middles[last])
    if inside:
        at, values = np.append(at, at[-1] + 0.5), np.append(values, series.middles[last])
    return at, values


def _change(series: Series, rng: np.random.Generator) -> float:
    kinds = CHANGES["simulated" if series.source == "simulated" else "real"]
    change = float(rng.choice([*kinds], p=[*kinds.values()]))
    # The number of people who hardly use the CRM is what a client wants to reduce.
    return -abs(change) if series.metric == "rare" else change


def _question(
    series: Series, known: tuple[np.ndarray, np.ndarray], start: int, *, term: int, change: float, history: int
) -> Question | None:
    at, values = known
    before = series.values[max(start - 2, 0) : start + 1]
    before = before[~np.isnan(before)]
    reading = float(series.values[start + term])
    if len(before) < 3 or np.isnan(reading) or before.min() <= 0:
        return None
    falling = change < 0 or series.metric == "rare"
    target = _target(series, float(np.median(before)) * (1 + change), falling=falling)
    return Question(
        series, history, at, values, change, term, target, falling, float(series.months[start + term] - at[-1]),
        reading, _meets(reading, target, falling=falling),
        change != 0 and _meets(float(values[-1]), target, falling=falling), start == series.programme,
    )  # fmt: skip


def _target(series: Series, wanted: float, *, falling: bool) -> float:
    """Return a target; people are rounded to whole ones, shares capped by the possible."""
    if series.step:
        return float(floor(wanted + _SLACK) if falling else ceil(wanted - _SLACK))
    return min(wanted, series.high)


def _meets(value: float, target: float, *, falling: bool) -> bool:
    return value <= target + _SLACK if falling else value >= target - _SLACK
