"""Goals as tables for the report: all of them, what their numbers mean, their paths, the history of their status."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from crmkit.method.goals import outlook
from crmkit.method.goals.course import Course
from crmkit.method.goals.days import month_end, month_number
from crmkit.method.goals.followed import Followed
from crmkit.method.goals.goal import PEOPLE_METRICS
from crmkit.method.goals.shape import path_share
from crmkit.method.goals.targets import reading
from crmkit.method.goals.tracking import track
from crmkit.method.table import Table
from crmkit.settings import SMALLEST_K

_GOAL = ("wording", "metric", "outcome", "org_unit", "area", "change_unit", "start", "shape")
_STATUS = ("status", "tending", "reason", "deadline", "provisional")
_FOLLOWED = ("agreed", "measurable_in", "unit", "fingerprint", "reason_again")
_DIMENSIONS = (
    "goal_id", *_GOAL, *_STATUS, *_FOLLOWED, "fit", "fit_proposed", "fit_code", "frozen_date", "changed",
)  # fmt: skip
_FIGURES = (
    "baseline", "target", "actual", "required_pace", "observed_pace", "probability", "low", "high", "reachable",
)  # fmt: skip
_COUNTS, _TOTALS = ("n", "n_baseline"), ("n_total", "n_total_baseline")
_DATES = ("start", "deadline", "frozen_date")
_PATH = ("goal_id", "month", "path")
_READING = ("goal_id", "unit", "meant", "change_value")
#: Readings of a unit lie at least this far apart, whatever the window (weeks).
_QUARTER_WEEKS = 12
_MEANT = ("share", "target_n", "target_share")


def table(followed: Sequence[Followed]) -> Table:
    """Return all goals with their status, in the order given.

    Returns
    -------
    Table
        goal_id, what the goal says (wording, metric, outcome, org_unit, area, change_unit, start, deadline, shape),
        status, tending (what the last reading alone says), reason, provisional, measurable_in, unit (of an own
        figure), fit (decided; empty: not yet), fit_proposed and fit_code, frozen_date (NaT: not frozen), changed
        (codes, see `Followed`), agreed; n and n_baseline (people counted now and at the start), n_total,
        n_total_baseline; baseline, target, actual, required_pace, observed_pace (a month), probability, low, high,
        reachable, drifted_baseline, all in the metric's unit. All figures of a goal follow from its two counts and
        are masked with them, since each can be computed from the others.
    """
    figures = (*_FIGURES, "drifted_baseline")
    kinds = {
        **dict.fromkeys(_DIMENSIONS, "str"), **dict.fromkeys(_DATES, "datetime64[us]"), "provisional": "bool",
        **dict.fromkeys((*_COUNTS, *_TOTALS), "Int64"), **dict.fromkeys(figures, "float64"),
    }  # fmt: skip
    frame = pd.DataFrame([_row(one) for one in followed], columns=list(kinds)).astype(kinds)
    notes = tuple(sorted({note for one in followed for note in one.goal.notes}))
    derived: dict[str, tuple[str, ...]] = dict.fromkeys(figures, (*_COUNTS, *_TOTALS))
    return Table("goals", frame, _DIMENSIONS, _COUNTS, derived, _TOTALS, "assessed", notes=notes)


def readings_table(followed: Sequence[Followed]) -> Table:
    """Return what the number of each goal on people means, and what it could be mistaken for (see `reading`).

    Returns
    -------
    Table
        goal_id, unit (how the number is read), meant, change_value; n_baseline, n_total_baseline; share (at the
        start), target_n, target_share. No rows for goals without a known baseline in people.
    """
    rows = [row for one in followed for row in _read(one)]
    counts, totals = ("n_baseline",), ("n_total_baseline",)
    kinds = {
        "goal_id": "str", "unit": "str", "meant": "bool", "change_value": "float64", "n_baseline": "Int64",
        "n_total_baseline": "Int64", **dict.fromkeys(_MEANT, "float64"),
    }  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(kinds)).astype(kinds)
    derived: dict[str, tuple[str, ...]] = dict.fromkeys(_MEANT, (*counts, *totals))
    return Table("goal_readings", frame, _READING, counts, derived, totals, "assessed")


def paths(
    followed: Sequence[Followed], *, as_of: dt.date, k: int = SMALLEST_K, window_weeks: int = _QUARTER_WEEKS
) -> Table:
    """Return the readings of goals beside the path from baseline to target, and the forecast.

    Parameters
    ----------
    followed
        The goals.
    as_of
        Later readings are left out.
    k
        Readings that tell of fewer people are left out.
    window_weeks
        Weeks behind a reading: two of a unit do not overlap.

    Returns
    -------
    Table
        goal_id, month (its last day), path (``actual``: covered readings, of a unit one a quarter; ``target``: months
        from the start to the deadline, none without a baseline; ``fan_low``, ``fan_mid``, ``fan_high``: the 80 % range
        ahead and its middle, where a probability is given); n, n_total (people behind the value: counted, and all);
        value in the metric's unit.
    """
    frames = [frame.assign(goal_id=one.goal.id) for one in followed for frame in _path_of(one, as_of, k, window_weeks)]
    columns = [*_PATH, "n", "n_total", "value"]
    frame = pd.concat(frames, ignore_index=True)[columns] if frames else pd.DataFrame(columns=columns)
    kinds = {"goal_id": "str", "month": "datetime64[us]", "path": "str", "n": "Int64", "n_total": "Int64"}
    frame = frame.astype({**kinds, "value": "float64"})
    return Table("goal_path", frame, _PATH, ("n",), {"value": ("n", "n_total")}, ("n_total",), "assessed")


def history(followed: Sequence[Followed], *, as_of: dt.date, k: int) -> Table:
    """Return the status of goals month by month from their start on, replayed from the readings.

    Returns
    -------
    Table
        goal_id, month (its last day, `as_of` in its own month), status.
    """
    rows = [
        (one.goal.id, pd.Timestamp(day), _status_on(one, day, k))
        for one in followed
        for day in _days_of(one, as_of)
    ]  # fmt: skip
    kinds = {"goal_id": "str", "month": "datetime64[us]", "status": "str"}
    return Table("goal_history", pd.DataFrame(rows, columns=list(kinds)).astype(kinds), tuple(kinds))


def _row(one: Followed) -> dict[str, Any]:
    goal, status = one.goal, one.status
    said = {name: getattr(goal, name) or "" for name in _GOAL}
    found = {name: getattr(status, name) for name in (*_STATUS, *_COUNTS, *_TOTALS, *_FIGURES)}
    more = {name: getattr(one, name) for name in (*_FOLLOWED, "drifted_baseline")}
    fit = {"fit": goal.fit or "", "fit_proposed": one.proposal.fit or "", "fit_code": one.proposal.code}
    frozen = {"frozen_date": one.frozen.frozen_on if one.frozen else pd.NaT, "changed": " ".join(one.changed)}
    return {"goal_id": goal.id, **said, **found, **more, **fit, **frozen}


def _read(one: Followed) -> Iterator[dict[str, Any]]:
    n, n_total = one.status.n_baseline, one.status.n_total_baseline
    if one.goal.metric not in PEOPLE_METRICS or n is None or not n_total or n > n_total:
        return
    for target in reading(one.goal, n, n_total).targets:
        yield {
            "goal_id": one.goal.id, "unit": target.unit, "meant": target.meant, "change_value": one.goal.change_value,
            "n_baseline": n, "n_total_baseline": n_total, "share": n / n_total, "target_n": target.n,
            "target_share": target.share,
        }  # fmt: skip


def _path_of(one: Followed, as_of: dt.date, k: int, window_weeks: int) -> Iterator[pd.DataFrame]:
    course = Course.of(one.goal, one.series, today=as_of, frozen=one.baseline, k=k)
    yield _actual_rows(course, max(window_weeks, _QUARTER_WEEKS))
    yield _target_rows(one)
    if one.status.probability is not None:
        yield outlook.fan(course).assign(n=one.status.n, n_total=one.status.n_total)


def _actual_rows(course: Course, weeks: int) -> pd.DataFrame:
    rows = course.covered if course.goal.org_unit is None else _apart(course.covered, weeks)
    n = rows["people"].round() if course.goal.metric in PEOPLE_METRICS else np.nan
    people = {"n": n, "n_total": rows["n_total"].round()}
    return pd.DataFrame({"month": rows["month"], "path": "actual", **people, "value": rows["value"] * course.scale})


def _apart(rows: pd.DataFrame, weeks: int) -> pd.DataFrame:
    """Return readings that lie some weeks apart, counted back from the last.

    Of a unit readings month by month would tell what single people do who join or leave it.
    """
    kept: list[int] = []
    months = rows["month"]
    for row in range(len(rows) - 1, -1, -1):
        if not kept or months.iloc[kept[-1]] - months.iloc[row] >= pd.Timedelta(weeks=weeks):
            kept.append(row)
    return rows.iloc[kept[::-1]]


def _target_rows(one: Followed) -> pd.DataFrame:
    """Return the path from baseline to target at each month's end; level after the deadline's day."""
    goal, status = one.goal, one.status
    if status.baseline is None or status.target is None:
        return pd.DataFrame(columns=["month", "path", "n", "n_total", "value"])
    last = month_end(goal.deadline.year, goal.deadline.month)
    months = pd.date_range(goal.start, last, freq="ME")
    done = np.array([path_share(goal, month_number(day.date())) for day in months])
    value = status.baseline + (status.target - status.baseline) * done
    people = {"n": status.n_baseline, "n_total": status.n_total_baseline}
    return pd.DataFrame({"month": months, "path": "target", **people, "value": value})


def _days_of(one: Followed, as_of: dt.date) -> list[dt.date]:
    """Return the ends of the months from the start on, up to the deadline's; `as_of` for its own month."""
    last = min(as_of, month_end(one.goal.deadline.year, one.goal.deadline.month))
    ends = [day.date() for day in pd.date_range(one.goal.start, last, freq="ME")]
    return ends if ends and ends[-1] == last else [*ends, last]


def _status_on(one: Followed, day: dt.date, k: int) -> str:
    return track(one.goal, one.series, as_of=day, baseline=one.baseline, k=k).status
