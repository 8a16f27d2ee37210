"""`Table`: a result with what a bare frame cannot say: what is a count, what follows from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from crmkit.errors import MethodError, listed
from crmkit.method.definition import Definition
from crmkit.method.whom import Box, Whom


def positions(flags: pd.Series) -> tuple[int, ...]:
    """Return the positions of the rows that are flagged, for `Table.withheld`."""
    return tuple(int(row) for row in flags.to_numpy().nonzero()[0])


@dataclass(frozen=True, eq=False)
class Table:
    """Numbers that have not been checked for privacy; `privacy.protect` makes them showable.

    Attributes
    ----------
    name
        Code of the table, unique in a report.
    frame
        Tidy frame, one row a cell.
    dimensions
        Columns that say what a row is about.
    counts
        Columns that count people.
    derived
        Column → the count columns it follows from; masked together with them.
    totals
        Count columns that repeat a total over rows.
    population
        Code of who is counted (``accounts``, ``assessed``, ``holders`` …).
    tier
        Data tier A–E of the evidence behind it, empty where it needs none.
    window
        First and last day that the numbers speak of.
    definition
        The rule behind it.
    notes
        Codes of remarks that belong under the table.
    k_min
        Smallest number of people that this table may describe, if higher than the client's k.
    partition
        The dimension whose rows split a group of people completely, or empty: then a single masked row
        follows from the others and the total.
    summed
        True if the report shows sums over the groups elsewhere: masked cells must not follow from them.
    nested
        True if each count is a part of the one before it, and the first one of the total.
    apart
        Values of `partition` whose people are not in the total and stand beside it.
    withheld
        Positions of rows whose counts are not shown on purpose; others must not give them away.
    whom
        Count or total column → row by row whom the number counts (None: nobody of whom other tables speak).
        Without it `privacy` takes the dimensions for what they say.
    splits
        Variables of `whom` that have no other values than those named: everybody has one of them.
    known
        Numbers that stand in no table and that readers know all the same, from a contract say, with their values.
    rests_on
        Column → row by row the numbers, wherever in a report they stand, without which it says too much: a derived
        value is masked if one of them is not shown; a row that a dimension says rests on one is left out.
    members
        Box of a group that readers know (a unit, everybody) → its people. Reports differ by them; they stay in
        memory and are never shown.
    """

    name: str
    frame: pd.DataFrame
    dimensions: tuple[str, ...]
    counts: tuple[str, ...] = ()
    derived: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    totals: tuple[str, ...] = ()
    population: str = ""
    tier: str = ""
    window: tuple[dt.date, dt.date] | None = None
    definition: Definition | None = None
    notes: tuple[str, ...] = ()
    k_min: int = 0
    partition: str = ""
    summed: bool = False
    nested: bool = False
    apart: tuple[str, ...] = ()
    withheld: tuple[int, ...] = ()
    whom: Mapping[str, tuple[Whom | None, ...]] = field(default_factory=dict)
    splits: tuple[str, ...] = ()
    known: tuple[tuple[Whom, float], ...] = ()
    rests_on: Mapping[str, tuple[tuple[Whom, ...], ...]] = field(default_factory=dict)
    members: Mapping[Box, frozenset[str]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Refuse a table that names columns it does not have, or counts that nothing declares."""
        named = [*self.dimensions, *self.counts, *self.totals, *self.derived]
        missing = [column for column in named if column not in self.frame]
        if missing:
            raise MethodError(f"table `{self.name}`: {listed(missing)} declared but not in the frame.")
        undeclared = [column for column in self.frame if column not in named]
        if undeclared:
            raise MethodError(f"table `{self.name}`: {listed(undeclared)} neither dimension, count nor derived.")
        said = {**self.whom, **self.rests_on}
        uneven = [column for column, groups in said.items() if len(groups) != len(self.frame)]
        if uneven:
            raise MethodError(f"table `{self.name}`: {listed(uneven)} says whom it counts for another number of rows.")


def rows_of(table: Table, kept: pd.Series) -> Table:
    """Return some rows of a table (flagged), with all that it says of them."""
    places = kept.to_numpy(bool).nonzero()[0].tolist()
    return replace(
        table,
        frame=table.frame[kept.to_numpy(bool)].reset_index(drop=True),
        whom={column: tuple(groups[row] for row in places) for column, groups in table.whom.items()},
        rests_on={column: tuple(numbers[row] for row in places) for column, numbers in table.rests_on.items()},
        withheld=tuple(new for new, row in enumerate(places) if row in table.withheld),
    )


def of_shares(
    name: str,
    frame: pd.DataFrame,
    dimensions: tuple[str, ...],
    *,
    rule: Definition,
    window: tuple[dt.date, dt.date] | None,
    **more: Any,
) -> Table:
    """Return the table of a part of the assessed people: `dimensions`, n, n_total and their share.

    Parameters
    ----------
    name, dimensions, window
        See `Table`.
    frame
        `dimensions`, n and n_total (missing where there is none to show).
    rule
        The definition behind it.
    **more
        Further attributes of `Table`.
    """
    whole = frame["n_total"].astype("Float64").to_numpy(float, na_value=float("nan"))
    shares = frame.assign(share=frame["n"].to_numpy(float) / np.where(whole > 0, whole, float("nan")))
    return Table(
        name, shares[[*dimensions, "n", "n_total", "share"]].reset_index(drop=True), dimensions, counts=("n",),
        derived={"share": ("n", "n_total")}, totals=("n_total",), population="assessed", tier=rule.tier, window=window,
        definition=rule, **more,
    )  # fmt: skip
