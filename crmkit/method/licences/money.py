"""Three figures that overlap and are never added up, and what would change if licences went to others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit.method import counted
from crmkit.method.licences.holders import Holders
from crmkit.method.licences.holding import (
    COUNTED,
    bought_licences,
    known_holders,
    n_free,
    n_idle,
    table_of,
)
from crmkit.method.lookup import looked_up
from crmkit.method.segments import n_assessed
from crmkit.method.table import Table
from crmkit.method.whom import Box, Whom, of, things

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
        kind, currency, notice_date (the first), n (licences), cost_year (n × price of the licence; once protected
        only where the prices do not tell how many licences of which type are behind it):
        ``without_use`` (holders dormant or never seen), ``reassignable`` (bought but not assigned, or held by
        people who have left), ``adjustable`` at the contract date (both together; what is more assigned than
        bought comes off). No rows without prices.
    """
    holders = Holders.of(people, client)
    parts = _to_talk_about(people, holders, client)
    grouped = parts.groupby(["kind", "currency"], sort=False, as_index=False)
    frame = grouped.agg(n=("n", "sum"), cost_year=("cost_year", "sum"), notice_date=("notice_date", "min"))
    dims = ("kind", "currency", "notice_date")
    table = table_of("licence_cost", frame[[*dims, "n", "cost_year"]], dims, client, people)
    counted_as = _Counted(parts, holders)
    groups = [
        (kind, parts[(parts["kind"] == kind) & (parts["currency"] == currency)])
        for kind, currency in zip(frame["kind"], frame["currency"], strict=True)
    ]
    return replace(
        table,
        whom={"n": tuple(counted_as.whom(kind, mine["licence"]) for kind, mine in groups)},
        rests_on={"cost_year": tuple(_prices_tell(kind, mine, counted_as) for kind, mine in groups)},
        known=counted_as.known(),
    )


def _prices_tell(kind: str, parts: pd.DataFrame, counted_as: _Counted) -> tuple[Whom, ...]:
    """Return the numbers without which the money of a currency tells how many licences of which price are behind it."""
    if parts["price"].nunique(dropna=False) <= 1:
        return ()
    return tuple(counted_as.whom(kind, [name]) for name in parts["licence"])


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
    holders = Holders.of(people, client)
    parts = _to_talk_about(people, holders, client)
    order = {licence: n for n, licence in enumerate(client.licences["licence"])}
    by_licence = parts.sort_values("licence", key=lambda names: names.map(order), kind="stable")
    table = table_of("licence_cost_types", by_licence[[*dims, "n", "cost_year"]], dims, client, people)
    counted_as = _Counted(parts, holders)
    pairs = zip(table.frame["kind"], table.frame["licence"], strict=True)
    whom = tuple(counted_as.whom(kind, [licence]) for kind, licence in pairs)
    return replace(table, whom={"n": whom}, known=counted_as.known())


class _Counted:
    """As whom licences without use and without anybody are counted.

    Licences without anybody are those bought less those of people who are there; adjustable ones are that and those
    without use. Accounts beside persons (technical and second ones) are no secret. Everybody may know which licences
    have more accounts than were bought: nothing of them is left, so they are in no sum.
    """

    def __init__(self, parts: pd.DataFrame, holders: Holders) -> None:
        self._holders = holders
        rows = zip(parts["kind"], parts["licence"], parts["n_left"], strict=True)
        self._left = {(str(kind), str(licence)): int(n) for kind, licence, n in rows}

    def whom(self, kind: str, licences: Iterable[str]) -> Whom:
        """Return whom the number of a kind counts, over some licences."""
        names = list(licences)
        inside = [self._exactly(kind, name) for name in names if self._left[kind, name] >= 0]
        if not inside:
            return of(things(f"{kind} of {' + '.join(sorted(names))}"))
        boxes = [box for one in inside for box in one.boxes]
        return of(*boxes, plus=sum(one.plus for one in inside), less=[box for one in inside for box in one.less])

    def known(self) -> tuple[tuple[Whom, float], ...]:
        """Return what is known of licences of which more are held than were bought: at least that many are."""
        over = [(kind, name) for (kind, name), n in self._left.items() if n < 0]
        exact = ((self._exactly(*one), things(f"{one[0]} {one[1]} too many")) for one in over)
        return tuple((of(*whom.boxes, too_many, plus=whom.plus, less=whom.less), 0.0) for whom, too_many in exact)

    def _exactly(self, kind: str, licence: str) -> Whom:
        """Return whom a number counts that may be less than none."""
        added = [self._idle(licence)] if kind != "reassignable" else []
        taken = [self._there(licence)] if kind != "without_use" else []
        plus = self._left[kind, licence] - sum(n for _, n in added) + sum(n for _, n in taken)
        return of(*(group for group, _ in added), plus=plus, less=[group for group, _ in taken])

    def _idle(self, licence: str) -> tuple[Box, int]:
        """Return the holders who do not use a licence, and how many they are."""
        held = self._holders.held
        idle = held[(held["licence"] == licence) & held["detail"].isin(counted.IDLE)]
        group = self._holders.box([licence], frozenset({"rare"}), {"detail": counted.IDLE})
        return group, idle["user_id"].nunique()

    def _there(self, licence: str) -> tuple[Box, int]:
        """Return the holders of a licence who are there, and how many they are."""
        return self._holders.box([licence], self._holders.present), len(self._holders.persons([licence]))


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
        use), n_total (licences bought), n (people who use it then), n_adjustable, share, cost_per_using_year,
        cost_year (contract price of the reassigned). What is bought stays; that the new holders use it is assumed.
        No rows for licences of which fewer than five could be reassigned, n_adjustable. Once protected there are none
        either for licences whose n_adjustable is not shown: how many rows there are tells how many licences are left.
    """
    bought, holders = known_holders(bought_licences(client), client), Holders.of(people, client)
    pool, held = _left(bought, holders, client)["adjustable"], holders.held
    used = held[held["segment"].isin(COUNTED["usage_rate"])].groupby("licence")["user_id"].nunique()
    steps = [_steps(int(most)) if n_assessed(people) else [] for most in pool]
    frame = bought.rename(columns={"n_purchased": "n_total", "cost_year": "contract"}).assign(
        n_reassigned=pd.Series(steps, index=bought.index, dtype=object),
        n=looked_up(bought["licence"], used).fillna(0).astype("int64"),
        n_adjustable=pool.clip(lower=0),
    )
    frame = frame.explode("n_reassigned").dropna(subset="n_reassigned").astype({"n_reassigned": "int64"})
    frame["n"] += frame["n_reassigned"]
    n_bought = frame["n_total"].replace(0, np.nan)
    frame["share"] = frame["n"] / n_bought
    frame["cost_per_using_year"] = frame["contract"] / frame["n"].replace(0, np.nan)
    frame["cost_year"] = frame["contract"] / n_bought * frame["n_reassigned"]
    # what was bought is a fact of the contract
    dims, counts = ("licence", "currency", "n_reassigned", "n_total"), ("n", "n_adjustable")
    columns = [*dims, *counts, "share", "cost_per_using_year", "cost_year"]
    table = table_of("licence_scenario", frame[columns], dims, client, people, counts=counts)
    counted_as = _Counted(_parts(bought, holders, client), holders)
    left = tuple(counted_as.whom("adjustable", [licence]) for licence in frame["licence"])
    users = tuple(
        of(holders.box([licence], counted.USED), plus=int(step))
        for licence, step in zip(frame["licence"], frame["n_reassigned"], strict=True)
    )
    rests_on = {"n_reassigned": tuple((number,) for number in left)}
    return replace(table, whom={"n": users, "n_adjustable": left}, rests_on=rests_on)


def _left(bought: pd.DataFrame, holders: Holders, client: Client) -> dict[str, pd.Series]:
    """Return kind → licences that are left of each type; less than none where more are held than were bought."""
    free, idle = n_free(bought, client).astype("int64"), n_idle(bought, holders.held).astype("int64")
    return {"without_use": idle, "reassignable": free, "adjustable": free + idle}


def _parts(bought: pd.DataFrame, holders: Holders, client: Client) -> pd.DataFrame:
    """Return licence type × kind: n_left, n (none where it is less), price and contract price of these."""
    price = bought["cost_year"] / bought["n_purchased"].replace(0, np.nan)
    parts = [
        bought.assign(kind=kind, n_left=n, n=n.clip(lower=0), price=price, cost_year=n.clip(lower=0) * price)
        for kind, n in _left(bought, holders, client).items()
    ]
    return pd.concat(parts, ignore_index=True)


def _to_talk_about(people: pd.DataFrame, holders: Holders, client: Client) -> pd.DataFrame:
    """Return licence type × kind (see `_parts`); nothing without prices or a log."""
    bought = bought_licences(client).dropna(subset="cost_year")
    return _parts(known_holders(bought if n_assessed(people) else bought.iloc[:0], client), holders, client)


def _steps(most: int) -> list[int]:
    """Return 0 and the three largest steps that are possible; fixed ones, so that they count nobody."""
    possible = [step for step in STEPS if step <= most]
    return [0, *possible[-3:]] if possible else []
