"""The prepared tables of a client, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crmkit.ingest.bookkeeping import Book

if TYPE_CHECKING:
    import pandas as pd

#: Tables that every client has, if perhaps without a row.
OWN = (
    "users",
    "assignments",
    "activity",
    "coverage",
    "ledger",
    "identities",
    "aggregates",
    "availability",
    "snapshots",
    "deliveries",
)
#: Tables of persons. An order of the export in them, say by surname, would undo the pseudonyms.
_OF_PERSONS = ("users", "snapshots", "assignments", "activity", "coverage", "identities", "availability", "survey")


@dataclass(frozen=True, eq=False)
class Prepared:
    """The prepared tables of a client; each keeps its contract in `schema`.

    `book` tells how the exports were read. It stays in memory: it knows headers and objects, which may name people.
    """

    users: pd.DataFrame
    assignments: pd.DataFrame
    activity: pd.DataFrame
    coverage: pd.DataFrame
    ledger: pd.DataFrame
    identities: pd.DataFrame
    aggregates: pd.DataFrame
    availability: pd.DataFrame
    snapshots: pd.DataFrame
    deliveries: pd.DataFrame
    others: dict[str, pd.DataFrame]
    book: Book = field(default_factory=Book)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return all tables under their names."""
        return {name: getattr(self, name) for name in OWN} | self.others


def in_fixed_order(rows: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return a prepared table in an order that says nothing about the export's.

    Parameters
    ----------
    rows
        The table.
    table
        Its name.

    Returns
    -------
    pandas.DataFrame
        Tables of persons sorted by their content, pseudonyms first; the ledger by source. The consultant's own
        tables come as she wrote them.
    """
    import polars as pl

    if table not in (*_OF_PERSONS, "ledger") or rows.empty:
        return rows
    # answers first: whoever answered stands in no order of its own
    first = {"survey": ["item", "answer"], "ledger": ["source"]}.get(table, [])
    keys = first if table == "ledger" else [*first, *(name for name in rows.columns if name not in first)]
    order = pl.from_pandas(rows).select(pl.arg_sort_by(keys, maintain_order=True)).to_series()
    return rows.iloc[order.to_numpy()].reset_index(drop=True)
