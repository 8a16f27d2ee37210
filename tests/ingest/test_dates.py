"""Dates as clients write them; where day and month could be swapped the column is refused."""

import datetime as dt

import polars as pl
import pytest

from crmkit.errors import InputError
from crmkit.ingest.times.dates import Clock, parse

BERLIN = Clock("Europe/Berlin", "Europe/Berlin")


def read(*texts, clock=BERLIN, date_format=None):
    values = pl.Series(texts, dtype=pl.String)
    return parse(values, file="f.csv", column="Datum", clock=clock, date_format=date_format).local.to_list()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-05", dt.datetime(2026, 3, 5)),
        ("05.03.2026", dt.datetime(2026, 3, 5)),
        ("5.3.26 8:07", dt.datetime(2026, 3, 5, 8, 7)),
        ("05.03.2026, 08:07 Uhr", dt.datetime(2026, 3, 5, 8, 7)),
        ("2026-03-05T08:07:06.500Z", dt.datetime(2026, 3, 5, 9, 7, 6, 500000)),
        ("2026-07-05T08:07:06+0000", dt.datetime(2026, 7, 5, 10, 7, 6)),
        ("14.10.2019 18:00:00 MESZ", dt.datetime(2019, 10, 14, 18)),
        ("10/14/2019, 9:00:00 AM PDT", dt.datetime(2019, 10, 14, 18)),
        ("12/31/2019 12:30 AM", dt.datetime(2019, 12, 31, 0, 30)),
        ("31/12/2019 12:30", dt.datetime(2019, 12, 31, 12, 30)),
        ("20230105172045.123", dt.datetime(2023, 1, 5, 18, 20, 45, 123000)),
        ("1602842410233", dt.datetime(2020, 10, 16, 12, 0, 10, 233000)),
        ("20260305", dt.datetime(2026, 3, 5)),
    ],
)
def test_formats(text, expected):
    assert read(text) == [expected]


@pytest.mark.parametrize("text", ["", "nie", "Never", "00.00.0000", "-", "#N/A"])
def test_never_is_no_error(text):
    assert read("05.03.2026", text) == [dt.datetime(2026, 3, 5), None]


def test_the_whole_column_decides():
    assert read("03/04/2017", "25/04/2017")[0] == dt.datetime(2017, 4, 3)
    assert read("03/04/2017", "04/25/2017")[0] == dt.datetime(2017, 3, 4)


def test_ambiguous_order_is_refused(refused):
    message = (
        "f.csv: column `Datum`: every date fits day-month as well as month-day order. "
        'Say which in client.yml: `date_format: "%d/%m/%Y"` (day first) or `"%m/%d/%Y"` (month first).'
    )
    with refused(InputError, message):
        read("03/04/2017", "05/06/2017")
    assert read("03/04/2017", date_format="%m/%d/%Y") == [dt.datetime(2017, 3, 4)]


def test_wrong_format_is_counted(refused):
    message = (
        "f.csv: column `Datum`: 2 of 3 values do not fit the format `%d.%m.%Y`. "
        'Declare it in client.yml: `date_format: "%d.%m.%Y %H:%M"`.'
    )
    with refused(InputError, message):
        read("2026-01-05", "x", "05.01.2026", date_format="%d.%m.%Y")


def test_mixed_offsets_and_other_zones():
    assert read("2026-03-28T12:00:00+01:00", "2026-03-30T12:00:00+02:00") == [
        dt.datetime(2026, 3, 28, 12), dt.datetime(2026, 3, 30, 12),
    ]  # fmt: skip
    assert read("2026-03-05 23:30", clock=Clock("UTC", "Europe/Berlin")) == [dt.datetime(2026, 3, 6, 0, 30)]


def test_the_hour_that_exists_twice_and_the_one_that_does_not():
    assert read("2026-10-25 02:30", clock=Clock("Europe/Berlin", "UTC")) == [dt.datetime(2026, 10, 25, 0, 30)]
    assert read("2026-03-29 02:30", clock=Clock("Europe/Berlin", "UTC")) == [dt.datetime(2026, 3, 29, 1, 30)]
