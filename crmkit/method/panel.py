"""The panel: one row per person and complete ISO week, with its state and what was done in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit import schema
from crmkit.errors import MethodError
from crmkit.method import eligibility, tiers
from crmkit.method.definition import EVIDENCE_ACTIONS, Definition, named
from crmkit.method.population import Population, one_row_a_person, person_of, population_of
from crmkit.method.window import monday_of, weeks_of

if TYPE_CHECKING:
    from crmkit.client import Client

#: Weeks of a block in which one active week is enough for a monthly rhythm.
MONTHLY_WEEKS = 4
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
        several accounts stand once, under one of them. ``attrs["definition"]`` and ``attrs["as_of"]`` say
        how it was made.

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
    if weeks < 1:
        raise MethodError(f"weeks={weeks}: a window has at least one week.")
    day, mondays = _day(as_of), weeks_of(_day(as_of), weeks=weeks)
    rows = schema.conform(activity, "activity")
    population = None if people is None else one_row_a_person(population_of(people))
    rule = _definition(definition, people, rows)
    work = work_actions(rows, people, definition=rule)
    if population is None:
        return _panel(_everyone(rows, mondays), work, None, rule, day)
    states = eligibility.states(population, rows, mondays, as_of=day, definition=rule)
    return _panel(states, work, rhythms_of(population, states, rule), rule, day)


def work_actions(
    activity: pd.DataFrame,
    people: Client | Population | Mapping[str, pd.DataFrame] | None,
    *,
    definition: Definition,
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

    Returns
    -------
    pandas.DataFrame
        user_id, date, week, area, n_actions (> 0), n_write.
    """
    n_actions = activity[[f"n_{action}" for action in definition.actions]].sum(axis=1)
    counts = activity["channel"].isin(definition.channels) & (n_actions > 0)
    if people is not None:
        population = population_of(people)
        counts &= activity["source"].isin(tiers.sources_of(definition, activity, population.coverage))
        person = person_of(population.users)
        activity = activity.assign(user_id=activity["user_id"].map(person).fillna(activity["user_id"]))
    work = activity.assign(n_actions=n_actions, week=monday_of(activity["date"]))[counts]
    return work[["user_id", "date", "week", "area", "n_actions", "n_write"]].reset_index(drop=True)


def _day(as_of: dt.date | str) -> dt.date:
    try:
        return pd.Timestamp(as_of).date()
    except (ValueError, TypeError):
        raise MethodError(f"as_of={as_of!r}: no date, write it as YYYY-MM-DD.") from None


def _definition(definition: str | Definition | None, people: object, activity: pd.DataFrame) -> Definition:
    if definition is not None:
        return named(definition)
    if hasattr(people, "settings"):
        return tiers.definition_of(people)  # type: ignore[arg-type]
    evidence = next((e for e, actions in EVIDENCE_ACTIONS.items() if _any(activity, actions)), "views")
    return Definition().for_evidence(evidence) if evidence == "logins" else Definition()


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


def done(work: pd.DataFrame, weeks: eligibility.Weeks) -> tuple[np.ndarray, np.ndarray]:
    """Return actions and days with work, persons × weeks.

    Parameters
    ----------
    work
        From `work_actions`.
    weeks
        Persons and window.
    """
    n_users, n_weeks = len(weeks.users), len(weeks.mondays)
    if n_weeks == 0:
        return np.zeros((n_users, 0), np.int64), np.zeros((n_users, 0), np.int64)
    who = weeks.users.get_indexer(pd.Index(work["user_id"]))
    day = (work["date"] - weeks.mondays[0]).dt.days.to_numpy()
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
        Days with work, persons × weeks.
    weeks
        The window.
    rhythm
        From `rhythms_of`; None: weekly for everybody.
    rule
        See `Definition.min_active_days` and `Definition.rhythms`.
    """
    active = (n_days >= rule.min_active_days) & weeks.is_eligible
    if rhythm is None or not rule.rhythms:
        return active
    half = n_days >= np.maximum(weeks.available_days / 2, 1)
    n_weeks = active.shape[1]
    # Blocks are counted back from the window's end, so that a longer window does not shift them.
    block = (n_weeks - 1 - np.arange(n_weeks)) // MONTHLY_WEEKS
    worked = np.stack([active[:, block == b].any(axis=1) for b in block], axis=1)
    return np.select([rhythm == "daily", rhythm == "monthly"], [active & half, worked & weeks.is_eligible], active)


def _panel(
    weeks: eligibility.Weeks, work: pd.DataFrame, rhythm: np.ndarray | None, rule: Definition, as_of: dt.date
) -> pd.DataFrame:
    n_actions, n_days = done(work, weeks)
    active = active_weeks(n_days, weeks, rhythm, rule)
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
    panel.attrs = {"definition": rule, "as_of": as_of}
    return panel
