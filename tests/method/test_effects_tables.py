"""A client's weeks, whom its changes concern, and the two tables: seventy people worked out by hand."""

import datetime as dt

import pandas as pd
import pandas.testing as pdt
import pytest

from crmkit import privacy
from crmkit.errors import MethodError
from crmkit.method import effects, retrospective
from crmkit.method.effects import windows
from crmkit.method.effects.scope import scopes
from crmkit.method.effects.weekly import weekly

AGREED = "privacy: {agreement: BV 7/2025}\n"
UNITS = AGREED + "reporting_units: [Sales, Service]\n"
#: A Monday; the twelve weeks before it begin on 13 October, those after it end on 29 March.
DAY = dt.date(2026, 1, 5)
SALES, SERVICE = [f"a{n:02}" for n in range(30)], [f"e{n:02}" for n in range(40)]
MONDAYS = pd.date_range("2025-06-02", periods=56, freq="7D")


def change(day=DAY, title="Training", org_unit="", kind="cultural") -> dict:
    return {"date": pd.Timestamp(day), "kind": kind, "title": title, "org_unit": org_unit}


@pytest.fixture
def make(client_of, people_tables):
    """Return a function that makes a client: of both units some work each week, more of them from the day on."""

    def client(*rows: dict, settings: str = UNITS, sales=(10, 16), service=(20, 20), lost=(), weeks=56, nowhere=0):
        mondays = pd.date_range(end=MONDAYS[-1], periods=weeks, freq="7D")
        tables = people_tables([*SALES, *SERVICE], covered=(mondays[0], "2026-06-28"))
        tables["assignments"] = tables["assignments"].assign(
            from_date=pd.Timestamp("2023-01-02"),
            org_unit=["Sales"] * 30 + ["Service"] * (40 - nowhere) + [""] * nowhere,
        )
        tables["coverage"] = tables["coverage"][~tables["coverage"]["date"].isin(pd.to_datetime(list(lost)))]
        work = [
            (user, monday + pd.Timedelta(days=1))
            for people, numbers in ((SALES, sales), (SERVICE, service))
            for monday in mondays
            for user in people[: numbers[monday.date() >= DAY]]
        ]
        activity = pd.DataFrame(work, columns=["user_id", "date"]).assign(source="log", n_view=1)
        changes = pd.DataFrame(list(rows), columns=["date", "kind", "title", "org_unit"])
        return client_of(activity=activity, changes=changes, settings=settings, **tables)

    return client


def test_weeks_of_a_client(make):
    found = weekly(make(change()))
    series = found.series({"Sales"}).set_index("week")
    columns = ["n_active", "n_total", "comparison_active", "comparison_total", "working_days"]
    assert series.loc["2025-12-29", columns].tolist() == [10, 30, 20, 40, 4]
    assert series.loc["2026-01-12", columns].tolist() == [16, 30, 20, 40, 5]
    assert found.series().set_index("week").loc["2026-01-12", ["n_active", "n_total"]].tolist() == [36, 70]
    assert (found.mondays[0], found.mondays[-1]) == (MONDAYS[0], MONDAYS[-1])


def test_weeks_count_who_is_there(client_of, people_tables):
    """A machine never, a newcomer past onboarding, a leaver as long as they were there."""
    tables = people_tables(["machine", "newcomer", "leaver", "one"], covered=("2026-01-05", "2026-06-28"))
    tables["users"].loc[0, "account_type"] = "service"
    tables["assignments"].loc[1, "from_date"] = pd.Timestamp("2026-03-02")
    tables["assignments"].loc[2, "to_date"] = pd.Timestamp("2026-02-01")
    activity = pd.DataFrame({"user_id": "one", "date": [pd.Timestamp("2026-06-02")], "source": "log", "n_view": 1})
    series = weekly(client_of(activity=activity, **tables)).series().set_index("week")
    assert series.loc[["2026-01-12", "2026-02-02", "2026-05-18", "2026-06-08"], "n_total"].tolist() == [2, 1, 1, 2]
    assert series["n_active"].sum() == series.loc["2026-06-01", "n_active"] == 1


def test_before_and_after_of_everybody(make):
    table = effects.before_after(make(change()))
    expected = pd.DataFrame(
        [("before", 30, 70, 30 / 70, None), ("after", 36, 70, 36 / 70, 6 / 70)],
        columns=["moment", "n", "n_total", "share", "change_share"],
    )
    pdt.assert_frame_equal(table.frame[list(expected)], expected, check_dtype=False)
    assert set(table.frame["reason"]) == set(table.frame["together"]) == {""}
    assert set(table.frame["season"]) == {"before"}  # Christmas
    assert (table.name, table.tier, table.notes) == ("before_after", "A", ())


def test_of_a_unit_only_the_difference_is_told(make):
    table = effects.before_after(make(change(org_unit="Sales")))
    rows = table.frame[["moment", "n", "n_total", "share", "change_share"]]
    assert rows["moment"].tolist() == ["after"]
    assert rows[["n", "n_total", "share"]].isna().all(axis=None)
    assert rows["change_share"].tolist() == [0.2]


def test_a_year_earlier(make):
    """Only where the log holds the same weeks of the year before, all of them."""
    assert windows.earlier(windows.mondays_beside(DAY)[0])[0] == pd.Timestamp("2024-10-14")
    assert len(effects.before_after(make(change(), weeks=88)).frame) == 2
    frame = effects.before_after(make(change(), change(org_unit="Sales"), weeks=100)).frame
    assert frame["moment"].tolist() == ["before", "after", "year_before", "year_after", "after", "year_after"]
    assert frame["n"].tolist() == [30, 36, 30, 30, pd.NA, pd.NA]
    assert frame["change_share"].round(2).tolist()[3:] == [0.0, 0.2, 0.0]


@pytest.mark.parametrize(
    ("day", "first", "after"),
    [("2026-01-05", "2025-10-13", "2026-01-05"), ("2026-01-07", "2025-10-13", "2026-01-12"),
     ("2026-01-10", "2025-10-20", "2026-01-12")],
)  # fmt: skip
def test_windows_beside_a_day(day, first, after):
    before, later = windows.mondays_beside(dt.date.fromisoformat(day))
    assert (str(before[0].date()), str(later[0].date()), len(before), len(later)) == (first, after, 12, 12)


@pytest.mark.parametrize(
    ("day", "reason"), [("2025-07-07", "few_before"), ("2026-06-01", "few_after"), ("2025-01-06", "few_before")]
)
def test_windows_beyond_the_log(make, day, reason):
    frame = effects.before_after(make(change(dt.date.fromisoformat(day)))).frame
    assert frame[["moment", "reason"]].values.tolist() == [["none", reason]]
    assert frame[["n", "n_total", "share", "change_share"]].isna().all(axis=None)


def test_weeks_without_a_log(make):
    lost = [f"2026-0{month}-03" for month in (2, 3)] + ["2026-01-20"]
    assert effects.before_after(make(change(), lost=lost)).frame["reason"].tolist() == ["gap"]
    two = effects.before_after(make(change(), lost=lost[:2])).frame
    assert two["n"].tolist() == [30, 36]


@pytest.mark.parametrize("service", [(0, 0), (40, 36)])
def test_few_who_work_or_do_not(make, service):
    """At least five have to work, and five not to."""
    few = {(0, 0): (4, 4), (40, 36): (28, 30)}[service]
    frame = effects.before_after(make(change(), sales=few, service=service)).frame
    assert frame["reason"].tolist() == ["few_people"]


def test_changes_in_the_future_and_none(make):
    client = make(change(dt.date(2026, 7, 6)))
    assert effects.before_after(client).frame.empty
    assert effects.estimates(client).frame.empty
    assert effects.estimates(make()).frame.empty


def test_two_on_one_day_and_nearby(make):
    near, far = change(DAY + dt.timedelta(weeks=7), "Near"), change(dt.date(2025, 9, 1), "Far")
    client = make(change(title="One"), change(title="Two"), near, far)
    frame = effects.before_after(client).frame.drop_duplicates("title").set_index("title")
    assert frame["together"].to_dict() == {
        "Far": "", "One": "Two · Near", "Two": "One · Near", "Near": "One · Two",
    }  # fmt: skip
    told = effects.estimates(client).frame.set_index("title")
    assert told.loc[["One", "Two"], "reason"].tolist() == ["together"] * 2
    assert told.loc["One", "together"] == "Two"
    assert told.loc["Near", "reason"] == ""


def test_units_apart_do_not_disturb_each_other(make):
    one, other = change(title="One", org_unit="Sales"), change(title="Other", org_unit="Service")
    frame = effects.before_after(make(one, other)).frame
    assert frame["together"].tolist() == ["", ""]


def test_estimates(make):
    client = make(change(org_unit="Sales"), change(dt.date(2025, 10, 6), "Nothing"))
    frame = effects.estimates(client).frame.set_index("title")
    row = frame.loc["Training"]
    assert (row["result"], row["comparison"], row["level_share"]) == ("found_up", "rest", 0.2)
    assert (row["n_weeks_before"], row["n_weeks_after"]) == (31, 25)
    # the step of January is 13 weeks away, and no other date moves as far
    assert frame.loc["Nothing", "result"] in ("not_found", "cannot_tell")


@pytest.mark.parametrize("unit", ["sales", "SALES ", "Sales"])
def test_spellings_of_a_unit(make, unit):
    assert scopes(make(change(org_unit=unit)))[0].members == {"Sales"}


@pytest.mark.parametrize(
    ("unit", "settings", "reason"),
    [("Slaes", UNITS, "unknown_unit"), ("Sales", AGREED + "reporting_units: [Service]\n", "unit_not_reported"),
     ("Sales", "privacy: {agreement: BV 7/2025, totals_only: true}\n", "units_hidden")],
)  # fmt: skip
def test_units_of_which_nothing_is_told(make, unit, settings, reason):
    client = make(change(org_unit=unit), settings=settings)
    table, told = effects.before_after(client).frame, effects.estimates(client).frame
    assert table[["moment", "reason"]].values.tolist() == [["none", reason]]
    assert told[["result", "reason"]].values.tolist() == [["cannot_tell", reason]]
    assert (set(table["org_unit"]) == {""}) == (reason == "units_hidden")


def test_a_unit_is_the_reporting_units_in_it(make):
    """Two reporting units below it make up a unit; a part of one does not."""
    client = make(
        change(org_unit="Sales"), settings=AGREED + "reporting_units: [{name: Both, units: [Sales, Service]}]"
    )
    assert scopes(client)[0].reason == "unit_not_reported"


def test_without_an_agreement(make):
    client = make(change(), settings="")
    for table in (effects.before_after(client), effects.estimates(client)):
        assert table.frame.empty
        assert table.notes == ("needs_agreement",)


def test_without_a_log(client_of, people_tables):
    tables = people_tables(["one"])
    tables["coverage"] = tables["coverage"].iloc[:0]
    client = client_of(changes=pd.DataFrame([change()]), settings=AGREED, **tables)
    assert effects.before_after(client).frame.empty
    assert effects.estimates(client).frame.empty


def test_a_kind_that_is_not_known(make, refused):
    known = 'Did you mean "technical"? Known: technical, organisational, cultural.'
    with refused(MethodError, f"changes.csv: kind `technisch` is not known. {known}"):
        effects.before_after(make(change(kind="technisch")))


# what may be shown


@pytest.mark.parametrize("nowhere", [0, 3])
def test_a_unit_is_told_of_only_where_its_reading_is_shown(make, nowhere):
    """Three people are in no unit: what both units have, less what everybody has, would be theirs."""
    client = make(change(org_unit="Sales"), change(title="Other", org_unit="Service"), nowhere=nowhere)
    shown = privacy.protect(retrospective.tables(client), k=client.k)
    today = shown["unit_series"].frame.drop_duplicates("org_unit", keep="last").set_index("org_unit")["n"].notna()
    told = shown["before_after"].frame.set_index("org_unit")["change_share"].notna()
    estimated = shown["effects"].frame.set_index("org_unit")[["result", "level_share", "low_share"]].notna()
    assert today.all() == (nowhere == 0)
    for unit in ("Sales", "Service"):
        assert told[unit] == today[unit]
        assert estimated.loc[unit].tolist() == [today[unit]] * 3
    assert privacy.audit(shown, k=client.k) == []


def test_numbers_of_a_window_belong_together(make):
    """The rest, who did not work, is guarded with those who did."""
    table = effects.before_after(make(change()))
    part, whole = table.whom["n"][0].boxes[0], table.whom["n_total"][0].boxes[0]
    assert part.universe == whole.universe == "weeks 2025-10-13 to 2026-01-04"
    assert (dict(part.where), whole.where) == ({"worked": frozenset({"yes"})}, ())


def test_the_input_stays_as_it_is(make):
    client = make(change(org_unit="Sales"))
    kept = {name: getattr(client, name).copy(deep=True) for name in ("changes", "activity", "assignments", "users")}
    effects.before_after(client)
    effects.estimates(client)
    for name, rows in kept.items():
        pdt.assert_frame_equal(getattr(client, name), rows)
