"""Reads plain text, CSV and JSON for the gate."""

from __future__ import annotations

import csv
import io

from crmkit.privacy.gate.content import Content, Hit, Piece
from crmkit.privacy.gate.formulas import is_formula_text
from crmkit.privacy.gate.json_values import TwiceError, parsed, strings

#: Longest cell that a CSV reader takes (characters).
_LONGEST_CELL = 10_000_000


def read_text(text: str) -> Content:
    """Read a text line by line."""
    return Content(running=[Piece(f"line {n}", line) for n, line in enumerate(text.splitlines(), start=1) if line])


def read_csv(text: str) -> Content:
    """Read the cells of a CSV file, whatever parts them."""
    content = read_text(text)
    first = next(iter(text.splitlines()), "")
    delimiter = max(",;\t|", key=first.count)
    csv.field_size_limit(_LONGEST_CELL)
    rows = csv.reader(io.StringIO(text.replace("\x00", "\ufffd"), newline=""), delimiter=delimiter)
    try:
        for number, row in enumerate(rows, start=1):
            cells = [(f"row {number}, column {place}", cell) for place, cell in enumerate(row, start=1)]
            content.hits.extend(Hit("formula", where) for where, cell in cells if is_formula_text(cell))
    except csv.Error:
        content.hits.append(Hit("unreadable", "no table"))
    return content


def read_json(text: str) -> Content:
    """Read every key and every text of a JSON document."""
    try:
        return Content(running=[Piece("", string) for string in strings(parsed(text))])
    except TwiceError as twice:
        return Content(hits=[Hit("unreadable", str(twice))])
    except (ValueError, RecursionError):
        return Content(hits=[Hit("unreadable", "no JSON")])
