"""How far the figures depend on limits, windows, chance and missing people: a client worked out by hand."""

import datetime as dt
from dataclasses import replace
from math import ceil, floor

import numpy as np
import pandas as pd
import pandas.testing as pdt
import pytest

from crmkit.method import firmness
from crmkit.method.definition import Definition
from crmkit.method.window import seasons, weeks_of

#: Group → people, weeks in which they worked, counted back from the last (0). Segments with a window of 12 weeks.
GROUPS = {
    "a": (10, range(12)),  # regular: 12 of 12
    "f": (8, range(8)),  # regular: just 8 of 12
    "b": (7, range(7)),  # occasional: 7 of 12
    "c": (6, range(3)),  # occasional: just 3 of 12
    "g": (6, (9, 10)),  # rare: 2 of 12, none of the last 8
    "d": (9, ()),  # rare: never
}
#: 46 people are assessed: 18 regular, 13 occasional, 15 rare; 5 more are new.
N, N_USED, N_REGULAR, N_NEW = 46, 31, 18, 5


def in_weeks(user: str, weeks) -> pd.DataFrame:
    """Return one person-day on the Tuesday of each of these weeks, counted back from the last."""
    dates = [pd.Timestamp("2026-06-23") - pd.Timedelta(weeks=week) for week in weeks]
    return pd.DataFrame({"user_id": user, "date": pd.to_datetime(dates), "source": "log", "area": "sales", "n_view": 1})


@pytest.fixture
def ranges(client_of, people_tables):
    """Return a function that makes the ranges of a client from groups of people."""

    def make(groups=GROUPS, *, n_new: int = N_NEW, **options) -> pd.DataFrame:
        people = {f"{group}{n}": weeks for group, (size, weeks) in groups.items() for n in range(size)}
        new = [f"new{n}" for n in range(n_new)]
        tables = people_tables([*people, *new])
        is_new = tables["assignments"]["user_id"].isin(new)
        tables["assignments"].loc[is_new, "from_date"] = pd.Timestamp("2026-05-04")
        work = pd.concat([in_weeks(user, weeks) for user, weeks in people.items()])
        return firmness.ranges(client_of(activity=work, **tables, **options))

    return make


def outwards(low: float, high: float) -> tuple[float, float]:
    """Return a range in whole percent, rounded so that nobody can be counted from it."""
    return floor(100 * low) / 100, ceil(100 * high) / 100


def test_the_whole_table(ranges):
    """Limits one week lower: b and f are regular too, g is occasional. Higher: only a is regular, c is rare.

    In 8 weeks f (8 of 8) and b (7 of 8) are regular, c is occasional, g is rare; in 16 weeks only a (12 of 16) is
    regular, f (8 of 16) and b (7 of 16) are occasional, c (3 of 16) is rare.
    """
    rows = [
        ("usage_rate", "threshold", N_USED, N, *outwards(25 / 46, 37 / 46)),
        ("usage_rate", "window", N_USED, N, floor(100 * 25 / 46) / 100, 31 / 46),
        ("usage_rate", "data", N_USED, N, *outwards(31 / 51, 36 / 51)),
        ("regular_share", "threshold", N_REGULAR, N, *outwards(10 / 46, 25 / 46)),
        ("regular_share", "window", N_REGULAR, N, *outwards(10 / 46, 25 / 46)),
        ("regular_share", "data", N_REGULAR, N, *outwards(18 / 51, 23 / 51)),
    ]
    expected = pd.DataFrame(rows, columns=["metric", "kind", "n", "n_total", "low_share", "high_share"])
    expected.insert(4, "share", expected["n"] / expected["n_total"])
    table = ranges()
    pdt.assert_frame_equal(table.frame.query("kind != 'behaviour'").reset_index(drop=True), expected)
    assert (table.name, table.tier, table.population) == ("firmness", "A", "assessed")
    assert table.window == (dt.date(2026, 4, 6), dt.date(2026, 6, 28))
    assert table.notes == ()


def test_every_range_holds_its_value_and_is_part_of_the_whole(ranges):
    for groups in (GROUPS, {"b": (6, range(0, 12, 2))}, {"a": (10, range(16)), "d": (10, ())}):
        frame = ranges(groups).frame
        assert frame["low_share"].between(0, frame["share"]).all()
        assert frame["high_share"].between(frame["share"], 1).all()
        assert frame["kind"].tolist() == ["threshold", "window", "behaviour", "data"] * 2


def test_certain_habits_do_not_depend_on_the_definition(ranges):
    frame = ranges({"a": (10, range(16)), "d": (10, ())}, n_new=0).frame.query("kind != 'behaviour'")
    assert (frame["low_share"] == 0.5).all() and (frame["high_share"] == 0.5).all()


def row_of(frame: pd.DataFrame, metric: str, kind: str) -> list[float]:
    columns = ["share", "low_share", "high_share"]
    return frame.set_index(["metric", "kind"]).loc[(metric, kind), columns].tolist()


@pytest.mark.parametrize(("size", "low"), [(4, 14 / 24), (5, 0.4)])
def test_fewer_than_five_people_are_no_difference(ranges, size, low):
    """With limits one week higher, those who were just occasional are rare."""
    frame = ranges({"a": (10, range(16)), "c": (size, range(3)), "d": (10, ())}, n_new=0).frame
    share = (10 + size) / (20 + size)
    assert row_of(frame, "usage_rate", "threshold") == [share, low, share]


@pytest.mark.parametrize(("n_new", "shown"), [(4, False), (5, True)])
def test_fewer_than_five_missing_people_are_none(ranges, n_new, shown):
    frame = ranges({"a": (10, range(16)), "d": (10, ())}, n_new=n_new).frame
    expected = [0.5, 10 / 25, 15 / 25] if shown else [0.5, 0.5, 0.5]
    assert row_of(frame, "usage_rate", "data") == expected


def test_the_k_of_the_client_holds(ranges):
    groups = {"a": (10, range(16)), "c": (6, range(3)), "d": (10, ())}
    frame = ranges(groups, n_new=6, settings="privacy: {k: 7}\n").frame
    assert row_of(frame, "usage_rate", "threshold") == [16 / 26] * 3
    assert row_of(frame, "usage_rate", "data") == [16 / 26] * 3


def test_no_rows_without_assessed_people(client_of, people_tables):
    tables = people_tables([f"new{n}" for n in range(6)])
    tables["assignments"]["from_date"] = pd.Timestamp("2026-05-04")
    table = firmness.ranges(client_of(**tables))
    assert table.frame.empty
    assert list(table.frame) == ["metric", "kind", "n", "n_total", "share", "low_share", "high_share"]
    assert table.notes == ()


def test_limits_stay_shares():
    rule = Definition()
    assert firmness.limits(rule) == [
        replace(rule, regular_share=8 / 12 - 1 / 12, occasional_share=0.25 - 1 / 12),
        replace(rule, regular_share=8 / 12 + 1 / 12, occasional_share=0.25 + 1 / 12),
    ]
    ends = firmness.limits(Definition(regular_share=1.0, occasional_share=1 / 12))
    assert [limit.regular_share for limit in ends] == [1 - 1 / 12, 1.0]
    assert [limit.occasional_share for limit in ends] == [1 / 12, 2 / 12]


@pytest.mark.parametrize(("regular", "occasional"), [(12, 11), (2, 1)])
def test_limits_that_lie_a_week_apart(regular, occasional):
    """A rule that the settings allow (2 and 1 of 12 weeks) is moved by a week only where that is possible."""
    found = firmness.limits(Definition(regular_share=regular / 12, occasional_share=occasional / 12))
    assert len(found) == 1
    assert found[0].regular_share > found[0].occasional_share


@pytest.mark.parametrize(
    ("metric", "expected"),
    [("regular_share", (0.25 + 0.16) ** 0.5), ("usage_rate", (0.09 + 0.0) ** 0.5),
     ("regular_users", (0.25 + 0.16) ** 0.5), ("active_users", (0.09 + 0.0) ** 0.5)],
)  # fmt: skip
def test_noise(metric, expected):
    """Two people and one who cannot be assessed: the variance is the sum of p (1 − p)."""
    chances = np.array([[0.5, 0.4, 0.1], [0.8, 0.2, 0.0], [np.nan] * 3])
    assert firmness.noise(chances, metric) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        # Summer: 15 July to 15 September, from three weeks on.
        ("2026-06-28", ()),
        ("2026-07-26", ()),
        ("2026-08-02", ("summer_window",)),
        ("2026-09-20", ("summer_window",)),
        # The weeks from 24 August on hold four of summer, those from 7 September two.
        ("2026-11-15", ("summer_window",)),
        ("2026-11-22", ("summer_window",)),
        ("2026-11-29", ()),
        # Christmas: 24 December to New Year's Day, Monday to Friday.
        ("2026-12-20", ()),
        ("2026-12-27", ("christmas_window",)),
        ("2027-01-03", ("christmas_window",)),
        ("2027-03-21", ("christmas_window",)),
        ("2027-03-28", ()),
    ],
)
def test_seasons(as_of, expected):
    assert seasons(weeks_of(dt.date.fromisoformat(as_of))) == expected


def test_seasons_are_noted(ranges):
    table = ranges({"a": (10, range(16)), "d": (10, ())}, n_new=0, as_of="2026-01-04")
    assert table.notes == ("christmas_window",)
