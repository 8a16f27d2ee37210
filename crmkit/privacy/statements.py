"""What the tables of a report state: each number with the people whom it counts, and how it must be guarded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crmkit.method.table import Table
from crmkit.method.whom import Whom
from crmkit.privacy.implied import facts_of, whom_of
from crmkit.privacy.protected import ProtectedTable

#: Variables that tell readers who is in a group: everybody knows who works in the sales department.
KNOWN_GROUPS = ("org_unit", "role", "cohort")
#: What it costs to mask a number: one that is known from elsewhere, of the whole client, the size of a group, a cell.
FACT_WEIGHT, HEADLINE_WEIGHT, SIZE_WEIGHT, CELL_WEIGHT = 8.0, 4.0, 2.0, 1.0
#: Variables that a number of the whole client and the size of a group name at most.
_HEADLINE_VARIABLES, _SIZE_VARIABLES = 1, 2


@dataclass(frozen=True)
class Statement:
    """A number of a report.

    Attributes
    ----------
    table, row, column
        Where it stands; row is a position.
    value
        The number; None where it is masked.
    whom
        The people whom it counts.
    k
        Smallest number of people that it may describe.
    weight
        What it costs to mask it.
    is_secret
        True if it must not be known: it is too small, or has been masked before.
    is_private
        True if it must not be known unless the numbers of the whole client say as much: it is withheld on purpose, a
        part of a group of a few, or says the same of every member of a group that readers know.
    is_fact
        True if readers know it from elsewhere: it stands in no table.
    """

    table: str
    row: int
    column: str
    value: float | None
    whom: Whom
    k: int
    weight: float = CELL_WEIGHT
    is_secret: bool = False
    is_private: bool = False
    is_fact: bool = False


def statements_of(tables: Mapping[str, Table], k: int) -> list[Statement]:
    """Return all numbers of some tables.

    Parameters
    ----------
    tables
        Tables under their names; what is masked in a protected one is a number that nobody knows.
    k
        Smallest number of people that a number may describe, unless a table asks for more.

    Returns
    -------
    list of Statement
    """
    made: list[Statement] = []
    for name, table in tables.items():
        made += _of_table(name, table, max(k, table.k_min), tables)
    return made


def _of_table(name: str, table: Table, k: int, tables: Mapping[str, Table]) -> list[Statement]:
    frame, masked = table.frame, hidden_of(table)
    secret = _secret_cells(table, k)
    private = _private_cells(table, secret)
    made = []
    for column in (*table.counts, *table.totals):
        values = frame[column].astype("Float64").to_numpy(float, na_value=np.nan)
        for row, whom in enumerate(whom_of(name, table, column, tables)):
            is_masked = bool(masked[column].iloc[row])
            if whom is None or (np.isnan(values[row]) and not is_masked):
                continue
            value = None if is_masked else float(values[row])
            weight = _weight(whom, is_total=column in table.totals)
            flags = bool(secret[column].iloc[row]), bool(private[column].iloc[row])
            made.append(Statement(name, row, column, value, whom, k, weight, *flags))
    facts = (
        Statement(name, -1, "", value, whom, k, FACT_WEIGHT, is_secret=0 < value < k, is_fact=True)
        for whom, value in facts_of(name, table, tables)
    )
    return [*made, *facts]


def _weight(whom: Whom, *, is_total: bool) -> float:
    n_variables = max(len(box.where) for box in whom.every_box)
    of_group = any(box.variables & set(KNOWN_GROUPS) for box in whom.every_box)
    adds_up = len({box.universe for box in whom.boxes}) < len(whom.boxes)
    if (n_variables <= _HEADLINE_VARIABLES or adds_up) and not of_group:
        return HEADLINE_WEIGHT
    is_broad = (is_total or not of_group) and n_variables <= _SIZE_VARIABLES
    return SIZE_WEIGHT if is_broad else CELL_WEIGHT


def hidden_of(table: Table) -> pd.DataFrame:
    """Return which counts and totals of a table are masked (bool frame); none of an unprotected one."""
    columns = [*table.counts, *table.totals]
    if isinstance(table, ProtectedTable):
        return table.hidden[columns].reset_index(drop=True)
    return pd.DataFrame(False, index=range(len(table.frame)), columns=columns)


def _secret_cells(table: Table, k: int) -> pd.DataFrame:
    """Return which numbers must not be known by themselves (bool frame)."""
    columns = [*table.counts, *table.totals]
    counts = table.frame[columns].reset_index(drop=True).astype("Float64").astype("float64").fillna(0)
    secret = (counts > 0) & (counts < k)
    if isinstance(table, ProtectedTable):
        secret |= hidden_of(table)
    return secret


def _private_cells(table: Table, secret: pd.DataFrame) -> pd.DataFrame:
    """Return which numbers must not be known unless those of the whole client say as much (bool frame)."""
    private = _all_or_none(table)
    counts = list(table.counts)
    of_few = (secret[list(table.totals)].any(axis=1) & ~_apart(table)).to_numpy(bool)
    private[counts] = private[counts].to_numpy(bool) | of_few[:, None]
    private.loc[private.index.isin(table.withheld), counts] = True
    return private


def _all_or_none(table: Table) -> pd.DataFrame:
    """Return which numbers say the same of every member of a group that readers know (bool frame)."""
    columns = [*table.counts, *table.totals]
    counts = table.frame[columns].reset_index(drop=True).astype("Float64").astype("float64")
    uniform = pd.DataFrame(False, index=counts.index, columns=columns)
    known = [column for column in table.dimensions if column in KNOWN_GROUPS]
    if not known or not table.totals:
        return uniform
    is_known = (table.frame[known].reset_index(drop=True).astype("str") != "").any(axis=1)
    total = counts[table.totals[0]]
    for n, column in enumerate(table.counts):
        is_all = (counts[column] == total) & (n == 0)
        uniform[column] = is_known & ~_apart(table) & (total > 0) & ((counts[column] == 0) | is_all)
    return uniform


def _apart(table: Table) -> pd.Series:
    """Return which rows stand beside the total of their group."""
    if not table.partition:
        return pd.Series(False, index=range(len(table.frame)))
    return table.frame[table.partition].reset_index(drop=True).isin(table.apart)
