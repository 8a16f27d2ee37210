"""The panel: one row per person and complete ISO week, with its state and what was done in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from crmkit import schema
from crmkit.errors import MethodError
from crmkit.method import eligibility, tiers
from crmkit.method.definition import EVIDENCE_ACTIONS, Definition, named
from crmkit.method.window import monday_of, weeks_of

if TYPE_CHECKING:
    from crmkit.client import Client


def weekly(
    activity: object,
    people: Client | eligibility.Population | Mapping[str, pd.DataFrame] | None = None,
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
        active, n_actions, n_days; sorted by user and week. Persons with several accounts stand once,
        under one of them. ``attrs["definition"]`` and ``attrs["as_of"]`` say how it was made.

    Raises
    ------
    MethodError
        If a column is missing, `weeks` is not positive, or the definition is not known.

    Examples
    --------
    >>> days = pd.DataFrame({"user_id": ["a"], "date": ["2026-06-23"], "n_view": [3]})
    >>> weekly(days, as_of="2026-06-28", weeks=2)[["active", "n_actions"]].values.tolist()
    [[False, 0], [True, 3]]
    """
    if weeks < 1:
        raise MethodError(f"weeks={weeks}: a window has at least one week.")
    as_of = dt.date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    rows = schema.conform(activity, "activity")
    population = None if people is None else eligibility.one_row_a_person(eligibility.population_of(people))
    rule = _definition(definition, people, rows)
    work = work_actions(rows, people, definition=rule)
    mondays = weeks_of(as_of, weeks=weeks)
    weeks_state = (
        _all_eligible(rows, mondays)
        if population is None
        else eligibility.states(population, rows, mondays, as_of=as_of, definition=rule)
    )
    panel = _with_activity(weeks_state, work).sort_values(["user_id", "week"], ignore_index=True)
    panel.attrs = {"definition": rule, "as_of": as_of}
    return panel


def work_actions(
    activity: pd.DataFrame,
    people: Client | eligibility.Population | Mapping[str, pd.DataFrame] | None,
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
        user_id, date, week, area, n_actions (> 0).
    """
    n_actions = activity[[f"n_{action}" for action in definition.actions]].sum(axis=1)
    counts = activity["channel"].isin(definition.channels) & (n_actions > 0)
    if people is not None:
        population = eligibility.population_of(people)
        counts &= activity["source"].isin(tiers.sources_of(definition, activity, population.coverage))
        person = eligibility.person_of(population.users)
        activity = activity.assign(user_id=activity["user_id"].map(person).fillna(activity["user_id"]))
    work = activity.assign(n_actions=n_actions, week=monday_of(activity["date"]))[counts]
    return work[["user_id", "date", "week", "area", "n_actions"]].reset_index(drop=True)


def _definition(definition: str | Definition | None, people: object, activity: pd.DataFrame) -> Definition:
    if definition is not None:
        return named(definition)
    if hasattr(people, "settings"):
        return tiers.definition_of(people)  # type: ignore[arg-type]
    evidence = next((e for e, actions in EVIDENCE_ACTIONS.items() if _any(activity, actions)), "views")
    return Definition().for_evidence(evidence) if evidence == "logins" else Definition()


def _any(activity: pd.DataFrame, actions: tuple[str, ...]) -> bool:
    return bool(activity[[f"n_{action}" for action in actions]].to_numpy().sum() > 0)


def _all_eligible(activity: pd.DataFrame, mondays: pd.DatetimeIndex) -> pd.DataFrame:
    users = sorted(activity["user_id"].unique())
    grid = pd.MultiIndex.from_product([users, mondays], names=["user_id", "week"]).to_frame(index=False)
    return grid.assign(state="eligible", reason="")


def _with_activity(weeks_state: pd.DataFrame, work: pd.DataFrame) -> pd.DataFrame:
    done = (
        work.groupby(["user_id", "week"]).agg(n_actions=("n_actions", "sum"), n_days=("date", "nunique")).reset_index()
    )
    panel = weeks_state.merge(done, how="left", on=["user_id", "week"])
    counts = panel[["n_actions", "n_days"]].fillna(0).astype("int64")
    panel = panel.assign(active=counts["n_days"] > 0, n_actions=counts["n_actions"], n_days=counts["n_days"])
    return schema.conform(panel, "panel")
