"""Dates in the forms in which clients send them, and columns that nobody can read for certain."""

import datetime as dt

import polars as pl
import pytest

import crmkit
from crmkit.errors import InputError
from crmkit.ingest.times.dates import Clock, parse

BERLIN = Clock("Europe/Berlin", "Europe/Berlin")
LAST = dt.date(2027, 6, 29)


def read(values, **options):
    return parse(
        pl.Series(values, dtype=pl.String), file="l.csv", column="c", clock=BERLIN, **{"last": LAST, **options}
    )


def texts(values, **options):
    return [str(value) if value else None for value in read(values, **options).local]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["5. März 2026", "31. Dez. 2025", "nie"], ["2026-03-05 00:00:00", "2025-12-31 00:00:00", None]),
        (["05-Mar-26", "17-Oct-25"], ["2026-03-05 00:00:00", "2025-10-17 00:00:00"]),
        (["Mar 5, 2026, 2:30 PM", "March 15th, 2026 11:05 AM"], ["2026-03-05 14:30:00", "2026-03-15 11:05:00"]),
        (["5. Juni 2026 um 14:30 Uhr"], ["2026-06-05 14:30:00"]),
        (["Mo, 05.03.2026 14:30"], ["2026-03-05 14:30:00"]),
        (["46188", "46188,5"], ["2026-06-15 00:00:00", "2026-06-15 12:00:00"]),
        (["134265600000000000"], ["2026-06-22 02:00:00"]),
        (["01.09.87", "01.03.26"], ["1987-09-01 00:00:00", "2026-03-01 00:00:00"]),
        # without fractions it is anybody's wall time, with them Salesforce's UTC
        (["20260628233000"], ["2026-06-28 23:30:00"]),
        (["20260628223000.123"], ["2026-06-29 00:30:00.123000"]),
        (["2026-06-01 12:00:00,123"], ["2026-06-01 12:00:00.123000"]),
        # ISO beside German cannot be mistaken
        (["2026-06-02"] * 3 + ["25.06.2026 09:30"], ["2026-06-02 00:00:00"] * 3 + ["2026-06-25 09:30:00"]),
        (["13/12/2025 9:00", "01/02/2026 9:00"], ["2025-12-13 09:00:00", "2026-02-01 09:00:00"]),
        (["10/14/2026, 9:00:00 AM PDT"], ["2026-10-14 18:00:00"]),
    ],
)
def test_forms(values, expected):
    assert texts(values) == expected


def test_both_orders_in_one_column_are_refused(refused):
    """A vote would move the dates of which nobody knows: they are most."""
    values = ["02/02/2026 09:00", "03/04/2026 10:00"] * 45 + ["13/06/2026 09:00"] * 3 + ["06/13/2026 09:00"] * 2
    message = (
        "l.csv: column `c`: 3 dates can only be day-month, 2 only month-day, so that nobody can know the others. "
        "Ask for the export again with one order, such as 2026-06-30."
    )
    with refused(InputError, message):
        read(values)


@pytest.mark.parametrize(
    "values", [["03/04/2026", "05/06/2026"], ["26/06/11", "26/05/30", "26/04/02", "26/03/17"]]
)  # fmt: skip
def test_what_may_be_swapped_is_asked(values):
    with pytest.raises(InputError, match=r"Say which in client\.yml: `date_format"):
        read(values)


@pytest.mark.parametrize("day", ["1900-01-01", "2099-12-31", "2031-06-25"])
def test_days_that_cannot_be(day):
    parsed = read(["2026-06-01", day])
    assert [str(value) if value else None for value in parsed.local] == ["2026-06-01 00:00:00", None]
    assert parsed.implausible.to_list() == [False, True]


def test_dates_of_a_user_list_that_are_none_are_counted(folder_of):
    rows = "".join(f"u{n};2026-06-{n + 1:02d};01.09.87\n" for n in range(24)) + "u30;gestern;01.01.1900\n"
    folder = folder_of(
        ["{file: exports/u.csv, reader: generic.users}"], {"exports/u.csv": "Kennung;Last login;Eintritt\n" + rows}
    )
    made = crmkit.ingest.read_exports(folder)
    changed = made.ledger[made.ledger["step"] == "change"].set_index("reason")["n_rows"]
    assert changed.to_dict() == {"implausible_date": 1, "unreadable_date": 1}
    assert made.users["first_active"].dt.year.dropna().unique().tolist() == [1987]


def test_the_end_of_a_contract_may_lie_ahead(folder_of):
    text = "Kennung;Austritt\nu1;31.12.2031\nu2;31.12.9999\n"
    made = crmkit.ingest.read_exports(
        folder_of(["{file: exports/u.csv, reader: generic.users}"], {"exports/u.csv": text})
    )
    assert sorted(str(day)[:10] for day in made.assignments["to_date"]) == ["2031-12-31", "NaT"]
