"""What is odd in the data: every code is provoked once, service accounts never count, a clean client has no rows."""

import datetime as dt

import pandas as pd
import pandas.testing as pdt
import pytest

from crmkit import privacy
from crmkit.method import findings
from crmkit.method.population import population_of

#: Six accounts of people and one that no human works with; `a`, `b` and `api` are made odd.
PEOPLE = list("abcdef")
ODD = ["a", "b", "api"]
AS_OF = dt.date(2026, 6, 28)
BOUGHT = pd.DataFrame(
    {"licence": ["Sales"], "n_purchased": [10], "unit_cost_month": [1.0], "cost_year": [float("nan")],
     "currency": ["EUR"], "notice_date": [pd.NaT]}
)  # fmt: skip
ROLES = "roles: {Vertrieb: {areas: [sales]}, Leitung: {rhythm: monthly}}\n"


@pytest.fixture
def clean(people_tables):
    """Everybody in unit Nord, in a role with areas, with a licence of the list, in Bavaria."""
    tables = people_tables([*PEOPLE, "api"], org_unit="Nord", role="Vertrieb", subdivision="BY")
    tables["users"].loc[tables["users"]["user_id"] == "api", "account_type"] = "service"
    return {**tables, "licences": BOUGHT, "settings": f"reporting_units: [Nord]\n{ROLES}"}


def with_span(tables, **columns):
    """Return the tables with these columns in the spans of the odd accounts."""
    spans = tables["assignments"].copy()
    for column, value in columns.items():
        spans.loc[spans["user_id"].isin(ODD), column] = value
    return {**tables, "assignments": spans}


def with_second_span(tables, *, first_ends=None, **columns):
    """Return the tables with a second span of the odd accounts; the first one ends on a day, if it does."""
    spans = tables["assignments"].copy()
    odd = spans["user_id"].isin(ODD)
    second = spans[odd].assign(**columns)
    if first_ends:
        spans.loc[odd, "to_date"] = pd.Timestamp(first_ends)
    return {**tables, "assignments": pd.concat([spans, second], ignore_index=True)}


def found(client) -> list[list[object]]:
    return findings.accounts(client).frame[["finding", "n", "n_total"]].values.tolist()


SPANS = {
    "ends_before_start": {"to_date": pd.Timestamp("2023-12-31")},
    "fte_zero": {"fte": 0.0},
    "fte_above_one": {"fte": 1.2},
    "assumed_span": {"evidence": "assumed"},
    "licence_not_listed": {"licence": "Gold"},
    "role_without_areas": {"role": "Leitung"},
    "place_unknown": {"subdivision": "Atlantis"},
    "unit_not_shown": {"org_unit": "Süd"},
}
SECOND_SPANS = {
    "contradicting": {"org_unit": "Nord/Team 1"},
    "overlapping": {"org_unit": "Nord/Team 1", "from_date": pd.Timestamp("2025-01-01")},
}


def test_every_code_is_provoked():
    assert {*SPANS, *SECOND_SPANS} == set(findings.OF_ACCOUNTS)


def test_a_clean_client_has_no_rows(client_of, clean):
    table = findings.accounts(client_of(**clean))
    assert table.frame.columns.tolist() == ["finding", "n", "n_total", "share"]
    assert table.frame.empty
    assert privacy.protect(table).frame.empty


@pytest.mark.parametrize("code", SPANS)
def test_one_span(client_of, clean, code):
    """Accounts `a` and `b` of six; the service account has the same and is not counted."""
    table = findings.accounts(client_of(**with_span(clean, **SPANS[code])))
    assert table.frame.to_dict("records") == [{"finding": code, "n": 2, "n_total": 6, "share": 2 / 6}]


@pytest.mark.parametrize("code", SECOND_SPANS)
def test_two_spans(client_of, clean, code):
    assert found(client_of(**with_second_span(clean, **SECOND_SPANS[code]))) == [[code, 2, 6]]


def test_a_negative_part_time_is_no_working_time(client_of, clean):
    assert found(client_of(**with_span(clean, fte=-0.5))) == [["fte_zero", 2, 6]]


@pytest.mark.parametrize(
    "columns",
    [
        {"fte": 0.5, "from_date": pd.Timestamp("2025-01-01")},
        {"subdivision": "SN", "from_date": pd.Timestamp("2025-01-01")},
    ],
)
def test_part_time_and_place_overlap_too(client_of, clean, columns):
    assert found(client_of(**with_second_span(clean, **columns))) == [["overlapping", 2, 6]]


@pytest.mark.parametrize(
    ("first_ends", "columns"),
    [
        # Another licence at the same time, in the same unit.
        (None, {"licence": "Sales", "from_date": pd.Timestamp("2025-01-01")}),
        # A move: the second span begins on the day after the first.
        ("2024-12-31", {"org_unit": "Nord/Team 1", "from_date": pd.Timestamp("2025-01-01")}),
        # The same span twice.
        (None, {}),
        # One of two that begin on the same day does not state its unit.
        (None, {"org_unit": ""}),
    ],
)
def test_what_is_not_odd(client_of, clean, first_ends, columns):
    assert found(client_of(**with_second_span(clean, first_ends=first_ends, **columns))) == []


def test_overlapping_with_a_span_that_is_not_the_last_one(client_of, clean):
    """`a`: Nord since 2024 without end, again Nord in March 2024, Nord/Team 1 from 2025 on while Nord still holds."""
    short = {"from_date": pd.Timestamp("2024-03-01"), "to_date": pd.Timestamp("2024-03-31")}
    later = {"from_date": pd.Timestamp("2025-01-01"), "to_date": pd.NaT, "org_unit": "Nord/Team 1"}
    spans = clean["assignments"]
    own = spans[spans["user_id"] == "a"]
    rows = pd.concat([spans, own.assign(**short), own.assign(**later)], ignore_index=True)
    assert found(client_of(**{**clean, "assignments": rows})) == [["overlapping", 1, 6]]


def test_an_account_counts_once(client_of, clean):
    """Two odd spans of one account are one account."""
    spans = clean["assignments"]
    own = spans[spans["user_id"] == "a"]
    rows = pd.concat([spans.assign(evidence="assumed"), own.assign(evidence="assumed", licence="Sales")])
    assert found(client_of(**{**clean, "assignments": rows})) == [["assumed_span", 6, 6]]


def test_an_account_with_two_findings_stands_in_both_in_the_order_of_the_report(client_of, clean):
    tables = with_span(clean, org_unit="Süd", licence="Gold", fte=0.0)
    assert found(client_of(**tables)) == [["fte_zero", 2, 6], ["licence_not_listed", 2, 6], ["unit_not_shown", 2, 6]]


@pytest.mark.parametrize("code", ["licence_not_listed", "role_without_areas", "place_unknown", "unit_not_shown"])
def test_what_is_looked_at_today_is_not_odd_once_it_is_over(client_of, clean, code):
    """Both odd accounts had it until the end of 2024; what holds on the day of the retrospective is fine."""
    tables = with_second_span(clean, first_ends="2024-12-31", from_date=pd.Timestamp("2025-01-01"))
    spans = tables["assignments"]
    was = spans["user_id"].isin(ODD) & (spans["from_date"] == pd.Timestamp("2024-01-01"))
    for column, value in SPANS[code].items():
        spans.loc[was, column] = value
    assert found(client_of(**{**tables, "assignments": spans})) == []


def test_without_a_list_a_map_or_units_nothing_is_missing(client_of, clean):
    tables = with_span(clean, org_unit="Süd", licence="Gold", role="Leitung")
    bare = {name: tables[name] for name in ("users", "assignments", "coverage")}
    assert found(client_of(**bare)) == []


def test_a_unit_is_looked_up_in_todays_structure(client_of, clean):
    """Süd has become a part of Nord: it is shown."""
    moved = pd.DataFrame({"old": ["Süd"], "new": ["Nord/Süd"], "from_date": ["2025-01-01"]})
    assert found(client_of(**with_span(clean, org_unit="Süd"), org_map=moved)) == []
    later = moved.assign(from_date="2026-07-01")
    assert found(client_of(**with_span(clean, org_unit="Süd"), org_map=later)) == [["unit_not_shown", 2, 6]]


def test_fewer_than_k_accounts_are_masked(client_of, clean):
    table = findings.accounts(client_of(**with_span(clean, fte=0.0)))
    frame = privacy.protect(table).frame
    assert frame["n"].isna().tolist() == [True]
    assert frame["share"].isna().tolist() == [True]
    assert frame["n_total"].tolist() == [6]


def test_input_unchanged(client_of, clean):
    client = client_of(**with_second_span(clean, **SECOND_SPANS["overlapping"]))
    population = population_of(client)
    before = {name: rows.copy(deep=True) for name, rows in vars(population).items() if isinstance(rows, pd.DataFrame)}
    findings.of_accounts(population, client.licences, client.org_map, client.settings, as_of=client.as_of)
    for name, rows in before.items():
        pdt.assert_frame_equal(getattr(population, name), rows)


def test_nobody(client_of):
    expected = pd.DataFrame(
        {"finding": pd.Series(dtype=object), "n": pd.Series(dtype="int64"), "n_total": pd.Series(dtype="int64")}
    )
    client = client_of()
    made = findings.of_accounts(
        population_of(client), client.licences, client.org_map, client.settings, as_of=client.as_of
    )
    pdt.assert_frame_equal(made, expected, check_dtype=False)
    assert findings.accounts(client).frame.empty


def log_of(first: str, last: str, *, tier="A", complete=True) -> pd.DataFrame:
    days = pd.date_range(first, last)
    return pd.DataFrame({"source": "log", "date": days, "complete": complete, "tier": tier})


LOGS = [
    # The window is 2026-04-06 to 2026-06-28, its first Monday to its last Sunday.
    ("2026-04-06", "2026-06-28", []),
    ("2026-04-06", "2026-06-26", []),
    ("2025-01-01", "2026-12-31", []),
    # The log begins on the Tuesday of the first week; on Saturday the 11th.
    ("2026-04-07", "2026-06-28", [["weeks_without_log", 1, 12]]),
    ("2026-04-11", "2026-06-28", [["weeks_without_log", 1, 12]]),
    # It begins on Friday, 1 May: the weeks of 6, 13, 20 and 27 April are not covered.
    ("2026-05-01", "2026-06-28", [["weeks_without_log", 4, 12]]),
    # It ends on Thursday of the last week.
    ("2025-01-01", "2026-06-25", [["weeks_without_log", 1, 12]]),
    ("2025-01-01", "2026-04-06", [["weeks_without_log", 12, 12]]),
    ("2025-01-01", "2026-04-05", [["log_ends_before_window", 12, 12]]),
    ("2026-06-28", "2026-07-31", [["weeks_without_log", 12, 12]]),
    ("2026-06-29", "2026-07-31", [["log_starts_after_window", 12, 12]]),
]


def test_every_code_of_the_log_is_provoked():
    assert {rows[0][0] for _, _, rows in LOGS if rows} == {*findings.OF_LOG} - {"absences_missing"}


@pytest.mark.parametrize(("first", "last", "expected"), LOGS)
def test_log_and_window(first, last, expected):
    coverage = log_of(first, last)
    before = coverage.copy(deep=True)
    assert findings.of_log(coverage, as_of=AS_OF).values.tolist() == expected
    pdt.assert_frame_equal(coverage, before)


@pytest.mark.parametrize(
    "coverage",
    [log_of("2026-06-28", "2026-06-27"), log_of("2026-05-01", "2026-06-28", tier="C"),
     log_of("2026-05-01", "2026-06-28", complete=False)],
)  # fmt: skip
def test_without_a_log_there_is_nothing_to_say(coverage):
    assert findings.of_log(coverage, as_of=AS_OF).empty


def test_a_gap_in_the_middle_and_two_sources():
    """No log in the weeks of 4 and 11 May; a second source covers the first of them."""
    gap = pd.concat([log_of("2026-01-01", "2026-05-03"), log_of("2026-05-18", "2026-06-28")])
    other = log_of("2026-05-04", "2026-05-08", tier="B").assign(source="logins")
    assert findings.of_log(gap, as_of=AS_OF).values.tolist() == [["weeks_without_log", 2, 12]]
    assert findings.of_log(pd.concat([gap, other]), as_of=AS_OF).values.tolist() == [["weeks_without_log", 1, 12]]


def test_a_shorter_window():
    coverage = log_of("2026-05-01", "2026-06-28")
    assert findings.of_log(coverage, as_of=AS_OF, weeks=8).empty
    assert findings.of_log(coverage, as_of=AS_OF, weeks=10).values.tolist() == [["weeks_without_log", 2, 10]]


def test_log_as_a_table(client_of, clean):
    table = findings.log(client_of(**{**clean, "coverage": log_of("2026-05-01", "2026-06-28")}))
    assert table.frame.to_dict("records") == [{"finding": "weeks_without_log", "n_weeks": 4, "n_weeks_total": 12}]
    assert (table.counts, table.window) == ((), (dt.date(2026, 4, 6), dt.date(2026, 6, 28)))
    # A number of weeks describes nobody: it is shown, whatever it is.
    assert privacy.protect(table).frame["n_weeks"].tolist() == [4]


def test_no_log_at_all(client_of, clean):
    bare = {name: rows for name, rows in clean.items() if name != "coverage"}
    assert findings.log(client_of(**bare)).frame.empty
    assert findings.log(client_of()).frame.empty


def test_absences_said_to_be_known_but_never_stated(client_of, people_tables):
    """Three quarters of the weeks are asked for, as if leave were known: that has to be said."""
    tables = people_tables(["a"])
    known = "active: {absences_known: true}\n"
    found = findings.log(client_of(settings=known, **tables)).frame
    assert found.values.tolist() == [["absences_missing", 12, 12]]
    stated = pd.DataFrame({"user_id": ["a"], "week": [pd.Timestamp("2026-06-22")], "available_days": [3.0]})
    assert findings.log(client_of(settings=known, availability=stated, **tables)).frame.empty
