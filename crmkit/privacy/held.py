"""What earlier reports told of a day, beside what this one tells of it: both are masked as one.

Each report masks what it has to; two that mask different numbers of one day would together show all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from crmkit.errors import PrivacyError
from crmkit.method.counted import RESPONDENTS, UNIT
from crmkit.method.table import Table
from crmkit.method.whom import Box, Whom, of
from crmkit.privacy.differences import Group, groups_of
from crmkit.privacy.implied import complete_of, known_of
from crmkit.privacy.statements import Statement, statements_of
from crmkit.privacy.system import system_of


def with_held(tables: Mapping[str, Table], released: Iterable[Group], k: int) -> dict[str, Table]:
    """Return tables that know what readers hold of the same days.

    Parameters
    ----------
    tables
        Tables under their names.
    released
        What earlier reports told.
    k
        Smallest number of people that a number may describe.

    Returns
    -------
    dict of Table
        As given; the first one knows more. A day of which the data say something else today adds nothing: what was
        told of it then hangs together with no number of today.
    """
    statements = statements_of(tables, k)
    days = {box.universe for statement in statements for box in statement.whom.every_box}
    held: dict[str, dict[Whom, float]] = {}
    began = {(group.universe, group.day) for group in groups_of(statements, tables.values())}
    for group in released:
        # another survey counts its respondents under the same name
        if group.universe in days and (group.universe != RESPONDENTS or (RESPONDENTS, group.day) in began):
            held.setdefault(group.universe, {}).update(_numbers_of(group))
    if not held:
        return dict(tables)
    together = {whom: n for numbers in held.values() for whom, n in numbers.items()}
    if not _fits(together, statements, tables):
        fitting = [numbers for numbers in held.values() if _fits(numbers, statements, tables)]
        together = {whom: n for numbers in fitting for whom, n in numbers.items()}
    first = next(iter(tables))
    return {**tables, first: replace(tables[first], known=(*together.items(), *tables[first].known))}


def _numbers_of(group: Group) -> dict[Whom, float]:
    unit = {UNIT: group.unit} if group.unit else {}
    return {
        of(Box(group.universe, tuple(sorted((dict(said) | unit).items(), key=lambda pair: pair[0])))): n
        for said, n in group.told.items()
    }


def _fits(numbers: Mapping[Whom, float], statements: Sequence[Statement], tables: Mapping[str, Table]) -> bool:
    """Return whether some numbers can hold together with those of the tables."""
    try:
        system_of(statements, complete_of(tables), {**numbers, **known_of(tables)})
    except PrivacyError:
        return False
    return True
