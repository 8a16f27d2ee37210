"""Newcomers: the product-limit estimate against a textbook, time to a regular quarter and retention by hand."""

import numpy as np
import pandas as pd
import pandas.testing as pdt
import pytest

from crmkit import privacy
from crmkit.method import cohorts

#: Weeks of remission under 6-MP, 21 patients; a minus ends an observation without a relapse. E. J. Freireich et al.,
#: The effect of 6-mercaptopurine on the duration of steroid-induced remissions in acute leukemia, Blood 21 (1963).
FREIREICH = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35]
#: Time, at risk, relapses and survival as printed in D. Collett, Modelling Survival Data, and J. F. Lawless:
#: 18/21 = 0.857, × 16/17 = 0.807, × 14/15 = 0.753, × 11/12 = 0.690, × 10/11 = 0.627, × 6/7 = 0.538, × 5/6 = 0.448.
SURVIVAL = [
    (6, 21, 3, 0.857), (7, 17, 1, 0.807), (10, 15, 1, 0.753), (13, 12, 1, 0.690), (16, 11, 1, 0.627),
    (22, 7, 1, 0.538), (23, 6, 1, 0.448),
]  # fmt: skip
FREIREICH_TIME, RELAPSED = np.abs(FREIREICH).astype(float), np.array(FREIREICH) > 0


AGREED = "privacy: {agreement: BV 1}\n"


@pytest.fixture
def client_of(client_of):
    """Return `client_of` for clients that name an agreement, without which these analyses are off."""

    def make(*, settings: str = "", **tables):
        return client_of(settings=settings if "privacy:" in settings else f"{settings}\n{AGREED}", **tables)

    return make


def test_the_textbook():
    curve = cohorts.kaplan_meier(FREIREICH_TIME, RELAPSED)
    events = curve[curve["n_events"] > 0].assign(survival=lambda rows: (1 - rows["share"]).round(3))
    found = events[["time", "n_at_risk", "n_events", "survival"]].values.tolist()
    assert found == [[float(value) for value in row] for row in SURVIVAL]


def test_every_time_has_a_row_and_between_events_nothing_changes():
    curve = cohorts.kaplan_meier(FREIREICH_TIME, RELAPSED)
    assert curve["time"].tolist() == [6, 7, 9, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 34, 35]
    assert curve["n_at_risk"].tolist() == [21, 17, 16, 15, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 2, 1]
    assert curve["share"].diff().iloc[1:][curve["n_events"].iloc[1:] == 0].eq(0).all()


def test_the_order_of_people_does_not_matter_and_the_input_stays():
    time, relapsed = FREIREICH_TIME[::-1].copy(), RELAPSED[::-1].copy()
    curve = cohorts.kaplan_meier(time, relapsed)
    pdt.assert_frame_equal(curve, cohorts.kaplan_meier(FREIREICH_TIME, RELAPSED))
    assert (time.tolist(), relapsed.tolist()) == (FREIREICH_TIME[::-1].tolist(), RELAPSED[::-1].tolist())


@pytest.mark.parametrize(
    ("duration", "happened", "expected"),
    [
        # Nobody is censored: the share is that of a count.
        ([1, 2, 3, 4], [True] * 4, [0.25, 0.5, 0.75, 1.0]),
        # Nobody has got there.
        ([1, 2, 3, 4], [False] * 4, [0.0] * 4),
        # Who is censored at the time of an event was under observation then: 1/2, not 1/1.
        ([5, 5], [True, False], [0.5]),
        # The last one under observation gets there: everybody has, whoever was censored before.
        ([1, 2], [False, True], [0.0, 1.0]),
    ],
)
def test_kaplan_meier(duration, happened, expected):
    curve = cohorts.kaplan_meier(np.array(duration), np.array(happened))
    assert curve["share"].tolist() == pytest.approx(expected)


def test_kaplan_meier_of_nobody():
    curve = cohorts.kaplan_meier(np.array([]), np.array([], dtype=bool))
    assert (curve.columns.tolist(), len(curve)) == (["time", "n_at_risk", "n_events", "share"], 0)


#: Everybody begins on Sunday, 1 June 2025. Months (of 30.4375 days) at the readings that matter: 31 August 91 days
#: = 2.99; 30 September 121 = 3.98; 31 October 152 = 4.99; 30 November 182 = 5.98; 31 December 213 = 7.00;
#: 28 February 272 = 8.94; 31 March 303 = 9.95; 31 May 364 = 11.96; 28 June 392 = 12.88.
FIRST = pd.Timestamp("2025-06-01")
#: Weeks from a Monday to the last one, of 22 June 2026.
SINCE_JUNE, SINCE_OCTOBER, SINCE_JANUARY = 56, 35, 24


@pytest.fixture(autouse=True)
def early_months(monkeypatch):
    """Look at three months too, which is worked out by hand below."""
    monkeypatch.setattr(cohorts, "REGULAR_MONTHS", (3, 6, 9, 12))
    monkeypatch.setattr(cohorts, "RETENTION_MONTHS", (3, 6, 9, 12))


@pytest.fixture
def newcomers(client_of, people_tables, days_in_weeks):
    """Return a function that makes a client of groups: letter → (people, weeks worked up to the end, last day)."""

    def make(groups, *, first=FIRST, settings=""):
        ids = {letter: [f"{letter}{i:02}" for i in range(n)] for letter, (n, _, _) in groups.items()}
        tables = people_tables([user for users in ids.values() for user in users], covered=("2025-01-01", "2026-06-28"))
        letter = tables["assignments"]["user_id"].str[0]
        tables["assignments"]["from_date"] = first
        tables["assignments"]["to_date"] = pd.to_datetime(
            letter.map({code: end for code, (_, _, end) in groups.items()})
        )
        worked = [days_in_weeks(u, n) for code, (_, n, _) in groups.items() for u in ids[code]]
        return client_of(activity=pd.concat(worked), settings=settings, **tables)

    return make


#: a: 10 work every week; b: 6 from 27 October on; c: 8 never; d: 6 never, and leave on 15 November.
GROUPS = {"a": (10, SINCE_JUNE, None), "b": (6, SINCE_OCTOBER, None), "c": (8, 0, None), "d": (6, 0, "2025-11-15")}


def test_time_to_regular(newcomers):
    """10 of 30 are regular at 2.99 months, 20 are not; 6 of the 14 still here at 7.00, since d was last seen at 4.99.

    On 30 November b has worked in 5 of 12 weeks, on 31 December in 9: 1 − 20/30 × 8/14 = 0.619.
    """
    table = cohorts.time_to_regular(newcomers(GROUPS))
    assert table.frame[["months", "n"]].values.tolist() == [[3, 20], [6, 14], [9, 8], [12, 8]]
    later = 1 - 20 / 30 * 8 / 14
    assert table.frame["share"].tolist() == pytest.approx([10 / 30, 10 / 30, later, later])
    assert (table.counts, table.population, table.tier) == (("n",), "newcomers", "A")
    pdt.assert_frame_equal(privacy.protect(table).frame, table.frame.astype({"n": "Int64"}).assign(suppressed=False))


def test_points_that_fewer_than_k_events_separate_are_not_shown(newcomers):
    """3 people (b) are regular from 7.00 months on, 2 more (e) from 9.95 on: together five, at 12 months.

    e work from 12 January on: 7 weeks up to 28 February, 11 up to 31 March.
    """
    groups = {"a": (10, SINCE_JUNE, None), "b": (3, SINCE_OCTOBER, None), "e": (2, SINCE_JANUARY, None),
              "c": (8, 0, None)}  # fmt: skip
    table = cohorts.time_to_regular(newcomers(groups))
    assert table.frame[["months", "n"]].values.tolist() == [[3, 13], [6, 13], [12, 8]]
    assert table.frame["share"].tolist() == pytest.approx([10 / 23, 10 / 23, 15 / 23])
    # With four there is no point after 6 months.
    without_one = {**groups, "e": (1, SINCE_JANUARY, None)}
    assert cohorts.time_to_regular(newcomers(without_one)).frame["months"].tolist() == [3, 6]


def test_a_first_point_of_fewer_than_k_events_is_not_shown(newcomers):
    """4 are regular at 3 months: nothing until six more are, at 9 months."""
    table = cohorts.time_to_regular(newcomers({**GROUPS, "a": (4, SINCE_JUNE, None)}))
    # 1 − 20/24 × 8/14.
    assert table.frame["months"].tolist() == [9, 12]
    assert table.frame["share"].tolist() == pytest.approx([1 - 20 / 24 * 8 / 14] * 2)


def test_points_stand_on_k_people(newcomers):
    """8 people are under observation at 9 and 12 months, 6 went between 3 and 6: too few where k is 9."""
    client = newcomers(GROUPS, settings="privacy: {k: 9, agreement: BV 1}\n")
    assert cohorts.time_to_regular(client).frame["months"].tolist() == [3]


def test_nobody_has_got_there(newcomers):
    table = cohorts.time_to_regular(newcomers({"c": (8, 0, None)}))
    assert table.frame.values.tolist() == [[3, 8, 0], [6, 8, 0], [9, 8, 0], [12, 8, 0]]


def test_fewer_than_k_newcomers(newcomers):
    assert cohorts.time_to_regular(newcomers({"c": (4, 0, None)})).frame.empty


@pytest.mark.parametrize("first", [pd.Timestamp("2024-12-31"), pd.Timestamp("2024-01-01"), pd.NaT])
def test_who_was_there_before_the_log_is_no_newcomer(newcomers, first):
    client = newcomers({"a": (20, SINCE_JUNE, None)}, first=first)
    assert cohorts.time_to_regular(client).frame.empty
    assert cohorts.retention(client).frame.empty


def test_who_begins_with_the_log_is_one(newcomers):
    """From 1 January 2025 on; work begins on 3 June: regular at 31 July, 211 days = 6.93 months."""
    client = newcomers({"a": (20, SINCE_JUNE, None), "c": (20, 0, None)}, first=pd.Timestamp("2025-01-01"))
    table = cohorts.time_to_regular(client)
    assert table.frame.values.tolist() == [[3, 40, 0], [6, 40, 0], [9, 20, 0.5], [12, 20, 0.5]]


def test_a_second_licence_makes_no_newcomer(newcomers, client_of):
    """The first licence counts, also where a second one begins within the log."""
    client = newcomers({"a": (20, SINCE_JUNE, None)}, first=pd.Timestamp("2024-01-01"))
    both = pd.concat([client.assignments, client.assignments.assign(from_date=FIRST, licence="Service")])
    again = client_of(users=client.users, assignments=both, coverage=client.coverage, activity=client.activity)
    assert cohorts.time_to_regular(again).frame.empty


def test_retention(newcomers):
    """At 3 months (2.99) the ten of a use it; at 6 b are occasional (5 of 12 weeks) and d have left."""
    table = cohorts.retention(newcomers(GROUPS))
    expected = pd.DataFrame(
        {"cohort": ["2025-Q2"] * 4, "months": [3, 6, 9, 12], "n": [10, 16, 16, 16], "n_total": [30, 24, 24, 24],
         "share": [10 / 30, 16 / 24, 16 / 24, 16 / 24]}
    )  # fmt: skip
    pdt.assert_frame_equal(table.frame, expected, check_dtype=False)
    assert (table.counts, table.totals) == (("n",), ("n_total",))
    assert privacy.protect(table).n_suppressed == 0


def test_retention_needs_fifteen_people(newcomers):
    """20 at 3 months, 15 at 6, once d have left; with one person less in b these are 14, too few."""
    fifteen = {"a": (10, SINCE_JUNE, None), "b": (5, SINCE_OCTOBER, None), "d": (5, 0, "2025-11-15")}
    found = cohorts.retention(newcomers(fifteen)).frame[["months", "n", "n_total"]].values.tolist()
    assert found == [[3, 10, 20], [6, 15, 15], [9, 15, 15], [12, 15, 15]]
    fourteen = {**fifteen, "b": (4, SINCE_OCTOBER, None)}
    assert cohorts.retention(newcomers(fourteen)).frame["months"].tolist() == [3]


def test_a_total_that_tells_the_few_who_left_is_not_shown(newcomers):
    """18 at 3 months, 15 from 6 on: three have left."""
    groups = {"a": (10, SINCE_JUNE, None), "b": (5, SINCE_OCTOBER, None), "d": (3, 0, "2025-11-15")}
    assert cohorts.retention(newcomers(groups)).frame["months"].tolist() == [3]


def test_cohorts_stand_apart(newcomers, client_of):
    """The second half begins on 1 July 2025: another quarter; 3 months later (92 days) is 30 September (91 = 2.99)."""
    client = newcomers({"a": (15, SINCE_JUNE, None), "c": (15, 0, None)})
    later = client.assignments["user_id"].str[0] == "c"
    spans = client.assignments.assign(from_date=client.assignments["from_date"].mask(later, pd.Timestamp("2025-07-01")))
    client = client_of(users=client.users, assignments=spans, coverage=client.coverage, activity=client.activity)
    found = cohorts.retention(client).frame[["cohort", "months", "n", "n_total"]].values.tolist()
    assert found == [["2025-Q2", months, 15, 15] for months in (3, 6, 9, 12)] + [
        ["2025-Q3", months, 0, 15] for months in (3, 6, 9, 12)
    ]


def test_of_two_readings_the_nearest_to_the_month(client_of, people_tables, days_in_weeks):
    """First licence on 28 February 2026, day of the retrospective 10 June 2026.

    31 May is 92 days = 3.02 months, 10 June 102 = 3.35. Work in the three weeks from 9, 16 and 23 March: 3 of 12
    weeks on 31 May (9 March to 31 May), occasional; 2 of 12 on 10 June (16 March to 7 June), rare.
    """
    ids = [f"p{i:02}" for i in range(15)]
    tables = people_tables(ids, covered=("2025-12-01", "2026-06-10"))
    tables["assignments"]["from_date"] = pd.Timestamp("2026-02-28")
    activity = pd.concat([days_in_weeks(user, 3, last="2026-03-29") for user in ids])
    client = client_of(as_of="2026-06-10", activity=activity, **tables)
    assert cohorts.retention(client).frame.values.tolist() == [["2026-Q1", 3, 15, 15, 1.0]]


def test_service_accounts_are_no_newcomers(newcomers, client_of):
    client = newcomers(GROUPS)
    users = client.users.assign(account_type="service")
    rows = client_of(users=users, assignments=client.assignments, coverage=client.coverage, activity=client.activity)
    assert cohorts.time_to_regular(rows).frame.empty
    assert cohorts.retention(rows).frame.empty


@pytest.mark.parametrize("left_out", [("coverage", "activity"), ("users", "assignments", "coverage", "activity")])
def test_without_a_log_and_without_anybody(client_of, people_tables, days_in_weeks, left_out):
    tables = {**people_tables(list("abcdef"), from_date=FIRST), "activity": days_in_weeks("a", 20)}
    client = client_of(**{name: rows for name, rows in tables.items() if name not in left_out})
    for table in (cohorts.time_to_regular(client), cohorts.retention(client)):
        assert table.frame.empty
        assert privacy.protect(table).frame.empty


def test_input_unchanged(newcomers):
    client = newcomers(GROUPS)
    before = {name: getattr(client, name).copy(deep=True) for name in ("users", "assignments", "coverage", "activity")}
    cohorts.time_to_regular(client)
    cohorts.retention(client)
    for name, rows in before.items():
        pdt.assert_frame_equal(getattr(client, name), rows)


def test_all_who_got_there_are_a_result_and_the_end_of_the_log_is_none(newcomers):
    """20 are regular by the third month: nobody is left to observe. With 6 who went, nothing is known beyond them."""
    everybody = cohorts.time_to_regular(newcomers({"a": (20, SINCE_JUNE, None)})).frame
    assert everybody[["months", "n", "share"]].values.tolist() == [[m, 0, 1.0] for m in (3, 6, 9, 12)]
    some = cohorts.time_to_regular(newcomers({"a": (20, SINCE_JUNE, None), "d": (6, 0, "2025-11-15")})).frame
    assert some["months"].tolist() == [3]


def test_without_an_agreement_nobody_is_followed(newcomers):
    client = newcomers(GROUPS, settings="privacy: {legal_basis: Art. 6}\n")
    for table in (cohorts.time_to_regular(client), cohorts.retention(client)):
        assert (len(table.frame), table.notes, table.window) == (0, ("needs_agreement",), None)
    assert cohorts.retention(newcomers(GROUPS)).notes == ()
