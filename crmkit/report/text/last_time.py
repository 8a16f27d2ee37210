"""What was decided at the last retrospective, and what has become of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from crmkit.history import STATUSES
from crmkit.method.goals.names import even
from crmkit.report.cells import require_protected, rows_of
from crmkit.report.chart import Block
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.markup import as_text, fill
from crmkit.report.table_block import NOTHING, Cell, Column
from crmkit.report.text.goal_measures import measures_of, status_cell, worded
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from crmkit.client import Client
    from crmkit.history import Closed
    from crmkit.privacy.protected import ProtectedTable

Shown = Mapping[str, "ProtectedTable"]
Rows = list[list[Cell]]


def last_time(client: Client, shown: Shown | None = None, *, language: str | None = None) -> Block:
    """Return what was decided at the last retrospective and what has become of it: decisions, measures, goals.

    Parameters
    ----------
    client
        The client; its last retrospective lies in ``history/R<n-1>/``.
    shown
        Name → protected table; `goals` says how the goals of then stand today.
    language
        ``de`` or ``en``; None: the client's.

    Returns
    -------
    Block
        An absent block for the first retrospective, or if nothing is written down.

    Raises
    ------
    HistoryError
        If ``became.yml`` cannot be read, or speaks of what was not decided.
    SettingsError
        If the status of a measure is not known.
    PrivacyError
        If a table is not protected.
    """
    t, last = language_of(language or client.language), client.last_time
    if last is None:
        first = client.settings.retrospective == 1
        said = t.gettext("Es ist die erste Retrospektive.") if first else ""
        return Block.absent(said or t.gettext("Von der letzten Retrospektive ist nichts festgehalten."))
    goals = shown["goals"] if shown and "goals" in shown else None
    today = rows_of(require_protected(goals, name="text.last_time")) if goals is not None else []
    parts = [_decisions(last, t), _measures(last, client, t), _goals(last, today, t)]
    if not any(parts):
        return Block.absent(t.gettext("Von der letzten Retrospektive sind keine Beschlüsse festgehalten."))
    html = "\n".join(part for part in (_when(last, client, t), *parts) if part)
    return Block(html, as_text(html))


def _when(last: Closed, client: Client, t: Language) -> str:
    """Return when it was held, and whether the date that was agreed has been kept."""
    said = [
        t.gettext(
            "Die letzte CRM-Retrospektive, Nr. {number}, hatte den Stichtag {date}.",
            number=t.number(last.number), date=t.date(last.as_of),
        )
    ]  # fmt: skip
    if last.next_date:
        said.append(
            t.gettext("Als nächster Termin war der {date} vereinbart.", date=t.date(last.next_date))
        )  # fmt: skip
    if not last.is_sealed:
        said.append(t.gettext("Festgehalten sind ihre Beschlüsse, keine Zahlen."))
    return fill("paragraphs", paragraphs=[" ".join(said)])


def _decisions(last: Closed, t: Language) -> str:
    if not last.decisions:
        return ""
    statuses = [one.status for one in last.decisions]
    counts = [f"{t.number(statuses.count(code))} {word(t, 'measure', code)}" for code in STATUSES if code in statuses]
    n = t.ngettext("{n} Beschluss", "{n} Beschlüsse", len(statuses))
    finding = t.gettext("{decisions}: {counts}.", decisions=n, counts=t.joined(counts))
    rows = [
        [
            Cell(one.decision), Cell(one.owner_role or NOTHING), _day(one.by, t), status_cell(one.status, t, one.note),
        ]
        for one in last.decisions
    ]  # fmt: skip
    headings = [t.gettext("Beschluss"), t.gettext("Verantwortliche Rolle"), t.gettext("Termin"), t.gettext("Stand")]
    title = t.gettext("Beschlüsse der {number}. Retrospektive", number=t.number(last.number))
    return _table(title, headings, rows, finding)


def _measures(last: Closed, client: Client, t: Language) -> str:
    """Return the measures of then, with how they stand today in the list of measures."""
    now = measures_of(client, t)
    today = {even(str(row[key])): row["status"] for key in ("id", "measure") for row in now if row[key]}
    rows = [
        [
            Cell(worded(str(entry["measure"]), t)), Cell(str(entry.get("owner_role") or NOTHING)),
            status_cell(str(entry.get("status") or "open"), t), _now(today.get(even(str(entry["measure"]))), t),
        ]
        for entry in last.entries("measures")
    ]  # fmt: skip
    headings = [t.gettext("Maßnahme"), t.gettext("Verantwortliche Rolle"), t.gettext("damals"), t.gettext("heute")]
    title = t.gettext("Maßnahmen der {number}. Retrospektive", number=t.number(last.number))
    return _table(title, headings, rows) if rows else ""


def _now(code: str | None, t: Language) -> Cell:
    return status_cell(code or "open", t) if code is not None else Cell(t.gettext("nicht mehr geführt"))


def _goals(last: Closed, today: list[dict[str, Any]], t: Language) -> str:
    """Return the goals of then, with how they stand today."""
    known = {even(str(row[key])): row for row in today for key in ("goal_id", "wording")}
    rows = []
    for entry in last.entries("goals"):
        row = next((known[even(str(entry[key]))] for key in ("id", "wording") if even(str(entry[key])) in known), None)
        then = Cell(word(t, "status", entry["status"])) if entry.get("status") else Cell(t.gettext("neu vereinbart"))
        now = Cell(word(t, "status", row["status"])) if row else Cell(t.gettext("nicht mehr geführt"))
        rows.append([Cell(str(entry["wording"])), then, now])
    headings = [t.gettext("Ziel"), t.gettext("damals"), t.gettext("heute")]
    title = t.gettext("Ziele der {number}. Retrospektive", number=t.number(last.number))
    return _table(title, headings, rows) if rows else ""


def _day(day: Any, t: Language) -> Cell:
    return Cell(t.date(day, short=True), "date") if day else Cell(NOTHING)


def _table(title: str, headings: list[str], rows: Rows, finding: str = "") -> str:
    """Return a table without the columns in which nothing stands."""
    shown = [place for place in range(len(headings)) if any(row[place].text != NOTHING for row in rows)]
    columns = [Column(headings[place], numeric=False) for place in shown]
    body = [[row[place] for place in shown] for row in rows]
    return fill("table", finding=finding, title=title, columns=columns, rows=body, notes=[], stacked=True)
