"""People, and the days on which they work in the CRM."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.chance import Chance
from generator.habits import HABITS, Course, Habit, Phase
from generator.seasons import WEEK, Dip, leave_weeks, monday_of, mondays, working_days

_ALL_WEEK = (0, 1, 2, 3, 4)


@dataclass(frozen=True)
class Place:
    """Where and when a workforce lives: its public holidays and the bad weeks of its CRM.

    `anchor` is the Monday from which the blocks of habits are counted: the first of the window.
    """

    client: str
    country: str
    subdivision: str
    first: dt.date
    last: dt.date
    anchor: dt.date
    dips: tuple[Dip, ...] = ()


@dataclass(frozen=True)
class Person:
    """Somebody who has, or had, an account."""

    number: int
    first_name: str
    surname: str
    unit: str
    course: Course
    joined: dt.date
    left: dt.date | None
    weekdays: tuple[int, ...] = _ALL_WEEK

    @property
    def name(self) -> str:
        """First name and surname."""
        return f"{self.first_name} {self.surname}"

    def key(self, place: Place) -> tuple[object, ...]:
        """Return what this person's chance depends on."""
        return (place.client, self.number, self.surname)


@dataclass(frozen=True)
class WorkDay:
    """A day on which somebody worked in the CRM; `opens_week`: the first one of the week."""

    date: dt.date
    habit: Habit
    opens_week: bool


def cast(
    plan: dict[str, dict[str, int]], courses: dict[str, Course], names: list[tuple[str, str]], place: Place
) -> list[Person]:
    """Return the people of a plan.

    Parameters
    ----------
    plan
        Unit → course → number of people.
    courses
        The courses by name.
    names
        At least as many names as people.
    place
        Where they live.

    Returns
    -------
    list of Person
        In mixed order, as accounts are made over the years.
    """
    roles = [
        (unit, course) for unit, counts in plan.items() for course, number in counts.items() for _ in range(number)
    ]
    mixed = Chance(place.client, "order").shuffled(roles)
    return [
        _person(number, name, unit, courses[course], place)
        for number, (name, (unit, course)) in enumerate(zip(names, mixed, strict=False), start=1)
    ]


def _person(number: int, name: tuple[str, str], unit: str, course: Course, place: Place) -> Person:
    chance = Chance(place.client, number, "contract")
    joined = chance.day(*(course.joins or (dt.date(2019, 3, 4), dt.date(2023, 11, 30))))
    left = chance.day(*course.leaves) if course.leaves else None
    n_days = 2 + chance.happens(0.6) if course.part_time else 5
    return Person(number, *name, unit, course, joined, left, tuple(chance.some(_ALL_WEEK, n_days)))


def work_days(person: Person, place: Place) -> list[WorkDay]:
    """Return the days on which a person works in the CRM, from `place.first` to `place.last`."""
    key = person.key(place)
    phases = _own_phases(person, key)
    away = leave_weeks(key, place.first, place.last)
    days: list[WorkDay] = []
    for monday in mondays(max(place.first, person.joined), min(place.last, person.left or place.last)):
        name = _habit_on(phases, monday)
        if monday in away or _is_away(person, monday) or not _is_active(key, name, monday, place):
            continue
        days.extend(_days_of_week(person, place, name, monday))
    return days


def _own_phases(person: Person, key: tuple[object, ...]) -> list[Phase]:
    chance = Chance(*key, "phases")
    return [
        Phase(phase.since + chance.below(phase.spread_weeks + 1) * WEEK, phase.habit) for phase in person.course.phases
    ]


def _habit_on(phases: list[Phase], monday: dt.date) -> str:
    begun = [phase.habit for phase in phases if phase.since <= monday]
    return begun[-1] if begun else "none"


def _is_away(person: Person, monday: dt.date) -> bool:
    span = person.course.away
    return span is not None and span[0] <= monday <= span[1]


def _is_active(key: tuple[object, ...], name: str, monday: dt.date, place: Place) -> bool:
    """Tell whether a week is one of the active ones of its block."""
    habit = HABITS[name]
    block, position = divmod((monday - place.anchor).days // 7, habit.block_weeks)
    chance = Chance(*key, name, block)
    n_active = chance.weighted(habit.active_weeks)
    if position not in chance.some(range(habit.block_weeks), n_active):
        return False
    chance = Chance(*key, "dip", monday)
    return all(chance.happens(dip.keep) for dip in place.dips if dip.first <= monday <= dip.last)


def _days_of_week(person: Person, place: Place, name: str, monday: dt.date) -> list[WorkDay]:
    key = person.key(place)
    pace = Chance(*key, name, "pace").weighted(HABITS[name].paces)
    chance = Chance(*key, "days", monday)
    free = working_days(monday, country=place.country, subdivision=place.subdivision)
    last = min(place.last, person.left or place.last)
    present = [day for day in free if day.weekday() in person.weekdays and person.joined <= day <= last]
    n_days = max(1, pace + chance.weighted({-1: 0.25, 0: 0.5, 1: 0.25}))
    chosen = chance.some(present, n_days)
    return [WorkDay(day, HABITS[name], opens_week=position == 0) for position, day in enumerate(chosen)]


def window_start(as_of: dt.date) -> dt.date:
    """Return the first Monday of the twelve complete weeks that end on or before a day."""
    last_sunday = as_of - dt.timedelta(days=as_of.isoweekday() % 7)
    return monday_of(last_sunday) - 11 * WEEK
