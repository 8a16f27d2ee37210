"""The client's goals, followed: each with its baseline, its readings, its status, and whether it still fits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from crmkit.errors import GoalError
from crmkit.method import goal_counts, goals, outcomes, series, stayers, tiers, timeline
from crmkit.method.goals import agreed, apart, frozen
from crmkit.method.goals.fit import proposed_fit
from crmkit.method.goals.followed import WHOLE, Followed
from crmkit.method.goals.goal import FIGURE_METRICS
from crmkit.method.goals.names import even
from crmkit.method.goals.places import units_of
from crmkit.method.table import Table
from crmkit.method.withheld import without_agreement

if TYPE_CHECKING:
    from crmkit.client import Client

#: Where a client remembers its followed goals.
_KEY = "goals"


def goals_of(client: Client) -> list[goals.Goal]:
    """Return all goals of a client, their places resolved, those that have not begun included.

    Raises
    ------
    GoalError
        If one is not understood, names what the client does not have, or two have the same id.
    """
    entries = goals.from_entries(client.settings.goals, client.as_of, language=client.language)
    return [_with_effect(goal.resolve(client), client) for goal in entries]


def follow(client: Client) -> list[Followed]:
    """Return every goal of the client that had begun on ``as_of``, followed.

    Raises
    ------
    GoalError
        As `goals_of`, or if the frozen baselines cannot be read.
    """
    if _KEY not in client.memory:
        kept = frozen.of_entries(client.baselines)
        pairs = zip(goals_of(client), client.settings.goals, strict=True)
        found = [
            _followed(goal, [one for one in kept if one.id == goal.id], client, has_start=entry.start is not None)
            for goal, entry in pairs
            if goal.start <= client.as_of
        ]
        found = [apart.without_unit(one) for one in found] if _shows_no_units(client) else found
        client.memory[_KEY] = apart.withheld(found, as_of=client.as_of, k=client.k)
    return client.memory[_KEY]


def readings(goal: goals.Goal, client: Client) -> pd.DataFrame:
    """Return the readings of a goal's metric: monthly from usage logs, or the client's own figure."""
    if goal.metric in FIGURE_METRICS:
        return outcomes.readings(goal, client)
    return series.monthly(client, metric=goal.metric, org_unit=goal.org_unit, area=goal.area)


def freeze(client: Client, *, again: str = "", reason: str = "") -> list[frozen.Frozen]:
    """Return the baselines of all goals that have begun and have none yet, to be kept by `history.keep_baselines`.

    Parameters
    ----------
    client
        The client.
    again
        Id of a goal whose frozen baseline is replaced; the earlier one stays in the file.
    reason
        Why; mandatory with `again`.

    Returns
    -------
    list of Frozen
        What is frozen now. Goals that cannot be measured for want of readings or people, or state no start, are left
        out, and so are those that have a frozen baseline and were changed since: that takes `again` and a reason.

    Raises
    ------
    GoalError
        If `again` is no goal of the client, or has no reason, no baseline or no start.
    """
    followed = follow(client)
    if again and again not in {one.goal.id for one in followed}:
        raise GoalError.unknown_goal(again, [one.goal.id for one in followed])
    if again and not reason.strip():
        raise GoalError.wrong_field("reason", "say why the baseline is frozen again")
    known = {kept["id"] for kept in client.baselines}
    if again:
        new = [one for one in followed if one.goal.id == again]
    else:
        new = [one for one in followed if one.goal.id not in known and _is_ready(one)]
    return [_frozen_now(one, client, reason) for one in new]


def overview(client: Client) -> Table:
    """Return all goals with baseline, target, reading, status and fit (see `goals.table`)."""
    followed = follow(client)
    return goal_counts.of_overview(goals.table(followed), followed, client)


def readings_table(client: Client) -> Table:
    """Return what the number of each goal on people means, and what it could be mistaken for."""
    followed = follow(client)
    return goal_counts.of_readings(goals.readings_table(followed), followed)


def paths(client: Client) -> Table:
    """Return readings, target path and forecast of all goals (see `goals.paths`).

    Goals on a unit are left out with the note ``needs_agreement`` while no agreement is named: readings over time
    would follow few people. The goal's card keeps baseline and today.
    """
    followed, notes = _over_time(client)
    weeks = tiers.definition_of(client).window_weeks
    table = goals.paths(followed, as_of=client.as_of, k=client.k, window_weeks=weeks)
    return replace(goal_counts.of_paths(table, followed, client), notes=notes)


def history(client: Client) -> Table:
    """Return the status of every goal month by month (see `goals.history`); of units as in `paths`."""
    followed, notes = _over_time(client)
    return replace(goals.history(followed, as_of=client.as_of, k=client.k), notes=notes)


def cohort(client: Client) -> Table:
    """Return for every goal on people those who were there at the start beside everybody today; as in `paths`."""
    followed, notes = _over_time(client)
    return replace(goal_counts.of_cohort(stayers.table(followed, client), followed, client), notes=notes)


def _over_time(client: Client) -> tuple[list[Followed], tuple[str, ...]]:
    """Return the goals whose readings may be shown over time, and the note that says why others are not."""
    followed = follow(client)
    if client.has_agreement or not any(one.goal.org_unit for one in followed):
        return followed, ()
    return [one for one in followed if not one.goal.org_unit], without_agreement(client)


def dropped(client: Client) -> list[frozen.Frozen]:
    """Return the frozen baselines whose goals are no longer in ``client.yml``: given up, or renamed."""
    ids = {goal.id for goal in goals_of(client)}
    last = {kept.id: kept for kept in frozen.of_entries(client.baselines)}
    return [kept for key, kept in last.items() if key not in ids]


def _shows_no_units(client: Client) -> bool:
    """Return whether the people assessed today are too few for units, or totals only were agreed."""
    people = timeline.history(client)
    today = (people["month"] == pd.Timestamp(client.as_of)) & (people["segment"] != "not_assessable")
    return len(people) > 0 and not client.shows_units(int(today.sum()))


def _is_ready(one: Followed) -> bool:
    return one.status.baseline is not None and "no_start" not in one.changed


def _frozen_now(one: Followed, client: Client, reason: str) -> frozen.Frozen:
    if "no_start" in one.changed:
        raise GoalError.not_frozen(one.goal.id, "client.yml states no `start`, so it begins anew each time")
    if one.status.baseline is None:
        raise GoalError.not_frozen(one.goal.id, f"it cannot be measured ({one.status.reason.replace('_', ' ')})")
    return frozen.freeze(one.goal, one.series, as_of=client.as_of, reason=reason)


def _followed(wished: goals.Goal, kept: list[frozen.Frozen], client: Client, *, has_start: bool) -> Followed:
    """Return a goal with everything that is known of it; `kept` are its frozen baselines, oldest first."""
    last = kept[-1] if kept else None
    held = last if last and last.meaning == frozen.meaning_of(wished) else None
    goal = frozen.held(wished, held) if held else wished
    found = readings(goal, client)
    status = goals.track(goal, found, as_of=client.as_of, baseline=held.baseline if held else None, k=client.k)
    if found.empty:
        status = replace(status, reason="no_figures" if goal.metric in FIGURE_METRICS else "no_log")
    larger = _measurable_in(goal, status, client)
    gone = bool(goal.org_unit) and status.reason == "no_reading" and not found.empty
    proposal = proposed_fit(
        goal, status, measures=_effects(goal, client), measurable_in=larger, unit_gone=gone
    )  # fmt: skip
    unit = outcomes.unit_of(goal, client)
    one = Followed(goal, status, found, held, measurable_in=larger, proposal=proposal, unit=unit)
    return agreed.compared(one, wished, kept, as_of=client.as_of, k=client.k, has_start=has_start)


def _measurable_in(goal: goals.Goal, status: goals.GoalStatus, client: Client) -> str:
    """Return the smallest unit above a goal's in which it would be measurable."""
    if status.reason not in ("few_people", "noise") or not goal.org_unit:
        return ""
    path = goal.org_unit.split("/")
    above = ["/".join(path[:n]) for n in range(len(path) - 1, 0, -1)]
    known = set(units_of(client))
    for unit in [*(unit for unit in above if unit in known), None]:
        larger = replace(goal, org_unit=unit)
        found = goals.track(larger, readings(larger, client), as_of=client.as_of, k=client.k)
        if found.status != "not_measurable":
            return unit or WHOLE
    return ""


def _with_effect(goal: goals.Goal, client: Client) -> goals.Goal:
    """Return a goal whose S begins with its first measure, unless the settings say when."""
    if goal.shape != "s_curve" or goal.effect_from:
        return goal
    days = [day.date() for day in _measures(goal, client)["date"].dropna()]
    within = [day for day in days if goal.start <= day < goal.deadline]
    return replace(goal, effect_from=min(within)) if within else goal


def _effects(goal: goals.Goal, client: Client) -> list[str]:
    """Return the statuses of a goal's measures; one that no reading can show yet is open.

    A measure shows when a whole window lies behind it; one without a date, or of the time before the goal, says
    nothing.
    """
    measures = _measures(goal, client)
    shown = pd.Timestamp(client.as_of) - pd.Timedelta(weeks=tiers.definition_of(client).window_weeks)
    is_late = (measures["date"] > shown) | measures["date"].isna()
    within = measures[~(measures["date"] < pd.Timestamp(goal.start))]
    return list(within["status"].where(~((within["status"] == "done") & is_late), "open"))


def _measures(goal: goals.Goal, client: Client) -> pd.DataFrame:
    """Return the measures that name a goal by its id or its sentence."""
    names = {even(goal.id), even(goal.wording)}
    return client.measures[client.measures["goal"].map(even).isin(names)]
