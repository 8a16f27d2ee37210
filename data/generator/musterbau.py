"""Musterbau GmbH: 200 people on Salesforce, 30 / 30 / 40, second retrospective; tier A, the first one tier B."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from generator.names import german_names
from generator.people import Place, cast, window_start
from generator.salesforce_client import Plan, Spans, write_client
from generator.salesforce_courses import AS_OF, BEGIN, COURSES, RELEASE_DIP
from generator.salesforce_org import Org
from generator.salesforce_units import FIELD, MANAGEMENT, MARKETING, NORTH, OFFICE, PURCHASING, SOUTH, UNITS
from generator.surveys import Survey, write_answers

_FIRST_RETROSPECTIVE = dt.date(2025, 6, 29)
#: Unit → course → people. Assessed today: 57 regular, 57 occasional, 76 rare; 10 not yet; 12 have left.
PLAN: Plan = {
    NORTH: {
        "regular": 7, "regular_part_time": 1, "trained_from_occasional": 3, "trained_from_rare": 1, "hired_regular": 2,
        "occasional": 4, "trained_to_occasional": 4, "slipped_to_occasional": 1, "hired_occasional": 1,
        "rare": 5, "slipped_to_rare": 1, "tried_and_left": 2, "left_after_release": 2, "never": 3,
        "new_regular": 2, "new_occasional": 1, "left_regular": 2, "left_rare": 1,
    },
    SOUTH: {
        "regular": 6, "regular_part_time": 1, "trained_from_occasional": 2, "trained_from_rare": 2, "hired_regular": 1,
        "occasional": 4, "trained_to_occasional": 5, "slipped_to_occasional": 1, "hired_occasional": 1,
        "regular_on_leave": 1, "rare": 5, "slipped_to_rare": 1, "tried_and_left": 2, "left_after_release": 2,
        "regular_until_release": 1, "away": 1, "never": 3, "new_regular": 2, "new_occasional": 1,
        "left_regular": 1, "left_rare": 1,
    },
    MARKETING: {
        "regular": 5, "regular_part_time": 1, "trained_from_occasional": 2, "hired_regular": 1,
        "occasional": 6, "trained_to_occasional": 2, "slipped_to_occasional": 1,
        "rare": 3, "slipped_to_rare": 1, "tried_and_left": 2, "left_after_release": 1, "never": 1, "hired_never": 1,
        "new_regular": 1, "left_rare": 1,
    },
    OFFICE: {
        "regular": 7, "regular_part_time": 2, "regular_second_account": 1, "trained_from_occasional": 2,
        "trained_from_rare": 1, "hired_regular": 1, "occasional": 6, "trained_to_occasional": 1,
        "slipped_to_occasional": 1, "regular_on_leave": 1, "rare": 4, "slipped_to_rare": 1, "tried_and_left": 1,
        "left_after_release": 1, "regular_until_release": 1, "away": 1, "never": 1, "new_regular": 1,
        "new_occasional": 1, "left_regular": 1, "left_rare": 1,
    },
    FIELD: {
        "regular": 3, "trained_from_occasional": 1, "hired_regular": 1, "occasional": 5, "trained_to_occasional": 2,
        "hired_occasional": 1, "rare": 5, "slipped_to_rare": 1, "tried_and_left": 3, "left_after_release": 1,
        "never": 4, "hired_never": 1, "new_occasional": 1, "left_regular": 1, "left_rare": 2,
    },
    PURCHASING: {
        "regular": 1, "trained_from_occasional": 1, "occasional": 4, "trained_to_occasional": 2,
        "slipped_to_occasional": 1, "rare": 3, "tried_and_left": 1, "left_after_release": 1, "api_only": 2, "never": 2,
        "left_rare": 1,
    },
    MANAGEMENT: {
        "regular": 1, "occasional": 1, "trained_to_occasional": 1, "rare": 2, "tried_and_left": 1, "never": 1,
        "hired_never": 1,
    },
}  # fmt: skip
PLACE = Place("musterbau", "DE", "BY", BEGIN, AS_OF, window_start(AS_OF), (RELEASE_DIP,))
ORG = Org(
    PLACE, "musterbau.example", "00D09000000MbKp", "9", UNITS, {1: 0.2, 2: 0.42, 3: 0.28, 4: 0.1}, AS_OF,
    "regular_second_account",
)  # fmt: skip
_SPANS = Spans(
    user_lists=(_FIRST_RETROSPECTIVE, AS_OF),
    screen_logins=("LoginHistory_2025H1.csv", dt.date(2025, 1, 1), _FIRST_RETROSPECTIVE),
    api_logins=("LoginHistory_2026H1.csv", dt.date(2026, 1, 1), AS_OF),
    pages=(dt.date(2025, 7, 1), AS_OF),
    api=(dt.date(2026, 6, 1), AS_OF),
)
#: Units of fewer than twenty people were asked with the larger ones.
_SURVEY = Survey("musterbau", 118, {"Vertrieb": 0.40, "Service": 0.34, "Marketing": 0.26})


def write(folder: Path, truth: Path) -> None:
    """Write the client folder and the truth."""
    people = cast(PLAN, COURSES, german_names("musterbau", 240), PLACE)
    write_client(folder, truth, people, ORG, _SPANS)
    write_answers(folder / "survey.csv", _SURVEY)
