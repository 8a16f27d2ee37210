"""Segments: who uses the CRM regularly, occasionally, rarely; and who cannot be assessed yet."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from crmkit.errors import MethodError, listed
from crmkit.method.definition import Definition, named
from crmkit.method.eligibility import OUTSIDE
from crmkit.method.person_days import assign_days
from crmkit.method.table import Table
from crmkit.method.window import days_of

__all__ = ["SEGMENTS", "assign", "assign_days", "migration", "shares"]

#: The kit's segments in their order; the last two stand apart from the first three.
SEGMENTS = ("regular", "occasional", "rare", "no_write_trace", "not_assessable")
#: Segments of the definition `viva` in their order.
VIVA_SEGMENTS = ("power", "habitual", "novice", "low", "non_user")
#: Mean actions a week from which Viva Insights calls a habitual user a power user.
VIVA_POWER_ACTIONS = 15


def assign(panel: pd.DataFrame, *, definition: str | Definition = "crmkit") -> pd.DataFrame:
    """Return the segment of every person of a panel.

    Parameters
    ----------
    panel
        Contract `panel`, from `panel.weekly`.
    definition
        ``crmkit``: share of active in eligible weeks (regular ≥ 8 of 12, or ≥ 0.75 when absences are
        known; occasional ≥ 0.25; not_assessable below 4 eligible weeks or within 90 days of the first
        licence). ``viva``, ``viva_4w``: see `_viva`. Or a `Definition`. The panel's own thresholds
        are used for ``crmkit``.

    Returns
    -------
    pandas.DataFrame
        user_id, eligible_weeks, active_weeks, week_share (0–1, NaN without eligible weeks), segment;
        sorted by user_id. Leavers, service accounts and accounts without a licence are left out.

    Raises
    ------
    MethodError
        If the definition is not one for weeks, or the panel lacks a column.

    Examples
    --------
    >>> from crmkit.method import panel
    >>> days = pd.DataFrame({"user_id": ["a"], "date": ["2026-06-23"], "n_view": [3]})
    >>> weeks = panel.weekly(days, as_of="2026-06-28", weeks=12)
    >>> assign(weeks)[["active_weeks", "segment"]].values.tolist()
    [[1, 'rare']]
    """
    missing = [c for c in ("user_id", "week", "state", "reason", "active") if c not in panel]
    if missing:
        raise MethodError(f"panel: {listed(missing)} missing. Found: {listed(panel.columns)}.")
    rule = _rule(definition, panel)
    inside = panel[~panel["reason"].isin(OUTSIDE)]
    if rule.rule == "crmkit":
        people = _crmkit(inside, rule)
    elif rule.rule in ("viva", "viva_4w"):
        people = _viva(inside, rule)
    else:
        raise MethodError(f'definition "{rule.rule}" works on person-days, use `segments.assign_days`.')
    people.attrs = {**panel.attrs, "definition": rule}
    return people


def shares(people: pd.DataFrame, *, by: str | None = None) -> Table:
    """Return how many people are in each segment, and their share of the assessed.

    Parameters
    ----------
    people
        From `assign` (with `by`: from `standing.describe`).
    by
        Column to break down by, e.g. ``org_unit``.

    Returns
    -------
    Table
        [by,] segment, n, n_total (assessed people), share (0–1; NaN for not_assessable). Every segment
        of the definition has a row, also with n = 0.

    Raises
    ------
    MethodError
        If `by` is no column of `people`.
    """
    if by is not None and by not in people:
        raise MethodError(f"shares(by=`{by}`): no such column. Found: {listed(people.columns)}.")
    dimensions = ("segment",) if by is None else (by, "segment")
    groups = [] if by is None else sorted(people[by].unique())
    segments = _segments_of(people)
    counts = people.value_counts(list(dimensions)).rename("n")
    cells = pd.MultiIndex.from_product([*([groups] if by else []), segments], names=dimensions)
    frame = counts.reindex(cells, fill_value=0).reset_index()
    assessed = frame["n"].where(frame["segment"] != "not_assessable", 0)
    frame["n_total"] = assessed.groupby(frame[by]).transform("sum") if by else assessed.sum()
    counted = (frame["segment"] != "not_assessable") & (frame["n_total"] > 0)
    frame["share"] = (frame["n"] / frame["n_total"].where(counted)).astype(float)
    return table_of("by_unit" if by else "standing", frame, dimensions, people, partition="segment")


def migration(before: pd.DataFrame, after: pd.DataFrame) -> Table:
    """Return how many people moved from which segment to which.

    Parameters
    ----------
    before, after
        From `assign`, made under the same definition. Only people assessed in both are counted.

    Returns
    -------
    Table
        segment_before, segment_after, n; every pair of segments has a row.

    Raises
    ------
    MethodError
        If the two rest on different definitions.
    """
    rules = [people.attrs.get("definition") for people in (before, after)]
    if rules[0] != rules[1]:
        raise MethodError(
            "migration: the two periods rest on different definitions "
            f"({', '.join(r.hash if r else 'unknown' for r in rules)}). Recompute both under one."
        )
    pairs = before[["user_id", "segment"]].merge(
        after[["user_id", "segment"]], on="user_id", suffixes=("_before", "_after")
    )
    pairs = pairs[(pairs["segment_before"] != "not_assessable") & (pairs["segment_after"] != "not_assessable")]
    known = [segment for segment in _segments_of(before) if segment != "not_assessable"]
    dimensions = ("segment_before", "segment_after")
    cells = pd.MultiIndex.from_product([known, known], names=dimensions)
    frame = pairs.value_counts(list(dimensions)).rename("n").reindex(cells, fill_value=0)
    return Table("migration", frame.reset_index(), dimensions, ("n",), population="assessed", definition=rules[1])


def _rule(definition: str | Definition, panel: pd.DataFrame) -> Definition:
    own = panel.attrs.get("definition")
    return own if definition == "crmkit" and own is not None and own.rule == "crmkit" else named(definition)


def _crmkit(panel: pd.DataFrame, rule: Definition) -> pd.DataFrame:
    eligible = panel["state"] == "eligible"
    weeks = panel.assign(e=eligible, a=eligible & panel["active"], new=panel["reason"] == "onboarding")
    people = weeks.groupby("user_id").agg(eligible_weeks=("e", "sum"), active_weeks=("a", "sum"), new=("new", "any"))
    e, a = people["eligible_weeks"], people["active_weeks"]
    # A tiny slack: 8/12 has no exact float, and 8 of 12 must be regular.
    at_least = lambda share: a >= share * e - 1e-9  # noqa: E731
    people["week_share"] = a / e.replace(0, np.nan)
    people["segment"] = np.select(
        [people["new"] | (e < rule.min_eligible_weeks), at_least(rule.regular_share), at_least(rule.occasional_share)],
        ["not_assessable", "regular", "occasional"],
        "rare",
    )
    return people.drop(columns="new").reset_index()


def _viva(panel: pd.DataFrame, rule: Definition) -> pd.DataFrame:
    """Return the usage segments of Microsoft Viva Insights over the last 12 (4) weeks.

    First match wins: power (active in ≥ 9 of 12 weeks and on average ≥ 15 actions a week), habitual
    (≥ 9 of 12), novice (average ≥ 1), low (average > 0), non_user. Four-week variant: 4 of 4.

    Source: vivainsights, `identify_usage_segments`, Microsoft.
    """
    weeks = panel["week"].drop_duplicates().sort_values().iloc[-rule.window_weeks :]
    rows = panel[panel["week"].isin(weeks)].assign(a=panel["n_actions"] > 0)
    grouped = rows.groupby("user_id").agg(
        eligible_weeks=("week", "size"), active_weeks=("a", "sum"), mean=("n_actions", "mean")
    )
    habit = grouped["active_weeks"] >= round(rule.regular_share * rule.window_weeks)
    mean = grouped["mean"]
    grouped["week_share"] = grouped["active_weeks"] / grouped["eligible_weeks"]
    grouped["segment"] = np.select(
        [habit & (mean >= VIVA_POWER_ACTIONS), habit, mean >= 1, mean > 0], VIVA_SEGMENTS[:4], VIVA_SEGMENTS[4]
    )
    return grouped.drop(columns="mean").reset_index()


def _segments_of(people: pd.DataFrame) -> list[str]:
    """Return the segments of the definition that `people` was made with, in their order."""
    rule = people.attrs.get("definition", Definition())
    if rule.rule in ("viva", "viva_4w"):
        return list(VIVA_SEGMENTS)
    return [segment for segment in SEGMENTS if segment != "no_write_trace" or rule.evidence == "changes"]


def table_of(
    name: str, frame: pd.DataFrame, dimensions: tuple[str, ...], people: pd.DataFrame, *, partition: str = ""
) -> Table:
    """Return a table of numbers of people (n, n_total, share) that carries how `people` was made."""
    rule: Definition = people.attrs.get("definition", Definition())
    as_of: dt.date | None = people.attrs.get("as_of")
    return Table(
        name,
        frame,
        dimensions,
        counts=("n",),
        derived={"share": ("n", "n_total")},
        totals=("n_total",),
        population="assessed",
        tier=rule.tier,
        window=days_of(as_of, weeks=rule.window_weeks) if as_of else None,
        definition=rule,
        partition=partition,
        summed=len(dimensions) > 1,
    )
