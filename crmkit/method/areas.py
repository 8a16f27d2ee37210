"""In which areas of the CRM people work: per area, per segment, per organisational unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit.method import panel
from crmkit.method.definition import Definition
from crmkit.method.lookup import looked_up
from crmkit.method.table import Table
from crmkit.method.window import days_of
from crmkit.settings import SMALL_CLIENT_PEOPLE

if TYPE_CHECKING:
    from crmkit.client import Client

#: Areas in the order of the report; `other` holds objects that the map does not know.
AREAS = ("sales", "marketing", "service", "shared", "other")


def usage(people: pd.DataFrame, client: Client) -> Table:
    """Return how many assessed people used each area in the window.

    Parameters
    ----------
    people
        From `segments.describe`.
    client
        The client.

    Returns
    -------
    Table
        area, n, n_total (assessed people), share; no rows where the log knows no areas (logins).
    """
    used = used_areas(people, client)
    frame = used.groupby("area")["user_id"].nunique().rename("n").reset_index()
    frame["n_total"] = _n_assessed(people)
    return _table("area_usage", _in_order(frame), ("area",), people, client)


def breadth(people: pd.DataFrame, client: Client) -> Table:
    """Return segment × number of areas used (0, 1, 2, 3+): the other side of frequency.

    Objects that no map knows (area ``other``) are no area of their own.
    """
    used = used_areas(people, client)
    used = used[used["area"] != "other"]
    if used.empty:
        return _table("breadth", _no_rows(("segment", "n_areas")), ("segment", "n_areas"), people, client)
    assessed = people[people["segment"].isin(("regular", "occasional", "rare"))]
    n_areas = looked_up(assessed["user_id"], used.groupby("user_id")["area"].nunique()).fillna(0)
    bands = np.select([n_areas == 0, n_areas == 1, n_areas == 2], ["0", "1", "2"], "3+")  # noqa: PLR2004
    cells = pd.MultiIndex.from_product([["regular", "occasional", "rare"], ["0", "1", "2", "3+"]])
    counts = pd.Series(1, index=[assessed["segment"], bands]).groupby(level=[0, 1]).size().reindex(cells, fill_value=0)
    frame = counts.rename_axis(["segment", "n_areas"]).rename("n").reset_index()
    frame["n_total"] = frame.groupby("segment")["n"].transform("sum")
    return _table("breadth", frame, ("segment", "n_areas"), people, client)


def by_unit(people: pd.DataFrame, client: Client) -> Table:
    """Return org_unit × area: people who used the area, of the unit's assessed; empty for a small client."""
    used = used_areas(people, client)
    dims = ("org_unit", "area")
    assessed = people[(people["segment"] != "not_assessable") & (people["org_unit"] != "")]
    if used.empty or len(people) < SMALL_CLIENT_PEOPLE:
        return _table("unit_area", _no_rows(dims), dims, people, client)
    order = [*client.settings.reporting_units, *sorted(assessed["org_unit"].unique())]
    units = [unit for unit in dict.fromkeys(order) if unit in set(assessed["org_unit"])]
    areas = [area for area in AREAS if area in set(used["area"])]
    unit_of = assessed.set_index("user_id")["org_unit"]
    counts = (
        used.assign(org_unit=looked_up(used["user_id"], unit_of)).groupby(list(dims))["user_id"].nunique().rename("n")
    )
    frame = counts.reindex(pd.MultiIndex.from_product([units, areas], names=dims), fill_value=0).reset_index()
    frame["n_total"] = looked_up(frame["org_unit"], unit_of.value_counts())
    return _table("unit_area", frame, dims, people, client)


def used_areas(people: pd.DataFrame, client: Client) -> pd.DataFrame:
    """Return user_id, area: one row per assessed person and area used in the window."""
    rule: Definition = people.attrs.get("definition", Definition())
    work = panel.work_actions(client.activity, client, definition=rule)
    start, end = (pd.Timestamp(day) for day in days_of(client.as_of))
    assessed = people.loc[people["segment"] != "not_assessable", "user_id"]
    inside = work[work["date"].between(start, end) & work["user_id"].isin(assessed)]
    rows = inside[["user_id", "area"]].drop_duplicates().reset_index(drop=True)
    # A login happens nowhere in particular.
    return rows.iloc[:0] if rule.evidence == "logins" else rows


def _n_assessed(people: pd.DataFrame) -> int:
    return int((people["segment"] != "not_assessable").sum())


def _no_rows(dimensions: tuple[str, ...]) -> pd.DataFrame:
    frame = pd.DataFrame({dimension: pd.Series(dtype="str") for dimension in dimensions})
    return frame.assign(n=pd.Series(dtype="int64"), n_total=pd.Series(dtype="int64"))


def _in_order(frame: pd.DataFrame) -> pd.DataFrame:
    position = frame["area"].map({area: position for position, area in enumerate(AREAS)})
    return frame.assign(position=position).sort_values("position").drop(columns="position").reset_index(drop=True)


def _table(name: str, frame: pd.DataFrame, dims: tuple[str, ...], people: pd.DataFrame, client: Client) -> Table:
    rule: Definition = people.attrs.get("definition", Definition())
    frame = frame.assign(share=frame["n"] / frame["n_total"].replace(0, np.nan))
    window = days_of(client.as_of)
    derived = {"share": ("n", "n_total")}
    partition = "n_areas" if "n_areas" in dims else ""
    totals = ("n_total",)
    return Table(name, frame, dims, ("n",), derived, totals, "assessed", rule.tier, window, rule, partition=partition)
