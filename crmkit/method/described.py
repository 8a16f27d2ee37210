"""People with what is known of them beside their segment: unit, licence, sub-code, intensity."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit.method import panel, tiers, units
from crmkit.method.lookup import looked_up
from crmkit.method.population import Population, as_persons, one_row_a_person, population_of
from crmkit.method.window import days_of

if TYPE_CHECKING:
    from crmkit.client import Client


def describe(people: pd.DataFrame, client: Client) -> pd.DataFrame:
    """Return `people` with what is known of them at the client's ``as_of``.

    Parameters
    ----------
    people
        From `segments.assign`.
    client
        The client that the panel was made of.

    Returns
    -------
    pandas.DataFrame
        The columns of `assign`, then org_unit (path in today's structure), reporting_unit (empty: shown in no
        unit), role, licence, detail (sub-code of rare: rare, dormant, never; else empty) and n_days_mean (active
        days per active week). Where changed records are the evidence, people who only logged in are
        ``no_write_trace``, not ``rare``.
    """
    rule = tiers.rule_of(people, client)
    population = one_row_a_person(population_of(client))
    current = current_assignments(population.spans, client).drop_duplicates("user_id", keep="last").set_index("user_id")
    work = panel.work_actions(client.activity, client, definition=rule)
    logins = _last_login_actions(client, population)
    org_unit = todays_units(looked_up(people["user_id"], current["org_unit"]).fillna(""), client)
    described = people.assign(
        org_unit=org_unit,
        reporting_unit=units.reporting(org_unit, client.settings.reporting_paths),
        role=looked_up(people["user_id"], current["role"]).fillna(""),
        licence=looked_up(people["user_id"], current["licence"]).fillna(""),
        detail=_details(people, work, logins, client),
        n_days_mean=looked_up(people["user_id"], _days_a_week(work, client)).fillna(0.0),
    )
    if rule.evidence == "changes":
        described["segment"] = _without_write_trace(described, logins, client)
        # Who logs in uses the licence: without a write trace is not without use.
        described["detail"] = described["detail"].where(described["segment"] == "rare", "")
    described.attrs = people.attrs
    return described


def todays_units(org_units: pd.Series, client: Client) -> pd.Series:
    """Return units in the structure of the client's ``as_of`` („in heutiger Struktur“)."""
    return units.today(org_units, client.org_map, as_of=client.as_of)


def in_order(names: pd.Series, client: Client) -> list[str]:
    """Return the reporting units among `names` in the client's order, others after them by name."""
    found = set(names) - {""}
    return [unit for unit in dict.fromkeys([*client.settings.reporting_paths, *sorted(found)]) if unit in found]


def sorted_by_unit(frame: pd.DataFrame, client: Client) -> pd.DataFrame:
    """Return rows with their reporting units (`org_unit`) in the client's order, otherwise in the order they have."""
    place = {unit: position for position, unit in enumerate(in_order(frame["org_unit"], client))}
    return frame.iloc[frame["org_unit"].map(place).argsort(kind="stable")].reset_index(drop=True)


def current_assignments(assignments: pd.DataFrame, client: Client) -> pd.DataFrame:
    """Return the spans that hold on the client's ``as_of``."""
    return spans_on(assignments, client.as_of)


def spans_on(assignments: pd.DataFrame, day: dt.date) -> pd.DataFrame:
    """Return the spans that hold on a day."""
    begun = assignments["from_date"].isna() | (assignments["from_date"] <= pd.Timestamp(day))
    return assignments[begun & (assignments["to_date"].isna() | (assignments["to_date"] >= pd.Timestamp(day)))]


def _last_login_actions(client: Client, population: Population) -> pd.Series:
    """Return user_id → day of the last login up to `as_of`, from logs and user lists."""
    day = pd.Timestamp(client.as_of)
    logged = client.activity[(client.activity["n_login"] > 0) & (client.activity["date"] <= day)]
    from_logs = logged.groupby(as_persons(logged["user_id"], client.users))["date"].max()
    listed = population.users.set_index("user_id")["last_login"]
    return pd.concat([from_logs, listed[listed <= day]]).groupby(level=0).max()


def _details(people: pd.DataFrame, work: pd.DataFrame, logins: pd.Series, client: Client) -> pd.Series:
    start, end = (pd.Timestamp(day) for day in days_of(client.as_of))
    past = work[work["date"] <= end]
    last_work = looked_up(people["user_id"], past.groupby("user_id")["date"].max())
    ever = last_work.notna() | looked_up(people["user_id"], logins).notna()
    codes = np.select([people["segment"] != "rare", last_work >= start, ever], ["", "rare", "dormant"], "never")
    return pd.Series(codes, index=people.index)


def _days_a_week(work: pd.DataFrame, client: Client) -> pd.Series:
    """Return user_id → active days per active week of the window."""
    start, end = (pd.Timestamp(day) for day in days_of(client.as_of))
    inside = work[work["date"].between(start, end)]
    return inside.groupby(["user_id", "week"])["date"].nunique().groupby("user_id").mean()


def _without_write_trace(people: pd.DataFrame, logins: pd.Series, client: Client) -> pd.Series:
    start = pd.Timestamp(days_of(client.as_of)[0])
    only_logins = (
        (people["segment"] == "rare") & (people["active_weeks"] == 0) & (looked_up(people["user_id"], logins) >= start)
    )
    return people["segment"].mask(only_logins, "no_write_trace")
