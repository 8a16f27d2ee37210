"""Person-weeks: which count, which do not and why, which were active."""

import pandas as pd
import pandas.testing as pdt
import pytest

from crmkit import schema
from crmkit.errors import MethodError
from crmkit.method import panel

JUNE = "2026-06-28"  # a Sunday: the week of 22 June is complete


def test_without_people_everyone_is_eligible_in_all_weeks():
    activity = pd.DataFrame(
        {
            "user_id": ["b", "a", "a", "a"],
            "date": ["2026-06-16", "2026-06-15", "2026-06-16", "2026-06-28"],
            "n_view": [0, 2, 1, 1],
            "n_write": [4, 0, 0, 0],
        }
    )
    expected = pd.DataFrame(
        {
            "user_id": ["a", "a", "b", "b"],
            "week": pd.to_datetime(["2026-06-15", "2026-06-22"] * 2),
            "state": "eligible",
            "reason": "",
            "active": [True, True, True, False],
            "n_actions": [3, 1, 4, 0],
            "n_days": [2, 1, 1, 0],
        }
    )
    found = panel.weekly(activity, as_of=JUNE, weeks=2)
    pdt.assert_frame_equal(found, schema.conform(expected, "panel"))


def test_a_week_in_progress_does_not_count():
    activity = pd.DataFrame({"user_id": ["a"], "date": ["2026-06-23"], "n_view": [1]})
    assert panel.weekly(activity, as_of="2026-06-27", weeks=1)["active"].tolist() == [False]
    assert panel.weekly(activity, as_of="2026-06-28", weeks=1)["active"].tolist() == [True]


@pytest.mark.parametrize("channel", ["api", "background"])
def test_machines_do_not_work(channel):
    activity = pd.DataFrame({"user_id": ["a"], "date": ["2026-06-23"], "n_view": [9], "channel": [channel]})
    assert not panel.weekly(activity, as_of=JUNE, weeks=1)["active"].any()


def test_logins_are_not_work_unless_nothing_else_is_known():
    both = pd.DataFrame({"user_id": ["a", "b"], "date": ["2026-06-23"] * 2, "n_login": [1, 0], "n_view": [0, 1]})
    assert panel.weekly(both, as_of=JUNE, weeks=1)["active"].tolist() == [False, True]
    logins = both.drop(columns="n_view")
    assert panel.weekly(logins, as_of=JUNE, weeks=1)["active"].tolist() == [True, False]


def reasons(weeks: pd.DataFrame) -> dict[str, list[str]]:
    return weeks.groupby("user_id")["reason"].agg(list).to_dict()


def test_reasons_of_persons(people_tables, days_in_weeks):
    tables = people_tables(["here", "robot", "left", "later", "new", "bare"])
    tables["users"].loc[1, "account_type"] = "service"
    spans = tables["assignments"]
    spans.loc[2, "to_date"] = pd.Timestamp("2026-06-20")
    spans.loc[3, "from_date"] = pd.Timestamp("2026-07-15")
    spans.loc[4, "from_date"] = pd.Timestamp("2026-04-01")
    tables["assignments"] = spans[spans["user_id"] != "bare"]
    found = panel.weekly(days_in_weeks("here", 2), tables, as_of=JUNE, weeks=2)
    assert reasons(found) == {
        "here": ["", ""],
        "robot": ["service_account"] * 2,
        "left": ["left"] * 2,
        "later": ["not_yet_licensed"] * 2,
        "new": ["onboarding"] * 2,
        "bare": ["not_licensed"] * 2,
    }


def test_the_ninetieth_day_ends_onboarding(people_tables, days_in_weeks):
    tables = people_tables(["day_89", "day_90"])
    tables["assignments"]["from_date"] = pd.to_datetime(["2026-03-31", "2026-03-30"])
    found = panel.weekly(days_in_weeks("day_89", 1), tables, as_of=JUNE, weeks=1)
    assert reasons(found) == {"day_89": ["onboarding"], "day_90": [""]}


def test_missing_log_is_not_zero_use(people_tables, days_in_weeks):
    tables = people_tables(["a"], covered=("2026-06-16", "2026-06-28"))
    found = panel.weekly(days_in_weeks("a", 2), tables, as_of=JUNE, weeks=2)
    assert found[["state", "reason"]].values.tolist() == [["unobserved", "no_log"], ["eligible", ""]]


def test_holidays_of_the_bundesland(client_of, people_tables, days_in_weeks):
    """Week of 1 June 2026: Corpus Christi (4 June) is free in Bavaria; the week still has four days."""
    tables = people_tables(["a"], covered=("2025-06-01", "2026-06-28"))
    client = client_of(activity=days_in_weeks("a", 12), **tables)
    found = panel.weekly(client.activity, client, as_of=client.as_of)
    assert found["state"].eq("eligible").all()
    # Christmas 2025: 25 and 26 December leave three days, 29 December to 2 January four less New Year's Day.
    winter = panel.weekly(client.activity, client, as_of="2026-01-04", weeks=2)
    assert winter["reason"].tolist() == ["", ""]


def test_known_absence_and_part_time(people_tables, days_in_weeks):
    tables = people_tables(["full", "half"], fte=[1.0, 0.5])
    week = pd.Timestamp("2026-06-22")
    tables["availability"] = pd.DataFrame({"user_id": ["full", "half"], "week": week, "available_days": [2.0, 1.5]})
    found = panel.weekly(days_in_weeks("full", 1), tables, as_of=JUNE, weeks=1)
    # Three days of a full contract; half of two and a half contract days.
    assert reasons(found) == {"full": ["absent"], "half": [""]}


def test_two_accounts_are_one_person(people_tables, days_in_weeks):
    tables = people_tables(["a1", "a2"])
    tables["users"]["person_id"] = "p"
    activity = pd.concat([days_in_weeks("a1", 1), days_in_weeks("a2", 2)])
    found = panel.weekly(activity, tables, as_of=JUNE, weeks=2)
    assert found[["user_id", "active", "n_actions"]].values.tolist() == [["a1", True, 1], ["a1", True, 2]]


def test_tiers_are_never_mixed(people_tables, days_in_weeks):
    """Views are evidence of tier A; writes known from record changes (tier B) do not count beside them."""
    tables = people_tables(["a"])
    changes = days_in_weeks("a", 1, source="changes", n_write=1)
    found = panel.weekly(changes, tables, as_of=JUNE, weeks=1)
    assert not found["active"].any()


def test_input_unchanged_and_order_irrelevant(people_tables, days_in_weeks):
    tables = people_tables(["a", "b"])
    activity = pd.concat([days_in_weeks("b", 3), days_in_weeks("a", 2)], ignore_index=True)
    before = activity.copy(deep=True)
    found = panel.weekly(activity, tables, as_of=JUNE, weeks=4)
    shuffled = panel.weekly(activity.iloc[::-1], tables, as_of=JUNE, weeks=4)
    pdt.assert_frame_equal(activity, before)
    pdt.assert_frame_equal(found, shuffled)


def test_empty_activity():
    assert panel.weekly(schema.empty("activity"), as_of=JUNE).empty


def test_polars_frames_are_taken_too():
    polars = pytest.importorskip("polars")
    activity = polars.DataFrame({"user_id": ["a"], "date": ["2026-06-23"], "n_view": [1]})
    assert panel.weekly(activity, as_of=JUNE, weeks=1)["n_actions"].tolist() == [1]


def test_bad_input_is_named(refused):
    with pytest.raises(MethodError) as caught:
        panel.weekly(pd.DataFrame({"user": ["a"], "date": ["2026-06-23"]}), as_of=JUNE)
    assert str(caught.value) == "table `activity`: `user_id` missing. Found: `user`, `date`."
    with refused(MethodError, "weeks=0: a window has 1 to 1000 weeks."):
        panel.weekly(schema.empty("activity"), as_of=JUNE, weeks=0)
    with refused(
        MethodError,
        'definition "vivaa" is not known. Did you mean "viva"? '
        "Known: crmkit, crmkit_known_absences, crmkit_two_days, viva, viva_4w, mozilla, frequency, lifecycle.",
    ):
        panel.weekly(schema.empty("activity"), as_of=JUNE, definition="vivaa")
