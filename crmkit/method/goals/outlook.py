"""What is ahead of a goal: the forecast of its course, the chance of its target, what can be reached by then."""

from __future__ import annotations

import datetime as dt
from math import ceil, floor

import pandas as pd

from crmkit.method.goals import forecast
from crmkit.method.goals.course import Course
from crmkit.method.goals.days import month_number
from crmkit.method.goals.forecast import Forecast
from crmkit.method.goals.goal import COUNT_METRICS, PEOPLE_METRICS

#: Smallest unit on which the forecast has been tested (docs/method/forecast.md).
TESTED_PEOPLE = 15
#: Share of cases (0–1) that the range of a forecast covers.
RANGE = 0.8
#: Chance (0–1) with which a target should be reached before somebody promises it.
PROMISED = 0.6
_HALF = 0.5


def forecast_of(course: Course, *, at: float | None = None) -> Forecast | None:
    """Return the forecast from the readings up to a month number, under the definition of the last one.

    None with less than a year of history, and for what it has not been tested on: breadth, own figures, units
    of fewer than 15 people. None for an S either: who draws one expects measures to work that are not in the past.
    """
    rows = course.covered if at is None else course.covered[course.covered["at"] <= at]
    if (
        course.goal.shape == "s_curve"
        or course.goal.metric not in PEOPLE_METRICS
        or not rows["n_total"].tail(1).ge(TESTED_PEOPLE).any()
    ):
        return None
    lowest, highest = course.bounds
    rows = rows[rows["definition_hash"] == rows["definition_hash"].iloc[-1]]
    return forecast.fit(list(rows["at"]), list(rows["value"]), low=lowest, high=highest)


def chance(course: Course, *, at: float | None = None) -> float | None:
    """Return the probability (0.05–0.95) of the target at the deadline, seen at a month number."""
    seen = _last_at(course) if at is None else at
    ahead, left = forecast_of(course, at=at), course.months_left(seen)
    if ahead is None or left <= 0:
        return None
    step = 0.0 if course.goal.judged_as_share else 1.0
    return ahead.probability(course.least, months=left, falling=course.goal.direction == "down", step=step)


def expected_range(course: Course) -> tuple[float | None, float | None]:
    """Return the limits of the 80 % range of the reading at the deadline, in the metric's unit."""
    ahead, left = forecast_of(course), course.months_left(_last_at(course))
    if ahead is None or left <= 0:
        return None, None
    low, high = (ahead.quantile(left, share) * course.scale for share in ((1 - RANGE) / 2, (1 + RANGE) / 2))
    return low, high


def reachable(course: Course) -> float | None:
    """Return what is reached by the deadline in six of ten cases, in the metric's unit.

    Without a forecast what the observed pace leads to; None without either.
    """
    at, left = _last_at(course), course.months_left(_last_at(course))
    is_falling, ahead = course.goal.direction == "down", forecast_of(course)
    if ahead is not None and left > 0:
        value = ahead.quantile(left, PROMISED if is_falling else 1 - PROMISED)
    else:
        pace = course.observed_pace(at)
        if pace is None:
            return None
        value = course.covered["value"].iloc[-1] + pace * max(left, 0.0)
    lowest, highest = course.bounds
    value = min(max(float(value), lowest), highest) * course.scale
    if course.goal.metric not in COUNT_METRICS:
        return value
    # As the probability counts: 71.5 people and more are read as 72.
    return float(ceil(value - _HALF) if is_falling else floor(value + _HALF))


def fan(course: Course) -> pd.DataFrame:
    """Return the forecast at each month's end up to the deadline: month, path, value in the metric's unit.

    Paths ``fan_low``, ``fan_mid``, ``fan_high``: the limits of the 80 % range and its middle; they begin in
    the last reading.
    """
    ahead, last = forecast_of(course), course.covered.tail(1)
    columns = ["month", "path", "value"]
    if ahead is None or course.is_over or course.months_left(_last_at(course)) <= 0:
        return pd.DataFrame(columns=columns)
    ends = pd.date_range(last["month"].iloc[0], course.goal.deadline, freq="ME")
    days = sorted({*(day.date() for day in ends), course.goal.deadline} - {last["month"].iloc[0].date()})
    shares = {"fan_low": (1 - RANGE) / 2, "fan_mid": 0.5, "fan_high": (1 + RANGE) / 2}
    start = [(last["month"].iloc[0], path, last["value"].iloc[0] * course.scale) for path in shares]
    rows = [
        (pd.Timestamp(day), path, ahead.quantile(_ahead(course, day), share) * course.scale)
        for day in days
        for path, share in shares.items()
    ]
    return pd.DataFrame([*start, *rows], columns=columns)


def _ahead(course: Course, day: dt.date) -> float:
    return max(month_number(day) - _last_at(course), 0.0)


def _last_at(course: Course) -> float:
    return float(course.covered["at"].iloc[-1])
