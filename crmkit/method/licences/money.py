"""Three figures that overlap and are never added up, and what would change if licences went to others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit.method import counted, tiers
from crmkit.method.licences.holding import (
    COUNTED,
    IDLE,
    bought_licences,
    held_today,
    holders,
    known_holders,
    n_free,
    n_idle,
    table_of,
)
from crmkit.method.lookup import looked_up
from crmkit.method.rules import SEGMENTS
from crmkit.method.segments import n_assessed
from crmkit.method.table import Table
from crmkit.method.whom import Box, Whom, box, of, people_on, things

if TYPE_CHECKING:
    from crmkit.client import Client

#: Numbers of licences that a scenario looks at.
STEPS = (5, 10, 20, 50, 100, 200, 500, 1000)


def cost(people: pd.DataFrame, client: Client) -> Table:
    """Return the three euro figures, which overlap and are never added up.

    Parameters
    ----------
    people
        From `standing.describe`.
    client
        The client.

    Returns
    -------
    Table
        kind, currency, notice_date (the first), n (licences), cost_year (n × price of the licence):
        ``without_use`` (holders dormant or never seen), ``reassignable`` (bought but not assigned, or held by
        people who have left), ``adjustable`` at the contract date (both together; what is more assigned than
        bought comes off). No rows without prices.
    """
    parts = _to_talk_about(people, client)
    told = parts.assign(told=_telling(parts, client.k))
    grouped = told.groupby(["kind", "currency"], sort=False, as_index=False)
    frame = grouped.agg(
        n=("n", "sum"), cost_year=("cost_year", "sum"), notice_date=("notice_date", "min"), told=("told", "any")
    )
    dims = ("kind", "currency", "notice_date")
    withheld = frame["told"] | _telling(frame, client.k)
    table = table_of("licence_cost", frame[[*dims, "n", "cost_year"]], dims, client, people, withheld=withheld)
    licences = parts.groupby("currency")["licence"].unique()
    whom = (
        _licences(kind, parts[parts["licence"].isin(licences[currency])], people, client)
        for kind, currency in zip(frame["kind"], frame["currency"], strict=True)
    )
    return replace(table, whom={"n": tuple(whom)})


def cost_by_type(people: pd.DataFrame, client: Client) -> Table:
    """Return the three figures of `cost` for each licence type: kind, licence, currency, notice_date, n, cost_year.

    Parameters
    ----------
    people
        From `standing.describe`.
    client
        The client.

    Returns
    -------
    Table
    """
    dims = ("kind", "licence", "currency", "notice_date")
    parts = _to_talk_about(people, client)
    order = {licence: n for n, licence in enumerate(client.licences["licence"])}
    by_licence = parts.sort_values("licence", key=lambda names: names.map(order), kind="stable")
    withheld = _telling(by_licence, client.k)
    table = table_of(
        "licence_cost_types", by_licence[[*dims, "n", "cost_year"]], dims, client, people, withheld=withheld
    )
    pairs = zip(table.frame["kind"], table.frame["licence"], strict=True)
    whom = (_licences(kind, parts[parts["licence"] == licence], people, client) for kind, licence in pairs)
    return replace(table, whom={"n": tuple(whom)})


def _licences(kind: str, parts: pd.DataFrame, people: pd.DataFrame, client: Client) -> Whom:
    """Return which licences a figure counts: those of people who do not use them, those without anybody, or both.

    Licences without anybody are those bought less those held. Technical accounts and a second account of a person are
    no secret. Where more are held than bought none is left, and nobody knows how many too many.
    """
    of_kind = parts[parts["kind"] == kind].groupby("licence", sort=False)[["n", "n_too_many"]].sum()
    n = int((of_kind["n"] - of_kind["n_too_many"]).sum())
    held, segment = held_today(people, client), counted.segment(tiers.rule_of(people, client))
    added: list[Box] = []
    taken: list[Box] = []
    for licence in parts["licence"].unique():
        mine = held[held["licence"] == licence].drop_duplicates("user_id")
        group = {counted.LICENCES: holders([licence], held)}
        if kind != "reassignable":
            idle = {segment: frozenset({"rare"}), "detail": frozenset(IDLE)}
            added.append(box(people_on(client.as_of), group | idle))
            n -= int(mine["detail"].isin(IDLE).sum())
        if kind != "without_use":
            taken.append(box(people_on(client.as_of), group | {segment: frozenset(SEGMENTS)}))
            n += len(mine)
        if of_kind.at[licence, "n_too_many"]:
            added.append(things(f"{kind} {licence} too many"))
    return of(*added, plus=n, less=taken)


def scenario(people: pd.DataFrame, client: Client) -> Table:
    """Return what would change if n licences without use went to people who use them.

    Parameters
    ----------
    people
        From `standing.describe`.
    client
        The client.

    Returns
    -------
    Table
        licence, currency, n_reassigned (0 and the steps 5, 10, 20, 50, … up to what is reassignable or without
        use), n (people who use it then), n_total (licences bought), share, cost_per_using_year, cost_year
        (contract price of the reassigned). What is bought stays; that the new holders use it is an assumption.
        No rows for licences of which fewer than five could be reassigned.
    """
    bought = known_holders(bought_licences(client), client)
    held = held_today(people, client)
    pool = n_free(bought, client) + n_idle(bought, held)
    used = held[held["segment"].isin(COUNTED["usage_rate"])].groupby("licence")["user_id"].nunique()
    steps = [_steps(int(most)) if n_assessed(people) else [] for most in pool]
    frame = bought.rename(columns={"n_purchased": "n_total", "cost_year": "contract"}).assign(
        n_reassigned=pd.Series(steps, index=bought.index, dtype=object),
        n=looked_up(bought["licence"], used).fillna(0).astype("int64"),
    )
    frame = frame.explode("n_reassigned").dropna(subset="n_reassigned").astype({"n_reassigned": "int64"})
    # A step taken off gives the number of today.
    withheld = frame["n"].between(1, client.k - 1)
    frame["n"] += frame["n_reassigned"]
    n_bought = frame["n_total"].replace(0, np.nan)
    frame["share"] = frame["n"] / n_bought
    frame["cost_per_using_year"] = frame["contract"] / frame["n"].replace(0, np.nan)
    frame["cost_year"] = frame["contract"] / n_bought * frame["n_reassigned"]
    dims = ("licence", "currency", "n_reassigned")
    columns = [*dims, "n", "n_total", "share", "cost_per_using_year", "cost_year"]
    table = table_of("licence_scenario", frame[columns], dims, client, people, withheld=withheld)
    everybody, used = people_on(client.as_of), {counted.segment(tiers.rule_of(people, client)): counted.USED}
    users = tuple(
        of(box(everybody, used | {counted.LICENCES: holders([licence], held)}), plus=int(step))
        for licence, step in zip(frame["licence"], frame["n_reassigned"], strict=True)
    )
    # what was bought is a fact of the contract
    return replace(table, whom={"n": users, "n_total": (None,) * len(frame)})


def _to_talk_about(people: pd.DataFrame, client: Client) -> pd.DataFrame:
    """Return licence type × kind: number of licences, their contract price; nothing without prices or a log.

    n_too_many is what is held beyond what was bought, where the number would be less than none.
    """
    bought = bought_licences(client).dropna(subset="cost_year")
    bought = known_holders(bought if n_assessed(people) else bought.iloc[:0], client)
    free, idle = n_free(bought, client), n_idle(bought, held_today(people, client))
    price = bought["cost_year"] / bought["n_purchased"].replace(0, np.nan)
    left = {"without_use": idle, "reassignable": free, "adjustable": free + idle}
    n_of = {kind: pd.DataFrame({"n": n.clip(lower=0), "n_too_many": (-n).clip(lower=0)}) for kind, n in left.items()}
    parts = [bought.assign(kind=kind, cost_year=n["n"] * price).join(n.astype("int64")) for kind, n in n_of.items()]
    return pd.concat(parts, ignore_index=True)


def _telling(parts: pd.DataFrame, k: int) -> pd.Series:
    """Return the rows that hold, or give away, a few licences: adjustable is the sum of the other two."""
    few = parts["n"].between(1, k - 1)
    keys = [column for column in ("licence", "currency") if column in parts]
    return few | ((parts["kind"] == "adjustable") & few.groupby([parts[key] for key in keys]).transform("any"))


def _steps(most: int) -> list[int]:
    """Return 0 and the three largest steps that are possible; fixed ones, so that they count nobody."""
    possible = [step for step in STEPS if step <= most]
    return [0, *possible[-3:]] if possible else []
