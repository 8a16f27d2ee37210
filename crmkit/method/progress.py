"""The client's goals, followed: each sentence with its baseline, its readings and its status."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crmkit import schema
from crmkit.method import goals, series
from crmkit.method.table import Table

if TYPE_CHECKING:
    from crmkit.client import Client


def follow(client: Client) -> list[tuple[goals.Goal, goals.GoalStatus]]:
    """Return every goal of the client that had begun on ``as_of``, with its status.

    Raises
    ------
    GoalError
        If a sentence is not understood, or names a unit or area that the client does not have.
    """
    entries = goals.from_entries(client.settings.goals, client.as_of, language=client.language)
    begun = [goal.resolve(client) for goal in entries if goal.start <= client.as_of]
    return [(goal, goals.track(goal, readings(goal, client), as_of=client.as_of)) for goal in begun]


def readings(goal: goals.Goal, client: Client) -> pd.DataFrame:
    """Return the monthly readings of a goal's metric, empty where usage logs do not show it."""
    if goal.metric not in series.METRICS:
        return schema.empty("series")
    return series.monthly(client, metric=goal.metric, org_unit=goal.org_unit, area=goal.area)


def overview(client: Client) -> Table:
    """Return all goals with baseline, target, reading and status (see `goals.table`)."""
    return goals.table(follow(client))


def paths(client: Client) -> Table:
    """Return readings and target path of all goals (see `goals.path`)."""
    tables = [goals.path(goal, status, readings(goal, client)) for goal, status in follow(client)]
    if not tables:
        empty = pd.DataFrame({"goal_id": [], "month": [], "path": [], "n_total": [], "value": []})
        return Table("goal_path", empty, ("goal_id", "month", "path"), (), {"value": ("n_total",)}, ("n_total",))
    frame = pd.concat([table.frame for table in tables], ignore_index=True)
    first = tables[0]
    return Table(first.name, frame, first.dimensions, first.counts, first.derived, first.totals, first.population)
