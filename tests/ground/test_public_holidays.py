"""What client.yml says of a place → its public holidays, one reading for the log's gaps and for working days."""

import datetime as dt
import re

import pytest

from crmkit.errors import MethodError
from crmkit.public_holidays import public_holidays

EPIPHANY, ASSUMPTION, PEACE = dt.date(2026, 1, 6), dt.date(2026, 8, 15), dt.date(2026, 8, 8)


@pytest.mark.parametrize(
    ("subdivision", "expected"),
    [
        ("", [False, False, False]),
        ("BY", [True, False, False]),
        ("by", [True, False, False]),
        ("DE-BY", [True, False, False]),
        ("BY/catholic", [True, True, False]),
        ("Augsburg", [True, True, True]),
    ],
)
def test_days_of_a_place(subdivision, expected):
    found = public_holidays("DE", subdivision, [2026])
    assert [day in found for day in (EPIPHANY, ASSUMPTION, PEACE)] == expected


def test_only_the_years_asked_for():
    assert {day.year for day in public_holidays("DE", "BY", range(2025, 2027))} == {2025, 2026}
    assert public_holidays("DE", "BY", []) == []


@pytest.mark.parametrize(("country", "subdivision"), [("XX", ""), ("DE", "ZZ"), ("DE", "BY/protestant")])
def test_a_place_that_is_not_known(country, subdivision):
    message = f'public holidays of country "{country}", subdivision "{subdivision}" are not known.'
    with pytest.raises(MethodError, match=f"^{re.escape(message)}$"):
        public_holidays(country, subdivision, [2026])
