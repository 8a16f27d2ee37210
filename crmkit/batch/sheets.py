"""`tables.xlsx`: every table behind the report, as numbers that can be calculated with."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crmkit.batch.sheet_words import (
    Sheet,
    column_heading,
    goal_units,
    is_share,
    sheet_names,
    sheet_title,
    shown_columns,
    word_in,
)
from crmkit.letters import legible
from crmkit.privacy.gate.formulas import may_be_formula
from crmkit.report.cells import MASKED
from crmkit.report.chart import METADATA_KEY
from crmkit.report.language import N_, Language
from crmkit.report.language import language as language_of
from crmkit.report.text.evidence import masked_note

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from crmkit.report.text.goal_units import GoalUnit

#: What stands where there is nothing to say.
NOTHING = "–"
#: One moment for every file: the same tables, the same bytes.
_CREATED = dt.datetime(2000, 1, 1)
#: Widest column, in letters.
_WIDEST = 60
OVERVIEW = N_("Übersicht")


def sheets_in(notebook: NotebookNode) -> list[Sheet]:
    """Return the tables that the cells of a notebook show, in reading order, each once.

    Parameters
    ----------
    notebook
        Executed; the tables lie in the metadata of its outputs (see `report.chart.sheet_of`).

    Returns
    -------
    list of dict
        ``name``, ``columns``, ``rows``, ``suppressed`` (per row), ``tier``.
    """
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    shown = [output.get("metadata", {}).get(METADATA_KEY, {}) for output in outputs]
    kept: list[Sheet] = []
    for about in shown:
        kept += [sheet for sheet in about.get("tables", []) if sheet["rows"] and sheet not in kept]
    return [shown_columns(sheet) for sheet in kept]


def write_sheets(notebook: NotebookNode, file: Path, *, language: str, k: int) -> None:
    """Write the tables of a notebook as an Excel file: an overview, then one sheet a table.

    Parameters
    ----------
    notebook
        Executed; its ``metadata["crmkit"]`` says whose tables these are.
    file
        The ``.xlsx`` to write; the same tables give the same bytes.
    language
        ``de`` or ``en``.
    k
        Smallest number of people that a number describes, for the footnote.
    """
    from xlsxwriter.workbook import Workbook

    t, frame, sheets = language_of(language), notebook.metadata.get(METADATA_KEY, {}), sheets_in(notebook)
    overview, *names = sheet_names([t.gettext(OVERVIEW), *(sheet_title(sheet, t, short=True) for sheet in sheets)])
    # a text stays a text, also one that begins with "=": nothing that a client wrote is calculated or linked
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(str(file), options) as book:
        book.set_properties({"created": _CREATED})
        formats, units = _formats(book), goal_units(sheets)
        _write_overview(book.add_worksheet(overview), frame, dict(zip(names, sheets, strict=True)), formats, t)
        for name, sheet in zip(names, sheets, strict=True):
            _write_sheet(book.add_worksheet(name), sheet, formats, units, t, k=k)


def _formats(book: Workbook) -> dict[str, Format]:
    kinds: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 14},
        "heading": {"bold": True, "bottom": 1, "text_wrap": True},
        "text": {"text_wrap": True},
        "note": {"italic": True, "font_color": "#555555"},
        "masked": {"align": "right"},
        "count": {"num_format": "#,##0"},
        "value": {"num_format": "#,##0.0#"},
        "share": {"num_format": "0.0%"},
        "day": {"num_format": "yyyy-mm-dd", "align": "left"},
        "link": {"underline": 1, "font_color": "#14506b"},
    }
    return {kind: book.add_format({"valign": "top"} | properties) for kind, properties in kinds.items()}


def _write_overview(
    page: Worksheet, frame: dict[str, Any], sheets: dict[str, Sheet], formats: dict[str, Format], t: Language
) -> None:
    """Say whose tables these are and what each sheet holds."""
    draft = frame["labels"]["draft"] if frame.get("draft") else ""
    about = [frame.get("retrospective", ""), frame.get("as_of", ""), frame.get("tier_label", ""), draft]
    page.set_column(0, 0, 32)
    page.set_column(1, 1, _WIDEST)
    page.write_string(0, 0, as_text(frame.get("title", "")), formats["title"])
    said = [line for line in about if line]
    for row, line in enumerate(said, start=1):
        page.write_string(row, 0, as_text(line))
    for row, (name, sheet) in enumerate(sheets.items(), start=len(said) + 2):
        quoted = name.replace("'", "''")
        page.write_url(row, 0, f"internal:'{quoted}'!A1", formats["link"], as_text(name))
        page.write_string(row, 1, as_text(sheet_title(sheet, t)), formats["text"])


def _write_sheet(
    page: Worksheet, sheet: Sheet, formats: dict[str, Format], units: dict[str, GoalUnit], t: Language, *, k: int
) -> None:
    headings = [column_heading(sheet, column, t) for column in sheet["columns"]]
    rows = [
        [word_in(sheet, column, value, t) for column, value in zip(sheet["columns"], row, strict=True)]
        for row in sheet["rows"]
    ]
    for place, heading in enumerate(headings):
        page.write_string(0, place, as_text(heading), formats["heading"])
    page.freeze_panes(1, 0)
    hidden = sheet["suppressed"]
    for number, (row, is_masked) in enumerate(zip(rows, hidden, strict=True), start=1):
        unit = units.get(row[sheet["columns"].index("goal_id")]) if "goal_id" in sheet["columns"] else None
        for place, (column, value) in enumerate(zip(sheet["columns"], row, strict=True)):
            shown = MASKED if value is None and is_masked else value
            _write_cell(page, (number, place), shown, formats, share=is_share(column, shown, unit))
    for place, heading in enumerate(headings):
        longest = max(len(heading), *(len(str(row[place])) for row in rows))
        page.set_column(place, place, min(longest + 2, _WIDEST))
    if any(is_masked and None in row for row, is_masked in zip(rows, hidden, strict=True)):
        page.write_string(len(rows) + 2, 0, masked_note(k, t), formats["note"])


def _write_cell(page: Worksheet, at: tuple[int, int], value: Any, formats: dict[str, Format], *, share: bool) -> None:
    if value is None or value == MASKED:
        page.write_string(*at, value or NOTHING, formats["masked"])
    elif isinstance(value, bool):
        page.write_boolean(*at, value)
    elif isinstance(value, int | float):
        kind = "share" if share else "count" if isinstance(value, int) else "value"
        page.write_number(*at, value, formats[kind])
    elif isinstance(value, dt.date):
        page.write_datetime(*at, dt.datetime.combine(value, dt.time()), formats["day"])
    else:
        page.write_string(*at, as_text(str(value)), formats["text"])


def as_text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, also where the file is saved as CSV and opened again.

    Parameters
    ----------
    text
        What stands in a cell.

    Returns
    -------
    str
        Legible; behind an apostrophe, as spreadsheets mark texts, if it begins like a formula and is no number.

    Examples
    --------
    >>> as_text("=1+1"), as_text("Vertrieb"), as_text("-5 %")
    ("'=1+1", 'Vertrieb', '-5 %')
    """
    shown = legible(text)
    return f"'{shown}" if may_be_formula(text) or may_be_formula(shown) else shown
