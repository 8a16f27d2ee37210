"""Who moved between two days: a client of eleven people worked out by hand, and which days are compared."""

import datetime as dt

import pandas as pd
import pandas.testing as pdt
import pytest

from crmkit import privacy
from crmkit.client import Client
from crmkit.method import movement

BEFORE, AFTER = dt.date(2026, 4, 5), dt.date(2026, 6, 28)
AGREED = "privacy: {agreement: BV 7/2025}\n"
#: Mondays of the two windows of 12 weeks.
THEN = pd.date_range("2026-01-12", periods=12, freq="7D")
NOW = pd.date_range("2026-04-06", periods=12, freq="7D")
ALL, NONE, HALF = range(12), (), range(6)
#: Person → weeks with work in the first window and in the second.
WORK = {
    "always": (ALL, ALL),  # regular → regular
    "fell": (ALL, (0,)),  # regular → rare
    "half 1": (HALF, HALF),  # occasional → occasional
    "half 2": (HALF, HALF),
    "half 3": (HALF, HALF),
    "joined": (NONE, ALL),  # licence since May: not there, then not assessable
    "left": (ALL, NONE),  # gone since June
    "never": (NONE, NONE),  # rare → rare
    "new": (ALL, ALL),  # licence since February: not assessable, then regular
    "rose": (HALF, ALL),  # occasional → regular
    "started": (NONE, (3, 4, 5, 6)),  # rare → occasional
}


@pytest.fixture
def client(client_of, people_tables):
    """Return the client; its log begins on 5 January 2026, so that a window back is the only earlier day."""
    tables = people_tables(list(WORK), covered=("2026-01-05", "2026-06-28"))
    spans = tables["assignments"].set_index("user_id")
    spans.loc["left", "to_date"] = pd.Timestamp("2026-05-31")
    spans.loc["joined", "from_date"] = pd.Timestamp("2026-05-04")
    spans.loc["new", "from_date"] = pd.Timestamp("2026-02-02")
    tables["assignments"] = spans.reset_index()
    rows = [
        (user, mondays[week] + pd.Timedelta(days=1))
        for user, windows in WORK.items()
        for mondays, weeks in zip((THEN, NOW), windows, strict=True)
        for week in weeks
    ]
    activity = pd.DataFrame(rows, columns=["user_id", "date"]).assign(source="log", n_view=1)
    return client_of(activity=activity, settings=AGREED, **tables)


def test_migration(client):
    rows = [
        ("regular", "regular", 1, 2, 0.5),
        ("regular", "occasional", 0, 2, 0.0),
        ("regular", "rare", 1, 2, 0.5),
        ("occasional", "regular", 1, 4, 0.25),
        ("occasional", "occasional", 3, 4, 0.75),
        ("occasional", "rare", 0, 4, 0.0),
        ("rare", "regular", 0, 2, 0.0),
        ("rare", "occasional", 1, 2, 0.5),
        ("rare", "rare", 1, 2, 0.5),
    ]
    expected = pd.DataFrame(rows, columns=["segment_before", "segment_after", "n", "n_total", "share"])
    expected.insert(0, "before_date", pd.Timestamp(BEFORE))
    expected.insert(1, "after_date", pd.Timestamp(AFTER))
    table = movement.migration(client)
    pdt.assert_frame_equal(table.frame.drop(columns="expected_share"), expected, check_dtype=False)
    assert (table.name, table.tier, table.partition, table.summed) == ("migration", "A", "segment_after", True)
    assert table.derived == {"share": ("n", "n_total"), "expected_share": ("n", "n_total")}
    likely = table.frame.set_index(["segment_before", "segment_after"])["expected_share"]
    assert all(likely[code].idxmax() == code for code in ("regular", "occasional", "rare"))


def test_movement(client):
    """Eight people are assessed on both days; of those who joined or left no total is told."""
    table = movement.movement(client)
    found = table.frame.set_index("kind")
    assert found["n"].drop("expected").to_dict() == {"joined": 1, "left": 1, "lapsed": 1, "reactivated": 1, "moved": 3}
    assert found["n_total"].dropna().to_dict() == dict.fromkeys(["lapsed", "reactivated", "moved", "expected"], 8)
    assert found["share"].drop("expected").dropna().to_dict() == {"lapsed": 0.125, "reactivated": 0.125, "moved": 0.375}
    assert 0 < found.loc["expected", "n"] < 4
    assert (table.name, table.window) == ("movement", (dt.date(2026, 4, 6), AFTER))


def test_every_row_of_a_migration_adds_up(client):
    rows = movement.migration(client).frame.groupby("segment_before")
    assert rows["n"].sum().tolist() == rows["n_total"].first().tolist()
    assert rows[["share", "expected_share"]].sum().to_numpy() == pytest.approx(1.0)


def test_without_an_earlier_day_there_is_no_movement(client_of, people_tables):
    client = client_of(**people_tables(["a"], covered=("2026-04-06", "2026-06-28")))
    assert movement.earlier_day(client) is None
    for table in (movement.migration(client), movement.movement(client)):
        assert table.frame.empty
        assert {"before_date", "after_date", "n", "n_total", "share"} <= set(table.frame)


def test_nobody_assessed_on_both_days(client_of, people_tables):
    tables = people_tables(["a", "b"], covered=("2026-01-05", "2026-06-28"))
    tables["assignments"]["from_date"] = pd.Timestamp("2026-02-02")
    client = client_of(settings=AGREED, **tables)
    assert movement.earlier_day(client) == BEFORE
    assert movement.migration(client).frame.empty
    assert movement.movement(client).frame["n"].tolist() == [0] * 6


@pytest.fixture
def kept(client_of, people_tables, tmp_path):
    """Return a function that makes a client with retrospectives on these days and a log from a first day on."""

    def make(held: list[str], first: str) -> Client:
        for number, day in enumerate(held, start=1):
            folder = tmp_path / "history" / f"R{number}"
            folder.mkdir(parents=True)
            (folder / "retrospective.yml").write_text(f"as_of: {day}\nnumber: {number}\n", encoding="utf-8")
        return client_of(**people_tables(["a"], covered=(first, "2026-06-28")))

    return make


# Which day to compare with ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("2024-01-01", dt.date(2025, 6, 29)),  # a year: the same season
        ("2025-06-01", dt.date(2025, 12, 28)),  # half a year
        ("2026-01-01", BEFORE),  # one window
        ("2026-04-06", None),
        # Four fifths of the window's weeks have to be covered: ten of twelve from Monday 26 January on.
        ("2026-01-26", BEFORE),
        ("2026-01-27", None),
    ],
)
def test_a_day_further_back_as_far_as_the_log_reaches(client_of, people_tables, first, expected):
    client = client_of(**people_tables(["a"], covered=(first, "2026-06-28")))
    assert movement.earlier_day(client) == expected


@pytest.mark.parametrize(
    ("held", "first", "expected"),
    [
        (["2026-03-15"], "2024-01-01", "2026-03-15"),
        (["2025-03-16", "2025-12-14"], "2024-01-01", "2025-12-14"),
        # A retrospective less than a window ago overlaps today's.
        (["2026-04-05"], "2024-01-01", "2026-04-05"),
        (["2026-04-06"], "2024-01-01", "2025-06-29"),
        (["2025-12-14", "2026-05-03"], "2024-01-01", "2025-12-14"),
        # The log does not cover the last one, but the one window back.
        (["2025-12-14"], "2026-01-01", "2026-04-05"),
        (["2025-03-16", "2025-12-14"], "2024-10-01", "2025-12-14"),
        # Today's own retrospective, kept already.
        (["2026-06-28"], "2025-06-01", "2025-12-28"),
    ],
)
def test_the_last_retrospective_if_the_log_covers_it(kept, held, first, expected):
    assert movement.earlier_day(kept(held, first)) == dt.date.fromisoformat(expected)


def test_no_earlier_day_on_a_log_of_changes(client_of, people_tables, days_in_weeks):
    """People without a write trace cannot be told from rare users on an earlier day."""
    tables = people_tables(["a"], covered=("2024-01-01", "2026-06-28"), tier="B", source="changes")
    client = client_of(activity=days_in_weeks("a", 30, source="changes", n_write=1), **tables)
    assert movement.earlier_day(client) is None


def test_another_log_of_the_same_tier_covers_nothing(client_of, people_tables, days_in_weeks):
    """The old log holds changes, the definition rests on logins: its window is not covered by them."""
    tables = people_tables(["a"], covered=("2026-04-06", "2026-06-28"), tier="B", source="logins")
    old = pd.DataFrame(
        {"source": "pages", "date": pd.date_range("2024-01-01", "2026-04-05"), "complete": True, "tier": "A"}
    )
    tables["coverage"] = pd.concat([tables["coverage"], old])
    client = client_of(activity=days_in_weeks("a", 12, source="logins", n_login=1), **tables)
    assert movement.earlier_day(client) is None


def test_without_an_agreement_nobody_is_followed_from_one_day_to_another(client, client_of, people_tables):
    assert (movement.movement(client).notes, movement.migration(client).notes) == ((), ())
    tables = {name: getattr(client, name) for name in ("users", "assignments", "coverage", "activity")}
    alone = client_of(settings="privacy: {agreement: in Verhandlung}\n", **tables)
    for table in (movement.movement(alone), movement.migration(alone)):
        assert (len(table.frame), table.notes) == (0, ("needs_agreement",))
        assert privacy.protect(table).frame.empty
