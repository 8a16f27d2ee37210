"""State and reason of person-weeks, span by span: changes, gaps, part time, moves, joiners, accounts."""

import pandas as pd
import pandas.testing as pdt
import pytest

from crmkit import schema
from crmkit.method import panel, segments
from crmkit.method.definition import Definition

JUNE = "2026-06-28"  # a Sunday
#: The last six weeks; Whit Monday (25 May) is free everywhere, Corpus Christi (4 June) in Bavaria.
WEEKS = ["2026-05-18", "2026-05-25", "2026-06-01", "2026-06-08", "2026-06-15", "2026-06-22"]
STATES = {"": "eligible", "no_log": "unobserved"}


def spans(*rows: tuple, user: str = "a", **more) -> pd.DataFrame:
    """Return spans of a person from first day, last day (or None) and what holds between them."""
    frame = pd.DataFrame(
        [{"user_id": user, "from_date": first, "to_date": last, **state} for first, last, state in rows]
    ).assign(**more)
    dates = {column: pd.to_datetime(frame[column]) for column in ("from_date", "to_date")}
    return frame.assign(**dates)


def weeks_of(
    assignments: pd.DataFrame, *, weeks=6, as_of=JUNE, definition=None, activity=None, **tables
) -> pd.DataFrame:
    ids = sorted(set(assignments["user_id"]))
    users = pd.DataFrame({"user_id": ids, "person_id": ids})
    coverage = pd.DataFrame({"source": "log", "date": pd.date_range("2025-06-01", "2026-12-31")})
    people = {"users": users, "assignments": assignments, "coverage": coverage, **tables}
    work = schema.empty("activity") if activity is None else activity
    return panel.weekly(work, people, as_of=as_of, weeks=weeks, definition=definition or Definition())


def reasons(weeks: pd.DataFrame) -> dict[str, list[str]]:
    assert weeks["state"].tolist() == [STATES.get(reason, "not_eligible") for reason in weeks["reason"]]
    return weeks.groupby("user_id")["reason"].agg(list).to_dict()


def availability(user: str, days: list[float | None]) -> pd.DataFrame:
    rows = [(user, pd.Timestamp(week), n) for week, n in zip(WEEKS, days, strict=True) if n is not None]
    return pd.DataFrame(rows, columns=["user_id", "week", "available_days"])


# One span after the other -----------------------------------------------------------------------------------------


def test_a_whole_panel_of_a_joiner_a_leaver_and_who_stays():
    table = pd.concat(
        [
            spans(("2026-06-03", None, {}), user="joined"),
            spans(("2024-01-01", "2026-06-27", {}), user="left"),
            spans(("2024-01-01", "2026-06-28", {}), user="stays"),
        ]
    )
    found = weeks_of(table, weeks=2, definition=Definition(onboarding_days=0))
    expected = pd.DataFrame(
        {
            "user_id": ["joined", "joined", "left", "left", "stays", "stays"],
            "week": pd.to_datetime(WEEKS[-2:] * 3),
            "state": ["eligible", "eligible", "not_eligible", "not_eligible", "eligible", "eligible"],
            "reason": ["", "", "left", "left", "", ""],
            "active": False, "n_actions": 0, "n_days": 0,
        }
    )  # fmt: skip
    pdt.assert_frame_equal(found, schema.conform(expected, "panel"))


def test_another_licence_from_thursday_on():
    table = spans(
        ("2024-01-01", "2026-06-10", {"licence": "Sales"}), ("2026-06-11", None, {"licence": "Service"})
    )  # fmt: skip
    assert reasons(weeks_of(table)) == {"a": [""] * 6}


@pytest.mark.parametrize(
    ("last", "first", "expected"),
    [
        # Days of the week of 8 June under a licence: three, two; two at the start and one at the end.
        ("2026-06-10", "2026-06-15", ["", "", "", "", "", ""]),
        ("2026-06-09", "2026-06-15", ["", "", "", "licence_gap", "", ""]),
        ("2026-06-09", "2026-06-12", ["", "", "", "", "", ""]),
        ("2026-06-08", "2026-06-12", ["", "", "", "licence_gap", "", ""]),
        # From Thursday to Wednesday: two days, then three.
        ("2026-06-09", "2026-06-17", ["", "", "", "licence_gap", "", ""]),
        ("2026-06-09", "2026-06-18", ["", "", "", "licence_gap", "licence_gap", ""]),
        # Saturday and Sunday make no week.
        ("2026-06-07", "2026-06-13", ["", "", "", "licence_gap", "", ""]),
        # Three weeks.
        ("2026-05-31", "2026-06-22", ["", "", "licence_gap", "licence_gap", "licence_gap", ""]),
        ("2026-05-29", "2026-06-20", ["", "", "licence_gap", "licence_gap", "licence_gap", ""]),
    ],
)
def test_gaps_in_a_licence(last, first, expected):
    assert reasons(weeks_of(spans(("2024-01-01", last, {}), (first, None, {})))) == {"a": expected}


def test_who_comes_back_after_a_gap_is_not_new():
    """The first licence decides on onboarding: back after half a year, the last weeks count at once."""
    table = spans(("2024-01-01", "2025-12-31", {}), ("2026-06-15", None, {}))
    assert reasons(weeks_of(table)) == {"a": ["licence_gap"] * 4 + ["", ""]}


def test_work_during_a_gap_is_none():
    table = spans(("2024-01-01", "2026-05-31", {}), ("2026-06-22", None, {}))
    days = pd.DataFrame({"user_id": "a", "date": WEEKS, "source": "log", "n_view": 3})
    found = weeks_of(table, activity=days)
    assert found["active"].tolist() == [True, True, False, False, False, True]
    assert found["n_actions"].tolist() == [3] * 6


def test_overlapping_spans_that_agree():
    table = spans(("2024-01-01", "2026-06-09", {}), ("2026-05-20", "2026-06-16", {}), ("2026-06-11", None, {}))
    assert reasons(weeks_of(table)) == {"a": [""] * 6}


# Part time --------------------------------------------------------------------------------------------------------


def test_no_working_time_for_a_month():
    """Parental leave as FTE 0: from 1 to 28 June nothing is expected."""
    table = spans(
        ("2024-01-01", "2026-05-31", {"fte": 0.8}), ("2026-06-01", "2026-06-21", {"fte": 0.0}),
        ("2026-06-22", None, {"fte": 0.8}),
    )  # fmt: skip
    assert reasons(weeks_of(table)) == {"a": ["", "", *["no_working_time"] * 3, ""]}
    days = pd.DataFrame({"user_id": "a", "date": WEEKS, "source": "log", "n_view": 1})
    assert segments.assign(weeks_of(table, activity=days))[["eligible_weeks", "active_weeks"]].values.tolist() == [
        [3, 3]
    ]


def test_more_than_full_time_is_full_time():
    table = spans(("2024-01-01", None, {"fte": 1.2}))
    assert reasons(weeks_of(table)) == {"a": [""] * 6}
    stated = availability("a", [5.0, 3.0, 2.9, 2.0, 0.0, None])
    assert reasons(weeks_of(table, availability=stated)) == {"a": ["", "", "absent", "absent", "absent", ""]}


@pytest.mark.parametrize(
    ("fte", "expected"),
    [
        # Half of the contract days are enough: 1.25 of 2.5, 0.5 of 1, 2 of 4; never more than three.
        (0.5, ["", "", "", "", "absent", "absent"]),
        (0.2, ["", "", "", "", "", "absent"]),
        (0.8, ["", "", "absent", "absent", "absent", "absent"]),
        (1.0, ["", "absent", "absent", "absent", "absent", "absent"]),
    ],
)
def test_availability_of_part_timers(fte, expected):
    stated = availability("a", [3.0, 2.5, 1.5, 1.25, 0.5, 0.0])
    assert reasons(weeks_of(spans(("2024-01-01", None, {"fte": fte})), availability=stated)) == {"a": expected}


def test_unknown_part_time_is_full_time():
    table = spans(("2024-01-01", None, {"fte": None}))
    assert reasons(weeks_of(table, availability=availability("a", [2.0] + [3.0] * 5))) == {"a": ["absent"] + [""] * 5}


# What cannot be right ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [{"fte": 0.5}, {"org_unit": "Süd"}, {"role": "Leitung"}, {"subdivision": "SN"}])
def test_two_states_from_the_same_day(state):
    full = {"fte": 1.0, "org_unit": "Nord", "role": "Vertrieb", "subdivision": "BY"}
    table = spans(("2026-01-01", None, full), ("2026-01-01", None, full | state))
    weeks = weeks_of(table)
    assert reasons(weeks) == {"a": ["contradicting"] * 6}
    assert segments.assign(weeks)["segment"].tolist() == ["not_assessable"]


@pytest.mark.parametrize("state", [{"fte": None}, {"org_unit": ""}, {"role": ""}, {"subdivision": ""}])
def test_what_is_not_stated_contradicts_nothing(state):
    full = {"fte": 1.0, "org_unit": "Nord", "role": "Vertrieb", "subdivision": "BY"}
    table = spans(("2026-01-01", None, full), ("2026-01-01", None, full | state))
    assert reasons(weeks_of(table)) == {"a": [""] * 6}


def test_what_is_stated_holds_beside_what_is_not():
    """Two licences from the same day, the part time known for one: a day and a half is enough, in any row order."""
    table = spans(("2026-01-01", None, {"fte": 0.5}), ("2026-01-01", None, {"fte": None}))
    stated = availability("a", [1.5] * 6)
    found = [reasons(weeks_of(table.iloc[order], availability=stated)) for order in ([0, 1], [1, 0])]
    assert found == [{"a": [""] * 6}] * 2


def test_two_licences_from_the_same_day_are_no_contradiction():
    table = spans(("2026-01-01", None, {"licence": "Sales"}), ("2026-01-01", None, {"licence": "Service"}))
    assert reasons(weeks_of(table)) == {"a": [""] * 6}


def test_an_end_before_the_start():
    turned = ("2026-06-01", "2026-05-20", {})
    table = pd.concat(
        [
            spans(("2026-03-01", "2026-03-01", {}), ("2024-01-01", None, {}), user="one day"),
            spans(turned, user="only"),
            spans(("2024-01-01", None, {}), turned, user="too"),
        ]
    )
    assert reasons(weeks_of(table)) == {
        "one day": [""] * 6,
        "only": ["contradicting"] * 6,
        "too": ["contradicting"] * 6,
    }


def test_what_was_wrong_long_ago_says_nothing_about_today():
    old = spans(
        ("2024-01-01", "2025-12-31", {"fte": 1.0}), ("2024-01-01", "2025-12-31", {"fte": 0.5}), ("2026-01-01", None, {})
    )  # fmt: skip
    turned = spans(("2025-03-01", "2025-02-01", {}), ("2026-01-01", None, {}), user="turned")
    assert reasons(weeks_of(pd.concat([old, turned]))) == {"a": [""] * 6, "turned": [""] * 6}


def test_a_leaver_with_a_contradiction_has_left():
    """Who left is not counted among the people of today, whatever was wrong in the list."""
    twice = spans(("2024-01-01", "2026-06-20", {"fte": 1.0}), ("2024-01-01", "2026-06-20", {"fte": 0.5}))
    weeks = weeks_of(twice)
    assert reasons(weeks) == {"a": ["left"] * 6}
    assert segments.assign(weeks).empty


def test_who_begins_next_month_with_a_contradiction_has_not_begun():
    twice = spans(("2026-07-15", None, {"fte": 1.0}), ("2026-07-15", None, {"fte": 0.5}))
    assert reasons(weeks_of(twice)) == {"a": ["not_yet_licensed"] * 6}


# Places -----------------------------------------------------------------------------------------------------------


def test_moving_to_a_state_with_other_holidays(client_of, people_tables):
    """In the week of 1 June 2026 the company is shut on Friday and half of Wednesday; Thursday is free in Bavaria.

    That leaves two and a half days in Bavaria, three and a half in Saxony.
    """
    ids = ["bavaria", "moved before", "moved in the week", "moves after", "of the client", "saxony"]
    tables = people_tables(ids)
    moves = {"moved before": "2026-06-01", "moved in the week": "2026-06-03", "moves after": "2026-06-08"}
    rows = [spans(("2024-01-01", None, {"subdivision": "BY"}), user="bavaria")]
    rows += [
        spans(
            ("2024-01-01", pd.Timestamp(day) - pd.Timedelta(days=1), {"subdivision": "BY"}),
            (day, None, {"subdivision": "SN"}),
            user=user,
        )
        for user, day in moves.items()
    ]
    rows += [spans(("2024-01-01", None, {"subdivision": ""}), user="of the client")]
    rows += [spans(("2024-01-01", None, {"subdivision": "SN"}), user="saxony")]
    tables["assignments"] = pd.concat(rows)
    calendar = "calendar: {free_days: ['2026-06-05'], half_days: ['2026-06-03']}\n"
    client = client_of(settings=calendar, **tables)
    found = panel.weekly(client.activity, client, as_of=JUNE, weeks=4, definition=Definition())
    few = ["few_working_days", "", "", ""]
    # The state of the span begun last holds for the whole week.
    assert reasons(found) == {
        "bavaria": few, "moved before": [""] * 4, "moved in the week": [""] * 4, "moves after": few,
        "of the client": few, "saxony": [""] * 4,
    }  # fmt: skip


def test_few_working_days_whatever_availability_says(client_of, people_tables):
    tables = people_tables(["a"])
    tables["availability"] = availability("a", [5.0] * 6)
    settings = "calendar: {free_days: ['2026-06-22', '2026-06-23', '2026-06-24']}\n"
    client = client_of(settings=settings, **tables)
    found = panel.weekly(client.activity, client, as_of=JUNE, weeks=6, definition=Definition())
    assert reasons(found) == {"a": [""] * 5 + ["few_working_days"]}


# Joining and leaving ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("2026-06-10", ["licence_gap"] * 3 + [""] * 3),  # Wednesday
        ("2026-06-11", ["licence_gap"] * 4 + [""] * 2),
        ("2026-06-28", ["licence_gap"] * 6),
        ("2026-06-29", ["not_yet_licensed"] * 6),
    ],
)
def test_joiners_without_onboarding(first, expected):
    found = weeks_of(spans((first, None, {})), definition=Definition(onboarding_days=0))
    assert reasons(found) == {"a": expected}


@pytest.mark.parametrize(
    ("first", "days", "reason"),
    [
        ("2026-06-14", 14, ""),
        ("2026-06-15", 14, "onboarding"),
        ("2026-03-30", 90, ""),
        ("2026-03-31", 90, "onboarding"),
    ],
)
def test_onboarding_ends_on_its_last_day(first, days, reason):
    found = weeks_of(spans((first, None, {})), weeks=1, definition=Definition(onboarding_days=days))
    assert reasons(found) == {"a": [reason]}
    assert segments.assign(found)["eligible_weeks"].tolist() == [int(not reason)]


@pytest.mark.parametrize(
    ("last", "as_of", "expected"),
    [
        ("2026-06-28", JUNE, ""), ("2026-06-27", JUNE, "left"), ("2026-07-31", JUNE, ""),
        # The window ends on 28 June, the retrospective is on 1 July.
        ("2026-06-30", "2026-07-01", "left"), ("2026-07-01", "2026-07-01", ""),
    ],
)  # fmt: skip
def test_leavers(last, as_of, expected):
    found = weeks_of(spans(("2024-01-01", last, {})), as_of=as_of)
    assert reasons(found) == {"a": [expected] * 6}


def test_a_gap_on_the_day_itself_is_no_leaving():
    """Between two licences on the day of the retrospective: still one of the people."""
    table = spans(("2024-01-01", "2026-06-21", {}), ("2026-07-06", None, {}))
    assert reasons(weeks_of(table)) == {"a": [""] * 5 + ["licence_gap"]}


def test_without_assignments_the_first_and_last_day_of_the_account_decide():
    users = pd.DataFrame(
        {
            "user_id": ["gone", "here", "new", "open"],
            "person_id": ["gone", "here", "new", "open"],
            "first_active": pd.to_datetime(["2024-01-01", "2024-01-01", "2026-06-01", None]),
            "last_active": pd.to_datetime(["2026-06-20", "2026-12-31", None, None]),
        }
    )
    none = schema.empty("assignments")
    assert reasons(weeks_of(none, users=users, weeks=1)) == {
        "gone": ["left"], "here": [""], "new": ["onboarding"], "open": [""],
    }  # fmt: skip


# Accounts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("robot", ["a0", "a2"])
def test_a_service_account_with_the_number_of_a_person(robot):
    """It stands for itself: neither its work nor its spans are the person's."""
    users = pd.DataFrame({"user_id": ["a1", robot], "person_id": "p", "account_type": ["person", "service"]})
    table = pd.concat([spans(("2024-01-01", "2026-06-14", {}), user="a1"), spans(("2024-01-01", None, {}), user=robot)])
    table = pd.concat([table, spans(("2026-06-22", None, {}), user="a1")])
    days = pd.DataFrame({"user_id": robot, "date": WEEKS, "source": "log", "n_write": 50})
    weeks = weeks_of(table, users=users, activity=days)
    expected = ["", "", "", "", "licence_gap", ""]
    assert reasons(weeks) == {"a1": expected, robot: ["service_account"] * 6}
    assert not weeks["active"].any()
    assert segments.assign(weeks)["user_id"].tolist() == ["a1"]


def two_accounts(first: str, second: str, *, days: float) -> dict[str, list[str]]:
    """Return the reasons of a person whose account `first` is full time since 2024, `second` half time since May."""
    users = pd.DataFrame({"user_id": [first, second], "person_id": "p"})
    table = pd.concat(
        [spans(("2024-01-01", None, {"fte": 1.0}), user=first), spans(("2026-05-04", None, {"fte": 0.5}), user=second)]
    )
    stated = availability(first, [days] * 6)
    return reasons(weeks_of(table, users=users, availability=stated))


def test_of_two_accounts_the_span_begun_last_holds():
    """Half time since May: one and a half days are enough."""
    assert two_accounts("a1", "a2", days=1.5) == {"a1": [""] * 6}


def test_of_two_accounts_the_span_begun_last_holds_whatever_they_are_called():
    assert two_accounts("a2", "a1", days=1.5) == {"a1": [""] * 6}


def test_two_accounts_from_the_same_day_in_two_states():
    """Whatever is said of such a person, it does not depend on what the accounts are called."""
    found = []
    for names in (["a1", "a2"], ["a2", "a1"]):
        users = pd.DataFrame({"user_id": names, "person_id": "p"})
        table = pd.concat(
            [spans(("2026-01-01", None, {"fte": n}), user=u) for u, n in zip(names, (1.0, 0.5), strict=True)]
        )
        found.append(reasons(weeks_of(table, users=users, availability=availability("a1", [1.5] * 6))))
    assert found[0] == found[1]


def test_one_account_closed_and_one_open():
    users = pd.DataFrame(
        {"user_id": ["old", "then"], "person_id": "p", "last_active": pd.to_datetime(["2026-05-31", None])}
    )
    table = pd.concat([spans(("2024-01-01", None, {}), user="old"), spans(("2026-06-15", None, {}), user="then")])
    weeks = weeks_of(table, users=users)
    assert reasons(weeks) == {"old": ["", "", "licence_gap", "licence_gap", "", ""]}


# Logs -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("missing", "expected"),
    [("2026-06-08", "no_log"), ("2026-06-12", "no_log"), ("2026-06-13", ""), ("2026-06-14", "")],
)
def test_a_week_is_logged_from_monday_to_friday(missing, expected):
    days = pd.date_range("2025-06-01", JUNE)
    coverage = pd.DataFrame({"source": "log", "date": days, "complete": days != missing, "tier": "A"})
    found = weeks_of(spans(("2024-01-01", None, {})), coverage=coverage)
    assert reasons(found) == {"a": ["", "", "", expected, "", ""]}


def test_a_log_of_another_tier_covers_nothing():
    coverage = pd.DataFrame({"source": "log", "date": pd.date_range("2025-06-01", JUNE), "tier": "B"})
    assert reasons(weeks_of(spans(("2024-01-01", None, {})), coverage=coverage)) == {"a": ["no_log"] * 6}
