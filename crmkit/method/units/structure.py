"""Every unit as it is called in the structure of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from crmkit.errors import MethodError, listed
from crmkit.method.lookup import looked_up
from crmkit.method.units.paths import SEPARATOR, nearest

#: A row without a date holds always, before and after every dated one.
_ALWAYS = pd.Timestamp("1700-01-01")


class _Row(NamedTuple):
    new: str
    begins: pd.Timestamp


def today(units: pd.Series, org_map: pd.DataFrame, *, as_of: dt.date | str) -> pd.Series:
    """Return every unit as it is called in the structure of a day.

    Parameters
    ----------
    units
        Paths, levels parted by ``/``; empty: no unit. Not changed.
    org_map
        Contract `org_map`: old and new path, and the day from which the row holds (NaT: always).
        A row also moves the units below its old path; the longest old path wins, of the same old
        path the latest row. Rows are followed one after another in the order of their dates. A row
        with old = new keeps a unit where it is; an empty new path takes the unit out of the structure.
    as_of
        The day; rows that begin later do not hold.

    Returns
    -------
    pandas.Series
        Path of today per entry, same index and name; a unit without a row is unchanged.

    Raises
    ------
    MethodError
        If rows lead in a circle, contradict each other, or lead to a unit that an earlier row has ended.

    Examples
    --------
    >>> moved = pd.DataFrame({"old": ["Sales/North"], "new": ["Sales/East"], "from_date": [pd.NaT]})
    >>> today(pd.Series(["Sales/North/Team 1", "Service"]), moved, as_of="2026-06-28").tolist()
    ['Sales/East/Team 1', 'Service']
    """
    rows = _rows_on(org_map, pd.Timestamp(as_of))
    for old in rows:
        _followed(old, rows)
    names = pd.Index(units.dropna().unique(), dtype=object)
    renamed = pd.Series([_followed(name, rows) for name in names], index=names, dtype="str")
    found = looked_up(units, renamed)
    found.name = units.name
    return found


def _rows_on(org_map: pd.DataFrame, day: pd.Timestamp) -> dict[str, _Row]:
    """Return the row of each old path that holds on a day."""
    held: dict[str, _Row] = {}
    begins = org_map["from_date"].astype("datetime64[us]").fillna(_ALWAYS)
    for begun, old, new in sorted(zip(begins, org_map["old"], org_map["new"], strict=True)):
        if not old or begun > day:
            continue
        if old in held and held[old].begins == begun and held[old].new != new:
            raise MethodError(
                f"org_map: {listed([old])} leads to {listed([held[old].new, new])} at once. Keep one row."
            )
        held[old] = _Row(new, begun)
    return held


def _followed(unit: str, rows: Mapping[str, _Row]) -> str:
    """Return where the rows lead from a unit, one after another."""
    steps: list[str] = []
    last = _ALWAYS
    while old := nearest(unit, rows):
        row = rows[old]
        if row.new == old:
            break
        if old in steps:
            raise MethodError(
                f"org_map: {listed(dict.fromkeys([*steps, row.new]))} lead in a circle. Keep the rows that hold today."
            )
        if _ALWAYS < row.begins < last:
            raise MethodError(
                f"org_map: a row of {last:%Y-%m-%d} leads to {listed([old])}, which ends on {row.begins:%Y-%m-%d}. "
                f"Write {listed([row.new])} as the new unit, or correct the dates."
            )
        steps, last = [*steps, old], max(last, row.begins)
        unit = (row.new + unit.removeprefix(old)).strip(SEPARATOR) if row.new else ""
    return unit
