"""Monthly readings: the same window, rolled back month by month under one definition."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit import schema
from crmkit.errors import MethodError
from crmkit.method import described, eligibility, panel, segments, tiers
from crmkit.method.definition import Definition
from crmkit.method.lookup import looked_up
from crmkit.method.population import Population, one_row_a_person, population_of
from crmkit.method.table import Table
from crmkit.method.window import weeks_of

if TYPE_CHECKING:
    from crmkit.client import Client

#: Segments that each metric counts.
COUNTED = {
    "active_users": ("regular", "occasional"),
    "regular_users": ("regular",),
    "usage_rate": ("regular", "occasional"),
}
#: Readings further back than this are not computed (months).
MOST_MONTHS = 36


def monthly(
    client: Client, *, metric: str = "active_users", org_unit: str | None = None, area: str | None = None
) -> pd.DataFrame:
    """Return the monthly readings of a metric, each a window of 12 complete weeks.

    Parameters
    ----------
    client
        The client; all readings use the definition of its ``as_of``.
    metric
        ``active_users`` (regular + occasional), ``regular_users`` or ``usage_rate``.
    org_unit
        Path of an organisational unit; its subordinate units count with it.
    area
        Only actions in this CRM area make a week active.

    Returns
    -------
    pandas.DataFrame
        Contract `series`: month (day of the reading: the month's last, in the current month `as_of`),
        population, value (people, or share 0–1), n_total (assessed people), coverage_share (0–1),
        definition_hash, noise (NaN: not yet estimated). Months without any log are left out.

    Raises
    ------
    MethodError
        If the metric cannot be read from usage logs.
    """
    if metric not in COUNTED:
        raise MethodError(f"metric `{metric}` is not read from usage logs. Known: {', '.join(COUNTED)}.")
    people = history(client, area=area)
    if org_unit:
        people = people[people["org_unit"].eq(org_unit) | people["org_unit"].str.startswith(f"{org_unit}/")]
    assessed = people[people["segment"] != "not_assessable"]
    counted = assessed.assign(n=assessed["segment"].isin(COUNTED[metric]))
    readings = counted.groupby(["month", "coverage_share"], as_index=False).agg(n=("n", "sum"), n_total=("n", "size"))
    value = readings["n"] / readings["n_total"] if metric == "usage_rate" else readings["n"]
    rule = tiers.definition_of(client)
    series = readings.assign(value=value, population=org_unit or "all", definition_hash=rule.hash, noise=np.nan)
    return schema.conform(series, "series")


@lru_cache(maxsize=8)
def history(client: Client, *, area: str | None = None) -> pd.DataFrame:
    """Return month, user_id, segment, org_unit, coverage_share: everybody's segment month by month."""
    rule = tiers.definition_of(client)
    activity = client.activity if area is None else client.activity[client.activity["area"] == area]
    population = population_of(client)
    readings = [_reading(activity, population, day, rule) for day in _reading_days(client, rule)]
    columns = ["month", "user_id", "segment", "org_unit", "coverage_share"]
    return pd.concat(readings, ignore_index=True)[columns] if readings else _no_history(columns)


def _no_history(columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame({column: pd.Series(dtype="str") for column in columns}).astype({"coverage_share": float})


def usage(client: Client) -> Table:
    """Return the monthly usage rate and regular share as a table.

    Returns
    -------
    Table
        month, metric (active, regular), coverage_share; n, n_total, share.
    """
    parts = {"active": monthly(client, metric="active_users"), "regular": monthly(client, metric="regular_users")}
    frame = pd.concat([rows.assign(metric=metric) for metric, rows in parts.items()], ignore_index=True)
    frame = frame[frame["coverage_share"] >= tiers.COVERED_SHARE].reset_index(drop=True)
    frame = frame.assign(n=frame["value"].astype("int64"), n_total=frame["n_total"].astype("int64"))
    frame["share"] = frame["n"] / frame["n_total"].replace(0, np.nan)
    rule = tiers.definition_of(client)
    window = (frame["month"].min().date(), frame["month"].max().date()) if len(frame) else None
    columns = ["month", "metric", "coverage_share", "n", "n_total", "share"]
    dims = ("month", "metric", "coverage_share")
    derived = {"share": ("n", "n_total")}
    return Table(
        "usage_series", frame[columns], dims, ("n",), derived, ("n_total",), "assessed", rule.tier, window, rule
    )


def _reading_days(client: Client, rule: Definition) -> list[dt.date]:
    """Return the days to read on: ends of months whose window touches the log, and `as_of`."""
    sources = tiers.sources_of(rule, client.activity, client.coverage)
    covered = client.coverage.loc[client.coverage["source"].isin(sources), "date"]
    as_of = pd.Timestamp(client.as_of)
    if covered.empty:
        return []
    ends = pd.date_range(covered.min(), as_of, freq="ME")[-MOST_MONTHS:]
    days = [day.date() for day in ends if day.to_period("M") != as_of.to_period("M")]
    return [*days, client.as_of]


def _reading(
    activity: pd.DataFrame, population: Population, day: dt.date, rule: Definition
) -> pd.DataFrame:
    """Return the segment of everybody in the window that ends on or before a day."""
    people = segments.assign(panel.weekly(activity, population, as_of=day, weeks=rule.window_weeks, definition=rule))
    persons = one_row_a_person(population)
    units = described.spans_on(persons.assignments, day).drop_duplicates("user_id", keep="last")
    mondays = weeks_of(day, weeks=rule.window_weeks)
    observed = eligibility.observed_weeks(population, activity, mondays, rule)
    return people.assign(
        month=pd.Timestamp(day),
        org_unit=looked_up(people["user_id"], units.set_index("user_id")["org_unit"]).fillna(""),
        coverage_share=len(observed) / rule.window_weeks,
    )
