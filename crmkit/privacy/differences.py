"""Differences between two days: a unit whose people have hardly changed must not be told of twice.

Whoever knows who joined and left a unit could subtract one report from the other and would read off what the few who
came or went do. Days of one report are compared with each other as well as with what readers already hold.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from crmkit.errors import PrivacyError
from crmkit.method.counted import RESPONDENTS, SEGMENT, UNIT
from crmkit.method.definition import Definition
from crmkit.method.table import Table
from crmkit.method.whom import Box, Values, day_of
from crmkit.privacy.statements import Statement

#: Days between two readings of the whole client: everybody else's change hides that of a few.
LEAST_DAYS = 28
#: Weeks of a window where no definition says it.
_WEEKS = Definition().window_weeks

#: A number beside others of its group: what it says beyond unit and definition.
Said = tuple[tuple[str, Values], ...]


@dataclass(frozen=True, eq=False)
class Group:
    """What is told of some people on one day.

    Attributes
    ----------
    universe, unit
        The day's universe, and the units that they are in; no units: everybody.
    day, weeks
        Last day of the window, and its length.
    definition
        Hash of the definition, empty where there is none.
    people
        Who they are; None where that is no longer known.
    told
        What is said → how many of them.
    """

    universe: str
    unit: Values
    day: dt.date
    weeks: int
    definition: str
    people: frozenset[str] | None
    told: Mapping[Said, float]

    def overlaps(self, other: Group, least: int | None = None) -> bool:
        """Return whether two windows overlap, or lie fewer than `least` days apart."""
        n_days = abs((self.day - other.day).days)
        return n_days < (7 * max(self.weeks, other.weeks) if least is None else least)


def telling_groups(
    statements: Iterable[Statement], tables: Iterable[Table], released: Iterable[Group], k: int
) -> set[tuple[str, Values]]:
    """Return universe and units of the groups that must not be told of.

    Parameters
    ----------
    statements
        The numbers of a report.
    tables
        Its tables, which know the people of the groups.
    released
        Groups of which readers already hold numbers.
    k
        Smallest number of people that a difference may tell of.

    Raises
    ------
    PrivacyError
        If the whole client was told of less than four weeks before, and a few people have joined or left since; or
        if the same survey was told of with other answers.
    """
    made, held = groups_of(statements, tables), list(released)
    _require_the_same_answers(made, held)
    own, held = _of_days(made), _of_days(held)
    today = own[0].day if own else None
    # what readers hold already tells them nothing more
    own = [group for group in own if not any(_says_the_same(other, group) for other in held)]
    found: set[tuple[str, Values]] = set()
    for group, other in product(own, held):
        if bool(group.unit) != bool(other.unit) or not group.overlaps(other) or _said_beside(other, group, held):
            continue
        if _tell(group, other, k):
            found.add(_guarded(group, other, today))
    for other in (other for other in held if other.unit):
        found |= {(part.universe, part.unit) for part in _split(other, own, k)}
    found |= {(group.universe, group.unit) for group in own if group.unit and _split(group, held, k)}
    for n, group in enumerate(own):
        later = (other for other in own[:n] if other.day > group.day and (other.universe, other.unit) not in found)
        if any(_close(group, other) and _tell(group, other, k) for other in later):
            found.add((group.universe, group.unit))
    return found


def _of_days(groups: Iterable[Group]) -> list[Group]:
    """Return what is told of the people of a day, the latest first."""
    return sorted((g for g in groups if g.universe != RESPONDENTS), key=lambda group: group.day, reverse=True)


def _require_the_same_answers(own: Iterable[Group], held: Iterable[Group]) -> None:
    """Refuse a survey that was told of before and has been answered by a few more since."""
    for group, other in product(own, held):
        same = group.universe == other.universe == RESPONDENTS and (group.day, group.unit) == (other.day, other.unit)
        if same and any(n != m for n, m in _pairs(group, other, by_definition=True)):
            raise PrivacyError(
                "the survey was told of before with other answers, and the difference would tell of the few who "
                "answered since: restore the answers of then. If it is another survey, state its `from` and `to` "
                "under `survey` in client.yml."
            )


def _said_beside(other: Group, group: Group, held: Iterable[Group]) -> bool:
    """Return whether readers hold already all that a group says of what another one says, too."""
    twins = [one for one in held if _same_group(one, group)]
    new = {said for said, n in group.told.items() if n not in {one.told.get(said) for one in twins}}
    theirs = _told(other, by_definition=False)
    return bool(twins) and not any(_of_any_definition(said) in theirs for said in new)


def _says_the_same(other: Group, group: Group) -> bool:
    """Return whether all that is told of a group was told of it before, under the same definition."""
    return _same_group(other, group) and group.told.items() <= other.told.items()


def _same_group(other: Group, group: Group) -> bool:
    return (other.universe, other.unit, other.definition) == (group.universe, group.unit, group.definition)


def _close(group: Group, other: Group) -> bool:
    """Return whether two days of one report are too close: of everybody, four weeks apart are enough."""
    return bool(group.unit) == bool(other.unit) and group.overlaps(other, None if group.unit else LEAST_DAYS)


def _split(whole: Group, parts: Iterable[Group], k: int) -> list[Group]:
    """Return units that together are nearly all people of another one, told of in an overlapping window."""
    if whole.people is None:
        return []
    inside: dict[str, list[Group]] = {}
    for part in parts:
        if part.unit and part.people and part.universe != whole.universe and whole.overlaps(part):
            joined = frozenset().union(*(one.people or () for one in inside.get(part.universe, [])))
            if 2 * len(part.people & whole.people) > len(part.people) and not part.people & joined:
                inside.setdefault(part.universe, []).append(part)
    found = []
    for group in (group for group in inside.values() if len(group) > 1):
        people = frozenset().union(*(one.people or () for one in group))
        n_more, n_fewer = len(people - whole.people), len(whole.people - people)
        if min(n_more, n_fewer) < k and (0 < n_more < k or 0 < n_fewer < k):
            found += group
    return found


def groups_of(statements: Iterable[Statement], tables: Iterable[Table]) -> list[Group]:
    """Return what some numbers tell of units, and of everybody, day by day and survey by survey."""
    tables = list(tables)
    began = _beginning(tables)
    told: dict[tuple[str, Values], dict[Said, float]] = {}
    for statement in statements:
        boxes = statement.whom.boxes
        if len(boxes) != 1 or statement.value is None or statement.whom.plus:
            continue
        if day_of(boxes[0].universe) is None and boxes[0].universe != RESPONDENTS:
            continue
        where = dict(boxes[0].where)
        unit = where.pop(UNIT, frozenset())
        told.setdefault((boxes[0].universe, unit), {})[tuple(sorted(where.items()))] = statement.value
    people = {group_of(box): members for table in tables for box, members in table.members.items()}
    rules = {d.hash: d.window_weeks for d in (table.definition for table in tables) if d}
    made = []
    for (universe, unit), numbers in told.items():
        definition = next((name.removeprefix(SEGMENT) for said in numbers for name, _ in said if SEGMENT in name), "")
        day = day_of(universe) or began
        weeks = rules.get(definition, _WEEKS)
        made.append(Group(universe, unit, day, weeks, definition, people.get((universe, unit)), numbers))
    return made


def _beginning(tables: Iterable[Table]) -> dt.date:
    """Return the first day of the survey that some tables count, the first of all days where it is not stated."""
    boxes = ((table, box) for table in tables for whom in table.whom.get("n", ()) if whom for box in whom.boxes)
    days = (table.window[0] for table, box in boxes if table.window and box.universe == RESPONDENTS)
    return next(days, dt.date.min)


def group_of(box: Box) -> tuple[str, Values]:
    """Return universe and units of the people of a box."""
    return box.universe, dict(box.where).get(UNIT, frozenset())


def _guarded(group: Group, other: Group, today: dt.date | None) -> tuple[str, Values]:
    """Return the group that must not be told of; if that is everybody today, there is no report."""
    if not group.unit and group.day == today:
        raise PrivacyError(
            f"the report of {other.day} is too close to {group.day}: a few people have joined or left since, or lie "
            "between two definitions, and the difference would tell of them. Take a day at least "
            f"{7 * max(group.weeks, other.weeks)} days later, and the same definition."
        )
    return group.universe, group.unit


def _tell(group: Group, other: Group, k: int) -> bool:
    """Return whether two groups together tell of a few people."""
    if group.people is None or other.people is None or not group.people & other.people:
        # unknown, or under other pseudonyms
        return group.unit == other.unit and not _equal(group, other)
    joined, left = len(group.people - other.people), len(other.people - group.people)
    if len(group.people & other.people) < k or min(joined, left) >= k:
        return False
    if 0 < joined < k or 0 < left < k:
        return True
    if group.definition != other.definition and not (joined or left):
        return any(0 < abs(n - m) < k for n, m in _pairs(group, other, by_definition=False))
    return (joined or left) > 0 and any(0 < abs(n - m) < k for n, m in _pairs(group, other, by_definition=True))


def _equal(group: Group, other: Group) -> bool:
    pairs = list(_pairs(group, other, by_definition=True))
    return bool(pairs) and all(n == m for n, m in pairs)


def _pairs(group: Group, other: Group, *, by_definition: bool) -> Iterator[tuple[float, float]]:
    """Return the numbers that say the same of both groups; under any definition if that is no matter."""
    mine, theirs = (_told(one, by_definition=by_definition) for one in (group, other))
    return ((mine[said], theirs[said]) for said in mine if said in theirs)


def _told(group: Group, *, by_definition: bool) -> dict[Said, float]:
    if by_definition:
        return dict(group.told)
    return {_of_any_definition(said): n for said, n in group.told.items()}


def _of_any_definition(said: Said) -> Said:
    return tuple(sorted((SEGMENT if name.startswith(SEGMENT) else name, values) for name, values in said))
