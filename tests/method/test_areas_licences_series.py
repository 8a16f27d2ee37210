"""Areas, licences, monthly readings and last logins on a small client worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from crmkit.errors import MethodError
from crmkit.method import areas, changes, licences, panel, segments, series, standing


@pytest.fixture
def client(client_of, people_tables, days_in_weeks):
    """60 people: r00–r19 work every week in sales and service, o20–o39 in 4 weeks, the others never; two units."""
    ids = [f"r{i:02}" for i in range(20)] + [f"o{i:02}" for i in range(20, 40)] + [f"x{i:02}" for i in range(40, 60)]
    tables = people_tables(ids)
    tables["assignments"]["org_unit"] = ["Nord", "Süd"] * 30
    tables["users"]["last_login"] = [pd.NaT] * 40 + [pd.Timestamp("2026-01-05")] * 10 + [pd.NaT] * 10
    regular = [days_in_weeks(user, 30, area=area) for user in ids[:20] for area in ("sales", "service")]
    occasional = [days_in_weeks(user, 4, area="sales") for user in ids[20:40]]
    bought = pd.DataFrame(
        {"licence": ["Sales"], "n_purchased": [70], "unit_cost_month": [100.0], "cost_year": [np.nan],
         "currency": ["EUR"], "notice_date": ["2026-09-30"]}
    )  # fmt: skip
    return client_of(activity=pd.concat(regular + occasional), licences=bought, **tables)


@pytest.fixture
def people(client):
    return standing.describe(segments.assign(panel.weekly(client.activity, client, as_of=client.as_of)), client)


def test_standing_and_details(client, people):
    assert standing.overview(people, client).frame["n"].tolist() == [20, 20, 20, 0]
    assert standing.details(people).frame[["detail", "n", "n_total"]].values.tolist() == [
        ["rare", 0, 60], ["dormant", 10, 60], ["never", 10, 60],
    ]  # fmt: skip
    assert standing.intensity(people).frame[["segment", "n", "n_total"]].values.tolist() == [
        ["regular", 0, 20], ["occasional", 0, 20],
    ]  # fmt: skip


def test_units_keep_their_order(client_of, client, people):
    assert standing.by_unit(people, client).frame["org_unit"].unique().tolist() == ["Nord", "Süd"]
    turned = client_of(settings="reporting_units: [Süd, Nord]", assignments=client.assignments, users=client.users)
    assert standing.by_unit(people, turned).frame["org_unit"].unique().tolist() == ["Süd", "Nord"]


def test_small_clients_get_totals_only(client, people):
    few = people.iloc[:59]
    few.attrs = people.attrs
    assert standing.by_unit(few, client).frame.empty
    assert areas.by_unit(few, client).frame.empty


def test_areas(client, people):
    assert areas.usage(people, client).frame[["area", "n", "n_total"]].values.tolist() == [
        ["sales", 40, 60], ["service", 20, 60],
    ]  # fmt: skip
    breadth = areas.breadth(people, client).frame
    assert breadth.query("n > 0")[["segment", "n_areas", "n", "n_total"]].values.tolist() == [
        ["regular", "2", 20, 20], ["occasional", "1", 20, 20], ["rare", "0", 20, 20],
    ]  # fmt: skip
    by_unit = areas.by_unit(people, client).frame
    assert by_unit[["org_unit", "area", "n", "n_total"]].values.tolist() == [
        ["Nord", "sales", 20, 30], ["Nord", "service", 10, 30], ["Süd", "sales", 20, 30], ["Süd", "service", 10, 30],
    ]  # fmt: skip


def test_licences(client, people):
    assert licences.waterfall(people, client).frame.values.tolist() == [
        ["purchased", 70], ["assigned", 60], ["persons", 60], ["not_left", 60],
        ["past_onboarding", 60], ["assessed", 60],
    ]  # fmt: skip
    use = licences.use(people, client).frame
    assert use.iloc[0][["n_purchased", "cost_year", "n_assigned", "n_regular", "n_occasional", "n_rare"]].tolist() == [
        70, 84_000.0, 60, 20, 20, 20,
    ]  # fmt: skip
    cost = licences.cost(people, client).frame.set_index("kind")
    assert cost["n"].to_dict() == {"without_use": 20, "reassignable": 10, "adjustable": 30}
    assert cost["cost_year"].to_dict() == {"without_use": 24_000.0, "reassignable": 12_000.0, "adjustable": 36_000.0}
    figures = licences.figures(people, client).frame.set_index("metric")
    assert figures["value"].round(6).to_dict() == {
        "usage_rate": round(40 / 60, 6), "regular_share": round(20 / 60, 6), "cost_per_regular_year": 3_600.0,
        "cost_per_using_year": 1_800.0,
    }  # fmt: skip


def test_without_prices_counts_remain(client_of, client, people):
    rows = client.licences.assign(unit_cost_month=np.nan)
    bare = client_of(licences=rows, users=client.users, assignments=client.assignments, coverage=client.coverage)
    assert licences.cost(people, bare).frame.empty
    assert licences.figures(people, bare).frame["metric"].tolist() == ["usage_rate", "regular_share"]


def test_monthly_readings(client):
    found = series.monthly(client, metric="regular_users")
    # 30 weeks back from June: the first full window of regular use ends in February.
    recent = found[found["month"] >= "2026-03-01"]
    assert recent[["value", "n_total", "coverage_share"]].values.tolist() == [[20.0, 60.0, 1.0]] * 4
    assert recent["month"].dt.strftime("%m-%d").tolist() == ["03-31", "04-30", "05-31", "06-28"]
    assert found["month"].is_monotonic_increasing
    rate = series.monthly(client, metric="usage_rate")["value"]
    assert rate.iloc[-1] == pytest.approx(40 / 60)


def test_readings_of_a_unit_and_an_area(client, refused):
    north = series.monthly(client, metric="active_users", org_unit="Nord").iloc[-1]
    assert (north["value"], north["n_total"], north["population"]) == (20.0, 30.0, "Nord")
    assert series.monthly(client, metric="active_users", area="service")["value"].iloc[-1] == 20.0
    with refused(
        MethodError,
        "metric `joy` is not read from usage logs. Known: active_users, regular_users, usage_rate, breadth.",
    ):
        series.monthly(client, metric="joy")


def test_breadth_is_areas_used_of_areas_that_matter(client_of, client):
    """Regular people use sales and service, occasional ones sales, the others none: (20 + 20 × ½) of 60."""
    found = series.monthly(client, metric="breadth").iloc[-1]
    assert (found["value"], found["n_total"]) == (0.5, 60.0)
    roles = "roles: {Verkauf: {areas: [sales]}, Technik: {areas: [service, sales]}}"
    spans = client.assignments.assign(role=["Verkauf"] * 40 + [""] * 20)
    tables = {"users": client.users, "assignments": spans, "coverage": client.coverage, "activity": client.activity}
    mapped = client_of(settings=roles, **tables)
    found = series.monthly(mapped, metric="breadth").iloc[-1]
    # Whose role the map does not know is left out.
    assert (found["value"], found["n_total"]) == (1.0, 40.0)


def test_usage_series(client):
    table = series.usage(client)
    assert table.frame.tail(1)[["metric", "n", "n_total"]].values.tolist() == [["regular", 20, 60]]
    assert (table.frame["coverage_share"] >= 0.8).all()


def test_last_logins(client_of, people_tables):
    tables = people_tables(list("abcde"), covered=("2026-06-28", "2026-06-28"), tier="C", source="list")
    tables["users"]["last_login"] = pd.to_datetime(["2026-06-28", "2026-05-31", "2026-05-30", "2026-04-04", None])
    client = client_of(**tables)
    nobody = segments.assign(panel.weekly(client.activity, client, as_of=client.as_of))
    table = standing.overview(nobody, client)
    assert table.tier == "C"
    assert table.frame[["band", "n", "n_total"]].values.tolist() == [
        ["within_4_weeks", 2, 5], ["weeks_5_12", 1, 5], ["over_12_weeks", 1, 5], ["never", 1, 5],
    ]  # fmt: skip


def test_logins_without_writes_are_not_rare(client_of, people_tables, days_in_weeks):
    tables = people_tables(list("ab"), tier="B", source="changes")
    tables["users"]["last_login"] = pd.to_datetime([None, "2026-06-20"])
    client = client_of(activity=days_in_weeks("a", 12, source="changes", n_write=2), **tables)
    people = standing.describe(segments.assign(panel.weekly(client.activity, client, as_of=client.as_of)), client)
    assert people["segment"].tolist() == ["regular", "no_write_trace"]
    assert segments.shares(people).frame["segment"].tolist() == list(segments.SEGMENTS)


def test_tier_e_is_printed_as_delivered(client_of):
    rows = pd.DataFrame(
        {"org_unit": ["Netz", "Netz"], "band": ["regelmäßig", "selten"], "n": [30, 10], "from_date": "2026-01-05",
         "to_date": "2026-03-29", "definition": "Anmeldung pro Woche"}
    )  # fmt: skip
    client = client_of(aggregates=rows)
    table = standing.overview(pd.DataFrame(), client)
    assert (table.tier, table.frame["share"].tolist()) == ("E", [0.75, 0.25])


@pytest.mark.parametrize(
    ("n", "settings", "notes"),
    [(30, "", ()), (29, "", ("small_client",)), (30, "privacy: {totals_only: true}", ("totals_only",))],
)
def test_tier_e_of_a_client_without_units(client_of, n, settings, notes):
    rows = pd.DataFrame(
        {"org_unit": ["Netz", "Netz", "Büro", "Büro"], "band": ["oft", "selten", "oft", "selten"],
         "n": [n, 10, 13, 7], "from_date": "2026-01-05", "to_date": "2026-03-29", "definition": "d"}
    )  # fmt: skip
    table = standing.overview(pd.DataFrame(), client_of(aggregates=rows, settings=settings))
    apart = [["Netz", "oft", n], ["Netz", "selten", 10], ["Büro", "oft", 13], ["Büro", "selten", 7]]
    whole = [["Muster GmbH", "oft", n + 13], ["Muster GmbH", "selten", 17]]
    assert table.frame[["org_unit", "band", "n"]].values.tolist() == (whole if notes else apart)
    assert table.notes == notes


def test_changes(client_of, refused):
    rows = pd.DataFrame(
        {"date": ["2026-07-01", "2026-02-01", "2025-11-10"], "kind": ["technical", "cultural", "technical"],
         "title": ["später", "Schulung", "Release"], "org_unit": ""}
    )  # fmt: skip
    assert changes.log(client_of(changes=rows)).frame["title"].tolist() == ["Release", "Schulung"]
    with refused(
        MethodError,
        'changes.csv: kind `tecnical` is not known. Did you mean "technical"? '
        "Known: technical, organisational, cultural.",
    ):
        changes.log(client_of(changes=rows.assign(kind="tecnical")))
