"""`protect`: mask every number that describes, or lets anyone compute, fewer than k people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import overload

import numpy as np
import pandas as pd

from crmkit.errors import PrivacyError, listed
from crmkit.method.table import Table, rows_of
from crmkit.method.whom import Values, Whom
from crmkit.privacy.bounds import with_widths
from crmkit.privacy.complement import masked_numbers
from crmkit.privacy.differences import Group, group_of, telling_groups
from crmkit.privacy.held import with_held
from crmkit.privacy.implied import complete_of, known_of
from crmkit.privacy.protected import ProtectedTable
from crmkit.privacy.releases import told_by
from crmkit.privacy.statements import Statement, hidden_of, statements_of
from crmkit.privacy.system import System, system_of
from crmkit.settings import SMALLEST_K

#: What readers already hold: protected tables, or what `releases.of_client` has kept of them.
Released = ProtectedTable | Group


@overload
def protect(tables: Table, *, k: int = ..., releases: Iterable[Released] = ...) -> ProtectedTable: ...
@overload
def protect(
    tables: Mapping[str, Table], *, k: int = ..., releases: Iterable[Released] = ...
) -> dict[str, ProtectedTable]: ...
def protect(
    tables: Table | Mapping[str, Table], *, k: int = SMALLEST_K, releases: Iterable[Released] = ()
) -> ProtectedTable | dict[str, ProtectedTable]:
    """Return tables whose small cells are masked, the only ones that a report takes.

    Parameters
    ----------
    tables
        One table, or all tables of a report under their names: they are looked at together.
    k
        Smallest number of people that a shown number may describe; at least 5.
    releases
        Tables that readers already hold, or `releases.of_client`.

    Returns
    -------
    ProtectedTable or dict of ProtectedTable
        As given, the frames with a further column `suppressed` (bool). Masked counts are NA, derived
        values are masked with the counts that they follow from. The input is not changed.

    Raises
    ------
    PrivacyError
        If `k` is below 5, something else than a table is given, numbers contradict each other, the whole client was
        told of too shortly before, or something could still be computed: then the message names the tables.

    Notes
    -----
    Masked are numbers of 1..k−1 people, all and none of a group that readers know (a unit), and what is withheld on
    purpose; then further numbers, until nobody who knows all that is shown can bound a masked number, or a number of
    people that stands in no table (a complement, a difference), closer than k.
    """
    if not isinstance(k, int) or k < SMALLEST_K:
        raise PrivacyError(f"k={k}: the floor is {SMALLEST_K}.")
    if isinstance(tables, Table):
        return _protected({tables.name: tables}, k, releases)[tables.name]
    wrong = [name for name, table in tables.items() if not isinstance(table, Table)]
    if wrong:
        raise PrivacyError(f"protect: `{wrong[0]}` is a {type(tables[wrong[0]]).__name__}, expected a Table.")
    return _protected(tables, k, releases)


def _protected(tables: Mapping[str, Table], k: int, releases: Iterable[Released]) -> dict[str, ProtectedTable]:
    released = told_by(releases)
    tables = with_held(tables, released, k)
    hidden = hidden_cells(tables, k, released)
    numbers = shown_numbers(tables, hidden)
    shown = {name: _with_masks(table, hidden[name], numbers, max(k, table.k_min)) for name, table in tables.items()}
    _require_safe(shown, k, released)
    return shown


def _require_safe(shown: Mapping[str, ProtectedTable], k: int, released: Iterable[Group]) -> None:
    """Look at what is masked with an attacker's eyes, once more and from nothing but what is shown."""
    from crmkit.privacy.audit import audit

    if found := audit(shown, k=k, releases=released):
        names = dict.fromkeys(name for finding in found for name in finding.table.split(", "))
        raise PrivacyError(
            f"{len(found)} numbers of fewer than {k} people could be computed from what would be shown. "
            f"Tables: {listed(list(names))}. Nothing is shown; report this."
        )


def hidden_cells(tables: Mapping[str, Table], k: int, released: Iterable[Group] = ()) -> dict[str, pd.DataFrame]:
    """Return for each table which counts and totals must be masked (bool frames)."""
    statements = statements_of(tables, k)
    telling = telling_groups(statements, tables.values(), released, k)
    statements = [replace(s, is_private=True) if is_of(s, telling, tables) else s for s in statements]
    hidden = {name: hidden_of(table) for name, table in tables.items()}
    if not statements:
        return hidden
    masked = masked_numbers(system := equations_of(statements, tables), statements)
    for statement, position in zip(statements, system.number_of, strict=True):
        if masked[position] and not statement.is_fact:
            hidden[statement.table].loc[statement.row, statement.column] = True
    return hidden


def shown_numbers(tables: Mapping[str, Table], hidden: Mapping[str, pd.DataFrame]) -> set[Whom]:
    """Return whom the numbers count that are shown somewhere."""
    return {
        whom
        for name, table in tables.items()
        for column, groups in table.whom.items()
        for whom, is_hidden in zip(groups, hidden[name][column], strict=True)
        if whom is not None and not is_hidden
    }


def equations_of(statements: Sequence[Statement], tables: Mapping[str, Table]) -> System:
    """Return the equations between the numbers of some tables, and how far apart bounds have to stay."""
    return with_widths(system_of(statements, complete_of(tables), known_of(tables)))


def is_of(statement: Statement, groups: Collection[tuple[str, Values]], tables: Mapping[str, Table]) -> bool:
    """Return whether a number breaks one of some groups down; how many there are in all does not."""
    if not groups or statement.is_fact or statement.column in tables[statement.table].totals:
        return False
    return any(group_of(box) in groups for box in statement.whom.boxes)


def _with_masks(table: Table, hidden: pd.DataFrame, shown: set[Whom], k: int) -> ProtectedTable:
    unfounded = unfounded_values(table, shown)
    kept = ~unfounded[[column for column in unfounded if column in table.dimensions]].any(axis=1)
    if not kept.all():
        table, hidden = rows_of(table, kept), hidden[kept].reset_index(drop=True)
        unfounded = unfounded[kept].reset_index(drop=True)
        if isinstance(table, ProtectedTable):
            table = replace(table, hidden=table.hidden[kept].reset_index(drop=True))
    if isinstance(table, ProtectedTable) and table.k >= k and hidden.equals(hidden_of(table)) and kept.all():
        return table
    frame = table.frame.reset_index(drop=True)
    for column in (*table.counts, *table.totals):
        frame[column] = frame[column].astype("Int64").mask(hidden[column])
    for column, origin in table.derived.items():
        masked = hidden[[c for c in origin if c in hidden]].any(axis=1)
        frame[column] = frame[column].mask(masked | unfounded.get(column, False))
    frame["suppressed"] = hidden.any(axis=1).to_numpy() if hidden.shape[1] else np.zeros(len(frame), bool)
    return ProtectedTable._of(table, frame, k)


def unfounded_values(table: Table, shown: Collection[Whom]) -> pd.DataFrame:
    """Return for the columns of `Table.rests_on` which values rest on a number that is not shown (bool frame)."""
    flags = {
        column: [not all(number in shown for number in numbers) for numbers in rows]
        for column, rows in table.rests_on.items()
    }
    return pd.DataFrame(flags, index=range(len(table.frame)), dtype=bool)
