"""The panel: one row per person and complete ISO week, with its state and what was done in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit import schema
from crmkit.errors import MethodError, listed
from crmkit.method import eligibility, made, tiers
from crmkit.method.definition import Definition, named
from crmkit.method.population import Population, as_persons, one_row_a_person, population_of
from crmkit.method.window import day_of, monday_of, weeks_of

if TYPE_CHECKING:
    from crmkit.client import Client

#: A monthly rhythm: work in the week, or in one of so many weeks before.
LOOKBACK_WEEKS = 4
_LAST_DAY = pd.Timedelta(days=6)
#: States in the order of their codes.
_STATES = np.array(["eligible", "not_eligible", "unobserved"], dtype=object)


def weekly(
    activity: object,
    people: Client | Population | Mapping[str, pd.DataFrame] | None = None,
    *,
    as_of: dt.date | str,
    weeks: int = 12,
    definition: str | Definition | None = None,
) -> pd.DataFrame:
    """Return the state and the activity of every person in every complete ISO week of the window.

    Parameters
    ----------
    activity
        Person-days, contract `activity`; any eager frame that narwhals knows.
    people
        A client, or a mapping with its tables `users`, `assignments`, `coverage`, `availability`:
        decides which weeks count. None: everyone in `activity` is eligible in all weeks.
    as_of
        Day of the retrospective; the window ends with the last complete week on or before it.
    weeks
        Length of the window in weeks.
    definition
        What counts as active; None: the client's own on the best evidence that covers the window, or
        the kit's.

    Returns
    -------
    pandas.DataFrame
        Contract `panel`: user_id, week (Monday), state (eligible / not_eligible / unobserved), reason,
        active (worked in a week that counts), n_actions, n_days; sorted by user and week. Persons with
        several accounts stand once, under one of them. `made.rule_of` says under which
        definition.

    Raises
    ------
    MethodError
        If a column is missing, `weeks` is not positive, `as_of` is no date, or the definition is not known.

    Notes
    -----
    A person whose account ended before `as_of` has left: none of the weeks counts, and no work after the
    last day makes one active. Reasons: see `eligibility.REASONS`.

    Examples
    --------
    >>> days = pd.DataFrame({"user_id": ["a"], "date": ["2026-06-23"], "n_view": [3]})
    >>> weekly(days, as_of="2026-06-28", weeks=2)[["active", "n_actions"]].values.tolist()
    [[False, 0], [True, 3]]
    """
    day = day_of(as_of)
    mondays = weeks_of(day, weeks=weeks)
    rows = schema.conform(activity, "activity")
    if rows["date"].isna().any():
        raise MethodError("table `activity`: `date` is empty in some rows.")
    population = None if people is None else one_row_a_person(population_of(people))
    rule = _definition(definition, people, rows, day)
    if population is None:
        return _panel(_everyone(rows, mondays), work_actions(rows, None, definition=rule), None, rule, day)
    _check_sources(rows, population)
    states = eligibility.states(population, rows, mondays, as_of=day, definition=rule)
    recent = rows[rows["date"].between(mondays[0] - pd.Timedelta(weeks=LOOKBACK_WEEKS), mondays[-1] + _LAST_DAY)]
    work = work_actions(recent, people, definition=rule, sources=tiers.sources_of(rule, rows, population.coverage))
    return _panel(states, work, rhythms_of(population, states, rule), rule, day)


def work_actions(
    activity: pd.DataFrame,
    people: Client | Population | Mapping[str, pd.DataFrame] | None,
    *,
    definition: Definition,
    sources: Collection[str] | None = None,
) -> pd.DataFrame:
    """Return the person-days on which something happened that counts as work.

    Parameters
    ----------
    activity
        Contract `activity`.
    people
        As in `weekly`; with it only sources of the definition's tier count, under persons.
    definition
        Actions and channels that count.
    sources
        Sources that carry the definition's evidence; None: found from `activity` and the coverage of `people`.

    Returns
    -------
    pandas.DataFrame
        user_id, date, week, area, n_actions (> 0), n_write.
    """
    columns = [f"n_{action}" for action in definition.actions]
    if (activity[columns] < 0).to_numpy().any():
        raise MethodError(f"table `activity`: a negative number in {listed(columns)}.")
    n_actions = activity[columns].sum(axis=1)
    counts = activity["channel"].isin(definition.channels) & (n_actions > 0)
    if people is not None:
        population = population_of(people)
        known = tiers.sources_of(definition, activity, population.coverage) if sources is None else sources
        counts &= activity["source"].isin(known)
        activity = activity.assign(user_id=as_persons(activity["user_id"], population.users))
    work = activity.assign(n_actions=n_actions, week=monday_of(activity["date"]))[counts]
    return work[["user_id", "date", "week", "area", "n_actions", "n_write"]].reset_index(drop=True)


def _check_sources(activity: pd.DataFrame, population: Population) -> None:
    """Refuse a log that names no source where the coverage does: everybody would seem to do nothing."""
    found, known = set(activity["source"].unique()), set(population.coverage["source"].unique())
    if found == {""} and known and "" not in known:
        raise MethodError(f"table `activity`: `source` is missing. In `coverage`: {listed(sorted(known))}.")


def _definition(
    definition: str | Definition | None, people: object, activity: pd.DataFrame, as_of: dt.date
) -> Definition:
    if definition is not None:
        return named(definition)
    if hasattr(people, "settings"):
        return tiers.definition_of(people)  # type: ignore[arg-type]
    if people is not None:
        population = population_of(people)  # type: ignore[arg-type]
        evidence = tiers.evidence_of(activity, population.coverage, as_of=as_of)
        return Definition() if evidence == "views" else Definition().for_evidence(evidence)
    only_logins = not _any(activity, ("view", "write")) and _any(activity, ("login",))
    return Definition().for_evidence("logins") if only_logins else Definition()


def _any(activity: pd.DataFrame, actions: tuple[str, ...]) -> bool:
    return bool(activity[[f"n_{action}" for action in actions]].to_numpy().sum() > 0)


def _everyone(activity: pd.DataFrame, mondays: pd.DatetimeIndex) -> eligibility.Weeks:
    users = pd.Index(np.sort(activity["user_id"].unique()))
    shape = (len(users), len(mondays))
    return eligibility.Weeks(users, mondays, np.zeros(shape, int), np.full(shape, 5.0), np.full(shape, -1))


def rhythms_of(population: Population, weeks: eligibility.Weeks, definition: Definition) -> np.ndarray:
    """Return each person's rhythm in each week, by the role of the span that holds."""
    of_role = dict(definition.rhythms)
    roles = population.spans["role"].map(lambda role: of_role.get(str(role), "weekly")).to_numpy(dtype=object)
    return np.append(roles, "weekly")[weeks.span]


def weeks_before(mondays: pd.DatetimeIndex) -> pd.DatetimeIndex:
    """Return the weeks before a window that a monthly rhythm looks at."""
    return pd.date_range(end=mondays[0] - pd.Timedelta(weeks=1), periods=LOOKBACK_WEEKS, freq="7D", unit="us")


def done(work: pd.DataFrame, users: pd.Index, mondays: pd.DatetimeIndex) -> tuple[np.ndarray, np.ndarray]:
    """Return actions and days with work, persons × weeks.

    Parameters
    ----------
    work
        From `work_actions`.
    users, mondays
        Persons and window.
    """
    n_users, n_weeks = len(users), len(mondays)
    if n_weeks == 0:
        return np.zeros((n_users, 0), np.int64), np.zeros((n_users, 0), np.int64)
    who = users.get_indexer(pd.Index(work["user_id"]))
    day = (work["date"] - mondays[0]).dt.days.to_numpy()
    known = (who >= 0) & (day >= 0) & (day < 7 * n_weeks)
    who, day = who[known], day[known]
    n_actions = np.bincount(
        who * n_weeks + day // 7, weights=work["n_actions"].to_numpy()[known], minlength=n_users * n_weeks
    )
    days = np.unique(who * (7 * n_weeks) + day)
    n_days = np.bincount(days // 7, minlength=n_users * n_weeks)
    return n_actions.astype(np.int64).reshape(n_users, n_weeks), n_days.reshape(n_users, n_weeks)


def active_weeks(
    n_days: np.ndarray, weeks: eligibility.Weeks, rhythm: np.ndarray | None, rule: Definition
) -> np.ndarray:
    """Return which weeks are active, by the definition and the rhythm of each person's role.

    Parameters
    ----------
    n_days
        Days with work, persons × weeks: of the window, and of up to `LOOKBACK_WEEKS` before it.
    weeks
        The window.
    rhythm
        From `rhythms_of`; None: weekly for everybody.
    rule
        See `Definition.min_active_days` and `Definition.rhythms`.
    """
    n_weeks = len(weeks.mondays)
    n_before = n_days.shape[1] - n_weeks
    own = n_days[:, n_before:]
    active = (own >= rule.min_active_days) & weeks.is_eligible
    if rhythm is None or not rule.rhythms:
        return active
    half = own >= np.maximum(weeks.available_days / 2, 1)
    worked = np.pad(n_days >= rule.min_active_days, ((0, 0), (LOOKBACK_WEEKS - n_before, 0)))
    recently = np.logical_or.reduce([worked[:, back : back + n_weeks] for back in range(LOOKBACK_WEEKS + 1)])
    return np.select([rhythm == "daily", rhythm == "monthly"], [active & half, recently & weeks.is_eligible], active)


def _panel(
    weeks: eligibility.Weeks, work: pd.DataFrame, rhythm: np.ndarray | None, rule: Definition, as_of: dt.date
) -> pd.DataFrame:
    n_actions, n_days = done(work, weeks.users, weeks.mondays)
    before = weeks_before(weeks.mondays)
    recent = np.concatenate([done(work, weeks.users, before)[1], n_days], axis=1) if rule.rhythms else n_days
    active = active_weeks(recent, weeks, rhythm, rule)
    order = np.argsort(weeks.users.to_numpy(dtype=object), kind="stable")
    reason = weeks.reason[order].ravel()
    state = np.where(reason == 0, 0, np.where(reason == eligibility.REASONS.index("no_log"), 2, 1))
    panel = pd.DataFrame(
        {
            "user_id": weeks.users[np.repeat(order, len(weeks.mondays))],
            "week": np.tile(weeks.mondays.to_numpy(), len(weeks.users)),
            "state": _STATES[state],
            "reason": np.array(eligibility.REASONS, dtype=object)[reason],
            "active": active[order].ravel(),
            "n_actions": n_actions[order].ravel(),
            "n_days": n_days[order].ravel(),
        }
    )
    panel = schema.conform(panel, "panel")
    made.note(panel, rule, as_of=as_of, weeks=len(weeks.mondays))
    return panel
