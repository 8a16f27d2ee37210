"""Interrupted time series on series made by hand: what is found, what is not, and when nothing can be told."""

import datetime as dt

import numpy as np
import pandas as pd
import pandas.testing as pdt
import pytest

from crmkit.errors import MethodError
from crmkit.method.effects import Effect, interrupted
from crmkit.method.effects.observed import observed

MONDAYS = pd.date_range("2025-01-06", periods=60, freq="7D")
ON = MONDAYS[30].date()
#: A share that goes up and down by chance, always the same.
WOBBLE = [0, 3, 1, 4, 1, 5, 2, 2, 5, 3]


def weeks(step: int = 0, *, n: int = 60, total: int = 100, at: int = 30, **columns) -> pd.DataFrame:
    """Return n weeks of 40 to 45 active people of 100, more by a step from a week on."""
    active = [40 + WOBBLE[week * 7 % 10] + step * (week >= at) for week in range(n)]
    return pd.DataFrame({"week": MONDAYS[:n], "n_active": active, "n_total": total}).assign(**columns)


@pytest.mark.parametrize(("step", "result"), [(20, "found_up"), (-20, "found_down"), (0, "not_found")])
def test_a_step(step, result):
    effect = interrupted(weeks(step), on=ON)
    assert (effect.result, effect.reason) == (result, "")
    assert (effect.n_weeks_before, effect.n_weeks_after, effect.has_comparison) == (30, 30, False)
    assert effect.level_share == pytest.approx(step / 100, abs=0.015)
    assert effect.low_share <= step / 100 <= effect.high_share
    assert effect.placebo_low_share < 0 < effect.placebo_high_share
    # 12 to 54 weeks before, less the 11 that lie fewer than six weeks from the day
    assert effect.n_placebos == 43 - 11


def test_found_is_what_the_interval_leaves_out():
    effect = interrupted(weeks(20), on=ON)
    assert effect.level_share - effect.low_share == pytest.approx(effect.high_share - effect.level_share)
    assert effect.level_share - effect.low_share >= max(abs(effect.placebo_low_share), effect.placebo_high_share) * 0.9


def test_a_trend_is_no_step():
    rising = weeks().assign(n_active=lambda rows: rows["n_active"] + np.arange(60) // 2)
    effect = interrupted(rising, on=ON)
    assert effect.result == "not_found"
    assert abs(effect.level_share) < 0.03


@pytest.mark.parametrize(("slope", "total", "at"), [(4, 300, 50), (5, 333, 40), (6, 300, 50), (9, 160, 50)])
def test_the_last_digits_of_a_computer_are_no_step(slope, total, at):
    """A straight line leaves no errors at all: what differs from it differs in the seventeenth digit."""
    mondays = pd.date_range("2024-01-01", periods=70, freq="7D")
    active = [10 + slope * week / 10 for week in range(70)]
    series = pd.DataFrame({"week": mondays, "n_active": active, "n_total": total})
    assert interrupted(series, on=mondays[at].date()).result == "not_found"


def test_a_bend_of_the_trend_is_told_beside_the_step():
    bent = weeks().assign(n_active=lambda rows: rows["n_active"] + np.clip(np.arange(60) - 30, 0, None))
    effect = interrupted(bent, on=ON)
    assert effect.slope_low_share < 0.12 < effect.slope_high_share
    late = interrupted(weeks(), on=MONDAYS[50].date())
    assert (late.n_weeks_after, late.slope_share) == (10, None)


def test_what_all_have_in_common_drops_out():
    """Everybody works less from the day on, the comparison unit too."""
    others = [60 + week % 3 - 20 * (week >= 30) for week in range(60)]
    series = weeks(-20, comparison_active=others, comparison_total=100)
    beside = interrupted(series, on=ON)
    alone = interrupted(series.drop(columns=["comparison_active", "comparison_total"]), on=ON)
    assert (beside.result, beside.has_comparison) == ("not_found", True)
    assert (alone.result, alone.has_comparison) == ("found_down", False)


def test_a_comparison_of_a_few_is_none():
    series = weeks(20, comparison_active=5, comparison_total=10)
    effect = interrupted(series, on=ON)
    assert (effect.result, effect.has_comparison) == ("found_up", False)


def test_short_weeks_are_known():
    """Half of the people are away in weeks of two days; the day is such a week's."""
    days = np.where(np.isin(np.arange(60), [10, 21, 30, 31, 44, 52]), 2, 5)
    series = weeks(working_days=days)
    series["n_active"] = np.where(days == 2, series["n_active"] // 2, series["n_active"])
    with_days, without = interrupted(series, on=ON), interrupted(series.drop(columns="working_days"), on=ON)
    assert with_days.result == "not_found"
    assert abs(with_days.level_share) <= abs(without.level_share)
    assert with_days.high_share - with_days.low_share < without.high_share - without.low_share


CASES = {
    "future": (weeks(), MONDAYS[-1].date() + dt.timedelta(days=7)),
    "before_log": (weeks(), dt.date(2024, 12, 1)),
    "few_before": (weeks(), MONDAYS[11].date()),
    "few_after": (weeks(), MONDAYS[55].date()),
    "few_people": (weeks(total=14).assign(n_active=7), ON),
    "constant": (weeks().assign(n_active=0), ON),
    "few_placebos": (weeks(n=45), MONDAYS[24].date()),
}


@pytest.mark.parametrize("reason", CASES)
def test_cannot_tell(reason):
    series, on = CASES[reason]
    effect = interrupted(series, on=on)
    assert (effect.result, effect.reason, effect.level_share, effect.n_placebos) == ("cannot_tell", reason, None, 0)


def test_everybody_in_all_weeks():
    assert interrupted(weeks().assign(n_active=100), on=ON).reason == "constant"


@pytest.mark.parametrize(("n", "reason"), [(0, "before_log"), (1, "future")])
def test_no_and_one_week(n, reason):
    assert interrupted(weeks(n=n), on=MONDAYS[1].date()) == Effect(
        "cannot_tell", reason, n_weeks_before=n, n_weeks_after=0
    )


@pytest.mark.parametrize("lost", [slice(26, 30), slice(30, 34)])
def test_weeks_missing_beside_the_day(lost):
    series = weeks(20)
    series.loc[lost.start : lost.stop, "n_total"] = 0
    series.loc[lost.start : lost.stop, "n_active"] = 0
    assert interrupted(series, on=ON).reason == "gap"


def test_weeks_missing_far_from_the_day():
    series = weeks(20).drop(index=range(5, 12))
    effect = interrupted(series, on=ON)
    assert (effect.result, effect.n_weeks_before) == ("found_up", 23)


def test_missing_numbers_are_no_log():
    series = weeks(20).astype({"n_active": "float", "n_total": "float"})
    series.loc[5:8, ["n_active", "n_total"]] = np.nan
    assert interrupted(series, on=ON).n_weeks_before == 26


def test_a_week_in_which_hardly_anyone_counts_is_left_out():
    series = weeks(20)
    series.loc[50, ["n_active", "n_total"]] = 40
    assert interrupted(series, on=ON).n_weeks_after == 29


@pytest.mark.parametrize(("weekday", "n_before", "n_after"), [(0, 30, 30), (2, 30, 29), (4, 30, 29), (5, 31, 29)])
def test_the_week_of_the_day(weekday, n_before, n_after):
    """On a Monday it is the first one after; in its midst it belongs to neither; on a Saturday it is over."""
    effect = interrupted(weeks(), on=ON + dt.timedelta(days=weekday))
    assert (effect.n_weeks_before, effect.n_weeks_after) == (n_before, n_after)


def test_order_of_rows_and_input():
    series = weeks(20)
    kept = series.copy(deep=True)
    shuffled = series.sample(frac=1, random_state=1)
    assert interrupted(shuffled, on=ON) == interrupted(series, on=ON)
    pdt.assert_frame_equal(series, kept)


def test_two_years_have_a_course_of_the_year():
    """A wave of the year whose peak lies on the day: with it, nothing is left to find."""
    mondays = pd.date_range("2024-01-01", periods=110, freq="7D")
    wave = 15 * np.sin(2 * np.pi * mondays.day_of_year / 365.25)
    active = 50 + np.round(wave).astype(int) + np.array([WOBBLE[n * 7 % 10] for n in range(110)])
    effect = interrupted(pd.DataFrame({"week": mondays, "n_active": active, "n_total": 100}), on=mondays[52].date())
    assert effect.result == "not_found"
    assert abs(effect.level_share) < 0.03


REFUSED = {
    "series: `n_total` missing. Found: `week`, `n_active`.": weeks().drop(columns="n_total"),
    "series: of `comparison_active`, `comparison_total` only one is there. Give both or none.": weeks(
        comparison_active=5
    ),
    "series: `week` is no Monday in some rows.": weeks().assign(week=MONDAYS + pd.Timedelta(days=1)),
    "series: the week 2025-01-06 stands twice.": pd.concat([weeks(), weeks(n=1)]),
    "series: `n_active` is negative or above `n_total` in some rows.": weeks(total=30),
    "series: `comparison_active` is negative or above `comparison_total` in some rows.": weeks(
        comparison_active=-1, comparison_total=50
    ),
    "series: `n_active` is missing in some weeks with people.": weeks(n_active=[np.nan] + [40.0] * 59),
    "series: `comparison_active` is missing in some weeks with people.": weeks(
        comparison_active=[np.nan] * 60, comparison_total=50
    ),
    "series: `working_days` is missing in some weeks with people.": weeks(working_days=[5.0] * 59 + [np.nan]),
}


@pytest.mark.parametrize("message", REFUSED)
def test_series_that_are_none(message, refused):
    with refused(MethodError, message):
        interrupted(REFUSED[message], on=ON)


def test_observed_counts_the_fewer_people():
    found = observed(weeks(comparison_active=20, comparison_total=40))
    assert (found.n_people, found.has_comparison) == (40, True)
    assert found.share[0] == pytest.approx(0.40 - 0.50)
