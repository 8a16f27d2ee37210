"""`ProtectedTable`: the only kind of table that a report takes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, fields
from typing import Any, Self

import pandas as pd

from crmkit.errors import PrivacyError
from crmkit.method.table import Table

_SEAL = object()


@dataclass(frozen=True, eq=False)
class ProtectedTable(Table):
    """A `Table` whose small cells are masked; made by `privacy.protect`, never by hand.

    Attributes
    ----------
    k
        Smallest number of people that a shown number describes.
    hidden
        Which counts and totals are masked (bool frame, rows as in `frame`).
    """

    k: int = 0
    hidden: Any = field(default=None, repr=False)
    _seal: Any = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Refuse to be made anywhere but in `privacy`."""
        if self._seal is not _SEAL:
            raise PrivacyError("a ProtectedTable is made by `privacy.protect(table)` only.")

    @classmethod
    def _of(cls, table: Table, frame: pd.DataFrame, k: int) -> Self:
        """Return the protected form of a table; for `privacy.protect` alone."""
        kept = {f.name: getattr(table, f.name) for f in fields(Table)}
        columns = [*table.counts, *table.totals]
        hidden = frame[columns].isna().to_numpy(bool)
        if len(frame) == len(table.frame):
            # what was never there is not masked
            hidden = hidden & table.frame[columns].notna().to_numpy(bool)
        if isinstance(table, cls):
            hidden = hidden | table.hidden.to_numpy(bool)
        masks = pd.DataFrame(hidden, columns=columns)
        return cls(**{**kept, "frame": frame}, k=k, hidden=masks, _seal=_SEAL)

    @property
    def n_suppressed(self) -> int:
        """Number of rows with a masked value."""
        return int(self.frame["suppressed"].sum())

    def describes(self) -> tuple[dt.date, dt.date] | None:
        """Return the window that the numbers speak of."""
        return self.window
