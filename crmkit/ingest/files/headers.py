"""Where the headers of a table stand: in the first row, or below titles, filters and groups of columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

Row = Sequence[str | None]

#: Rows in which the headers are searched.
SEARCHED = 30
#: Rows below that say what a column holds.
_BELOW = 20
#: A row of headers fills at least this share of what the rows below fill (0–1).
_FULL = 0.6
#: Below this share, a fuller row that names dates and numbers is the better one (0–1).
_NEARLY_FULL = 0.75
#: Share of a column's filled cells from which it holds one kind (0–1).
_MOSTLY = 0.6
#: Letters from which a cell is a text, unseen: patterns take long on long cells.
_LONG = 250
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}([ T,]+\d{1,2}:\d{2}.*)?")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_NUMBER = re.compile(r"[-+]?\d[\d.,'\s]*\s?%?")
#: Years head columns ("2025", "2026").
_YEAR = re.compile(r"(19|20)\d\d")
#: What stands before a value above a table: "Stand", "31.05.2026".
_LABEL = re.compile(
    r"(?i)(stand|datum|date|export|erstellt|erzeugt|generated|created|as of|per\b|report|bericht|filter|zeitraum|"
    r"period|von\b|from\b|druck|gedruckt|printed|run\b|mandant|firma|company|client|seite|page|version|anzahl|total|"
    r"letzte aktualisierung|last refresh|.*:$)"
)
#: What stands in a cell without a value; it is no header.
_NOTHING = re.compile(
    r"(?i)(noch )?nie(mals)?|never|keine?[ns]?|none|null|nan|n\.?/?a\.?|[-–—?.]+|unbekannt|unknown|leer|offen|"
    r"never logged in|nicht angemeldet"
)


class NoHeaderError(ValueError):
    """The rows begin with data."""


@dataclass(frozen=True)
class Header:
    """The headers of a table and where they stand.

    Attributes
    ----------
    names
        One for each column, None where there is none.
    row
        The row in which they stand, from 0; of two rows the lower one.
    above
        The texts above, a row each.
    """

    names: list[str | None]
    row: int
    above: list[str]


def kind_of(cell: str) -> str:
    """Return what a cell holds: date, mail, number or text; a long cell is a text."""
    if len(cell) > _LONG:
        return "text"
    if _DATE.fullmatch(cell):
        return "date"
    if _MAIL.fullmatch(cell):
        return "mail"
    return "number" if _NUMBER.fullmatch(cell) else "text"


def find_header(rows: Sequence[Row]) -> Header | None:
    """Return the headers among the first rows of a file, None if nothing stands in them.

    The first row is taken if it can be one. Else the first is taken that is about as full as those below, names
    every column differently and holds no date, e-mail address or number.

    Parameters
    ----------
    rows
        The first rows, `plain` texts; empty cells are None.

    Raises
    ------
    NoHeaderError
        If the file begins with data.
    """
    row = _header_row(rows)
    if row is None:
        return None
    lower = row + 1 if _has_two_levels(rows, row) else row
    upper = rows[lower - 1] if lower else ()
    names = _names(rows[lower], upper, is_filled_up=lower > row)
    above = [" ".join(filter(None, each)) for each in rows[:lower] if any(each)]
    return Header(names, lower, above)


def _header_row(rows: Sequence[Row]) -> int | None:
    filled = [row for row, cells in enumerate(rows) if any(cells)]
    few = repeating = None
    for row in [row for row in filled if row <= filled[0] + SEARCHED]:
        if _is_label(rows[row], with_value=True):
            continue
        if _n_filled(rows[row]) < _FULL * _typical(rows, row):
            few = row if _names_few(rows, row) else few
        elif _holds_data(rows, row):
            return _given(repeating, few)
        elif _is_distinct(rows[row]) and not _is_label(rows[row]):
            return _best(rows, row, [other for other in (repeating, few) if other is not None])
        elif repeating is None:
            repeating = row
    return next((row for row in (repeating, few, *filled) if row is not None), None)


def _given(*candidates: int | None) -> int:
    """Return the first row that may hold headers, above the data.

    Raises
    ------
    NoHeaderError
        If there is none.
    """
    row = next((row for row in candidates if row is not None), None)
    if row is None:
        raise NoHeaderError
    return row


def _best(rows: Sequence[Row], row: int, before: list[int]) -> int:
    """Return the row, or one before that may hold headers if this one tells nothing of the columns below."""
    return before[0] if before and not _named_kinds(rows, row) else _better(rows, row)


def _names_few(rows: Sequence[Row], row: int) -> bool:
    """Return whether a row heads the first columns only: rows below are longer, and uneven, where commas are bare."""
    cells = [cell for cell in rows[row] if cell is not None]
    is_whole = list(rows[row][: len(cells)]) == cells
    is_ragged = len({len(below) for below in rows[row + 1 : row + 1 + _BELOW] if any(below)}) > 1
    can_head = not _holds_data(rows, row) and _is_distinct(cells) and not _is_label(cells)
    return len(cells) > 1 and is_whole and is_ragged and can_head


def _n_filled(row: Row) -> int:
    return sum(cell is not None for cell in row)


def _typical(rows: Sequence[Row], row: int) -> float:
    """Return how many cells the rows below fill."""
    counts = [_n_filled(below) for below in rows[row + 1 : row + 1 + SEARCHED]]
    return median([n for n in counts if n > 1] or [1])


def _holds_data(rows: Sequence[Row], row: int) -> bool:
    """Return whether a row holds dates, addresses or numbers as the rows below do: days may head columns of numbers."""
    for column, cell in enumerate(rows[row]):
        kind = kind_of(cell) if cell is not None and not _YEAR.fullmatch(cell) else "text"
        if kind != "text" and _usual_kind(rows, row, column) in (kind, None):
            return True
    return False


def _is_label(row: Row, *, with_value: bool = False) -> bool:
    """Return whether a row holds a label, as they stand above tables; with a value: a day or a number beside it."""
    cells = [cell[:_LONG] for cell in row if cell is not None]
    is_label = len(cells) <= 2 and bool(_LABEL.match(cells[0]))  # noqa: PLR2004
    return is_label and (not with_value or any(kind_of(cell) != "text" for cell in cells[1:]))


def _is_distinct(row: Row) -> bool:
    names = [cell.casefold() for cell in row if cell is not None]
    return len(set(names)) == len(names)


def _better(rows: Sequence[Row], row: int) -> int:
    """Return a fuller row below that stands over dates or numbers, else the row itself."""
    for other in range(row + 1, min(len(rows), row + SEARCHED)):
        cells = rows[other]
        if _holds_data(rows, other):
            return row
        fuller = _n_filled(rows[row]) <= _NEARLY_FULL * _n_filled(cells)
        if fuller and _is_distinct(_grouped(cells, rows[other - 1])) and _named_kinds(rows, other):
            return other
    return row


def _named_kinds(rows: Sequence[Row], row: int) -> set[int]:
    """Return the columns in which a text stands over dates, addresses or numbers."""
    named = {column for column, cell in enumerate(rows[row]) if cell is not None and not _NOTHING.fullmatch(cell)}
    return {column for column in named if _is_of_data(rows, row, column)}


def _is_of_data(rows: Sequence[Row], row: int, column: int) -> bool:
    kinds = _kinds_below(rows, row, column)
    return bool(kinds) and sum(kind != "text" for kind in kinds) >= _MOSTLY * len(kinds)


def _usual_kind(rows: Sequence[Row], row: int, column: int) -> str | None:
    kinds = _kinds_below(rows, row, column)
    return max(sorted(set(kinds)), key=kinds.count) if kinds else None


def _kinds_below(rows: Sequence[Row], row: int, column: int) -> list[str]:
    cells = (below[column] for below in rows[row + 1 : row + 1 + _BELOW] if column < len(below))
    return [kind_of(cell) for cell in cells if cell is not None]


def _has_two_levels(rows: Sequence[Row], row: int) -> bool:
    """Return whether the row below goes on with the headers: it names what this one leaves open, and nothing else."""
    if row + 2 >= len(rows) or not any(rows[row + 1]) or _holds_data(rows, row + 1):
        return False
    width = max(len(rows[row]), len(rows[row + 1]))
    upper, lower = _padded(rows[row], width), _padded(rows[row + 1], width)
    opened = {column for column in range(width) if upper[column] is None and lower[column] is not None}
    kept = {column for column in range(width) if upper[column] is not None and lower[column] in (None, upper[column])}
    is_whole = all(above or below for above, below in zip(upper, lower, strict=True))
    return bool(opened and kept and is_whole and _named_kinds(rows, row + 1) & _under_groups(upper, opened))


def _under_groups(upper: Row, opened: set[int]) -> set[int]:
    """Return the columns of groups: the open ones, and those on whose right they begin."""
    groups = {before for before, after in pairwise(range(len(upper))) if after in opened}
    return opened | groups


def _names(row: Row, upper: Row, *, is_filled_up: bool) -> list[str | None]:
    """Return the headers; what is open or repeats takes the header of its group."""
    width = max(len(row), len(upper)) if is_filled_up else len(row)
    lower, above = _padded(row, width), _padded(upper, width)
    if is_filled_up:
        lower = [below if below is not None else own for below, own in zip(lower, above, strict=True)]
    return _grouped(lower, above)


def _grouped(lower: Row, above: Row) -> list[str | None]:
    """Return headers of which those that repeat begin with the header of their group."""
    if _is_distinct(lower):
        return list(lower)
    group, groups = None, []
    for cell in _padded(above, len(lower)):
        group = cell or group
        groups.append(group)
    known = [(cell or "").casefold() for cell in lower]
    return [
        f"{group} {cell}" if cell and group and group != cell and known.count(cell.casefold()) > 1 else cell
        for cell, group in zip(lower, groups, strict=False)
    ]


def _padded(row: Row, width: int) -> list[str | None]:
    return [*row, *[None] * (width - len(row))]
