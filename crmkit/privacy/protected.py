"""`ProtectedTable`: the only kind of table that a report takes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Self

from crmkit.errors import PrivacyError
from crmkit.method.table import Table

if TYPE_CHECKING:
    import pandas as pd

_SEAL = object()


@dataclass(frozen=True, eq=False)
class ProtectedTable(Table):
    """A `Table` whose small cells are masked; made by `privacy.protect`, never by hand.

    Attributes
    ----------
    k
        Smallest number of people that a shown number describes.
    """

    k: int = 0
    _seal: Any = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Refuse to be made anywhere but in `privacy`."""
        if self._seal is not _SEAL:
            raise PrivacyError("a ProtectedTable is made by `privacy.protect(table)` only.")

    @classmethod
    def _of(cls, table: Table, frame: pd.DataFrame, k: int) -> Self:
        """Return the protected form of a table; for `privacy.protect` alone."""
        kept = {f.name: getattr(table, f.name) for f in fields(Table)}
        return cls(**{**kept, "frame": frame}, k=k, _seal=_SEAL)

    @property
    def n_suppressed(self) -> int:
        """Number of rows with a masked value."""
        return int(self.frame["suppressed"].sum())

    def describes(self) -> tuple[dt.date, dt.date] | None:
        """Return the window that the numbers speak of."""
        return self.window
