"""Which weeks of a person count: employed, licensed, past onboarding, with enough working days, logged.

Missing log is not zero use, a holiday is not disuse, and a leaver is not a user: every person-week gets
a state and, where it does not count, the reason. Spans are laid on a grid of persons × days, so that the
cost is that of a few arrays: one million person-weeks take about half a second and 100 MB.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crmkit.method import calendar
from crmkit.method.definition import Definition
from crmkit.method.population import PROBLEMS, Population
from crmkit.method.tiers import sources_of
from crmkit.method.window import WORKDAYS, weeks_of

#: Reasons that put a person outside the population; all others leave a person "not yet assessable".
OUTSIDE = ("service_account", "left", "not_yet_licensed", "not_licensed")
#: Why a week does not count, first match first; "" stands for a week that does.
REASONS = (
    "", "service_account", "contradicting", "not_licensed", "not_yet_licensed", "left", "onboarding", "licence_gap",
    "no_log",
    "few_working_days", "no_working_time", "absent",
)  # fmt: skip
_CODE = {reason: code for code, reason in enumerate(REASONS)}
_DAYS = 7


@dataclass(frozen=True, eq=False)
class Weeks:
    """Persons × weeks as arrays.

    Attributes
    ----------
    users
        The persons, in the order of the population's users.
    mondays
        The window.
    reason
        Position in `REASONS`, persons × weeks.
    available_days
        Days that a person could work, persons × weeks: as stated, else working days × part time.
    span
        Row of the population's `spans` that holds in a week, the one begun last; −1 for none.
    """

    users: pd.Index
    mondays: pd.DatetimeIndex
    reason: np.ndarray
    available_days: np.ndarray
    span: np.ndarray

    @property
    def is_eligible(self) -> np.ndarray:
        """Whether a week counts, persons × weeks."""
        return self.reason == 0


def states(
    population: Population, activity: pd.DataFrame, mondays: pd.DatetimeIndex, *, as_of: dt.date, definition: Definition
) -> Weeks:
    """Return the state of every person-week of a window.

    Parameters
    ----------
    population
        One row a person in `users` (see `population.one_row_a_person`).
    activity
        Contract `activity`; decides which sources carry the definition's evidence.
    mondays
        The window.
    as_of
        Day of the retrospective, for leavers and onboarding.
    definition
        Smallest number of available days, onboarding, evidence.

    Returns
    -------
    Weeks
    """
    weeks = grid(population, activity, mondays, definition=definition)
    return on(weeks, population, as_of=as_of, n_weeks=len(mondays), definition=definition)


def grid(population: Population, activity: pd.DataFrame, mondays: pd.DatetimeIndex, *, definition: Definition) -> Weeks:
    """Return which weeks count by themselves, whatever day they are looked at from (see `on`)."""
    users = pd.Index(population.users["user_id"])
    person = users.get_indexer(pd.Index(population.spans["user_id"]))
    on_day, span = _on_grid(population.spans, person, n_users=len(users), mondays=mondays)
    worked = _worked_days(population, span, mondays)
    fte = _held(population.spans["fte"].fillna(1.0).to_numpy(float), span, default=1.0)
    stated = _stated_days(population.availability, users, mondays)
    available = np.where(np.isnan(stated), worked.sum(axis=2) * np.clip(fte, 0, 1), stated)
    observed = mondays.isin(list(observed_weeks(population, activity, mondays, definition)))
    # Part time: half of the contract days are enough.
    least = definition.min_available_days
    least_stated = np.where(fte < 1, np.minimum(least, fte * WORKDAYS / 2), least)
    conditions = {
        "licence_gap": on_day.sum(axis=2) < least,
        "no_log": np.broadcast_to(~observed, span.shape),
        "few_working_days": (worked * on_day).sum(axis=2) < least,
        "no_working_time": fte <= 0,
        "absent": stated < least_stated,
    }
    reason = np.select(list(conditions.values()), [_CODE[code] for code in conditions], 0)
    return Weeks(users, mondays, reason, available, span)


def on(weeks: Weeks, population: Population, *, as_of: dt.date, n_weeks: int, definition: Definition) -> Weeks:
    """Return the window that ends on or before a day, with the reasons that hold for a person on it."""
    stop = int(weeks.mondays.searchsorted(weeks_of(as_of, weeks=1)[0], side="right"))
    window = slice(max(stop - n_weeks, 0), stop)
    first = weeks.mondays[window][0] if stop else pd.Timestamp(as_of)
    of_person = _person_reasons(population, weeks.users, first=first, as_of=as_of, definition=definition)[:, None]
    reason = np.where(of_person > 0, of_person, weeks.reason[:, window])
    return Weeks(
        weeks.users, weeks.mondays[window], reason, weeks.available_days[:, window], weeks.span[:, window]
    )  # fmt: skip


def observed_weeks(
    population: Population, activity: pd.DataFrame, mondays: pd.DatetimeIndex, definition: Definition
) -> set[pd.Timestamp]:
    """Return the weeks whose days Monday to Friday are all covered by a log of the definition's evidence."""
    coverage = population.coverage
    sources = sources_of(definition, activity, coverage)
    rows = coverage[coverage["complete"] & coverage["source"].isin(sources) & (coverage["tier"] == definition.tier)]
    days = set(rows["date"])
    return {monday for monday in mondays if all(monday + pd.Timedelta(days=d) in days for d in range(WORKDAYS))}


def _on_grid(
    spans: pd.DataFrame, person: np.ndarray, *, n_users: int, mondays: pd.DatetimeIndex
) -> tuple[np.ndarray, np.ndarray]:
    """Return whether each day Monday to Friday lies under some span, and the span begun last of each week."""
    n_weeks, n_days = len(mondays), len(mondays) * _DAYS
    first = mondays[0]
    start = np.clip((spans["from_date"] - first).dt.days.to_numpy(), 0, n_days)
    stop = np.clip((spans["to_date"] - first).dt.days.to_numpy() + 1, 0, n_days)
    inside = np.flatnonzero((start < stop) & (person >= 0))
    who, start, stop = person[inside], start[inside], stop[inside]
    # +1 where a span starts and −1 after its end: the running sum is the number of spans on a day.
    steps = np.zeros((n_users, n_days + 1), dtype=np.int16)
    np.add.at(steps, (who, start), 1)
    np.add.at(steps, (who, stop), -1)
    on_day = steps[:, :-1].cumsum(axis=1, dtype=np.int16) > 0
    first_week, n_touched = start // _DAYS, (stop - 1) // _DAYS - start // _DAYS + 1
    repeated = np.repeat(np.arange(len(inside)), n_touched)
    week = first_week[repeated] + np.arange(len(repeated)) - np.repeat(np.cumsum(n_touched) - n_touched, n_touched)
    span = np.full((n_users, n_weeks), -1)
    # Spans are sorted by their start: the highest row is the one begun last.
    np.maximum.at(span, (who[repeated], week), inside[repeated])
    return on_day.reshape(n_users, n_weeks, _DAYS)[:, :, :WORKDAYS], span


def _held(values: np.ndarray, span: np.ndarray, *, default: float) -> np.ndarray:
    """Return a column of the span that holds, persons × weeks."""
    return np.append(values, default)[span]


def _worked_days(population: Population, span: np.ndarray, mondays: pd.DatetimeIndex) -> np.ndarray:
    """Return which days are worked (0–1) where each person works, persons × weeks × days."""
    own = population.subdivision or ""
    places = population.spans["subdivision"].replace("", own)
    codes, found = pd.factorize(places, use_na_sentinel=False)
    # At a place whose holidays nobody knows the country's are free (see `findings`).
    known = [str(name) if calendar.is_known(population.country, str(name)) else "" for name in found]
    days = [
        calendar.worked_days(mondays, country=population.country, subdivision=name, calendar=population.calendar)
        for name in [*known, own]
    ]
    of_place = _held(codes, span, default=len(known))
    return np.stack(days).astype(np.float32)[of_place, np.arange(len(mondays))]


def _stated_days(availability: pd.DataFrame, users: pd.Index, mondays: pd.DatetimeIndex) -> np.ndarray:
    """Return the stated available days, persons × weeks; NaN where nobody states them."""
    stated = np.full((len(users), len(mondays)), np.nan)
    who, week = (
        users.get_indexer(pd.Index(availability["user_id"])),
        mondays.get_indexer(pd.Index(availability["week"])),
    )
    known = (who >= 0) & (week >= 0)
    stated[who[known], week[known]] = availability["available_days"].to_numpy(float)[known]
    return stated


def _person_reasons(
    population: Population, users: pd.Index, *, first: pd.Timestamp, as_of: dt.date, definition: Definition
) -> np.ndarray:
    """Return the reason that holds for all weeks of a person in the window from `first` on, or 0."""
    spans, day = population.spans, pd.Timestamp(as_of)
    valid = spans["problem"] != "ends_before_start"
    held = spans[valid].groupby("user_id").agg(first=("from_date", "min"), last=("to_date", "max")).reindex(users)
    begin, end = held["first"].to_numpy(), held["last"].to_numpy()
    onboarding_from = day - pd.Timedelta(days=definition.onboarding_days)
    # What was wrong long ago, or is planned, says nothing about this window.
    begins, ends = spans[["from_date", "to_date"]].min(axis=1), spans[["from_date", "to_date"]].max(axis=1)
    touches = (ends >= first) & (begins <= day)
    wrong = spans["problem"].isin(PROBLEMS) & touches
    conditions = {
        "service_account": (population.users["account_type"] != "person").to_numpy(),
        "not_yet_licensed": begin > np.datetime64(day),
        "left": end < np.datetime64(day),
        "contradicting": users.isin(spans.loc[wrong, "user_id"]),
        "not_licensed": np.isnat(begin),
        "onboarding": begin > np.datetime64(onboarding_from),
    }
    return np.select(list(conditions.values()), [_CODE[reason] for reason in conditions], 0)
