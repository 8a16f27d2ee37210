"""Excel and OpenDocument workbooks: the sheet with the table, merged cells, cells as text."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crmkit.errors import InputError
from crmkit.ingest.files import archives
from crmkit.ingest.files.cells import as_text
from crmkit.ingest.files.signatures import OLD_WORKBOOK
from crmkit.ingest.files.table import HEAD_ROWS, Found, from_grid

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

#: How a protected workbook names its content.
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
#: A merged cell over this share of the columns heads a group of rows (0–1).
_WIDE = 0.6
#: Columns from which a sheet holds a table; a cover page has labels and values.
_COLUMNS = 3
#: Rows from which a list of two columns is no cover page.
_LONG = 20


@dataclass(frozen=True)
class _Merged:
    """Merged cells of a sheet: row → columns and last row of what is filled down; rows that head groups."""

    downward: dict[int, list[tuple[int, int]]]
    headings: frozenset[int]


def found_in_workbook(path: Path, sheet: str | None) -> Found:
    """Return the table of a workbook: of the declared sheet, else of the first visible one that holds a table.

    Parameters
    ----------
    path
        A workbook.
    sheet
        Its sheet, where the client states one.

    Raises
    ------
    InputError
        If it is protected or too large, has no such sheet, or holds no table.
    """
    _check(path)
    with _opened(path) as book:
        if sheet and sheet not in book.sheet_names:
            raise InputError.no_sheet(path.name, sheet, book.sheet_names)
        chosen = book.get_sheet_by_name(sheet) if sheet else _sheet_with_table(book)
        if chosen is None:
            raise InputError.empty(path.name)
        merged = _merged(chosen)
        return from_grid(_rows(chosen, merged), path.name, headings=merged.headings)


def _check(path: Path) -> None:
    archives.check_workbook(path)
    with path.open("rb") as file:
        if file.read(len(OLD_WORKBOOK)) != OLD_WORKBOOK:
            return
        archives.check_size(path)
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            if content.find(_PROTECTED) >= 0:
                raise InputError.protected(path.name)


def _opened(path: Path) -> CalamineWorkbook:
    """Open a workbook by its content: many systems call .xls what is .xlsx."""
    from python_calamine import CalamineWorkbook, PasswordError

    with path.open("rb") as file:
        is_old = file.read(len(OLD_WORKBOOK)) == OLD_WORKBOOK
        try:
            if is_old == (path.suffix.lower() == ".xls"):
                return CalamineWorkbook.from_path(path)
            file.seek(0)
            return CalamineWorkbook.from_filelike(file)
        except PasswordError:
            raise InputError.protected(path.name) from None


def _sheet_with_table(book: CalamineWorkbook) -> CalamineSheet | None:
    """Return the first visible sheet with a table; a cover page with a few lines comes last."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    fallback: tuple[int, CalamineSheet | None] = (0, None)
    for known in book.sheets_metadata:
        if known.visible != SheetVisibleEnum.Visible or known.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(known.name)
        width, height = _extent(sheet)
        if height > 1 and (width >= _COLUMNS or (width > 1 and height > _LONG)):
            return sheet
        if min(width, height) > fallback[0]:
            fallback = min(width, height), sheet
    return fallback[1]


def _extent(sheet: CalamineSheet) -> tuple[int, int]:
    """Return how many cells the fullest of the first rows has, and how many rows have about as many."""
    filled = [sum(cell != "" for cell in row) for _, row in zip(range(HEAD_ROWS), _used_rows(sheet), strict=False)]
    width = max(filled, default=0)
    return width, sum(n > 0 and n >= width / 2 for n in filled)


def _used_rows(sheet: CalamineSheet) -> Iterator[list]:
    return (row for row in sheet.iter_rows() if any(cell != "" for cell in row))


def _merged(sheet: CalamineSheet) -> _Merged:
    """Return what merged cells mean; places are those of `CalamineSheet.iter_rows`."""
    ranges = sheet.merged_cell_ranges or []
    if not ranges or sheet.start is None or sheet.end is None:
        return _Merged({}, frozenset())
    left, width = sheet.start[1], sheet.end[1] - sheet.start[1] + 1
    downward: dict[int, list[tuple[int, int]]] = {}
    headings = set()
    for (top, first), (bottom, last) in ranges:
        if bottom > top and 0 <= first - left < width:
            downward.setdefault(top, []).append((first - left, bottom))
        elif bottom == top and last - first + 1 >= max(2, _WIDE * width):
            headings.add(top)
    return _Merged(downward, frozenset(headings))


def _rows(sheet: CalamineSheet, merged: _Merged) -> Iterator[list[str | None]]:
    """Return the rows as text, from the first of the sheet; merged cells are filled down where the row goes on."""
    filling: dict[int, tuple[int, str | None]] = {}
    for number, cells in enumerate(sheet.iter_rows()):
        row = [as_text(cell) for cell in cells]
        is_blank = not any(row)
        for column, (bottom, text) in list(filling.items()):
            if number > bottom:
                del filling[column]
            elif not is_blank:
                row[column] = row[column] or text
        for column, bottom in merged.downward.get(number, ()):
            with suppress(IndexError):
                filling[column] = bottom, row[column]
        yield row
