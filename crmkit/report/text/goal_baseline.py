"""What a goal started from: frozen or not, provisional or not, and whether it would be another one today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report.text.goal_units import GoalUnit
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from crmkit.report.language import Language


def baseline(goal: dict[str, Any], t: Language) -> str:
    """Return the baseline of a goal in words, empty where there is none.

    Parameters
    ----------
    goal
        Row of table `goals`.
    t
        The report's language.
    """
    if goal["baseline"] is None and not goal["suppressed"]:
        return ""
    value = GoalUnit.of(goal).named(goal["baseline"], t)
    if goal["provisional"]:
        value = t.gettext("{value}, vorläufig (erst ein Messwert)", value=value)
    frozen = (
        t.gettext("festgeschrieben am {date} (Prüfzeichen {sign})", **_proof(goal, t))
        if goal["frozen_date"]
        else t.gettext("noch nicht festgeschrieben")
    )
    changes = [_changed(code, goal, t) for code in (goal["changed"] or "").split()]
    return " ".join([f"{value}, {frozen}.", *changes])


def _proof(goal: dict[str, Any], t: Language) -> dict[str, str]:
    """Return when a baseline was frozen, and the sign by which a printed report proves it."""
    return {"date": t.date(goal["frozen_date"]), "sign": goal["fingerprint"] or ""}


def _changed(code: str, goal: dict[str, Any], t: Language) -> str:
    """Return what is no longer as it was when the baseline was frozen."""
    if code == "goal_changed" and goal["agreed"]:
        return t.gettext("Seit dem Start wurde das Ziel verändert; festgeschrieben war: „{goal}“", goal=goal["agreed"])
    if code == "frozen_again" and goal["agreed"]:
        words = {"reason": goal["reason_again"], "goal": goal["agreed"]}
        return t.gettext("Neu festgeschrieben (Begründung: {reason}); zuvor galt: „{goal}“", **words)
    if code != "baseline_drifted" or goal["drifted_baseline"] is None or goal["baseline"] is None:
        return word(t, "goal_change", code)
    unit = GoalUnit.of(goal)
    return t.gettext(
        "Mit den heutigen Daten wäre die Ausgangsbasis {drifted} statt {baseline}; es gilt die festgeschriebene.",
        drifted=unit.named(goal["drifted_baseline"], t), baseline=unit.amount(goal["baseline"], t),
    )  # fmt: skip
