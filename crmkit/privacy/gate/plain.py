"""Reads plain text, CSV and JSON for the gate."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator

from crmkit.privacy.gate.content import Content, Hit, Piece
from crmkit.privacy.gate.formulas import is_call, is_formula_text
from crmkit.privacy.gate.json_values import TwiceError, parsed, strings
from crmkit.privacy.gate.pairs import pairs

#: Longest cell that a CSV reader takes (characters).
_LONGEST_CELL = 10_000_000
#: What may part the cells; a spreadsheet may take another than the file was written with.
_DELIMITERS = ",;\t|"


def read_text(text: str) -> Content:
    """Read a text line by line."""
    return Content(running=[Piece(f"line {n}", line) for n, line in enumerate(text.splitlines(), start=1) if line])


def read_csv(text: str) -> Content:
    """Read the cells of a CSV file, whatever parts them: a spreadsheet takes what its country or the file says."""
    content = read_text(text)
    csv.field_size_limit(_LONGEST_CELL)
    first = next(iter(text.splitlines()), "")
    own = first[4:5] if first[:4].lower() == "sep=" else max(_DELIMITERS, key=first.count)
    rows = list(_rows(content, text, own or ","))
    content.apart.extend(Piece(f"row {number}", pair) for number, cells in rows for pair in pairs(cells))
    content.hits.extend(_formulas(rows, is_formula_text))
    for other in _DELIMITERS.replace(own, ""):
        content.hits.extend(_formulas(_rows(content, text, other), is_call))
    return content


def _rows(content: Content, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Return the rows of a table with their numbers, and report what is none."""
    try:
        rows = csv.reader(io.StringIO(text.replace("\x00", "\ufffd"), newline=""), delimiter=delimiter)
        yield from enumerate(rows, start=1)
    except (csv.Error, TypeError, ValueError):
        content.hits.append(Hit("unreadable", "no table"))


def _formulas(rows: Iterable[tuple[int, list[str]]], is_formula: Callable[[str], bool]) -> Iterator[Hit]:
    for number, row in rows:
        yield from (Hit("formula", f"row {number}, column {n}") for n, cell in enumerate(row, 1) if is_formula(cell))


def read_json(text: str) -> Content:
    """Read every key and every text of a JSON document."""
    try:
        return Content(running=[Piece("", string) for string in strings(parsed(text))])
    except TwiceError as twice:
        return Content(hits=[Hit("unreadable", str(twice))])
    except (ValueError, RecursionError):
        return Content(hits=[Hit("unreadable", "no JSON")])
