"""A goal against what was agreed: whether goal, path, baseline or definition are still those that were frozen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from crmkit.method.goals.course import Course, is_few
from crmkit.method.goals.followed import Followed
from crmkit.method.goals.frozen import Frozen
from crmkit.method.goals.goal import Goal

#: A frozen share has twelve decimals; less than this is no difference.
_SLACK = 1e-6


def compared(
    one: Followed, wished: Goal, kept: Sequence[Frozen], *, as_of: dt.date, k: int, has_start: bool
) -> Followed:
    """Return a followed goal with what is no longer as it was agreed.

    Parameters
    ----------
    one
        The goal as it is followed: under the frozen baseline and path, where they are still meant.
    wished
        The goal as ``client.yml`` has it today.
    kept
        All its frozen baselines, oldest first.
    as_of
        Day of the retrospective.
    k
        Smallest number of people that a baseline may tell of.
    has_start
        False if no start is stated, so that the goal begins anew each time.

    Returns
    -------
    Followed
        With `changed`, `agreed`, `reason_again` and `drifted_baseline`.
    """
    one = replace(one, drifted_baseline=_drift(one, as_of, k))
    changed = (*(() if has_start else ("no_start",)), *_changes(one, wished, kept))
    earlier = kept[-2:-1] if one.frozen else kept[-1:]
    is_told = {"goal_changed", "frozen_again"} & set(changed)
    return replace(
        one,
        changed=changed,
        agreed=earlier[0].sentence if earlier and is_told else "",
        reason_again=one.frozen.reason if one.frozen else "",
    )


def _changes(one: Followed, wished: Goal, kept: Sequence[Frozen]) -> Iterator[str]:
    if kept and not one.frozen:
        yield "goal_changed"
    if one.frozen and (wished.shape, wished.effect_from) != (one.goal.shape, one.goal.effect_from):
        yield "path_changed"
    if one.frozen and one.frozen.reason:
        yield "frozen_again"
    if one.frozen and one.status.reason == "definition_break":
        yield "definition_changed"
    if one.drifted_baseline is not None:
        yield "baseline_drifted"


def _drift(one: Followed, as_of: dt.date, k: int) -> float | None:
    """Return the baseline of today's data where it is not the frozen one any more, and may be told."""
    if one.frozen is None or one.status.baseline is None:
        return None
    course = Course.of(one.goal, one.series, today=as_of, k=k)
    now = course.baseline
    if now is None or is_few(one.goal, now.people, now.n_total, k):
        return None
    value = now.value * course.scale
    return value if abs(one.status.baseline - value) > _SLACK else None
