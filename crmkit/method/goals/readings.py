"""Monthly readings of a goal's metric: those that count, the baseline they give, and the pace between them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import combinations
from statistics import median
from typing import Self

import numpy as np
import pandas as pd

from crmkit import schema
from crmkit.errors import MethodError, listed
from crmkit.method.goals.days import add_months, month_end, month_number
from crmkit.method.goals.goal import COUNT_METRICS, FIGURE_METRICS, Goal
from crmkit.method.tiers import COVERED_SHARE

#: Readings before the start whose median is the baseline; fewer make it provisional.
BASELINE_READINGS = 3
#: A reading further back than this is no baseline (months).
BASELINE_AGE = 12
#: Figures are read as rarely as once a quarter: readings of a longer span than this (months) are not one baseline.
FIGURE_SPAN = 2.5
#: Readings closer than this (months; the current month's may be) say nothing about a month's change.
LEAST_GAP = 0.5


@dataclass(frozen=True)
class Baseline:
    """Where a goal starts.

    Attributes
    ----------
    value
        In the unit in which the goal is judged: people, or a share (0–1).
    people, n_total
        The same in people, of how many.
    at, last
        Month number of the baseline and of its last reading (see `days.month_number`).
    hashes
        Definitions of its readings.
    provisional
        True if fewer than three readings had to do.
    """

    value: float
    people: float
    n_total: float
    at: float
    last: float
    hashes: frozenset[str]
    provisional: bool

    @classmethod
    def of(cls, readings: pd.DataFrame) -> Self:
        """Return the median of some readings, oldest first."""
        return cls(
            value=float(median(readings["value"])),
            people=float(median(readings["people"])),
            n_total=float(median(readings["n_total"])),
            at=float(median(readings["at"])),
            last=float(readings["at"].iloc[-1]),
            hashes=frozenset(readings["definition_hash"]),
            provisional=len(readings) < BASELINE_READINGS,
        )


def readings_of(goal: Goal, series: pd.DataFrame, *, as_of: dt.date) -> pd.DataFrame:
    """Return the readings up to a day, oldest first.

    Parameters
    ----------
    goal
        Decides whether values are judged as people or as shares, and which population is taken.
    series
        Contract `series`; months may be given by any day. It is not changed.
    as_of
        Later months are left out; a reading of the current month is one of this day.

    Returns
    -------
    pandas.DataFrame
        month (its last day), at (month number of the reading), value (as judged), people, n_total,
        coverage_share, definition_hash, noise (as judged). Months without a value are left out.

    Raises
    ------
    MethodError
        If a column is missing, a month has two readings, or a share is outside 0–1.
    """
    rows = schema.conform(series, "series")
    rows = _one_population(rows, goal)
    rows = rows[(rows["month"] <= pd.Timestamp(as_of)) & np.isfinite(rows["value"])].sort_values("month")
    months = [month_end(day.year, day.month) for day in rows["month"]]
    twice = pd.Series(months, dtype=object)[lambda day: day.duplicated()]
    if len(twice):
        raise MethodError(f"series: several readings of {twice.iloc[0]:%Y-%m}, expected one a month.")
    if goal.metric == "usage_rate" and not rows["value"].between(0, 1).all():
        raise MethodError("series: a usage rate outside 0–1, expected a share.")
    counts = goal.metric in COUNT_METRICS
    # A count that is judged as a share is divided by the people of its own month.
    divisor = rows["n_total"].where(rows["n_total"] > 0) if counts and goal.judged_as_share else 1.0
    return rows.assign(
        month=pd.to_datetime(months).astype("datetime64[us]"),
        at=[month_number(min(day, as_of)) for day in months],
        people=rows["value"] if counts else rows["value"] * rows["n_total"],
        value=rows["value"] / divisor,
        noise=rows["noise"] / divisor,
    ).reset_index(drop=True)


def usable(readings: pd.DataFrame, goal: Goal) -> pd.DataFrame:
    """Return the readings whose window the log covers and whose population is known; of own figures all."""
    if goal.metric in FIGURE_METRICS:
        return readings
    known = readings["value"].notna() & readings["n_total"].notna()
    return readings[(readings["coverage_share"] >= COVERED_SHARE) & known]


def baseline_of(goal: Goal, readings: pd.DataFrame) -> Baseline | None:
    """Return the median of the last three readings before the start, else one reading, else None."""
    taken = baseline_readings(goal, readings)
    return None if taken.empty else Baseline.of(taken)


def baseline_readings(goal: Goal, readings: pd.DataFrame) -> pd.DataFrame:
    """Return the three readings that are the baseline, or the one that has to do, or none.

    One reading is the last before the start or, without any, that of the month of the start: its window of
    twelve weeks lies mostly before it.
    """
    covered, start = usable(readings, goal), pd.Timestamp(goal.start)
    oldest = pd.Timestamp(add_months(goal.start, -BASELINE_AGE))
    before = covered[(covered["month"] < start) & (covered["month"] >= oldest)]
    if before.empty:
        before = covered[covered["month"] == pd.Timestamp(month_end(goal.start.year, goal.start.month))]
    three = before.tail(BASELINE_READINGS)
    is_wide = (
        goal.metric in FIGURE_METRICS and len(three) > 1 and three["at"].iloc[-1] - three["at"].iloc[0] > FIGURE_SPAN
    )
    return three.tail(1) if is_wide or len(three) < BASELINE_READINGS else three


def pace_of(at: list[float], values: list[float]) -> float | None:
    """Return the change a month: the median of the slopes between all pairs of readings.

    Theil–Sen rather than least squares: readings overlap, so that one odd month (a summer) bends three of
    them, and with four readings the ends would decide a fitted line.

    Source: P. K. Sen, Estimates of the regression coefficient based on Kendall's tau, JASA 63 (1968), 1379–1389.
    """
    points = list(zip(at, values, strict=True))
    slopes = [(y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(points, 2) if x2 - x1 >= LEAST_GAP]
    return float(median(slopes)) if slopes else None


def _one_population(rows: pd.DataFrame, goal: Goal) -> pd.DataFrame:
    populations = rows["population"].unique()
    if len(populations) <= 1:
        return rows
    wanted = goal.org_unit or "all"
    if wanted not in populations:
        raise MethodError(f"series: no readings of `{wanted}`. Populations found: {listed(sorted(populations))}.")
    return rows[rows["population"] == wanted]
