"""Whom the tables of goals count: people of a unit or of the whole client, on the days of the readings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from crmkit.method import counted, stayers, tiers
from crmkit.method.goals.course import Course
from crmkit.method.goals.followed import Followed
from crmkit.method.goals.goal import PEOPLE_METRICS, Goal
from crmkit.method.series import COUNTED
from crmkit.method.table import Table
from crmkit.method.whom import Values, Whom, box, of, people_on

if TYPE_CHECKING:
    from crmkit.client import Client

Rows = dict[str, tuple[Whom | None, ...]]


def of_overview(table: Table, followed: list[Followed], client: Client) -> Table:
    """Return the table of all goals with whom its numbers count."""
    now = [_of_reading(one.goal, _last_day(one, client), client) for one in followed]
    then = [_of_baseline(one.goal) for one in followed]
    columns = ("n", "n_total", "n_baseline", "n_total_baseline")
    whom = zip(columns, zip(*(a + b for a, b in zip(now, then, strict=True)), strict=True), strict=False)
    return replace(table, whom=dict(whom) or dict.fromkeys(columns, ()))


def of_readings(table: Table, followed: list[Followed]) -> Table:
    """Return the table of what the goals' numbers mean with whom they count."""
    goals = {one.goal.id: one.goal for one in followed}
    then = [_of_baseline(goals[goal_id]) for goal_id in table.frame["goal_id"]]
    return replace(table, whom={"n_baseline": tuple(n for n, _ in then), "n_total_baseline": tuple(t for _, t in then)})


def of_paths(table: Table, followed: list[Followed], client: Client) -> Table:
    """Return the table of readings, target paths and forecasts with whom its numbers count."""
    goals = {one.goal.id: one for one in followed}
    last = {name: _last_day(one, client) for name, one in goals.items()}
    whom = []
    for goal_id, month, path in table.frame[["goal_id", "month", "path"]].itertuples(index=False):
        goal = goals[goal_id].goal
        day = _day(month, client) if path == "actual" else last[goal_id]
        whom.append(_of_baseline(goal) if path == "target" else _of_reading(goal, day, client))
    return replace(table, whom={"n": tuple(n for n, _ in whom), "n_total": tuple(t for _, t in whom)})


def of_cohort(table: Table, followed: list[Followed], client: Client) -> Table:
    """Return the table of those who stayed with whom it counts: a part of today's people, and the same ones then."""
    goals = {one.goal.id: one for one in followed}
    whom = []
    for goal_id, group in table.frame[["goal_id", "group"]].itertuples(index=False):
        goal = goals[goal_id].goal
        # goals that began on one day have the same people who stayed
        since = f"{stayers.baseline_month(goals[goal_id], client):.3f} {goal.org_unit or ''}"
        stayed = {} if group == stayers.TODAY else {f"stayed since {since}": counted.YES}
        n, n_total = _of_reading(goal, pd.Timestamp(client.as_of), client, stayed)
        if group == stayers.THEN and n_total is not None:
            there = n_total.boxes[0]
            before = {f"segment {since} {goal.area or ''}": frozenset(COUNTED[goal.metric])}
            n = of(box(there.universe, {**dict(there.where), **before}))
        whom.append((n, n_total))
    return replace(table, whom={"n": tuple(n for n, _ in whom), "n_total": tuple(t for _, t in whom)})


def _last_day(one: Followed, client: Client) -> pd.Timestamp | None:
    """Return the day of the reading that a goal is judged by."""
    if one.goal.metric not in PEOPLE_METRICS:
        return None
    covered = Course.of(one.goal, one.series, today=client.as_of, frozen=one.baseline, k=client.k).covered
    return _day(covered["month"].iloc[-1], client) if len(covered) else None


def _day(month: pd.Timestamp, client: Client) -> pd.Timestamp:
    """Return the day of a reading: the last of its month, or the retrospective's."""
    return min(month, pd.Timestamp(client.as_of))


def _of_reading(
    goal: Goal, day: pd.Timestamp | None, client: Client, more: Mapping[str, str] | None = None
) -> tuple[Whom | None, Whom | None]:
    """Return whom a reading counts, and of whom."""
    if goal.metric not in PEOPLE_METRICS or day is None:
        return None, None
    rule, values = tiers.definition_of(client), frozenset(COUNTED[goal.metric])
    segment = counted.segment(rule)
    group: dict[str, str | Values] = {segment: counted.assessed(rule), **(more or {})}
    if goal.org_unit:
        group[counted.UNIT] = counted.unit_with_parts(goal.org_unit, client)
    narrower = {counted.active_in(goal.area) if goal.area else segment: values}
    if goal.area and day == pd.Timestamp(client.as_of):
        narrower[counted.area_used(goal.area)] = frozenset({counted.YES})
    return of(box(people_on(day), {**group, **narrower})), of(box(people_on(day), group))


def _of_baseline(goal: Goal) -> tuple[Whom | None, Whom | None]:
    """Return whom a baseline counts: a median of readings is on no day."""
    if goal.metric not in PEOPLE_METRICS:
        return None, None
    everybody = f"baseline of {goal.id}"
    return of(box(everybody, {"counted": counted.YES})), of(box(everybody, {}))
