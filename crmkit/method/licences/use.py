"""How the licences are used, and what they cost against that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit.method import counted, tiers
from crmkit.method.licences.holding import (
    COUNTED,
    bought_licences,
    everybody_holds,
    held_today,
    holders,
    n_assigned,
    n_working,
    table_of,
)
from crmkit.method.rules import SEGMENTS
from crmkit.method.segments import n_assessed
from crmkit.method.table import Table
from crmkit.method.whom import Box, Whom, box, of, people_on

if TYPE_CHECKING:
    from crmkit.client import Client


def use(people: pd.DataFrame, client: Client) -> Table:
    """Return per licence what was bought, assigned and used, and what it costs a year.

    Parameters
    ----------
    people
        From `standing.describe`.
    client
        The client; its `licences` are filled in by the consultant, no CRM exports prices.

    Returns
    -------
    Table
        licence, currency, notice_date, n_purchased, cost_year (contract price, NaN where unknown);
        n_assigned, n_regular, n_occasional, n_rare, where changes are the evidence n_no_write_trace,
        n_not_assessable (segments in tiers A and B only).
    """
    bought = bought_licences(client)
    codes = [
        code for code in SEGMENTS if code != "no_write_trace" or tiers.rule_of(people, client).evidence == "changes"
    ]
    held = held_today(people, client).drop_duplicates(["licence", "user_id"])
    by_segment = held.groupby(["licence", "segment"]).size().unstack(fill_value=0).reindex(columns=codes, fill_value=0)
    frame = bought.merge(by_segment.add_prefix("n_"), how="left", left_on="licence", right_index=True)
    # Without a log nobody knows who uses a licence: then there are no columns for it, rather than zeros.
    of_people = tuple(f"n_{code}" for code in codes if n_assessed(people))
    frame[list(of_people)] = frame[list(of_people)].fillna(0).astype("int64")
    n_left = n_assigned(bought, client) - n_working(bought, client)
    # Less the people there, the assigned would tell the few who have left.
    tells = n_left.between(1, client.k - 1) & bool(of_people)
    frame["n_assigned"] = n_assigned(bought, client).astype("int64")
    counts = ("n_assigned", *of_people)
    # What was bought at which price is a fact of the contract, not a figure about people.
    dims = ("licence", "currency", "notice_date", "n_purchased", "cost_year")
    table = table_of("licence_use", frame[[*dims, *counts]], dims, client, people, counts=counts, withheld=tells)
    return replace(
        table,
        withheld_in="n_assigned",
        whom=_whom(table.frame, of_people, people, client),
        splits=everybody_holds(people, client),
    )


def _whom(
    frame: pd.DataFrame, of_people: tuple[str, ...], people: pd.DataFrame, client: Client
) -> dict[str, tuple[Whom | None, ...]]:
    """Return whom the columns of `use` count: holders of a licence, by segment; and technical accounts beside them."""
    if not of_people:
        return {"n_assigned": tuple(of(Box(f"accounts with {name}")) for name in frame["licence"])}
    everybody, segment = people_on(client.as_of), counted.segment(tiers.rule_of(people, client))
    held = held_today(people, client)
    groups = [{counted.LICENCES: holders([name], held)} for name in frame["licence"]]
    whom: dict[str, tuple[Whom | None, ...]] = {
        column: tuple(of(box(everybody, one | {segment: column.removeprefix("n_")})) for one in groups)
        for column in of_people
    }
    all_of_them = {segment: frozenset(column.removeprefix("n_") for column in of_people)}
    n_beside = frame["n_assigned"] - frame[list(of_people)].sum(axis=1)
    whom["n_assigned"] = tuple(
        of(box(everybody, one | all_of_them), plus=int(n)) for one, n in zip(groups, n_beside, strict=True)
    )
    return whom


def figures(people: pd.DataFrame, client: Client) -> Table:
    """Return what belongs together: usage rate, regular share, cost per regular and per using account.

    Parameters
    ----------
    people
        From `standing.describe`.
    client
        The client.

    Returns
    -------
    Table
        metric, currency, n, n_total, value: usage_rate and regular_share as shares of the assessed (0–1);
        cost_per_regular_year and cost_per_using_year = mean contract price of a licence ÷ that share among the
        assessed holders of licences in the currency, one row each a currency.
    """
    columns = ["metric", "currency", "n", "n_total", "value"]
    rows = [(metric, "", *_used(people, metric)) for metric in COUNTED]
    priced, held = bought_licences(client).dropna(subset="cost_year"), held_today(people, client)
    for currency, licences in priced.groupby("currency", sort=False):
        holders = held[held["licence"].isin(licences["licence"])].drop_duplicates("user_id")
        price = licences["cost_year"].sum() / (licences["n_purchased"].sum() or np.nan)
        for metric, name in (("regular_share", "cost_per_regular_year"), ("usage_rate", "cost_per_using_year")):
            n, n_total, share = _used(holders, metric)
            rows.append((name, str(currency), n, n_total, price / share if share else np.nan))
    frame = pd.DataFrame(rows if n_assessed(people) else [], columns=columns)
    withheld = _few_between(frame, client.k)
    table = table_of("licence_figures", frame, ("metric", "currency"), client, people, withheld=withheld)
    return replace(table, whom=_whom_of_figures(table.frame, people, client))


def _whom_of_figures(frame: pd.DataFrame, people: pd.DataFrame, client: Client) -> dict[str, tuple[Whom | None, ...]]:
    """Return whom the figures count: everybody assessed, or the holders of licences in a currency."""
    everybody, segment = people_on(client.as_of), counted.segment(tiers.rule_of(people, client))
    held, licences = held_today(people, client), client.licences.groupby("currency")["licence"].unique()
    groups = [{counted.LICENCES: holders(licences[code], held)} if code else {} for code in frame["currency"]]
    values = [counted.REGULAR if "regular" in metric else counted.USED for metric in frame["metric"]]
    n = (of(box(everybody, group | {segment: used})) for group, used in zip(groups, values, strict=True))
    n_total = (of(box(everybody, group | {segment: counted.ASSESSED})) for group in groups)
    return {"n": tuple(n), "n_total": tuple(n_total)}


def _few_between(frame: pd.DataFrame, k: int) -> pd.Series:
    """Return the rows of figures between which a few people lie: occasional ones, or holders of other licences."""
    if frame.empty:
        return pd.Series(dtype=bool)
    used, regular = frame["n"].iloc[0], frame["n"].iloc[1]
    is_regular = frame["metric"].str.contains("regular")
    of_all = pd.Series(np.where(is_regular, regular, used), index=frame.index)
    few_holders = (frame["n_total"].iloc[0] - frame["n_total"]).between(1, k - 1)
    return (is_regular & (0 < used - regular < k)) | few_holders | (of_all - frame["n"]).between(1, k - 1)


def _used(people: pd.DataFrame, metric: str) -> tuple[int, int, float]:
    """Return people that a metric counts, assessed people, and the share (NaN for nobody)."""
    n, n_total = int(people["segment"].isin(COUNTED[metric]).sum()), n_assessed(people)
    return n, n_total, n / n_total if n_total else np.nan
