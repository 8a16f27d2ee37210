"""The last retrospective beside this one, under one definition: everybody, the reporting units, the licences.

Shares move for two reasons: people use the CRM more or less often, or other people are counted. So numerator and
denominator stand beside each share on both days; who joined and who left is counted apart, in `movement`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from crmkit.method import counted, earlier, movement, tiers, units
from crmkit.method.definition import Definition
from crmkit.method.described import sorted_by_unit, spans_on, todays_units
from crmkit.method.licences import bought_licences
from crmkit.method.lookup import looked_up
from crmkit.method.population import one_row_a_person, population_of
from crmkit.method.table import Table, of_shares, positions
from crmkit.method.units.sizes import RATE_PEOPLE
from crmkit.method.whom import Values, Whom, box, of, people_on
from crmkit.method.withheld import n_people, without_agreement, without_units

if TYPE_CHECKING:
    from crmkit.client import Client
    from crmkit.history import Closed

#: Metric → the segments that it counts.
METRICS: Mapping[str, Values] = {"active": counted.USED, "regular": counted.REGULAR}
_NOBODY = pd.DataFrame({"user_id": pd.Series(dtype="str"), "unit": pd.Series(dtype="str")})
_KINDS = {
    "metric": "str", "org_unit": "str", "date": "datetime64[us]", "n": "float64", "n_total": "float64",
}  # fmt: skip
_LICENCE = ("n_purchased", "cost_year", "notice_date")


@dataclass(frozen=True, eq=False)
class _Day:
    """How many assessed people there were on a day: by segment, and by unit and segment (unit, segment, n).

    `people` says who they are (user_id, unit); nobody where only numbers were kept.
    """

    day: dt.date
    everybody: pd.DataFrame
    by_unit: pd.DataFrame
    people: pd.DataFrame


def whole(client: Client) -> Table:
    """Return use on the day of the last retrospective and today, of everybody.

    Parameters
    ----------
    client
        The client.

    Returns
    -------
    Table
        metric (``active``, ``regular``), date, n, n_total, share. No rows where no retrospective is comparable; the
        only note is then why, a code of `earlier.Refusal`.
    """
    rows = [
        (metric, "", day.day, *_count(day.everybody, metric)) for metric in METRICS for day in _days(client)
    ]  # fmt: skip
    return _table("comparison", rows, client, ("metric", "date"))


def by_unit(client: Client) -> Table:
    """Return the usage rate on the day of the last retrospective and today, by reporting unit in today's structure.

    Parameters
    ----------
    client
        The client.

    Returns
    -------
    Table
        org_unit, date, n, n_total, share: units that are there on both days, in the client's order; withheld where
        fewer than 15 people were assessed on one of them. No rows for a small client, without an agreement or where
        nothing is comparable.
    """
    days = _days(client)
    notes = without_units(client, n_people(client)) or without_agreement(client)
    both = set.intersection(*(set(day.by_unit["unit"]) for day in days)) if days and not notes else set()
    rows = [
        ("active", unit, day.day, *_count(day.by_unit[day.by_unit["unit"] == unit], "active"))
        for unit in sorted(both)
        for day in days
    ]
    table = _table("comparison_units", rows, client, ("org_unit", "date"))
    return replace(table, notes=notes or table.notes)


def licences(client: Client) -> Table:
    """Return what was bought at the last retrospective and what is today.

    Parameters
    ----------
    client
        The client.

    Returns
    -------
    Table
        licence, currency, n_purchased_before, n_purchased, cost_year_before, cost_year (contract prices, NaN where
        unknown), notice_date. No people are counted. No rows where nothing was kept, or neither day has a licence.
    """
    last = client.last_time
    names = ["licence", "currency"]
    before = pd.DataFrame(last.entries("licences") if last and last.is_sealed else [], columns=[*names, *_LICENCE])
    now = bought_licences(client)[[*names, *_LICENCE]]
    both = now.merge(before.drop(columns="notice_date"), on=names, how="outer", suffixes=("", "_before"), sort=False)
    columns = [*names, "n_purchased_before", "n_purchased", "cost_year_before", "cost_year", "notice_date"]
    frame = both[columns].iloc[: len(both) * bool(len(before))].reset_index(drop=True)
    return Table("licence_changes", frame, tuple(columns))


def kept_licences(client: Client) -> list[dict[str, Any]]:
    """Return the licences of today as plain values, for the next retrospective."""
    rows = bought_licences(client)[["licence", "currency", *_LICENCE]]
    days = rows["notice_date"].dt.strftime("%Y-%m-%d")
    plain = rows.assign(notice_date=days).astype(object)
    records = plain.where(rows.notna(), None).to_dict("records")
    return [{str(key): value for key, value in record.items()} for record in records]


def _days(client: Client) -> list[_Day]:
    """Return the earlier day and today; nothing where nothing is comparable."""
    basis = earlier.basis(client)
    if basis.day is None or not basis.number:
        return []
    then = _kept(client.last_time) if basis.kept and client.last_time else _counted(client, basis.day, basis.rule)
    return [then, _counted(client, client.as_of, basis.rule)]


def _counted(client: Client, day: dt.date, rule: Definition) -> _Day:
    """Return a day as its log counts it under a definition, units in today's structure."""
    people = movement.people_on_day(client, day, rule)
    people = people[people["segment"] != "not_assessable"]
    spans = spans_on(one_row_a_person(population_of(client)).spans, day)
    unit_of = spans.drop_duplicates("user_id", keep="last").set_index("user_id")["org_unit"]
    today = todays_units(looked_up(people["user_id"], unit_of).fillna(""), client)
    people = people.assign(unit=units.reporting(today, client.settings.reporting_paths), n=1)
    inside = people[people["unit"] != ""]
    return _Day(
        day,
        people.groupby("segment", as_index=False).agg(n=("n", "sum")),
        inside.groupby(["unit", "segment"], as_index=False).agg(n=("n", "sum")),
        people[["user_id", "unit"]],
    )


def _kept(last: Closed) -> _Day:
    """Return a day as it was kept; masked numbers are missing."""

    def rows_of(name: str, columns: list[str]) -> pd.DataFrame:
        table = last.tables.get(name, {"columns": [], "rows": []})
        rows = pd.DataFrame(table["rows"], columns=table["columns"]).rename(columns={"org_unit": "unit"})
        rows = rows.reindex(columns=columns)
        return rows[rows["segment"] != "not_assessable"].astype({"n": "float64"})

    return _Day(
        last.as_of, rows_of("standing", ["segment", "n"]), rows_of("by_unit", ["unit", "segment", "n"]), _NOBODY
    )


def _count(people: pd.DataFrame, metric: str) -> tuple[float, float]:
    """Return people whom a metric counts, and all of them; NaN where one of the numbers is missing."""
    is_in = people["segment"].isin(METRICS[metric])
    return people.loc[is_in, "n"].sum(skipna=False), people["n"].sum(skipna=False)


def _table(name: str, rows: list[Any], client: Client, dims: tuple[str, str]) -> Table:
    basis = earlier.basis(client)
    frame = pd.DataFrame(rows, columns=["metric", "org_unit", "date", "n", "n_total"])
    frame = frame.assign(date=pd.to_datetime(frame["date"])).astype(_KINDS)
    group = frame.groupby(dims[0], sort=False)
    is_known = group["n"].transform("count").eq(group["n"].transform("size")) & frame["n_total"].notna()
    frame = frame[is_known].reset_index(drop=True).astype({"n": "int64", "n_total": "int64"})
    frame = sorted_by_unit(frame, client) if "org_unit" in dims else frame
    own = _own(frame, client)
    hidden = _between_definitions(frame, own, client) | (("org_unit" in dims) & _is_small(frame))
    table = of_shares(
        name, frame[[*dims, "n", "n_total"]], dims, rule=basis.rule, window=None,
        withheld=positions(hidden), whom=_whom(frame, client),
        notes=(basis.refused,) if basis.refused and frame.empty else (),
    )  # fmt: skip
    return _members(table, frame, client)


def _is_small(frame: pd.DataFrame) -> pd.Series:
    return frame.groupby("org_unit")["n_total"].transform("min") < RATE_PEOPLE


def _own(frame: pd.DataFrame, client: Client) -> list[tuple[float, float] | None]:
    """Return n and n_total of the people of each row of today under the client's own definition; None for others."""
    if frame.empty:
        return []
    today = _counted(client, client.as_of, tiers.definition_of(client))
    groups = {"": today.everybody} | {str(unit): rows for unit, rows in today.by_unit.groupby("unit")}
    nobody = today.by_unit.iloc[:0]
    return [
        _count(groups.get(unit, nobody), metric) if day == pd.Timestamp(client.as_of) else None
        for unit, metric, day in zip(frame["org_unit"], frame["metric"], frame["date"], strict=True)
    ]


def _between_definitions(frame: pd.DataFrame, own: list[tuple[float, float] | None], client: Client) -> pd.Series:
    """Return the groups of which today's own numbers lie a few people beside these: those between would be told of."""
    told = zip(frame["n"], frame["n_total"], strict=True)
    telling = [
        mine is not None and any(0 < abs(one - other) < client.k for one, other in zip(mine, numbers, strict=True))
        for mine, numbers in zip(own, told, strict=True)
    ]
    groups = frame["org_unit"] + "\n" + frame["metric"]
    return groups.isin(set(groups[np.array(telling, dtype=bool)]))


def _rules(days: pd.Series, client: Client) -> list[Definition]:
    """Return for each row the definition by which its segments are told apart."""
    then = earlier.basis(client).rule
    today = movement.rule_today(client) if len(days) else then
    return [today if day == pd.Timestamp(client.as_of) else then for day in days]


def _whom(frame: pd.DataFrame, client: Client) -> dict[str, tuple[Whom | None, ...]]:
    units_of = dict(zip(frame["org_unit"], counted.shown_units(frame["org_unit"], client), strict=True))
    rules = _rules(frame["date"], client)
    groups = [
        (people_on(day), {counted.UNIT: units_of[unit]} if unit else {})
        for day, unit in zip(frame["date"], frame["org_unit"], strict=True)
    ]
    used = [{counted.segment(rule): METRICS[metric]} for rule, metric in zip(rules, frame["metric"], strict=True)]
    known = [{counted.segment(rule): counted.assessed(rule)} for rule in rules]
    return {
        "n": tuple(of(box(day, unit | some)) for (day, unit), some in zip(groups, used, strict=True)),
        "n_total": tuple(of(box(day, unit | some)) for (day, unit), some in zip(groups, known, strict=True)),
    }


def _members(table: Table, frame: pd.DataFrame, client: Client) -> Table:
    """Return a table that knows who was counted on the earlier day."""
    basis = earlier.basis(client)
    if frame.empty or basis.kept or basis.day is None:
        return table
    people = _counted(client, basis.day, basis.rule).people
    members = {
        whom.boxes[0]: frozenset(people["user_id"] if not unit else people.loc[people["unit"] == unit, "user_id"])
        for whom, unit, day in zip(table.whom["n_total"], frame["org_unit"], frame["date"], strict=True)
        if whom is not None and day == pd.Timestamp(basis.day)
    }
    return replace(table, members=members)
