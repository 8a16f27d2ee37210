"""`audit`: look for shown numbers that describe, or let anyone compute, fewer than k people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from crmkit.method.table import Table
from crmkit.privacy.protected import ProtectedTable
from crmkit.privacy.suppress import group_keys, hidden_cells
from crmkit.settings import SMALLEST_K


@dataclass(frozen=True)
class Finding:
    """A shown number that must not be shown.

    Attributes
    ----------
    table
        Name of the table.
    row
        Position of the row in its frame.
    column
        The count column.
    reason
        ``small_cell``: the number itself is 1..k−1. ``follows``: a masked or small number follows from it.
    """

    table: str
    row: int
    column: str
    reason: str


def audit(
    tables: Table | Mapping[str, Table] | Iterable[Table],
    *,
    k: int = SMALLEST_K,
    releases: Iterable[ProtectedTable] = (),
) -> list[Finding]:
    """Return what a table, or several, show that they must not; an empty list is safe.

    Parameters
    ----------
    tables
        One table or several; unprotected ones are looked at as they stand.
    k
        Smallest number of people that a shown number may describe.
    releases
        Tables that readers already hold, looked at in the same way.

    Returns
    -------
    list of Finding

    Notes
    -----
    Each table is looked at by itself: small cells, and complements inside the table.
    """
    given = [tables] if isinstance(tables, Table) else list(tables.values() if isinstance(tables, Mapping) else tables)
    return [finding for table in [*given, *releases] for finding in _findings(table, max(k, table.k_min))]


def _findings(table: Table, k: int) -> list[Finding]:
    """Compare what is masked with what must be; a shown value is taken as it stands."""
    columns = [*table.counts, *table.totals]
    shown = table.frame[columns].notna()
    values = table.frame[columns].astype("Float64").fillna(0)
    small = shown & (values > 0) & (values < k)
    found = [Finding(table.name, row, column, "small_cell") for row, column in _cells(small)]
    if not isinstance(table, ProtectedTable):
        follows = hidden_cells(table, k) & ~small
        return [*found, *(Finding(table.name, row, column, "follows") for row, column in _cells(follows))]
    return [*found, *_lonely_cells(table, k)]


def _lonely_cells(table: ProtectedTable, k: int) -> list[Finding]:
    """Return groups of a partition in which a single masked cell follows from the total."""
    if not (table.partition and table.totals):
        return []
    column, total = table.counts[0], table.totals[0]
    others = group_keys(table)
    rows = table.frame[~table.frame[table.partition].isin(table.apart)].reset_index()
    groups = rows.groupby(others) if others else [((), rows)]
    found = []
    for _, group in groups:
        masked = group[column].isna()
        known = group[total].notna().all()
        hidden_people = group[total].iloc[0] - group[column].sum() if known else k
        if known and masked.any() and (masked.sum() == 1 or hidden_people < k):
            found.append(Finding(table.name, int(group.loc[masked, "index"].iloc[0]), column, "follows"))
    return found


def _cells(flags: pd.DataFrame) -> list[tuple[int, str]]:
    return [(int(row), str(column)) for column in flags for row in flags[column].to_numpy().nonzero()[0]]
