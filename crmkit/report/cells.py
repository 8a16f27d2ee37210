"""Reading a protected table: what a cell says, and that it is masked where it says nothing."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Any

from crmkit.errors import PrivacyError
from crmkit.letters import legible
from crmkit.privacy.protected import ProtectedTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from crmkit.report.language import Language

#: Longest label of a unit (letters); in a table it stands in full.
_LONGEST_LABEL = 80
#: What stands where a number is masked; never blank, zero or "<5".
MASKED = "·"


def count(n: int | None, t: Language) -> str:
    """Return a number of people or licences in the language, "·" where it is masked."""
    return MASKED if n is None else t.number(n)


def require_protected(table: object, *, name: str) -> ProtectedTable:
    """Return `table` if it is protected.

    Raises
    ------
    PrivacyError
        If it is anything else: a bare frame, or a table that has not been checked.
    """
    if not isinstance(table, ProtectedTable):
        raise PrivacyError(
            f"{name}: expected a ProtectedTable, found a {type(table).__name__}. Pass it through `privacy.protect`."
        )
    return table


def plain(value: Any) -> Any:
    """Return a cell as Python knows it: a date for a timestamp, None for a masked or missing value."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    return value.item() if hasattr(value, "item") else value  # pyright: ignore[reportAttributeAccessIssue]


def records_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as plain values."""
    columns = [str(column) for column in frame.columns]
    rows = frame.itertuples(index=False, name=None)
    return [{column: plain(value) for column, value in zip(columns, row, strict=True)} for row in rows]


def rows_of(table: ProtectedTable) -> list[dict[str, Any]]:
    """Return the rows of a table as plain values; masked ones are None."""
    return records_of(table.frame)


def total_of(rows: Iterable[dict[str, Any]], column: str = "n") -> int | None:
    """Return the sum of a column, None if any of it is masked."""
    values = [row[column] for row in rows]
    return None if any(value is None for value in values) else sum(values)


def used_of(cells: Iterable[dict[str, Any]]) -> int | None:
    """Return how many accounts of a group are used regularly or occasionally, None if that cannot be said.

    Where both counts are masked, what the other segments leave of the total is still their sum.
    """
    cells = list(cells)
    n = {cell["segment"]: cell["n"] for cell in cells}
    both = [n.get(code) for code in ("regular", "occasional")]
    if both != [None, None]:
        return None if None in both else sum(count for count in both if count is not None)
    rest = [n[code] for code in ("rare", "no_write_trace") if code in n]
    total = cells[0]["n_total"] if cells else None
    return None if total is None or not rest or None in rest else total - sum(rest)


def short_units(paths: Iterable[str]) -> dict[str, str]:
    """Return path → label of organisational units: the last part where that is unique, else all parts."""
    unique = list(dict.fromkeys(paths))
    last = [path.rsplit("/", 1)[-1] for path in unique]
    return {
        path: legible(end if last.count(end) == 1 else path.replace("/", " › "), longest=_LONGEST_LABEL)
        for path, end in zip(unique, last, strict=True)
    }
