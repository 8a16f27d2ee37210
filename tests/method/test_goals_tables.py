"""Goals as tables: all of them with their status, and the path of one; nothing small can be read from them."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from crmkit import privacy
from crmkit.method import goals, progress
from crmkit.method.goals import Followed, Goal

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


def readings(values, *, first="2025-09-30", **columns) -> pd.DataFrame:
    months = pd.date_range(first, periods=len(values), freq="ME")
    rows = {"month": months, "population": "all", "value": np.array(values, dtype=float), "n_total": 200.0}
    return pd.DataFrame({**rows, "coverage_share": 1.0, "definition_hash": "a", "noise": np.nan, **columns})


def paths(goal, status, series):
    return goals.paths([Followed(goal, status, series)], as_of=series["month"].max().date() if len(series) else START)


def test_table(goal, series):
    status = goals.track(goal, series, as_of="2026-02-28")
    none = goals.track(goal, readings([]), as_of="2026-02-28")
    table = goals.table([Followed(goal, status), Followed(goal, none)])
    said = {
        "goal_id": "active-users-up-20pct-2026-03-31", "wording": "Mehr.", "metric": "active_users", "outcome": "",
        "org_unit": "", "area": "", "change_unit": "relative", "shape": "linear", "agreed": "", "measurable_in": "",
        "unit": "", "tending": "", "fingerprint": "", "reason_again": "",
        "fit": "fits", "fit_proposed": "", "fit_code": "cannot_tell", "changed": "",
    }  # fmt: skip
    for column, value in said.items():
        assert table.frame[column].tolist() == [value, value]
    found = {
        "status": ["at_risk", "not_measurable"], "reason": ["", "no_reading"], "provisional": [False, False],
        "start": [pd.Timestamp(START)] * 2, "deadline": [pd.Timestamp(DEADLINE)] * 2, "frozen_date": [None, None],
        "n": [66, None], "n_baseline": [60, None], "n_total": [200, None], "n_total_baseline": [200, None],
        "baseline": [60.0, None], "target": [72.0, None], "actual": [66.0, None], "required_pace": [6.0, None],
        "observed_pace": [3.0, None], "probability": [None, None], "low": [None, None], "high": [None, None],
        "reachable": [69.0, None], "drifted_baseline": [None, None],
    }  # fmt: skip
    for column, values in found.items():
        assert table.frame[column].astype(object).where(table.frame[column].notna(), None).tolist() == values
    assert set(table.frame) == {*said, *found}
    assert (table.name, table.counts, table.totals) == (
        "goals", ("n", "n_baseline"), ("n_total", "n_total_baseline"),
    )  # fmt: skip
    assert privacy.protect(table).frame["suppressed"].tolist() == [False, False]


def test_table_without_goals():
    table = goals.table([])
    assert table.frame.empty
    assert table.frame.dtypes["n"] == "Int64"
    assert privacy.protect(table).frame.empty


def test_path(goal, series):
    status = goals.track(goal, series, as_of="2026-02-28")
    table = paths(goal, status, series)
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
    table = paths(goal, goals.track(goal, nothing, as_of="2026-02-28"), nothing)
    assert table.frame.empty
    assert privacy.protect(table).frame.empty


def test_path_leaves_out_badly_covered_months(goal, series):
    status = goals.track(goal, series, as_of="2026-02-28")
    gappy = series.assign(coverage_share=[1, 1, 1, 1, 0.5, 1])
    actual = paths(goal, status, gappy).frame.query("path == 'actual'")
    assert actual["value"].tolist() == [60, 60, 60, 60, 66]


def test_a_deadline_within_a_month_ends_the_line(goal):
    within = Goal(**{**vars(goal), "deadline": dt.date(2026, 3, 16)})
    series = readings([60, 60, 60, 60, 63, 66])
    line = paths(within, goals.track(within, series, as_of="2026-02-28"), series).frame.query("path == 'target'")
    assert line["value"].iloc[-1] == 72
    assert line["month"].iloc[-1] == pd.Timestamp("2026-03-31")


def test_small_baselines_are_hidden_with_all_that_follows_from_them(goal):
    """3 of 40 at the start, 12 today: neither status nor target may tell the 3."""
    series = readings([3, 3, 3, 3, 8, 12], n_total=40.0)
    status = goals.track(goal, series, as_of="2026-02-28")
    assert (status.status, status.reason) == ("not_measurable", "few_people")
    shown = privacy.protect(goals.table([Followed(goal, status)])).frame.iloc[0]
    assert shown[["n", "n_baseline", "baseline", "target", "actual", "required_pace", "observed_pace"]].isna().all()
    path = privacy.protect(paths(goal, status, series)).frame
    assert path.loc[path["value"].notna(), "n"].min() >= 5
    assert path.query("path == 'target'").empty


def test_a_baseline_that_is_small_under_another_k(goal):
    """A table that is protected with a higher k than the status knew masks all that follows."""
    series = readings([6, 6, 6, 6, 12, 14], n_total=40.0)
    status = goals.track(goal, series, as_of="2026-02-28")
    shown = privacy.protect(goals.table([Followed(goal, status)]), k=7).frame.iloc[0]
    assert shown["suppressed"]
    assert shown[["n_baseline", "baseline", "target", "actual", "required_pace", "observed_pace"]].isna().all()
    path = privacy.protect(paths(goal, status, series), k=7).frame
    assert path.query("path == 'target'")["value"].isna().all()


def test_a_path_in_an_s_begins_with_the_first_measure(goal, series):
    late = Goal(**{**vars(goal), "shape": "s_curve", "effect_from": dt.date(2026, 1, 31)})
    line = paths(late, goals.track(late, series, as_of="2026-02-28"), series).frame.query("path == 'target'")
    # Half of the time from January to March is half of the way, the ends are flat.
    assert line["value"].tolist() == [60.0, 60.0, 66.0, 72.0]


def test_what_the_numbers_mean(goal, series):
    status = goals.track(goal, series, as_of="2026-02-28")
    rows = goals.readings_table([Followed(goal, status)]).frame
    assert rows[["unit", "meant", "n_baseline", "n_total_baseline", "target_n", "target_share"]].values.tolist() == [
        ["relative", True, 60, 200, 72.0, 0.36], ["points", False, 60, 200, 100.0, 0.5],
    ]  # fmt: skip
    assert goals.readings_table([]).frame.empty


def test_history_is_replayed(goal, series):
    today = dt.date(2026, 2, 15)
    history = goals.history([Followed(goal, goals.track(goal, series, as_of=today), series)], as_of=today, k=5)
    assert history.frame["month"].dt.strftime("%m-%d").tolist() == ["12-31", "01-31", "02-15"]
    assert history.frame["status"].iloc[:2].tolist() == ["too_early", "too_early"]
    assert goals.history([], as_of=START, k=5).frame.empty


def test_the_fan_opens_from_the_last_reading():
    """Two years of history: three paths from the reading of today to the deadline, in people."""
    long = readings([60 + i % 3 for i in range(24)], first="2024-03-31")
    wanted = Goal(
        metric="active_users", change_value=0.1, change_unit="relative", direction="up", start=dt.date(2025, 9, 30),
        deadline=dt.date(2026, 6, 15),
    )  # fmt: skip
    status = goals.track(wanted, long, as_of="2026-02-28")
    assert 0.05 <= status.probability <= 0.95
    assert status.low <= status.high
    frame = paths(wanted, status, long).frame
    fan = frame[frame["path"].str.startswith("fan")].pivot_table(index="month", columns="path", values="value")
    assert fan.index[0] == pd.Timestamp("2026-02-28")
    assert fan.index[-1] == pd.Timestamp("2026-06-15")
    assert (fan.iloc[0] == status.actual).all()
    assert (fan["fan_low"] <= fan["fan_mid"]).all()
    assert (fan["fan_mid"] <= fan["fan_high"]).all()
    assert (fan["fan_low"].iloc[-1], fan["fan_high"].iloc[-1]) == pytest.approx((status.low, status.high))


def test_goals_of_a_client(client_of, people_tables, days_in_weeks):
    """20 of 60 work every week; the unit Vertrieb is an area too, and wins."""
    ids = [f"u{i:02}" for i in range(60)]
    settings = """
privacy: {agreement: Betriebsvereinbarung 7}
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
