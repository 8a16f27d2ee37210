"""What was agreed: decisions, measures, and what became of the last decisions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from crmkit.errors import SettingsError
from crmkit.report.chart import Block
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.markup import as_text, fill
from crmkit.report.table_block import NOTHING, Cell, Column
from crmkit.report.text.goal_measures import AgreedGoal, agreed_goals, measures_of, require_status, serves
from crmkit.report.text.words import word

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
        return _status(value, t)
    return Cell(_goal_name(row, goals) if name == "goal" else str(value))


def _goal_name(measure: dict[str, Any], goals: list[AgreedGoal]) -> str:
    """Return the goal of a measure: the id that it was given, else its wording; one that nobody knows as written."""
    known = (one.entry.id or one.goal.wording for one in goals if serves(measure, one.goal))
    return next(known, str(measure["goal"]))


def _status(code: str, t: Language) -> Cell:
    return Cell(word(t, "measure", code), status=f"status-{code}")


def next_date(client: Client, t: Language) -> str:
    """Return when the next retrospective is, in words."""
    day = client.settings.next_date
    if day is None:
        return t.gettext("Nächste Retrospektive: Termin noch offen.")
    return t.gettext("Nächste Retrospektive: {date}.", date=t.date(day))


def last_time(client: Client, *, language: str | None = None) -> Block:
    """Return what was decided at the last retrospective, and what became of it.

    Parameters
    ----------
    client
        The client; its last retrospective is read from ``history/R<n-1>/retrospective.yml``.
    language
        ``de`` or ``en``; None: the client's.

    Returns
    -------
    Block
        An absent block for the first retrospective, or if nothing is written down.

    Raises
    ------
    SettingsError
        If the file cannot be read, or a status is not done, open or dropped.
    """
    t, before = language_of(language or client.language), client.settings.retrospective - 1
    name = f"history/R{before}/retrospective.yml"
    file = client.folder / name
    if before < 1 or not file.is_file():
        return Block.absent(t.gettext("Es ist die erste Retrospektive."))
    entries = _decisions_in(file, name)
    if not entries:
        return Block.absent(t.gettext("Von der letzten Retrospektive sind keine Beschlüsse festgehalten."))
    statuses = [entry["status"] for entry in entries]
    cells = [[Cell(entry["decision"]), _status(entry["status"], t)] for entry in entries]
    counts = [f"{t.number(statuses.count(code))} {word(t, 'measure', code)}" for code in dict.fromkeys(statuses)]
    said = t.ngettext("{n} Beschluss", "{n} Beschlüsse", len(entries))
    finding = t.gettext("{decisions}: {counts}.", decisions=said, counts=t.joined(counts))
    columns = [Column(t.gettext("Beschluss"), numeric=False), Column(t.gettext("Stand"), numeric=False)]
    title = t.gettext("Beschlüsse der {number}. Retrospektive", number=t.number(before))
    html = fill("table", finding=finding, title=title, columns=columns, rows=cells, notes=[])
    return Block(html, as_text(html))


def _decisions_in(file: Path, name: str) -> list[dict[str, str]]:
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError):
        raise SettingsError(f"{name}: no valid YAML in UTF-8.") from None
    entries = content.get("decisions") if isinstance(content, dict) else None
    for entry in entries or []:
        if not isinstance(entry, dict) or not {"decision", "status"} <= set(entry):
            raise SettingsError(f"{name}: `decisions`: every entry needs `decision` and `status`.")
        require_status(str(entry["status"]), name)
    return [{key: str(entry[key]) for key in ("decision", "status")} for entry in entries or []]
