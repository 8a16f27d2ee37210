"""Does a goal still fit? The kit proposes an answer with its reason; the consultant's decision wins."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from crmkit.method.goals.goal import Fit, Goal
from crmkit.method.goals.tracking import GoalStatus

#: Reason why a goal is not measurable → whether it fits, and why.
_NOT_MEASURABLE: dict[str, tuple[Fit | None, str]] = {
    "target_not_beyond_baseline": ("reached", "met_at_start"),
    "baseline_zero": ("adjust", "state_a_number"),
    "definition_break": ("adjust", "freeze_again"),
    "target_impossible": ("adjust", "state_a_number"),
    "noise": ("adjust", "larger_step"),
}
_BY_STATUS: dict[str, tuple[Fit | None, str]] = {
    "reached": ("reached", "reached"),
    "too_early": ("fits", "too_early"),
    "on_track": ("fits", "on_track"),
    "off_track": ("adjust", "off_track"),
    "missed": ("adjust", "missed"),
}
#: Every reason of a proposal.
CODES = (
    *dict.fromkeys(code for _, code in (*_NOT_MEASURABLE.values(), *_BY_STATUS.values())),
    "at_risk_with_measures", "at_risk_without_measures", "larger_unit", "no_effect", "unit_gone", "cannot_tell",
)  # fmt: skip


class Proposal(NamedTuple):
    """What the kit proposes: whether a goal fits (None: it cannot tell), and the code of the reason."""

    fit: Fit | None
    code: str


def proposed_fit(
    goal: Goal, status: GoalStatus, *, measures: Iterable[str] = (), measurable_in: str = "", unit_gone: bool = False
) -> Proposal:
    """Return whether a goal still fits, as far as its readings and measures tell.

    Parameters
    ----------
    goal, status
        A goal and where it stands.
    measures
        Statuses of its measures: ``open`` (or done so lately that no reading can show it), ``done``, ``dropped``.
    measurable_in
        Larger unit in which it would be measurable, empty if there is none.
    unit_gone
        True if nobody works in its unit any more.

    Returns
    -------
    Proposal
        ``stop`` only where something was done and nothing moved, or the unit is gone; a goal is never given
        up for want of readings.
    """
    done = list(measures)
    if unit_gone:
        return Proposal("stop", "unit_gone")
    if status.status == "not_measurable":
        larger = measurable_in and status.reason in ("few_people", "noise")
        return Proposal("adjust", "larger_unit") if larger else Proposal(*_not_measurable(status.reason))
    if status.status in ("missed", "off_track") and _had_no_effect(goal, status, done):
        return Proposal("stop", "no_effect")
    if status.status == "at_risk":
        has_open = "open" in done
        return Proposal("fits", "at_risk_with_measures") if has_open else Proposal("adjust", "at_risk_without_measures")
    return Proposal(*_BY_STATUS[status.status])


def _not_measurable(reason: str) -> tuple[Fit | None, str]:
    return _NOT_MEASURABLE.get(reason, (None, "cannot_tell"))


def _had_no_effect(goal: Goal, status: GoalStatus, measures: list[str]) -> bool:
    """Return whether all measures are behind and the readings have not moved more than by chance."""
    if "done" not in measures or "open" in measures or status.actual is None or status.baseline is None:
        return False
    noise, sign = status.noise or 0.0, -1 if goal.direction == "down" else 1
    gains = [(status.actual - status.baseline, noise)]
    if status.n is not None and status.n_baseline is not None and status.n_total and status.n_total_baseline:
        # A unit that shrinks can use the CRM more and count fewer users.
        share = status.n / status.n_total - status.n_baseline / status.n_total_baseline
        gains.append((share, noise if goal.judged_as_share else noise / status.n_total))
    return goal.direction != "keep" and all(sign * gain <= chance for gain, chance in gains)
