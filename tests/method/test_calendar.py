"""Working days of a week, by state, town and company."""

import pandas as pd
import pytest

from crmkit.errors import MethodError
from crmkit.method import calendar, panel
from crmkit.settings import Calendar

#: 1 January and Epiphany, Corpus Christi, Peace Festival and Assumption on two Fridays, Reformation, Repentance.
WEEKS = {
    "Epiphany": "2025-01-06", "Labour Day": "2025-04-28", "Corpus Christi": "2025-06-16",
    "Peace Festival": "2025-08-04", "Assumption": "2025-08-11", "Reformation": "2025-10-27",
    "Repentance": "2025-11-17", "Christmas": "2025-12-22",
}  # fmt: skip


def days(*mondays: str, subdivision: str = "", country: str = "DE", **calendar_days: list[str]) -> list[float]:
    own = Calendar(**calendar_days) if calendar_days else None
    found = calendar.working_days(
        pd.DatetimeIndex(mondays), country=country, subdivision=subdivision, calendar=own
    )  # fmt: skip
    return found.tolist()


@pytest.mark.parametrize(
    ("subdivision", "expected"),
    [
        # Epiphany, Labour Day, Corpus Christi, Peace Festival, Assumption, Reformation, Repentance, Christmas
        ("", [5, 4, 5, 5, 5, 5, 5, 3]),
        ("BY", [4, 4, 4, 5, 5, 5, 5, 3]),
        ("BY/catholic", [4, 4, 4, 5, 4, 5, 5, 3]),
        ("Augsburg", [4, 4, 4, 4, 4, 5, 5, 3]),
        ("BW", [4, 4, 4, 5, 5, 5, 5, 3]),
        ("NW", [5, 4, 4, 5, 5, 5, 5, 3]),
        ("SL", [5, 4, 4, 5, 4, 5, 5, 3]),
        ("SN", [5, 4, 5, 5, 5, 4, 4, 3]),
        ("SN/catholic", [5, 4, 4, 5, 5, 4, 4, 3]),
        ("TH", [5, 4, 5, 5, 5, 4, 5, 3]),
        ("HH", [5, 4, 5, 5, 5, 4, 5, 3]),
        ("BE", [5, 4, 5, 5, 5, 5, 5, 3]),
        ("BE/catholic", [5, 4, 5, 5, 5, 5, 5, 3]),
    ],
)
def test_working_days_by_state(subdivision, expected):
    assert days(*WEEKS.values(), subdivision=subdivision) == expected


def test_codes_as_iso_writes_them():
    weeks = list(WEEKS.values())
    assert days(*weeks, subdivision="DE-BY/catholic") == days(*weeks, subdivision="BY/catholic")


def test_other_countries_have_their_own():
    """26 October is free in Austria, in 2026 a Monday; Labour Day is free in both."""
    assert days("2026-04-27", "2026-10-26", country="AT") == [4, 4]
    assert days("2026-04-27", "2026-10-26", country="DE") == [4, 5]


def test_a_holiday_on_a_weekend_takes_no_day():
    """Assumption 2026 and the Peace Festival 2026 are Saturdays, the third of October 2027 is a Sunday."""
    assert days("2026-08-03", "2026-08-10", "2027-09-27", subdivision="Augsburg") == [5, 5, 5]


def test_half_days_every_year():
    christmas = ["2024-12-23", "2025-12-22", "2026-12-21", "2026-12-28"]
    assert days(*christmas, subdivision="BY") == [3, 3, 4, 4]
    assert days(*christmas, subdivision="BY", half_days=["12-24", "12-31"]) == [2.5, 2.5, 3.5, 3.5]


def test_half_days_of_one_year():
    assert days("2025-12-22", "2026-12-21", half_days=["2026-12-24"]) == [3, 3.5]


def test_free_days_every_year_and_of_one_year():
    weeks = ["2025-02-24", "2026-02-16", "2027-02-08"]  # Shrove Monday is another day each year
    assert days(*weeks, free_days=["2026-02-16"]) == [5, 4, 5]
    assert days(*weeks, free_days=["02-16", "02-25"]) == [4, 4, 5]


def test_the_leap_day():
    assert days("2024-02-26", "2023-02-27", free_days=["02-29"]) == [4, 5]


@pytest.mark.parametrize(
    ("half_days", "free_days", "expected"),
    [
        # A free day is free, whatever else is said of it; a holiday too; a weekend is no working day.
        (["12-24"], ["12-24"], 2.0),
        (["12-25"], [], 3.0),
        ([], ["12-25", "12-26"], 3.0),
        (["12-27"], ["12-28"], 3.0),
        (["12-22", "12-23", "12-24"], [], 1.5),
        ([], ["12-22", "12-23", "12-24"], 0.0),
        (["12-24", "12-24", "2025-12-24"], [], 2.5),
    ],
)
def test_days_that_are_free_twice(half_days, free_days, expected):
    assert days("2025-12-22", subdivision="BY", half_days=half_days, free_days=free_days) == [expected]


def test_a_week_over_new_year():
    """Monday to Wednesday are of the old year, New Year's Day is of the new one."""
    assert days("2025-12-29", "2026-01-05", subdivision="BY") == [4, 4]
    assert days("2025-12-29", subdivision="BY", free_days=["12-31", "01-02"]) == [2]


@pytest.mark.parametrize(
    ("country", "subdivision"),
    [("DE", "XX"), ("DE", "München"), ("DE", "BY/protestant"), ("DE", "BY "),
     ("XX", ""), ("AT", "BY")],
)  # fmt: skip
def test_an_unknown_state_is_refused(country, subdivision, refused):
    message = f'public holidays of country "{country}", subdivision "{subdivision}" are not known.'
    with refused(MethodError, message):
        days("2026-06-22", country=country, subdivision=subdivision)


def test_an_unknown_state_in_a_span_has_the_holidays_of_the_country(people_tables, days_in_weeks):
    """A place in a user list that nobody knows stops no report."""
    tables = people_tables(["a", "b"], subdivision=["", "Bavaria"])
    activity = pd.concat([days_in_weeks(user, 12) for user in "ab"])
    weeks = panel.weekly(activity, tables, as_of="2026-06-28")
    assert (
        weeks.loc[weeks["user_id"] == "a", "reason"].tolist() == weeks.loc[weeks["user_id"] == "b", "reason"].tolist()
    )
