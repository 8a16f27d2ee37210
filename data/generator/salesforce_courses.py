"""The courses of the Salesforce clients: a failed release in November 2025, a training in February 2026."""

from __future__ import annotations

import datetime as dt

from generator.habits import Course, Phase
from generator.seasons import Dip

AS_OF = dt.date(2026, 6, 28)
#: The first day that anybody's use is made up for; before it lies only the day somebody got an account.
BEGIN = dt.date(2023, 7, 3)
RELEASE = dt.date(2025, 11, 10)
TRAINING = dt.date(2026, 2, 16)
#: For four weeks the release kept four in ten active weeks from happening.
RELEASE_DIP = Dip(RELEASE, dt.date(2025, 12, 5), 0.6)
_HIRED = (dt.date(2025, 7, 14), dt.date(2026, 2, 27))
_NEW = (dt.date(2026, 4, 13), dt.date(2026, 6, 12))
_GONE = (dt.date(2025, 9, 1), dt.date(2026, 3, 31))
_GONE_EARLY = (dt.date(2025, 7, 15), dt.date(2025, 9, 30))


def _then(*steps: tuple[dt.date, str], spread_weeks: int = 2) -> tuple[Phase, ...]:
    """Return phases of which the first holds for all from `BEGIN`, the others spread over some weeks."""
    first, *others = steps
    return (Phase(*first), *(Phase(*step, spread_weeks) for step in others))


_ALL = (
    # regular today
    Course("regular", _then((BEGIN, "regular")), "regular"),
    Course("regular_part_time", _then((BEGIN, "regular")), "regular", part_time=True),
    Course("regular_second_account", _then((BEGIN, "regular")), "regular"),
    Course("trained_from_occasional", _then((BEGIN, "occasional"), (TRAINING, "regular")), "regular"),
    Course("trained_from_rare", _then((BEGIN, "rare"), (TRAINING, "regular")), "regular"),
    Course("hired_regular", _then((BEGIN, "regular")), "regular", joins=_HIRED),
    # occasional today, in one area only
    Course("occasional", _then((BEGIN, "occasional")), "occasional"),
    Course("trained_to_occasional", _then((BEGIN, "rare"), (TRAINING, "occasional")), "occasional"),
    Course("slipped_to_occasional", _then((BEGIN, "regular"), (RELEASE, "occasional")), "occasional"),
    Course("hired_occasional", _then((BEGIN, "occasional")), "occasional", joins=_HIRED),
    # works like a regular, but six weeks of leave lie in the window and nobody tells the kit
    Course(
        "regular_on_leave", _then((BEGIN, "regular")), "occasional", away=(dt.date(2026, 4, 20), dt.date(2026, 5, 31))
    ),
    # rare today
    Course("rare", _then((BEGIN, "rare")), "rare", "rare"),
    Course("slipped_to_rare", _then((BEGIN, "occasional"), (RELEASE, "rare")), "rare", "rare"),
    Course(
        "tried_and_left", _then((BEGIN, "regular"), (dt.date(2024, 6, 3), "none"), spread_weeks=36), "rare", "dormant"
    ),
    Course("left_after_release", _then((BEGIN, "occasional"), (RELEASE, "none")), "rare", "dormant"),
    Course("regular_until_release", _then((BEGIN, "regular"), (RELEASE, "none")), "rare", "dormant"),
    Course("api_only", _then((BEGIN, "regular")), "rare", "dormant", api_only=True),
    Course("away", _then((BEGIN, "occasional")), "rare", "dormant", away=(dt.date(2026, 1, 19), AS_OF)),
    Course("never", (), "rare", "never"),
    Course("hired_never", (), "rare", "never", joins=_HIRED),
    # licensed for less than 90 days
    Course("new_regular", _then((BEGIN, "regular")), joins=_NEW, assessable=False),
    Course("new_occasional", _then((BEGIN, "occasional")), joins=_NEW, assessable=False),
    # no longer there
    Course("left_regular", _then((BEGIN, "regular")), leaves=_GONE_EARLY),
    Course("left_occasional", _then((BEGIN, "occasional")), leaves=_GONE),
    Course("left_rare", _then((BEGIN, "rare")), leaves=_GONE),
)
COURSES = {course.habit: course for course in _ALL}
