"""One cell as it was meant: without what cannot be seen, and without what Excel puts around it."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import polars as pl

#: Control characters (but for tab and line ends) and characters without width: they make equal texts differ.
_INVISIBLE = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
#: Blanks that are no blank to a comparison.
_HARD_BLANK = "[\u00a0\u2007\u202f]"
#: ``="00123"`` keeps Excel from making a number of an id.
_PROTECTED = r'^="([^"]*)"$'
#: ``'=`` keeps Excel from making a formula of a text.
_ESCAPED = r"^'([=+\-@])"
_ERROR = r"(?i)^#(N/A|NV|REF!|BEZUG!|WERT!|VALUE!|NAME\?|DIV/0!|NUM!|ZAHL!|NULL!|SPILL!|ÜBERLAUF!|CALC!|FIELD!|FELD!)$"
_ODD = f"{_INVISIBLE}|{_HARD_BLANK}|=\"|'[=+\\-@]|#"
#: Excel keeps 15 digits; what follows is noise.
_DIGITS = 15
#: Whole numbers above this are no ids.
_MOST_WHOLE = 1e22

_INVISIBLE_HERE, _HARD_BLANK_HERE = re.compile(_INVISIBLE), re.compile(_HARD_BLANK)
_PROTECTED_HERE, _ESCAPED_HERE, _ERROR_HERE = re.compile(_PROTECTED), re.compile(_ESCAPED), re.compile(_ERROR)


def plain(text: str | None) -> str | None:
    """Return the text of one cell as it was meant, None if nothing is left."""
    if not text:
        return None
    text = _HARD_BLANK_HERE.sub(" ", _INVISIBLE_HERE.sub("", text)).strip()
    text = _ESCAPED_HERE.sub(r"\1", _PROTECTED_HERE.sub(r"\1", text)).strip()
    return None if not text or _ERROR_HERE.match(text) else text


def plain_cells(rows: pl.DataFrame) -> pl.DataFrame:
    """Return a frame of texts with every cell as it was meant; empty cells are null."""
    return rows.with_columns(_plain_column(column) for column in rows.get_columns())


def _plain_column(cells: pl.Series) -> pl.Series:
    """Return the cells of a column as they were meant: the same series if they are, which takes no memory."""
    found = cells
    if cells.str.contains(_ODD).any():
        cells = cells.str.replace_all(_INVISIBLE, "").str.replace_all(_HARD_BLANK, " ").str.strip_chars()
        cells = cells.str.replace(_PROTECTED, "${1}").str.replace(_ESCAPED, "${1}").str.replace(_ERROR, "")
    cells = cells.str.strip_chars()
    empty = cells == ""
    if empty.any():
        return cells.set(empty, None)
    return found if (found == cells).all() else cells


def as_text(cell: Any) -> str | None:
    """Return an Excel cell as text: whole numbers without a decimal point, dates as ISO, empty as None."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, dt.timedelta):
        return _duration(cell)
    if isinstance(cell, dt.datetime):
        cell = _to_the_second(cell)
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell).strip() or None if cell is not None else None


def _number(cell: float) -> str:
    if cell.is_integer() and abs(cell) < _MOST_WHOLE:
        return str(int(cell))
    exact = Decimal(f"{cell:.{_DIGITS}g}")
    return format(exact, "f") if exact.is_finite() and abs(cell) < _MOST_WHOLE else str(cell)


def _to_the_second(moment: dt.datetime) -> dt.datetime:
    """Return a moment without what the binary fraction of a day adds to it."""
    if not moment.microsecond or moment.year >= dt.MAXYEAR:
        return moment.replace(microsecond=0)
    return (moment + dt.timedelta(microseconds=500_000)).replace(microsecond=0)


def _duration(length: dt.timedelta) -> str:
    """Return hours, minutes and seconds; more than a day is more than 24 hours, as Excel shows it."""
    seconds = round(length.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
