"""How much a goal sentence wants to change: its amount and its verb, together the change."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from crmkit.method.goals.goal import COUNT_METRICS, ChangeUnit, Direction
from crmkit.method.goals.grammar import Action, number_of, spelt, words
from crmkit.method.goals.left import Left

_HALF = Fraction(1, 2)
_DIRECTIONS: dict[Action, Direction] = {
    "up": "up", "double": "up", "reach": "up", "down": "down", "halve": "down", "keep": "keep",
}  # fmt: skip


@dataclass(frozen=True)
class Amount:
    """A number of a sentence: ``by`` so much, ``to`` so much, or as ``level`` as today.

    `value` is a share (0–1) where the unit is ``percent``, ``points`` or ``fraction``, else people.
    """

    kind: Literal["by", "to", "level"]
    value: Fraction
    unit: Literal["percent", "points", "fraction", "people", ""]
    part: str
    direction: Literal["up", "down", ""] = ""


@dataclass(frozen=True)
class Change:
    """What a `Goal` keeps of amount and verb."""

    value: Fraction
    unit: ChangeUnit
    direction: Direction


def take_amount(left: Left) -> tuple[Amount | None, Left]:
    """Return the amount that a preposition or "more" announces, and the rest of the sentence.

    Raises
    ------
    GoalError
        If there are two amounts.
    """
    g = left.grammar
    fraction = rf"(?P<fraction>{words(g.fractions)})"
    patterns = (
        rf"(?:{g.by})?{_number(left)} (?:(?P<up>{g.more})|(?P<down>{g.fewer}))",
        rf"(?P<by>{g.by}){fraction}",
        rf"(?P<to>{g.to}){fraction}",
        rf"(?P<by>{g.by}){_number(left)}",
        rf"(?P<to>{g.to}){_number(left)}",
        rf"(?P<level>{g.level})",
    )
    return _amount(left, patterns)


def take_bare_amount(left: Left) -> tuple[Amount | None, Left]:
    """Return an amount without its preposition ("reach 150 active users") and the rest of the sentence."""
    return _amount(left, (rf"(?P<to>{left.grammar.of})(?=\d){_number(left)}",))


def take_verb(left: Left) -> tuple[Action | None, Left]:
    """Return what is to happen, and the rest of the sentence.

    Raises
    ------
    GoalError
        If there are two verbs.
    """
    patterns = [rf"(?P<{action}>{verbs})" for action, verbs in left.grammar.verbs.items()]
    match, rest = left.take(patterns, "the verb")
    found: Action | None = match.lastgroup if match else None  # type: ignore[assignment]
    return found, rest


def refuse_given_baseline(left: Left) -> None:
    """Refuse "from 30 % to 50 %": where a goal starts is measured.

    Raises
    ------
    GoalError
        If the sentence states the value of today.
    """
    given = left.find([left.grammar.given_baseline])
    if given:
        raise left.wrong(given.group(), "the value at the start is measured, leave it out")


def change_of(verb: Action | None, amount: Amount | None, metric: str, left: Left) -> Change:
    """Return the change that verb and amount mean together for a metric.

    Raises
    ------
    GoalError
        If verb or amount is missing, they contradict each other, or do not fit the metric.
    """
    if verb is None:
        verb = _verb_without(amount, left)
    if verb in ("double", "halve"):
        if amount:
            raise left.wrong(amount.part, "the verb states the amount already")
        return Change(Fraction(1) if verb == "double" else _HALF, "relative", _DIRECTIONS[verb])
    if verb == "keep" and (amount is None or amount.kind == "level"):
        return Change(Fraction(0), "relative", "keep")
    if amount is None:
        raise left.missing("the amount")
    change = _by(verb, amount, metric, left) if amount.kind == "by" else _to(verb, amount, metric, left)
    if change.value == 0:
        raise left.wrong(amount.part, "this is no change")
    return change


def _number(left: Left) -> str:
    g = left.grammar
    units = rf"(?P<points>{g.points})|(?P<percent>{g.percent})|(?P<people>{g.people})"
    return rf"(?P<n>{g.number})(?:\s?(?:{units})(?!\w))?"


def _amount(left: Left, patterns: tuple[str, ...]) -> tuple[Amount | None, Left]:
    match, rest = left.take(patterns, "the amount")
    if match is None:
        return None, rest
    found = match.groupdict()
    direction = "up" if found.get("up") else "down" if found.get("down") else ""
    if found.get("level"):
        return Amount("level", Fraction(0), "", match.group()), rest
    kind = "to" if found.get("to") is not None else "by"
    if found.get("fraction"):
        return Amount(kind, left.grammar.fractions[_plain(match["fraction"])], "fraction", match.group()), rest
    value = number_of(match["n"], left.grammar)
    unit = next((name for name in ("percent", "points", "people") if found.get(name)), "")
    share = value / 100 if unit in ("percent", "points") else value
    return Amount(kind, share, unit, match.group(), direction), rest  # type: ignore[arg-type]


def _plain(text: str) -> str:
    return text.casefold().replace("ae", "ä").replace("ue", "ü")


def _verb_without(amount: Amount | None, left: Left) -> Action:
    """Return what "20 % more" and "shall be at 80 %" mean without a further verb."""
    if amount and amount.direction:
        return amount.direction
    if amount and amount.kind == "to" and re.search(spelt(left.grammar.modal), left.sentence):
        return "reach"
    raise left.missing("the verb")


def _by(verb: Action, amount: Amount, metric: str, left: Left) -> Change:
    direction = amount.direction if verb == "reach" and amount.direction else _DIRECTIONS[verb]
    if verb == "keep":
        raise left.wrong(amount.part, "what is kept does not change")
    if verb == "reach" and not amount.direction:
        raise left.wrong(amount.part, f'a change needs a verb such as "{left.grammar.parts["the verb"]}"')
    if amount.direction and amount.direction != direction:
        raise left.wrong(amount.part, "verb and amount contradict each other")
    if amount.unit in ("percent", "fraction", "points"):
        if amount.value > 1 and (direction == "down" or amount.unit == "points"):
            raise left.wrong(amount.part, "more than the whole")
        return Change(amount.value, "points" if amount.unit == "points" else "relative", direction)
    if metric not in COUNT_METRICS:
        raise left.wrong(amount.part, "say whether percent or percentage points are meant")
    if amount.value.denominator != 1:
        raise left.wrong(amount.part, "no whole number of people")
    return Change(amount.value, "absolute", direction)


def _to(verb: Action, amount: Amount, metric: str, left: Left) -> Change:
    direction = _DIRECTIONS[verb]
    if amount.kind == "level":
        raise left.wrong(amount.part, "only what is kept stays at a level")
    if amount.unit == "points":
        raise left.wrong(amount.part, "a target is stated in percent, percentage points are a change")
    if amount.unit == "fraction":
        if direction == "down" and amount.value == _HALF:
            return Change(_HALF, "relative", "down")
        raise left.wrong(amount.part, "state a target as a number")
    if amount.unit == "percent":
        if amount.value > 1:
            raise left.wrong(amount.part, "more than the whole")
        if direction == "down" and metric in COUNT_METRICS:
            raise left.wrong(amount.part, "a share of today or of all people, state a number of people instead")
        return Change(amount.value, "target", direction)
    if metric not in COUNT_METRICS:
        raise left.wrong(amount.part, "this metric is a share, state its target in percent")
    if amount.value.denominator != 1 or amount.value == 1:
        raise left.wrong(amount.part, "no number of people that can be a target")
    return Change(amount.value, "target", direction)
