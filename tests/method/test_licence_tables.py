"""Licences and money worked out by hand: waterfall, three euro figures in two currencies, scenario."""

import numpy as np
import pandas as pd
import pandas.testing as pdt
import pytest

from crmkit import privacy
from crmkit.method import licences, panel, segments, standing

BOUGHT = pd.DataFrame(
    [
        ("Sales", 20, 100.0, np.nan, "EUR", "2026-09-30"),
        ("Service", 4, np.nan, 4000.0, "CHF", "2026-12-31"),
    ],
    columns=["licence", "n_purchased", "unit_cost_month", "cost_year", "currency", "notice_date"],
)


@pytest.fixture
def client_with(client_of, people_tables, days_in_weeks):
    """Return a function that makes a client of groups: letter → (people, weeks worked, licence).

    l: their account ended on 1 March 2026, their licence runs on; s: service accounts; n: licensed since 1 June.
    """

    def make(groups, *, bought=BOUGHT, tier="A", person_ids=None, as_of="", **counts):
        ids = {letter: [f"{letter}{i:02}" for i in range(n)] for letter, (n, _, _) in groups.items()}
        tables = people_tables([user for users in ids.values() for user in users], tier=tier)
        users, spans = tables["users"], tables["assignments"]
        letter = users["user_id"].str[0]
        spans["licence"] = letter.map({code: licence for code, (_, _, licence) in groups.items()})
        spans.loc[letter == "n", "from_date"] = pd.Timestamp("2026-06-01")
        users["account_type"] = users["account_type"].mask(letter == "s", "service")
        users["last_active"] = pd.Series(pd.NaT, index=users.index).mask(letter == "l", pd.Timestamp("2026-03-01"))
        users["person_id"] = users["user_id"].replace(person_ids or {})
        worked = [days_in_weeks(u, n, **counts) for code, (_, n, _) in groups.items() for u in ids[code]]
        activity = {"activity": pd.concat(worked)} if worked else {}
        listed = {} if bought is None else {"licences": bought}
        return client_of(as_of=as_of, **tables, **activity, **listed)

    return make


def assigned(client) -> pd.DataFrame:
    return segments.assign(panel.weekly(client.activity, client, as_of=client.as_of))


def described(client) -> pd.DataFrame:
    return standing.describe(assigned(client), client)


def steps(client) -> list[list[object]]:
    return licences.waterfall(assigned(client), client).frame.values.tolist()


#: Sales: 8 regular, 5 without use, a leaver, a service account. Service: 3 regular, 3 without use.
GROUPS = {
    "r": (8, 12, "Sales"), "x": (5, 0, "Sales"), "l": (1, 12, "Sales"), "s": (1, 12, "Sales"),
    "c": (3, 12, "Service"), "y": (3, 0, "Service"),
}  # fmt: skip


def test_waterfall_with_leavers(client_with):
    """8 + 5 + 1 + 1 + 3 + 3 accounts, one of them a service account, one of a leaver."""
    assert steps(client_with(GROUPS)) == [
        ["purchased", 24], ["assigned", 21], ["persons", 20], ["not_left", 19], ["past_onboarding", 19],
        ["assessed", 19],
    ]  # fmt: skip


def test_waterfall_without_leavers(client_with):
    """The step of those who are there stays: one that comes and goes would tell."""
    groups = {"r": (8, 12, "Sales"), "n": (3, 3, "Sales"), "s": (2, 0, "Sales")}
    assert steps(client_with(groups)) == [
        ["purchased", 24], ["assigned", 13], ["persons", 11], ["not_left", 11], ["past_onboarding", 8], ["assessed", 8],
    ]  # fmt: skip


@pytest.mark.parametrize(("bought", "n_purchased", "n"), [(BOUGHT, [24], 8), (None, [], 14)])
def test_waterfall_of_the_licences_in_the_list(client_with, bought, n_purchased, n):
    """Six hold a licence that nobody has bought: they are in no step; without a list all are."""
    found = steps(client_with({"r": (8, 12, "Sales"), "g": (6, 12, "Gold")}, bought=bought))
    first = [["purchased", number] for number in n_purchased]
    assert found == [*first, ["assigned", n], ["persons", n], ["not_left", n], ["past_onboarding", n], ["assessed", n]]


def test_waterfall_counts_a_person_with_two_accounts_once(client_with):
    """r00 and r01 are one person, r02 has the second licence Service too."""
    client = client_with({"r": (8, 12, "Sales"), "c": (1, 12, "Service")}, person_ids={"r01": "r00", "c00": "r02"})
    assert steps(client)[1:] == [
        ["assigned", 9], ["persons", 7], ["not_left", 7], ["past_onboarding", 7], ["assessed", 7],
    ]  # fmt: skip


def test_waterfall_people_with_too_few_weeks(client_with, client_of):
    """r00 was away for ten of twelve weeks: past onboarding, but not assessed."""
    client = client_with({"r": (8, 12, "Sales")})
    weeks = pd.date_range("2026-04-06", periods=10, freq="7D")
    away = pd.DataFrame({"user_id": "r00", "week": weeks, "available_days": 0.0})
    tables = {name: getattr(client, name) for name in ("users", "assignments", "coverage", "activity", "licences")}
    assert steps(client_of(availability=away, **tables))[-2:] == [["past_onboarding", 8], ["assessed", 7]]


def test_waterfall_without_a_log(client_with):
    assert steps(client_with(GROUPS, tier="C")) == []


def test_use(client_with):
    """The leaver's and the service account's licence are assigned; nobody works with them in a segment."""
    frame = licences.use(described(client_with(GROUPS)), client_with(GROUPS)).frame
    expected = pd.DataFrame(
        [
            ("Sales", "EUR", pd.Timestamp("2026-09-30"), 20, 24_000.0, 15, 8, 0, 5, 0),
            ("Service", "CHF", pd.Timestamp("2026-12-31"), 4, 4_000.0, 6, 3, 0, 3, 0),
        ],
        columns=["licence", "currency", "notice_date", "n_purchased", "cost_year", "n_assigned", "n_regular",
                 "n_occasional", "n_rare", "n_not_assessable"],
    )  # fmt: skip
    pdt.assert_frame_equal(frame, expected, check_dtype=False)


def test_use_without_a_log_has_no_columns_for_it(client_with):
    client = client_with(GROUPS, tier="C")
    frame = licences.use(described(client), client).frame
    assert frame.drop(columns=["notice_date"]).values.tolist() == [
        ["Sales", "EUR", 20, 24_000.0, 15], ["Service", "CHF", 4, 4_000.0, 6],
    ]  # fmt: skip


def test_cost(client_with):
    """Sales 1,200 EUR a year: 20 bought, 14 work with it (8 + 5 and the service account): 6 free, 5 idle.

    Service 1,000 CHF: 4 bought, 6 hold it: none free, 3 idle, of which the 2 too many come off.
    """
    client = client_with(GROUPS)
    euro, franc = ["EUR", pd.Timestamp("2026-09-30")], ["CHF", pd.Timestamp("2026-12-31")]
    expected = [
        ["without_use", *euro, 5, 6_000.0], ["without_use", *franc, 3, 3_000.0],
        ["reassignable", *euro, 6, 7_200.0], ["reassignable", *franc, 0, 0.0],
        ["adjustable", *euro, 11, 13_200.0], ["adjustable", *franc, 1, 1_000.0],
    ]  # fmt: skip
    columns = ["kind", "currency", "notice_date", "n", "cost_year"]
    found = licences.cost(described(client), client).frame[columns]
    pdt.assert_frame_equal(found, pd.DataFrame(expected, columns=columns), check_dtype=False)
    assert len(licences.cost_by_type(described(client), client).frame) == 6


def test_cost_by_type_in_the_order_of_the_list(client_with):
    """A second type in euros adds up in `cost`, by its own price, and stands by itself here."""
    light = pd.DataFrame(
        {"licence": ["Light"], "n_purchased": [10], "unit_cost_month": [10.0], "cost_year": [np.nan],
         "currency": ["EUR"], "notice_date": ["2026-08-31"]}
    )  # fmt: skip
    client = client_with({**GROUPS, "z": (2, 0, "Light")}, bought=pd.concat([BOUGHT, light]))
    people = described(client)
    by_type = licences.cost_by_type(people, client).frame
    assert by_type[["licence", "kind", "currency", "n", "cost_year"]].values.tolist() == [
        ["Sales", "without_use", "EUR", 5, 6_000.0], ["Sales", "reassignable", "EUR", 6, 7_200.0],
        ["Sales", "adjustable", "EUR", 11, 13_200.0], ["Service", "without_use", "CHF", 3, 3_000.0],
        ["Service", "reassignable", "CHF", 0, 0.0], ["Service", "adjustable", "CHF", 1, 1_000.0],
        ["Light", "without_use", "EUR", 2, 240.0], ["Light", "reassignable", "EUR", 8, 960.0],
        ["Light", "adjustable", "EUR", 10, 1_200.0],
    ]  # fmt: skip
    euro = licences.cost(people, client).frame.query("currency == 'EUR'")
    assert euro[["kind", "n", "cost_year"]].values.tolist() == [
        ["without_use", 7, 6_240.0], ["reassignable", 14, 8_160.0], ["adjustable", 21, 14_400.0],
    ]  # fmt: skip
    # The first day on which anything can be given notice of.
    assert euro["notice_date"].unique().tolist() == [pd.Timestamp("2026-08-31")]


def test_the_contract_price_is_worth_more_than_the_list_price(client_with):
    """20 licences for 12,000 a year, whatever one costs by the list."""
    bought = BOUGHT.assign(cost_year=[12_000.0, 4_000.0])
    client = client_with(GROUPS, bought=bought)
    assert licences.cost(described(client), client).frame["cost_year"].tolist()[0] == 5 * 600.0


def test_figures_of_two_currencies(client_with):
    """11 of 19 use it, all of them regularly. Sales 1,200 ÷ 8/13 = 1,950 EUR, Service 1,000 ÷ 3/6 = 2,000 CHF."""
    client = client_with(GROUPS)
    frame = licences.figures(described(client), client).frame
    expected = [
        ["usage_rate", "", 11, 19, 11 / 19], ["regular_share", "", 11, 19, 11 / 19],
        ["cost_per_regular_year", "EUR", 8, 13, 1_950.0], ["cost_per_using_year", "EUR", 8, 13, 1_950.0],
        ["cost_per_regular_year", "CHF", 3, 6, 2_000.0], ["cost_per_using_year", "CHF", 3, 6, 2_000.0],
    ]  # fmt: skip
    columns = ["metric", "currency", "n", "n_total", "value"]
    pdt.assert_frame_equal(frame, pd.DataFrame(expected, columns=columns), check_dtype=False)


def test_figures_where_nobody_uses_it(client_with):
    client = client_with({"r": (0, 12, "Sales"), "x": (8, 0, "Sales")})
    found = licences.figures(described(client), client).frame.set_index(["metric", "currency"])["value"]
    assert found["usage_rate"].tolist() == [0.0]
    assert found[["cost_per_regular_year", "cost_per_using_year"]].isna().all()


def test_licences_of_unknown_number_have_no_mean_price(client_with):
    """0 bought is not known: no price a licence, rather than an infinite one."""
    client = client_with(GROUPS, bought=BOUGHT.assign(n_purchased=[0, 4], cost_year=[24_000.0, 4_000.0]))
    people = described(client)
    found = licences.figures(people, client).frame.query("currency == 'EUR'")["value"]
    assert found.isna().all()
    assert np.isfinite(licences.scenario(people, client).frame["share"].dropna()).all()


def test_without_prices(client_with):
    bought = BOUGHT.assign(unit_cost_month=np.nan, cost_year=np.nan)
    client = client_with(GROUPS, bought=bought)
    people = described(client)
    assert licences.cost(people, client).frame.empty
    assert licences.cost_by_type(people, client).frame.empty
    assert licences.figures(people, client).frame["metric"].tolist() == ["usage_rate", "regular_share"]
    assert licences.use(people, client).frame["cost_year"].isna().all()
    scenario = licences.scenario(people, client).frame
    assert scenario["n"].tolist() == [8, 13, 18]
    assert scenario[["cost_per_using_year", "cost_year"]].isna().all(axis=None)


def test_without_a_list(client_with):
    client = client_with(GROUPS, bought=None)
    people = described(client)
    for table in (licences.use, licences.cost, licences.cost_by_type, licences.scenario):
        assert table(people, client).frame.empty
    assert licences.figures(people, client).frame["currency"].tolist() == ["", ""]


def cost_of(client, licence="Sales") -> dict[str, int]:
    frame = licences.cost_by_type(described(client), client).frame
    return frame[frame["licence"] == licence].set_index("kind")["n"].to_dict()


def test_a_licence_held_by_a_leaver_is_reassignable(client_with):
    """20 bought, 8 at work: 12 are free, whether nobody holds the others or six who have left."""
    assert cost_of(client_with({"r": (8, 12, "Sales")}))["reassignable"] == 12
    with_leavers = cost_of(client_with({"r": (8, 12, "Sales"), "l": (6, 0, "Sales")}))
    assert with_leavers == {"without_use": 0, "reassignable": 12, "adjustable": 12}


def test_the_licence_of_a_service_account_is_neither_idle_nor_free(client_with):
    with_services = cost_of(client_with({"r": (8, 12, "Sales"), "s": (6, 0, "Sales")}))
    assert with_services == {"without_use": 0, "reassignable": 6, "adjustable": 6}


def test_who_is_new_is_not_without_use(client_with):
    assert cost_of(client_with({"r": (8, 12, "Sales"), "n": (6, 0, "Sales")})) == {
        "without_use": 0, "reassignable": 6, "adjustable": 6,
    }  # fmt: skip


def test_who_used_it_in_the_window_is_not_without_use(client_with):
    """Two of twelve weeks are rare use, but use."""
    found = cost_of(client_with({"r": (8, 12, "Sales"), "w": (6, 2, "Sales"), "x": (5, 0, "Sales")}))
    assert found == {"without_use": 5, "reassignable": 1, "adjustable": 6}


def test_who_used_it_before_the_window_is_without_use(client_with, client_of, days_in_weeks):
    """x worked in June 2025 and last logged in then: dormant, not „never“, but without use all the same."""
    client = client_with({"r": (8, 12, "Sales"), "x": (5, 0, "Sales")})
    before = pd.concat([days_in_weeks(f"x{i:02}", 3, last="2025-06-29", n_view=1, channel="ui") for i in range(5)])
    tables = {name: getattr(client, name) for name in ("users", "assignments", "coverage", "licences")}
    again = client_of(activity=pd.concat([client.activity, before]), **tables)
    assert described(again)["detail"].value_counts().to_dict() == {"": 8, "dormant": 5}
    assert cost_of(again)["without_use"] == 5


def test_people_without_a_write_trace_are_not_without_use(client_with, client_of):
    """A log of changes: v logged in last week and changed nothing, x never came. Use knows both."""
    client = client_with({"r": (8, 12, "Sales"), "v": (5, 0, "Sales"), "x": (5, 0, "Sales")}, tier="B", n_write=1)
    seen = client.users["user_id"].str[0] == "v"
    users = client.users.assign(last_login=client.users["last_login"].mask(seen, pd.Timestamp("2026-06-22")))
    tables = {name: getattr(client, name) for name in ("assignments", "coverage", "activity", "licences")}
    again = client_of(users=users, **tables)
    people = described(again)
    use = licences.use(people, again).frame.set_index("licence").loc["Sales"]
    assert use[["n_regular", "n_rare", "n_no_write_trace"]].tolist() == [8, 5, 5]
    assert cost_of(again) == {"without_use": 5, "reassignable": 2, "adjustable": 7}


def test_scenario(client_with):
    """Sales: 6 free and 5 idle can be reassigned, steps 0, 5 and 10. Service: 3 idle, less 2 too many: none."""
    client = client_with(GROUPS)
    expected = pd.DataFrame(
        [
            ("Sales", "EUR", 0, 20, 8, 11, 8 / 20, 24_000 / 8, 0.0),
            ("Sales", "EUR", 5, 20, 13, 11, 13 / 20, 24_000 / 13, 6_000.0),
            ("Sales", "EUR", 10, 20, 18, 11, 18 / 20, 24_000 / 18, 12_000.0),
        ],
        columns=[
            "licence",
            "currency",
            "n_reassigned",
            "n_total",
            "n",
            "n_adjustable",
            "share",
            "cost_per_using_year",
            "cost_year",
        ],
    )
    pdt.assert_frame_equal(licences.scenario(described(client), client).frame, expected, check_dtype=False)


@pytest.mark.parametrize(
    ("n_purchased", "expected"),
    [(12, []), (13, [0, 5]), (18, [0, 5, 10]), (57, [0, 5, 10, 20]), (58, [0, 10, 20, 50]), (207, [0, 20, 50, 100]),
     (5_000, [0, 200, 500, 1000])],
)  # fmt: skip
def test_steps_of_the_scenario(client_with, n_purchased, expected):
    """Eight use it: what else is bought can be reassigned; nothing below five, the three largest steps else."""
    client = client_with({"r": (8, 12, "Sales")}, bought=BOUGHT.iloc[:1].assign(n_purchased=n_purchased))
    frame = licences.scenario(described(client), client).frame
    assert frame["n_reassigned"].tolist() == expected
    assert frame["n"].tolist() == [8 + step for step in expected]


def test_scenario_counts_occasional_use(client_with):
    client = client_with({"r": (8, 12, "Sales"), "o": (5, 5, "Sales")})
    assert licences.scenario(described(client), client).frame["n"].tolist() == [13, 18]


def test_scenario_without_a_log(client_with):
    client = client_with(GROUPS, tier="C")
    assert licences.scenario(described(client), client).frame.empty
    assert licences.cost(described(client), client).frame.empty
    assert licences.figures(described(client), client).frame.empty


def test_nobody(client_of):
    client = client_of(licences=BOUGHT)
    people = described(client)
    assert people.empty
    assert licences.waterfall(people, client).frame.empty
    assert licences.use(people, client).frame["n_assigned"].tolist() == [0, 0]
    for table in (licences.cost, licences.cost_by_type, licences.figures, licences.scenario):
        assert table(people, client).frame.empty
        assert privacy.protect(table(people, client)).frame.empty


TABLES = ("waterfall", "use", "cost", "cost_by_type", "figures", "scenario")


def test_input_unchanged(client_with):
    client = client_with(GROUPS)
    people = described(client)
    copies = {name: getattr(client, name).copy(deep=True) for name in ("users", "assignments", "licences", "activity")}
    before, attrs = people.copy(deep=True), dict(people.attrs)
    for name in TABLES:
        getattr(licences, name)(people, client)
    pdt.assert_frame_equal(people, before)
    assert people.attrs == attrs
    for name, rows in copies.items():
        pdt.assert_frame_equal(getattr(client, name), rows)


@pytest.mark.parametrize("name", TABLES)
def test_no_small_number_of_people_is_shown(client_with, name):
    client = client_with(GROUPS)
    table = privacy.protect(getattr(licences, name)(described(client), client))
    for column in table.counts:
        assert not table.frame[column].between(1, 4).any()


def test_money_is_masked_with_the_number_that_it_follows_from(client_with):
    client = client_with(GROUPS)
    frame = privacy.protect(licences.cost(described(client), client)).frame
    assert (frame["n"].isna() == frame["cost_year"].isna()).all()
    assert frame.loc[frame["currency"] == "CHF", "n"].isna().tolist() == [True, False, True]


def hidden_from(frame: pd.DataFrame, parts: dict[str, int]) -> list[int]:
    """Return what the shown numbers of kinds say about the hidden ones: adjustable = without_use + reassignable."""
    shown = frame.dropna(subset="n").set_index("kind")["n"].to_dict()
    known = {kind: n for kind, n in parts.items() if kind not in shown}
    return [n for n in known.values() if len(shown) == 2 and 0 < n < 5]


@pytest.mark.parametrize("name", ["cost", "cost_by_type"])
def test_a_masked_number_of_licences_does_not_follow_from_the_two_others(client_with, name):
    """3 without use, 9 free, 12 adjustable: 12 − 9 = 3 people."""
    client = client_with({"r": (8, 12, "Sales"), "x": (3, 0, "Sales")}, bought=BOUGHT.iloc[:1])
    table = getattr(licences, name)(described(client), client)
    assert table.frame["n"].tolist() == [3, 9, 12]
    assert (
        hidden_from(privacy.protect(table).frame, dict(zip(table.frame["kind"], table.frame["n"], strict=True))) == []
    )


def test_a_small_number_of_users_does_not_follow_from_the_steps(client_with):
    """3 use it: masked; then 8 with 5 reassigned, 13 with 10."""
    client = client_with({"r": (3, 12, "Sales"), "x": (9, 0, "Sales")}, bought=BOUGHT.iloc[:1])
    table = licences.scenario(described(client), client)
    assert table.frame["n"].tolist() == [3, 8, 13]
    frame = privacy.protect(table).frame
    before = (frame["n"] - frame["n_reassigned"]).dropna()
    assert not before.between(1, 4).any()


def test_steps_of_the_waterfall_are_not_a_few_people_apart(client_with):
    """10 persons, 2 of them left, 1 is new: 10, 8, 7, 7."""
    client = client_with({"r": (7, 12, "Sales"), "n": (1, 0, "Sales"), "l": (2, 0, "Sales")})
    table = licences.waterfall(assigned(client), client)
    assert table.frame["n"].tolist() == [24, 10, 10, 8, 7, 7]
    shown = privacy.protect(table).frame.query("step != 'purchased'")["n"].dropna()
    assert not (shown.iloc[0] - shown).between(1, 4).any()
    assert not shown.diff().abs().between(1, 4).any()


@pytest.mark.parametrize("n_bought", [0, 1, 3, 4, 7])
@pytest.mark.parametrize(("n_regular", "n_idle"), [(0, 0), (1, 0), (0, 1), (3, 3), (6, 2), (8, 6)])
def test_a_licence_bought_a_few_times_stops_no_report(client_with, n_bought, n_regular, n_idle):
    """Nobody can be unsure whether more of them are free than were bought: that much the contract tells."""
    bought = BOUGHT.assign(n_purchased=[20, n_bought])
    groups = {
        "r": (8, 12, "Sales"), "x": (6, 0, "Sales"), "c": (n_regular, 12, "Service"), "y": (n_idle, 0, "Service"),
    }  # fmt: skip
    client = client_with(groups, bought=bought)
    people = described(client)
    tables = {name: getattr(licences, name)(people, client) for name in TABLES}
    shown = privacy.protect(tables)
    assert privacy.audit(shown) == []
    assert shown["waterfall"].frame.set_index("step")["n"].get("purchased") == 20 + n_bought
