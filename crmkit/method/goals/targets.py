"""What a goal's number means in people: exact, targets rounded to whole persons."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from crmkit.errors import GoalError
from crmkit.method.goals.goal import LARGEST_DENOMINATOR, ChangeUnit, Goal


@dataclass(frozen=True)
class Target:
    """One reading of a goal's number.

    Attributes
    ----------
    unit
        How the number is read: ``relative``, ``points``, ``absolute`` or ``target``.
    n, share
        The target in people and as a share (0–1) of all assessed people.
    meant
        True for the reading that the goal has, False for one it could be mistaken for.
    """

    unit: ChangeUnit
    n: int
    share: float
    meant: bool


@dataclass(frozen=True)
class Reading:
    """The number of a goal on a baseline of `n` of `n_total` people: the reading meant first."""

    n: int
    n_total: int
    share: float
    change_value: float
    direction: str
    targets: tuple[Target, ...]


def reading(goal: Goal, n: int, n_total: int) -> Reading:
    """Return what a goal's number means for a baseline, and what it could be mistaken for.

    Parameters
    ----------
    goal
        A relative change is shown beside percentage points and the other way round.
    n, n_total
        People counted at the start, of all assessed.

    Returns
    -------
    Reading
        Targets in people and shares; rounded to whole persons away from the baseline, so that a target is
        never easier than the goal.

    Raises
    ------
    GoalError
        If `n` is not within 0 and `n_total`, or `n_total` is 0.

    Examples
    --------
    >>> from crmkit.method.goals import parse
    >>> goal = parse("Increase the number of active users by 20 % within 9 months.", start="2026-01-31")
    >>> [(target.unit, target.n, target.share) for target in reading(goal, 60, 200).targets]
    [('relative', 72, 0.36), ('points', 100, 0.5)]
    """
    if not 0 <= n <= n_total or n_total == 0:
        raise GoalError.wrong_field("n", f"{n} of {n_total} people cannot be a baseline")
    pairs: dict[str, tuple[ChangeUnit, ...]] = {"relative": ("points",), "points": ("relative",)}
    # "Twice as many" is no 100 percentage points, and what is kept has no second reading.
    confusable = pairs.get(goal.change_unit, ()) if 0 < goal.change < 1 else ()
    meant, *others_read = [_target(goal, unit, n, n_total) for unit in (goal.change_unit, *confusable)]
    possible = (target for target in others_read if 0 <= target.n <= n_total)
    return Reading(n, n_total, n / n_total, goal.change_value, goal.direction, (meant, *possible))


def people_target(goal: Goal, n: Fraction, n_total: int, *, unit: ChangeUnit | None = None) -> int:
    """Return a goal's target in whole persons for a baseline of n of n_total."""
    exact_target = _exact_people(goal, n, n_total, unit or goal.change_unit)
    return floor(exact_target) if goal.direction == "down" else ceil(exact_target)


def share_target(goal: Goal, share: Fraction) -> Fraction:
    """Return a goal's target for a baseline that is a share, or a figure of the client's own in its unit."""
    sign = -1 if goal.direction == "down" else 1
    if goal.change_unit == "relative":
        return share * (1 + sign * goal.change)
    return goal.change if goal.change_unit == "target" else share + sign * goal.change


def exact(value: float | Fraction) -> Fraction:
    """Return a measured number as the fraction it stands for."""
    return Fraction(value).limit_denominator(LARGEST_DENOMINATOR)


def _target(goal: Goal, unit: ChangeUnit, n: int, n_total: int) -> Target:
    people = people_target(goal, Fraction(n), n_total, unit=unit)
    return Target(unit, people, people / n_total, unit == goal.change_unit)


def _exact_people(goal: Goal, n: Fraction, n_total: int, unit: ChangeUnit) -> Fraction:
    signed = -goal.change if goal.direction == "down" else goal.change
    if unit == "relative":
        return n * (1 + signed)
    if unit == "points":
        return n + signed * n_total
    if unit == "absolute":
        return n + signed
    return goal.change * n_total if goal.judged_as_share else goal.change
