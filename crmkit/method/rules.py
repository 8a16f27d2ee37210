"""The rules behind segments of weeks: counts of a window → a segment, for all people at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from crmkit.errors import MethodError
from crmkit.method.definition import Definition
from crmkit.method.matrix import Matrix

#: The kit's segments in their order; the last two stand apart from the first three.
SEGMENTS = ("regular", "occasional", "rare", "no_write_trace", "not_assessable")
#: Segments of the definition `viva` in their order.
VIVA_SEGMENTS = ("power", "habitual", "novice", "low", "non_user")
#: Mean actions a week from which Viva Insights calls a habitual user a power user.
VIVA_POWER_ACTIONS = 15
_REGULAR, _OCCASIONAL, _RARE, _NOT_ASSESSABLE = 0, 1, 2, 4


@dataclass(frozen=True, eq=False)
class Counts:
    """What was counted in a window: weeks that count, active ones among them, actions."""

    eligible: np.ndarray
    active: np.ndarray
    n_actions: np.ndarray


def segments_of(rule: Definition) -> tuple[str, ...]:
    """Return the segments of a rule in their order.

    Raises
    ------
    MethodError
        If the rule does not count weeks.
    """
    if rule.rule == "crmkit":
        return SEGMENTS
    if rule.rule in ("viva", "viva_4w"):
        return VIVA_SEGMENTS
    raise MethodError(f'definition "{rule.rule}" works on person-days, use `segments.assign_days`.')


def last_window(weeks: Matrix, rule: Definition) -> Counts:
    """Return the counts of a matrix that is one window, a number a person."""
    parts = _counted(weeks, rule)
    return Counts(*(part.sum(axis=1) for part in parts))


def all_windows(weeks: Matrix, rule: Definition) -> Counts:
    """Return the counts of the windows that end with each week, persons × weeks."""
    return Counts(*(_running(part, rule.window_weeks) for part in _counted(weeks, rule)))


def codes(counts: Counts, is_new: np.ndarray, rule: Definition) -> np.ndarray:
    """Return the position in `segments_of(rule)` for each count."""
    if segments_of(rule) is VIVA_SEGMENTS:
        return _viva(counts, rule)
    return _crmkit(counts, is_new, rule)


def _counted(weeks: Matrix, rule: Definition) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return what is summed; Viva Insights knows no eligibility: every week counts."""
    if segments_of(rule) is VIVA_SEGMENTS:
        return np.ones_like(weeks.eligible), weeks.n_actions > 0, weeks.n_actions
    return weeks.eligible, weeks.active, weeks.n_actions


def _running(values: np.ndarray, n_weeks: int) -> np.ndarray:
    sums = values.cumsum(axis=1, dtype=np.int64)
    running = sums.copy()
    running[:, n_weeks:] -= sums[:, :-n_weeks]
    return running


def at_least(counts: Counts, share: float) -> np.ndarray:
    """Return where a share of the eligible weeks was active; a tiny slack, since 8/12 has no exact float."""
    return counts.active >= share * counts.eligible - 1e-9


def _crmkit(counts: Counts, is_new: np.ndarray, rule: Definition) -> np.ndarray:
    unknown = is_new | (counts.eligible < rule.min_eligible_weeks)
    conditions = [unknown, at_least(counts, rule.regular_share), at_least(counts, rule.occasional_share)]
    return np.select(conditions, [_NOT_ASSESSABLE, _REGULAR, _OCCASIONAL], _RARE)


def _viva(counts: Counts, rule: Definition) -> np.ndarray:
    habit = counts.active >= round(rule.regular_share * rule.window_weeks)
    n_actions, n_weeks = counts.n_actions, counts.eligible
    conditions = [habit & (n_actions >= VIVA_POWER_ACTIONS * n_weeks), habit, n_actions >= n_weeks, n_actions > 0]
    return np.select(conditions, range(4), 4)
