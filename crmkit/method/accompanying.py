"""The client's own figures (joy of work, customers, revenue) beside the use of the CRM: described, not explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crmkit.errors import MethodError
from crmkit.method.goals.names import even
from crmkit.method.table import Table

if TYPE_CHECKING:
    from crmkit.client import Client


def figures(client: Client) -> Table:
    """Return the readings of the client's own figures up to ``as_of``.

    Returns
    -------
    Table
        outcome (as first written), unit, date, value (in that unit): figures in the order of the file, each by date.

    Raises
    ------
    MethodError
        If a figure stands in two units, or twice on a date.
    """
    rows = client.outcomes
    rows = rows[rows["date"].notna() & rows["value"].notna() & (rows["date"] <= pd.Timestamp(client.as_of))]
    names, units = rows["outcome"].map(even), rows["unit"].str.strip()
    _refuse_where("stands in several units", units != units.groupby(names).transform("first"))
    _refuse_where("stands twice on a date", pd.DataFrame({"name": names, "date": rows["date"]}).duplicated())
    frame = pd.DataFrame(
        {
            "outcome": rows["outcome"].groupby(names).transform("first"), "unit": units, "date": rows["date"],
            "value": rows["value"], "place": names.map({name: place for place, name in enumerate(names.unique())}),
        }
    )  # fmt: skip
    columns = ("outcome", "unit", "date", "value")
    in_order = frame.sort_values(["place", "date"], kind="stable")[list(columns)].reset_index(drop=True)
    window = (rows["date"].min().date(), rows["date"].max().date()) if len(rows) else None
    return Table("outcomes", in_order, columns, window=window)


def changes(client: Client) -> Table:
    """Return the first and the last reading of each figure, and the difference; it says nothing about why.

    Returns
    -------
    Table
        outcome, unit, n_readings, first_date, first_value, last_date, last_value, change (last less first, in the
        figure's unit, percentages in points; missing for a single reading).

    Raises
    ------
    MethodError
        If a figure stands in two units, or twice on a date.
    """
    readings = figures(client)
    columns = ["outcome", "unit", "n_readings", "first_date", "first_value", "last_date", "last_value", "change"]
    rows = [
        (
            name, group["unit"].iloc[0], len(group), group["date"].iloc[0], group["value"].iloc[0],
            group["date"].iloc[-1], group["value"].iloc[-1], _change(group["value"]),
        )
        for name, group in readings.frame.groupby("outcome", sort=False)
    ]  # fmt: skip
    return Table("outcome_changes", pd.DataFrame(rows, columns=columns), tuple(columns), window=readings.window)


def _change(values: pd.Series) -> float:
    return float(values.iloc[-1] - values.iloc[0]) if len(values) > 1 else float("nan")


def _refuse_where(problem: str, is_wrong: pd.Series) -> None:
    if is_wrong.any():
        raise MethodError(f"outcomes.csv: row {is_wrong[is_wrong].index[0] + 2}: a figure {problem}; keep one.")
