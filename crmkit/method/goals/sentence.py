"""`parse`: a German or English sentence → `Goal`. What is not understood is an error, nothing is guessed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TypeVar

from crmkit.errors import GoalError
from crmkit.method.goals.amounts import Amount, Verb, change_of, take_amount, take_bare_amount, take_measured, take_verb
from crmkit.method.goals.days import day_of
from crmkit.method.goals.deadlines import take_deadline
from crmkit.method.goals.goal import OUTCOME, Goal
from crmkit.method.goals.grammar import folded
from crmkit.method.goals.left import Left
from crmkit.method.goals.places import GRAMMARS, take_places

T = TypeVar("T")


def parse(sentence: str, *, start: dt.date | str) -> Goal:
    """Return the goal that a German or English sentence states.

    Parameters
    ----------
    sentence
        One sentence with a verb, a metric, an amount, a term or last day, and perhaps a place. "um 20 %" is
        relative to the baseline; percentage points must be called so. A figure of the client's own is named in
        quotation marks: die Kennzahl „Kundenzufriedenheit“.
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
    >>> goal = parse("Increase the figure “Customer satisfaction” to 8.5 within 9 months.", start="2026-01-31")
    >>> goal.metric, goal.outcome, goal.change_value, goal.change_unit
    ('outcome', 'Customer satisfaction', 8.5, 'target')
    """
    begins = day_of(start, name="start")
    whole = _in_its_language(Left.of(str(sentence), GRAMMARS["de"]))
    measured, left = take_measured(whole)
    deadline, left = take_deadline(left, begins)
    amount, left = _take_amount(left, measured)
    metric, outcome, left = _take_metric(left)
    verb, left = take_verb(left)
    if amount is None and _needs_no_preposition(verb, left):
        amount, left = take_bare_amount(left)
    where, left = take_places(left, allowed=metric != OUTCOME)
    _refuse_leftovers(left, metric)
    metric = _needed(metric, "the metric", whole)
    change = change_of(verb, amount, metric, whole)
    return Goal(
        wording=whole.sentence,
        metric=metric,
        outcome=outcome,
        start=begins,
        deadline=_needed(deadline, "the deadline", whole),
        **vars(where),
        **{**vars(change), "change_value": float(change.change_value)},
    )


def _in_its_language(left: Left) -> Left:
    """Return a sentence with the grammar whose words it has more of, German first; names do not count."""
    found = [folded(word) for word in re.findall(r"\w+", left.rest)]
    known = {grammar.language: {folded(word) for word in grammar.vocabulary} for grammar in GRAMMARS.values()}
    language = max(known, key=lambda language: sum(word in known[language] for word in found))
    return replace(left, grammar=GRAMMARS[language])


def _take_amount(left: Left, measured: Amount | None) -> tuple[Amount | None, Left]:
    """Return the amount of a sentence; one with a unit such as days may have been taken before."""
    left.refuse(left.grammar.unclear_amounts.items())
    amount, left = take_amount(left)
    if amount and measured:
        raise left.twice("the amount", measured.part, amount.part)
    return amount or measured, left


def _needs_no_preposition(verb: Verb | None, left: Left) -> bool:
    """Return whether an amount may stand alone: "reach 80 %", "should be 80 %"."""
    return verb.action in ("reach", "keep") if verb else left.find([left.grammar.modal]) is not None


def _take_metric(left: Left) -> tuple[str | None, str, Left]:
    """Return the metric that a sentence names, perhaps more than once, the name of an own figure, and the rest."""
    found: dict[tuple[str, str], str] = {}
    for metric, synonyms in left.grammar.metrics.items():
        while match := left.find(synonyms):
            outcome = left.name_in(match, "outcome") if metric == OUTCOME else ""
            found.setdefault((metric, outcome), match.group())
            left = left.without(match)
    if len(found) > 1:
        raise left.twice("the metric", *found.values())
    metric, outcome = next(iter(found), (None, ""))
    return metric, outcome, left


def _needed(part: T | None, what: str, whole: Left) -> T:
    if part is None:
        raise whole.missing(what)
    return part


def _refuse_leftovers(left: Left, metric: str | None) -> None:
    """Refuse what nothing has understood: first what is known to be unclear, with how to write it."""
    left.refuse(left.grammar.unclear.items())
    leftovers = left.leftovers()
    if leftovers:
        hint = left.grammar.hint(" ".join(leftovers))
        known = () if metric else left.grammar.metric_names
        raise GoalError.not_understood(left.sentence, leftovers, example=left.grammar.example, hint=hint, known=known)
