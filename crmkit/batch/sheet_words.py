"""Words of `tables.xlsx`: names of sheets, headings of columns, and words for codes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from crmkit.report import table_columns
from crmkit.report.language import N_, Language
from crmkit.report.text.words import WORDS, word

Sheet = dict[str, Any]

#: Excel's own limits on the name of a sheet.
LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

#: Short titles: those of the report are too long for Excel.
SHEET_NAMES: dict[str, str] = {
    "standing": N_("Häufigkeit"),
    "last_logins": N_("Letzte Anmeldung"),
    "aggregates": N_("Gelieferte Auswertung"),
    "details": N_("Seltene Nutzung"),
    "intensity": N_("Intensität"),
    "by_unit": N_("Je Organisationseinheit"),
    "area_usage": N_("Je CRM-Bereich"),
    "breadth": N_("Breite"),
    "unit_area": N_("Einheit und CRM-Bereich"),
    "waterfall": N_("Von Lizenzen zu Konten"),
    "licence_use": N_("Lizenzen"),
    "licence_cost": N_("Lizenzkosten"),
    "licence_figures": N_("Lizenzkennzahlen"),
    "usage_series": N_("Je Monat"),
    "goals": N_("Ziele"),
    "goal_path": N_("Zielpfad"),
    "change_log": N_("Änderungen"),
    "survey_items": N_("Befragung"),
    "parallel_lists": N_("Parallelstrukturen"),
}


def sheet_title(sheet: Sheet, t: Language, *, short: bool = False) -> str:
    """Return the title of a table, as the report calls it or short enough for a sheet."""
    shape = _shape_of(sheet)
    known = (SHEET_NAMES if short else table_columns.TITLES).get(shape)
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
        forms = (
            clean[: LONGEST_NAME - len(mark)] + mark for mark in ("", *(f" {n}" for n in range(2, len(titles) + 2)))
        )
        names.append(next(form for form in forms if form.casefold() not in taken))
    return names


def column_heading(sheet: Sheet, column: str, t: Language) -> str:
    """Return the heading of a column, as the report's tables have it."""
    own = table_columns.OWN_HEADINGS.get((_shape_of(sheet), column))
    known = own or table_columns.HEADINGS.get(column)
    return t.gettext(known) if known else column


def word_in(sheet: Sheet, column: str, value: Any, t: Language) -> Any:
    """Return a cell for reading: a word for a code, a date for ISO text, numbers and masked ones as they are."""
    if not isinstance(value, str):
        return value
    if _DAY.fullmatch(value):
        with suppress(ValueError):
            return dt.date.fromisoformat(value)
    kind = table_columns.KINDS.get(sheet["name"]) if column == "kind" else table_columns.CODES.get(column)
    return word(t, kind, value) if kind in WORDS else value


def is_share(column: str) -> bool:
    """Return whether a column holds shares (0–1)."""
    return column in table_columns.PERCENT or column == "probability"


def _shape_of(sheet: Sheet) -> str:
    """Return the name of a table's shape: in the lower tiers "standing" is another table."""
    if sheet["name"] != "standing" or "segment" in sheet["columns"]:
        return sheet["name"]
    return "aggregates" if "definition" in sheet["columns"] else "last_logins"
