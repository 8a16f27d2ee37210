"""One test per mistake that other tools make when they report on the use of a CRM."""

import datetime as dt
import re

import numpy as np
import pandas as pd
import pandas.testing as pdt
import pytest

from crmkit.errors import MethodError
from crmkit.method import areas, goals, panel, segments, series, standing
from crmkit.method.definition import Definition
from crmkit.method.goals import Goal, forecast
from crmkit.method.table import Table
from crmkit.privacy import protect
from crmkit.report import text
from crmkit.report.language import language
from crmkit.report.text import sentences

JUNE = "2026-06-28"  # a Sunday: the week of 22 June is complete
MONDAYS = pd.date_range("2026-04-06", periods=12, freq="7D")


def frame(rows: list[tuple], columns: str) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns.split())


def people_of(activity: pd.DataFrame, tables, **options) -> pd.DataFrame:
    return segments.assign(panel.weekly(activity, tables, as_of=JUNE, **options))


PEOPLE = "user_id eligible_weeks active_weeks week_share segment"


# What is counted --------------------------------------------------------------------------------------------------


def test_logins_counted_as_adoption(people_tables, days_in_weeks):
    """Others count whoever logged in. A login every day, and no page seen, is no use."""
    tables = people_tables(["login", "work"])
    logins = pd.concat([days_in_weeks("login", 12, n_login=9), days_in_weeks("work", 12, n_login=1, n_view=1)])
    found = people_of(logins, tables)
    expected = frame([("login", 12, 0, 0.0, "rare"), ("work", 12, 12, 1.0, "regular")], PEOPLE)
    pdt.assert_frame_equal(found, expected)
    assert segments.shares(found).frame["n"].tolist() == [1, 0, 1, 0]


def test_logins_of_an_integration_counted_as_adoption(people_tables, days_in_weeks):
    """Others count every event of an account. What a program does under a person's name is not that person's work."""
    tables = people_tables(["synchronised"])
    events = [days_in_weeks("synchronised", 12, n_write=40).assign(channel=name) for name in ("api", "background")]
    assert people_of(pd.concat(events), tables)["segment"].tolist() == ["rare"]


def test_windows_that_count_rows_instead_of_calendar_weeks(days_in_weeks):
    """Others roll over the last twelve rows of a person. Nine active weeks spread over two years are not regular."""
    sundays = pd.date_range(end=JUNE, periods=9, freq="84D").strftime("%Y-%m-%d")
    spread = pd.concat([days_in_weeks("spread", 1, last=sunday, n_view=20) for sunday in sundays])
    activity = pd.concat([spread, days_in_weeks("weekly", 9, n_view=20)])
    weeks = panel.weekly(activity, as_of=JUNE, weeks=104)
    expected = frame([("spread", 12, 1, 1 / 12, "rare"), ("weekly", 12, 9, 9 / 12, "regular")], PEOPLE)
    pdt.assert_frame_equal(segments.assign(weeks), expected)
    viva = segments.assign(weeks, definition="viva")
    assert viva["segment"].tolist() == ["novice", "power"]


def test_rows_instead_of_weeks_through_a_sparse_panel(days_in_weeks):
    """A panel that holds nothing but the weeks with use must not turn nine rows into nine of nine weeks."""
    sundays = pd.date_range(end=JUNE, periods=9, freq="84D").strftime("%Y-%m-%d")
    activity = pd.concat([days_in_weeks("spread", 1, last=sunday, n_view=20) for sunday in sundays])
    weeks = panel.weekly(activity, as_of=JUNE, weeks=104)
    sparse = weeks[weeks["active"]]
    assert len(sparse) == 9
    pdt.assert_frame_equal(segments.assign(sparse), segments.assign(weeks))
    pdt.assert_frame_equal(segments.assign(sparse, definition="viva"), segments.assign(weeks, definition="viva"))
    bare = sparse.copy()
    bare.attrs = {}
    assert segments.assign(bare)[["eligible_weeks", "active_weeks", "segment"]].values.tolist() == [[12, 1, "rare"]]
    # Every window of the two years, not the last alone.
    assert set(segments.rolling(sparse).query("week >= '2025-01-01'")["segment"]) == {"rare"}


# Who is counted ---------------------------------------------------------------------------------------------------


def test_last_years_leaver_still_a_power_user(people_tables, days_in_weeks):
    """Others keep accounts in the list of top users for as long as the log remembers them."""
    tables = people_tables(["left", "stays"], to_date=[pd.Timestamp("2025-12-31"), pd.NaT])
    busy = days_in_weeks("left", 40, last="2025-12-28", n_view=90)
    after = days_in_weeks("left", 12, n_view=90)
    activity = pd.concat([busy, after, days_in_weeks("stays", 12)])
    for definition in ("crmkit", "viva"):
        weeks = panel.weekly(activity, tables, as_of=JUNE, weeks=52)
        assert segments.assign(weeks, definition=definition)["user_id"].tolist() == ["stays"]
    for definition in ("mozilla", "frequency", "lifecycle"):
        days = segments.assign_days(activity, tables, as_of=JUNE, definition=definition)
        assert days["user_id"].tolist() == ["stays"]


def test_an_account_that_was_closed_while_its_licence_runs_on(people_tables, days_in_weeks):
    """Others look at licences alone. Nobody works on after the last day of the account."""
    tables = people_tables(["closed", "stays"])
    tables["users"]["last_active"] = pd.to_datetime(["2026-05-31", None])
    activity = pd.concat([days_in_weeks(user, 12) for user in ("closed", "stays")])
    weeks = panel.weekly(activity, tables, as_of=JUNE)
    assert weeks.groupby("user_id")["active"].sum().to_dict() == {"closed": 0, "stays": 12}
    assert segments.assign(weeks)["user_id"].tolist() == ["stays"]


def test_new_hires_called_rare(people_tables, days_in_weeks):
    """Others put newcomers of last month among the rare users. They are not assessable, and in no denominator."""
    tables = people_tables(["idle", "new", "old"])
    tables["assignments"]["from_date"] = pd.to_datetime(["2024-01-01", "2026-05-01", "2024-01-01"])
    found = people_of(pd.concat([days_in_weeks("old", 12), days_in_weeks("new", 2)]), tables)
    expected = frame(
        [("idle", 12, 0, 0.0, "rare"), ("new", 0, 0, np.nan, "not_assessable"), ("old", 12, 12, 1.0, "regular")], PEOPLE
    )
    pdt.assert_frame_equal(found, expected)
    shares = frame(
        [("regular", 1, 2, 0.5), ("occasional", 0, 2, 0.0), ("rare", 1, 2, 0.5), ("not_assessable", 1, 2, np.nan)],
        "segment n n_total share",
    )
    pdt.assert_frame_equal(segments.shares(found).frame, shares)


def test_part_timers_ignored(people_tables, days_in_weeks):
    """Others ask the same days of everyone. Half a contract with 2.5 days is present, a full one with 2.5 is away."""
    tables = people_tables(["full", "half"], fte=[1.0, 0.5])
    stated = pd.DataFrame({"week": MONDAYS, "available_days": 2.5})
    tables["availability"] = pd.concat([stated.assign(user_id="half"), stated.iloc[:4].assign(user_id="full")])
    found = people_of(pd.concat([days_in_weeks("full", 8), days_in_weeks("half", 8)]), tables)
    expected = frame([("full", 8, 8, 1.0, "regular"), ("half", 12, 8, 8 / 12, "regular")], PEOPLE)
    pdt.assert_frame_equal(found, expected)


def test_public_holidays_ignored(client_of, people_tables, days_in_weeks):
    """Others call Christmas disuse. A week with two and a half days to work on is none in which to be active."""
    client = client_of(
        settings="calendar: {half_days: [12-24, 12-31]}\n",
        activity=days_in_weeks("a", 6, last="2025-12-21"), **people_tables(["a"]),
    )  # fmt: skip
    weeks = panel.weekly(client.activity, client, as_of="2026-01-04", weeks=8)
    # Monday, Tuesday and half of Wednesday; in the week of New Year three and a half days.
    assert weeks["reason"].tolist() == [""] * 6 + ["few_working_days", ""]
    found = segments.assign(weeks)[["eligible_weeks", "active_weeks", "week_share"]]
    assert found.values.tolist() == [[7, 6, 6 / 7]]


def test_the_days_between_the_years_of_a_company(client_of, people_tables, days_in_weeks):
    """Others know no company calendar: where a company is shut, nobody can have worked."""
    client = client_of(
        settings="calendar: {half_days: [12-31], free_days: [12-24, '2025-12-29', '2025-12-30']}\n",
        activity=days_in_weeks("a", 6, last="2025-12-21"), **people_tables(["a"]),
    )  # fmt: skip
    weeks = panel.weekly(client.activity, client, as_of="2026-01-04", weeks=8)
    assert weeks["reason"].tolist() == [""] * 6 + ["few_working_days"] * 2
    assert segments.assign(weeks)[["eligible_weeks", "active_weeks"]].values.tolist() == [[6, 6]]


# What moves -------------------------------------------------------------------------------------------------------


@pytest.fixture
def shrinking(client_of, people_tables, days_in_weeks):
    """60 people until March, then 20 non-users leave; the same 30 work every week."""
    ids = [f"u{n:02}" for n in range(60)]
    tables = people_tables(ids)
    tables["assignments"]["to_date"] = [pd.NaT] * 40 + [pd.Timestamp("2026-03-15")] * 20
    activity = pd.concat([days_in_weeks(user, 56) for user in ids[:30]])
    return client_of(activity=activity, **tables)


def test_a_shrinking_denominator_shown_as_growth(shrinking):
    """Others show a rate that climbs because people left. The number of users stays what it is, and so is shown."""
    users = series.monthly(shrinking, metric="active_users").set_index("month")
    assert set(users.loc["2025-09":, "value"]) == {30.0}
    assert users.loc["2026-02":"2026-04", "n_total"].tolist() == [60.0, 40.0, 40.0]
    rate = series.monthly(shrinking, metric="usage_rate").set_index("month")["value"]
    assert rate.loc["2026-02":"2026-03"].tolist() == [0.5, 0.75]


def test_a_finding_on_the_course_of_use_names_both_denominators(shrinking):
    """ "From 50 % to 75 %" hides that 30 users stayed 30: numerator and denominator of both readings are said."""
    table = protect(series.usage(shrinking))
    assert sentences.usage_series(table, language("de")).replace("\u00a0", " ") == (
        "Nutzungsquote im August 2025 50 % (30 von 60), im Juni 2026 75 % (30 von 40)."
    )
    assert sentences.usage_series(table, language("en")) == (
        "Usage rate 50% (30 of 60) in August 2025, 75% (30 of 40) in June 2026."
    )


def test_a_goal_in_people_is_not_reached_by_people_leaving(shrinking):
    """Others tick off "+20 %" when the rate has risen by half because idle accounts were closed."""
    goal = Goal(
        metric="active_users", change_value=0.2, change_unit="relative", direction="up",
        start=dt.date(2026, 1, 31), deadline=dt.date(2026, 7, 31),
    )  # fmt: skip
    found = goals.track(goal, series.monthly(shrinking, metric="active_users"), as_of=JUNE)
    assert (found.baseline, found.target, found.actual, found.status) == (30, 36, 30, "off_track")


FIELDS = {
    "metric": "active_users", "change_value": 0.2, "change_unit": "relative", "direction": "up",
    "start": dt.date(2025, 12, 31), "deadline": dt.date(2026, 9, 30),
}  # fmt: skip


def readings(values: list[float], *, first: str = "2025-09-30", n_total: float = 200.0) -> pd.DataFrame:
    months = pd.date_range(first, periods=len(values), freq="ME")
    return pd.DataFrame(
        {"month": months, "population": "all", "value": np.array(values, dtype=float), "n_total": n_total,
         "coverage_share": 1.0, "definition_hash": "a", "noise": np.nan}
    )  # fmt: skip


def test_one_green_month_is_on_track():
    """Others turn the light green with the first good month. A status changes once two readings agree."""
    slow = [60, 60, 60, 60, 61, 62, 63, 64, 65]
    days = ["2026-05-31", "2026-06-30", "2026-07-31"]

    def statuses(june: float, july: float) -> list[str]:
        course = readings([*slow, june, july])
        return [goals.track(Goal(**FIELDS), course, as_of=day).status for day in days]

    # To 72 in September: 2/3 a month are left after June, and 1.7 a month are seen.
    assert goals.track(Goal(**FIELDS), readings([*slow, 70]), as_of="2026-06-30").observed_pace > 2 / 3
    assert statuses(70, 70.6) == ["at_risk", "at_risk", "on_track"]
    assert statuses(70, 66) == ["at_risk", "at_risk", "at_risk"]


def test_one_green_month_after_the_first_third_is_on_track():
    """Half a year to 72: nothing in January, 66 in February, nothing again in March."""
    goal = Goal(**FIELDS | {"deadline": dt.date(2026, 6, 30)})
    course = readings([60, 60, 60, 60, 60, 66, 60])
    assert goals.track(goal, course, as_of="2026-01-31").status == "too_early"
    statuses = [goals.track(goal, course, as_of=day).status for day in ("2026-02-28", "2026-03-31")]
    assert "on_track" not in statuses


def test_trend_lines_with_tight_bands_from_a_few_months():
    """Others draw a forecast through six points. Without a year of history there is a pace, but no probability."""
    rising = [58.0, 59, 60, 60, 62, 64, 66, 68, 70]
    found = goals.track(Goal(**FIELDS), readings(rising), as_of="2026-05-31")
    assert (found.status, found.probability) == ("on_track", None)
    year = [52.0, 53, 54, 55, *rising]
    long = goals.track(Goal(**FIELDS), readings(year, first="2025-05-31"), as_of="2026-05-31")
    assert 0.05 <= long.probability <= 0.95
    at = [float(month) for month in range(12)]
    assert forecast.probability(at[:11], at[:11], target=20, months=4) is None
    assert forecast.probability(at, at, target=20, months=4) is not None


# What is shown ----------------------------------------------------------------------------------------------------


def test_small_cells_hidden_but_totals_printed():
    """Others print "< 5" beside a total from which it follows. A second cell is hidden with it."""
    table = Table(
        "standing",
        frame(
            [("regular", 30, 45, 30 / 45), ("occasional", 12, 45, 12 / 45), ("rare", 3, 45, 3 / 45)],
            "segment n n_total share",
        ),
        ("segment",), ("n",), {"share": ("n", "n_total")}, ("n_total",), partition="segment",
    )  # fmt: skip
    found = protect(table).frame
    hidden = found["n"].isna()
    assert hidden.tolist() == [False, True, True]
    assert found["n_total"].tolist() == [45, 45, 45]
    assert found["share"].isna().tolist() == hidden.tolist()
    assert 45 - found["n"].sum() >= 5


def test_small_cells_that_follow_from_the_sum_over_units():
    """Others hide a cell of one unit while the other units and the sum are printed."""
    rows = [
        (unit, segment, n, sum(counts), n / sum(counts))
        for unit, counts in {"Nord": (20, 20, 20), "Ost": (30, 20, 25), "Süd": (30, 28, 2)}.items()
        for segment, n in zip(("regular", "occasional", "rare"), counts, strict=True)
    ]
    table = Table(
        "by_unit", frame(rows, "org_unit segment n n_total share"), ("org_unit", "segment"), ("n",),
        {"share": ("n", "n_total")}, ("n_total",), partition="segment", summed=True,
    )  # fmt: skip
    hidden = protect(table).frame.assign(hidden=lambda rows: rows["n"].isna()).query("hidden")
    assert hidden.groupby("org_unit").size().min() >= 2
    assert hidden.groupby("segment").size().min() >= 2
    assert {"Süd"} < set(hidden["org_unit"])


PERCENT = re.compile(r"\d+(?:[.,]\d+)?\s?%")
#: A share with the two numbers behind it: "58 von 190", "(119 of 190)"; in a list of parts the whole stands once.
OUT_OF = re.compile(r"\b(\d+) (?:von|of|der|of the) (\d+)")


def unproven(said: str) -> list[str]:
    """Return the percentages of a sentence that do not follow from numbers in it."""
    plain = said.replace("\u00a0", " ")
    numbers = [int(number) for number in re.findall(r"(?<![\d.,])\d+(?![\d.,]*\s?%|[.,]\d)", plain)]
    proven = {round(100 * n / total) for n in numbers for total in numbers if total >= n and total}
    shown = [int(re.match(r"\d+", share).group()) for share in PERCENT.findall(plain)]
    return [f"{share} %" for share in shown if share not in proven]


def test_the_checker_of_percentages():
    assert unproven("58 von 190 ausgewerteten Konten (31 %), 61 (32 %) und 71 (37 %).") == []
    assert unproven("Nutzungsquote 63 %.") == ["63 %"]
    assert unproven("Usage rate 63% (119 of 190), before 55%.") == ["55 %"]


@pytest.fixture
def sixty(client_of, people_tables, days_in_weeks):
    """60 people in two units: 20 work weekly in sales and service, 20 in four weeks in sales, 20 never."""
    ids = [f"u{n:02}" for n in range(60)]
    tables = people_tables(ids)
    tables["assignments"]["org_unit"] = ["Nord", "Süd"] * 30
    regular = [days_in_weeks(user, 54, area=area) for user in ids[:20] for area in ("sales", "service")]
    occasional = [days_in_weeks(user, 4, area="sales", n_view=1, n_write=1) for user in ids[20:40]]
    return client_of(activity=pd.concat(regular + occasional), **tables)


@pytest.mark.parametrize("code", ["de", "en"])
def test_percent_without_n(sixty, code):
    """Others say "67 % adoption". Every finding with a percentage also says how many of how many."""
    people = standing.describe(segments.assign(panel.weekly(sixty.activity, sixty, as_of=sixty.as_of)), sixty)
    t = language(code)
    said = {
        "standing": sentences.standing(protect(standing.overview(people, sixty)), t),
        "usage_rate": sentences.usage_rate(protect(standing.overview(people, sixty)), t),
        "by_unit": sentences.by_unit(protect(standing.by_unit(people, sixty)), t),
        "area_usage": sentences.area_usage(protect(areas.usage(people, sixty)), t),
        "breadth": sentences.breadth(protect(areas.breadth(people, sixty)), t),
        "usage_series": sentences.usage_series(protect(series.usage(sixty)), t),
    }
    assert {name: unproven(sentence) for name, sentence in said.items()} == {name: [] for name in said}
    with_percent = {name for name, sentence in said.items() if "%" in sentence}
    assert with_percent == {"standing", "usage_rate", "area_usage", "breadth", "usage_series"}
    assert all(OUT_OF.search(said[name].replace("\u00a0", " ")) for name in ("usage_rate", "usage_series"))
    assert "60" in said["standing"] and "60" in said["area_usage"]


def test_percent_and_percentage_points_mixed():
    """Others read "um 20 %" and "um 20 Prozentpunkte" as the same. From 30 % these are 36 % and 50 %."""
    rate = readings([0.3] * 9)
    sentence = "Wir wollen die Nutzungsquote bis 30.09.2026 um 20 {} steigern."
    targets = {}
    for unit in ("%", "Prozent", "Prozentpunkte"):
        goal = goals.parse(sentence.format(unit), start=dt.date(2025, 12, 31))
        targets[unit] = goals.track(goal, rate, as_of="2026-05-31").target
    assert targets == pytest.approx({"%": 0.36, "Prozent": 0.36, "Prozentpunkte": 0.5})
    people = Goal(**FIELDS | {"change_unit": "points"})
    assert goals.track(people, readings([60.0] * 9), as_of="2026-05-31").target == 100
    assert goals.track(Goal(**FIELDS), readings([60.0] * 9), as_of="2026-05-31").target == 72


@pytest.mark.parametrize(
    ("code", "said"),
    [("de", "Heute ist keine Entscheidung vorbereitet."), ("en", "No decision has been prepared for today.")],
)
def test_a_report_without_a_decision(client_of, code, said):
    """Others deliver numbers that nobody has to act on. The first page says openly that nothing is to be decided."""
    assert said in text.at_a_glance(client_of(), {}, language=code).plain
    client = client_of(settings="decisions: [Lizenzumfang festlegen]\n")
    block = text.at_a_glance(client, {}, language=code)
    assert "Lizenzumfang festlegen" in block.plain
    assert said not in block.plain


def test_definitions_changed_between_two_reports(days_in_weeks, refused):
    """Others compare numbers made under two rules. The kit refuses to."""
    weeks = panel.weekly(days_in_weeks("a", 9), as_of=JUNE)
    strict = Definition(regular_share=0.75)
    before, after = segments.assign(weeks), segments.assign(weeks, definition=strict)
    hashes = f"{Definition().hash}, {strict.hash}"
    with refused(
        MethodError,
        f"migration: the two periods rest on different definitions ({hashes}). Recompute both under one.",
    ):
        segments.migration(before, after)


def test_no_log_shown_as_no_use(people_tables, days_in_weeks):
    """Others draw a gap in the log as a slump. A week without a log counts for nobody."""
    tables = people_tables(["a"])
    days = tables["coverage"]["date"]
    tables["coverage"]["complete"] = ~days.between("2026-05-04", "2026-05-31")
    activity = days_in_weeks("a", 12)
    logged = activity[~activity["date"].between("2026-05-04", "2026-05-31")]
    found = people_of(logged, tables)
    pdt.assert_frame_equal(found, frame([("a", 8, 8, 1.0, "regular")], PEOPLE))
