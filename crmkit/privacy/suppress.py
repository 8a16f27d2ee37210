"""`protect`: mask every cell that describes, or lets anyone compute, fewer than k people.

This is primary suppression, plus complementary suppression inside a table. Suppression across the tables
of a report and against earlier reports is not done here yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import overload

import numpy as np
import pandas as pd

from crmkit.errors import PrivacyError
from crmkit.method.table import Table
from crmkit.privacy.protected import ProtectedTable
from crmkit.settings import SMALLEST_K


@overload
def protect(tables: Table, *, k: int = ..., releases: Iterable[ProtectedTable] = ...) -> ProtectedTable: ...
@overload
def protect(
    tables: Mapping[str, Table], *, k: int = ..., releases: Iterable[ProtectedTable] = ...
) -> dict[str, ProtectedTable]: ...
def protect(
    tables: Table | Mapping[str, Table], *, k: int = SMALLEST_K, releases: Iterable[ProtectedTable] = ()
) -> ProtectedTable | dict[str, ProtectedTable]:
    """Return tables whose small cells are masked, the only ones that a report takes.

    Parameters
    ----------
    tables
        One table, or several under their names.
    k
        Smallest number of people that a shown number may describe; at least 5.
    releases
        Tables that readers already hold.

    Returns
    -------
    ProtectedTable or dict of ProtectedTable
        As given, the frames with a further column `suppressed` (bool). Masked counts are NA, derived
        values are masked with the counts that they follow from. The input is not changed.

    Raises
    ------
    PrivacyError
        If `k` is below 5, or something else than a table is given.

    Notes
    -----
    A count of 1..k−1 is masked, and so is one whose complement (total − count) is 1..k−1. Where rows split
    a group completely (`Table.partition`), the smallest further cells are masked until at least two cells
    and at least k people are hidden, inside a group and, if sums over groups are shown (`Table.summed`),
    across groups.
    """
    if not isinstance(k, int) or k < SMALLEST_K:
        raise PrivacyError(f"k={k}: the floor is {SMALLEST_K}.")
    if isinstance(tables, Table):
        return _protected(tables, k)
    wrong = [name for name, table in tables.items() if not isinstance(table, Table)]
    if wrong:
        raise PrivacyError(f"protect: `{wrong[0]}` is a {type(tables[wrong[0]]).__name__}, expected a Table.")
    return {name: _protected(table, k) for name, table in tables.items()}


def _protected(table: Table, k: int) -> ProtectedTable:
    if isinstance(table, ProtectedTable) and table.k >= max(k, table.k_min):
        return table
    k = max(k, table.k_min)
    hidden = hidden_cells(table, k)
    frame = table.frame.reset_index(drop=True)
    for column in (*table.counts, *table.totals):
        frame[column] = frame[column].astype("Int64").mask(hidden[column])
    for column, origin in table.derived.items():
        masked = hidden[[c for c in origin if c in hidden]].any(axis=1)
        frame[column] = frame[column].mask(masked)
    frame["suppressed"] = hidden.any(axis=1).to_numpy()
    return ProtectedTable._of(table, frame, k)


def hidden_cells(table: Table, k: int) -> pd.DataFrame:
    """Return for each count and total of a table whether it must be masked (bool frame)."""
    counts = table.frame[[*table.counts, *table.totals]].reset_index(drop=True).astype("float64").fillna(0)
    hidden = (counts > 0) & (counts < k)
    hidden.loc[hidden.index.isin(table.withheld), [table.withheld_in] if table.withheld_in else list(table.counts)] = (
        True
    )
    if isinstance(table, ProtectedTable):
        # What is masked already stays so, and counts for nobody.
        hidden |= table.frame[list(hidden)].reset_index(drop=True).isna()
    _with_their_totals(table, counts, hidden, k)
    if table.partition:
        _across_partition(table, counts, hidden, k)
    if table.nested:
        n_hidden = -1
        while n_hidden != hidden.to_numpy().sum():
            n_hidden = hidden.to_numpy().sum()
            _across_sums(table, counts, hidden, k)
            _along_parts(table, counts, hidden, k)
    elif len(table.counts) > 1:
        _along_rows(table, counts, hidden, k)
    return hidden


def _with_their_totals(table: Table, counts: pd.DataFrame, hidden: pd.DataFrame, k: int) -> None:
    """Mask counts of a masked total, and counts whose complement is too small."""
    for total in table.totals:
        for column in table.counts:
            rest = counts[total] - counts[column]
            hidden[column] |= hidden[total]
            if not table.partition:
                hidden[column] |= (rest > 0) & (rest < k)


def _across_partition(table: Table, counts: pd.DataFrame, hidden: pd.DataFrame, k: int) -> None:
    """Mask further cells until no masked one follows from a total, inside groups and across summed ones."""
    values, masked = counts[table.counts[0]].to_numpy(), hidden[table.counts[0]].to_numpy(copy=True)
    # Who stands apart is in no total: masking them hides nobody else.
    inside = ~table.frame[table.partition].isin(table.apart).to_numpy()
    groups = [rows[inside[rows]] for rows in _groups(table.frame, group_keys(table))]
    columns = _groups(table.frame, [table.partition]) if table.summed else []
    whole = np.array([hidden[list(table.totals)].to_numpy()[rows].any() for rows in groups], dtype=bool)
    before = None
    while before != (masked.sum(), whole.sum()):
        before = (masked.sum(), whole.sum())
        for lines, crossing in ((groups, columns), (columns, groups)):
            for rows in lines:
                masked[rows] = _hide_enough(values[rows], masked[rows], k, beside=_in_masked(masked, crossing)[rows])
        whole = _hidden_groups(values, masked, groups, whole, k=k, summed=table.summed)
        for rows in (rows for rows, all_hidden in zip(groups, whole, strict=True) if all_hidden):
            masked[rows] = True
    hidden[table.counts[0]] = masked
    for rows in (rows for rows, all_hidden in zip(groups, whole, strict=True) if all_hidden):
        hidden.loc[hidden.index[rows], list(table.totals)] = True


def _hidden_groups(
    values: np.ndarray, masked: np.ndarray, groups: list[np.ndarray], whole: np.ndarray, *, k: int, summed: bool
) -> np.ndarray:
    """Return which groups are hidden with their total: all cells masked and still fewer than k people.

    Where sums over the groups are shown, further groups are hidden until the hidden ones hold k people.
    """
    n_people = np.array([values[rows].sum() for rows in groups])
    small = np.array([masked[rows].all() for rows in groups], dtype=bool) & (n_people < k)
    return _hide_enough(n_people, whole | small, k) if summed else whole | small


def group_keys(table: Table) -> list[str]:
    """Return the dimensions that make groups of a partition; one that only explains its rows is none."""
    by_row = table.frame.groupby(table.partition, dropna=False)
    others = [dimension for dimension in table.dimensions if dimension != table.partition]
    return [dimension for dimension in others if by_row[dimension].nunique(dropna=False).max() > 1]


def _groups(frame: pd.DataFrame, keys: list[str]) -> list[np.ndarray]:
    """Return the row positions of each group; one group without keys."""
    if not keys:
        return [np.arange(len(frame))]
    codes = frame.groupby(keys, sort=False, dropna=False).ngroup().to_numpy()
    return [np.flatnonzero(codes == code) for code in np.unique(codes)]


def _in_masked(masked: np.ndarray, lines: list[np.ndarray]) -> np.ndarray:
    """Return which cells lie in a line that has a masked cell."""
    flags = np.zeros(len(masked), bool)
    for rows in lines:
        flags[rows] = masked[rows].any()
    return flags


def _hide_enough(values: np.ndarray, masked: np.ndarray, k: int, *, beside: np.ndarray | None = None) -> np.ndarray:
    """Return a line's mask, widened until two cells and k people are hidden, if any is.

    Cells with people first, since an empty one hides nobody; then those whose crossing line has a masked cell
    already (`beside`), so that one mask serves two lines; then the smallest.
    """
    masked = masked.copy()
    alone = np.zeros(len(values), bool) if beside is None else ~beside
    for position in np.lexsort((values, alone, values == 0)):
        enough = masked.sum() >= 2 and values[masked].sum() >= k  # noqa: PLR2004
        if enough or not masked.any():
            break
        masked[position] = True
    return masked


def _across_sums(table: Table, counts: pd.DataFrame, hidden: pd.DataFrame, k: int) -> None:
    """Mask further groups until no masked one follows from a sum over the groups of the first dimension."""
    if not table.summed:
        return
    for rows in _groups(table.frame, list(table.dimensions[1:])):
        for column in table.counts:
            masked = hidden[column].to_numpy(copy=True)
            masked[rows] = _hide_enough(counts[column].to_numpy()[rows], masked[rows], k)
            hidden[column] = masked


def _along_parts(table: Table, counts: pd.DataFrame, hidden: pd.DataFrame, k: int) -> None:
    """Mask a part whose whole is masked, or whose rest of the whole is too small."""
    chain = [*table.totals[:1], *table.counts]
    for whole, part in pairwise(chain):
        rest = counts[whole] - counts[part]
        hidden[part] |= hidden[whole] | ((rest > 0) & (rest < k) & (counts[part] > 0))


def _along_rows(table: Table, counts: pd.DataFrame, hidden: pd.DataFrame, k: int) -> None:
    """Treat the count columns of a row as a partition of its people."""
    columns = list(table.counts)
    rows = zip(counts[columns].to_numpy(), hidden[columns].to_numpy(), strict=True)
    hidden[columns] = np.array([_hide_enough(values, masked, k) for values, masked in rows]).reshape(-1, len(columns))
