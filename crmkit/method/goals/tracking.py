"""`track`: where a goal stands, from monthly readings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from math import isnan
from typing import Any, Literal

import pandas as pd

from crmkit.errors import GoalError
from crmkit.method.goals.course import SLACK, Course, why_not_measurable
from crmkit.method.goals.days import day_of, month_number
from crmkit.method.goals.goal import COUNT_METRICS, FIGURE_METRICS, PEOPLE_METRICS, Goal
from crmkit.method.goals.outlook import Outlook
from crmkit.method.goals.readings import LEAST_GAP, Baseline
from crmkit.method.goals.targets import exact, people_target
from crmkit.settings import SMALLEST_K

Status = Literal["not_measurable", "reached", "missed", "too_early", "on_track", "at_risk", "off_track"]
#: Statuses between the first third and the deadline.
PACED = ("on_track", "at_risk", "off_track")
#: Share of the term in which nothing is judged: windows still hold weeks from before the start.
EARLY_SHARE = 1 / 3
#: Share of the term after which an S is judged even if it has hardly begun.
LATEST_BEGIN = 1 / 2
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
    tending
        What the last reading says by itself, where it is not the status yet: a status changes only after two
        readings agree. Empty otherwise.
    baseline, target, actual
        In the metric's unit: people, a share (0–1), or the unit of an own figure. A number of people that is judged
        as a share (see `Goal.judged_as_share`) is told in people of today. None where unknown.
    deadline
        Last day of the term.
    probability
        0.05–0.95, only with twelve months of history and between first third and deadline.
    low, high
        The 80 % range of the reading at the deadline, in the metric's unit; with a probability only.
    reachable
        What is reached by the deadline in six of ten cases, or, without a forecast, at the observed pace; between
        first third and deadline.
    required_pace, observed_pace
        Change a month: from the last reading to the target (below 0: so much may be lost), and since the
        start (slope of the readings, but no more than was gained over the baseline). None where they mean
        nothing.
    n, n_total
        People behind `actual`: counted, and all assessed.
    n_baseline, n_total_baseline
        The same for the baseline.
    noise
        How far a reading moves by chance alone (one standard deviation), in the metric's unit; None where unknown.
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
    low: float | None = None
    high: float | None = None
    reachable: float | None = None
    required_pace: float | None = None
    observed_pace: float | None = None
    n: int | None = None
    n_total: int | None = None
    noise: float | None = None
    provisional: bool = False
    tending: Status | Literal[""] = ""
    reason: str = ""
    n_baseline: int | None = None
    n_total_baseline: int | None = None


def track(
    goal: Goal,
    series: pd.DataFrame,
    *,
    as_of: dt.date | str,
    baseline: Baseline | None = None,
    k: int = SMALLEST_K,
) -> GoalStatus:
    """Return where a goal stands on a day.

    Parameters
    ----------
    goal
        The goal, its place resolved.
    series
        Monthly readings of its metric, contract `series`; row order does not matter, it is not changed.
    as_of
        Day of the retrospective; later readings are left out.
    baseline
        The frozen one (see `goals.frozen`); None: that of the readings before the start.
    k
        Smallest number of people that a status may speak of.

    Returns
    -------
    GoalStatus
        First match of: not measurable, reached, missed, too early, then by probability (with 12 months of
        history: on track ≥ 0.6, at risk ≥ 0.25) or by pace (on track: observed ≥ required, at risk: ≥ half
        of it). Before the deadline a status changes only after two readings agree; at the deadline the last one
        decides. What is to be kept is reached only there.

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
    >>> months = pd.date_range("2025-09-30", "2026-07-31", freq="ME")
    >>> rows = {"month": months, "value": [60.0] * 3 + [61, 62, 63, 64, 65, 66, 72, 73], "n_total": 200, "noise": 1.0}
    >>> fixed = {"population": "all", "coverage_share": 1.0, "definition_hash": "a"}
    >>> series = pd.DataFrame(rows | fixed)
    >>> track(goal, series, as_of="2026-05-31").status, track(goal, series, as_of="2026-07-31").status
    ('at_risk', 'reached')
    """
    today = day_of(as_of, name="as_of")
    if today < goal.start:
        raise GoalError.wrong_field("start", f"{goal.start} is after as_of {today}")
    course = Course.of(goal, series, today=today, frozen=baseline, k=k)
    reason = why_not_measurable(course)
    status, tending = ("not_measurable", "") if reason else _status(course)
    known = GoalStatus(status=status, tending=tending, deadline=goal.deadline, reason=reason)
    known = replace(known, **_start(course, reason), **_actual(course, reason))
    return replace(known, **_outlook(course)) if status in (*PACED, "too_early") else known


def _status(course: Course) -> tuple[Status, Status | Literal[""]]:
    """Return the status, and what the last reading says by itself if that is another one."""
    since = list(course.since["value"])
    if course.is_over:
        return ("reached" if since and course.meets(since[-1]) else "missed"), ""
    is_early = _is_early(course, month_number(course.today))
    if not is_early:
        confirmed, last = _confirmed(course)
        return confirmed, "" if last == confirmed else last
    if not since or course.goal.direction == "keep" or not course.meets(since[-1]):
        return "too_early", ""
    has_met = course.goal.metric in FIGURE_METRICS or (len(since) > 1 and course.meets(since[-2]))
    return ("reached", "") if has_met else ("too_early", "reached")


def _is_early(course: Course, at: float) -> bool:
    """Return whether it is too early to judge at a month number: the first third, and an S that has hardly begun.

    From the middle of the term on it never is, however late the first measure takes effect.
    """
    elapsed = course.elapsed_share(at)
    has_begun = course.on_path(at) - month_number(course.goal.start) >= LEAST_GAP
    is_waiting = course.goal.shape == "s_curve" and not has_begun and elapsed < LATEST_BEGIN
    return elapsed < EARLY_SHARE - SLACK or is_waiting


def _confirmed(course: Course) -> tuple[Status, Status]:
    """Return the status that two readings in a row have agreed on, and what the last one says by itself.

    Replayed from the end of the first third on. The last reading of the first third may be the first of the
    two: one good month alone is no status. Own figures are not read every month and no windows that overlap:
    the last one counts.
    """
    ats = list(course.since["at"])
    if course.goal.metric in FIGURE_METRICS:
        return (last := _judged(course, ats[-1])), last
    judged = [at for at in ats if not _is_early(course, at)] or ats[-1:]
    earlier = [at for at in ats if at < judged[0]]
    confirmed: Status = "too_early"
    before = now = _judged(course, earlier[-1]) if earlier else "too_early"
    for at in judged:
        now = _judged(course, at)
        if now == before or (confirmed == "reached" and now != "reached"):
            confirmed = now
        before = now
    return confirmed, now


def _judged(course: Course, at: float) -> Status:
    """Return what the readings up to a month number say by themselves."""
    rows = course.covered[course.covered["at"] <= at]
    actual = rows["value"].iloc[-1]
    if course.meets(actual) and course.goal.direction != "keep":
        return "reached"
    chance = Outlook(course, at).chance
    if chance is not None:
        return "on_track" if chance >= ON_TRACK else "at_risk" if chance >= AT_RISK else "off_track"
    return _by_pace(course, at, actual)


def _by_pace(course: Course, at: float, actual: float) -> Status:
    """Return what required against observed pace says."""
    sign = -1 if course.goal.direction == "down" else 1
    required = sign * course.required_pace(at, actual, path=True)
    observed = sign * (course.observed_pace(at, path=True) or 0.0)
    if observed >= required - SLACK:
        return "on_track"
    # Below 0 more may be lost than is: what is to be kept is still above its target.
    return "at_risk" if observed >= AT_RISK_PACE * required - SLACK or required < 0 else "off_track"


def _start(course: Course, reason: str) -> dict[str, Any]:
    """Return baseline and target in the metric's unit, as far as they are known and may be used."""
    baseline = course.baseline
    if baseline is None or reason == "few_people":
        return {"provisional": baseline.provisional if baseline else False}
    return {
        "baseline": baseline.value * course.scale,
        "target": _target(course),
        "provisional": baseline.provisional,
        "n_baseline": _people(course, baseline.people),
        "n_total_baseline": _whole(baseline.n_total),
    }


def _target(course: Course) -> float:
    """Return the target in the metric's unit; a share of people as whole people of today, never the easier side."""
    baseline = course.baseline
    if baseline is None or course.goal.metric not in COUNT_METRICS or not course.goal.judged_as_share:
        return course.target
    n_total = int(course.scale)
    return people_target(course.goal, exact(baseline.value) * n_total, n_total)


def _actual(course: Course, reason: str) -> dict[str, Any]:
    """Return the last reading in the metric's unit and the people behind it, unless it is not to be trusted."""
    if reason in _NO_ACTUAL or course.covered.empty:
        return {}
    last, counts = course.covered.iloc[-1], course.goal.metric in COUNT_METRICS
    noise = None if isnan(last["noise"]) else float(last["noise"] * course.scale)
    return {
        "actual": float(last["people"] if counts else last["value"]),
        "noise": noise,
        "n": _people(course, last["people"]),
        "n_total": _whole(last["n_total"]),
    }


def _people(course: Course, people: float) -> int | None:
    """Return a number of people; None for metrics that do not count people."""
    return round(people) if course.goal.metric in PEOPLE_METRICS else None


def _whole(people: float) -> int | None:
    """Return all people assessed; None where a figure does not rest on people."""
    return None if isnan(people) else int(people)


def _outlook(course: Course) -> dict[str, Any]:
    """Return the paces in the metric's unit a month, and after the first third what is ahead."""
    last = course.covered.iloc[-1]
    observed = course.observed_pace(last["at"])
    paces = {
        "required_pace": float(course.required_pace(last["at"], last["value"]) * course.scale),
        "observed_pace": None if observed is None else observed * course.scale,
    }
    if _is_early(course, month_number(course.today)):
        return paces
    ahead = Outlook(course)
    low, high = ahead.range
    return {**paces, "probability": ahead.chance, "low": low, "high": high, "reachable": ahead.reachable}
