"""How far the sheets of an OpenDocument file reach: one cell may stand for a million, in a file of a kilobyte."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

_TABLE, _ROW, _CELLS = "table", "table-row", ("table-cell", "covered-table-cell")
#: A number of more digits is a mistake or worse.
_DIGITS, _LIMIT = 9, 10**9


@dataclass
class Extent:
    """Cells of all sheets, the empty ones between their corners included, and the letters in them.

    Attributes
    ----------
    n_cells
        Cells.
    n_characters
        Letters, those of a repeated cell once for each.
    """

    n_cells: int = 0
    n_characters: int = 0


@dataclass
class _Reader:
    """Follows the tables of a document; empty cells and rows count only where something stands behind them."""

    total: Extent = field(default_factory=Extent)
    n_rows: int = 0
    n_columns: int = 0
    row: int = 0
    rows_repeated: int = 1
    column: int = 0
    cells_repeated: int = 1
    in_cell: bool = False

    def start(self, tag: str, given: dict[str, str]) -> None:
        name = _local(tag)
        repeated = {_local(key): _number(value) for key, value in given.items() if key.endswith("-repeated")}
        if name == _TABLE:
            self.n_rows = self.n_columns = self.row = 0
        elif name == _ROW:
            self.rows_repeated, self.column = repeated.get("number-rows-repeated", 1), 0
        elif name in _CELLS:
            self.in_cell = True
            self.cells_repeated = repeated.get("number-columns-repeated", 1)
            if any("value" in key or _local(key) == "formula" for key in given):
                self.fill()
        elif self.in_cell:
            self.fill()

    def end(self, tag: str) -> None:
        name = _local(tag)
        if name in _CELLS:
            self.column, self.in_cell = self.column + self.cells_repeated, False
        elif name == _ROW:
            self.row += self.rows_repeated
        elif name == _TABLE:
            self.total.n_cells += self.n_rows * self.n_columns

    def text(self, data: str) -> None:
        if self.in_cell:
            self.fill()
            self.total.n_characters += len(data) * self.cells_repeated * self.rows_repeated

    def fill(self) -> None:
        self.n_rows = max(self.n_rows, self.row + self.rows_repeated)
        self.n_columns = max(self.n_columns, self.column + self.cells_repeated)


def extent_of(pieces: Iterable[bytes]) -> Extent:
    """Return how far the sheets in a ``content.xml`` reach.

    Parameters
    ----------
    pieces
        The part, piece by piece.

    Raises
    ------
    ValueError
        If it is no XML, or declares entities.
    """
    reader, parser = _Reader(), expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = reader.text, _refuse
    try:
        for piece in pieces:
            parser.Parse(piece)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise ValueError("its tables are damaged") from None
    return reader.total


def _refuse(*_: Any) -> None:
    raise ValueError("it declares a document type")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _number(text: str) -> int:
    digits = text.strip()
    if not digits.isdecimal():
        return 1
    return max(1, int(digits)) if len(digits) <= _DIGITS else _LIMIT
