"""What is ahead of a goal: the forecast of its course, the chance of its target, what can be reached by then."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor

import pandas as pd

from crmkit.method.goals import forecast
from crmkit.method.goals.course import Course
from crmkit.method.goals.days import month_number
from crmkit.method.goals.forecast import Forecast
from crmkit.method.goals.goal import COUNT_METRICS, PEOPLE_METRICS

#: Smallest unit on which the forecast has been tested (docs/method/forecast.md).
TESTED_PEOPLE = 15
#: Shares of cases (0–1) that lie below the 80 % range of a forecast, and below its upper limit.
LOW, HIGH = 0.1, 0.9
#: Chance (0–1) with which a target should be reached before somebody promises it.
PROMISED = 0.6
_HALF = 0.5


@dataclass(frozen=True, eq=False)
class Outlook:
    """What is ahead of a course, seen at a month number; without one, at its last reading."""

    course: Course
    at: float | None = None

    @cached_property
    def rows(self) -> pd.DataFrame:
        """Readings that it is seen from."""
        covered = self.course.covered
        return covered if self.at is None else covered[covered["at"] <= self.at]

    @cached_property
    def left(self) -> float:
        """Months from the last of them to the deadline."""
        return self.course.months_left(float(self.rows["at"].iloc[-1]))

    @cached_property
    def forecast(self) -> Forecast | None:
        """The forecast, under the definition of the last reading.

        None with less than a year of history, after the deadline, and for what it has not been tested on: breadth,
        own figures, units of fewer than 15 people. None for an S either: who draws one expects measures to work
        that are not in the past.
        """
        goal, rows = self.course.goal, self.rows
        is_large = rows["n_total"].tail(1).ge(TESTED_PEOPLE).any()
        if goal.shape == "s_curve" or goal.metric not in PEOPLE_METRICS or not is_large or self.left <= 0:
            return None
        lowest, highest = self.course.bounds
        rows = rows[rows["definition_hash"] == rows["definition_hash"].iloc[-1]]
        return forecast.fit(list(rows["at"]), list(rows["value"]), low=lowest, high=highest)

    @property
    def chance(self) -> float | None:
        """Probability (0.05–0.95) of the target at the deadline."""
        if self.forecast is None:
            return None
        goal = self.course.goal
        step = 0.0 if goal.judged_as_share else 1.0
        return self.forecast.probability(
            self.course.least, months=self.left, falling=goal.direction == "down", step=step
        )  # fmt: skip

    @property
    def range(self) -> tuple[float | None, float | None]:
        """Limits of the 80 % range of the reading at the deadline, in the metric's unit."""
        if self.forecast is None:
            return None, None
        return self._told(LOW), self._told(HIGH)

    @property
    def reachable(self) -> float | None:
        """What is reached by the deadline in six of ten cases, in the metric's unit.

        Without a forecast what the observed pace leads to; None without either.
        """
        course, value = self.course, self._promised()
        if value is None:
            return None
        lowest, highest = course.bounds
        value = min(max(value, lowest), highest) * course.scale
        if course.goal.metric not in COUNT_METRICS:
            return value
        # As the probability counts: 71.5 people and more are read as 72.
        return float(ceil(value - _HALF) if course.goal.direction == "down" else floor(value + _HALF))

    def _promised(self) -> float | None:
        """Return what is promised as judged."""
        if self.forecast is not None:
            share = PROMISED if self.course.goal.direction == "down" else 1 - PROMISED
            return self.forecast.quantile(self.left, share)
        last = self.rows.iloc[-1]
        pace = self.course.observed_pace(last["at"])
        return None if pace is None else float(last["value"] + pace * max(self.left, 0.0))

    def _told(self, share: float) -> float:
        assert self.forecast is not None
        return self.forecast.quantile(self.left, share) * self.course.scale


def fan(course: Course) -> pd.DataFrame:
    """Return the forecast at each month's end up to the deadline: month, path, value in the metric's unit.

    Paths ``fan_low``, ``fan_mid``, ``fan_high``: the limits of the 80 % range and its middle; they begin in
    the last reading.
    """
    ahead, columns = Outlook(course).forecast, ["month", "path", "value"]
    if ahead is None or course.is_over:
        return pd.DataFrame(columns=columns)
    last = course.covered.iloc[-1]
    ends = pd.date_range(last["month"], course.goal.deadline, freq="ME")
    days = sorted({*(day.date() for day in ends), course.goal.deadline} - {last["month"].date()})
    shares = {"fan_low": LOW, "fan_mid": 0.5, "fan_high": HIGH}
    start = [(last["month"], path, last["value"] * course.scale) for path in shares]
    months = {day: max(month_number(day) - last["at"], 0.0) for day in days}
    rows = [
        (pd.Timestamp(day), path, ahead.quantile(months[day], share) * course.scale)
        for day in days
        for path, share in shares.items()
    ]
    return pd.DataFrame([*start, *rows], columns=columns)
