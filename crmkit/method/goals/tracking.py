"""`track`: where a goal stands, from monthly readings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Any, Literal

import pandas as pd

from crmkit.errors import GoalError
from crmkit.method.goals import forecast
from crmkit.method.goals.course import SLACK, Course, why_not_measurable
from crmkit.method.goals.days import day_of, month_number
from crmkit.method.goals.goal import COUNT_METRICS, PEOPLE_METRICS, Goal
from crmkit.method.goals.readings import Baseline
from crmkit.method.goals.targets import exact, share_target

Status = Literal["not_measurable", "reached", "missed", "too_early", "on_track", "at_risk", "off_track"]
#: Statuses between the first third and the deadline; each changes only after two readings agree.
PACED = ("on_track", "at_risk", "off_track")
#: Share of the term in which nothing is judged: windows still hold weeks from before the start.
EARLY_SHARE = 1 / 3
#: Least observed pace for `at_risk`, as a share of the required one; below, the goal is `off_track`.
AT_RISK_PACE = 0.5
#: Least probability of `on_track` and of `at_risk`.
ON_TRACK, AT_RISK = 0.6, 0.25
#: Reasons under which the last reading itself is not to be trusted or not to be shown.
_NO_ACTUAL = ("no_reading", "coverage", "few_people", "definition_break")


@dataclass(frozen=True, kw_only=True)
class GoalStatus:
    """Where a goal stands.

    Attributes
    ----------
    status
        ``not_measurable`` (see `reason`), ``reached``, ``missed``, ``too_early`` (first third of the term),
        ``on_track``, ``at_risk``, ``off_track``.
    baseline, target, actual
        In the metric's unit: people, or a share (0–1). A target in percent of a count is that of today's
        people. None where unknown.
    deadline
        Last day of the term.
    probability
        0.05–0.95, only with twelve months of history and between first third and deadline.
    required_pace, observed_pace
        Change a month: from the last reading to the target (below 0: so much may be lost), and since the
        start (slope of the readings, but no more than was gained over the baseline). None where they mean
        nothing.
    n, n_total
        People behind `actual`: counted, and all assessed.
    n_baseline, n_total_baseline
        The same for the baseline.
    provisional
        True if the baseline is a single reading.
    reason
        Code why the goal is not measurable (see `course.why_not_measurable`), else empty.
    """

    status: Status
    deadline: dt.date
    baseline: float | None = None
    target: float | None = None
    actual: float | None = None
    probability: float | None = None
    required_pace: float | None = None
    observed_pace: float | None = None
    n: int | None = None
    n_total: int | None = None
    provisional: bool = False
    reason: str = ""
    n_baseline: int | None = None
    n_total_baseline: int | None = None


def track(goal: Goal, series: pd.DataFrame, *, as_of: dt.date | str) -> GoalStatus:
    """Return where a goal stands on a day.

    Parameters
    ----------
    goal
        The goal, its place resolved.
    series
        Monthly readings of its metric, contract `series`; row order does not matter, it is not changed.
    as_of
        Day of the retrospective; later readings are left out.

    Returns
    -------
    GoalStatus
        First match of: not measurable, reached, missed, too early, then by probability (with 12 months of
        history: on track ≥ 0.6, at risk ≥ 0.25) or by pace (on track: observed ≥ required, at risk: ≥ half
        of it). The last three change only after two readings agree. What is to be kept is reached only at
        its deadline.

    Raises
    ------
    GoalError
        If the goal starts after `as_of`.
    MethodError
        If the series does not keep its contract.

    Examples
    --------
    >>> from crmkit.method.goals import parse
    >>> goal = parse("Increase the number of active users by 20 % within 9 months.", start="2025-12-31")
    >>> months = pd.date_range("2025-09-30", "2026-06-30", freq="ME")
    >>> rows = {"month": months, "value": [60.0] * 3 + [61, 62, 63, 64, 65, 66, 72], "n_total": 200, "noise": 1.0}
    >>> fixed = {"population": "all", "coverage_share": 1.0, "definition_hash": "a"}
    >>> series = pd.DataFrame(rows | fixed)
    >>> track(goal, series, as_of="2026-05-31").status, track(goal, series, as_of="2026-06-30").status
    ('at_risk', 'reached')
    """
    today = day_of(as_of, name="as_of")
    if today < goal.start:
        raise GoalError.wrong_field("start", f"{goal.start} is after as_of {today}")
    course = Course.of(goal, series, today=today)
    reason = why_not_measurable(course)
    status: Status = "not_measurable" if reason else _status(course)
    known = GoalStatus(status=status, deadline=goal.deadline, reason=reason)
    known = replace(known, **_start(course, reason), **_actual(course, reason))
    return replace(known, **_outlook(course)) if status in (*PACED, "too_early") else known


def _status(course: Course) -> Status:
    since = course.since
    meets = len(since) > 0 and course.meets(since["value"].iloc[-1])
    if meets and (course.is_over or course.goal.direction != "keep"):
        return "reached"
    if course.is_over:
        return "missed"
    return "too_early" if _is_early(course) else _confirmed(course)


def _is_early(course: Course) -> bool:
    return course.elapsed_share(month_number(course.today)) < EARLY_SHARE - SLACK


def _confirmed(course: Course) -> Status:
    """Return the status that two readings in a row have agreed on, replayed from the end of the first third.

    The last reading of the first third may be the first of the two: one good month alone is no status.
    """
    ats = list(course.since["at"])
    judged = [at for at in ats if course.elapsed_share(at) >= EARLY_SHARE - SLACK] or ats[-1:]
    earlier = [at for at in ats if at < judged[0]]
    confirmed: Status = "too_early"
    before = _judged(course, earlier[-1]) if earlier else None
    for at in judged:
        now = _judged(course, at)
        if now == before or now not in PACED or confirmed == "reached":
            confirmed = now
        before = now
    return confirmed


def _judged(course: Course, at: float) -> Status:
    """Return what the readings up to a month number say by themselves."""
    rows = course.covered[course.covered["at"] <= at]
    actual = rows["value"].iloc[-1]
    if course.meets(actual) and course.goal.direction != "keep":
        return "reached"
    chance = _probability(course, rows)
    if chance is not None:
        return "on_track" if chance >= ON_TRACK else "at_risk" if chance >= AT_RISK else "off_track"
    return _by_pace(course, at, actual)


def _by_pace(course: Course, at: float, actual: float) -> Status:
    """Return what required against observed pace says."""
    sign = -1 if course.goal.direction == "down" else 1
    required = sign * course.required_pace(at, actual)
    observed = sign * (course.observed_pace(at) or 0.0)
    if observed >= required - SLACK:
        return "on_track"
    # Below 0 more may be lost than is: what is to be kept is still above its target.
    return "at_risk" if observed >= AT_RISK_PACE * required - SLACK or required < 0 else "off_track"


def _probability(course: Course, rows: pd.DataFrame) -> float | None:
    """Return the probability that the forecast from some readings gives, under the definition of the last one."""
    rows = rows[rows["definition_hash"] == rows["definition_hash"].iloc[-1]]
    return forecast.probability(
        list(rows["at"]),
        list(rows["value"]),
        target=course.target,
        months=course.months_left(rows["at"].iloc[-1]),
        falling=course.goal.direction == "down",
        step=0.0 if course.goal.judged_as_share else 1.0,
    )


def _start(course: Course, reason: str) -> dict[str, Any]:
    """Return baseline and target in the metric's unit, as far as they are known and may be used."""
    baseline, counts = course.baseline, course.goal.metric in COUNT_METRICS
    if baseline is None or reason == "few_people":
        return {"provisional": baseline.provisional if baseline else False}
    return {
        "baseline": baseline.people if counts else baseline.value,
        "target": _target(course, baseline),
        "provisional": baseline.provisional,
        "n_baseline": _people(course, baseline.people),
        "n_total_baseline": int(baseline.n_total),
    }


def _target(course: Course, baseline: Baseline) -> float:
    """Return the target in the metric's unit; a share of people as people of today."""
    if course.goal.metric not in COUNT_METRICS or not course.goal.judged_as_share:
        return course.target
    people = share_target(course.goal, exact(baseline.value)) * int(course.scale)
    return floor(people) if course.goal.direction == "down" else ceil(people)


def _actual(course: Course, reason: str) -> dict[str, Any]:
    """Return the last reading in the metric's unit and the people behind it, unless it is not to be trusted."""
    if reason in _NO_ACTUAL or course.covered.empty:
        return {}
    last = course.covered.iloc[-1]
    actual = last["people"] if course.goal.metric in COUNT_METRICS else last["value"]
    return {"actual": float(actual), "n": _people(course, last["people"]), "n_total": int(last["n_total"])}


def _people(course: Course, people: float) -> int | None:
    """Return a number of people; None for metrics that do not count people."""
    return round(people) if course.goal.metric in PEOPLE_METRICS else None


def _outlook(course: Course) -> dict[str, Any]:
    """Return required and observed pace in the metric's unit a month, and the probability after the first third."""
    last = course.covered.iloc[-1]
    observed = course.observed_pace(last["at"])
    return {
        "required_pace": float(course.required_pace(last["at"], last["value"]) * course.scale),
        "observed_pace": None if observed is None else observed * course.scale,
        "probability": None if _is_early(course) else _probability(course, course.covered),
    }
