"""People with unit, role and licence of today; what is shown of units of each size; areas with their depth."""

import datetime as dt

import pandas as pd
import pandas.testing as pdt
import pytest

from crmkit import privacy
from crmkit.method import areas, described, panel, segments, series, standing

AS_OF = pd.Timestamp("2026-06-28")


AGREED = "privacy: {agreement: BV 1}\n"


@pytest.fixture
def client_of(client_of):
    """Return `client_of` for clients that name an agreement, without which these analyses are off."""

    def make(*, settings: str = "", **tables):
        return client_of(settings=settings if "privacy:" in settings else f"{settings}\n{AGREED}", **tables)

    return make


@pytest.fixture
def client_with(client_of, people_tables, days_in_weeks):
    """Return a function that makes a client of units: name → people with 12, with 5 and without any active weeks."""

    def make(units, *, settings="", weeks=12, **tables):
        rows = [
            (f"{unit}{kind}{i:02}", unit, n_weeks)
            for unit, numbers in units.items()
            for kind, n, n_weeks in zip("abc", numbers, (weeks, 5, 0), strict=True)
            for i in range(n)
        ]
        people = people_tables([user for user, _, _ in rows])
        people["assignments"]["org_unit"] = [unit for _, unit, _ in rows]
        worked = [days_in_weeks(user, n) for user, _, n in rows if n]
        given = {"activity": pd.concat(worked)} if worked else {}
        return client_of(settings=settings, **{**people, **given, **tables})

    return make


def described_of(client) -> pd.DataFrame:
    return standing.describe(segments.assign(panel.weekly(client.activity, client, as_of=client.as_of)), client)


SPANS = pd.DataFrame(
    [
        # a has always been in Nord/Team 1; b moved to Süd in March; c is in Rand and holds no unit of the report.
        ("a", "2024-01-01", None, "Sales", "Nord/Team 1", "Vertrieb"),
        ("b", "2024-01-01", "2026-02-28", "Sales", "Nord", "Vertrieb"),
        ("b", "2026-03-01", None, "Service", "Süd", "Leitung"),
        ("c", "2024-01-01", None, "Sales", "Rand", ""),
        # d is in a unit that has ended, e is in none; f has moved twice with his unit.
        ("d", "2024-01-01", None, "", "Alt/Team 9", "Vertrieb"),
        ("e", "2024-01-01", None, "Sales", "", "Vertrieb"),
        ("f", "2024-01-01", None, "Sales", "West", "Vertrieb"),
    ],
    columns=["user_id", "from_date", "to_date", "licence", "org_unit", "role"],
)
MOVED = pd.DataFrame(
    [
        ("Nord", "Bayern/Nord", "2025-01-01"),
        ("Alt", "", "2025-01-01"),
        ("West", "Mitte", "2024-06-01"),
        ("Mitte", "Süd", "2025-06-01"),
        # Not yet.
        ("Süd", "Bayern/Süd", "2026-07-01"),
    ],
    columns=["old", "new", "from_date"],
)
UNITS = """
reporting_units:
  - {name: Gebiet Nord, units: [Bayern/Nord, Ost]}
  - Süd
"""


def test_describe_in_todays_structure(client_of, people_tables):
    tables = {**people_tables(list("abcdef")), "assignments": SPANS}
    client = client_of(settings=UNITS, org_map=MOVED, **tables)
    found = described_of(client)
    expected = pd.DataFrame(
        [
            ("a", "Bayern/Nord/Team 1", "Gebiet Nord", "Vertrieb", "Sales"),
            ("b", "Süd", "Süd", "Leitung", "Service"),
            ("c", "Rand", "", "", "Sales"),
            ("d", "", "", "Vertrieb", ""),
            ("e", "", "", "Vertrieb", "Sales"),
            ("f", "Süd", "Süd", "Vertrieb", "Sales"),
        ],
        columns=["user_id", "org_unit", "reporting_unit", "role", "licence"],
    )
    pdt.assert_frame_equal(found[expected.columns], expected, check_dtype=False)


def test_describe_as_it_was(client_of, people_tables):
    """Half a year earlier b was still in Nord; the structure is that of the day too."""
    tables = {**people_tables(list("abcdef")), "assignments": SPANS}
    client = client_of(settings=UNITS, org_map=MOVED, as_of="2025-12-28", **tables)
    found = described_of(client).set_index("user_id")[["org_unit", "reporting_unit", "role"]]
    assert found.loc["b"].tolist() == ["Bayern/Nord", "Gebiet Nord", "Vertrieb"]
    later = client_of(settings=UNITS, org_map=MOVED, as_of="2026-07-05", **tables)
    assert described_of(later).set_index("user_id").loc["b", ["org_unit", "reporting_unit"]].tolist() == [
        "Bayern/Süd", "",
    ]  # fmt: skip


def test_without_reporting_units_each_unit_is_its_own(client_of, people_tables):
    client = client_of(**{**people_tables(list("abcdef")), "assignments": SPANS})
    assert described_of(client)["reporting_unit"].tolist() == ["Nord/Team 1", "Süd", "Rand", "Alt/Team 9", "", "West"]


def test_of_two_spans_the_one_begun_last_holds(client_of, people_tables):
    spans = pd.DataFrame(
        {"user_id": "a", "from_date": ["2025-01-01", "2024-01-01"], "to_date": None, "org_unit": ["Süd", "Nord"]}
    )
    client = client_of(**{**people_tables(["a"]), "assignments": spans})
    assert described_of(client)["org_unit"].tolist() == ["Süd"]


def test_spans_on_a_day():
    spans = pd.DataFrame(
        {"user_id": list("abcde"),
         "from_date": pd.to_datetime(["2026-06-28", "2026-06-29", None, "2024-01-01", "2024-01-01"]),
         "to_date": pd.to_datetime([None, None, "2026-06-28", "2026-06-27", None])}
    )  # fmt: skip
    before = spans.copy(deep=True)
    assert described.spans_on(spans, dt.date(2026, 6, 28))["user_id"].tolist() == ["a", "c", "e"]
    pdt.assert_frame_equal(spans, before)


def test_days_a_week_and_details(client_of, people_tables, days_in_weeks):
    """a: twelve weeks on one day, six of them on a second: 18 / 12. b: dormant since 2025. c: logged in once. d: never.

    e worked in one week of the window; its login is older than its last work.
    """
    second = days_in_weeks("a", 6).assign(date=lambda rows: rows["date"] + pd.Timedelta(days=1))
    activity = pd.concat(
        [days_in_weeks("a", 12), second, days_in_weeks("b", 4, last="2025-12-28"), days_in_weeks("e", 1)]
    )
    tables = people_tables(list("abcde"))
    tables["users"]["last_login"] = pd.to_datetime([None, None, "2026-06-01", None, "2025-01-01"])
    client = client_of(activity=activity, **tables)
    found = described_of(client)[["user_id", "segment", "detail", "n_days_mean"]].values.tolist()
    assert found == [
        ["a", "regular", "", 1.5], ["b", "rare", "dormant", 0.0], ["c", "rare", "dormant", 0.0],
        ["d", "rare", "never", 0.0], ["e", "rare", "rare", 1.0],
    ]  # fmt: skip


def test_what_is_later_than_the_day_is_not_known_yet(client_of, people_tables, days_in_weeks):
    tables = people_tables(list("ab"))
    tables["users"]["last_login"] = pd.to_datetime([None, "2026-07-01"])
    client = client_of(activity=days_in_weeks("a", 1, last="2026-07-05"), **tables)
    assert described_of(client)["detail"].tolist() == ["never", "never"]


def test_describe_nobody(client_of):
    found = described_of(client_of())
    assert found.empty
    assert {"org_unit", "reporting_unit", "role", "licence", "detail", "n_days_mean"} <= set(found.columns)


#: From 25 people on three segments, from 15 on the usage rate (rare and total), below nothing.
SIZES = {"A25": (10, 8, 7), "B24": (8, 8, 8), "C15": (5, 5, 5), "D14": (5, 4, 5)}


def test_by_unit_withholds_what_a_small_unit_would_tell(client_with):
    client = client_with(SIZES)
    table = standing.by_unit(described_of(client), client)
    assert table.frame[["org_unit", "segment", "n", "n_total"]].values.tolist() == [
        ["A25", "regular", 10, 25], ["A25", "occasional", 8, 25], ["A25", "rare", 7, 25],
        ["B24", "regular", 8, 24], ["B24", "occasional", 8, 24], ["B24", "rare", 8, 24],
        ["C15", "regular", 5, 15], ["C15", "occasional", 5, 15], ["C15", "rare", 5, 15],
        ["D14", "regular", 5, 14], ["D14", "occasional", 4, 14], ["D14", "rare", 5, 14],
    ]  # fmt: skip
    assert table.withheld == (3, 4, 6, 7, 9, 10, 11)
    frame = privacy.protect(table).frame
    shown = frame.dropna(subset="n")
    small = shown[shown["org_unit"] != "A25"]
    # Rare people and the total of the middle units, or less of them: D14 alone must not follow from the sums.
    assert set(small["segment"]) <= {"rare"}
    assert not (shown["org_unit"] == "D14").any()
    assert privacy.audit(privacy.protect(table)) == []


def test_units_of_25_are_shown_whole(client_with):
    client = client_with({"A": (10, 8, 7), "B": (9, 8, 8), "C": (10, 10, 5)})
    protected = privacy.protect(standing.by_unit(described_of(client), client))
    assert (protected.withheld, protected.n_suppressed) == ((), 0)


def test_two_units_of_15_show_who_does_not_use_it(client_with):
    client = client_with({"A": (5, 5, 5), "B": (5, 5, 5), "C": (10, 10, 10)})
    frame = privacy.protect(standing.by_unit(described_of(client), client)).frame
    found = frame[["org_unit", "segment", "n", "n_total"]].astype(object).where(frame.notna(), None).values.tolist()
    assert found == [
        ["A", "regular", None, 15], ["A", "occasional", None, 15], ["A", "rare", 5, 15],
        ["B", "regular", None, 15], ["B", "occasional", None, 15], ["B", "rare", 5, 15],
        ["C", "regular", 10, 30], ["C", "occasional", 10, 30], ["C", "rare", 10, 30],
    ]  # fmt: skip


def test_who_is_in_no_reporting_unit_or_not_assessed_is_in_no_row(client_with, client_of):
    client = client_with({"Nord": (15, 10, 5), "Rand": (15, 10, 6)}, settings="reporting_units: [Nord]\n")
    # Five of Nord began in June.
    new = client.assignments["user_id"].str.startswith("Nordc")
    spans = client.assignments.assign(from_date=client.assignments["from_date"].mask(new, pd.Timestamp("2026-06-01")))
    again = client_of(
        settings="reporting_units: [Nord]\n", users=client.users, assignments=spans, coverage=client.coverage,
        activity=client.activity,
    )  # fmt: skip
    frame = standing.by_unit(described_of(again), again).frame
    assert frame[["org_unit", "segment", "n", "n_total"]].values.tolist() == [
        ["Nord", "regular", 15, 25], ["Nord", "occasional", 10, 25], ["Nord", "rare", 0, 25],
    ]  # fmt: skip


def test_series_by_unit_are_weeks_apart(client_with, client_of):
    """Readings at the ends of quarters and on 28 June; 30 June would be later. The log begins in June 2025.

    A window of 12 weeks is covered from the end of September on.
    """
    client = client_with({"A": (30, 0, 5), "B": (20, 0, 6)}, weeks=56)
    table = series.by_unit(client)
    months = ["2025-09-30", "2025-12-31", "2026-03-31", "2026-06-28"]
    units = (("A", 30, 35), ("B", 20, 26))
    expected = [[unit, pd.Timestamp(month), n, total] for unit, n, total in units for month in months]
    assert table.frame[["org_unit", "month", "n", "n_total"]].values.tolist() == expected
    assert privacy.protect(table).n_suppressed == 0


@pytest.mark.parametrize(
    ("as_of", "months"),
    [
        # 31 March lies 8 weeks before 26 May: shown; a day earlier it is not.
        ("2026-05-26", ["2025-09-30", "2025-12-31", "2026-03-31", "2026-05-26"]),
        ("2026-05-25", ["2025-09-30", "2025-12-31", "2026-05-25"]),
        ("2026-04-05", ["2025-09-30", "2025-12-31", "2026-04-05"]),
    ],
)
def test_the_day_of_the_retrospective_stands_for_the_end_of_a_quarter_before_it(client_with, client_of, as_of, months):
    client = client_with({"A": (30, 0, 5), "B": (20, 0, 6)}, weeks=56)
    tables = {name: getattr(client, name) for name in ("users", "assignments", "coverage", "activity")}
    found = series.by_unit(client_of(as_of=as_of, **tables)).frame
    assert found.loc[found["org_unit"] == "A", "month"].dt.strftime("%Y-%m-%d").tolist() == months


def test_series_withhold_small_units_and_small_clients(client_with):
    client = client_with({"A": (30, 0, 16), "B": (9, 0, 5)}, weeks=56)
    table = series.by_unit(client)
    assert set(table.frame.loc[[*table.withheld], "org_unit"]) == {"B"}
    assert privacy.protect(table).frame.set_index("org_unit").loc["B", "n"].isna().all()


@pytest.mark.parametrize(
    ("n_people", "settings", "notes"),
    [
        (29, "", ("small_client",)),
        (30, "", ()),
        (30, "privacy: {agreement: BV 1, totals_only: true}", ("totals_only",)),
        (29, "privacy: {totals_only: true}", ("totals_only",)),
        (30, "privacy: {legal_basis: Art. 6}", ("needs_agreement",)),
        (29, "privacy: {legal_basis: Art. 6}", ("small_client",)),
    ],
)
def test_when_there_is_no_series_by_unit(client_with, n_people, settings, notes):
    table = series.by_unit(client_with({"A": (30, 0, n_people)}, settings=settings, weeks=56))
    assert (table.notes, table.frame.empty) == (notes, bool(notes))


def test_totals_only_shows_no_units_at_all(client_with):
    client = client_with({"A": (30, 0, 30), "B": (30, 0, 30)}, settings="privacy: {totals_only: true}")
    people = described_of(client)
    assert standing.by_unit(people, client).frame.empty
    assert standing.by_unit(people, client).notes == ("totals_only",)
    assert areas.by_unit(people, client).frame.empty
    assert standing.overview(people, client).frame["n_total"].tolist() == [120] * 4


#: 30 people of A and 30 of B; ten of A view and write in sales, ten only view; ten of B view sales and service.
WORK = {
    "A": [("sales", range(10), True), ("sales", range(10, 20), False)],
    "B": [("sales", range(10), False), ("service", range(10), False)],
}


@pytest.fixture
def working(client_with, client_of, days_in_weeks):
    client = client_with({"A": (0, 0, 30), "B": (0, 0, 30)})
    parts = [
        days_in_weeks(f"{unit}c{i:02}", 12, area=area, n_view=1, n_write=int(writes))
        for unit, work in WORK.items()
        for area, who, writes in work
        for i in who
    ]
    tables = {name: getattr(client, name) for name in ("users", "assignments", "coverage")}
    return client_of(activity=pd.concat(parts), **tables)


def test_areas_with_depth(working):
    people = described_of(working)
    expected = pd.DataFrame(
        [("sales", 30, 10, 60, 30 / 60, 10 / 30), ("service", 10, 0, 60, 10 / 60, 0.0)],
        columns=["area", "n", "n_write", "n_total", "share", "write_share"],
    )
    pdt.assert_frame_equal(areas.usage(people, working).frame, expected, check_dtype=False)
    assert areas.usage(people, working).nested


def test_areas_with_depth_by_unit(working):
    expected = pd.DataFrame(
        [
            ("A", "sales", 20, 10, 30, 20 / 30, 10 / 20),
            ("A", "service", 0, 0, 30, 0.0, float("nan")),
            ("B", "sales", 10, 0, 30, 10 / 30, 0.0),
            ("B", "service", 10, 0, 30, 10 / 30, 0.0),
        ],
        columns=["org_unit", "area", "n", "n_write", "n_total", "share", "write_share"],
    )
    pdt.assert_frame_equal(areas.by_unit(described_of(working), working).frame, expected, check_dtype=False)


def test_without_writing_there_is_no_depth(client_with):
    client = client_with({"A": (20, 20, 20)})
    frame = areas.usage(described_of(client), client).frame
    assert frame["n"].tolist() == [40]
    assert frame[["n_write", "write_share"]].isna().all(axis=None)


def test_areas_withhold_small_units(client_with):
    """B is withheld; the area's users of all units stand elsewhere, so one of the two others goes with it."""
    client = client_with({"A": (20, 10, 16), "B": (10, 4, 0), "C": (20, 5, 16)})
    table = areas.by_unit(described_of(client), client)
    assert table.frame.loc[[*table.withheld], "org_unit"].tolist() == ["B"]
    assert privacy.protect(table).frame["n"].isna().tolist() == [False, True, True]


def test_a_withheld_unit_does_not_follow_from_the_usage_of_its_area(client_with):
    """A 30 of 46 use sales, B 3 of 14, all together 33: 33 − 30 = 3 people of a unit that is not shown."""
    client = client_with({"A": (20, 10, 16), "B": (3, 0, 11)})
    people = described_of(client)
    everybody = privacy.protect(areas.usage(people, client)).frame["n"].tolist()
    by_unit = privacy.protect(areas.by_unit(people, client)).frame["n"]
    assert everybody == [33]
    assert by_unit.isna().sum() != 1


def test_main_area(client_of, people_tables, days_in_weeks):
    """a: five days of service, four of sales. b: four of each, the first in the order of the report. c: only other.

    d: two days of marketing in two rows on each of them count once, three of shared count more. e: never.
    """
    activity = pd.concat(
        [
            days_in_weeks("a", 5, area="service"), days_in_weeks("a", 4, area="sales"),
            days_in_weeks("b", 4, area="service"), days_in_weeks("b", 4, area="sales"),
            days_in_weeks("c", 9, area="other"),
            days_in_weeks("d", 2, area="marketing", n_view=7), days_in_weeks("d", 2, area="marketing", n_write=7),
            days_in_weeks("d", 3, area="shared"),
        ]
    )  # fmt: skip
    client = client_of(activity=activity, **people_tables(list("abcde")))
    table = areas.main_area(described_of(client), client)
    assert table.frame[["area", "n", "n_total"]].values.tolist() == [
        ["sales", 1, 3],
        ["service", 1, 3],
        ["shared", 1, 3],
    ]
    assert table.partition == "area"


def test_role_breadth(client_of, people_tables, days_in_weeks):
    """Vertrieb needs sales and shared, Service service. Leitung has no areas and is left out, like people without one.

    Work every week: a both (all), b sales only (some), c marketing only (none), d service (all), e as Leitung;
    never: f as Vertrieb (none), g without a role.
    """
    settings = (
        "roles:\n  Vertrieb: {areas: [sales, shared]}\n  Service: {areas: [service]}\n  Leitung: {rhythm: monthly}\n"
    )
    work = [("a", "sales"), ("a", "shared"), ("b", "sales"), ("c", "marketing"), ("d", "service"), ("e", "sales")]
    tables = people_tables(list("abcdefg"))
    tables["assignments"]["role"] = ["Vertrieb", "Vertrieb", "Vertrieb", "Service", "Leitung", "Vertrieb", ""]
    activity = pd.concat([days_in_weeks(user, 12, area=area) for user, area in work])
    client = client_of(activity=activity, settings=settings, **tables)
    frame = areas.role_breadth(described_of(client), client).frame
    expected = pd.DataFrame(
        [
            ("regular", "none", 1, 4, 0.25), ("regular", "some", 1, 4, 0.25), ("regular", "all", 2, 4, 0.5),
            ("occasional", "none", 0, 0, float("nan")), ("occasional", "some", 0, 0, float("nan")),
            ("occasional", "all", 0, 0, float("nan")),
            ("rare", "none", 1, 1, 1.0), ("rare", "some", 0, 1, 0.0), ("rare", "all", 0, 1, 0.0),
        ],
        columns=["segment", "relevant", "n", "n_total", "share"],
    )  # fmt: skip
    pdt.assert_frame_equal(frame, expected, check_dtype=False)


@pytest.mark.parametrize("settings", ["", "roles: {Leitung: {rhythm: monthly}}\n", "roles: {Chef: {areas: [sales]}}\n"])
def test_role_breadth_without_a_map_or_anybody_in_it(client_with, settings):
    client = client_with({"A": (5, 5, 5)}, settings=settings)
    table = areas.role_breadth(described_of(client), client)
    assert table.frame.empty
    assert privacy.protect(table).frame.empty


TABLES = (areas.usage, areas.by_unit, areas.main_area, areas.breadth, areas.role_breadth, standing.by_unit)


def test_nobody(client_of):
    client = client_of()
    people = described_of(client)
    for table in TABLES:
        assert table(people, client).frame.empty
    assert series.by_unit(client).frame.empty


def test_input_unchanged(working):
    people = described_of(working)
    before = people.copy(deep=True)
    for table in TABLES:
        table(people, working)
    pdt.assert_frame_equal(people, before)


def test_last_logins_by_unit_in_tier_c(client_of, people_tables):
    """70 people: 40 of A and 30 of B, ten of each logged in three days before; A-people else never, B's in January."""
    ids = [f"p{n:02}" for n in range(70)]
    tables = people_tables(ids, tier="C", source="users")
    tables["assignments"]["org_unit"] = ["A"] * 40 + ["B"] * 30
    recent, january = pd.Timestamp("2026-06-25"), pd.Timestamp("2026-01-05")
    tables["users"]["last_login"] = [recent] * 10 + [pd.NaT] * 30 + [recent] * 10 + [january] * 20
    client = client_of(settings="reporting_units: [B, A]\n", **tables)
    table = standing.logins_by_unit(client)
    assert table.frame[["org_unit", "band", "n", "n_total"]].query("n > 0").values.tolist() == [
        ["B", "within_4_weeks", 10, 30], ["B", "over_12_weeks", 20, 30],
        ["A", "within_4_weeks", 10, 40], ["A", "never", 30, 40],
    ]  # fmt: skip
    assert (table.tier, table.partition, table.summed, table.withheld) == ("C", "band", True, ())
    few = client_of(
        **{name: rows.iloc[:59] if name in ("users", "assignments") else rows for name, rows in tables.items()}
    )
    assert standing.logins_by_unit(few).frame.empty
