"""The last retrospective beside this one: which definition both are counted under, and when neither is."""

import datetime as dt
import json

import pandas as pd
import pytest

from crmkit import history, privacy
from crmkit.client import open_client
from crmkit.method import comparison, earlier, movement, retrospective, tiers

AGREED = "retrospective: 2\nprivacy: {agreement: BV 7/2025}\n"
TODAY, THEN = dt.date(2026, 6, 28), dt.date(2025, 6, 29)
#: People by their use a year ago and today, in weeks of twelve; 16 in the north, 16 in the south, 40 elsewhere.
NORTH = [(12, 12)] * 6 + [(0, 6)] * 5 + [(0, 0)] * 5
SOUTH = [(6, 0)] * 6 + [(12, 12)] * 5 + [(0, 0)] * 5
OTHERS = [(0, 0)] * 40


def people() -> list[tuple[str, str, int, int]]:
    units = {"North": NORTH, "South": SOUTH, "Rest": OTHERS}
    return [(f"{unit} {n:02d}", unit, *use) for unit, uses in units.items() for n, use in enumerate(uses)]


def days(column: str = "n_view", source: str = "log", first: dt.date = dt.date(2025, 1, 1)) -> pd.DataFrame:
    rows = [
        (user, day - dt.timedelta(days=5 + 7 * week))
        for user, _, then, now in people()
        for day, n_weeks in ((THEN, then), (TODAY, now))
        for week in range(n_weeks)
        if day - dt.timedelta(days=84) >= first
    ]
    return pd.DataFrame(rows, columns=["user_id", "date"]).assign(source=source, **{column: 1})


@pytest.fixture
def client(client_of, people_tables):
    """Return a function that makes the client; its log begins on a day."""

    def make(*, covered: str = "2025-01-01", settings: str = AGREED, logins_since: str = "", kept: str = ""):
        first = dt.date.fromisoformat(covered)
        tables = people_tables([row[0] for row in people()], covered=(covered, "2026-06-28"))
        tables["assignments"]["org_unit"] = [row[1] for row in people()]
        activity = [days(first=first)]
        if logins_since:
            logins = pd.date_range(logins_since, "2026-06-28")
            more = pd.DataFrame({"source": "logins", "date": logins, "complete": True, "tier": "B"})
            tables["coverage"] = pd.concat([tables["coverage"], more])
            activity.append(days("n_login", "logins"))
        made = client_of(settings=settings, activity=pd.concat(activity), **tables)
        if kept:
            place = made.folder / "history" / "R1"
            place.mkdir(parents=True)
            (place / "retrospective.yml").write_text(kept, encoding="utf-8")
        return open_client(made.folder)

    return make


def sealed(client, **more):
    """Close the first retrospective of a client as it would have told it; return the client opened again."""
    then = open_client(client.folder, as_of=THEN)
    rule = tiers.definition_of(then)
    shown = privacy.protect(retrospective.tables(then))
    kept = {
        name: {
            "columns": [column for column in shown[name].frame if column != "suppressed"],
            "rows": shown[name].frame.drop(columns="suppressed").astype(object).where(lambda rows: rows.notna(), None)
            .to_numpy().tolist(),
        }
        for name in ("standing", "by_unit")
    }  # fmt: skip
    said = {
        "number": 1, "client": "Muster GmbH", "as_of": "2025-06-29", "crm": "", "decisions": [{"decision": "Log"}],
        "definition": {"hash": rule.hash}, "licences": [],
    }  # fmt: skip
    history.keep_closed(client.folder, said | more, {"tables.json": json.dumps(kept)})
    return open_client(client.folder)


def numbers(table) -> list[tuple]:
    rows, first = table.frame, table.dimensions[0]
    return list(zip(rows[first], rows["date"].dt.date, rows["n"], rows["n_total"], strict=True))


def test_both_days_are_counted_anew_under_todays_definition(client):
    made = client(kept="as_of: 2025-06-29\n")
    basis = earlier.basis(made)
    assert (basis.day, basis.number, basis.kept, basis.refused) == (THEN, 1, False, "")
    assert basis.rule == tiers.definition_of(made)
    table = comparison.whole(made)
    assert numbers(table) == [
        ("active", THEN, 17, 72), ("active", TODAY, 16, 72), ("regular", THEN, 11, 72), ("regular", TODAY, 11, 72),
    ]  # fmt: skip
    assert (table.definition, table.tier, table.notes) == (basis.rule, "A", ())


def test_units_in_the_clients_order_and_of_both_days(client):
    made = client(kept="as_of: 2025-06-29\n", settings=f"{AGREED}reporting_units: [South, North]\n")
    assert numbers(comparison.by_unit(made)) == [
        ("South", THEN, 11, 16), ("South", TODAY, 5, 16), ("North", THEN, 6, 16), ("North", TODAY, 11, 16),
    ]  # fmt: skip
    assert comparison.by_unit(made).withheld == ()


def test_units_are_shown_in_todays_structure(client):
    made = client(kept="as_of: 2025-06-29\n")
    moved = pd.DataFrame({"old": ["North"], "new": ["South"], "from_date": [pd.Timestamp("2026-01-01")]})
    moved.to_parquet(made.folder / "prepared" / "org_map.parquet")
    again = open_client(made.folder)
    assert numbers(comparison.by_unit(again))[-2:] == [("South", THEN, 17, 32), ("South", TODAY, 16, 32)]


def test_small_units_are_withheld_on_both_days(client):
    made = client(kept="as_of: 2025-06-29\n")
    spans = made.assignments.copy()
    gone = spans["user_id"].isin(["North 14", "North 15"])
    spans.loc[gone, "to_date"] = pd.Timestamp("2025-12-31")
    spans.to_parquet(made.folder / "prepared" / "assignments.parquet")
    table = comparison.by_unit(open_client(made.folder))
    assert numbers(table)[0][3] == 16
    assert [table.frame["org_unit"][row] for row in table.withheld] == ["North", "North"]


def test_without_an_agreement_units_are_not_followed(client):
    made = client(kept="as_of: 2025-06-29\n", settings="retrospective: 2\n")
    assert (len(comparison.whole(made).frame), len(comparison.by_unit(made).frame)) == (4, 0)
    assert comparison.by_unit(made).notes == ("needs_agreement",)


def test_less_evidence_that_covers_both_days(client):
    """The views begin in autumn; the logins know both days, and so both are counted by logins."""
    made = client(covered="2025-10-01", logins_since="2025-01-01", kept="as_of: 2025-06-29\n")
    basis = earlier.basis(made)
    assert (tiers.definition_of(made).evidence, basis.rule.evidence, basis.day) == ("views", "logins", THEN)
    assert numbers(comparison.whole(made))[:2] == [("active", THEN, 17, 72), ("active", TODAY, 16, 72)]
    assert movement.rule_today(made) == tiers.definition_of(made)


def test_a_few_people_between_two_definitions_are_withheld(client):
    """Three people of the north have logged in and looked at nothing: of the north nothing is told by logins."""
    made = client(covered="2025-10-01", logins_since="2025-01-01", kept="as_of: 2025-06-29\n")
    more = [
        {"user_id": f"North {n}", "date": pd.Timestamp("2026-04-07") + pd.Timedelta(weeks=week), "source": "logins"}
        for n in (13, 14, 15)
        for week in range(12)
    ]
    activity = pd.concat([made.activity, pd.DataFrame(more).assign(n_login=1)])
    made = client_with(made, activity)
    table = comparison.by_unit(made)
    assert movement.rule_today(made).evidence == "logins"
    assert sorted({table.frame["org_unit"][row] for row in table.withheld}) == ["North"]
    assert comparison.whole(made).withheld == (0, 1, 2, 3)


def client_with(client, activity: pd.DataFrame):
    from crmkit import schema

    known = {"channel": "ui", "area": "shared", "n_login": 0, "n_view": 0, "n_write": 0, "n_export": 0}
    schema.conform(activity.fillna(known), "activity").to_parquet(client.folder / "prepared" / "activity.parquet")
    return open_client(client.folder)


def test_kept_numbers_under_the_same_definition(client):
    """The log of then is gone: the numbers that were kept stand beside today's, and nobody can be followed."""
    made = sealed(client(settings=f"{AGREED}"))
    short = client(covered="2026-01-01", settings=AGREED)
    basis = earlier.basis(short)
    assert (basis.day, basis.kept, basis.refused, basis.follows) == (THEN, True, "", False)
    assert numbers(comparison.whole(short)) == numbers(comparison.whole(made))
    assert movement.earlier_day(short) is None


def test_another_definition_and_no_log_are_refused(client):
    sealed(client())
    changed = client(covered="2026-01-01", settings=f"{AGREED}active: {{regular_share: 0.9}}\n")
    basis = earlier.basis(changed)
    assert (basis.number, basis.refused) == (0, "definition_changed")
    for table in (comparison.whole(changed), comparison.by_unit(changed)):
        assert (len(table.frame), table.notes) == (0, ("definition_changed",))


def test_another_definition_with_the_log_of_then_is_counted_anew(client):
    sealed(client())
    changed = client(settings=f"{AGREED}active: {{regular_share: 0.9}}\n")
    assert (earlier.basis(changed).refused, earlier.basis(changed).rule.regular_share) == ("", 0.9)
    assert numbers(comparison.whole(changed))[2] == ("regular", THEN, 11, 72)


@pytest.mark.parametrize(
    ("kept", "covered", "refused"),
    [
        ("as_of: 2025-06-29\ncrm: Altes CRM\n", "2025-01-01", "crm_changed"),
        ("as_of: 2026-05-31\n", "2025-01-01", "too_close"),
        ("as_of: 2025-06-29\n", "2026-01-01", "not_kept"),
        ("", "2025-01-01", "first"),
    ],
)
def test_what_is_not_compared(client, kept, covered, refused):
    made = client(covered=covered, settings=f"{AGREED}crm: Neues CRM\n", kept=kept)
    assert (earlier.basis(made).refused, earlier.basis(made).number) == (refused, 0)
    table = comparison.whole(made)
    assert (len(table.frame), table.notes) == (0, (refused,))


def test_the_same_crm_however_it_is_written(client):
    made = client(settings=f"{AGREED}crm: Salesforce\n", kept="as_of: 2025-06-29\ncrm: ' salesforce'\n")
    assert earlier.basis(made).refused == ""


def test_few_who_left_are_not_told_of_by_segment(client):
    """Three regular users have left: the report of then said 14, this one would say 11 of those still here."""
    made = client(kept="as_of: 2025-06-29\n")
    assert len(retrospective.tables(made)["migration"].frame) == 9
    spans = made.assignments.copy()
    spans.loc[spans["user_id"].isin(["North 00", "North 01", "South 06"]), "to_date"] = pd.Timestamp("2025-12-31")
    spans.to_parquet(made.folder / "prepared" / "assignments.parquet")
    table = retrospective.tables(open_client(made.folder))["migration"]
    assert (len(table.frame), table.notes) == (0, ("few_left",))


def test_licences_then_and_today(client):
    licences = [
        {"licence": "Sales", "currency": "EUR", "n_purchased": 80, "cost_year": 96000.0, "notice_date": "2026-12-31"},
        {"licence": "Alt", "currency": "EUR", "n_purchased": 5, "cost_year": None, "notice_date": None},
    ]
    sealed(client(), licences=licences)
    made = client()
    now = pd.DataFrame({
        "licence": ["Sales", "Neu"], "n_purchased": [75, 10], "unit_cost_month": [100.0, None],
        "cost_year": [None, 3000.0], "currency": "EUR", "notice_date": pd.to_datetime(["2027-12-31", None]),
    })  # fmt: skip
    now.to_parquet(made.folder / "prepared" / "licences.parquet")
    table = comparison.licences(open_client(made.folder))
    rows = table.frame.set_index("licence")
    columns = ["n_purchased_before", "n_purchased", "cost_year_before", "cost_year"]
    assert rows.loc["Sales", columns].tolist() == [80, 75, 96000, 90000]
    assert rows.loc["Neu", ["n_purchased", "cost_year"]].tolist() == [10, 3000]
    assert rows.loc["Alt", "n_purchased_before"] == 5
    assert rows["n_purchased"].isna().to_dict() == {"Sales": False, "Neu": False, "Alt": True}


def test_no_licences_then(client):
    assert comparison.licences(client(kept="as_of: 2025-06-29\n")).frame.empty
