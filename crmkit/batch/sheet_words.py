"""Words of `tables.xlsx`: names of sheets, headings of columns, and words for codes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from crmkit.report import table_columns
from crmkit.report.language import N_, Language
from crmkit.report.text.goal_units import GoalUnit
from crmkit.report.text.words import word

Sheet = dict[str, Any]

#: Excel's own limits on the name of a sheet.
LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

#: Titles short enough for a sheet, in words that the report has already.
SHEET_NAMES: dict[str, str] = {
    "standing": N_("Häufigkeit der Nutzung"),
    "last_logins": N_("Letzte Anmeldung"),
    "aggregates": N_("Auswertung des Auftraggebers, wie geliefert"),
    "details": N_("Seltene Nutzung im Einzelnen"),
    "by_unit": N_("Nutzung je Organisationseinheit"),
    "area_usage": N_("Nutzung je CRM-Bereich"),
    "breadth": N_("Breite der Nutzung"),
    "unit_area": N_("Genutzte CRM-Bereiche"),
    "waterfall": N_("Lizenzen"),
    "licence_use": N_("Lizenzen und ihre Nutzung"),
    "licence_cost": N_("Lizenzkosten"),
    "licence_figures": N_("Kennzahl"),
    "usage_series": N_("Nutzung je Monat"),
    "goals": N_("Ziele und ihr Stand"),
    "goal_readings": N_("Zahlen der Ziele"),
    "goal_cohort": N_("Damals und heute"),
    "goal_history": N_("Stand der Ziele je Monat"),
    "goal_path": N_("Messwerte und Zielpfad"),
    "change_log": N_("Änderungen"),
    "before_after": N_("Davor und danach"),
    "effects": N_("Verschiebung der Nutzung"),
    "survey_items": N_("Antworten der Befragung"),
    "survey_topics": N_("Themen der Befragung"),
    "survey_response": N_("Beteiligung"),
    "survey_bounds": N_("Spanne der Zustimmung"),
    "survey_hurdles": N_("Hürden"),
    "survey_elsewhere": N_("Daten außerhalb des CRM"),
    "survey_by_unit": N_("Zustimmung je Einheit"),
    "survey_benefit": N_("Nutzen je Einheit"),
    "survey_usage": N_("Nutzungsquote je Einheit"),
    "interview_themes": N_("Themen der Interviews"),
    "interview_quotes": N_("Interviews"),
    "parallel_lists": N_("Parallelstrukturen"),
    "parallel_total": N_("Parallelstrukturen, Summe"),
    "outcomes": N_("Begleitende Kennzahlen"),
    "outcome_changes": N_("Kennzahlen, erste und letzte"),
    "logins_by_unit": N_("Letzte Anmeldung je Einheit"),
    "intensity": N_("Aktive Tage"),
    "main_area": N_("Haupt-CRM-Bereich"),
    "role_breadth": N_("CRM-Bereiche der Rolle"),
    "area_series": N_("Verlauf je CRM-Bereich"),
    "unit_series": N_("Verlauf je Einheit"),
    "migration": N_("Vorher und nachher"),
    "movement": N_("Bewegung"),
    "time_to_regular": N_("Neue Konten"),
    "retention": N_("Neue Konten je Quartal"),
    "licence_cost_types": N_("Lizenzkosten je Lizenzart"),
    "licence_scenario": N_("Was wäre, wenn"),
    "firmness": N_("Belastbarkeit der Zahlen"),
    "definitions": N_("Andere Definitionen"),
    "findings": N_("Auffälligkeiten"),
    "log_findings": N_("Lücken im Protokoll"),
}

#: Headings that the report does not need.
HEADINGS: dict[str, str] = {
    "currency": N_("Währung"),
    "goal_id": N_("Kennung"),
    "required_pace": N_("Soll-Tempo je Monat"),
    "observed_pace": N_("Ist-Tempo je Monat"),
}
#: Columns whose codes only the kit itself needs.
INTERNAL = frozenset({"change_unit", "provisional"})


def shown_columns(sheet: Sheet) -> Sheet:
    """Return a table without internal columns and without columns that say nothing in any row."""
    masked = any(sheet["suppressed"])
    kept = [
        place
        for place, column in enumerate(sheet["columns"])
        if column not in INTERNAL and (masked or any(row[place] not in (None, "") for row in sheet["rows"]))
    ]
    columns = [sheet["columns"][place] for place in kept]
    return sheet | {"columns": columns, "rows": [[row[place] for place in kept] for row in sheet["rows"]]}


def sheet_title(sheet: Sheet, t: Language, *, short: bool = False) -> str:
    """Return the title of a table, as the report calls it or short enough for a sheet."""
    shape = _shape_of(sheet)
    known = (SHEET_NAMES.get(shape) if short else None) or table_columns.TITLES.get(shape)
    return t.gettext(known) if known else sheet["name"]


def sheet_names(titles: Sequence[str]) -> list[str]:
    """Return titles as names of sheets: allowed, short enough, and unique where case does not count.

    Examples
    --------
    >>> sheet_names(["Ziele", "ZIELE", "Umsatz: 2025/26"])
    ['Ziele', 'ZIELE 2', 'Umsatz 2025 26']
    """
    names: list[str] = []
    for title in titles:
        clean = " ".join(_FORBIDDEN.sub(" ", title).split()).strip("'") or "–"
        taken = {name.casefold() for name in names}
        marks = ["", *(f" {n}" for n in range(2, len(titles) + 2))]
        forms = (_cut(clean, LONGEST_NAME - len(mark)) + mark for mark in marks)
        names.append(next(form for form in forms if form.casefold() not in taken))
    return names


def _cut(title: str, longest: int) -> str:
    """Return as many whole words of a title as fit."""
    if len(title) <= longest:
        return title
    return title[: longest + 1].rpartition(" ")[0].rstrip(",") or title[:longest]


def column_heading(sheet: Sheet, column: str, t: Language) -> str:
    """Return the heading of a column, as the report's tables have it."""
    own = table_columns.OWN_HEADINGS.get((_shape_of(sheet), column))
    known = own or HEADINGS.get(column) or table_columns.HEADINGS.get(column)
    return t.gettext(known) if known else column


def word_in(sheet: Sheet, column: str, value: Any, t: Language) -> Any:
    """Return a cell for reading: a word for a code, a date for ISO text, numbers and masked ones as they are."""
    if not isinstance(value, str):
        return value
    if _DAY.fullmatch(value):
        with suppress(ValueError):
            return dt.date.fromisoformat(value)
    own = table_columns.OWN_CODES.get((sheet["name"], column))
    kind = table_columns.KINDS.get(sheet["name"]) if column == "kind" else own or table_columns.CODES.get(column)
    if kind == "goal_change":
        return " ".join(word(t, kind, code) for code in value.split())
    return word(t, kind, value) if kind else value


def goal_units(sheets: Sequence[Sheet]) -> dict[str, GoalUnit]:
    """Return in what each goal is counted, by its id, as table `goals` says."""
    rows = (dict(zip(sheet["columns"], row, strict=True)) for sheet in sheets for row in sheet["rows"])
    goals = (row for row in rows if {"goal_id", "metric"} <= set(row))
    return {goal["goal_id"]: GoalUnit.of(goal | {"unit": goal.get("unit", "")}) for goal in goals}


def is_share(column: str, value: Any, unit: GoalUnit | None = None) -> bool:
    """Return whether a cell is a share (0–1); values of a goal are what its unit says, others what they look like."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    if column in table_columns.PERCENT or column == "probability":
        return True
    is_amount = column in table_columns.AMOUNTS or column == "value"
    if unit:
        return unit.kind == "share" and (is_amount or column in table_columns.PACES)
    return is_amount and 0 < value < 1


def _shape_of(sheet: Sheet) -> str:
    """Return the name of a table's shape: in the lower tiers "standing" is another table."""
    if sheet["name"] != "standing" or "segment" in sheet["columns"]:
        return sheet["name"]
    return "aggregates" if "definition" in sheet["columns"] else "last_logins"
