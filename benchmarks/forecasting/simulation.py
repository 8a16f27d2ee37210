"""Simulated clients: people → weeks with and without use → readings by the kit's own rule.

Nothing is drawn from the models that are compared: people have habits, take leave, join, leave, are trained.
The readings are counted by `crmkit.method.rules` in windows of 12 complete ISO weeks, as in a client's report.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crmkit.method import rules
from crmkit.method.definition import Definition
from crmkit.method.goals.days import month_number
from crmkit.method.matrix import Matrix
from crmkit.method.tiers import COVERED_SHARE
from crmkit.method.window import weeks_of
from forecasting.series import Series

RULE = Definition()
#: Habit → mean and standard deviation of the log-odds of a week with use.
HABITS = {"regular": (2.2, 0.6), "occasional": (-0.2, 0.6), "rare": (-2.3, 0.7), "dormant": (-6.0, 0.5)}
#: Weights of the Dirichlet distribution that a unit's mix of habits is drawn from.
MIX = (2.5, 2.5, 1.5, 1.0)
#: Kind of client → spread a month of what moves everybody, and of each person's own habit (log-odds).
TEMPERS = {"calm": (0.02, 0.06), "normal": (0.06, 0.12), "wild": (0.15, 0.20)}
TEMPER_SHARES = (0.35, 0.40, 0.25)
#: Outcome of a measure → how often.
MEASURES = {"works": 0.45, "fades": 0.20, "nothing": 0.35}
#: Those who had a licence before the log begins have it from this day on.
LONG_AGO = np.datetime64("2000-01-03", "us")
NEVER = np.datetime64("2100-01-04", "us")
ONBOARDING = np.timedelta64(RULE.onboarding_days, "D")
WEEKS_A_MONTH = 52.18 / 12
#: Share of units in which a team comes or goes; what newcomers lack at first (log-odds).
RE_ORGANISED, NEWCOMERS = 0.25, 1.5
_WEEK = pd.Timedelta(weeks=1)


@dataclass(frozen=True, eq=False)
class Unit:
    """People of a unit and their weeks; arrays are persons × weeks unless said otherwise.

    Attributes
    ----------
    mondays
        All weeks.
    observed
        Weeks that the log covers (one flag a week).
    licensed, active
        Weeks under a licence; weeks with use.
    joined, since, left
        First day of the licence, first day in the unit, first day without either (one each a person).
    """

    mondays: pd.DatetimeIndex
    observed: np.ndarray
    licensed: np.ndarray
    active: np.ndarray
    joined: np.ndarray
    since: np.ndarray
    left: np.ndarray


def clients(n: int, *, seed: int) -> list[Series]:
    """Return four series (active, regular, rate, rare) of each of n simulated clients."""
    rngs = [np.random.default_rng([seed, number]) for number in range(n)]
    return [series for number, rng in enumerate(rngs) for series in client(rng, name=f"c{seed}-{number}")]


def client(rng: np.random.Generator, *, name: str) -> list[Series]:
    """Return the series of one simulated client."""
    n_months = int(rng.integers(24, 37))
    first = dt.date(int(rng.integers(2019, 2023)), int(rng.integers(1, 13)), 1)
    ends = pd.date_range(first, periods=n_months, freq="ME")
    programme = int(rng.integers(8, n_months - 8))
    unit = unit_of(rng, ends, programme)
    at_ends = readings_of(unit, ends)
    at_middles = readings_of(unit, [end + pd.Timedelta(days=15) for end in ends[:-1]])
    months = np.array([month_number(end.date()) for end in ends])
    kinds = {"active": 1.0, "regular": 1.0, "rate": 0.0, "rare": 1.0}
    return [
        Series(
            name, "simulated", metric, months, at_ends[metric], at_middles[metric], step=step,
            high=np.inf if step else 1.0, programme=programme,
        )
        for metric, step in kinds.items()
    ]  # fmt: skip


def unit_of(rng: np.random.Generator, ends: pd.DatetimeIndex, programme: int) -> Unit:
    """Return a unit from a good quarter before the first reading to the last."""
    start = weeks_of(ends[0].date(), weeks=16)[0]
    mondays = pd.date_range(start, weeks_of(ends[-1].date(), weeks=1)[0], freq="7D", unit="us")
    size = int(np.exp(rng.uniform(np.log(15), np.log(400))))
    joined, since, left = _staff(rng, size, mondays)
    licensed = (mondays.to_numpy() >= joined[:, None]) & (mondays.to_numpy() < left[:, None])
    odds = _log_odds(rng, joined, mondays, ends[programme])
    chances = 1 / (1 + np.exp(-odds)) * _presence(rng, mondays, len(joined))
    active = _weeks(rng, chances) & licensed
    return Unit(mondays, _observed(rng, len(mondays)), licensed, active, joined, since, left)


def readings_of(unit: Unit, days: list[pd.Timestamp] | pd.DatetimeIndex) -> dict[str, np.ndarray]:
    """Return active, regular, rate and rare on some days; NaN where the log covers less than 80 % of the window."""
    eligible = unit.licensed & unit.observed
    weeks = Matrix(
        np.arange(len(unit.joined)), unit.mondays.to_numpy(), eligible, unit.active & eligible,
        np.zeros(eligible.shape, np.int64), np.zeros(len(unit.joined), bool),
    )  # fmt: skip
    codes = rules.codes(rules.all_windows(weeks, RULE), np.zeros((len(unit.joined), 1), bool), RULE)
    rows = [_reading(unit, codes, pd.Timestamp(day)) for day in days]
    return {metric: np.array([row[metric] for row in rows]) for metric in ("active", "regular", "rate", "rare")}


def _reading(unit: Unit, codes: np.ndarray, on: pd.Timestamp) -> dict[str, float]:
    last, day = int(unit.mondays.searchsorted(weeks_of(on.date(), weeks=1)[0])), on.to_datetime64()
    window = slice(last - RULE.window_weeks + 1, last + 1)
    there = (unit.since <= day) & (unit.left > day) & (unit.joined + ONBOARDING <= day)
    n_regular, n_occasional, n_rare = (int((codes[there, last] == code).sum()) for code in range(3))
    n_total = n_regular + n_occasional + n_rare
    if unit.observed[window].mean() < COVERED_SHARE or n_total == 0:
        return dict.fromkeys(("active", "regular", "rate", "rare"), np.nan)
    n_active = n_regular + n_occasional
    return {"active": n_active, "regular": n_regular, "rate": n_active / n_total, "rare": n_rare}


def _staff(rng: np.random.Generator, size: int, mondays: pd.DatetimeIndex) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return first day of the licence, first day in the unit and day of leaving of everybody who is ever there."""
    n_weeks, days = len(mondays), mondays.to_numpy()
    leaving = rng.uniform(0.003, 0.02) / WEEKS_A_MONTH
    hiring = max(leaving + rng.normal(0.0, 0.006) / WEEKS_A_MONTH, 0.0)
    newcomers = np.repeat(np.arange(1, n_weeks), rng.poisson(hiring * size, n_weeks - 1))
    joined = np.append(np.full(size, LONG_AGO), days[newcomers])
    since, end = joined, np.append(np.zeros(size, int), newcomers) + rng.geometric(leaving, size + len(newcomers))
    if rng.random() < RE_ORGANISED:
        week, n_moved = int(rng.integers(n_weeks // 4, n_weeks)), max(1, int(size * rng.uniform(0.08, 0.30)))
        if rng.random() < 0.5:  # a team goes, or a team with its habits comes
            end[:n_moved] = np.minimum(end[:n_moved], week)
        else:
            joined, since = (
                np.append(joined, np.full(n_moved, LONG_AGO)),
                np.append(since, np.full(n_moved, days[week])),
            )
            end = np.append(end, week + rng.geometric(leaving, n_moved))
    return joined, since, np.where(end < n_weeks, days[np.minimum(end, n_weeks - 1)], NEVER)


def _log_odds(
    rng: np.random.Generator, joined: np.ndarray, mondays: pd.DatetimeIndex, programme: pd.Timestamp
) -> np.ndarray:
    """Return everybody's log-odds of a week with use, persons × weeks."""
    n_people, n_weeks = len(joined), len(mondays)
    common, own = TEMPERS[rng.choice([*TEMPERS], p=TEMPER_SHARES)]
    habits = rng.choice(len(HABITS), p=rng.dirichlet(MIX), size=n_people)
    mean, spread = np.array([*HABITS.values()])[habits].T
    odds = rng.normal(mean, spread)[:, None] + np.zeros((1, n_weeks))
    # Everybody's habit wanders, and comes back in about a year and a half; one in six drifts for good.
    odds += _wander(rng, own / np.sqrt(WEEKS_A_MONTH), (n_people, n_weeks), kept=1 - 1 / 78)
    drifting = rng.random(n_people) < 1 / 6
    slope = rng.normal(rng.normal(0, 0.03), 0.08, n_people) * drifting / WEEKS_A_MONTH
    odds += slope[:, None] * np.arange(n_weeks)
    odds += _wander(rng, common / np.sqrt(WEEKS_A_MONTH), (1, n_weeks), kept=1.0 if rng.random() < 0.5 else 0.98)
    since = (mondays.to_numpy() - joined[:, None]) / _WEEK.to_timedelta64()
    odds -= NEWCOMERS * np.exp(-np.maximum(since, 0) / 10)
    for begin in _measures(rng, programme, mondays):
        odds += _effect(rng, n_people, n_weeks, int(mondays.searchsorted(begin)))
    return odds


def _wander(rng: np.random.Generator, spread: float, shape: tuple[int, int], *, kept: float) -> np.ndarray:
    """Return random walks that keep a share of themselves from week to week."""
    steps = rng.normal(0, spread, shape)
    for week in range(1, shape[1]):
        steps[:, week] += kept * steps[:, week - 1]
    return steps


def _measures(rng: np.random.Generator, programme: pd.Timestamp, mondays: pd.DatetimeIndex) -> list[pd.Timestamp]:
    """Return when measures begin: one within two months after the decision in three of four, one at any time."""
    own = [programme + pd.Timedelta(days=int(rng.integers(0, 60)))] if rng.random() < 0.75 else []
    return own + ([mondays[int(rng.integers(0, len(mondays)))]] if rng.random() < 0.4 else [])


def _effect(rng: np.random.Generator, n_people: int, n_weeks: int, begin: int) -> np.ndarray:
    """Return what a measure adds to the log-odds: after a lag, to some of the people, for good or for a while."""
    outcome = rng.choice([*MEASURES], p=[*MEASURES.values()])
    reached = rng.random(n_people) < rng.uniform(0.3, 0.9)
    size = rng.uniform(0.4, 1.6) * (outcome != "nothing")
    lag = rng.uniform(2, 12)
    after = np.maximum(np.arange(n_weeks) - begin - lag, 0)
    course = 1 - np.exp(-after / 4)
    course = course * np.exp(-after / rng.uniform(10, 30)) if outcome == "fades" else course
    return size * reached[:, None] * course


def _presence(rng: np.random.Generator, mondays: pd.DatetimeIndex, n_people: int) -> np.ndarray:
    """Return the share of a week that is left by leave: two to three weeks of summer, Christmas, odd weeks."""
    there = (rng.random((n_people, len(mondays))) > 0.05).astype(float)
    away, bunched = rng.uniform(0.5, 0.95), rng.uniform(0.5, 4.0)
    for year in mondays.year.unique():
        days = np.asarray((mondays - pd.Timestamp(year, 7, 1)).days)
        begins = 35 + 14 * bunched / 2 * rng.normal(0, 1, n_people)
        length = 7 * rng.integers(2, 4, n_people) * (rng.random(n_people) < away)
        there[(days >= begins[:, None]) & (days < (begins + length)[:, None])] = 0.0
    there[:, np.asarray((mondays.month == 12) & (mondays.day >= 18))] *= 0.4
    there[:, np.asarray((mondays.month == 1) & (mondays.day <= 3))] *= 0.6
    return there


def _weeks(rng: np.random.Generator, chances: np.ndarray) -> np.ndarray:
    """Return weeks with use; in some units a week is like the one before more often than by chance."""
    sticky = rng.uniform(0, 0.3)
    drawn = rng.random(chances.shape) < chances
    repeated = (rng.random(chances.shape) < sticky) & (chances > 0.02)
    for week in range(1, chances.shape[1]):
        drawn[:, week] = np.where(repeated[:, week], drawn[:, week - 1], drawn[:, week])
    return drawn


def _observed(rng: np.random.Generator, n_weeks: int) -> np.ndarray:
    """Return which weeks the log covers: in one client of six three to six weeks are missing."""
    observed = np.ones(n_weeks, bool)
    if rng.random() < 1 / 6:
        begin, length = int(rng.integers(0, n_weeks)), int(rng.integers(3, 7))
        observed[begin : begin + length] = False
    return observed
