"""Harbour & Finch Ltd: an in-house CRM that logs changes to records, not reading; tier B, English."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.chance import Chance
from generator.habits import Course, Phase
from generator.names import british_names, plain
from generator.people import Person, Place, WorkDay, cast, window_start, work_days
from generator.surveys import Survey, write_form
from generator.truth import write_truth
from generator.writing import write_csv

AS_OF = dt.date(2026, 5, 31)
_BEGIN = dt.date(2024, 3, 4)
_LOG_FROM = dt.date(2024, 6, 1)
_PLACE = Place("harbourfinch", "GB", "ENG", _BEGIN, AS_OF, window_start(AS_OF))
_DOMAIN = "harbourfinch.example"

_ALL = (
    Course("regular", (Phase(_BEGIN, "regular"),), "regular"),
    Course("regular_part_time", (Phase(_BEGIN, "regular"),), "regular", part_time=True),
    Course("occasional", (Phase(_BEGIN, "occasional"),), "occasional"),
    Course("reads_only", (), "no_write_trace", logs_in=True),
    Course("rare", (Phase(_BEGIN, "rare"),), "rare", "rare"),
    Course(
        "tried_and_left", (Phase(_BEGIN, "occasional"), Phase(dt.date(2025, 9, 1), "none", 10)), "rare", "dormant"
    ),
    Course("never", (), "rare", "never"),
    Course(
        "new", (Phase(_BEGIN, "regular"),), joins=(dt.date(2026, 3, 23), dt.date(2026, 5, 15)), assessable=False
    ),
    Course("left", (Phase(_BEGIN, "occasional"),), leaves=(dt.date(2025, 10, 1), dt.date(2026, 2, 20))),
)  # fmt: skip
_COURSES = {course.habit: course for course in _ALL}
#: Team → course → people. Assessed: 28 regular, 22 occasional, 14 without write trace, 20 rare; 6 not yet.
PLAN = {
    "Sales": {"regular": 11, "regular_part_time": 1, "occasional": 8, "reads_only": 4, "rare": 2, "tried_and_left": 2,
              "never": 2, "new": 2, "left": 2},
    "Client Services": {"regular": 9, "regular_part_time": 1, "occasional": 7, "reads_only": 4, "rare": 2,
                        "tried_and_left": 2, "never": 1, "new": 1, "left": 1},
    "Marketing": {"regular": 4, "occasional": 4, "reads_only": 2, "rare": 2, "tried_and_left": 1, "never": 1, "new": 2},
    "Operations": {"regular": 2, "occasional": 3, "reads_only": 4, "rare": 2, "tried_and_left": 1, "never": 2, "new": 1,
                   "left": 1},
}  # fmt: skip
#: Team → module → weight, for people who use all of it; those who do not stay in the first module.
_MODULES: dict[str, dict[str, float]] = {
    "Sales": {"Deals": 0.45, "Enquiries": 0.15, "Companies": 0.25, "People": 0.15},
    "Client Services": {"Tickets": 0.6, "People": 0.2, "Companies": 0.12, "Deals": 0.08},
    "Marketing": {"Mailings": 0.5, "Enquiries": 0.2, "People": 0.3},
    "Operations": {"Companies": 0.5, "Tickets": 0.3, "People": 0.2},
}
_PREFIX = {"Deals": "DL", "Enquiries": "EN", "Companies": "CO", "People": "PE", "Tickets": "TK", "Mailings": "ML"}
_ROLES = {
    "Sales": ("Account manager", "Sales support"), "Client Services": ("Case handler", "Team lead"),
    "Marketing": ("Campaign manager", "Content editor"), "Operations": ("Coordinator", "Planner"),
}  # fmt: skip
_SERVICES = ("svc.import", "svc.telephony")
_USER_HEADER = "Login name,Full name,E-mail,Team,Role,Licence,FTE,Start date,End date,Last login,Account type"
_CHANGE_HEADER = "Changed at,Changed by,Module,Record,Operation"

_SURVEY = Survey("harbourfinch", 54, {"Sales": 0.5, "Client Services": 0.5})
#: The form as it was set up: the questions in its own order.
_QUESTIONS = {
    "org_unit": "Which organisational unit do you work in?",
    "10": "I like working with the CRM.",
    "1": "The CRM helps me do my tasks better.",
    "2": "I find customer information in the CRM that I would otherwise lack.",
    "3": "Frequent steps are easy in the CRM.",
    "4": "The effort in the CRM is fair for what I get out of it.",
    "5": "I can rely on the data in the CRM.",
    "6": "I get help quickly with questions on the CRM.",
    "7": "Our managers work with the CRM themselves.",
    "8": "I know our goals for the CRM.",
    "9": "Sharing customer knowledge is normal here.",
    "11": "Our customers benefit from our working with the CRM.",
    "12": "How often do you keep customer data outside the CRM as well?",
    "13": "What makes working with the CRM hardest for you?",
    "14": "Given a free choice, I would keep using the CRM.",
}
_WORDS = {
    "1": "strongly disagree", "2": "disagree", "3": "neither agree nor disagree", "4": "agree", "5": "strongly agree",
    "cannot_judge": "cannot judge", "time": "time in day-to-day work", "handling": "handling",
    "data_quality": "quality of the data", "missing_feature": "a missing feature",
    "mobile_offline": "on the road or offline", "training": "training and practice",
    "benefit_unclear": "the benefit is unclear", "double_entry": "entering data twice",
    "none": "none of these",
}  # fmt: skip

Change = tuple[dt.datetime, str, str, str, str]


def write(folder: Path, truth: Path) -> None:
    """Write the user list, the log of changes and the truth."""
    people = cast(PLAN, _COURSES, british_names("harbourfinch", 120), _PLACE)
    days = {person.number: work_days(person, _PLACE) for person in people}
    changes = [change for person in people for day in days[person.number] for change in _changes(person, day)]
    changes += list(_imports())
    logged = sorted(change for change in changes if change[0].date() >= _LOG_FROM)
    users = [_user_row(person, days[person.number]) for person in people]
    users += [_service_row(name) for name in _SERVICES]
    write_csv(folder / "exports" / "users.csv", _USER_HEADER, sorted(users))
    rows = ((f"{time:%d/%m/%Y %H:%M}", *rest) for time, *rest in logged)
    write_csv(folder / "exports" / "record_changes.csv", _CHANGE_HEADER, rows)
    write_form(folder / "survey.xlsx", _SURVEY, began=dt.date(2026, 5, 4), questions=_QUESTIONS, words=_WORDS)
    write_truth(
        truth, [*((_login(p), _login(p), "person", p) for p in people), *((s, s, "service", None) for s in _SERVICES)]
    )


def _login(person: Person) -> str:
    return f"{plain(person.first_name)[0]}.{plain(person.surname)}"


def _user_row(person: Person, days: list[WorkDay]) -> list[str]:
    fte = len(person.weekdays) / 5
    role = Chance(*person.key(_PLACE), "role").pick(_ROLES[person.unit])
    left = f"{person.left:%d/%m/%Y}" if person.left else ""
    return [
        _login(person), person.name, f"{plain(person.first_name)}.{plain(person.surname)}@{_DOMAIN}", person.unit, role,
        "CRM full", f"{fte:.1f}", f"{person.joined:%d/%m/%Y}", left, _last_login(person, days), "person",
    ]  # fmt: skip


def _last_login(person: Person, days: list[WorkDay]) -> str:
    """Return the last login: of those who only read, some day of the last weeks."""
    if person.course.logs_in:
        day = Chance(*person.key(_PLACE), "login").day(dt.date(2026, 4, 20), dt.date(2026, 5, 29))
        return f"{day:%d/%m/%Y}"
    return f"{days[-1].date:%d/%m/%Y}" if days else ""


def _service_row(name: str) -> list[str]:
    return [name, "", "", "", "", "CRM service", "", "05/02/2018", "", f"{AS_OF:%d/%m/%Y}", "service"]


def _changes(person: Person, day: WorkDay) -> Iterator[Change]:
    chance = Chance(*person.key(_PLACE), day.date, "changes")
    modules: Mapping[str, float] = _MODULES[person.unit]
    if not day.habit.broad:
        modules = {next(iter(modules)): 1.0}
    for _ in range(1 + chance.weighted({0: 0.35, 1: 0.4, 2: 0.25})):
        module = chance.weighted(modules)
        time = dt.datetime(day.date.year, day.date.month, day.date.day, 8 + chance.below(9), chance.below(60))
        record = f"{_PREFIX[module]}-{10_000 + int(900 * chance.unit() ** 2)}"
        yield time, _login(person), module, record, "created" if chance.happens(0.2) else "changed"


def _imports() -> Iterator[Change]:
    """Yield what machines write: a nightly import, and calls noted by the telephone system."""
    for number in range((AS_OF - _LOG_FROM).days + 1):
        day = dt.datetime.combine(_LOG_FROM + dt.timedelta(days=number), dt.time(2, 15))
        for step in range(8):
            yield (
                day + dt.timedelta(minutes=step),
                "svc.import",
                "Companies",
                f"CO-{10_000 + 11 * step + number}",
                "changed",
            )
        if day.weekday() < 5:
            for hour in range(8, 18, 2):
                yield day.replace(hour=hour), "svc.telephony", "People", f"PE-{10_000 + 7 * hour + number}", "changed"
