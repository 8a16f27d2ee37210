"""Tables of web pages: what many systems save as ``.xls``.

A page is not parsed, only its rows and cells are looked for; that takes time in proportion to its length, whatever
it holds.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from crmkit.errors import InputError

#: Bytes of a page.
MOST_BYTES = 50_000_000
#: Cells of a row that are looked at.
_MOST_CELLS = 4_000
_ROW = re.compile(r"(?i)<tr\b")
_CELL = re.compile(r"(?i)<t[dh]\b([^<>]{0,2000})>")
_BREAK = re.compile(r"(?i)<(br|/p|/div)\b[^<>]{0,200}>")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_SPAN = re.compile(r"""(?i)\bcolspan\s*=\s*["']?(\d{1,3})\b""")
_END = re.compile(r"(?i)</(td|th|tr|table)\b")


def rows_of_page(raw: bytes, name: str) -> Iterator[list[str | None]]:
    """Return the cells of all rows of a page; a cell over several columns stands in the first.

    Raises
    ------
    InputError
        If the page is too long, or holds no table (a page that asks to log in, say).
    """
    if len(raw) > MOST_BYTES:
        raise InputError.unreadable(
            name, "it is a web page, and a very long one; open it in Excel and save it as .xlsx"
        )
    page = raw.decode("utf-8", "replace")
    starts = [match.start() for match in _ROW.finditer(page)]
    if not starts:
        problem = "it is a web page without a table, perhaps one that asks to log in; export it again, as .csv or .xlsx"
        raise InputError.unreadable(name, problem)
    return (_cells(page[start:end]) for start, end in zip(starts, [*starts[1:], len(page)], strict=True))


def _cells(row: str) -> list[str | None]:
    cells: list[str | None] = []
    marks = list(_CELL.finditer(row))
    ends = [*(mark.start() for mark in marks), len(row)][1:]
    for mark, end in zip(marks, ends, strict=True):
        cells.append(_text(row[mark.end() : end]))
        span = _SPAN.search(mark[1])
        cells += [None] * (int(span[1]) - 1 if span else 0)
        if len(cells) > _MOST_CELLS:
            break
    return cells


def _text(cell: str) -> str | None:
    end = _END.search(cell)
    inside = _BREAK.sub(" ", cell[: end.start()] if end else cell)
    return " ".join(html.unescape(_TAG.sub("", inside)).split()) or None
