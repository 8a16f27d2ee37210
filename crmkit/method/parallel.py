"""Parallel structures: the inventory of what is kept outside the CRM, and the hours it takes; never by person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crmkit.errors import MethodError
from crmkit.method.table import Table
from crmkit.method.withheld import unnamed_units

if TYPE_CHECKING:
    from crmkit.client import Client

_MONTHS = 12
_RANGE = ("hours_month_min", "hours_month_max")


def inventory(client: Client) -> Table:
    """Return the parallel structures that the workshop collected, in its order, and what their hours come to.

    Returns
    -------
    Table
        process, org_unit, purpose, hours_month_min, hours_month_max (hours a month, estimated; missing where nobody
        estimated them), crm_lacks, cost_month_min, cost_month_max (hours × the client's own rate, in `currency`: an
        assumption; missing without a rate), currency (empty without a rate). org_unit is empty where units are not
        shown.

    Raises
    ------
    MethodError
        If a range of hours is negative or upside down.
    """
    rows, (least, most) = client.parallel_lists, _RANGE
    wrong = (rows[least] < 0) | (rows[most] < rows[least])
    if wrong.any():
        raise MethodError(f"parallel_lists.csv: row {int(wrong.to_numpy().argmax()) + 2}: hours must be 0 ≤ min ≤ max.")
    rate, currency = _rate(client)
    costs = {hours.replace("hours", "cost"): rows[hours] * rate for hours in _RANGE}
    frame = unnamed_units(rows, client).assign(**costs, currency=pd.Series(currency, index=rows.index, dtype="str"))
    return Table("parallel_lists", frame, tuple(frame.columns))


def total(client: Client) -> Table:
    """Return what all parallel structures take together, in a month and in a year: from lowest to highest.

    Returns
    -------
    Table
        period (``month``, ``year``), hours_min, hours_max, cost_min, cost_max (hours × the client's own rate, in
        `currency`: an assumption; missing without a rate), hourly_rate, currency, n_estimated and n_processes (how many
        have an estimate, and how many there are; no people). No rows if nobody estimated any hours.

    Raises
    ------
    MethodError
        If a range of hours is negative or upside down.
    """
    lists = inventory(client).frame
    known = lists[lists[list(_RANGE)].notna().all(axis=1)]
    rate, currency = _rate(client)
    least, most = (known[hours].sum() for hours in _RANGE)
    rows = [
        (period, least * n, most * n, least * n * rate, most * n * rate, rate, currency, len(known), len(lists))
        for period, n in (("month", 1), ("year", _MONTHS))
        if len(known)
    ]
    columns = [
        "period", "hours_min", "hours_max", "cost_min", "cost_max", "hourly_rate", "currency", "n_estimated",
        "n_processes",
    ]  # fmt: skip
    return Table("parallel_total", pd.DataFrame(rows, columns=columns), tuple(columns))


def _rate(client: Client) -> tuple[float, str]:
    """Return the client's own rate for an hour, and its currency; without a rate neither."""
    stated = client.settings.parallel
    return (float("nan"), "") if stated.hourly_rate is None else (stated.hourly_rate, stated.currency)
