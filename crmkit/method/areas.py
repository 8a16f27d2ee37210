"""In which areas of the CRM people work, how deep, and how broadly: per area, segment, unit and role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit.method import counted, panel, tiers
from crmkit.method.described import in_order
from crmkit.method.lookup import looked_up
from crmkit.method.segments import n_assessed
from crmkit.method.table import Table, of_shares, positions
from crmkit.method.units.sizes import RATE_PEOPLE
from crmkit.method.whom import Box, Given, Values, Whom, all_in, box, each, nobody, of, people_on
from crmkit.method.window import days_of
from crmkit.method.withheld import without_units

if TYPE_CHECKING:
    from crmkit.client import Client

#: Areas in the order of the report; `other` holds objects that the map does not know.
AREAS = ("sales", "marketing", "service", "shared", "other")
_SEGMENTS = ("regular", "occasional", "rare")
#: Bands of the number of areas used.
N_AREAS = ("0", "1", "2", "3+")
#: Areas that a map can know, and the values of the variable `n_areas` of who uses some of them.
_MOST_AREAS = len(AREAS) - 1
_SOME: Values = frozenset(map(str, range(1, _MOST_AREAS + 1)))


def usage(people: pd.DataFrame, client: Client) -> Table:
    """Return how many assessed people used each area in the window, and how many also wrote in it.

    Parameters
    ----------
    people
        From `standing.describe`.
    client
        The client.

    Returns
    -------
    Table
        area, n, n_write (people who changed something; missing where the log does not tell reading from writing),
        n_total (assessed people), share (n ÷ n_total), write_share (n_write ÷ n); no rows where the log knows no
        areas (logins).
    """
    used = used_areas(people, client)
    counts = used.groupby("area").agg(n=("user_id", "size"), n_write=("writes", "sum"))
    frame = counts.reindex([area for area in AREAS if area in counts.index]).reset_index()
    frame["n_total"] = n_assessed(people)
    return _depth_table("area_usage", frame, ("area",), people, client)


def by_unit(people: pd.DataFrame, client: Client) -> Table:
    """Return reporting unit × area: people who used the area and who wrote in it, of the unit's assessed.

    Parameters
    ----------
    people
        From `standing.describe`.
    client
        The client.

    Returns
    -------
    Table
        org_unit, area, n, n_write, n_total, share, write_share; empty for a small client. Units of fewer than 15
        people are withheld.
    """
    used = used_areas(people, client)
    dims = ("org_unit", "area")
    assessed = people[(people["segment"] != "not_assessable") & (people["reporting_unit"] != "")]
    if used.empty or without_units(client, len(people)):
        return _depth_table("unit_area", _no_rows(dims), dims, people, client)
    unit_of = assessed.set_index("user_id")["reporting_unit"]
    counts = (
        used.assign(org_unit=looked_up(used["user_id"], unit_of))
        .groupby(list(dims))
        .agg(n=("user_id", "size"), n_write=("writes", "sum"))
    )
    areas = [area for area in AREAS if area in set(used["area"])]
    cells = pd.MultiIndex.from_product([in_order(unit_of, client), areas], names=dims)
    frame = counts.reindex(cells, fill_value=0).reset_index()
    frame["n_total"] = looked_up(frame["org_unit"], unit_of.value_counts()).astype("int64")
    n_people = looked_up(frame["org_unit"], people["reporting_unit"].value_counts())
    table = _depth_table("unit_area", frame, dims, people, client, withheld=n_people < RATE_PEOPLE)
    active = assessed.loc[assessed["segment"].isin(counted.USED), "user_id"]
    if len(areas) > 1 or not active.isin(used["user_id"]).all():
        return table
    # where there is one area only, whoever works regularly or occasionally works in it
    segment, day = counted.segment(tiers.rule_of(people, client)), people_on(client.as_of)
    groups = [{counted.UNIT: unit, segment: counted.USED} for unit in counted.shown_units(frame["org_unit"], client)]
    in_area = {counted.area_used(areas[0]): counted.YES}
    return replace(table, known=tuple(all_in(box(day, group), box(day, group | in_area)) for group in groups))


def main_area(people: pd.DataFrame, client: Client) -> Table:
    """Return how many people have which main area: the one with the most days of work, the first on a tie.

    Parameters
    ----------
    people
        From `standing.describe`.
    client
        The client.

    Returns
    -------
    Table
        area, n, n_total (people who used an area), share.
    """
    used = _known_areas(people, client)
    place = used["area"].map({area: n for n, area in enumerate(AREAS)})
    first = used.assign(place=place).sort_values(["n_days", "place"], ascending=[False, True])
    main = first.drop_duplicates("user_id")["area"].value_counts()
    frame = main.reindex([area for area in AREAS if area in main.index]).rename_axis("area").rename("n").reset_index()
    frame["n_total"] = int(frame["n"].sum())
    table = _table("main_area", frame, ("area",), people, client, partition="area")
    everybody, some = people_on(client.as_of), {**_assessed(people, client), "n_areas": _SOME}
    mine = [some | {"main area": area} for area in table.frame["area"]]
    whom = {
        "n": tuple(of(box(everybody, where)) for where in mine),
        "n_total": each(len(table.frame), everybody, some),
    }
    # who has a main area has used it
    used = [where | {counted.area_used(area): counted.YES} for where, area in zip(mine, frame["area"], strict=True)]
    known = tuple(
        all_in(box(everybody, where), box(everybody, narrower)) for where, narrower in zip(mine, used, strict=True)
    )
    return replace(table, whom=whom, splits=("n_areas", "main area"), known=known)


def breadth(people: pd.DataFrame, client: Client) -> Table:
    """Return segment × number of areas used (0, 1, 2, 3+): the other side of frequency.

    Objects that no map knows (area ``other``) are no area of their own.

    Parameters
    ----------
    people
        From `standing.describe`.
    client
        The client.

    Returns
    -------
    Table
        segment, n_areas, n, n_total (people of the segment), share.
    """
    used = _known_areas(people, client)
    assessed = people[people["segment"].isin(_SEGMENTS)]
    n_areas = looked_up(assessed["user_id"], used["user_id"].value_counts()).fillna(0).astype(int)
    bands = n_areas.clip(upper=3).astype("str").replace("3", "3+")
    known = assessed.assign(n_areas=bands) if len(used) else assessed.iloc[:0].assign(n_areas="")
    table = _by_segment("breadth", known, N_AREAS, client)
    return replace(table, known=tuple(_ties(people, known, used, client))) if len(known) else table


def _ties(
    people: pd.DataFrame, assessed: pd.DataFrame, used: pd.DataFrame, client: Client
) -> Iterator[tuple[Whom, float]]:
    """Return what everybody knows of the number of areas that somebody uses, beside which areas these are."""
    rule, day = tiers.rule_of(assessed, client), people_on(client.as_of)
    segment, areas = counted.segment(rule), sorted(used["area"].unique())
    everybody, most = {segment: counted.assessed(rule)}, len(areas)

    def group(**more: str | Values) -> Box:
        return box(day, everybody | more)

    in_area = {area: {counted.area_used(area): counted.YES} for area in areas}
    # none is none of them; more than there are is nobody; added up over people and over areas it is the same
    yield from (nobody(group(**one, n_areas="0")) for one in in_area.values())
    impossible = frozenset(str(n) for n in range(most + 1, _MOST_AREAS + 1))
    yield from [nobody(group(n_areas=impossible))] if impossible else []
    by_person = [group(n_areas=str(n)) for n in range(1, most + 1) for _ in range(n)]
    yield of(*(group(**one) for one in in_area.values()), less=by_person), 0.0
    if most == 1:
        yield all_in(group(n_areas=_SOME), group(n_areas=_SOME, **in_area[areas[0]]))
    # without a day of use none is used; with one some are, unless it was all on objects that no map knows
    is_idle, uses_none = assessed["detail"].isin(counted.IDLE), assessed["n_areas"] == "0"
    rare, without_trace = {segment: frozenset({"rare"})}, people.loc[people["segment"] == "no_write_trace", "user_id"]
    if rule.evidence == "changes" and not without_trace.isin(used["user_id"]).any():
        yield nobody(box(day, {segment: frozenset({"no_write_trace"}), "n_areas": _SOME}))
    if uses_none[is_idle].all():
        yield nobody(box(day, {**rare, "detail": counted.IDLE, "n_areas": _SOME}))
    if not uses_none[assessed["segment"].isin(counted.USED) | (assessed["detail"] == "rare")].any():
        yield nobody(box(day, {segment: counted.USED, "n_areas": "0"}))
        yield nobody(box(day, {**rare, "detail": "rare", "n_areas": "0"}))


def role_breadth(people: pd.DataFrame, client: Client) -> Table:
    """Return segment × how many of the areas that matter to the role are used: none, some, all.

    Parameters
    ----------
    people
        From `standing.describe`.
    client
        The client; its `roles` map says which areas matter to whom, once that is confirmed.

    Returns
    -------
    Table
        segment, relevant, n, n_total, share. No rows without a map; people whose role has no areas in it are left
        out (see `findings`).
    """
    wanted = {name: set(role.areas) for name, role in client.settings.roles.items() if role.areas}
    assessed = people[people["segment"].isin(_SEGMENTS) & people["role"].isin(wanted)]
    used = _known_areas(people, client)
    own = used.groupby("user_id")["area"].agg(set).to_dict()
    shares = [
        len(own.get(user, set()) & wanted[role]) / len(wanted[role])
        for user, role in zip(assessed["user_id"], assessed["role"], strict=True)
    ]
    bands = np.select([np.array(shares) == 0, np.array(shares) < 1], ["none", "some"], "all")
    table = _by_segment("role_breadth", assessed.assign(relevant=bands), ("none", "some", "all"), client)
    # whoever uses all, or none, of the areas that matter uses, or does not use, those that matter to everybody
    shared = set.intersection(*(wanted[role] for role in assessed["role"].unique())) if len(assessed) else set()
    everybody, day = _assessed(people, client), people_on(client.as_of)
    known: list[tuple[Whom, float]] = []
    for area in sorted(shared & set(used["area"])):
        of_all, in_area = {**everybody, "relevant": "all"}, {counted.area_used(area): counted.YES}
        known.append(all_in(box(day, of_all), box(day, of_all | in_area)))
        known.append(nobody(box(day, {**everybody, "relevant": "none", **in_area})))
    if all(len(areas) == 1 for areas in wanted.values()):
        known.append(nobody(box(day, {**everybody, "relevant": "some"})))
    has_all = len(assessed) == n_assessed(people)
    return replace(table, known=tuple(known), splits=("relevant",) if has_all else ())


def used_areas(people: pd.DataFrame, client: Client) -> pd.DataFrame:
    """Return what assessed people did in each area in the window.

    Returns
    -------
    pandas.DataFrame
        user_id, area, n_days (days with work), writes (changed something); one row a person and area used.
    """
    rule = tiers.rule_of(people, client)
    work = panel.work_actions(client.activity, client, definition=rule)
    start, end = (pd.Timestamp(day) for day in days_of(client.as_of, weeks=rule.window_weeks))
    assessed = people.loc[people["segment"] != "not_assessable", "user_id"]
    inside = work[work["date"].between(start, end) & work["user_id"].isin(assessed)]
    # A login happens nowhere in particular.
    inside = inside.iloc[:0] if rule.evidence == "logins" else inside
    grouped = inside.groupby(["user_id", "area"])
    used = grouped.agg(n_days=("date", "nunique"), n_write=("n_write", "sum")).reset_index()
    return used.assign(writes=used["n_write"] > 0).drop(columns="n_write")


def _known_areas(people: pd.DataFrame, client: Client) -> pd.DataFrame:
    used = used_areas(people, client)
    return used[used["area"] != "other"]


def _by_segment(name: str, people: pd.DataFrame, codes: tuple[str, ...], client: Client) -> Table:
    """Return segment × the band in the last column of `people`, each of `codes`; no rows for nobody."""
    column = str(people.columns[-1])
    dims = ("segment", column)
    if people.empty:
        return _table(name, _no_rows(dims), dims, people, client, partition=column)
    cells = pd.MultiIndex.from_product([_SEGMENTS, codes], names=dims)
    frame = people.value_counts(list(dims)).reindex(cells, fill_value=0).rename("n").reset_index()
    frame["n_total"] = frame.groupby("segment")["n"].transform("sum")
    table = _table(name, frame, dims, people, client, partition=column)
    inside = {counted.segment(tiers.rule_of(people, client)): frame["segment"]}
    values = [_SOME - {"1", "2"} if code == N_AREAS[-1] else frozenset({code}) for code in frame[column]]
    everything = frozenset().union(*values)
    whom = _whom(table, client, inside | {column: values}, inside | {column: everything})
    return replace(table, whom=whom, splits=("n_areas",))


def _no_rows(dimensions: tuple[str, ...]) -> pd.DataFrame:
    frame = pd.DataFrame({dimension: pd.Series(dtype="str") for dimension in dimensions})
    return frame.assign(**{count: pd.Series(dtype="int64") for count in ("n", "n_write", "n_total")})


def _table(
    name: str, frame: pd.DataFrame, dims: tuple[str, ...], people: pd.DataFrame, client: Client, *, partition: str = ""
) -> Table:
    rule = tiers.rule_of(people, client)
    return of_shares(name, frame, dims, rule=rule, window=days_of(client.as_of), partition=partition)


def _depth_table(
    name: str, frame: pd.DataFrame, dims: tuple[str, ...], people: pd.DataFrame, client: Client,
    *, withheld: pd.Series | None = None,
) -> Table:  # fmt: skip
    """Return a table of users of an area and, among them, of writers; the second is missing if nobody writes.

    A log of changes knows nothing else, one of pages perhaps no writing: then there is no depth to show.
    """
    rule = tiers.rule_of(people, client)
    tells = rule.evidence == "views" and frame["n_write"].sum() > 0
    frame["n_write"] = frame["n_write"].astype("Int64") if tells else pd.array([pd.NA] * len(frame), dtype="Int64")
    frame["share"] = frame["n"] / frame["n_total"].replace(0, np.nan)
    frame["write_share"] = frame["n_write"].astype("Float64").to_numpy(float, na_value=np.nan) / frame["n"].replace(
        0, np.nan
    )
    derived = {"share": ("n", "n_total"), "write_share": ("n", "n_write")}
    columns = [*dims, "n", "n_write", "n_total", "share", "write_share"]
    table = Table(
        name, frame[columns], dims, ("n", "n_write"), derived, ("n_total",), "assessed", rule.tier,
        days_of(client.as_of), rule, nested=True, summed="org_unit" in dims,
        withheld=() if withheld is None else positions(withheld),
    )  # fmt: skip
    unit = {counted.UNIT: counted.shown_units(frame["org_unit"], client)} if "org_unit" in dims else {}
    group = unit | {counted.segment(rule): counted.assessed(rule)}
    used = [_used(group, row, area) for row, area in enumerate(frame["area"])]
    everybody = people_on(client.as_of)
    whom = {
        "n": tuple(of(box(everybody, where)) for where in used),
        "n_write": tuple(
            of(box(everybody, where | {f"wrote in {area}": counted.YES}))
            for where, area in zip(used, frame["area"], strict=True)
        ),
        "n_total": each(len(frame), everybody, group),
    }
    return replace(table, whom=whom)


def _used(group: Mapping[str, Given], row: int, area: str) -> dict[str, str | Values]:
    """Return who of the group of a row used its area."""
    mine = {name: given if isinstance(given, str | frozenset) else list(given)[row] for name, given in group.items()}
    return mine | {counted.area_used(area): counted.YES}


def _assessed(people: pd.DataFrame, client: Client) -> dict[str, Values]:
    rule = tiers.rule_of(people, client)
    return {counted.segment(rule): counted.assessed(rule)}


def _whom(
    table: Table, client: Client, n: Mapping[str, Given], n_total: Mapping[str, Given]
) -> dict[str, tuple[Whom | None, ...]]:
    rows, everybody = len(table.frame), people_on(client.as_of)
    return {"n": each(rows, everybody, n), "n_total": each(rows, everybody, n_total)}
