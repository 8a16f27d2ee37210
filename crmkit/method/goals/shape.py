"""The path from baseline to target: how much of the way should be done when."""

from __future__ import annotations

from crmkit.method.goals.days import month_number
from crmkit.method.goals.goal import Goal


def path_share(goal: Goal, at: float) -> float:
    """Return which share of the way (0–1) the path of a goal has done at a month number.

    ``linear`` runs straight from start to deadline. ``s_curve`` stays at 0 until the first measure takes
    effect, then rises as 3u² − 2u³ of the time u that is left to the deadline: slowly while few have learnt
    of it, fastest in the middle, slowly again for the last ones.

    Source: the S-shaped spread of new habits, E. M. Rogers, Diffusion of Innovations, 5th ed., 2003, ch. 7; the
    cubic is the plainest curve of that shape without a further parameter.
    """
    is_curved = goal.shape == "s_curve"
    begins = goal.effect_from if is_curved and goal.effect_from else goal.start
    begin, end = month_number(begins), month_number(goal.deadline)
    done = min(max((at - begin) / (end - begin), 0.0), 1.0)
    return done * done * (3 - 2 * done) if is_curved else done
