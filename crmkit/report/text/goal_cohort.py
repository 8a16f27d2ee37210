"""Has a goal moved because habits changed, or because people came and went? The same people then and now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from crmkit.report.cells import require_protected, rows_of
from crmkit.report.chart import Block
from crmkit.report.language import N_, Language
from crmkit.report.language import language as language_of
from crmkit.report.markup import as_text, fill
from crmkit.report.text.words import WORDS, word

if TYPE_CHECKING:
    from crmkit.privacy.protected import ProtectedTable

WHY = N_("Kommen und gehen Menschen, kann sich eine Zahl bewegen, ohne dass jemand anders arbeitet als vorher.")
BOTH = N_("Deshalb steht hier beides: wer seit dem Start des Ziels dabei ist, und alle von heute.")
FEW = N_(
    "Seit dem Start sind nur wenige gekommen oder gegangen; was sich bewegt hat, hat sich bei denselben Menschen "
    "bewegt."
)


def goal_cohort(goal_cohort: ProtectedTable, goals: ProtectedTable, *, language: str = "de") -> Block:
    """Return for each goal where those stand who have been there since its start, beside everybody of today.

    Parameters
    ----------
    goal_cohort
        Table `goal_cohort`: goal_id, group, n, n_total.
    goals
        Table `goals`, for wordings and metrics.
    language
        ``de`` or ``en``.

    Returns
    -------
    Block
        A line a goal, only where people have come or gone and the numbers may be shown; an absent block where
        that is so for no goal.

    Raises
    ------
    PrivacyError
        If a table is not protected.
    """
    t, table = language_of(language), require_protected(goal_cohort, name="text.goal_cohort")
    known = rows_of(require_protected(goals, name="text.goal_cohort"))
    followed = [(goal, groups) for goal in known if (groups := _groups(table, goal["goal_id"]))]
    lines = [(goal["wording"], line) for goal, groups in followed if (line := said(groups, goal, t))]
    if not lines:
        return Block.absent(t.gettext("Dafür liegen keine Daten vor."))
    few = sum(line == t.gettext(FEW) for _, line in lines)
    holds_for_all = few == len(followed)
    explained = [WHY, *([FEW] if holds_for_all else [BOTH] if few < len(lines) else [])]
    html = fill(
        "goal_cohort",
        title=t.gettext("Dieselben Menschen, damals und heute"),
        why=" ".join(t.gettext(sentence) for sentence in explained),
        lines=[] if holds_for_all else lines,
    )
    return Block(html, as_text(html), tables=(table,))


def _groups(table: ProtectedTable, goal_id: str) -> dict[str, dict[str, Any]]:
    """Return the groups of a goal."""
    return {row["group"]: row for row in rows_of(table) if row["goal_id"] == goal_id}


def said(groups: Mapping[str, dict[str, Any]], goal: dict[str, Any], t: Language) -> str:
    """Return the line of a goal; empty where nobody has come or gone, or too little is shown."""
    if any(row["moved"] for row in groups.values()):
        return t.gettext(FEW)
    shown = {group: row for group, row in groups.items() if row["n"] is not None and row["n_total"]}
    then, now, today = (shown.get(group) for group in WORDS["goal_cohort"])
    if then is None or now is None or goal["metric"] not in WORDS["goal_state"]:
        return ""
    totals = [goal["n_total_baseline"], today["n_total"] if today else None]
    if {total for total in totals if total is not None} == {now["n_total"]}:
        return ""
    line = t.gettext(
        "Von den {total}, die seit dem Start dabei sind, waren damals {then} {state}, heute {now}.",
        total=t.number(now["n_total"]), then=t.number(then["n"]), now=t.number(now["n"]),
        state=word(t, "goal_state", goal["metric"]),
    )  # fmt: skip
    if today is None:
        return line
    everybody = t.gettext("Von allen heute: {n} von {total}.", n=t.number(today["n"]), total=t.number(today["n_total"]))
    return f"{line} {everybody}"
