"""Goals as tables: all of them with their status, and the path of one; nothing small can be read from them."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from crmkit import privacy
from crmkit.method import goals, progress
from crmkit.method.goals import Goal

START, DEADLINE = dt.date(2025, 12, 31), dt.date(2026, 3, 31)


@pytest.fixture
def goal():
    return Goal(
        metric="active_users", change_value=0.2, change_unit="relative", direction="up", start=START,
        deadline=DEADLINE, wording="Mehr.", fit="fits",
    )  # fmt: skip


@pytest.fixture
def series():
    return readings([60, 60, 60, 60, 63, 66])


def readings(values, **columns) -> pd.DataFrame:
    months = pd.date_range("2025-09-30", periods=len(values), freq="ME")
    rows = {"month": months, "population": "all", "value": np.array(values, dtype=float), "n_total": 200.0}
    return pd.DataFrame({**rows, "coverage_share": 1.0, "definition_hash": "a", "noise": np.nan, **columns})


def test_table(goal, series):
    status = goals.track(goal, series, as_of="2026-02-28")
    none = goals.track(goal, readings([]), as_of="2026-02-28")
    table = goals.table([(goal, status), (goal, none)])
    expected = pd.DataFrame(
        {
            "goal_id": ["active-users-up-20pct-2026-03-31"] * 2, "wording": ["Mehr."] * 2,
            "metric": ["active_users"] * 2, "change_unit": ["relative"] * 2, "status": ["at_risk", "not_measurable"],
            "start": pd.to_datetime([START] * 2).astype("datetime64[us]"),
            "deadline": pd.to_datetime([DEADLINE] * 2).astype("datetime64[us]"),
            "fit": ["fits"] * 2, "provisional": [False, False],
            "n": pd.array([66, None], dtype="Int64"), "n_baseline": pd.array([60, None], dtype="Int64"),
            "n_total": pd.array([200, None], dtype="Int64"), "baseline": [60.0, np.nan], "target": [72.0, np.nan],
            "actual": [66.0, np.nan], "required_pace": [6.0, np.nan], "observed_pace": [3.0, np.nan],
            "probability": [np.nan, np.nan],
        }
    )  # fmt: skip
    pd.testing.assert_frame_equal(table.frame, expected)
    assert (table.name, table.counts, table.totals) == ("goals", ("n", "n_baseline"), ("n_total",))
    assert privacy.protect(table).frame["suppressed"].tolist() == [False, False]


def test_table_without_goals():
    table = goals.table([])
    assert table.frame.empty
    assert table.frame.dtypes["n"] == "Int64"
    assert privacy.protect(table).frame.empty


def test_path(goal, series):
    status = goals.track(goal, series, as_of="2026-02-28")
    table = goals.path(goal, status, series)
    ends = ["2025-09-30", "2025-10-31", "2025-11-30", "2025-12-31", "2026-01-31", "2026-02-28"]
    expected = pd.DataFrame(
        {
            "goal_id": "active-users-up-20pct-2026-03-31",
            "month": pd.to_datetime([*ends, *ends[3:], "2026-03-31"]).astype("datetime64[us]"),
            "path": ["actual"] * 6 + ["target"] * 4,
            "n": pd.array([60, 60, 60, 60, 63, 66, 60, 60, 60, 60], dtype="Int64"),
            "n_total": pd.array([200] * 10, dtype="Int64"),
            "value": [60.0, 60.0, 60.0, 60.0, 63.0, 66.0, 60.0, 64.0, 68.0, 72.0],
        }
    )
    pd.testing.assert_frame_equal(table.frame, expected)
    assert not privacy.protect(table).frame["suppressed"].any()


def test_path_without_a_baseline(goal):
    nothing = readings([])
    table = goals.path(goal, goals.track(goal, nothing, as_of="2026-02-28"), nothing)
    assert table.frame.empty
    assert privacy.protect(table).frame.empty


def test_path_leaves_out_badly_covered_months(goal, series):
    status = goals.track(goal, series, as_of="2026-02-28")
    gappy = series.assign(coverage_share=[1, 1, 1, 1, 0.5, 1])
    actual = goals.path(goal, status, gappy).frame.query("path == 'actual'")
    assert actual["value"].tolist() == [60, 60, 60, 60, 66]


def test_a_deadline_within_a_month_ends_the_line(goal):
    within = Goal(**{**vars(goal), "deadline": dt.date(2026, 3, 16)})
    series = readings([60, 60, 60, 60, 63, 66])
    line = goals.path(within, goals.track(within, series, as_of="2026-02-28"), series).frame.query("path == 'target'")
    assert line["value"].iloc[-1] == 72
    assert line["month"].iloc[-1] == pd.Timestamp("2026-03-31")


def test_small_baselines_are_hidden_with_all_that_follows_from_them(goal):
    """3 of 40 at the start, 12 today: the target of 4 would tell the 3."""
    series = readings([3, 3, 3, 3, 8, 12], n_total=40.0)
    status = goals.track(goal, series, as_of="2026-02-28")
    shown = privacy.protect(goals.table([(goal, status)])).frame.iloc[0]
    assert shown["suppressed"]
    assert shown[["n", "n_baseline", "baseline", "target", "actual", "required_pace", "observed_pace"]].isna().all()
    path = privacy.protect(goals.path(goal, status, series)).frame
    assert path.loc[path["value"].notna(), "n"].min() >= 5
    assert path.query("path == 'target'")["value"].isna().all()


def test_goals_of_a_client(client_of, people_tables, days_in_weeks):
    """20 of 60 work every week; the unit Vertrieb is an area too, and wins."""
    ids = [f"u{i:02}" for i in range(60)]
    settings = """
goals:
  - sentence: Wir wollen die Zahl der aktiven Nutzer im Bereich Vertrieb in 9 Monaten um 20 % erhöhen.
    start: 2026-04-30
  - sentence: Wir wollen die Datenqualität in 9 Monaten um 10 % verbessern.
  - {sentence: Die Nutzungsquote soll bis Ende 2027 auf 80 % steigen., start: 2026-12-31}
"""
    activity = pd.concat([days_in_weeks(user, 40) for user in ids[:20]])
    client = client_of(settings=settings, activity=activity, **people_tables(ids, org_unit="Vertrieb"))
    table = progress.overview(client)
    assert table.frame[["metric", "status", "n", "n_total"]].fillna(-1).values.tolist() == [
        ["active_users", "too_early", 20, 60], ["data_quality", "not_measurable", -1, -1],
    ]  # fmt: skip
    assert table.notes == ("unit_before_area",)
    shown = privacy.protect({"goals": table, "goal_path": progress.paths(client)}, k=client.k)
    assert shown["goals"].frame["target"].iloc[0] == 24
    assert set(shown["goal_path"].frame["path"]) == {"actual", "target"}
