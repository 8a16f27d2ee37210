"""Simulated clients, week by week: people with habits, holidays, turnover, and a step on a day where one is built in.

Nothing is drawn from the regression that is tried on it: people have their own rates, good and bad weeks follow each
other, school holidays differ from state to state and are not those that the regression knows, staff comes and goes.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crmkit.method.calendar import working_days

#: Habit → share of people, and the Beta distribution of their rate of weeks with use.
HABITS = {"regular": (0.35, 12.0, 2.0), "occasional": (0.30, 4.0, 4.0), "rare": (0.35, 0.6, 6.0)}
STATES = ("BY", "NW", "SN", "HH", "BW")
#: Weeks before the day and from it on that every date leaves.
BEFORE, AFTER = 12, 6
#: Share of series that have a comparison unit.
_COMPARISON_SHARE = 0.5


@dataclass(frozen=True)
class World:
    """What the people of a client and of its comparison unit share; one number a week.

    Attributes
    ----------
    mondays
        The weeks.
    presence
        Share (0–1) of the usual use that holidays leave.
    climate
        What moves everybody (log-odds).
    days
        Working days.
    """

    mondays: pd.DatetimeIndex
    presence: np.ndarray
    climate: np.ndarray
    days: np.ndarray


@dataclass(frozen=True, eq=False)
class Simulated:
    """A series as `effects.interrupted` takes it, the day, and the step that was built in (share, 0 for none)."""

    weeks: pd.DataFrame
    on: dt.date
    step: float


def simulated(
    rng: np.random.Generator, *, step: float = 0.0, trend: tuple[float, float] | None = None, depth: float = 1.0
) -> Simulated:
    """Return one client's weeks.

    Parameters
    ----------
    rng
        Source of all chance.
    step
        Rise or fall (by chance) of the share of active people from the day on (0–1).
    trend
        Between which changes of the share a year (0–1) there is a steady one, up or down; None: a weak one, by chance.
    depth
        How much deeper than usual holidays cut.
    """
    world = _world(rng, depth)
    n_weeks = len(world.mondays)
    place = int(rng.integers(BEFORE, n_weeks - AFTER + 1))
    signed = step * (1 if rng.random() < 0.5 else -1)
    jump = np.where(np.arange(n_weeks) >= place, signed, 0.0) + _slope(rng, n_weeks, trend)
    active, total = people(rng, world, size=_size(rng), jump=jump)
    weeks = pd.DataFrame({"week": world.mondays, "n_active": active, "n_total": total, "working_days": world.days})
    if rng.random() < _COMPARISON_SHARE:
        others = people(rng, world, size=_size(rng), jump=np.zeros(n_weeks))
        weeks = weeks.assign(comparison_active=others[0], comparison_total=others[1])
    return Simulated(weeks, world.mondays[place].date(), signed)


def _slope(rng: np.random.Generator, n_weeks: int, trend: tuple[float, float] | None) -> np.ndarray:
    """Return a steady change of the share, week by week, none at the middle."""
    if trend is None:
        return np.zeros(n_weeks)
    a_year = rng.uniform(*trend) * (1 if rng.random() < 0.5 else -1)
    return a_year * (np.arange(n_weeks) - n_weeks / 2) / 52


def _size(rng: np.random.Generator) -> int:
    return int(np.exp(rng.uniform(np.log(40), np.log(300))))


def _world(rng: np.random.Generator, depth: float) -> World:
    n_weeks = int(rng.integers(52, 105))
    first = pd.Timestamp(int(rng.integers(2020, 2025)), 1, 6) + pd.Timedelta(weeks=int(rng.integers(0, 52)))
    mondays = pd.date_range(first - pd.Timedelta(days=first.day_of_week), periods=n_weeks, freq="7D", unit="us")
    days = working_days(mondays, country="DE", subdivision=str(rng.choice(STATES)))
    return World(
        mondays, _presence(rng, mondays, days, depth), walk(rng, n_weeks, spread=rng.uniform(0.03, 0.12)), days
    )


def _presence(rng: np.random.Generator, mondays: pd.DatetimeIndex, days: np.ndarray, depth: float) -> np.ndarray:
    """Return what holidays leave: six weeks of summer, two at Easter, one or two in autumn, Christmas, short weeks."""
    left = 1 - rng.uniform(0.0, 0.5) * (1 - days / 5)
    summer, autumn, spring = int(rng.integers(170, 212)), int(rng.integers(277, 304)), int(rng.integers(85, 100))
    seasons = (
        (summer, 42, rng.uniform(0.08, 0.25)), (autumn, int(rng.integers(7, 15)), rng.uniform(0.02, 0.12)),
        (spring, 14, rng.uniform(0.02, 0.12)), (357, 10, rng.uniform(0.2, 0.6)),
    )  # fmt: skip
    middle = (mondays + pd.Timedelta(days=2)).day_of_year.to_numpy()
    for start, length, dip in seasons:
        left = left * np.where((middle - start) % 365 < length, 1 - min(depth * dip, 0.9), 1.0)
    return left


def walk(rng: np.random.Generator, n_weeks: int, *, spread: float, memory: float = 0.5) -> np.ndarray:
    """Return good and bad weeks that follow each other: an autoregression with a stationary spread (log-odds)."""
    moves = rng.normal(0, spread * np.sqrt(1 - memory**2), (n_weeks, *np.shape(0)))
    moves[0] = rng.normal(0, spread)
    for week in range(1, n_weeks):
        moves[week] += memory * moves[week - 1]
    return moves


def people(rng: np.random.Generator, world: World, *, size: int, jump: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return how many people were active and how many there were, week by week.

    Parameters
    ----------
    rng, world
        See `simulated`.
    size
        Places; people come and go on them.
    jump
        Change of the share of active people, one number a week.
    """
    n_weeks = len(world.mondays)
    rates = _rates(rng, size, n_weeks)
    trend = rng.uniform(-0.5, 0.5) * np.arange(n_weeks) / 52
    own = walk(rng, n_weeks, spread=rng.uniform(0.02, 0.08))
    odds = np.log(rates / (1 - rates)) + trend + world.climate + own
    chances = _moved(1 / (1 + np.exp(-odds)), jump) * world.presence
    is_there = rng.random((size, n_weeks)) > rng.uniform(0.0, 0.06)
    active = _weeks(rng, chances) & is_there
    return active.sum(axis=0), is_there.sum(axis=0)


def _rates(rng: np.random.Generator, size: int, n_weeks: int) -> np.ndarray:
    """Return each place's rate, week by week: with the person on it the rate changes."""
    kinds = list(HABITS.values())
    shares = rng.dirichlet([10 * share for share, _, _ in kinds])
    leaves = rng.random((size, n_weeks)) < rng.uniform(0.05, 0.25) / 52
    spell = leaves.cumsum(axis=1)
    kind = rng.choice(len(kinds), (size, spell.max() + 1), p=shares)
    first, second = (np.array([one[number] for one in kinds])[kind] for number in (1, 2))
    rates = np.clip(rng.beta(first, second), 0.002, 0.995)
    return np.take_along_axis(rates, spell, axis=1)


def _moved(chances: np.ndarray, jump: np.ndarray) -> np.ndarray:
    """Return chances whose mean is higher or lower by a share, week by week: everybody moves in proportion."""
    mean = chances.mean(axis=0)
    up, down = np.clip(jump, 0, None) / (1 - mean), np.clip(-jump, 0, None) / mean
    return np.clip(chances + up * (1 - chances) - down * chances, 0.0005, 0.9995)


def _weeks(rng: np.random.Generator, chances: np.ndarray) -> np.ndarray:
    """Return weeks with use; who used it last week is likelier to use it again, at the same rate over the year."""
    from scipy.special import ndtri

    memory = rng.uniform(0.1, 0.4)
    moods = rng.normal(size=chances.shape)
    for week in range(1, chances.shape[1]):
        moods[:, week] = memory * moods[:, week - 1] + np.sqrt(1 - memory**2) * moods[:, week]
    return moods < ndtri(chances)
