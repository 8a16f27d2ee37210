"""`propose`: from a wish ("sales should use the CRM more") to a goal that can be measured."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from crmkit.errors import GoalError
from crmkit.method import progress
from crmkit.method.goals import Goal, GoalStatus, parse, track
from crmkit.method.goals.days import LONGEST_TERM, add_months, day_of
from crmkit.method.goals.goal import FIGURE_METRICS, OUTCOME
from crmkit.method.goals.hints import hints_of
from crmkit.method.goals.places import units_of

if TYPE_CHECKING:
    from crmkit.client import Client

#: Steps that are proposed, smallest first (share of the baseline).
_STEPS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1.0)
#: A proposed step is at least so many times what readings move by chance: one of its size may be chance.
_BEYOND_CHANCE = 2
#: Who says nothing of it means those for whom the CRM has become a habit.
_METRIC = "regular_users"


@dataclass(frozen=True)
class Formulation:
    """A goal that can be measured, with what it was made of.

    Attributes
    ----------
    goal
        The goal; `goal.sentence("de")` is its sentence.
    status
        Where it would stand on ``as_of``: its baseline and target.
    taken
        Parts that were found in the wish: ``metric``, ``place``, ``direction``, ``change``, ``term``.
    reasons
        Why the rest is as it is, one line each.
    """

    goal: Goal
    status: GoalStatus
    taken: tuple[str, ...]
    reasons: tuple[str, ...]


def propose(client: Client, wish: str = "", *, start: dt.date | str | None = None, months: int = 9) -> Formulation:
    """Return a goal that can be measured, as close to a wish as the client's readings allow.

    Parameters
    ----------
    client
        The client; its units, areas and readings.
    wish
        A sentence or a few words, German or English; a goal that can be measured is returned as it is.
    start
        Day of the decision; None: the client's ``as_of``.
    months
        Term in calendar months where the wish states none.

    Returns
    -------
    Formulation
        What the wish does not say is proposed: regular users; the smallest unit above in which a goal can be
        measured; the smallest round step that is larger than readings move by chance, in whole people.

    Raises
    ------
    GoalError
        If no goal on this metric can be measured, with the reason; if the wish states a number, a day, a figure or
        a place that cannot be used, or wants more and less.
    """
    if not isinstance(months, int) or not 1 <= months <= LONGEST_TERM:
        raise GoalError.wrong_field("months", f"{months} is no number of months from 1 to {LONGEST_TERM}")
    begins = day_of(start or client.as_of, name="start")
    wished, taken = _wished(wish, begins, months, client)
    # Measured is what has begun: a goal of next week is tried as if it began today.
    tried = replace(wished, start=min(begins, client.as_of), deadline=max(wished.deadline, add_months(client.as_of, 1)))
    reason = "no_reading"
    for candidate in _candidates(tried, is_stated="change" in taken):
        status = track(candidate, progress.readings(candidate, client), as_of=client.as_of, k=client.k)
        is_own = "change" in taken and candidate == tried
        if status.status != "not_measurable" and _is_possible(candidate, status, times=1 if is_own else _BEYOND_CHANCE):
            goal = replace(candidate, start=wished.start, deadline=wished.deadline, wording="", id="")
            goal = replace(goal, wording=goal.sentence(client.language))
            return Formulation(goal, status, tuple(taken), tuple(_reasons(wished, goal, taken, status)))
        reason = status.reason or "step_within_chance"
        if is_own and reason == "target_impossible":
            break
    reason = "no_figures" if reason == "no_reading" and tried.metric in FIGURE_METRICS else reason
    raise GoalError.not_measurable(wish or wished.sentence(client.language), reason)


def _wished(wish: str, start: dt.date, months: int, client: Client) -> tuple[Goal, list[str]]:
    """Return the goal that a wish states or hints at, and the parts that were found in it."""
    try:
        return parse(wish, start=start).resolve(client), ["metric", "place", "direction", "change", "term"]
    except GoalError as error:
        names = [str(name) for name in client.outcomes["outcome"].unique()]
        found = hints_of(wish, start=start, units=units_of(client), figures=names)
        if found.pop("is_specific", False):
            # A number, a day, a figure or a place that was stated is never left out: it has to be put right.
            raise error from None
    goal = Goal(
        metric=found.get("metric", _METRIC), change_value=_STEPS[0], change_unit="relative",
        direction=found.get("direction", "up"), start=start, deadline=found.get("deadline", add_months(start, months)),
        org_unit=found.get("org_unit"), area=found.get("area"),
    )  # fmt: skip
    names = {"metric": "metric", "direction": "direction", "deadline": "term", "org_unit": "place", "area": "place"}
    return goal, list(dict.fromkeys(part for key, part in names.items() if key in found))


def _candidates(goal: Goal, *, is_stated: bool) -> Iterator[Goal]:
    """Return goals from the one that was wished for to the one that is easiest to measure."""
    if is_stated:
        yield goal
    if goal.metric == OUTCOME or goal.direction == "keep":
        return
    for unit in _units(goal):
        for step in _STEPS:
            if step < 1 or goal.direction == "up":
                yield replace(goal, org_unit=unit, change_unit="relative", change_value=step, id="")


def _units(goal: Goal) -> list[str | None]:
    path = goal.org_unit.split("/") if goal.org_unit else []
    return [*("/".join(path[:n]) for n in range(len(path), 0, -1)), None]


def _is_possible(goal: Goal, status: GoalStatus, *, times: float) -> bool:
    """Return whether a step is so many times larger than chance; what is kept needs none."""
    if status.target is None or status.baseline is None or status.status == "reached":
        return False
    step = abs(status.target - status.baseline)
    return goal.direction == "keep" or (not np.isclose(step, 0) and step >= times * (status.noise or 0.0))


def _reasons(wished: Goal, goal: Goal, taken: list[str], status: GoalStatus) -> Iterator[str]:
    if "metric" not in taken:
        yield "regular users: those for whom the CRM has become a habit; active ones include the occasional"
    if "place" not in taken:
        yield "no unit or CRM area of the client was found in the words: the whole client"
    if goal.org_unit != wished.org_unit:
        larger = goal.org_unit or "the whole client"
        yield f"{larger} instead of {wished.org_unit}: there it could not be measured"
    if "change" not in taken or goal.change != wished.change:
        chance = "" if status.noise is None else f": readings move by {_in_words(goal, status.noise)} by themselves"
        yield f"the smallest round step beyond chance{chance}"
    if "term" not in taken:
        yield "a term was not stated; in the first third of it nothing can be said"


def _in_words(goal: Goal, noise: float) -> str:
    return f"{noise * 100:.2g} percentage points" if goal.judged_as_share else f"{noise:.2g} people"
