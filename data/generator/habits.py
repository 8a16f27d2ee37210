"""Habits: how often somebody works in the CRM, in words that a program can follow.

A habit repeats in blocks of weeks: in every block a number of weeks is active, which ones is chance. So a
habit stays clear of the thresholds between segments, yet no two people look alike.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Habit:
    """A rhythm of use.

    Attributes
    ----------
    block_weeks
        Length of a block.
    active_weeks
        Active weeks of a block → probability.
    paces
        Usual active days of an active week → share of the people with this habit.
    broad
        True: works in all areas of the role; False: in one area only.
    """

    block_weeks: int = 1
    active_weeks: Mapping[int, float] = field(default_factory=lambda: {0: 1.0})
    paces: Mapping[int, float] = field(default_factory=lambda: {1: 1.0})
    broad: bool = False


HABITS: dict[str, Habit] = {
    # 11 to 12 of 12 weeks, less leave: stays above 8
    "regular": Habit(4, {4: 0.92, 3: 0.08}, {1: 0.14, 2: 0.33, 3: 0.33, 4: 0.20}, broad=True),
    # about 6 of 12 weeks, less leave: between 3 and 7
    "occasional": Habit(4, {1: 0.08, 2: 0.84, 3: 0.08}, {1: 0.65, 2: 0.35}),
    # 1 or 2 of 12 weeks: below 3, in nearly every window
    "rare": Habit(8, {1: 1.0}),
    "none": Habit(),
}


@dataclass(frozen=True)
class Phase:
    """From a day on, somebody follows a habit; `spread_weeks` says how far people differ in it."""

    since: dt.date
    habit: str
    spread_weeks: int = 0


@dataclass(frozen=True)
class Course:
    """How the use of one kind of people has run, and what the kit should find at ``as_of``.

    Attributes
    ----------
    habit
        Name of the kind, as it stands in the truth.
    phases
        What they did since when, in order.
    segment, detail
        What the kit's definition gives at ``as_of``; both empty for people outside the population.
    joins, leaves
        Span of days in which they join or leave; None: long ago, or not at all.
    away
        Absence of many weeks (parental leave, illness): nobody tells the kit.
    assessable
        False within 90 days of the first licence.
    api_only
        They reach the CRM through a spreadsheet add-in's API only.
    logs_in
        They log in now and then without leaving any other trace.
    part_time
        They work two or three days a week, always the same.
    """

    habit: str
    phases: tuple[Phase, ...] = ()
    segment: str = ""
    detail: str = ""
    joins: tuple[dt.date, dt.date] | None = None
    leaves: tuple[dt.date, dt.date] | None = None
    away: tuple[dt.date, dt.date] | None = None
    assessable: bool = True
    api_only: bool = False
    logs_in: bool = False
    part_time: bool = False
