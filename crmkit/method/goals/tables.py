"""Goals as tables for the report: one of all goals, one of the path of each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from crmkit.method.goals.days import month_end, month_number
from crmkit.method.goals.goal import COUNT_METRICS, PEOPLE_METRICS, Goal
from crmkit.method.goals.readings import readings_of, usable
from crmkit.method.goals.tracking import GoalStatus
from crmkit.method.table import Table

_DIMENSIONS = (
    "goal_id", "wording", "metric", "change_unit", "status", "start", "deadline", "fit", "provisional",
)  # fmt: skip
_FIGURES = ("baseline", "target", "actual", "required_pace", "observed_pace", "probability")
_COUNTS = ("n", "n_baseline")
_PATH = ("goal_id", "month", "path")


def table(pairs: Sequence[tuple[Goal, GoalStatus]]) -> Table:
    """Return all goals with their status, in the order given.

    Returns
    -------
    Table
        goal_id, wording, metric, change_unit, status, start, deadline, fit (empty: not decided),
        provisional; n and n_baseline (people counted now and at the start), n_total; baseline, target,
        actual, required_pace, observed_pace (people or share, a month), probability. All figures of a goal
        follow from its two counts and are masked with them, since each can be computed from the others.
    """
    rows = [_row(goal, status) for goal, status in pairs]
    kinds = {
        **dict.fromkeys(_DIMENSIONS, "str"), "start": "datetime64[us]", "deadline": "datetime64[us]",
        "provisional": "bool", **dict.fromkeys((*_COUNTS, "n_total"), "Int64"), **dict.fromkeys(_FIGURES, "float64"),
    }  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(kinds)).astype(kinds)
    notes = tuple(sorted({note for goal, _ in pairs for note in goal.notes}))
    derived: dict[str, tuple[str, ...]] = dict.fromkeys(_FIGURES, (*_COUNTS, "n_total"))
    return Table("goals", frame, _DIMENSIONS, _COUNTS, derived, ("n_total",), "assessed", notes=notes)


def path(goal: Goal, status: GoalStatus, series: pd.DataFrame) -> Table:
    """Return the readings of a goal beside the straight line from its baseline to its target.

    Parameters
    ----------
    goal, status
        A goal and where it stands.
    series
        Contract `series`, the readings that the status was made of.

    Returns
    -------
    Table
        goal_id, month (its last day), path (``actual``: covered readings; ``target``: months from the start
        to the deadline, none without a baseline); n, n_total (people behind the value: counted, and all);
        value (people or share).
    """
    frame = pd.concat([_actual_rows(goal, series), _target_rows(goal, status)], ignore_index=True)
    frame = frame.assign(goal_id=goal.id)[[*_PATH, "n", "n_total", "value"]]
    kinds = {"goal_id": "str", "month": "datetime64[us]", "path": "str", "n": "Int64", "n_total": "Int64"}
    frame = frame.astype({**kinds, "value": "float64"})
    return Table("goal_path", frame, _PATH, ("n",), {"value": ("n", "n_total")}, ("n_total",), "assessed")


def _row(goal: Goal, status: GoalStatus) -> dict[str, object]:
    said = {name: getattr(goal, name) for name in ("wording", "metric", "change_unit", "start")}
    found = {name: getattr(status, name) for name in ("status", "deadline", "provisional", *_COUNTS, "n_total")}
    figures = {name: getattr(status, name) for name in _FIGURES}
    return {"goal_id": goal.id, "fit": goal.fit or "", **said, **found, **figures}


def _actual_rows(goal: Goal, series: pd.DataFrame) -> pd.DataFrame:
    latest = pd.to_datetime(series["month"]).max()
    rows = (
        readings_of(goal, series, as_of=latest.date())
        if pd.notna(latest)
        else readings_of(goal, series, as_of=goal.deadline)
    )
    rows = usable(rows)
    value = rows["people"] if goal.metric in COUNT_METRICS else rows["value"]
    n = rows["people"].round() if goal.metric in PEOPLE_METRICS else np.nan
    n_total = rows["n_total"].round()
    return pd.DataFrame({"month": rows["month"], "path": "actual", "n": n, "n_total": n_total, "value": value})


def _target_rows(goal: Goal, status: GoalStatus) -> pd.DataFrame:
    """Return the line from baseline to target at each month's end; level after the deadline's day."""
    if status.baseline is None or status.target is None:
        return pd.DataFrame(columns=["month", "path", "n", "n_total", "value"])
    last = month_end(goal.deadline.year, goal.deadline.month)
    months = pd.date_range(goal.start, last, freq="ME")
    begin, end = month_number(goal.start), month_number(goal.deadline)
    done = (np.array([month_number(day.date()) for day in months]) - begin) / (end - begin)
    value = status.baseline + (status.target - status.baseline) * done.clip(0, 1)
    people = {"n": status.n_baseline, "n_total": status.n_total_baseline}
    return pd.DataFrame({"month": months, "path": "target", **people, "value": value})
