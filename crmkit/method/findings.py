"""What is odd in the data, counted and named: nothing of it is guessed away in silence."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit.method import calendar, tiers, units
from crmkit.method.population import Population, population_of
from crmkit.method.table import Table
from crmkit.method.window import days_of, weeks_of

if TYPE_CHECKING:
    from crmkit.client import Client
    from crmkit.settings import Settings

#: What is odd about accounts, in the order of the report, worst first.
OF_ACCOUNTS = (
    "ends_before_start", "contradicting", "fte_zero", "fte_above_one", "overlapping", "assumed_span",
    "licence_not_listed", "role_without_areas", "place_unknown", "unit_not_shown",
)  # fmt: skip
#: What is odd about the log and the window.
OF_LOG = ("log_starts_after_window", "log_ends_before_window", "weeks_without_log", "absences_missing")


def accounts(client: Client) -> Table:
    """Return how many accounts of people have something odd in their data.

    Parameters
    ----------
    client
        The client.

    Returns
    -------
    Table
        finding, n (accounts), n_total (accounts of people), share; see `of_accounts`.
    """
    frame = of_accounts(population_of(client), client.licences, client.org_map, client.settings, as_of=client.as_of)
    frame = frame.assign(share=frame["n"] / frame["n_total"].replace(0, np.nan))
    derived, tier = {"share": ("n", "n_total")}, tiers.of_client(client)
    return Table("findings", frame, ("finding",), ("n",), derived, ("n_total",), "accounts", tier)


def log(client: Client) -> Table:
    """Return where the log and the window do not fit: finding, n_weeks, n_weeks_total.

    Parameters
    ----------
    client
        The client.

    Returns
    -------
    Table
        ``log_starts_after_window``, ``log_ends_before_window`` or ``weeks_without_log`` with the number of the
        window's weeks that no log covers; ``absences_missing`` where the settings call absences known and none is
        stated in the window. No rows where all is well or there is no log at all.
    """
    stated = client.availability if client.settings.active.absences_known else None
    frame = of_log(client.coverage, stated, as_of=client.as_of)
    dims = ("finding", "n_weeks", "n_weeks_total")
    return Table("log_findings", frame, dims, tier=tiers.of_client(client), window=days_of(client.as_of))


def of_accounts(
    population: Population, licences: pd.DataFrame, org_map: pd.DataFrame, settings: Settings, *, as_of: dt.date
) -> pd.DataFrame:
    """Return finding, n and n_total for every finding that some account has.

    Parameters
    ----------
    population
        Users and spans.
    licences, org_map
        Contracts of the same name.
    settings
        Roles and reporting units.
    as_of
        Day on which roles, licences and units are looked at.

    Returns
    -------
    pandas.DataFrame
        ``ends_before_start``, ``contradicting`` (two states from one day on): not assessed. ``fte_zero``: its weeks
        do not count. ``fte_above_one``: taken as full time. ``overlapping``: spans in different units or part
        time at once, of which the one begun last holds. ``assumed_span``: its end or change is assumed.
        ``licence_not_listed``: the licence is not among those bought. ``role_without_areas``: the map of roles does
        not name its role. ``place_unknown``: holidays of its state are not known. ``unit_not_shown``: in
        none of the reporting units.
    """
    human = population.users.loc[population.users["account_type"] == "person", "user_id"]
    spans = population.spans[population.spans["user_id"].isin(human)]
    now = spans[(spans["from_date"] <= pd.Timestamp(as_of)) & (spans["to_date"] >= pd.Timestamp(as_of))]
    flags = {**_of_spans(spans), **_of_today(now, licences, org_map, settings, as_of=as_of)}
    counts = {code: flags[code]["user_id"].nunique() for code in OF_ACCOUNTS}
    rows = [(code, n, len(human)) for code, n in counts.items() if n]
    return pd.DataFrame(rows, columns=["finding", "n", "n_total"]).astype({"n": "int64", "n_total": "int64"})


def of_log(
    coverage: pd.DataFrame, availability: pd.DataFrame | None = None, *, as_of: dt.date, weeks: int = 12
) -> pd.DataFrame:
    """Return finding, n_weeks and n_weeks_total for what the log or the stated absences leave open in a window.

    Parameters
    ----------
    coverage
        Contract of that name.
    availability
        Contract of that name if absences are said to be known, else None.
    as_of, weeks
        The window.
    """
    days = coverage.loc[coverage["complete"] & coverage["tier"].isin(("A", "B")), "date"]
    first, last = (pd.Timestamp(day) for day in days_of(as_of, weeks=weeks))
    mondays = weeks_of(as_of, weeks=weeks)
    covered = set(days)
    n_without = sum(any(monday + pd.Timedelta(days=d) not in covered for d in range(5)) for monday in mondays)
    conditions = [days.empty or n_without == 0, days.min() > last, days.max() < first]
    code = np.select(conditions, ["", *OF_LOG[:2]], OF_LOG[2]).item()
    rows = [(code, n_without, weeks)] if code else []
    if availability is not None and not days.empty and not availability["week"].isin(mondays).any():
        rows.append(("absences_missing", weeks, weeks))
    return pd.DataFrame(rows, columns=["finding", "n_weeks", "n_weeks_total"])


def _of_spans(spans: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {
        "ends_before_start": spans[spans["problem"] == "ends_before_start"],
        "contradicting": spans[spans["problem"] == "contradicting"],
        "fte_zero": spans[spans["fte"] <= 0],
        "fte_above_one": spans[spans["fte"] > 1],
        "overlapping": _overlapping(spans[spans["problem"] == ""]),
        "assumed_span": spans[spans["evidence"] == "assumed"],
    }


def _of_today(
    now: pd.DataFrame, licences: pd.DataFrame, org_map: pd.DataFrame, settings: Settings, *, as_of: dt.date
) -> dict[str, pd.DataFrame]:
    mapped = {name for name, role in settings.roles.items() if role.areas}
    shown = units.reporting(units.today(now["org_unit"], org_map, as_of=as_of), settings.reporting_paths)
    return {
        "licence_not_listed": now[~now["licence"].isin(licences["licence"]) & bool(len(licences))],
        "role_without_areas": now[~now["role"].isin(mapped) & bool(mapped)],
        "place_unknown": now[~now["subdivision"].isin(_known_places(now["subdivision"], settings.country))],
        "unit_not_shown": now[(shown == "") & bool(settings.reporting_units)],
    }


def _known_places(places: pd.Series, country: str) -> list[str]:
    return [place for place in places.unique() if calendar.is_known(country, str(place))]


def _overlapping(spans: pd.DataFrame) -> pd.DataFrame:
    """Return the spans that begin while another one of the same account runs, in another state."""
    state = ["org_unit", "fte", "subdivision"]
    rows = spans[["user_id", "from_date", "to_date", *state]].reset_index(drop=True)
    many = rows[rows["user_id"].duplicated(keep=False)].reset_index(names="row")
    pairs = many.merge(many, on="user_id", suffixes=("", "_other"))
    runs = pairs["from_date"].between(pairs["from_date_other"], pairs["to_date_other"])
    differs = (pairs[state].to_numpy() != pairs[[f"{name}_other" for name in state]].to_numpy()).any(axis=1)
    return pairs[(pairs["row"] != pairs["row_other"]) & runs & differs]
