"""Whom the numbers of a table count where the table itself does not say so: its dimensions are taken at their word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from crmkit.method.counted import UNIT
from crmkit.method.table import Table
from crmkit.method.units import paths
from crmkit.method.whom import Box, Values, Whom, box, of


def whom_of(name: str, table: Table, column: str, tables: Mapping[str, Table]) -> list[Whom | None]:
    """Return row by row whom a count or total of a table counts.

    Parameters
    ----------
    name, table
        The table under its name.
    column
        A count or a total of it.
    tables
        All tables of the report: units of one may lie in units of another.

    Returns
    -------
    list of Whom or None
        None where the table says that the number counts nobody of whom others speak.
    """
    if table.whom:
        alone = [_alone(name, column, row) for row in range(len(table.frame))]
        return list(table.whom.get(column, alone))
    if len(table.counts) > 1 and table.totals and not (table.nested or table.partition):
        return _in_pairs(name, table, column)
    groups, units = group_keys(table), _units_of(table, tables)
    everybody = [_universe(name, table)] * len(table.frame)
    if not table.partition and not (table.totals and _repeats(table, table.totals[0])):
        # rows that do not share a total may count the same people twice
        everybody = [f"{one} {name} {row}" for row, one in enumerate(everybody)]
    if table.partition and column in table.counts:
        beside = table.frame[table.partition].isin(table.apart)
        everybody = [f"{one} apart" if is_apart else one for one, is_apart in zip(everybody, beside, strict=True)]
    rows = zip(everybody, _records(table), _own(name, table, column), strict=True)
    return [of(box(one, _where(record, groups, units) | more)) for one, record, more in rows]


def facts_of(name: str, table: Table, tables: Mapping[str, Table]) -> Iterator[tuple[Whom, float]]:
    """Return what readers know beside a table: the sums over its groups, if the table says that they are shown."""
    if table.frame.empty:
        return
    if table.whom:
        yield from _sums_over_units(table) if _stands_alone(table, tables) else ()
        return
    if _columns_split(table):
        yield from _row_sums(name, table, tables)
    if not table.summed:
        return
    for column in (*table.counts, *table.totals):
        yield from _sums(name, table, column, tables)


def known_of(tables: Mapping[str, Table]) -> dict[Whom, float]:
    """Return the numbers that readers know although they stand in no table."""
    return dict(pair for table in tables.values() for pair in table.known)


def complete_of(tables: Mapping[str, Table]) -> list[tuple[str, str]]:
    """Return universe and variable of what splits people completely: beside its values there are no others."""
    return [pair for name, table in tables.items() for pair in _complete(name, table, tables)]


def _complete(name: str, table: Table, tables: Mapping[str, Table]) -> Iterator[tuple[str, str]]:
    if table.whom:
        stated = [whom for column in table.whom.values() for whom in column if whom]
        universes = dict.fromkeys(one.universe for whom in stated for one in whom.boxes)
        variables = [*table.splits, *([UNIT] if _stands_alone(table, tables) else [])]
        yield from ((universe, variable) for universe in universes for variable in variables)
        return
    if table.partition:
        yield _universe(name, table), _partition(table)
    if table.summed:
        yield from ((_universe(name, table), key) for key in group_keys(table))
    if _columns_split(table):
        yield _universe(name, table), f"{name} column"


def group_keys(table: Table) -> list[str]:
    """Return the dimensions that make groups of people; one that only explains the rows of a partition is none."""
    if not table.partition:
        return [key for key in table.dimensions if key == UNIT]
    by_row = table.frame.groupby(table.partition, dropna=False)
    others = [dimension for dimension in table.dimensions if dimension != table.partition]
    return [key for key in others if key == UNIT or by_row[key].nunique(dropna=False).max() > 1]


def _stands_alone(table: Table, tables: Mapping[str, Table]) -> bool:
    """Return whether the sums over the units of a table are shown, but in none of these tables."""
    return table.summed and len(tables) == 1


def _sums_over_units(table: Table) -> Iterator[tuple[Whom, float]]:
    """Return the sums over the units of a table that says whom it counts."""
    parts: dict[Whom, dict[Whom, float]] = {}
    for column in (*table.counts, *table.totals):
        values = table.frame[column].astype("Float64").to_numpy(float, na_value=float("nan")).tolist()
        for whom, value in zip(table.whom.get(column, ()), values, strict=False):
            if whom and len(whom.boxes) == 1 and UNIT in whom.boxes[0].variables:
                parts.setdefault(_across(whom.boxes[0], [UNIT]), {})[whom] = value
    yield from _known_sums(parts)


def _across(one: Box, variables: Iterable[str]) -> Whom:
    return of(Box(one.universe, tuple(pair for pair in one.where if pair[0] not in variables)))


def _known_sums(parts: Mapping[Whom, Mapping[Whom, float]]) -> Iterator[tuple[Whom, float]]:
    totals = ((across, sum(numbers.values())) for across, numbers in parts.items())
    yield from ((across, total) for across, total in totals if not pd.isna(total))


def _columns_split(table: Table) -> bool:
    """Return whether the count columns split the people of a row."""
    return len(table.counts) > 1 and not (table.nested or table.partition or table.totals)


def _row_sums(name: str, table: Table, tables: Mapping[str, Table]) -> Iterator[tuple[Whom, float]]:
    """Return the sums of the rows, which readers may know from elsewhere."""
    sums = table.frame[list(table.counts)].astype("Float64").sum(axis=1, skipna=False)
    for whom, value in zip(whom_of(name, table, table.counts[0], tables), sums, strict=True):
        if whom is not None and not pd.isna(value):
            (one,) = whom.boxes
            everybody = {variable: values for variable, values in one.where if variable != f"{name} column"}
            yield of(box(one.universe, everybody)), float(value)


def _records(table: Table) -> list[dict[str, Any]]:
    rows = table.frame[list(table.dimensions)].astype(object).to_dict("records")
    return [{str(key): value for key, value in row.items()} for row in rows]


def _in_pairs(name: str, table: Table, column: str) -> list[Whom | None]:
    """Return whom a column of several counts with a total each counts: of each row's total a part."""
    place = (table.counts if column in table.counts else table.totals).index(column)
    part = {"counted": frozenset(["yes"])} if column in table.counts else {}
    return [of(box(f"{name} {place} {row}", part)) for row in range(len(table.frame))]


def _alone(name: str, column: str, row: int) -> Whom:
    return of(Box(f"{name} {column} {row}"))


def _universe(name: str, table: Table) -> str:
    return f"{table.population or name} {table.window}"


def _partition(table: Table) -> str:
    """Return the variable of a partition: segments of another definition are another variable."""
    return f"{table.partition}@{table.definition.hash}" if table.definition else table.partition


def _where(row: Mapping[str, Any], groups: Iterable[str], units: Mapping[str, Values]) -> dict[str, Values]:
    return {key: units[str(row[key])] if key == UNIT else frozenset([str(row[key])]) for key in groups}


def _own(name: str, table: Table, column: str) -> list[dict[str, Values]]:
    """Return row by row what a column says beyond its groups."""
    rows = _records(table)
    if column in table.totals:
        return [{} for _ in rows]
    if table.partition:
        return [{_partition(table): frozenset([str(row[table.partition])])} for row in rows]
    if len(table.counts) > 1 and not table.nested:
        return [{f"{name} column": frozenset([column])} for _ in rows]
    keys = [key for key in table.dimensions if key not in group_keys(table)]
    # tables of the same population that name the same thing in the same way mean the same thing
    features = [" ".join(f"{key}={row[key]}" for key in keys) or name for row in rows]
    levels = table.counts[: table.counts.index(column) + 1]
    return [{f"{feature} {level}": frozenset(["yes"]) for level in levels} for feature in features]


def _repeats(table: Table, total: str) -> bool:
    """Return whether a total is the same in all rows of a group: then it is one number, not several."""
    groups = group_keys(table)
    values = table.frame[total].astype("Float64").fillna(-1)
    if not groups:
        return values.nunique() <= 1
    return bool((values.groupby([table.frame[key] for key in groups], dropna=False).nunique() <= 1).all())


def _sums(name: str, table: Table, column: str, tables: Mapping[str, Table]) -> Iterator[tuple[Whom, float]]:
    """Return the sums of a column over the groups of a table."""
    groups = [key for key in group_keys(table) if key != table.partition][:1]
    values = table.frame[column].astype("Float64").to_numpy(float, na_value=float("nan")).tolist()
    sums: dict[Whom, dict[Whom, float]] = {}
    for whom, value in zip(whom_of(name, table, column, tables), values, strict=True):
        if whom is not None:
            sums.setdefault(_across(whom.boxes[0], groups), {})[whom] = value
    yield from _known_sums(sums)


def _units_of(table: Table, tables: Mapping[str, Table]) -> dict[str, Values]:
    """Return for each unit of a table the units, of all tables that do not say it themselves, that lie in it."""
    if UNIT not in table.dimensions:
        return {}
    known = sorted(
        {str(u) for t in tables.values() if UNIT in t.dimensions and not t.whom for u in t.frame[UNIT]}
        | {str(u) for u in table.frame[UNIT]}
    )
    own = {str(unit) for unit in table.frame[UNIT]}
    inclusive = _holds_parts(table, own)
    found = {}
    for unit in own:
        within = {u for u in known if _is_within(u, unit)}
        if not inclusive:
            below = [other for other in own if other != unit and _is_within(other, unit)]
            within -= {u for u in known if any(_is_within(u, other) for other in below)}
        found[unit] = frozenset(within)
    return found


def _is_within(unit: str, other: str) -> bool:
    """Return whether a unit is another one or lies in it; everything lies in the nameless one."""
    return other == "" or paths.is_within(unit, other)


def _holds_parts(table: Table, own: set[str]) -> bool:
    """Return whether rows of a table sum up those of the units below: never fewer people than there."""
    keys = [key for key in table.dimensions if key != UNIT]
    column = table.counts[0] if table.counts else ""
    below = {u: {o for o in own if o != u and _is_within(o, u)} for u in own}
    if not column or not any(below.values()):
        return False
    values = table.frame[column].astype("Float64").fillna(0)
    cells = values.groupby([table.frame[UNIT].astype(str), *(table.frame[key] for key in keys)], dropna=False).sum()
    wide = cells.unstack(0) if keys else cells.to_frame().T
    wide = wide.fillna(0)
    for unit, parts in below.items():
        top = [p for p in parts if not any(p != q and _is_within(p, q) for q in parts)]
        if parts and (wide[unit] < wide[top].sum(axis=1)).any():
            return False
    return True
