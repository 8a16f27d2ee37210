"""The prepared tables of a client, in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

#: Tables that every client has, if perhaps without a row.
OWN = ("users", "assignments", "activity", "coverage", "ledger", "identities", "aggregates", "availability")


@dataclass(frozen=True, eq=False)
class Prepared:
    """The prepared tables of a client; each keeps its contract in `schema`."""

    users: pd.DataFrame
    assignments: pd.DataFrame
    activity: pd.DataFrame
    coverage: pd.DataFrame
    ledger: pd.DataFrame
    identities: pd.DataFrame
    aggregates: pd.DataFrame
    availability: pd.DataFrame
    others: dict[str, pd.DataFrame]

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return all tables under their names."""
        return {name: getattr(self, name) for name in OWN} | self.others
