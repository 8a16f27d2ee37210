"""Goals against monthly readings worked out by hand: every status, baseline, pace, forecast."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from crmkit.errors import GoalError, MethodError
from crmkit.method import goals
from crmkit.method.goals import Goal, GoalStatus, forecast
from crmkit.method.goals.days import month_number
from crmkit.method.goals.shape import path_share

# The first reading of a series is that of September 2025: three before the start, then December and so on.
START, DEADLINE = dt.date(2025, 12, 31), dt.date(2026, 9, 30)
FIELDS = {
    "metric": "active_users", "change_value": 0.2, "change_unit": "relative", "direction": "up", "start": START,
    "deadline": DEADLINE,
}  # fmt: skip


def goal(**changes) -> Goal:
    return Goal(**{**FIELDS, **changes})


def readings(values, *, first="2025-09-30", **columns) -> pd.DataFrame:
    months = pd.date_range(first, periods=len(values), freq="ME")
    rows = {
        "month": months, "population": "all", "value": np.array(values, dtype=float), "n_total": 200.0,
        "coverage_share": 1.0, "definition_hash": "a", "noise": np.nan,
    }  # fmt: skip
    return pd.DataFrame({**rows, **columns})


#: 60 before the start; then December, January …
BEFORE = [60, 60, 60]
SLOW = [*BEFORE, 60, 61, 62, 63, 64, 65]
FAST = [*BEFORE, 60, 62, 64, 66, 68, 70]
FLAT = [*BEFORE, 60, 60, 60, 60, 60, 60]


def test_a_whole_status():
    # May: 65 of 200. To 72 in the four months to September 7/4 a month are needed, 1 a month is seen.
    assert goals.track(goal(), readings(SLOW), as_of="2026-05-31") == GoalStatus(
        status="at_risk", deadline=DEADLINE, baseline=60, target=72, actual=65, probability=None, required_pace=1.75,
        observed_pace=1.0, reachable=69, n=65, n_total=200, provisional=False, reason="", n_baseline=60,
        n_total_baseline=200,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "as_of", "status", "paces"),
    [
        # A month is left out for each that is not over yet.
        (SLOW, "2026-03-30", "too_early", (10 / 7, 1.0)),
        (SLOW, "2026-05-31", "at_risk", (1.75, 1.0)),
        (FAST, "2026-05-31", "on_track", (0.5, 2.0)),
        (FLAT, "2026-05-31", "off_track", (3.0, 0.0)),
        # Three fewer than at the start, though most pairs of readings are equal.
        ([*BEFORE, 60, 60, 60, 63, 60, 57], "2026-05-31", "off_track", (3.75, -0.6)),
        # The way back from a dip is no progress: 4 in five months, not the slope of 3 and more.
        ([*BEFORE, 60, 50, 51, 60, 64, 64], "2026-05-31", "off_track", (2.0, 0.8)),
        # What was gained early and is being lost counts as it runs now.
        ([*BEFORE, 70, 70, 69, 68, 67, 66], "2026-05-31", "off_track", (1.5, -1.0)),
        # One reading may be chance: two have to agree, but at the deadline the last one decides.
        ([*FAST, 72], "2026-06-30", "on_track", (0.0, 2.0)),
        ([*FAST, 72, 73], "2026-07-31", "reached", (None, None)),
        ([*BEFORE, 60, 75], "2026-01-31", "too_early", (-0.375, 15.0)),
        ([*BEFORE, 60, 75, 75], "2026-02-28", "reached", (None, None)),
        ([*FAST, 71, 71, 71, 71], "2026-10-15", "missed", (None, None)),
        ([*FAST, 71, 71, 71, 71], "2026-09-30", "missed", (None, None)),
        ([*FAST, 71, 71, 71, 72], "2026-09-30", "reached", (None, None)),
        # What is read after the deadline no longer counts.
        ([*FAST, 71, 71, 71, 71, 90], "2026-10-31", "missed", (None, None)),
        ([*FAST, 71, 71, 71, 72, 60], "2026-10-31", "reached", (None, None)),
    ],
)
def test_status_by_pace(values, as_of, status, paces):
    found = goals.track(goal(), readings(values), as_of=as_of)
    assert (found.status, found.reason) == (status, "")
    assert (found.required_pace, found.observed_pace) == pytest.approx(paces)
    assert found.probability is None


@pytest.mark.parametrize(
    ("columns", "values", "reason"),
    [
        ({"coverage_share": [1.0] * 8 + [0.79]}, SLOW, "coverage"),
        ({"coverage_share": np.nan}, SLOW, "coverage"),
        ({"n_total": 4.0}, [2, 2, 2, 2, 2, 2, 2, 2, 2], "few_people"),
        ({"n_total": [4.0] * 3 + [200.0] * 6}, SLOW, "few_people"),
        ({"n_total": np.nan}, SLOW, "few_people"),
        ({"n_total": np.nan, "coverage_share": 0.5}, SLOW, "coverage"),
        ({"n_total": [np.nan] * 3 + [200.0] * 6}, [*BEFORE, *[np.nan] * 5, 65], "no_baseline"),
        ({"definition_hash": ["a"] * 8 + ["b"]}, SLOW, "definition_break"),
        ({"definition_hash": ["a"] * 2 + ["b"] * 7}, SLOW, "definition_break"),
        ({"noise": 12.1}, SLOW, "noise"),
        ({}, [0] * 9, "baseline_zero"),
        ({}, [*BEFORE, 60, 60, 60], "no_reading"),
        ({}, BEFORE, "no_reading"),
        ({}, [], "no_reading"),
        ({}, [np.nan] * 9, "no_reading"),
        ({"first": "2026-04-30"}, [60, 61], "no_baseline"),
        ({"first": "2024-06-30"}, [60, 60, *[np.nan] * 20, 65, 65], "no_baseline"),
    ],
)
def test_not_measurable(columns, values, reason):
    found = goals.track(goal(), readings(values, **columns), as_of="2026-05-31")
    assert (found.status, found.reason, found.probability) == ("not_measurable", reason, None)
    assert (found.required_pace, found.observed_pace) == (None, None)


def test_a_step_as_large_as_the_noise_is_measured():
    assert goals.track(goal(), readings(SLOW, noise=12.0), as_of="2026-05-31").status == "at_risk"


@pytest.mark.parametrize(("direction", "value"), [("up", 50.0), ("up", 60.0), ("down", 60.0), ("down", 70.0)])
def test_a_target_that_was_met_at_the_start(direction, value):
    behind = goal(change_unit="target", change_value=value, direction=direction)
    found = goals.track(behind, readings(SLOW), as_of="2026-05-31")
    assert (found.status, found.reason) == ("not_measurable", "target_not_beyond_baseline")


def test_few_people_are_not_told():
    found = goals.track(goal(), readings([2] * 9, n_total=4.0), as_of="2026-05-31")
    assert found == GoalStatus(status="not_measurable", deadline=DEADLINE, reason="few_people")


def test_one_reading_is_provisional():
    found = goals.track(goal(), readings([58, 60, 61, 62, 63, 64], first="2025-11-30"), as_of="2026-04-30")
    assert (found.baseline, found.target, found.provisional) == (58, 70, True)
    # Without one before the start, that of the month of the start has to do.
    found = goals.track(goal(), readings([60, 61, 62, 63, 64], first="2025-12-31"), as_of="2026-04-30")
    assert (found.baseline, found.target, found.provisional, found.observed_pace) == (60, 72, True, 1.0)


def test_the_first_retrospective():
    """The goal is decided on the day of the only reading."""
    today = dt.date(2026, 6, 28)
    fresh = goal(start=today, deadline=dt.date(2027, 3, 28))
    found = goals.track(fresh, readings([60], first="2026-06-30").assign(month=pd.Timestamp(today)), as_of=today)
    assert (found.status, found.baseline, found.target, found.actual) == ("too_early", 60, 72, 60)
    assert (found.provisional, found.observed_pace) == (True, None)


def test_baseline_is_the_median_of_the_last_three():
    found = goals.track(goal(), readings([10, 61, 50, 59, 60, 61], first="2025-08-31"), as_of="2026-01-31")
    assert (found.baseline, found.target, found.n_baseline) == (59, 71, 59)
    half = goals.track(goal(), readings([50, 61, 59, 60], coverage_share=[0.5, 1, 1, 1]), as_of="2025-12-31")
    assert (half.baseline, half.provisional) == (59, True)


@pytest.mark.parametrize(
    ("june", "july", "statuses", "tending"),
    [
        # Until May at risk. One good month does not change it, two do.
        (70, 70.6, ["at_risk", "at_risk", "on_track"], ["", "on_track", ""]),
        (70, 66, ["at_risk", "at_risk", "at_risk"], ["", "on_track", "off_track"]),
        (65, 65, ["at_risk", "at_risk", "off_track"], ["", "off_track", ""]),
        (72, 73, ["at_risk", "at_risk", "reached"], ["", "reached", ""]),
        (72, 66, ["at_risk", "at_risk", "at_risk"], ["", "reached", "off_track"]),
    ],
)
def test_a_status_changes_after_two_readings_agree(june, july, statuses, tending):
    series = readings([*SLOW, june, july], first="2025-09-30")
    days = ["2026-05-31", "2026-06-30", "2026-07-31"]
    found = [goals.track(goal(), series, as_of=day) for day in days]
    assert [status.status for status in found] == statuses
    assert [status.tending for status in found] == tending


def test_less_is_the_goal():
    less = goal(direction="down")
    falling = [*BEFORE, 60, 58, 56, 54, 52, 50]
    found = goals.track(less, readings(falling), as_of="2026-05-31")
    assert (found.status, found.target, found.required_pace, found.observed_pace) == ("on_track", 48, -0.5, -2.0)
    assert goals.track(less, readings(FLAT), as_of="2026-05-31").status == "off_track"
    assert goals.track(less, readings([*falling, 48, 48]), as_of="2026-07-31").status == "reached"


def test_what_is_kept_is_reached_at_the_deadline():
    keep = goal(direction="keep", change_value=0.0)
    assert goals.track(keep, readings(FLAT), as_of="2026-01-31").status == "too_early"
    assert goals.track(keep, readings(FLAT), as_of="2026-05-31").status == "on_track"
    # 66 falling by 2 a month are 58 in September.
    losing = [*BEFORE, 76, 74, 72, 70, 68, 66]
    found = goals.track(keep, readings(losing), as_of="2026-05-31")
    assert (found.status, found.required_pace, found.observed_pace) == ("at_risk", -1.5, -2.0)
    lost = [*BEFORE, 60, 59, 58, 57, 56, 55]
    assert goals.track(keep, readings(lost), as_of="2026-05-31").status == "off_track"
    ends = {60: "reached", 59: "missed"}
    for last, status in ends.items():
        assert goals.track(keep, readings([*FLAT, 60, 60, 60, last]), as_of="2026-10-01").status == status


def test_a_usage_rate_is_a_share():
    rate = goal(metric="usage_rate")
    series = readings([v / 200 for v in [*FAST, 72]])
    found = goals.track(rate, series, as_of="2026-05-31")
    assert (found.status, found.n, found.n_total, found.n_baseline) == ("on_track", 70, 200, 60)
    assert (found.baseline, found.target, found.actual) == pytest.approx((0.3, 0.36, 0.35))
    assert found.observed_pace == pytest.approx(0.01)
    # 0.3 × 1.2 and 72 / 200 are both 36 %, whatever floats say.
    assert goals.track(rate, series, as_of="2026-06-30").tending == "reached"


def test_percentage_points_of_a_growing_population():
    """+20 points of 60 of 200 are 100; hiring alone does not reach them: it is told in people of today."""
    points = goal(change_unit="points")
    found = goals.track(points, readings(SLOW), as_of="2026-05-31")
    assert (found.baseline, found.target, found.actual) == (60, 100, 65)
    assert (found.required_pace, found.observed_pace) == pytest.approx((8.75, 1.0))
    assert (found.n, found.n_total, found.n_baseline) == (65, 200, 60)
    doubled = readings([*BEFORE, 120, 120, 120, 120, 120, 120], n_total=[200.0] * 3 + [400.0] * 6)
    found = goals.track(points, doubled, as_of="2026-05-31")
    assert (found.status, found.baseline, found.target, found.actual) == ("off_track", 120, 200, 120)
    share = goal(change_unit="target", change_value=0.8)
    assert goals.track(share, doubled, as_of="2026-05-31").target == 320
    assert goals.track(goal(), doubled, as_of="2026-05-31").status == "reached"


def test_what_was_reached_and_is_lost_again_is_judged_anew():
    series = readings([*SLOW, 72, 73, 66])
    days = ["2026-07-31", "2026-08-31"]
    assert [goals.track(goal(), series, as_of=day).status for day in days] == ["reached", "off_track"]


def test_what_is_kept_may_move_by_chance():
    keep = goal(direction="keep", change_value=0.0)
    ends = {60: "reached", 58: "reached", 57: "missed"}
    for last, status in ends.items():
        series = readings([*FLAT, 60, 60, 60, last], noise=2.0)
        assert goals.track(keep, series, as_of="2026-10-01").status == status
    # A level that was stated is one.
    level = goal(direction="keep", change_unit="target", change_value=60.0)
    assert goals.track(level, readings([*FLAT, 60, 60, 60, 58], noise=2.0), as_of="2026-10-01").status == "missed"


def test_readings_after_the_deadline_do_not_count():
    """A deadline on 16 September: the reading of August is the last one, whatever September brings."""
    within = goal(deadline=dt.date(2026, 9, 16))
    series = readings([*FAST, 71, 71, 71, 90])
    assert [goals.track(within, series, as_of=day).status for day in ("2026-09-16", "2026-09-30")] == ["missed"] * 2


@pytest.mark.parametrize(
    ("changes", "values", "n_total"),
    [
        ({"change_value": 3.0}, SLOW, 200.0),
        ({"metric": "usage_rate", "change_value": 3.0}, [v / 200 for v in SLOW], 200.0),
        ({"change_unit": "points", "change_value": 0.5, "direction": "down"}, SLOW, 200.0),
    ],
)
def test_more_than_everybody_is_no_target(changes, values, n_total):
    found = goals.track(goal(**changes), readings(values, n_total=n_total), as_of="2026-05-31")
    assert (found.status, found.reason) == ("not_measurable", "target_impossible")


def test_masked_readings_do_not_follow_from_a_pace():
    """17 of 20 in December leave 3: neither pace nor path may rest on that reading."""
    long = goal(deadline=dt.date(2026, 12, 31), change_value=0.4)
    found = goals.track(long, readings([10, 10, 10, 17, 15], n_total=20.0), as_of="2026-01-31")
    assert (
        found.observed_pace
        == goals.track(long, readings([10, 10, 10, np.nan, 15], n_total=20.0), as_of="2026-01-31").observed_pace
    )


@pytest.mark.parametrize("everybody", [0, 20])
def test_what_all_of_a_unit_do_is_not_told(everybody):
    unit = goal(org_unit="Nord", direction="keep", change_value=0.0)
    found = goals.track(unit, readings([everybody] * 9, n_total=20.0), as_of="2026-05-31")
    assert (found.status, found.reason, found.actual) == ("not_measurable", "few_people", None)


# Paths in an S ---------------------------------------------------------------------------------------------------


def test_a_goal_on_its_s_is_on_track_with_a_year_of_history_too():
    """The forecast knows only the past; who draws an S expects what is not in it."""
    curve = goal(shape="s_curve", change_value=0.5, start=dt.date(2025, 12, 31), deadline=dt.date(2026, 12, 31))
    before = [100.0] * 16
    months = pd.date_range("2025-12-31", "2026-12-31", freq="ME")
    path = [100 + 50 * path_share(curve, month_number(month.date())) for month in months]
    series = readings([*before, *np.ceil(path)], first="2024-08-31")
    for day in ("2026-06-30", "2026-08-31", "2026-10-31"):
        found = goals.track(curve, series, as_of=day)
        assert (found.status, found.probability) == ("on_track", None)


def test_an_s_that_begins_late_is_judged_from_the_middle_on():
    late = goal(shape="s_curve", effect_from=dt.date(2026, 9, 1))
    falling = readings([*BEFORE, 60, 57, 54, 51, 48, 45, 42])
    statuses = [goals.track(late, falling, as_of=day).status for day in ("2026-04-30", "2026-06-30")]
    assert statuses == ["too_early", "off_track"]


@pytest.mark.parametrize("shape", ["linear", "s_curve"])
def test_a_path_begins_at_the_start_and_ends_at_the_deadline(shape):
    shaped = goal(shape=shape)
    shares = [path_share(shaped, month_number(day)) for day in (dt.date(2025, 6, 30), START, DEADLINE)]
    assert shares == [0, 0, 1]
    middle = path_share(shaped, (month_number(START) + month_number(DEADLINE)) / 2)
    assert middle == pytest.approx(0.5)


def test_other_metrics_have_no_people():
    found = goals.track(goal(metric="data_quality"), readings([0.5] * 3 + [0.5, 0.52, 0.54]), as_of="2026-02-28")
    assert (found.status, found.n, found.n_baseline, found.n_total) == ("too_early", None, None, 200)
    assert (found.baseline, found.target, found.actual) == pytest.approx((0.5, 0.6, 0.54))


# A year and more of history --------------------------------------------------------------------------------------

LONG = {"first": "2025-01-31"}


def test_probability_is_that_of_the_forecast():
    # Twelve readings, +1 a month; one of them 2 too high. What the forecast itself has to do: test_forecast.
    values = [60.0, 61, 62, 63, 64, 67, 66, 67, 68, 69, 70, 71]
    at = [float(month) for month in range(12)]
    found = forecast.probability(at, values, target=74, months=3, step=1)
    assert 0.05 < found < 0.5
    assert found == pytest.approx(forecast.fit(at, values).probability(74, months=3, step=1))
    mirrored = forecast.probability(at, [-v for v in values], target=-74, months=3, falling=True, step=1)
    assert mirrored == pytest.approx(found)


def test_probability_needs_a_year_and_is_clipped():
    at, flat = [float(month) for month in range(12)], [60.0] * 12
    assert forecast.probability(at[:11], flat[:11], target=60, months=3) is None
    assert forecast.probability(at, flat, target=72, months=3) == 0.05
    assert forecast.probability(at, flat, target=60, months=3) == 0.95
    assert forecast.probability(at, flat, target=60.001, months=0.1, falling=True) == 0.95


@pytest.mark.parametrize(
    ("values", "change", "status", "chance"),
    [
        ([60] * 17, 0.2, "off_track", (0.05, 0.05)),
        # Half a year of growth is half a trend: by pace alone this would be on track.
        ([*[60] * 12, 62, 64, 66, 68, 70], 0.2, "at_risk", (0.25, 0.6)),
        # From 58 to 76; 72 in May, and 2 a month, damped, bring 78 in September.
        (list(range(40, 74, 2)), 0.3, "on_track", (0.95, 0.95)),
    ],
)
def test_status_by_probability(values, change, status, chance):
    wanted = goal(change_value=change)
    found = goals.track(wanted, readings(values, **LONG), as_of="2026-05-31")
    assert found.status == status
    assert chance[0] <= found.probability <= chance[1]
    early = goals.track(wanted, readings(values, **LONG), as_of="2026-02-28")
    assert (early.status, early.probability) == ("too_early", None)


# What the series may look like -----------------------------------------------------------------------------------


def test_order_and_day_of_the_month_do_not_matter_and_nothing_changes():
    series = readings(SLOW)
    before = series.copy(deep=True)
    expected = goals.track(goal(), series, as_of="2026-05-31")
    pd.testing.assert_frame_equal(series, before)
    assert goals.track(goal(), series.sample(frac=1, random_state=3), as_of="2026-05-31") == expected
    firsts = series.assign(month=series["month"].dt.to_period("M").dt.to_timestamp())
    assert goals.track(goal(), firsts, as_of="2026-05-31") == expected


def test_missing_months_and_values():
    series = readings([60, np.nan, 60, 60, 60, np.nan, 62, np.nan, 64, 65], first="2025-08-31")
    found = goals.track(goal(), series, as_of="2026-05-31")
    assert (found.status, found.baseline, found.provisional, found.observed_pace) == ("at_risk", 60, False, 1.0)
    without = series.dropna(subset="value")
    assert goals.track(goal(), without, as_of="2026-05-31") == found


def test_badly_covered_months_are_left_out():
    coverage = [1.0] * 6 + [0.5] + [1.0] * 2
    found = goals.track(goal(), readings([*SLOW[:6], 5, *SLOW[7:]], coverage_share=coverage), as_of="2026-05-31")
    assert (found.status, found.observed_pace) == ("at_risk", 1.0)


def test_later_readings_are_unknown():
    now = goals.track(goal(), readings(SLOW), as_of="2026-05-31")
    assert goals.track(goal(), readings([*SLOW, 100, 100]), as_of="2026-05-31") == now


def test_the_population_of_the_goal():
    both = pd.concat([readings(SLOW), readings([30] * 9, population="Nord")])
    assert goals.track(goal(), both, as_of="2026-05-31").actual == 65
    assert goals.track(goal(org_unit="Nord"), both, as_of="2026-05-31").actual == 30
    with pytest.raises(MethodError) as caught:
        goals.track(goal(org_unit="Süd"), both, as_of="2026-05-31")
    assert str(caught.value) == "series: no readings of `Süd`. Populations found: `Nord`, `all`."


@pytest.mark.parametrize(
    ("changes", "series", "as_of", "error", "message"),
    [
        ({}, readings(SLOW), "2025-12-30", GoalError, "goal: `start`: 2025-12-31 is after as_of 2025-12-30."),
        ({}, readings(SLOW), "May", GoalError, 'goal: `as_of`: "May" is no date, write it as YYYY-MM-DD.'),
        ({}, pd.concat([readings(SLOW), readings([60])]), "2026-05-31", MethodError,
         "series: several readings of 2025-09, expected one a month."),
        ({"metric": "usage_rate"}, readings(SLOW), "2026-05-31", MethodError,
         "series: a usage rate outside 0–1, expected a share."),
        ({}, readings(SLOW).drop(columns=["noise", "value"]), "2026-05-31", MethodError,
         "table `series`: `value`, `noise` missing. Found: `month`, `population`, `n_total`, `coverage_share`, "
         "`definition_hash`."),
    ],
)  # fmt: skip
def test_refused(changes, series, as_of, error, message):
    with pytest.raises(error) as caught:
        goals.track(goal(**changes), series, as_of=as_of)
    assert str(caught.value) == message
