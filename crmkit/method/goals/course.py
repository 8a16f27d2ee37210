"""The course of a goal: its readings against its baseline and target, and why it may not be measurable."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from crmkit.method.goals.days import month_number
from crmkit.method.goals.goal import COUNT_METRICS, FIGURE_METRICS, PEOPLE_METRICS, Goal
from crmkit.method.goals.readings import LEAST_GAP, Baseline, baseline_of, pace_of, readings_of, usable
from crmkit.method.goals.shape import path_share
from crmkit.method.goals.targets import exact, people_target, share_target
from crmkit.method.tiers import COVERED_SHARE
from crmkit.settings import SMALLEST_K

#: Months between two readings of an own figure, if they come no less often.
QUARTER = 3
#: Shares have no exact floats: 72 of 200 must meet 36 %.
SLACK = 1e-9


@dataclass(frozen=True, eq=False)
class Course:
    """Readings of a goal up to a day, with what follows from them in the unit in which it is judged."""

    goal: Goal
    today: dt.date
    readings: pd.DataFrame
    baseline: Baseline | None
    k: int = SMALLEST_K

    @classmethod
    def of(
        cls, goal: Goal, series: pd.DataFrame, *, today: dt.date, frozen: Baseline | None = None, k: int = SMALLEST_K
    ) -> Course:
        """Return the course of a goal; readings after its deadline are left out.

        A `frozen` baseline holds, whatever the readings before the start are today.
        """
        readings = readings_of(goal, series, as_of=today)
        readings = readings[readings["at"] <= month_number(goal.deadline) + SLACK]
        return cls(goal, today, readings, frozen or baseline_of(goal, readings), k)

    @cached_property
    def covered(self) -> pd.DataFrame:
        """Readings whose window the log covers, and which do not tell of fewer than k people."""
        rows = usable(self.readings, self.goal)
        pairs = zip(rows["people"], rows["n_total"], strict=True)
        return rows[np.array([not is_few(self.goal, *pair, self.k) for pair in pairs], dtype=bool)]

    @cached_property
    def since(self) -> pd.DataFrame:
        """Covered readings after those of the baseline and from the month of the start on."""
        after = self.covered[self.covered["month"] >= pd.Timestamp(self.goal.start)]
        return after[after["at"] > self.baseline.last] if self.baseline else after

    @cached_property
    def target(self) -> float:
        """Target as judged: people, or a share."""
        assert self.baseline is not None
        if self.goal.judged_as_share:
            return float(share_target(self.goal, exact(self.baseline.value)))
        return people_target(self.goal, exact(self.baseline.people), int(self.baseline.n_total))

    @property
    def is_over(self) -> bool:
        """True from the day of the deadline on: nothing more can be done."""
        return self.today >= self.goal.deadline

    @property
    def bounds(self) -> tuple[float, float]:
        """Smallest and largest value that a reading as judged can have."""
        if self.goal.metric in FIGURE_METRICS:
            return -math.inf, math.inf
        return 0.0, 1.0 if self.goal.judged_as_share else float(self.readings["n_total"].iloc[-1])

    @property
    def scale(self) -> float:
        """What turns a judged value into the metric's unit: all people of the last reading for counts, else 1.

        A number of people that is judged as a share is told in people of today, its baseline and earlier readings
        too: a unit that has doubled has not come nearer to its share.
        """
        counts = self.goal.metric in COUNT_METRICS and self.goal.judged_as_share
        return float(self.covered["n_total"].iloc[-1]) if counts and len(self.covered) else 1.0

    @property
    def least(self) -> float:
        """What has to be read to meet the target.

        What is kept as it is may be lower by as much as readings move by chance: of two quarters of the same
        habits one is below the other.
        """
        keeps = self.goal.direction == "keep" and self.goal.change_unit == "relative"
        noise = float(self.readings["noise"].iloc[-1]) if keeps and len(self.readings) else 0.0
        return self.target - (0.0 if math.isnan(noise) else noise)

    def elapsed_share(self, at: float) -> float:
        """Return how much of the term is over at a month number (0–1)."""
        start, end = month_number(self.goal.start), month_number(self.goal.deadline)
        return (at - start) / (end - start)

    def meets(self, value: float) -> bool:
        """Return whether a value as judged meets the target."""
        return value <= self.target + SLACK if self.goal.direction == "down" else value >= self.least - SLACK

    def months_left(self, at: float) -> float:
        """Return the months from a month number to the deadline."""
        return month_number(self.goal.deadline) - at

    def on_path(self, at: float) -> float:
        """Return a month number as the path counts it: on a straight path itself, in an S slower, faster, slower.

        Month numbers before the start stay what they are.
        """
        start, end = month_number(self.goal.start), month_number(self.goal.deadline)
        return at if at <= start else start + (end - start) * path_share(self.goal, at)

    def required_pace(self, at: float, value: float, *, path: bool = False) -> float:
        """Return the change a month that leads from a reading to the target by the deadline.

        With `path` months are counted as `on_path` does.
        """
        return (self.least - value) / self.months_left(self.on_path(at) if path else at)

    def observed_pace(self, at: float, *, path: bool = False) -> float | None:
        """Return the change a month since the start, seen at a month number; None without a reading to compare.

        The slope of the readings since the start, but no more progress than has been made over the baseline:
        after a dip (the weeks of Christmas in a window) the way back would else look like progress. With
        `path` months are counted as `on_path` does.
        """
        rows = self.covered[(self.covered["month"] >= pd.Timestamp(self.goal.start)) & (self.covered["at"] <= at)]
        rows = rows.assign(at=rows["at"].map(self.on_path)) if path else rows
        slope, gained = self._slope(rows), self._gained(rows)
        if slope is None or gained is None:
            return slope
        return max(slope, gained) if self.goal.direction == "down" else min(slope, gained)

    def _slope(self, rows: pd.DataFrame) -> float | None:
        """Return the slope of some readings; of a single one, that from the baseline."""
        assert self.baseline is not None
        ats, values = list(rows["at"]), list(rows["value"])
        if len(rows) == 1 and ats[0] > self.baseline.last:
            ats, values = [self.baseline.at, *ats], [self.baseline.value, *values]
        return pace_of(ats, values)

    def _gained(self, rows: pd.DataFrame) -> float | None:
        """Return what the last of some readings has gained over the baseline, a month since the start."""
        assert self.baseline is not None
        since = max(month_number(self.goal.start), self.baseline.last)
        if rows.empty or rows["at"].iloc[-1] - since < LEAST_GAP:
            return None
        return float((rows["value"].iloc[-1] - self.baseline.value) / (rows["at"].iloc[-1] - since))


def why_not_measurable(course: Course) -> str:
    """Return the code of the first reason why a goal cannot be measured, or an empty text.

    ``no_reading``: none since the start, or none of this or the last month; ``no_baseline``; ``coverage``: the log
    covers less than 80 % of the last window; ``few_people``: see `is_few`; ``definition_break`` between baseline
    and last reading; ``baseline_zero``: a relative change of nothing, or of less; ``target_impossible``: more than
    everybody, or less than nobody; ``target_not_beyond_baseline``: there already at the start; ``noise``: the step
    is smaller than the fluctuation of the same habits in another quarter.
    """
    checks: dict[str, Callable[[], bool]] = {
        "no_reading": lambda: course.readings.empty or _is_stale(course),
        "coverage": lambda: not _last(course)["coverage_share"] >= COVERED_SHARE,
        "few_people": lambda: is_few(course.goal, _last(course)["people"], _last(course)["n_total"], course.k),
        "no_baseline": lambda: course.baseline is None,
        "few_people_baseline": lambda: is_few(
            course.goal, _baseline(course).people, _baseline(course).n_total, course.k
        ),
        "definition_break": lambda: len(_hashes(course)) > 1,
        "no_reading_since": lambda: course.since.empty and _began_long_ago(course),
        "baseline_zero": lambda: course.goal.change_unit == "relative" and _baseline(course).value <= 0,
        "target_impossible": lambda: not _is_possible(course),
        "target_not_beyond_baseline": lambda: course.goal.direction != "keep" and course.meets(_baseline(course).value),
        "noise": lambda: course.goal.direction != "keep" and _step(course) < _last(course)["noise"] - SLACK,
    }
    found = next((code for code, holds in checks.items() if holds()), "")
    return {"few_people_baseline": "few_people", "no_reading_since": "no_reading"}.get(found, found)


def _last(course: Course) -> pd.Series:
    return course.readings.iloc[-1]


def _baseline(course: Course) -> Baseline:
    assert course.baseline is not None
    return course.baseline


def is_few(goal: Goal, people: float, n_total: float, k: int) -> bool:
    """Return whether a reading tells of fewer than k people: in all, counted, or left over.

    Of a unit in which all or none are counted, the reading tells what each of them does.
    """
    if goal.metric in FIGURE_METRICS:
        return False
    if not n_total >= k:
        return True
    if goal.metric not in PEOPLE_METRICS:
        return False
    groups = (round(people), round(n_total - people))
    return any(0 < n < k for n in groups) or (bool(goal.org_unit) and 0 in groups)


def _is_possible(course: Course) -> bool:
    lowest, highest = course.bounds
    return lowest - SLACK <= course.target <= highest + SLACK


def _is_stale(course: Course) -> bool:
    """Return whether the last reading is older than the month before today's (or the deadline's).

    Own figures may come once a quarter, or at their usual distance.
    """
    due = min(course.today, course.goal.deadline)
    last = _last(course)["month"]
    usual = 1.0
    if course.goal.metric in FIGURE_METRICS:
        usual = float(np.nanmax([QUARTER, course.readings["at"].diff().median()]))
    return (due.year - last.year) * 12 + due.month - last.month > round(usual)


def _began_long_ago(course: Course) -> bool:
    return course.is_over or course.elapsed_share(month_number(course.today)) >= 1 / 3 - SLACK


def _hashes(course: Course) -> set[str]:
    """Return the definitions of all readings from the baseline on."""
    baseline = _baseline(course)
    later = course.covered[course.covered["at"] >= baseline.last]
    return {*baseline.hashes, *later["definition_hash"]}


def _step(course: Course) -> float:
    return abs(course.target - _baseline(course).value)
