"""The truth behind every person: what the generator meant, kept away from the client's folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.people import Person
from generator.writing import write_csv

TRUTH_HEADER = "account,person,account_type,habit,segment,detail,assessable"


def write_truth(file: Path, rows: Iterable[tuple[str, str, str, Person | None]]) -> None:
    """Write account id, person id and type with the person's habit and what the kit should find.

    `segment` is empty for who is outside the population: services, portal users, leavers.
    """
    write_csv(file, TRUTH_HEADER, (_row(*row) for row in rows))


def _row(account_id: str, person_id: str, account_type: str, person: Person | None) -> list[str]:
    if person is None:
        return [account_id, person_id, account_type, account_type, "", "", "false"]
    course = person.course
    inside = person.left is None
    segment = (course.segment if course.assessable else "not_assessable") if inside else ""
    assessable = "true" if inside and course.assessable else "false"
    return [account_id, person_id, account_type, course.habit, segment, course.detail if inside else "", assessable]
