"""The ledger: every row that was dropped or changed on reading, counted with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crmkit import schema
from crmkit.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

#: Above this share of unexpectedly dropped rows of a source the run stops (0–1).
MOST_DROPPED = 0.5
#: Reasons that say nothing bad about an export: machines, failures and repeats are expected in logs.
EXPECTED = (
    "read", "repeated_header", "blank_row", "footer", "failed_login", "not_an_action", "duplicate",
    "covered_by_later_export", "licence_manager", "assumed_end", "machine_channel",
)  # fmt: skip


@dataclass
class Book:
    """What happened to the rows of one client's exports, written while they are read."""

    entries: list[tuple[str, str, str, int]] = field(default_factory=list)
    n_rows: dict[str, int] = field(default_factory=dict)

    def rows(self, source: str, n: int) -> None:
        """Note how many rows a source has."""
        self.n_rows[source] = self.n_rows.get(source, 0) + n

    def note(self, source: str, step: str, reasons: Mapping[str, int]) -> None:
        """Note how many rows were dropped or changed, by reason."""
        self.entries += [(source, step, reason, n) for reason, n in reasons.items() if n]

    def check(self) -> None:
        """Stop if most rows of a source were dropped for a reason that nobody expects.

        Raises
        ------
        InputError
            Naming the source, the reason and the share.
        """
        for source, step, reason, n in self.entries:
            total = self.n_rows.get(source, 0)
            if reason not in EXPECTED and step != "change" and total and n > MOST_DROPPED * total:
                raise InputError.mostly_dropped(source, reason, n, total)

    def frame(self) -> pd.DataFrame:
        """Return the ledger, contract `ledger`: share is of the rows of the source."""
        import pandas as pd

        columns = ["source", "step", "reason", "n_rows"]
        rows = [(source, "read", "read", n) for source, n in self.n_rows.items()] + self.entries
        ledger = pd.DataFrame(rows, columns=columns).groupby(columns[:3], sort=False, as_index=False)["n_rows"].sum()
        totals = ledger["source"].map(self.n_rows).astype("float64")
        return schema.conform(ledger.assign(share=ledger["n_rows"] / totals.where(totals > 0)), "ledger")
