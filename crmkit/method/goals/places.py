"""Where a goal applies: names in its sentence, and what the client knows under them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crmkit.errors import GoalError, did_you_mean
from crmkit.method.goals.english import GRAMMAR as ENGLISH
from crmkit.method.goals.german import GRAMMAR as GERMAN
from crmkit.method.goals.goal import Goal
from crmkit.method.goals.grammar import QUOTED, Grammar, words
from crmkit.method.goals.left import Left
from crmkit.method.goals.names import even

if TYPE_CHECKING:
    import pandas as pd

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


def take_places(left: Left, *, allowed: bool = True) -> tuple[Where, Left]:
    """Return the places that a sentence names, and its rest.

    Raises
    ------
    GoalError
        If something is called a CRM area that is none, there are two places of a kind, or no place is `allowed`.
    """
    grammar = left.grammar
    _, rest = left.take([grammar.in_crm], "the CRM")
    everywhere, rest = rest.take([grammar.everywhere], "the place")
    area, rest = _take_name(rest, grammar.in_area, "the CRM area")
    unit, rest = _take_name(rest, grammar.in_unit, "the organisational unit")
    place, rest = _take_name(rest, grammar.in_place, "the place")
    parts = [found.group() for found in (everywhere, area, unit, place) if found]
    if everywhere and len(parts) > 1:
        raise left.twice("the place", *parts)
    if parts and not everywhere and not allowed:
        raise left.wrong(parts[0], "a figure of your own is one of the whole client, leave the place out")
    code = _code_of(left.name_in(area), left) if area else None
    return Where(left.name_in(place) if place else "", left.name_in(unit) if unit else None, code), rest


def _code_of(name: str, left: Left) -> str:
    code = left.grammar.area_of(name)
    if code is None:
        known = [names[0] for names in left.grammar.areas.values()]
        raise left.wrong(name, f"no CRM area; known: {', '.join(known)}", hint=did_you_mean(name, known))
    return code


def resolve(goal: Goal, known: Client | Iterable[str]) -> Goal:
    """Return a goal with its place and figure found; see `Goal.resolve`."""
    outcomes = getattr(known, "outcomes", None)
    if goal.outcome and outcomes is not None:
        return _with_figure(goal, outcomes)
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


def _take_name(left: Left, patterns: tuple[str, ...], what: str) -> tuple[re.Match[str] | None, Left]:
    return left.take([_with_names(pattern, left.grammar) for pattern in patterns], what)


def _with_figure(goal: Goal, outcomes: pd.DataFrame) -> Goal:
    """Return a goal with the name of its figure as the client writes it; several spellings are one figure."""
    alike = outcomes[outcomes["outcome"].map(even) == even(goal.outcome)]
    if alike.empty:
        raise GoalError.unknown_outcome(goal.outcome, sorted({str(name) for name in outcomes["outcome"]} - {""}))
    names = sorted(set(alike["outcome"]))
    unit = alike.sort_values("date", na_position="first")["unit"].iloc[-1]
    problem = _unit_problem(goal, is_percent=str(unit).strip() == "%")
    if problem:
        raise GoalError.wrong_outcome(names[0], problem)
    return replace(goal, outcome=goal.outcome if goal.outcome in names else names[0])


def _unit_problem(goal: Goal, *, is_percent: bool) -> str:
    """Return why the number of a goal does not fit the unit of its figure, with how to write it, or nothing."""
    unit, number = goal.change_unit, float(goal.change)
    if is_percent and unit == "absolute":
        return f'it is kept in percent, write its change as "{number:g} percentage points" or in percent'
    if is_percent and unit == "target" and not goal.percent:
        return f'it is kept in percent, write its target as "{number:g} %"'
    if not is_percent and unit == "points":
        return f'it is not kept in percent, write its change as "{number * 100:g}" or in percent'
    if not is_percent and goal.percent:
        return f'it is not kept in percent, write its target as "{number * 100:g}"'
    return ""


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
