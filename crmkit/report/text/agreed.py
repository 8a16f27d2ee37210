"""What was agreed: decisions, measures, and the next date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report.chart import Block
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.markup import as_text, fill
from crmkit.report.table_block import NOTHING, Cell, Column
from crmkit.report.text.goal_measures import AgreedGoal, agreed_goals, measures_of, serves, status_cell

if TYPE_CHECKING:
    from crmkit.client import Client


def decisions(client: Client, *, language: str | None = None) -> Block:
    """Return what is to be decided, the measures, and the date of the next retrospective.

    Parameters
    ----------
    client
        The client.
    language
        ``de`` or ``en``; None: the client's.

    Returns
    -------
    Block
        An absent block if there is neither of them.

    Raises
    ------
    SettingsError
        If a measure's status is not known.
    GoalError
        If a goal is not understood.
    """
    t, settings = language_of(language or client.language), client.settings
    if client.measures.empty and not settings.decisions and settings.next_date is None:
        return Block.absent(t.gettext("Noch ist keine Maßnahme vereinbart."))
    html = fill(
        "decisions",
        today=t.gettext("Heute zu entscheiden") if settings.decisions else "",
        decisions=[one.decision for one in settings.decisions],
        measures=_measures(client, t),
        next_date=next_date(client, t),
    )
    return Block(html, as_text(html))


def _measures(client: Client, t: Language) -> str:
    rows, goals = measures_of(client), agreed_goals(client)
    headings = {
        "goal": t.gettext("Ziel"), "measure": t.gettext("Maßnahme"), "hurdle": t.gettext("Hürde"),
        "owner_role": t.gettext("Verantwortliche Rolle"), "date": t.gettext("Termin"), "status": t.gettext("Stand"),
    }  # fmt: skip
    shown = [name for name in headings if any(row[name] for row in rows)]
    body = [[_measure_cell(row, name, goals, t) for name in shown] for row in rows]
    columns = [Column(headings[name], numeric=False) for name in shown]
    return fill("table", title=t.gettext("Maßnahmen"), columns=columns, rows=body, notes=[]) if rows else ""


def _measure_cell(row: dict[str, Any], name: str, goals: list[AgreedGoal], t: Language) -> Cell:
    value = row[name]
    if not value:
        return Cell(NOTHING)
    if name == "date":
        return Cell(t.date(value, short=True), "date")
    if name == "status":
        return status_cell(value, t)
    return Cell(_goal_name(row, goals) if name == "goal" else str(value))


def _goal_name(measure: dict[str, Any], goals: list[AgreedGoal]) -> str:
    """Return the goal of a measure: the id that it was given, else its wording; one that nobody knows as written."""
    known = (one.entry.id or one.goal.wording for one in goals if serves(measure, one.goal))
    return next(known, str(measure["goal"]))


def next_date(client: Client, t: Language) -> str:
    """Return when the next retrospective is, in words."""
    day = client.settings.next_date
    if day is None:
        return t.gettext("Nächste Retrospektive: Termin noch offen.")
    return t.gettext("Nächste Retrospektive: {date}.", date=t.date(day))
