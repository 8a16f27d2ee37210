"""The year of a workforce: public holidays, school holidays with their leave, bad weeks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from dateutil.easter import easter

from generator.chance import Chance

WEEK = dt.timedelta(days=7)
#: Share of weeks lost to illness.
_ILL = 0.012


@dataclass(frozen=True)
class Season:
    """Weeks in which many people are away at the same time."""

    name: str
    mondays: tuple[dt.date, ...]
    share_away: float


@dataclass(frozen=True)
class Dip:
    """Weeks in which the CRM itself kept people off: an active week stays active with `keep`."""

    first: dt.date
    last: dt.date
    keep: float


def monday_of(day: dt.date) -> dt.date:
    """Return the Monday of a day's ISO week."""
    return day - dt.timedelta(days=day.weekday())


def mondays(first: dt.date, last: dt.date) -> list[dt.date]:
    """Return all Mondays of the weeks from one day to another."""
    start = monday_of(first)
    return [start + n * WEEK for n in range((monday_of(last) - start).days // 7 + 1)]


@cache
def public_holidays(country: str, subdivision: str, year: int) -> frozenset[dt.date]:
    """Return the public holidays of a year."""
    import holidays

    return frozenset(holidays.country_holidays(country, subdiv=subdivision or None, years=year))


def working_days(monday: dt.date, *, country: str, subdivision: str) -> list[dt.date]:
    """Return Monday to Friday without public holidays."""
    days = [monday + dt.timedelta(days=n) for n in range(5)]
    return [day for day in days if day not in public_holidays(country, subdivision, day.year)]


def leave_weeks(key: tuple[object, ...], first: dt.date, last: dt.date) -> set[dt.date]:
    """Return the Mondays of the weeks that a person is away: leave with the seasons, and now and then ill."""
    away: set[dt.date] = set()
    for year in range(first.year - 1, last.year + 1):
        chance = Chance(*key, "leave", year)
        for season in _seasons(year):
            away.update(monday for monday in season.mondays if chance.happens(season.share_away))
        away.update(_summer(chance, year))
    chance = Chance(*key, "ill")
    away.update(monday for monday in mondays(first, last) if chance.happens(_ILL))
    return away


def _seasons(year: int) -> list[Season]:
    """Return the seasons of a year, near enough to school holidays in southern Germany."""
    good_friday_week = monday_of(easter(year) - dt.timedelta(days=2))
    whitsun = monday_of(easter(year) + dt.timedelta(days=50))
    carnival = monday_of(easter(year) - dt.timedelta(days=47))
    autumn = monday_of(dt.date(year, 10, 31))
    christmas = monday_of(dt.date(year, 12, 24))
    return [
        Season("carnival", (carnival,), 0.12),
        Season("easter", (good_friday_week, good_friday_week + WEEK), 0.28),
        Season("whitsun", (whitsun, whitsun + WEEK), 0.22),
        Season("autumn", (autumn,), 0.25),
        Season("christmas", (christmas, christmas + WEEK), 0.88),
        Season("epiphany", (christmas + 2 * WEEK,), 0.3),
    ]


def _summer(chance: Chance, year: int) -> list[dt.date]:
    """Return two or three weeks in a row between mid-July and mid-September."""
    start = monday_of(dt.date(year, 7, 15)) + chance.below(8) * WEEK
    return [start + n * WEEK for n in range(2 + chance.happens(0.4))]
