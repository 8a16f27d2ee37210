"""The client's own figures (revenue, complaints, data quality) as readings that a goal can be followed by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit import schema
from crmkit.errors import GoalError, listed
from crmkit.method.goals.goal import FIGURE_METRICS, OUTCOME, Goal
from crmkit.method.goals.names import even

if TYPE_CHECKING:
    from crmkit.client import Client

#: Names under which the data quality stands in ``outcomes.csv``.
_DATA_QUALITY = ("datenqualität", "data quality", "data_quality")
PERCENT = "%"


def readings(goal: Goal, client: Client) -> pd.DataFrame:
    """Return the readings of the client's own figure that a goal speaks of, the last one of each month.

    Returns
    -------
    pandas.DataFrame
        Contract `series`; figures in percent as shares (0–1), others in their own unit; no people stand behind
        them (n_total and noise are NaN). Empty where ``outcomes.csv`` does not have the figure.

    Raises
    ------
    GoalError
        If the figure stands there in several units, or data quality not in percent.
    """
    rows = _in_one_unit(goal, _rows(goal, client)).sort_values("date")
    rows = rows[~rows["date"].dt.to_period("M").duplicated(keep="last")]
    divisor = np.where(rows["unit"].str.strip() == PERCENT, 100.0, 1.0)
    return schema.conform(
        pd.DataFrame(
            {
                "month": rows["date"], "population": "all", "value": rows["value"] / divisor, "n_total": np.nan,
                "coverage_share": 1.0, "definition_hash": "", "noise": np.nan,
            }
        ),
        "series",
    )  # fmt: skip


def unit_of(goal: Goal, client: Client) -> str:
    """Return the unit of the figure that a goal speaks of: ``%``, ``Punkte von 10``; none for usage."""
    if goal.metric not in FIGURE_METRICS:
        return ""
    units = _rows(goal, client)["unit"].str.strip()
    return str(units.iloc[-1]) if len(units) else ""


def _in_one_unit(goal: Goal, rows: pd.DataFrame) -> pd.DataFrame:
    units = sorted(set(rows["unit"].str.strip()))
    name = goal.outcome or "data quality"
    if len(units) > 1:
        raise GoalError.wrong_outcome(name, f"stands in outcomes.csv in several units ({listed(units)}); keep one")
    if units and units != [PERCENT] and goal.metric != OUTCOME:
        raise GoalError.wrong_outcome(name, f'a share; write it in outcomes.csv with the unit "{PERCENT}"')
    return rows


def _rows(goal: Goal, client: Client) -> pd.DataFrame:
    wanted = {even(goal.outcome)} if goal.metric == OUTCOME else set(_DATA_QUALITY)
    rows = client.outcomes
    return rows[rows["outcome"].map(even).isin(wanted) & rows["value"].notna() & rows["date"].notna()]
