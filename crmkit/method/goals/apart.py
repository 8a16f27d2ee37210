"""Two goals that together tell of a few: a team inside its department, regular users inside active ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pandas as pd

from crmkit.method.goals.fit import Proposal
from crmkit.method.goals.followed import WHOLE, Followed
from crmkit.method.goals.goal import FIGURE_METRICS, PEOPLE_METRICS
from crmkit.method.goals.readings import readings_of
from crmkit.method.goals.tracking import GoalStatus
from crmkit.method.units import paths

#: What each metric counts; the usage rate is that of active users.
_COUNTED = {"active_users": "active", "usage_rate": "active", "regular_users": "regular"}
#: Reasons of a goal of which nothing is told.
_SILENT = ("few_people", "no_units")


def withheld(followed: Sequence[Followed], *, as_of: dt.date, k: int) -> list[Followed]:
    """Return goals of which none tells, beside another one, of fewer than k people.

    Parameters
    ----------
    followed
        The goals of a client, in their order.
    as_of
        Later readings are left out.
    k
        Smallest number of people that two goals together may speak of.

    Returns
    -------
    list of Followed
        Of two goals of which one counts a part of what the other counts, the one on fewer people is not
        measurable (``few_people``) if in any month the rest between them is 1 to k−1: in all, counted or not.
    """
    told = [one for one in followed if one.goal.metric in PEOPLE_METRICS and one.status.reason not in _SILENT]
    counted = {one.goal.id: _counts(one, as_of) for one in told}
    hidden: set[str] = set()
    for first, second in combinations(told, 2):
        if hidden & {first.goal.id, second.goal.id}:
            continue
        inner, outer = _nested(first, second)
        if inner and outer and _tells(counted[inner.goal.id], counted[outer.goal.id], k):
            hidden.add(inner.goal.id)
    return [_silent(one) if one.goal.id in hidden else one for one in followed]


def without_unit(one: Followed) -> Followed:
    """Return a goal as it can be told where no units are shown: one on people of a unit is not measurable there."""
    if not one.goal.org_unit or one.goal.metric in FIGURE_METRICS:
        return one
    return replace(_silent(one, "no_units"), measurable_in=WHOLE, proposal=Proposal("adjust", "larger_unit"))


def _silent(one: Followed, reason: str = "few_people") -> Followed:
    status = GoalStatus(status="not_measurable", reason=reason, deadline=one.goal.deadline)
    empty = one.series.iloc[:0]
    return replace(one, status=status, series=empty, drifted_baseline=None)


def _counts(one: Followed, as_of: dt.date) -> pd.DataFrame:
    """Return n and n_total of each month."""
    return readings_of(one.goal, one.series, as_of=as_of).set_index("month")[["people", "n_total"]]


def _nested(first: Followed, second: Followed) -> tuple[Followed | None, Followed | None]:
    """Return the goal that counts a part of what the other counts, and the other; None for both if neither does."""
    if first.goal.area == second.goal.area:
        for inner, outer in ((second, first), (first, second)):
            part = _COUNTED[inner.goal.metric] in (_COUNTED[outer.goal.metric], "regular")
            if part and _is_within(inner.goal.org_unit, outer.goal.org_unit):
                return inner, outer
    return None, None


def _is_within(unit: str | None, other: str | None) -> bool:
    return not other or (unit is not None and paths.is_within(unit, other))


def _tells(inner: pd.DataFrame, outer: pd.DataFrame, k: int) -> bool:
    """Return whether what lies between two goals is 1 to k−1 people in any month."""
    both = outer.add_suffix("_outer").join(inner.add_suffix("_inner"), how="inner")
    n = (both["people_outer"] - both["people_inner"]).round()
    n_total = (both["n_total_outer"] - both["n_total_inner"]).round()
    rest = pd.concat([n, n_total, n_total - n])
    return bool(((rest > 0) & (rest < k)).any())
