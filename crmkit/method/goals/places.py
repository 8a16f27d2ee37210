"""Where a goal applies: names in its sentence, and what the client knows under them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crmkit.errors import GoalError
from crmkit.method.goals.english import GRAMMAR as ENGLISH
from crmkit.method.goals.german import GRAMMAR as GERMAN
from crmkit.method.goals.goal import Goal
from crmkit.method.goals.grammar import QUOTED, Grammar, words
from crmkit.method.goals.left import Left

if TYPE_CHECKING:
    from crmkit.client import Client

GRAMMARS = {"de": GERMAN, "en": ENGLISH}
#: Code on a goal whose place is a unit and an area: units win, because people work in units.
UNIT_BEFORE_AREA = "unit_before_area"

_CAPITAL = r"(?:[A-ZÀ-Þ0-9&/](?:[\w&/.+\-]*[\w&/+\-])?)"
_ANY = r"(?:\w(?:[\w&/.+\-]*[\w&/+\-])?)"


@dataclass(frozen=True)
class Where:
    """Names of a sentence: a place that may be unit or area, a unit, the code of an area."""

    place: str = ""
    org_unit: str | None = None
    area: str | None = None


def take_places(left: Left) -> tuple[Where, Left]:
    """Return the places that a sentence names, and its rest.

    Raises
    ------
    GoalError
        If something is called a CRM area that is none, or there are two places of a kind.
    """
    grammar = left.grammar
    _, rest = left.take([grammar.in_crm], "the CRM")
    area, rest = _take_name(rest, grammar.in_area, "the CRM area")
    unit, rest = _take_name(rest, grammar.in_unit, "the organisational unit")
    place, rest = _take_name(rest, grammar.in_place, "the place")
    code = grammar.area_of(area) if area else None
    if area and not code:
        raise left.wrong(area, f"no CRM area; known: {', '.join(names[0] for names in grammar.areas.values())}")
    return Where(place, unit or None, code), rest


def resolve(goal: Goal, known: Client | Iterable[str]) -> Goal:
    """Return a goal with its place found; see `Goal.resolve`."""
    units = units_of(known)
    unit = _unit_of(goal.org_unit, units) if goal.org_unit else None
    if goal.org_unit and not unit:
        raise GoalError.unknown_place(goal.org_unit, units)
    goal = replace(goal, org_unit=unit)
    if not goal.place:
        return goal
    area = None if goal.area else _area_of(goal.place)
    unit = None if goal.org_unit else _unit_of(goal.place, units)
    if unit:
        notes = (*goal.notes, UNIT_BEFORE_AREA) if area else goal.notes
        return replace(goal, place="", org_unit=unit, notes=notes)
    if area:
        return replace(goal, place="", area=area)
    raise GoalError.unknown_place(goal.place, units, () if goal.area else _area_names())


def units_of(known: Client | Iterable[str]) -> list[str]:
    """Return the paths of all organisational units, those above them included, sorted."""
    names = getattr(known, "assignments", {"org_unit": known})["org_unit"]
    paths = {str(name).strip() for name in ([names] if isinstance(names, str) else names)} - {""}
    above = {path[: cut.start()] for path in paths for cut in re.finditer("/", path)}
    return sorted(paths | above - {""})


def _take_name(left: Left, patterns: tuple[str, ...], what: str) -> tuple[str, Left]:
    match, rest = left.take([_with_names(p, left.grammar) for p in patterns], what)
    return (left.shown(match["name"]) if match else "", rest)


def _with_names(pattern: str, grammar: Grammar) -> str:
    """Return a pattern with the forms of a name in place of ``<NAME>``, ``<ANY>`` and ``<WORDS>``."""
    more = rf"(?:\s(?:(?:{grammar.joining})\s)*{_CAPITAL})*"
    areas = words(dict.fromkeys(name.casefold() for names in grammar.areas.values() for name in names))
    first = rf"(?!(?:{grammar.no_names})(?!\w))(?=[A-ZÀ-Þ]){_CAPITAL}"
    forms = {
        "<NAME>": rf"(?P<name>{QUOTED}|(?-i:{first}{more})|{areas})",
        "<ANY>": rf"(?P<name>{QUOTED}|(?-i:{_ANY}{more}))",
        "<WORDS>": rf"(?P<name>{QUOTED}|[\w&/\-]+(?: [\w&/\-]+){{0,3}})",
    }
    for token, form in forms.items():
        pattern = pattern.replace(token, form)
    return pattern


def _unit_of(name: str, units: list[str]) -> str | None:
    """Return the unit that answers to a name: exactly, in other case, by its last parts, with other separators."""
    wanted = name.casefold()
    ways = (
        [unit for unit in units if unit == name],
        [unit for unit in units if unit.casefold() == wanted],
        [unit for unit in units if unit.casefold().endswith(f"/{wanted}")],
        [unit for unit in units if f" {_even(unit)}".endswith(f" {_even(name)}")],
    )
    found = next((units for units in ways if units), [])
    if len(found) > 1:
        raise GoalError.ambiguous_place(name, found)
    return found[0] if found else None


def _even(name: str) -> str:
    return re.sub(r"[\s/–—-]+", " ", name.casefold()).strip()


def _area_of(name: str) -> str | None:
    return next((code for grammar in GRAMMARS.values() if (code := grammar.area_of(name))), None)


def _area_names() -> list[str]:
    return [names[0] for names in GERMAN.areas.values()]
