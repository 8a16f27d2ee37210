"""Großbau AG: four times Musterbau over 24 months; too large to commit, made by the command."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from generator.musterbau import ORG, PLAN
from generator.names import german_names
from generator.people import cast
from generator.salesforce_client import Plan, Spans, write_client
from generator.salesforce_courses import AS_OF, COURSES

_TIMES = 4
#: One second account is enough, also here; the others are simply regular.
_ONCE = "regular_second_account"
_ORG = replace(
    ORG,
    place=replace(ORG.place, client="grossbau"),
    domain="grossbau.example",
    org_id="00D07000000GrSb",
    pod="7",
    views_a_day={3: 0.25, 5: 0.35, 8: 0.25, 12: 0.15},
)
_SPANS = Spans(
    user_lists=(dt.date(2025, 6, 29), AS_OF),
    screen_logins=None,
    api_logins=("LoginHistory_2026H1.csv.gz", dt.date(2026, 1, 1), AS_OF),
    pages=(dt.date(2024, 7, 1), AS_OF),
    api=(dt.date(2026, 6, 1), AS_OF),
)


def write(folder: Path, truth: Path) -> None:
    """Write the client folder and the truth; event rows are written as they are made."""
    plan = _plan()
    n_people = sum(sum(counts.values()) for counts in plan.values())
    people = cast(plan, COURSES, german_names("grossbau", n_people), _ORG.place)
    write_client(folder, truth, people, _ORG, _SPANS)


def _plan() -> Plan:
    plan = {unit: {course: _TIMES * number for course, number in counts.items()} for unit, counts in PLAN.items()}
    for counts in plan.values():
        counts["regular"] += max(0, counts.get(_ONCE, 0) - 1)
        counts |= {course: 1 for course in counts if course == _ONCE}
    return plan
