"""The goals of ``client.yml``: each a sentence, or the same as fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from crmkit.errors import GoalError
from crmkit.method.goals.days import add_months, day_of
from crmkit.method.goals.goal import Answers, Goal
from crmkit.method.goals.names import even
from crmkit.method.goals.sentence import parse

if TYPE_CHECKING:
    from crmkit.settings import GoalEntry


def from_entry(entry: GoalEntry, default_start: dt.date | str, *, language: str = "de") -> Goal:
    """Return the goal of an entry of ``client.yml`` with owner, answers, path and fit.

    Parameters
    ----------
    entry
        From ``settings.goals``.
    default_start
        Day of the decision where the entry states none.
    language
        In which a goal that was written as fields is worded.

    Raises
    ------
    GoalError
        If the sentence is not understood, or the fields are no goal.
    """
    start = day_of(entry.start or default_start, name="start")
    goal = parse(entry.sentence, start=start) if entry.sentence else _of_fields(entry, start)
    agreed = {name: getattr(entry, name) for name in ("owner_role", "fit", "fit_reason", "effect_from")}
    answers = Answers({str(question): answer for question, answer in entry.answers.items()})
    goal = replace(goal, id=entry.id or goal.id, shape=entry.path, answers=answers, **agreed)
    return goal if goal.wording else replace(goal, wording=goal.sentence(language))


def from_entries(entries: Sequence[GoalEntry], default_start: dt.date | str, *, language: str = "de") -> list[Goal]:
    """Return the goals of a client, each with an id of its own.

    Raises
    ------
    GoalError
        If one is not understood, or two have the same id.
    """
    found = [_numbered(n, entry, default_start, language) for n, entry in enumerate(entries)]
    seen: dict[str, Goal] = {}
    for goal in found:
        same = seen.setdefault(even(goal.id), goal)
        if same is not goal:
            raise GoalError.same_id(goal.id, same.wording, goal.wording)
    return found


def _numbered(n: int, entry: GoalEntry, default_start: dt.date | str, language: str) -> Goal:
    """Return the goal of the nth entry; an error about a field says in which entry it stands."""
    try:
        return from_entry(entry, default_start, language=language)
    except GoalError as error:
        raise GoalError.in_entry(n, error) from None


def _of_fields(entry: GoalEntry, start: dt.date) -> Goal:
    deadline = entry.deadline or add_months(start, entry.months or 1)
    fields: dict[str, Any] = {
        name: getattr(entry, name) for name in ("metric", "outcome", "org_unit", "area", "direction", "percent")
    }
    # What is kept as it is needs no number.
    change = {"change_unit": entry.change_unit or "relative", "change_value": entry.change_value or 0.0}
    return Goal(**fields, **change, start=start, deadline=deadline)
