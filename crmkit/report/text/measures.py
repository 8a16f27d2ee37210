"""Measures as tables: those that were agreed, and proposals of the catalogue for hurdles that none of them meets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from crmkit.measures import Measure, hurdle_of, hurdles, measures_against
from crmkit.report.cells import require_protected, rows_of
from crmkit.report.markup import fill
from crmkit.report.table_block import NOTHING, Cell, Column
from crmkit.report.text.evidence import out_of
from crmkit.report.text.goal_measures import AgreedGoal, serves
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from crmkit.privacy.protected import ProtectedTable
    from crmkit.report.language import Language

Rows = list[dict[str, Any]]
#: Hurdles for which measures are proposed, and how many for each.
_MOST_HURDLES, _MOST_PROPOSALS = 3, 2


def agreed(rows: Rows, goals: Sequence[AgreedGoal], today: dt.date, t: Language) -> str:
    """Return the agreed measures as a table, and above it how many are open; nothing without any."""
    if not rows:
        return ""
    headings = {
        "measure": t.gettext("Maßnahme"), "goal": t.gettext("Ziel"), "hurdle": t.gettext("Hürde"),
        "owner_role": t.gettext("Verantwortliche Rolle"), "date": t.gettext("Termin"), "status": t.gettext("Stand"),
    }  # fmt: skip
    shown = [name for name in headings if any(row[name] for row in rows)]
    body = [[_cell(row, name, goals, today, t) for name in shown] for row in rows]
    columns = [Column(headings[name], numeric=False) for name in shown]
    said = _standing(rows, today, t)
    return fill("table", finding=said, title=t.gettext("Maßnahmen"), columns=columns, rows=body, notes=[], stacked=True)


def _standing(rows: Rows, today: dt.date, t: Language) -> str:
    """Return how many measures are open, done and dropped, and of how many open ones the date has passed."""
    codes = [row["status"] or "open" for row in rows]
    counts = [
        f"{t.number(codes.count(code))} {word(t, 'measure', code)}"
        for code in ("open", "done", "dropped")
        if code in codes
    ]
    n = t.ngettext("{n} Maßnahme", "{n} Maßnahmen", len(rows))
    n_late = sum(_is_late(row, today) for row in rows)
    said = t.gettext("{measures}: {counts}", measures=n, counts=t.joined(counts))
    if not n_late:
        return f"{said}."
    late = t.ngettext("bei einer offenen ist der Termin vorbei", "bei {n} offenen ist der Termin vorbei", n_late)
    return f"{said}; {late}."


def _is_late(row: dict[str, Any], today: dt.date) -> bool:
    return bool(row["date"]) and row["date"] < today and (row["status"] or "open") == "open"


def _cell(row: dict[str, Any], name: str, goals: Sequence[AgreedGoal], today: dt.date, t: Language) -> Cell:
    value = row[name]
    if not value:
        return Cell(NOTHING, "nothing")
    if name == "measure":
        what = "" if row["status"] in ("done", "dropped") else row["what"]
        return Cell(str(value), note=row["note"] or what)
    if name == "date":
        return Cell(t.date(value, short=True), "date", note=t.gettext("Termin vorbei") if _is_late(row, today) else "")
    if name == "status":
        return Cell(word(t, "measure", value), status=f"status-{value}")
    if name == "hurdle":
        return Cell(hurdle_name(str(value), t))
    return Cell(_goal_name(row, goals) if name == "goal" else str(value))


def _goal_name(measure: dict[str, Any], goals: Sequence[AgreedGoal]) -> str:
    """Return the goal of a measure: the id that it was given, else its wording; one that nobody knows as written."""
    known = (one.entry.id or one.goal.wording for one in goals if serves(measure, one.goal))
    return next(known, str(measure["goal"]))


def hurdle_name(text: str, t: Language) -> str:
    """Return the name of a hurdle in the language; one that is none of the catalogue's as written."""
    code = hurdle_of(text)
    return getattr(hurdles()[code], t.code) if code else text


def proposed(survey_hurdles: ProtectedTable | None, rows: Rows, t: Language) -> str:
    """Return measures of the catalogue for the hurdles named most that no open or finished measure meets, as a table.

    Parameters
    ----------
    survey_hurdles
        Table `survey_hurdles`: hurdle (code), n, n_total, share; None: nobody was asked.
    rows
        The agreed measures.
    t
        The language.
    """
    if survey_hurdles is None:
        return ""
    table = require_protected(survey_hurdles, name="text.decisions")
    body = [_proposal(one, named, t) for named in _unmet(table, rows) for one in _new(named["hurdle"], rows)]
    headings = [
        t.gettext("Vorschlag"), t.gettext("Hürde"), t.gettext("Aufwand"), t.gettext("Meist verantwortlich"),
        t.gettext("Erstes Zeichen"),
    ]  # fmt: skip
    columns = [Column(heading, numeric=False) for heading in headings]
    title = t.gettext("Vorschläge aus dem Katalog")
    note = t.gettext("Für die meistgenannten Hürden der Befragung, zu denen noch keine Maßnahme vereinbart ist.")
    return fill("table", title=title, columns=columns, rows=body, notes=[note], stacked=True) if body else ""


def _unmet(table: ProtectedTable, rows: Rows) -> Rows:
    """Return the hurdles named most that no measure meets, of those that are shown."""
    met = {hurdle_of(row["hurdle"] or "") for row in rows if row["status"] != "dropped"}
    named = [row for row in rows_of(table) if row["n"] and row["n_total"] and row["hurdle"] in hurdles()]
    return sorted((row for row in named if row["hurdle"] not in met), key=lambda row: -row["n"])[:_MOST_HURDLES]


def _new(hurdle: str, rows: Rows) -> list[Measure]:
    known = {row["id"] for row in rows}
    return [one for one in measures_against(hurdle) if one.id not in known][:_MOST_PROPOSALS]


def _proposal(one: Measure, named: dict[str, Any], t: Language) -> list[Cell]:
    n = t.gettext("genannt von {share}", share=out_of(named["n"], named["n_total"], t))
    return [
        Cell(getattr(one.title, t.code), note=getattr(one.what, t.code)),
        Cell(hurdle_name(named["hurdle"], t), note=n),
        Cell(word(t, "effort", one.effort)),
        Cell(getattr(one.owner, t.code)),
        Cell(getattr(one.sign, t.code)),
    ]
