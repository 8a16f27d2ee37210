"""What a second reader found: each a small example that once went wrong."""

import io

import pandas as pd
import pytest

from crmkit import privacy, schema
from crmkit.errors import MethodError, PrivacyError
from crmkit.method import areas, licences, panel, segments, series, standing

JUNE = "2026-06-28"


def test_a_panel_through_a_text_file_judges_the_same(people_tables, days_in_weeks):
    tables = people_tables(["here", "left", "new"])
    tables["assignments"].loc[1, "to_date"] = pd.Timestamp("2026-05-01")
    tables["assignments"].loc[2, "from_date"] = pd.Timestamp("2026-06-01")
    weeks = panel.weekly(days_in_weeks("here", 12), tables, as_of=JUNE)
    file = io.StringIO(weeks.to_csv(index=False))
    read = pd.read_csv(file, parse_dates=["week"])
    expected = segments.assign(weeks)[["user_id", "segment"]].values.tolist()
    assert segments.assign(read)[["user_id", "segment"]].values.tolist() == expected


def test_a_contradiction_that_is_planned_changes_nothing_today(people_tables, days_in_weeks):
    tables = people_tables(["a"])
    planned = pd.DataFrame(
        {"user_id": "a", "from_date": pd.Timestamp("2026-09-01"), "to_date": pd.NaT, "org_unit": ["Nord", "Süd"]}
    )
    tables["assignments"] = pd.concat([tables["assignments"], planned], ignore_index=True)
    weeks = panel.weekly(days_in_weeks("a", 12), tables, as_of=JUNE)
    assert segments.assign(weeks)["segment"].tolist() == ["regular"]


def test_days_with_a_clock_time_are_days():
    days = schema.empty("coverage").astype({"complete": "bool"})
    days.loc[0] = ["log", pd.Timestamp("2026-06-22 09:00"), True, "A"]
    conformed = schema.conform(days.astype({"source": "str", "tier": "str", "date": "datetime64[us]"}), "coverage")
    assert conformed["date"].tolist() == [pd.Timestamp("2026-06-22")]


def test_logins_know_no_area(client_of, people_tables, days_in_weeks, refused):
    tables = people_tables(["a"], tier="B")
    client = client_of(activity=days_in_weeks("a", 12, n_login=1), **tables)
    assert len(series.monthly(client)) > 0
    assert series.monthly(client, area="sales").empty
    message = "area `zz` is not known. Known: sales, marketing, service, shared, other."
    with refused(MethodError, message):
        series.monthly(client, area="zz")


def test_the_reading_of_breadth_is_that_of_the_table(client_of, people_tables, days_in_weeks):
    """One of two areas that matter is used, the other is in no log; one day a week where two make it active."""
    settings = "roles: {Verkauf: {areas: [sales, service], rhythm: daily}}\nactive: {min_days: 2}\n"
    ids = [f"p{n}" for n in range(8)]
    tables = people_tables(ids, role="Verkauf")
    activity = pd.concat([days_in_weeks(user, 12) for user in ids])
    client = client_of(settings=settings, activity=activity, **tables)
    people = standing.describe(segments.assign(panel.weekly(activity, client, as_of=client.as_of)), client)
    table = areas.role_breadth(people, client).frame
    assert table.query("n > 0")[["relevant", "n"]].values.tolist() == [["some", 8]]
    assert series.monthly(client, metric="breadth").iloc[-1]["value"] == 0.5


BOUGHT = pd.DataFrame(
    {"licence": ["Sales"], "n_purchased": [100], "unit_cost_month": [10.0], "cost_year": [float("nan")],
     "currency": ["EUR"], "notice_date": ["2026-09-30"]}
)  # fmt: skip


@pytest.fixture
def client_with(client_of, people_tables, days_in_weeks):
    """Return a function that makes a client of 30 regular and 30 idle people, all with one licence."""

    def make(licence: str):
        ids = [f"r{n:02}" for n in range(30)] + [f"x{n:02}" for n in range(30)]
        tables = people_tables(ids)
        tables["assignments"]["licence"] = licence
        activity = pd.concat([days_in_weeks(user, 12) for user in ids[:30]])
        return client_of(activity=activity, licences=BOUGHT, **tables)

    return make


def described(client):
    return standing.describe(segments.assign(panel.weekly(client.activity, client, as_of=client.as_of)), client)


def test_no_money_rests_on_a_licence_under_another_name(client_with):
    listed = client_with("Sales")
    assert licences.cost(described(listed), listed).frame["n"].tolist() == [30, 40, 70]
    misspelt = client_with("Sales Licence")
    people = described(misspelt)
    assert licences.cost(people, misspelt).frame.empty
    assert licences.scenario(people, misspelt).frame.empty


def test_the_floor_is_a_whole_number(client_with):
    client = client_with("Sales")
    for k in (float("nan"), 4, "5"):
        with pytest.raises(PrivacyError):
            privacy.protect(segments.shares(described(client)), k=k)
