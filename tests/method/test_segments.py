"""Segments by weeks and by days, shares, migration."""

import numpy as np
import pandas as pd
import pandas.testing as pdt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmkit import schema
from crmkit.errors import MethodError
from crmkit.method import panel, segments
from crmkit.method.definition import Definition

MONDAYS = pd.date_range("2026-04-06", periods=12, freq="7D")


def weeks_of(active: dict[str, list[int]], **changes) -> pd.DataFrame:
    """Return a dense panel: user → number of actions in each of the last weeks."""
    rows = [
        {
            "user_id": user,
            "week": MONDAYS[12 - len(n) + i],
            "state": "eligible",
            "active": a > 0,
            "n_actions": a,
            "n_days": a,
        }
        for user, n in active.items()
        for i, a in enumerate(n)
    ]
    return schema.conform(pd.DataFrame(rows).assign(reason="", **changes), "panel")


@pytest.mark.parametrize(
    ("active", "eligible", "segment"),
    [(8, 12, "regular"), (7, 12, "occasional"), (3, 12, "occasional"), (2, 12, "rare"), (0, 12, "rare"),
     (6, 9, "regular"), (5, 9, "occasional"), (3, 4, "regular"), (1, 4, "occasional"), (3, 3, "not_assessable")],
)  # fmt: skip
def test_thresholds(active, eligible, segment):
    weeks = weeks_of({"a": [1] * active + [0] * (eligible - active)})
    expected = pd.DataFrame(
        {"user_id": ["a"], "eligible_weeks": [eligible], "active_weeks": [active], "week_share": [active / eligible],
         "segment": [segment]}
    )  # fmt: skip
    pdt.assert_frame_equal(segments.assign(weeks), expected)


def test_known_absences_raise_the_bar():
    weeks = weeks_of({"a": [1] * 8 + [0] * 4, "b": [1] * 9 + [0] * 3})
    found = segments.assign(weeks, definition=Definition(regular_share=0.75))
    assert found["segment"].tolist() == ["occasional", "regular"]


def test_only_eligible_weeks_count():
    """Work in a holiday week neither counts for nor against anyone."""
    weeks = weeks_of({"a": [1] * 12})
    weeks.loc[:3, ["state", "reason"]] = ["not_eligible", "few_working_days"]
    weeks.loc[4:5, ["state", "reason"]] = ["unobserved", "no_log"]
    found = segments.assign(weeks)
    assert found[["eligible_weeks", "active_weeks", "segment"]].values.tolist() == [[6, 6, "regular"]]


def test_onboarding_takes_precedence_and_leavers_are_out():
    weeks = weeks_of({"new": [1] * 12, "left": [1] * 12, "robot": [1] * 12})
    for user, reason in {"new": "onboarding", "left": "left", "robot": "service_account"}.items():
        weeks.loc[weeks["user_id"] == user, ["state", "reason"]] = ["not_eligible", reason]
    found = segments.assign(weeks)
    assert found[["user_id", "eligible_weeks", "segment"]].values.tolist() == [["new", 0, "not_assessable"]]
    assert np.isnan(found["week_share"].iloc[0])


def test_viva():
    weeks = weeks_of(
        {
            "habitual": [2] * 9 + [0] * 3,
            "low": [1] + [0] * 11,
            "non": [0] * 12,
            "novice": [3] * 8 + [0] * 4,
            "power": [20] * 9 + [0] * 3,
        }
    )
    found = segments.assign(weeks, definition="viva")
    assert found["segment"].tolist() == ["habitual", "low", "non_user", "novice", "power"]
    assert found["week_share"].tolist() == [9 / 12, 1 / 12, 0, 8 / 12, 9 / 12]


def test_viva_in_four_weeks_looks_at_the_last_four():
    weeks = weeks_of({"a": [0] * 8 + [15] * 4, "b": [15] * 8 + [0, 1, 1, 1], "c": [15] * 8 + [2, 1, 1, 1]})
    found = segments.assign(weeks, definition="viva_4w")
    assert found["segment"].tolist() == ["power", "low", "habitual"]


def test_shares_show_every_segment_and_keep_the_unassessed_apart():
    people = pd.DataFrame({"user_id": list("abcd"), "segment": ["regular", "regular", "rare", "not_assessable"]})
    table = segments.shares(people)
    expected = pd.DataFrame(
        {
            "segment": ["regular", "occasional", "rare", "not_assessable"],
            "n": [2, 0, 1, 1],
            "n_total": [3, 3, 3, 3],
            "share": [2 / 3, 0, 1 / 3, np.nan],
        }
    )
    pdt.assert_frame_equal(table.frame, expected)
    assert (table.counts, table.totals, table.derived) == (("n",), ("n_total",), {"share": ("n", "n_total")})


def test_shares_by_unit(refused):
    people = pd.DataFrame({"segment": ["regular", "rare", "rare"], "org_unit": ["B", "A", "B"]})
    table = segments.shares(people, by="org_unit")
    assert table.frame.query("n > 0").values.tolist() == [
        ["A", "rare", 1, 1, 1.0],
        ["B", "regular", 1, 2, 0.5],
        ["B", "rare", 1, 2, 0.5],
    ]
    with refused(MethodError, "shares(by=`team`): no such column. Found: `segment`, `org_unit`."):
        segments.shares(people, by="team")


def test_shares_of_nobody():
    table = segments.shares(segments.assign(schema.empty("panel")))
    assert table.frame["n"].tolist() == [0, 0, 0, 0]
    assert table.frame["share"].isna().all()


def test_migration_counts_people_assessed_in_both():
    before = segments.assign(weeks_of({"a": [1] * 12, "b": [1] * 12, "c": [0] * 12, "gone": [1] * 12}))
    after = segments.assign(weeks_of({"a": [1] * 12, "b": [0] * 12, "c": [0] * 12, "few": [1] * 3}))
    table = segments.migration(before, after)
    assert table.frame.query("n > 0").values.tolist() == [
        ["regular", "regular", 1],
        ["regular", "rare", 1],
        ["rare", "rare", 1],
    ]


def test_migration_between_definitions_is_refused(refused):
    weeks = weeks_of({"a": [1] * 12})
    stricter = segments.assign(weeks, definition=Definition(regular_share=0.9))
    usual = segments.assign(weeks)
    hashes = f"{Definition().hash}, {Definition(regular_share=0.9).hash}"
    message = f"migration: the two periods rest on different definitions ({hashes}). Recompute both under one."
    with refused(MethodError, message):
        segments.migration(usual, stricter)


def test_definitions_for_days():
    days = pd.date_range("2026-06-01", "2026-06-28")
    rows = [("a", day) for day in days[:14]] + [("b", day) for day in days[-6:]] + [("c", pd.Timestamp("2026-05-30"))]
    rows += [("d", pd.Timestamp("2026-03-02")), ("d", days[-1]), ("b", pd.Timestamp("2026-05-30"))]
    activity = pd.DataFrame(rows, columns=["user_id", "date"]).assign(n_view=1)

    def found(name):
        return segments.assign_days(activity, as_of="2026-06-28", definition=name)[
            ["user_id", "active_days", "segment"]
        ].values.tolist()

    assert found("mozilla") == [
        ["a", 14, "regular"],
        ["b", 5, "not_regular"],
        ["c", 0, "not_regular"],
        ["d", 0, "not_regular"],
    ]
    assert found("frequency") == [
        ["a", 14, "days_11_19"],
        ["b", 6, "days_6_10"],
        ["c", 0, "none"],
        ["d", 1, "days_1_5"],
    ]
    assert found("lifecycle") == [
        ["a", 14, "new"],
        ["b", 6, "returning"],
        ["c", 0, "dormant"],
        ["d", 1, "resurrecting"],
    ]


def test_wrong_kind_of_definition(refused):
    with refused(MethodError, 'definition "mozilla" works on person-days, use `segments.assign_days`.'):
        segments.assign(weeks_of({"a": [1] * 12}), definition="mozilla")
    with refused(MethodError, 'definition "viva" does not count days. Known: mozilla, frequency, lifecycle.'):
        segments.assign_days(schema.empty("activity"), as_of="2026-06-28", definition="viva")


def test_panel_without_its_columns(refused):
    with refused(MethodError, "panel: `state`, `reason`, `active` missing. Found: `user_id`, `week`."):
        segments.assign(pd.DataFrame({"user_id": [], "week": []}))


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.integers(0, 3), min_size=12, max_size=12), min_size=1))
def test_zero_weeks_may_be_left_out_of_the_activity(actions):
    """Sparse person-days give the same people as a dense panel."""
    dense = weeks_of(actions)
    rows = dense[["user_id", "week", "n_actions"]].rename(columns={"week": "date", "n_actions": "n_view"})
    everyone = rows.groupby("user_id").head(1).assign(n_view=0)
    sparse = panel.weekly(pd.concat([rows[rows["n_view"] > 0], everyone]), as_of="2026-06-28")
    columns = ["user_id", "eligible_weeks", "active_weeks", "segment"]
    pdt.assert_frame_equal(segments.assign(sparse)[columns], segments.assign(dense)[columns])
