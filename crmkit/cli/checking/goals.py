"""What `crmkit check` says of the goals in client.yml: how each is read, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING

from crmkit import schema
from crmkit.errors import GoalError, did_you_mean

if TYPE_CHECKING:
    import pandas as pd

    from crmkit.ingest import Prepared
    from crmkit.method.goals import Goal
    from crmkit.settings import GoalEntry, Settings

#: Code of a note on a goal → what it means.
NOTES = {"unit_before_area": "the organisational unit is meant; there is a CRM area of that name too"}


def lines(settings: Settings, tables: Prepared) -> Iterator[str]:
    """Return how each goal is read, a line each; nothing without goals.

    Parameters
    ----------
    settings
        Its goals, language and day.
    tables
        Units and the client's own figures, where goals apply.
    """
    if not settings.goals:
        return
    from crmkit.method import goals

    outcomes = tables.others.get("outcomes", schema.empty("outcomes"))
    known = SimpleNamespace(assignments=tables.assignments, outcomes=outcomes)
    yield "  goals:"
    seen: dict[str, str] = {}
    for entry in settings.goals:
        try:
            goal = goals.from_entry(entry, settings.as_of, language=settings.language).resolve(known)  # type: ignore[arg-type]
            if goal.id in seen:
                raise GoalError.same_id(goal.id, seen[goal.id], goal.wording)
        except GoalError as error:
            yield f"    error: {error}"
            continue
        seen[goal.id] = goal.wording
        yield f"    {goal.id}: {goal.sentence(settings.language)}"
        yield from (f"      {line}" for line in _remarks(goal, entry, settings))
    yield from _without_a_goal(tables.others.get("measures", schema.empty("measures")), seen)


def _remarks(goal: Goal, entry: GoalEntry, settings: Settings) -> Iterator[str]:
    if goal.change_unit == "relative" and goal.direction != "keep":
        yield "percent of the baseline; percentage points must be called so"
    if goal.metric == "active_users":
        yield "active means regular or occasional; for regular users alone, say so"
    yield from (NOTES[note] for note in goal.notes)
    if entry.start is None:
        yield f"begins on {goal.start}, the day of the retrospective: no `start` is stated"
    if goal.start > settings.as_of:
        yield f"begins on {goal.start}, after {settings.as_of}"


def _without_a_goal(measures: pd.DataFrame, goals: dict[str, str]) -> Iterator[str]:
    from crmkit.method.goals.names import even

    known = {even(name) for pair in goals.items() for name in pair}
    named = measures[measures["goal"].map(even).ne("")]
    for goal in dict.fromkeys(named.loc[~named["goal"].map(even).isin(known), "goal"]):
        yield f'    measures.csv: "{goal}" is no goal.{did_you_mean(goal, list(goals))}'
