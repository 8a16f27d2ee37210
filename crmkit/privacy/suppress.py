"""`protect`: mask every number that describes, or lets anyone compute, fewer than k people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import overload

import numpy as np
import pandas as pd

from crmkit.errors import PrivacyError
from crmkit.method.table import Table
from crmkit.privacy.complement import masked_numbers
from crmkit.privacy.implied import complete_of
from crmkit.privacy.protected import ProtectedTable
from crmkit.privacy.statements import hidden_of, statements_of
from crmkit.privacy.system import system_of
from crmkit.settings import SMALLEST_K

#: Protecting once more what has been masked adds masks only where another table gave something away.
_TURNS = 5


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
        One table, or all tables of a report under their names: they are looked at together.
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
        If `k` is below 5, something else than a table is given, or numbers contradict each other.

    Notes
    -----
    Masked are numbers of 1..k−1 people, all and none of a group that readers know (a unit), and what is withheld on
    purpose; then further numbers, until nobody who knows all that is shown can bound a masked number, or a number of
    people that stands in no table (a complement, a difference), closer than k.
    """
    if not isinstance(k, int) or k < SMALLEST_K:
        raise PrivacyError(f"k={k}: the floor is {SMALLEST_K}.")
    if isinstance(tables, Table):
        return _protected({tables.name: tables}, k)[tables.name]
    wrong = [name for name, table in tables.items() if not isinstance(table, Table)]
    if wrong:
        raise PrivacyError(f"protect: `{wrong[0]}` is a {type(tables[wrong[0]]).__name__}, expected a Table.")
    return _protected(tables, k)


def _protected(tables: Mapping[str, Table], k: int) -> dict[str, ProtectedTable]:
    hidden = hidden_cells(tables, k)
    return {name: _with_masks(table, hidden[name], max(k, table.k_min)) for name, table in tables.items()}


def hidden_cells(tables: Mapping[str, Table], k: int) -> dict[str, pd.DataFrame]:
    """Return for each table which counts and totals must be masked (bool frames)."""
    statements = statements_of(tables, k)
    hidden = {name: hidden_of(table) for name, table in tables.items()}
    if not statements:
        return hidden
    complete = [pair for name, table in tables.items() for pair in complete_of(name, table, tables)]
    masked = masked_numbers(system := system_of(statements, complete), statements)
    for statement, position in zip(statements, system.number_of, strict=True):
        if masked[position] and not statement.is_fact:
            hidden[statement.table].loc[statement.row, statement.column] = True
    return hidden


def _with_masks(table: Table, hidden: pd.DataFrame, k: int) -> ProtectedTable:
    if isinstance(table, ProtectedTable) and table.k >= k and hidden.equals(hidden_of(table)):
        return table
    frame = table.frame.reset_index(drop=True)
    for column in (*table.counts, *table.totals):
        frame[column] = frame[column].astype("Int64").mask(hidden[column])
    for column, origin in table.derived.items():
        masked = hidden[[c for c in origin if c in hidden]].any(axis=1)
        frame[column] = frame[column].mask(masked)
    frame["suppressed"] = hidden.any(axis=1).to_numpy() if hidden.shape[1] else np.zeros(len(frame), bool)
    return ProtectedTable._of(table, frame, k)
