"""Parallel structures: the inventory of what is kept outside the CRM; never by person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmkit.errors import MethodError
from crmkit.method.table import Table
from crmkit.method.withheld import unnamed_units

if TYPE_CHECKING:
    from crmkit.client import Client


def inventory(client: Client) -> Table:
    """Return the parallel structures that the workshop collected.

    Returns
    -------
    Table
        process, org_unit, purpose, hours_month_min, hours_month_max (hours a month, an assumption),
        crm_lacks; org_unit is empty where units are not shown.

    Raises
    ------
    MethodError
        If a range of hours is negative or upside down.
    """
    rows = client.parallel_lists
    wrong = (rows["hours_month_min"] < 0) | (rows["hours_month_max"] < rows["hours_month_min"])
    if wrong.any():
        raise MethodError(f"parallel_lists.csv: row {int(wrong.to_numpy().argmax()) + 2}: hours must be 0 ≤ min ≤ max.")
    return Table("parallel_lists", unnamed_units(rows, client), tuple(rows.columns))
