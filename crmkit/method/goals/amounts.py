"""How much a goal sentence wants to change: its amount and its verb, together the change."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from sys import float_info
from typing import Literal

from crmkit.method.goals.goal import COUNT_METRICS, OUTCOME, PEOPLE_METRICS, ChangeUnit, Direction
from crmkit.method.goals.grammar import Action, folded, words
from crmkit.method.goals.left import Left
from crmkit.method.goals.targets import exact

_HALF = Fraction(1, 2)
_DIRECTIONS: dict[Action, Direction] = {
    "up": "up", "improve": "up", "double": "up", "triple": "up", "quadruple": "up", "reach": "up",
    "down": "down", "halve": "down", "keep": "keep",
}  # fmt: skip
#: Verbs that state the amount themselves → the relative change.
_FACTORS: dict[Action, Fraction] = {
    "double": Fraction(1), "triple": Fraction(2), "quadruple": Fraction(3), "halve": _HALF,
}  # fmt: skip
#: Verbs for what is better, which for a client's own figure may be less of it.
_BETTER: tuple[Action, ...] = ("improve", "reach")
_UNITS = ("points", "share", "percent", "measure", "people")
_IN_PERCENT = ("points", "share", "percent")


@dataclass(frozen=True)
class Amount:
    """A number of a sentence: ``by`` so much, ``to`` so much, or as ``level`` as today.

    `value` is a share (0–1) where the unit is ``percent``, ``share`` (of all people), ``points`` or ``fraction``,
    else people or what a figure counts. `bound` is "at least" or "at most".
    """

    kind: Literal["by", "to", "level"]
    value: Fraction
    unit: Literal["percent", "share", "points", "fraction", "people", "measure", ""]
    part: str
    direction: Literal["up", "down", ""] = ""
    bound: Literal["least", "most", ""] = ""


@dataclass(frozen=True)
class Verb:
    """What is to happen, and the word for it."""

    action: Action
    part: str


@dataclass(frozen=True)
class Change:
    """What a `Goal` keeps of amount and verb; named as its fields."""

    change_value: Fraction
    change_unit: ChangeUnit
    direction: Direction
    percent: bool = False


def take_amount(left: Left) -> tuple[Amount | None, Left]:
    """Return the amount that a preposition or "more" announces, and the rest of the sentence.

    Raises
    ------
    GoalError
        If there are two amounts.
    """
    g = left.grammar
    bound, number = _bound(left), _number(left)
    fraction = rf"(?P<fraction>{words(g.fractions)})"
    patterns = (
        rf"(?:{g.by} )?{bound}{number} (?:(?P<up>{g.more})|(?P<down>{g.fewer}))",
        rf"(?P<by>{g.by} ){bound}{fraction}",
        rf"(?P<to>{g.to} ){bound}{fraction}",
        rf"(?P<by>{g.by} ){bound}{number}",
        rf"(?P<to>{g.to} ){bound}{number}",
        rf"(?P<level>{g.level})",
    )
    return _amount(left, patterns)


def take_measured(left: Left) -> tuple[Amount | None, Left]:
    """Return an amount with a unit such as days, which must not be taken for a term, and the rest."""
    g = left.grammar
    number = rf"(?P<n>{g.numerals.pattern})\s?(?P<measure>{g.measures})"
    to = rf"(?P<to>(?:{g.to} )?(?={g.least}|{g.most})|{g.to} )"
    return _amount(left, (rf"(?P<by>{g.by} ){_bound(left)}{number}", rf"{to}{_bound(left)}{number}"))


def take_bare_amount(left: Left) -> tuple[Amount | None, Left]:
    """Return an amount without its preposition ("reach 150 active users") and the rest of the sentence."""
    g = left.grammar
    no_article = rf"(?!(?:{words(g.numerals.alone)})(?!\w))"
    return _amount(left, (rf"(?P<to>(?:{g.of} )?){_bound(left)}{no_article}{_number(left)}",))


def take_verb(left: Left) -> tuple[Verb | None, Left]:
    """Return what is to happen, and the rest of the sentence.

    Raises
    ------
    GoalError
        If there are two verbs.
    """
    patterns = [rf"(?P<{action}>{verbs})" for action, verbs in left.grammar.verbs.items()]
    match, rest = left.take(patterns, "the verb")
    if match is None:
        return None, rest
    return Verb(match.lastgroup, match.group()), rest  # type: ignore[arg-type]


def change_of(verb: Verb | None, amount: Amount | None, metric: str, left: Left) -> Change:
    """Return the change that verb and amount mean together for a metric.

    Raises
    ------
    GoalError
        If verb or amount is missing, they contradict each other, or do not fit the metric.
    """
    verb = verb or _verb_without(amount, left)
    if verb.action in _FACTORS:
        if amount:
            raise left.wrong(amount.part, "the verb states the amount already")
        return Change(_FACTORS[verb.action], "relative", _DIRECTIONS[verb.action])
    if verb.action == "keep" and (amount is None or amount.kind == "level"):
        return Change(Fraction(0), "relative", "keep")
    if amount is None:
        raise left.missing("the amount")
    direction = _direction(verb, amount, metric, left)
    problem_of = _problem_by if amount.kind == "by" else _problem_to
    problem = problem_of(verb.action, amount, metric, direction)
    if problem:
        raise left.wrong(amount.part, problem)
    return _by(amount, direction) if amount.kind == "by" else _to(amount, direction, metric)


def _bound(left: Left) -> str:
    return rf"(?:(?:(?P<least>{left.grammar.least})|(?P<most>{left.grammar.most})) )?"


def _number(left: Left) -> str:
    g = left.grammar
    units = (
        rf"(?P<points>{g.points})|(?P<share>(?:{g.percent}){g.of_all})|(?P<percent>{g.percent})"
        rf"|(?P<measure>{g.measures})|(?P<people>{g.people})"
    )
    return rf"(?:(?P<currency>{g.currency})\s?)?(?P<n>{g.numerals.pattern})(?:\s?(?:{units})(?!\w))?"


def _amount(left: Left, patterns: tuple[str, ...]) -> tuple[Amount | None, Left]:
    match, rest = left.take(patterns, "the amount")
    if match is None:
        return None, rest
    found = {name: text for name, text in match.groupdict().items() if text is not None}
    if "level" in found:
        return Amount("level", Fraction(0), "", match.group()), rest
    direction = next((name for name in ("up", "down") if name in found), "")
    bound = next((name for name in ("least", "most") if name in found), "")
    value, unit = _value_and_unit(found, left)
    return Amount("to" if "to" in found else "by", value, unit, match.group(), direction, bound), rest  # type: ignore[arg-type]


def _value_and_unit(found: dict[str, str], left: Left) -> tuple[Fraction, str]:
    if "fraction" in found:
        fractions = {folded(word): number for word, number in left.grammar.fractions.items()}
        return fractions[folded(found["fraction"])], "fraction"
    value = left.grammar.numerals.value(found["n"])
    unit = next((name for name in _UNITS if name in found), "measure" if "currency" in found else "")
    return value / 100 if unit in _IN_PERCENT else value, unit


def _verb_without(amount: Amount | None, left: Left) -> Verb:
    """Return what "20 % more" and "shall be at 80 %" mean without a further verb."""
    if amount and amount.direction:
        return Verb(amount.direction, amount.part)
    modal = left.find([left.grammar.modal])
    if amount and amount.kind == "to" and modal:
        return Verb("reach", modal.group())
    raise left.missing("the verb")


def _direction(verb: Verb, amount: Amount, metric: str, left: Left) -> Direction:
    """Return the direction that a verb means, or an amount where the verb leaves it open."""
    if verb.action == "reach" and amount.direction:
        return amount.direction
    if verb.action == "reach" and amount.kind == "by":
        raise left.wrong(amount.part, f'a change needs a verb such as "{left.grammar.parts["the verb"]}"')
    if verb.action == "reach" and amount.kind == "to" and amount.bound:
        return "up" if amount.bound == "least" else "down"
    if verb.action in _BETTER and metric == OUTCOME:
        up, down = (left.grammar.written[direction] for direction in ("up", "down"))
        raise left.wrong(verb.part, f'more or less of this figure? Write "{up}" or "{down}"')
    return _DIRECTIONS[verb.action]


def _problem_by(action: Action, amount: Amount, metric: str, direction: Direction) -> str:
    """Return what is wrong with a change, or an empty string."""
    is_plain = amount.unit in ("", "people", "measure")
    problems = {
        "what is kept does not change": action == "keep",
        "verb and amount contradict each other": amount.direction not in ("", direction),
        "an upper limit is no goal, state the change itself": amount.bound == "most",
        "of all people? Then write percentage points": amount.unit == "share",
        "this is no change": exact(amount.value) == 0,
        "too large a number": amount.value > float_info.max,
        "more than the whole": not is_plain and amount.value > 1 and (direction == "down" or amount.unit == "points"),
        "say whether percent or percentage points are meant": is_plain and metric not in (*COUNT_METRICS, OUTCOME),
        "people are counted, leave the unit out": amount.unit == "measure" and metric in COUNT_METRICS,
        "no whole number of people": is_plain and metric in COUNT_METRICS and amount.value.denominator != 1,
    }
    return next((problem for problem, holds in problems.items() if holds), "")


def _problem_to(action: Action, amount: Amount, metric: str, direction: Direction) -> str:
    """Return what is wrong with a target, or an empty string."""
    is_plain, counts = amount.unit in ("", "people", "measure"), metric in COUNT_METRICS
    is_half_left = direction == "down" and amount.unit == "fraction" and amount.value == _HALF
    against = "least" if direction == "down" else "most"
    problems = {
        "only what is kept stays at a level": amount.kind == "level",
        "what is kept stays at or above, this is an upper limit": action == "keep" and amount.bound == "most",
        "verb and amount contradict each other": amount.bound == against,
        "a target is stated in percent, percentage points are a change": amount.unit == "points",
        "state a target as a number": amount.unit == "fraction" and not is_half_left,
        "this is no target": exact(amount.value) == 0,
        "too large a number": amount.value > float_info.max,
        "more than the whole": not is_plain and amount.value > 1,
        "only people can be a share of all people": amount.unit == "share" and metric not in PEOPLE_METRICS,
        "a share of today or of all people, state a number of people instead":
            counts and direction == "down" and amount.unit == "percent",
        "this metric is a share, state its target in percent": is_plain and not counts and metric != OUTCOME,
        "people are counted, leave the unit out": amount.unit == "measure" and counts,
        "no number of people that can be a target":
            is_plain and counts and (amount.value.denominator != 1 or amount.value == 1),
    }  # fmt: skip
    return next((problem for problem, holds in problems.items() if holds), "")


def _by(amount: Amount, direction: Direction) -> Change:
    if amount.unit == "points":
        return Change(amount.value, "points", direction)
    return Change(amount.value, "relative" if amount.unit in ("percent", "fraction") else "absolute", direction)


def _to(amount: Amount, direction: Direction, metric: str) -> Change:
    if amount.unit == "fraction":
        return Change(_HALF, "relative", "down")
    return Change(amount.value, "target", direction, percent=metric == OUTCOME and amount.unit == "percent")
