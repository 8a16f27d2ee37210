"""`audit`: look for shown numbers that describe, or let anyone compute, fewer than k people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crmkit.errors import PrivacyError
from crmkit.method.table import Table
from crmkit.method.whom import Box
from crmkit.privacy.bounds import Attack
from crmkit.privacy.differences import telling_groups
from crmkit.privacy.protected import ProtectedTable
from crmkit.privacy.releases import told_by
from crmkit.privacy.statements import Statement, hidden_of, statements_of
from crmkit.privacy.suppress import Released, equations_of, hidden_cells, is_of, unfounded_values
from crmkit.privacy.system import System
from crmkit.settings import SMALLEST_K


@dataclass(frozen=True)
class Finding:
    """A number that must not be shown, or that can be computed.

    Attributes
    ----------
    table
        Name of the table; several, joined by commas, where only their numbers together tell.
    row
        Position of the row in its frame; −1 if the number stands in no table.
    column
        The count column; what the number is about if it stands in no table.
    reason
        ``small_cell``: the number itself is 1..k−1. ``follows``: a masked or small number follows from what is shown,
        or can be bounded closer than k. ``differs``: beside a number of another day it tells of a few people.
    """

    table: str
    row: int
    column: str
    reason: str


def audit(
    tables: Table | Mapping[str, Table] | Iterable[Table],
    *,
    k: int = SMALLEST_K,
    releases: Iterable[Released] = (),
) -> list[Finding]:
    """Return what some tables together show that they must not; an empty list is safe.

    Parameters
    ----------
    tables
        One table or all tables of a report; unprotected ones are looked at as they stand.
    k
        Smallest number of people that a shown number may describe.
    releases
        Tables that readers already hold, or `releases.of_client`.

    Returns
    -------
    list of Finding

    Notes
    -----
    Only what is shown is used: masked numbers are unknowns of a linear programme, as they are for an attacker.
    """
    named = _named(tables)
    statements = statements_of(named, k)
    small = [finding for name, table in named.items() for finding in _small_cells(name, table, max(k, table.k_min))]
    small += _differing(named, statements, k, releases)
    small += [finding for name, table in named.items() for finding in _unfounded(name, table, statements)]
    is_masked = all(isinstance(table, ProtectedTable) for table in named.values())
    return [*small, *(_computed(named, statements) if is_masked else _unmasked(named, k, small))]


def _named(tables: Table | Mapping[str, Table] | Iterable[Table]) -> dict[str, Table]:
    if isinstance(tables, Table):
        return {tables.name: tables}
    if isinstance(tables, Mapping):
        return {str(name): table for name, table in tables.items()}
    return {f"{table.name} {n}" if n else table.name: table for n, table in enumerate(tables)}


def _small_cells(name: str, table: Table, k: int) -> list[Finding]:
    values = table.frame[[*table.counts, *table.totals]].astype("Float64").fillna(0)
    return [Finding(name, row, column, "small_cell") for row, column in _cells((values > 0) & (values < k))]


def _unfounded(name: str, table: Table, statements: list[Statement]) -> list[Finding]:
    """Return the values that are there although a number on which they rest is not shown."""
    flags = unfounded_values(table, {s.whom for s in statements if s.value is not None})
    shown = table.frame[list(flags)].notna().reset_index(drop=True)
    return [Finding(name, row, column, "follows") for row, column in _cells(flags & shown)]


def _differing(
    tables: Mapping[str, Table], statements: list[Statement], k: int, releases: Iterable[Released]
) -> list[Finding]:
    """Return the shown numbers of groups that have hardly changed since another day that is told of."""
    try:
        telling = telling_groups(statements, tables.values(), told_by(releases), k)
    except PrivacyError:
        return [Finding(", ".join(tables), -1, "everybody", "differs")]
    shown = (s for s in statements if s.value is not None and is_of(s, telling, tables))
    return [Finding(s.table, s.row, s.column, "differs") for s in shown]


def _unmasked(tables: Mapping[str, Table], k: int, small: list[Finding]) -> list[Finding]:
    """Return what `protect` would mask beside the small cells."""
    told = {(finding.table, finding.row, finding.column) for finding in small}
    return [
        Finding(name, row, column, "follows")
        for name, flags in hidden_cells(tables, k).items()
        for row, column in _cells(flags & ~hidden_of(tables[name]))
        if (name, row, column) not in told
    ]


def _computed(tables: Mapping[str, Table], statements: list[Statement]) -> list[Finding]:
    """Return masked numbers, and small ones that stand nowhere, which the shown ones bound closer than k."""
    if not statements:
        return []
    system = equations_of(statements, tables)
    masked = np.zeros(len(system.values), bool)
    masked[system.number_of[[s.value is None for s in statements]]] = True
    shown = (np.arange(len(masked)) >= system.n_cells) & ~masked
    attack = Attack(system, shown)
    open_ = [*attack.narrow(np.flatnonzero(masked)), *attack.telling(np.flatnonzero(~masked & ~shown))]
    return [finding for position in open_ for finding in _findings_at(position, system, statements)]


def _findings_at(position: int, system: System, statements: list[Statement]) -> list[Finding]:
    """Return where a number stands, or which tables tell of it."""
    here = [s for s, n in zip(statements, system.number_of, strict=True) if n == position and not s.is_fact]
    if here:
        return [Finding(s.table, s.row, s.column, "follows") for s in here]
    name = system.names[position]
    assert isinstance(name, tuple)
    universe, cell = name
    if any(s.whom.boxes == (Box(universe, cell),) and not s.whom.plus for s in statements):
        return []
    split = {name for name, _ in cell}
    near = [s.table for s in statements if any(b.universe == universe and b.variables >= split for b in s.whom.boxes)]
    about = " × ".join(name for name, _ in cell) or "everybody"
    return [Finding(", ".join(dict.fromkeys(near)), -1, about, "follows")]


def _cells(flags: pd.DataFrame) -> list[tuple[int, str]]:
    return [(int(row), str(column)) for column in flags for row in flags[column].to_numpy(bool).nonzero()[0]]
