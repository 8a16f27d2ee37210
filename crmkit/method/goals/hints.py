"""What a wish that is no goal yet hints at: parts of a goal that are found in its words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from crmkit.errors import GoalError
from crmkit.method.goals.amounts import take_amount
from crmkit.method.goals.deadlines import take_deadline
from crmkit.method.goals.grammar import Grammar, spelt
from crmkit.method.goals.left import Left
from crmkit.method.goals.names import even
from crmkit.method.goals.places import GRAMMARS

#: Words for more and less that are no verbs of a goal.
_MORE = r"mehr|öfter|häufiger|besser|stärker|intensiver|regelmäßiger|more|better|often"
_LESS = r"weniger|seltener|less|fewer"
#: Verbs that state an amount by themselves.
_AMOUNT_VERBS = ("double", "halve", "triple", "quadruple")


def hints_of(wish: str, *, start: dt.date, units: Iterable[str], figures: Iterable[str] = ()) -> dict[str, Any]:
    """Return the fields of a goal that a wish hints at.

    Parameters
    ----------
    wish
        Any words, German or English.
    start
        Day of the decision, from which a term counts.
    units
        Paths of the client's organisational units.
    figures
        Names of the client's own figures.

    Returns
    -------
    dict
        metric, direction, deadline, org_unit, area, as far as they are found; is_specific: True if the wish states
        something that only a goal can keep: an amount, a day, a figure, a place that is not the client's, both
        directions.
    """
    found: dict[str, Any] = {}
    for grammar in GRAMMARS.values():
        found = {**_of_language(Left.of(wish, grammar), grammar, start), **found}
    unit = _unit_in(wish, units)
    if unit:
        found["org_unit"] = unit
        # A name that is both is the unit, as in a sentence.
        found.pop("area", None)
    up, down = found.pop("up", False), found.pop("down", False)
    found |= {"direction": "down" if down else "up"} if up or down else {}
    # "Less double entry" is no wish for less use: less counts beside a metric only.
    is_unclear = down and (up or "metric" not in found)
    names_figure = any(even(name) in even(wish) for name in figures if name)
    return found | ({"is_specific": True} if is_unclear or names_figure else {})


def _of_language(left: Left, grammar: Grammar, start: dt.date) -> dict[str, Any]:
    found: dict[str, Any] = {"is_specific": _is_specific(left, grammar)} if _is_specific(left, grammar) else {}
    metric = next((name for name, synonyms in grammar.metrics.items() if left.find(synonyms)), None)
    area = next((code for code, names in grammar.areas.items() if left.find([re.escape(n) for n in names])), None)
    found |= {"metric": metric} if metric else {}
    found |= {"area": area} if area else {}
    directions = {"down": [grammar.verbs["down"], _LESS], "up": [grammar.verbs["up"], _MORE]}
    found |= {direction: True for direction, words in directions.items() if left.find(words)}
    try:
        deadline, _ = take_deadline(left, start)
    except GoalError:
        return found | {"is_specific": True}
    return found | ({"deadline": deadline} if deadline else {})


def _is_specific(left: Left, grammar: Grammar) -> bool:
    """Return whether an amount, a verb that states one, or a level to keep stands in a wish."""
    try:
        amount, rest = take_amount(left)
    except GoalError:
        return True
    stating = [grammar.verbs[action] for action in ("keep", *_AMOUNT_VERBS) if action in grammar.verbs]
    return amount is not None or rest.find(stating) is not None or "%" in left.rest


def _unit_in(wish: str, units: Iterable[str]) -> str | None:
    """Return the unit whose name, or its last part, stands in a wish; the longest one."""
    named = [(name, unit) for unit in units for name in {unit, unit.rsplit("/", 1)[-1]}]
    matches = [(len(name), unit) for name, unit in named if spelt(rf"{re.escape(name)}s?").search(wish)]
    return max(matches)[1] if matches else None
