"""Segments: who uses the CRM regularly, occasionally, rarely; and who cannot be assessed yet."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from crmkit.errors import MethodError, listed
from crmkit.method import counted, made, matrix, rules
from crmkit.method.definition import Definition, named
from crmkit.method.person_days import assign_days
from crmkit.method.rules import SEGMENTS
from crmkit.method.table import Table
from crmkit.method.whom import Whom, each, people_on
from crmkit.method.window import days_of

#: Parts of a definition that `assign` applies; the others have made the panel.
_COUNTED_HERE = ("regular_share", "occasional_share", "min_eligible_weeks", "window_weeks")

__all__ = ["SEGMENTS", "assign", "assign_days", "migration", "rolling", "shares"]


def assign(panel: pd.DataFrame, *, definition: str | Definition = "crmkit") -> pd.DataFrame:
    """Return the segment of every person of a panel.

    Parameters
    ----------
    panel
        Contract `panel`, from `panel.weekly`. Weeks in which a person has no row are without use; only the
        last weeks of the definition's window are looked at.
    definition
        A name or a `Definition`; the panel's own is used for ``crmkit``. Shares are of the eligible weeks.

        ``crmkit``: regular ≥ 8 of 12, or ≥ 0.75 when absences are known; occasional ≥ 0.25; else rare;
        not_assessable below 4 eligible weeks or within 90 days of the first licence. Source: own, see the
        method appendix; 66 days are about what a habit takes to form (P. Lally et al., How are habits
        formed, European Journal of Social Psychology 40 (2010), 998–1009).
        ``crmkit_known_absences``, ``crmkit_two_days``: the same from 0.75 on, or for weeks with at least two
        active days. The panel must be made under them.
        ``viva``: power (active in ≥ 9 of 12 weeks and on average ≥ 15 actions a week), habitual (≥ 9 of 12),
        novice (average ≥ 1), low (average > 0), non_user; first match wins. ``viva_4w``: 4 of 4 weeks.
        Source: Microsoft, vivainsights 0.4, `identify_usage_segments`.

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
    rule = _rule(definition, panel)
    weeks = matrix.of(panel, last=rule.window_weeks)
    counts = rules.last_window(weeks, rule)
    names = np.array(rules.segments_of(rule), dtype=object)
    people = pd.DataFrame(
        {
            "user_id": pd.Series(weeks.users, dtype="str"),
            "eligible_weeks": counts.eligible,
            "active_weeks": counts.active,
            "week_share": counts.active / np.where(counts.eligible > 0, counts.eligible, np.nan),
            "segment": pd.Series(names[rules.codes(counts, weeks.is_new, rule)], dtype="str"),
        }
    )
    made.note(people, rule, as_of=made.day_of(panel), weeks=made.weeks_of(panel))
    return people


def rolling(panel: pd.DataFrame, *, definition: str | Definition = "crmkit") -> pd.DataFrame:
    """Return the segment of every person in the window that ends with each week of a panel.

    Parameters
    ----------
    panel, definition
        As in `assign`. The first windows are shorter than the definition's. Who has left or is new is judged on
        the panel's day in all windows; for the past as it was then see `timeline.history`.

    Returns
    -------
    pandas.DataFrame
        user_id, week (the window's last), segment (categorical); sorted by user_id and week.
    """
    rule = _rule(definition, panel)
    weeks = matrix.of(panel)
    codes = rules.codes(rules.all_windows(weeks, rule), weeks.is_new[:, None], rule)
    frame = pd.DataFrame(
        {
            "user_id": pd.Series(weeks.users, dtype="str").repeat(codes.shape[1]).reset_index(drop=True),
            "week": np.tile(weeks.mondays, codes.shape[0]),
            "segment": pd.Categorical.from_codes(codes.ravel(), dtype=pd.CategoricalDtype([*rules.segments_of(rule)])),
        }
    )
    made.note(frame, rule, as_of=made.day_of(panel), weeks=made.weeks_of(panel))
    return frame


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
        If `by` is no column of `people` or not known of everybody, or a segment is none of the definition's.
    """
    if "segment" not in people:
        raise MethodError(f"people: `segment` missing. Found: {listed(people.columns)}.")
    if by is not None and by not in people:
        raise MethodError(f"shares(by=`{by}`): no such column. Found: {listed(people.columns)}.")
    if by is not None and people[by].isna().any():
        raise MethodError(f"shares(by=`{by}`): not known of everybody. Fill it in, or leave those people out.")
    dimensions = ("segment",) if by is None else (by, "segment")
    groups = [] if by is None else sorted(people[by].unique())
    segments = _segments_of(people)
    counts = people.value_counts(list(dimensions)).rename("n")
    cells = pd.MultiIndex.from_product([*([groups] if by else []), segments], names=dimensions)
    frame = counts.reindex(cells, fill_value=0).reset_index()
    assessed = frame["n"].where(frame["segment"] != "not_assessable", 0)
    frame["n_total"] = assessed.groupby(frame[by]).transform("sum") if by else assessed.sum()
    has_share = (frame["segment"] != "not_assessable") & (frame["n_total"] > 0)
    frame["share"] = (frame["n"] / frame["n_total"].where(has_share)).astype(float)
    table = table_of("by_unit" if by else "standing", frame, dimensions, people, partition="segment")
    return replace(table, whom=_whom(table, by, people))


def _whom(table: Table, by: str | None, people: pd.DataFrame) -> dict[str, tuple[Whom | None, ...]]:
    """Return whom the numbers of `shares` count."""
    rule, frame, everybody = made.rule_of(people) or Definition(), table.frame, people_on(made.day_of(people))
    group = {by: frame[by].astype(str)} if by else {}
    segment = counted.segment(rule)
    return {
        "n": each(len(frame), everybody, group | {segment: counted.segment_values(frame["segment"].astype(str))}),
        "n_total": each(len(frame), everybody, group | {segment: counted.assessed(rule)}),
    }


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
    rules = [made.rule_of(people) for people in (before, after)]
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


def n_assessed(people: pd.DataFrame) -> int:
    """Return the number of assessed people."""
    return int((people["segment"] != "not_assessable").sum())


def _rule(definition: str | Definition, panel: pd.DataFrame) -> Definition:
    own, wanted = made.rule_of(panel), named(definition)
    if own is None or wanted.rule != own.rule:
        if wanted.rule.startswith("viva") and "n_actions" not in panel:
            raise MethodError(f"panel: `n_actions` missing, definition `{wanted.rule}` counts actions.")
        return wanted
    if definition == "crmkit":
        return own
    # Thresholds and window are counted here, what makes a week active was counted in the panel.
    if replace(wanted, **{name: getattr(own, name) for name in _COUNTED_HERE}) != own:
        raise MethodError(
            "panel: made under another definition of an active week. Make it with "
            "`panel.weekly(..., definition=...)` under the same one."
        )
    return wanted


def _segments_of(people: pd.DataFrame) -> list[str]:
    """Return the segments of the definition that `people` was made with, in their order.

    Where that was lost on the way, the segments themselves say which ones there are.
    """
    rule, found = made.rule_of(people) or Definition(), set(people["segment"])
    known = rules.segments_of(rule)
    if not found <= set(known):
        raise MethodError(
            f"people: {listed(sorted(found - set(known)))} are no segments of `{rule.rule}`. Known: {listed(known)}. "
            "Keep the frame of `segments.assign` with its `attrs`."
        )
    has_traces = rule.evidence == "changes" or "no_write_trace" in found
    return [segment for segment in known if segment != "no_write_trace" or has_traces]


def table_of(
    name: str, frame: pd.DataFrame, dimensions: tuple[str, ...], people: pd.DataFrame, *, partition: str = ""
) -> Table:
    """Return a table of numbers of people (n, n_total, share) that carries how `people` was made."""
    rule, as_of = made.rule_of(people) or Definition(), made.day_of(people)
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
        apart=("not_assessable",) if partition == "segment" else (),
    )
