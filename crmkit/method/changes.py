"""What has changed at the client: technically, organisationally, culturally."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crmkit.errors import MethodError, did_you_mean
from crmkit.method.table import Table
from crmkit.method.withheld import unnamed_units

if TYPE_CHECKING:
    from crmkit.client import Client

KINDS = ("technical", "organisational", "cultural")


def log(client: Client) -> Table:
    """Return the changes up to ``as_of``, oldest first.

    Returns
    -------
    Table
        date, kind, title, org_unit (empty where units are not shown).

    Raises
    ------
    MethodError
        If a kind is not technical, organisational or cultural.
    """
    rows = client.changes
    unknown = [kind for kind in rows["kind"].unique() if kind not in KINDS]
    if unknown:
        hint = did_you_mean(unknown[0], KINDS)
        raise MethodError(f"changes.csv: kind `{unknown[0]}` is not known.{hint} Known: {', '.join(KINDS)}.")
    frame = rows[rows["date"] <= pd.Timestamp(client.as_of)].sort_values("date", kind="stable").reset_index(drop=True)
    window = (frame["date"].min().date(), frame["date"].max().date()) if len(frame) else None
    frame = unnamed_units(frame, client)
    return Table("change_log", frame, ("date", "kind", "title", "org_unit"), window=window)
