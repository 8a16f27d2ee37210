"""Rows as they were found → the rows of the table, and a count of those that are none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

import polars as pl

from crmkit.errors import InputError
from crmkit.ingest.files.cells import plain, plain_cells
from crmkit.ingest.files.footers import between_pages, footer_begins
from crmkit.ingest.files.headers import Header, NoHeaderError, find_header

#: Rows that are looked at to find the headers.
HEAD_ROWS = 80
#: Cells of a row; an export has tens of columns, an event log a hundred.
MOST_COLUMNS = 2_000
#: Rows that become a frame at once, so that few of them are held as objects.
_BATCH = 5_000
#: Cells of a table that is held in memory, each of which takes 16 bytes even if it is empty.
MOST_CELLS = 50_000_000
#: The column that catches what stands to the right of the headers.
BEYOND = "beyond"


@dataclass(frozen=True, eq=False)
class Found:
    """A table as it was found: columns ``0``, ``1`` … and `BEYOND`, all text.

    Attributes
    ----------
    rows
        Everything below the headers.
    header
        The headers.
    dropped
        Reason → number of rows that are left out already.
    """

    rows: pl.DataFrame
    header: Header
    dropped: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Table:
    """The table of a file.

    Attributes
    ----------
    rows
        All cells as text under their headers; empty cells are null.
    dropped
        Reason → number of rows that are no data, or were cut.
    above, below
        Texts above the headers and of the footers, a row each.
    """

    rows: pl.DataFrame
    dropped: dict[str, int] = field(default_factory=dict)
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)


def header_of(rows: Sequence[Sequence[str | None]], name: str) -> Header:
    """Return the headers among the first rows of a file.

    Raises
    ------
    InputError
        If there are no rows, no headers, or too many columns.
    """
    try:
        header = find_header([[plain(cell) for cell in row] for row in rows])
    except NoHeaderError:
        raise InputError.no_header(name) from None
    if header is None:
        raise InputError.empty(name)
    if len(header.names) > MOST_COLUMNS:
        raise InputError.unreadable(name, f"more than {MOST_COLUMNS:,} columns")
    return header


def from_grid(rows: Iterable[Sequence[str | None]], name: str, *, headings: frozenset[int] = frozenset()) -> Found:
    """Return the table that stands in rows of cells.

    Parameters
    ----------
    rows
        All rows of the file, from the first.
    name
        Name for messages.
    headings
        Rows, from 0, that head a group of rows and are dropped below the headers.

    Raises
    ------
    InputError
        If there are no rows or no headers.
    """
    remaining = iter(rows)
    head = list(islice(remaining, HEAD_ROWS))
    header = header_of(head, name)
    body = enumerate(chain(head[header.row + 1 :], remaining), header.row + 1)
    width = len(header.names)
    frame = framed((row for number, row in body if number not in headings), width, name)
    return Found(frame, header, {"group_heading": sum(number > header.row for number in headings)})


def framed(rows: Iterable[Sequence[str | None]], width: int, name: str) -> pl.DataFrame:
    """Return rows of cells as the frame of a `Found` table.

    Raises
    ------
    InputError
        If they are too many.
    """
    schema = dict.fromkeys(frame_columns(width), pl.String)
    frames = [pl.DataFrame(schema=schema)]
    n_rows = 0
    for batch in _batches(iter(rows), width):
        frames.append(batch)
        n_rows += batch.height
        check_cells(n_rows, width, name)
    return pl.concat(frames)


def check_cells(n_rows: int, width: int, name: str) -> None:
    """Refuse a table that takes more memory than its size tells: rows of nothing but line ends, below many headers.

    Raises
    ------
    InputError
        Naming rows and columns.
    """
    if n_rows * width > MOST_CELLS:
        raise InputError.too_large(name, f"{n_rows:,} rows of {width:,} columns")


def frame_columns(width: int) -> list[str]:
    """Return the names of the columns of a `Found` table."""
    return [*map(str, range(width)), BEYOND]


def _batches(rows: Iterator[Sequence[str | None]], width: int) -> Iterator[pl.DataFrame]:
    schema = dict.fromkeys(frame_columns(width), pl.String)
    while batch := [_fitted(row, width) for row in islice(rows, _BATCH)]:
        yield pl.DataFrame(batch, schema=schema, orient="row")


def _fitted(row: Sequence[str | None], width: int) -> list[str | None]:
    cells = [*row[:width], *[None] * (width - len(row))]
    return [*cells, next((cell for cell in row[width:] if cell and cell.strip()), None)]


def cleaned(found: Found) -> Table:
    """Return the table without repeated headers, blank rows, titles between pages and footers; all are counted."""
    rows = plain_cells(found.rows)
    rows, beyond = rows.drop(BEYOND), rows[BEYOND]
    rows, names = _named(rows, found.header)
    begins = footer_begins(rows)
    below = rows.slice(begins)
    filled = rows.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    reasons = {"repeated_header": _repeats(rows, names), **between_pages(rows, found.header.above)}
    is_data = filled & (pl.int_range(rows.height, eager=True) < begins)
    dropped = {"above_header": len(found.header.above), "blank_row": int((~filled).sum())} | found.dropped
    for reason, matches in reasons.items():
        dropped[reason] = dropped.get(reason, 0) + int((matches & is_data).sum())
        is_data &= ~matches
    texts = [" ".join(filter(None, row)) for row in below.rows() if any(row)]
    dropped["footer"] = dropped.get("footer", 0) + len(texts)
    dropped["long_row"] = int((beyond.is_not_null() & is_data).sum())
    counted = {reason: n for reason, n in dropped.items() if n}
    return Table(rows.filter(is_data), counted, found.header.above, texts)


def _named(rows: pl.DataFrame, header: Header) -> tuple[pl.DataFrame, list[str | None]]:
    """Return the rows under their headers; columns without header and without content are left out."""
    kept = [
        column
        for column, name in zip(rows.columns, header.names, strict=True)
        if name is not None or rows[column].null_count() < rows.height
    ]
    names = [header.names[int(column)] for column in kept]
    given = unique([name or f"column_{int(column) + 1}" for name, column in zip(names, kept, strict=True)])
    return rows.select(kept).rename(dict(zip(kept, given, strict=True))), names


def _repeats(rows: pl.DataFrame, names: list[str | None]) -> pl.Series:
    """Return which rows are the headers again: files of several hours or pages were joined."""
    same = [pl.col(column).eq_missing(pl.lit(name)) for column, name in list(zip(rows.columns, names, strict=True))[:3]]
    return rows.select(pl.all_horizontal(same).alias("same")).to_series()


def unique(names: Sequence[str]) -> list[str]:
    """Return names of which none stands twice: the second ``Name`` is ``Name_2``."""
    taken: set[str] = set()
    out = []
    for name in names:
        number, free = 1, name
        while free in taken:
            number += 1
            free = f"{name}_{number}"
        taken.add(free)
        out.append(free)
    return out
