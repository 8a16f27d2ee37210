"""Monthly readings of every metric, for the whole client, by unit and by area, under one definition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit import schema
from crmkit.errors import MethodError
from crmkit.method import counted, firmness, tiers, units
from crmkit.method.areas import AREAS
from crmkit.method.described import sorted_by_unit
from crmkit.method.table import Table, of_shares, positions
from crmkit.method.timeline import CHANCES, history, no_history
from crmkit.method.units.sizes import RATE_PEOPLE
from crmkit.method.whom import Given, Values, box, each, of, people_on
from crmkit.method.withheld import without_agreement, without_units

if TYPE_CHECKING:
    from crmkit.client import Client

#: Segments that each metric counts.
COUNTED = {
    "active_users": ("regular", "occasional"),
    "regular_users": ("regular",),
    "usage_rate": ("regular", "occasional"),
}
METRICS = (*COUNTED, "breadth")
#: Readings of a unit lie at least so many weeks apart.
LEAST_WEEKS = 8


def monthly(
    client: Client, *, metric: str = "active_users", org_unit: str | None = None, area: str | None = None
) -> pd.DataFrame:
    """Return the monthly readings of a metric, each a window of 12 complete weeks.

    Parameters
    ----------
    client
        The client; all readings use the definition of its ``as_of``.
    metric
        ``active_users`` (regular + occasional), ``regular_users``, ``usage_rate``, or ``breadth``: the mean share of
        the areas relevant to the role that a person uses; without a map of roles, of all areas in the log.
    org_unit
        Path of an organisational unit in today's structure; its subordinate units count with it.
    area
        Only actions in this CRM area make a week active.

    Returns
    -------
    pandas.DataFrame
        Contract `series`: month (day of the reading: the month's last, in the current month `as_of`),
        population, value (people, or share 0–1), n_total (assessed people), coverage_share (0–1),
        definition_hash, noise (standard deviation of `value` if everybody keeps their habits, see
        `firmness.noise`; NaN for breadth). Months without any log are left out.

    Raises
    ------
    MethodError
        If the metric cannot be read from usage logs, or the area is not known.
    """
    if area is not None and area not in AREAS:
        raise MethodError(f"area `{area}` is not known. Known: {', '.join(AREAS)}.")
    if metric not in METRICS:
        raise MethodError(f"metric `{metric}` is not read from usage logs. Known: {', '.join(METRICS)}.")
    if area and area not in _areas_of(client):
        return schema.empty("series")
    people = history(client, area=None if metric == "breadth" else area, org_unit=org_unit)
    assessed = people[people["segment"] != "not_assessable"]
    readings = _breadth(assessed, client, area) if metric == "breadth" else _counted(assessed, metric)
    rule = tiers.definition_of(client)
    return schema.conform(readings.assign(population=org_unit or "all", definition_hash=rule.hash), "series")


def _counted(assessed: pd.DataFrame, metric: str) -> pd.DataFrame:
    """Return the readings of a metric that counts people."""
    keys = ["month", "coverage_share"]
    readings = _counts(assessed, keys, metric)
    noises = [firmness.noise(rows[[*CHANCES]].to_numpy(), metric) for _, rows in assessed.groupby(keys)]
    divisor = readings["n_total"] if metric == "usage_rate" else 1
    return readings.assign(value=readings["n"] / divisor, noise=np.array(noises) / divisor)


def _breadth(assessed: pd.DataFrame, client: Client, area: str | None) -> pd.DataFrame:
    """Return the readings of breadth; of one area: the share of people who use it among those it matters to."""
    keys = ["month", "coverage_share"]
    roles = {name: set(role.areas) for name, role in client.settings.roles.items() if role.areas}
    known = _areas_of(client)
    if not known:
        return schema.empty("series")
    used = assessed[[*keys, "user_id", "role"]]
    for code in [area] if area else known:
        mine = _used_in(client, code).rename("used").reset_index()
        used = used.merge(mine, how="left", on=["month", "user_id"]).rename(columns={"used": code})
        relevant = used["role"].isin([name for name, areas in roles.items() if code in areas]) | (not roles)
        used[code] = used[code].fillna(value=False).astype("float64").where(relevant)
    n_relevant = used["role"].map({name: len(areas) for name, areas in roles.items()}) if roles and not area else None
    marks = used[[area] if area else known]
    # An area that matters but is in no log counts as not used.
    share = marks.mean(axis=1) if n_relevant is None else marks.sum(axis=1) / n_relevant
    known = used.assign(share=share).dropna(subset="share").groupby(keys, as_index=False)
    return known.agg(value=("share", "mean"), n_total=("share", "size")).assign(noise=np.nan)


def _areas_of(client: Client) -> list[str]:
    """Return the areas that the client's log tells apart; logins happen nowhere in particular."""
    if tiers.definition_of(client).evidence == "logins":
        return []
    found = set(client.activity["area"].unique())
    return [area for area in AREAS if area != "other" and area in found]


def _used_in(client: Client, area: str) -> pd.Series:
    """Return month, user_id → whether the area was used in the window of the reading."""
    people = history(client, area=area)
    return people.set_index(["month", "user_id"])["worked"]


def usage(client: Client) -> Table:
    """Return the monthly usage rate and regular share as a table.

    Returns
    -------
    Table
        month, metric (active, regular), coverage_share; n, n_total, share.
    """
    people = _covered(client)
    parts = {"active": "active_users", "regular": "regular_users"}
    keys = ["month", "coverage_share"]
    frames = [_counts(people, keys, metric).assign(metric=code) for code, metric in parts.items()]
    # Between active and regular lie the occasional ones: too few of them must not follow from the two.
    between = frames[0]["n"] - frames[1]["n"]
    withheld = pd.concat([between.isna(), (between > 0) & (between < client.k)])
    frame = pd.concat(frames, ignore_index=True)
    segments = [frozenset(COUNTED[parts[metric]]) for metric in frame["metric"]]
    dims = ("month", "metric", "coverage_share")
    return _table("usage_series", frame, dims, client, {}, segments=segments, withheld=withheld)


def by_area(client: Client) -> Table:
    """Return the monthly usage rate in each CRM area.

    Returns
    -------
    Table
        area, month, n, n_total, share; no rows where the log knows no areas (logins).
    """
    frames = [
        _counts(_covered(client, area=area), ["month"], "active_users").assign(area=area) for area in _areas_of(client)
    ]
    frame = pd.concat(frames, ignore_index=True) if frames else _counts(no_history(), ["month"], "").assign(area="")
    table = _table("area_series", frame, ("area", "month"), client, {})
    everybody, today = {_segment(client): _assessed(client)}, pd.Timestamp(client.as_of)
    inside = [
        # who works in an area week by week today has used it; of earlier days no table says who used it
        of(
            box(
                people_on(month),
                {**everybody, counted.active_in(area): counted.USED}
                | ({counted.area_used(area): counted.YES} if month == today else {}),
            )
        )
        for area, month in zip(frame["area"], frame["month"], strict=True)
    ]
    return replace(table, whom={**table.whom, "n": tuple(inside)})


def by_unit(client: Client) -> Table:
    """Return the usage rate of each reporting unit, quarter by quarter.

    Returns
    -------
    Table
        org_unit, month (last of a quarter, or `as_of`), n, n_total, share; empty with a note for a small client
        and without an agreement. Units of fewer than 15 assessed people are withheld.

    Notes
    -----
    Units are shown by quarter only: from month to month single people would join and leave between two figures.
    """
    people = _covered(client)
    people = people.assign(org_unit=units.reporting(people["org_unit"], client.settings.reporting_paths))
    today = pd.Timestamp(client.as_of)
    # Two readings a few weeks apart would tell single people: `as_of` stands for a quarter's end just before it.
    is_quarter = (people["month"].dt.month % 3 == 0) & (people["month"] <= today - pd.Timedelta(weeks=LEAST_WEEKS))
    is_today = people["month"] == today
    notes = without_units(client, int(is_today.sum())) or without_agreement(client)
    people = people[(is_quarter | is_today) & (people["org_unit"] != "") & (not notes)]
    frame = sorted_by_unit(_counts(people, ["org_unit", "month"], "active_users"), client)
    unit = {counted.UNIT: counted.shown_units(frame["org_unit"], client)}
    table = _table("unit_series", frame, ("org_unit", "month"), client, unit, withheld=frame["n_total"] < RATE_PEOPLE)
    return replace(table, notes=notes)


def _covered(client: Client, *, area: str | None = None) -> pd.DataFrame:
    """Return the assessed people of all readings whose window the log covers."""
    people = history(client, area=area)
    return people[(people["coverage_share"] >= tiers.COVERED_SHARE) & (people["segment"] != "not_assessable")]


def _counts(people: pd.DataFrame, keys: list[str], metric: str) -> pd.DataFrame:
    """Return the keys, n (people that the metric counts) and n_total."""
    people = people.assign(n=people["segment"].isin(COUNTED.get(metric, ())))
    return people.groupby(keys, as_index=False).agg(n=("n", "sum"), n_total=("n", "size"))


def _table(
    name: str, frame: pd.DataFrame, dims: tuple[str, ...], client: Client, group: Mapping[str, Given], *,
    segments: Given = counted.USED, withheld: pd.Series | None = None,
) -> Table:  # fmt: skip
    """Return a table of readings: people of a group in some segments, each row on the day of its month."""
    frame = frame.astype({"n": "int64", "n_total": "int64"})
    days, segment = [people_on(month) for month in frame["month"]], _segment(client)
    whom = {
        "n": each(len(frame), days, {**group, segment: segments}),
        "n_total": each(len(frame), days, {**group, segment: _assessed(client)}),
    }
    window = (frame["month"].min().date(), frame["month"].max().date()) if len(frame) else None
    hidden = () if withheld is None else positions(withheld)
    return of_shares(name, frame, dims, rule=tiers.definition_of(client), window=window, withheld=hidden, whom=whom)


def _segment(client: Client) -> str:
    return counted.segment(tiers.definition_of(client))


def _assessed(client: Client) -> Values:
    return counted.assessed(tiers.definition_of(client))
