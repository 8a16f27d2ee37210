"""Where a client stands, on whatever evidence there is: segments, last logins, or own aggregates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit.method import counted, made, segments, tiers, units
from crmkit.method.definition import Definition
from crmkit.method.described import current_assignments, describe, in_order, sorted_by_unit, todays_units
from crmkit.method.lookup import looked_up
from crmkit.method.population import one_row_a_person, population_of
from crmkit.method.table import Table, positions
from crmkit.method.units.sizes import RATE_PEOPLE, SEGMENTS_PEOPLE
from crmkit.method.whom import Given, Values, Whom, each, people_on
from crmkit.method.window import days_of, seasons, weeks_of
from crmkit.method.withheld import without_units

if TYPE_CHECKING:
    from crmkit.client import Client

__all__ = [
    "aggregates", "by_unit", "describe", "details", "intensity", "last_logins", "logins_by_unit", "overview",
]  # fmt: skip

#: Bands of the last login (tier C) and the highest number of days before `as_of` of each.
LOGIN_BANDS = {"within_4_weeks": 28, "weeks_5_12": 84, "over_12_weeks": 36_500}
#: Active days per active week from which use counts as intensive.
INTENSIVE_DAYS = 2


def overview(people: pd.DataFrame, client: Client) -> Table:
    """Return where the client stands, by its data tier.

    Parameters
    ----------
    people
        From `segments.assign` or `describe`; used in tiers A and B.
    client
        The client.

    Returns
    -------
    Table
        Tier A, B: `segments.shares`, with notes ``summer_window`` and ``christmas_window``.
        Tier C: band of the last login, n, n_total, share. Tier E:
        org_unit, band, definition, n, n_total, share as delivered. Tier D: no rows.
    """
    tier = tiers.of_client(client)
    if tier in ("A", "B"):
        return replace(segments.shares(people), notes=seasons(weeks_of(client.as_of)))
    if tier == "C":
        return last_logins(client)
    return aggregates(client)


def last_logins(client: Client) -> Table:
    """Return how long ago people logged in last (tier C): nothing about regularity follows from it.

    Parameters
    ----------
    client
        The client.

    Returns
    -------
    Table
        band (within_4_weeks, weeks_5_12, over_12_weeks, never; after_as_of where a later list says so), n, n_total,
        share.
    """
    bands = _bands(client)
    counts = bands["band"].value_counts().reindex(_known_bands(bands), fill_value=0)
    frame = counts.rename_axis("band").rename("n").reset_index().assign(n_total=len(bands))
    return _login_table("standing", frame, ("band",), client)


def logins_by_unit(client: Client) -> Table:
    """Return `last_logins` per reporting unit, in tier C; empty for a small client.

    Parameters
    ----------
    client
        The client.

    Returns
    -------
    Table
        org_unit (the reporting unit), band, n, n_total, share. Units of fewer than 25 people are withheld.
    """
    bands = _bands(client)
    notes = without_units(client, len(bands)) if tiers.of_client(client) == "C" else ()
    inside = bands[(bands["org_unit"] != "") & (tiers.of_client(client) == "C") & (not notes)]
    cells = pd.MultiIndex.from_product(
        [in_order(inside["org_unit"], client), _known_bands(bands)], names=["org_unit", "band"]
    )
    frame = inside.value_counts(["org_unit", "band"]).reindex(cells, fill_value=0).rename("n").reset_index()
    frame["n_total"] = frame.groupby("org_unit")["n"].transform("sum")
    table = _login_table("logins_by_unit", frame, ("org_unit", "band"), client)
    return replace(table, summed=True, withheld=positions(frame["n_total"] < SEGMENTS_PEOPLE), notes=notes)


def _bands(client: Client) -> pd.DataFrame:
    """Return org_unit (the reporting unit) and band of the last login, one row a person with an account today."""
    population = one_row_a_person(population_of(client))
    current = current_assignments(population.spans, client).drop_duplicates("user_id", keep="last")
    unit_of = current.set_index("user_id")["org_unit"]
    people = population.users[population.users["account_type"] == "person"]
    people = people[people["user_id"].isin(unit_of.index)]
    n_days = (pd.Timestamp(client.as_of) - people["last_login"]).dt.days
    # A list taken later says nothing about the last login up to `as_of`.
    within = [n_days < 0, *(n_days <= most for most in LOGIN_BANDS.values())]
    org_unit = todays_units(looked_up(people["user_id"], unit_of), client)
    return pd.DataFrame(
        {
            "org_unit": units.reporting(org_unit, client.settings.reporting_paths),
            "band": np.select(within, ["after_as_of", *LOGIN_BANDS], "never"),
        }
    )


def _known_bands(bands: pd.DataFrame) -> list[str]:
    return [*LOGIN_BANDS, "never", *(["after_as_of"] if (bands["band"] == "after_as_of").any() else [])]


def _login_table(name: str, frame: pd.DataFrame, dims: tuple[str, ...], client: Client) -> Table:
    frame["share"] = frame["n"] / frame["n_total"].replace(0, np.nan)
    derived, window = {"share": ("n", "n_total")}, days_of(client.as_of)
    unit = {counted.UNIT: counted.shown_units(frame["org_unit"], client)} if "org_unit" in dims else {}
    rows, everybody = len(frame), people_on(client.as_of)
    whom = {
        "n": each(rows, everybody, unit | {"last login": frame["band"]}),
        "n_total": each(rows, everybody, unit | {"last login": frozenset(frame["band"])}),
    }
    return Table(
        name, frame, dims, ("n",), derived, ("n_total",), "people", "C", window, partition="band", whom=whom,
    )  # fmt: skip


def aggregates(client: Client) -> Table:
    """Return the client's own aggregates as delivered (tier E); empty where there are none (tier D).

    Where units are not shown, all of them together under the client's name.
    """
    rows = client.aggregates
    frame = rows[["org_unit", "band", "definition", "n"]].reset_index(drop=True)
    notes = without_units(client, int(frame["n"].sum())) if len(frame) else ()
    if notes:
        whole = frame.assign(org_unit=client.settings.name)
        frame = whole.groupby(["org_unit", "band", "definition"], sort=False, as_index=False).agg(n=("n", "sum"))
    frame["n_total"] = frame.groupby("org_unit")["n"].transform("sum") if len(frame) else frame["n"]
    frame["share"] = frame["n"] / frame["n_total"].replace(0, np.nan)
    window = (rows["from_date"].min().date(), rows["to_date"].max().date()) if len(rows) else None
    tier = "E" if len(rows) else "D"
    derived = {"share": ("n", "n_total")}
    dims = ("org_unit", "band", "definition")
    return Table(
        "standing", frame, dims, ("n",), derived, ("n_total",), "delivered", tier, window, notes=notes, partition="band"
    )  # fmt: skip


def details(people: pd.DataFrame) -> Table:
    """Return the sub-codes of the rare: rare, dormant (used before), never; from `describe`."""
    order = ["rare", "dormant", "never"]
    rare = people[people["segment"] == "rare"]
    frame = rare["detail"].value_counts().reindex(order, fill_value=0).rename_axis("detail").rename("n").reset_index()
    frame["n_total"] = segments.n_assessed(people)
    frame["share"] = frame["n"] / frame["n_total"].replace(0, np.nan)
    table = segments.table_of("details", frame[frame["n_total"] > 0], ("detail",), people)
    segment = _segment(people)
    rare = {segment: frozenset({"rare"}), "detail": table.frame["detail"]}
    return replace(table, whom=_whom(table, people, rare, {segment: _assessed(people)}), splits=("detail",))


def intensity(people: pd.DataFrame) -> Table:
    """Return how many of a segment work in the CRM on at least two days of an active week."""
    used = people[people["segment"].isin(("regular", "occasional"))]
    intensive = used.assign(n=used["n_days_mean"] >= INTENSIVE_DAYS).groupby("segment")["n"].agg(["sum", "size"])
    frame = intensive.reindex(["regular", "occasional"], fill_value=0).astype(int).reset_index()
    frame = frame.set_axis(["segment", "n", "n_total"], axis="columns")
    frame["share"] = frame["n"] / frame["n_total"].replace(0, np.nan)
    table = segments.table_of("intensity", frame[frame["n_total"] > 0], ("segment",), people)
    everybody = {_segment(people): table.frame["segment"]}
    return replace(table, whom=_whom(table, people, everybody | {"intensive": counted.YES}, everybody))


def _segment(people: pd.DataFrame) -> str:
    return counted.segment(made.rule_of(people) or Definition())


def _assessed(people: pd.DataFrame) -> Values:
    return counted.assessed(made.rule_of(people) or Definition())


def _whom(
    table: Table, people: pd.DataFrame, n: Mapping[str, Given], n_total: Mapping[str, Given]
) -> dict[str, tuple[Whom | None, ...]]:
    """Return whom n and n_total count on the day that `people` was made for."""
    rows, everybody = len(table.frame), people_on(made.day_of(people))
    return {"n": each(rows, everybody, n), "n_total": each(rows, everybody, n_total)}


def by_unit(people: pd.DataFrame, client: Client) -> Table:
    """Return `segments.shares` per reporting unit, in the client's order; empty for a small client.

    Parameters
    ----------
    people
        From `describe`.
    client
        The client.

    Returns
    -------
    Table
        org_unit (the reporting unit), segment, n, n_total, share. Of units with fewer than 25 people only the
        usage rate is shown, of those with fewer than 15 nothing (`Table.withheld`).
    """
    # Who cannot be assessed yet is shown for the whole client only: by unit these are a handful.
    inside = people[(people["reporting_unit"] != "") & (people["segment"] != "not_assessable")]
    inside = inside.assign(org_unit=inside["reporting_unit"])
    inside.attrs = people.attrs
    notes = without_units(client, len(people))
    table = segments.shares(inside.iloc[:0] if notes else inside, by="org_unit")
    frame = table.frame[table.frame["segment"] != "not_assessable"]
    frame = sorted_by_unit(frame, client)
    n_people = looked_up(frame["org_unit"], people["reporting_unit"].value_counts())
    is_used = frame["segment"].isin(("regular", "occasional"))
    withheld = (n_people < RATE_PEOPLE) | ((n_people < SEGMENTS_PEOPLE) & is_used)
    unit = {counted.UNIT: counted.shown_units(frame["org_unit"], client)}
    segment = _segment(people)
    whom = _whom(
        replace(table, frame=frame, whom={}), people, unit | {segment: frame["segment"].astype(str)},
        unit | {segment: _assessed(people)},
    )  # fmt: skip
    return replace(table, frame=frame, whom=whom, withheld=positions(withheld), notes=notes)
