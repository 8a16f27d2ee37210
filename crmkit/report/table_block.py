"""What all tables are made of: cells and columns, and the block that they become."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmkit.report.chart import Block
from crmkit.report.markup import fill

if TYPE_CHECKING:
    from crmkit.privacy.protected import ProtectedTable

#: What stands where there is nothing to say.
NOTHING = "–"


@dataclass(frozen=True)
class Column:
    """A heading, and whether numbers stand under it."""

    heading: str
    numeric: bool


@dataclass(frozen=True)
class Cell:
    """A text with its look: CSS classes of the cell and of the label of a status, a smaller second line."""

    text: str
    css: str = ""
    status: str = ""
    note: str = ""

    @property
    def plain(self) -> str:
        """The cell as plain text; what a status rests on is left out."""
        return f"{self.text} ({self.note})" if self.note and not self.status else self.text


def block_of(
    title: str, columns: list[Column], body: list[list[Cell]], notes: list[str], tables: tuple[ProtectedTable, ...],
    *, finding: str = "", stacked: bool = False,
) -> Block:  # fmt: skip
    """Return a table of cells as a block; with a finding the title is the smaller line under it.

    With `stacked` the cells of a row stand below each other where the page is narrow.
    """
    markup = fill("table", finding=finding, title=title, columns=columns, rows=body, notes=notes, stacked=stacked)
    rows = ("\t".join(cell.plain for cell in cells) for cells in body)
    lines = [*([finding] if finding else []), title, "\t".join(column.heading for column in columns), *rows]
    return Block(markup, "\n".join(lines), kind="table", tables=tables, finding=finding)
