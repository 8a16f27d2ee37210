"""What stands below a table and between its pages: totals, page numbers, who made it and when."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from crmkit.ingest.files.headers import kind_of

Row = Sequence[str | None]

#: Rows at the end in which a footer is searched.
_SEARCHED = 60
#: From this many columns on, a row with one cell says something about the table.
_WIDE = 3
#: From this many words on, a cell alone in its row is a sentence and no name.
_SENTENCE = 4
_LONG = 250
_COUNTED = (
    r"(benutzer|user|datensätze|zeilen|einträge|personen|konten|records?|rows?|users?|results?|accounts?|entries)"
)
_TOTAL = re.compile(
    r"(?i)((gesamt|total)[ -]?(summe|anzahl|ergebnis|zahl|count)?|insgesamt|(zwischen|end)?summen?|totals|"
    r"(grand|sub|overall)[ -]?totals?|sum|count|anzahl( der)?( \w+)?|(number|count) of \w+|"
    rf"(record|row|user) count|(gesamt|total|summe) {_COUNTED})\s*([:=(]?\s*\d[\d.,' ]*( \w+)?\)?|[:=])?"
)
PAGE = r"(?i)^(seite|page|blatt)\s+\d+(\s*(von|of|/)\s*\d+)?$"
_NOTE = re.compile(
    r"(?i)(seite|page|blatt)\s+\d+(\s*(von|of|/)\s*\d+)?$|©|\(c\)\s|copyright\b|all rights reserved|"
    r"stand\s*(:|\d|vom\b|per\b)|as of\b[:\s]*\d|(streng )?vertraulich\b|(strictly )?confidential\b|internal use only|"
    r"nur für den internen|(generated|created|exported|printed|erstellt|erzeugt|exportiert|gedruckt|generiert)"
    r"(\s+(by|on|at|am|von|mit|durch)\b|\s*:)|"
    r"(quelle|source|hinweis|hinweise|anmerkung|note|notes|legende|filter|druckdatum|exportdatum)\s*:|"
    rf"(ende|end) (der|des|of)\b|\d[\d.,]*\s+{_COUNTED}\b|{_COUNTED}\s*[:=]\s*\d|\*+ "
)
#: Totals of a group, in the middle of a table; as regular expressions of polars.
#: Behind a plain "Summe" or "Total" a word may be a person's name.
_SUBTOTAL = r"(?i)^((zwischen|teil)summen?|sub-?totals?)\b|^((gesamt|end)?summen?|totals?|gesamt)[:= \d.,]*$"
_NOTHING_BUT_TOTAL = r"(?i)^(zwischensummen?|teilsummen?|sub-?totals?)\b[:= \d.,]*$"
_NUMBER = r"^[-+]?(\d+|\d{1,3}([.,' ]\d{3})+)([.,]\d{1,2})? ?(%|€|EUR)?$"
#: What stands alone in its row and names those below it.
_HEADING = (
    r"(?i)^(abteilung|bereich|team|gruppe|region|standort|department|unit|org(anisations)?einheit)\s*:|:$|\(\d+\)$"
)
#: What stands before the day on which a table was made.
_LABEL = re.compile(
    r"(?i)(stand|datenstand|datum|date|as of|(exportiert|erstellt|erzeugt|gedruckt)( am)?|export(datum| date)?|"
    r"(exported|created|generated|printed)( on| at)?)\s*:?"
)


def footer_begins(rows: pl.DataFrame) -> int:
    """Return the row from which on nothing but footers and blank rows stand; the number of rows if there is none.

    Parameters
    ----------
    rows
        All rows, the blank ones included: what stands apart is no data.
    """
    tail = rows.tail(_SEARCHED).rows()
    begins = len(tail)
    for position in range(len(tail) - 1, -1, -1):
        if not any(tail[position]):
            continue
        if not _is_footer(tail, position):
            break
        begins = position
    return rows.height - len(tail) + begins


def _is_footer(rows: Sequence[Row], position: int) -> bool:
    row = rows[position]
    # patterns take long on long cells, and what they look for is short
    cells = [cell[:_LONG] for cell in row if cell is not None]
    if _is_total(cells) or _is_dated(rows, position) or (_NOTE.match(cells[0]) and len(cells) <= max(2, len(row) // 2)):
        return True
    if len(cells) > 1 or len(row) < _WIDE or _is_like_others(rows, position):
        return False
    return _is_sentence(cells[0]) or _stands_apart(rows, position)


def _is_total(cells: Sequence[str]) -> bool:
    """Return whether a row is a label of totals and numbers; with a name or an address beside it, it is a person."""
    others = (kind_of(cell) == "number" or bool(re.fullmatch(r"\d[\d.,]* \w+", cell)) for cell in cells[1:])
    return bool(_TOTAL.fullmatch(cells[0])) and all(others)


def _is_dated(rows: Sequence[Row], position: int) -> bool:
    """Return whether a row is a label and a day, in a column that holds no days: ``Stand``, ``31.05.2026``."""
    filled = [(column, cell) for column, cell in enumerate(rows[position]) if cell is not None]
    if len(filled) != 2 or not _LABEL.fullmatch(filled[0][1]) or kind_of(filled[1][1]) != "date":  # noqa: PLR2004
        return False
    return all(kind_of(row[filled[1][0]] or "") != "date" for row in rows[:position])


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= _SENTENCE or (":" in text and any(letter.isdigit() for letter in text))


def _is_like_others(rows: Sequence[Row], position: int) -> bool:
    """Return whether the one cell is an address, a number or a code as they stand above it."""
    column = next(column for column, cell in enumerate(rows[position]) if cell is not None)
    shape = _shape(rows[position][column] or "")
    return shape != "text" and any(_shape(row[column] or "") == shape for row in rows[:position] if len(row) > column)


def _shape(cell: str) -> str:
    kind = kind_of(cell)
    if kind == "text" and " " not in cell and any(letter.isdigit() for letter in cell):
        return "code"
    return kind


def _stands_apart(rows: Sequence[Row], position: int) -> bool:
    """Return whether a blank row parts this one, and the lonely ones above it, from the table."""
    for row in reversed(rows[:position]):
        if not any(row):
            return True
        if sum(cell is not None for cell in row) > 1:
            return False
    return False


def between_pages(rows: pl.DataFrame, above: Sequence[str]) -> dict[str, pl.Series]:
    """Return, reason by reason, which rows repeat the title of the table or number its pages.

    Parameters
    ----------
    rows
        The rows of the table.
    above
        The texts above its headers.
    """
    if rows.width < _WIDE:
        return {}
    filled = pl.sum_horizontal(pl.all().is_not_null())
    seen = rows.select(text=pl.coalesce(pl.all()), alone=filled == 1, numbers=_only_numbers_behind(rows.columns))
    text, alone = seen["text"], seen["alone"]
    is_total = text.str.contains(_SUBTOTAL) & seen["numbers"] & (text.str.len_chars() <= _LONG)
    # alone in its row it may be somebody's name, unless it says nothing else
    subtotal = (is_total & (~alone | text.str.contains(_NOTHING_BUT_TOTAL))).fill_null(False)
    heading = alone & ~subtotal & (text.str.contains(_HEADING) | bool(subtotal.any()))
    masks = {
        "above_header": alone & text.is_in(list(above)),
        "footer": subtotal | (alone & text.str.contains(PAGE)),
        "group_heading": heading,
    }
    return {reason: mask.fill_null(False) for reason, mask in masks.items()}


def _only_numbers_behind(columns: Sequence[str]) -> pl.Expr:
    """Return whether all filled cells of a row but one are numbers; a day is none."""
    n_filled = pl.sum_horizontal(pl.col(columns).is_not_null())
    n_numbers = pl.sum_horizontal(pl.col(columns).str.contains(_NUMBER).fill_null(value=False))
    return n_filled - n_numbers == 1
