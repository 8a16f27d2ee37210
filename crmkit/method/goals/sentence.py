"""`parse`: a German or English sentence → `Goal`. What is not understood is an error, nothing is guessed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TypeVar

from crmkit.errors import GoalError
from crmkit.method.goals.amounts import change_of, refuse_given_baseline, take_amount, take_bare_amount, take_verb
from crmkit.method.goals.days import day_of
from crmkit.method.goals.deadlines import take_deadline
from crmkit.method.goals.goal import METRICS, Goal
from crmkit.method.goals.left import Left
from crmkit.method.goals.places import GRAMMARS, take_places

T = TypeVar("T")


def parse(sentence: str, *, start: dt.date | str) -> Goal:
    """Return the goal that a German or English sentence states.

    Parameters
    ----------
    sentence
        One sentence with a verb, a metric, an amount, a term or last day, and perhaps a place. "um 20 %" is
        relative to the baseline; percentage points must be called so.
    start
        Day of the decision (date or ISO text); a term is counted from it in calendar months, clipped to the
        month's end.

    Returns
    -------
    Goal
        Its place is the text of the sentence; `Goal.resolve` finds the unit or area behind it.

    Raises
    ------
    GoalError
        Naming the part that is missing, stated twice or not understood, with a sentence that works.

    Examples
    --------
    >>> goal = parse(
    ...     "Wir wollen die Zahl der aktiven Nutzer im Bereich XYZ in 9 Monaten um 20 % erhöhen.", start="2026-01-31"
    ... )
    >>> goal.metric, goal.place, goal.change_value, goal.change_unit, goal.deadline.isoformat()
    ('active_users', 'XYZ', 0.2, 'relative', '2026-10-31')
    """
    begins = day_of(start, name="start")
    whole = _in_its_language(Left.of(str(sentence), GRAMMARS["de"]))
    deadline, left = take_deadline(whole, begins)
    amount, left = take_amount(left)
    metric, left = _take_metric(left)
    verb, left = take_verb(left)
    if amount is None and verb in ("reach", "keep"):
        amount, left = take_bare_amount(left)
    refuse_given_baseline(left)
    where, left = take_places(left)
    _refuse_leftovers(left, metric)
    metric = _needed(metric, "the metric", whole)
    change = change_of(verb, amount, metric, whole)
    return Goal(
        wording=whole.sentence,
        metric=metric,
        change_value=float(change.value),
        change_unit=change.unit,
        direction=change.direction,
        start=begins,
        deadline=_needed(deadline, "the deadline", whole),
        **vars(where),
    )


def _in_its_language(left: Left) -> Left:
    """Return a sentence with the grammar whose words it has more of, German first; names do not count."""
    found = re.findall(r"\w+", left.rest.casefold())
    grammars = GRAMMARS.values()
    return replace(left, grammar=max(grammars, key=lambda g: sum(word in g.markers.split() for word in found)))


def _take_metric(left: Left) -> tuple[str | None, Left]:
    """Return the metric that a sentence names, perhaps more than once, and the rest."""
    found: dict[str, str] = {}
    for metric, synonyms in left.grammar.metrics.items():
        while match := left.find(synonyms):
            found.setdefault(metric, match.group())
            left = left.without(match)
    if len(found) > 1:
        raise left.twice("the metric", *found.values())
    return next(iter(found), None), left


def _needed(part: T | None, what: str, whole: Left) -> T:
    if part is None:
        raise whole.missing(what)
    return part


def _refuse_leftovers(left: Left, metric: str | None) -> None:
    leftovers = left.leftovers()
    if leftovers:
        known = () if metric else METRICS
        raise GoalError.not_understood(left.sentence, leftovers, example=left.grammar.example, known=known)
