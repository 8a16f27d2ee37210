"""Units → the units that the report shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from crmkit.method.lookup import looked_up
from crmkit.method.units.paths import nearest


def reporting(units: pd.Series, reporting_units: Mapping[str, Iterable[str]] | Iterable[str]) -> pd.Series:
    """Return the reporting unit of every unit.

    Parameters
    ----------
    units
        Paths, levels parted by ``/``; empty: no unit. Not changed.
    reporting_units
        Name → the paths that it stands for (`Settings.reporting_paths`), or paths alone, which are
        their own names. Empty: nothing is configured.

    Returns
    -------
    pandas.Series
        Name per entry, same index and name: of the longest configured path that equals the unit or
        stands above it. Empty for a unit under none of them: it is not shown by unit. The unit
        itself where nothing is configured.

    Examples
    --------
    >>> reporting(pd.Series(["Sales/North/Team 1", "Salesroom"]), ["Sales", "Sales/North"]).tolist()
    ['Sales/North', '']
    """
    name_of = _names(reporting_units)
    if not name_of:
        return units.copy()
    paths = pd.Index(units.dropna().unique(), dtype=object)
    names = pd.Series([name_of.get(nearest(path, name_of), "") for path in paths], index=paths, dtype="str")
    found = looked_up(units, names)
    found.name = units.name
    return found


def _names(reporting_units: Mapping[str, Iterable[str]] | Iterable[str]) -> dict[str, str]:
    """Return path → name of its reporting unit."""
    if isinstance(reporting_units, Mapping):
        return {path: name for name, paths in reporting_units.items() for path in paths}
    return {path: path for path in reporting_units}
