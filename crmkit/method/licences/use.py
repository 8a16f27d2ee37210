"""How the licences are used, and what they cost against that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit.method import counted, tiers
from crmkit.method.licences.holders import Holders
from crmkit.method.licences.holding import COUNTED, bought_licences, n_assigned, table_of
from crmkit.method.rules import SEGMENTS
from crmkit.method.segments import n_assessed
from crmkit.method.table import Table
from crmkit.method.whom import Box, Values, Whom, box, of

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
    holders = Holders.of(people, client)
    held = holders.held.drop_duplicates(["licence", "user_id"])
    by_segment = held.groupby(["licence", "segment"]).size().unstack(fill_value=0).reindex(columns=codes, fill_value=0)
    frame = bought.merge(by_segment.add_prefix("n_"), how="left", left_on="licence", right_index=True)
    # Without a log nobody knows who uses a licence: then there are no columns for it, rather than zeros.
    of_people = tuple(f"n_{code}" for code in codes if n_assessed(people))
    frame[list(of_people)] = frame[list(of_people)].fillna(0).astype("int64")
    frame["n_assigned"] = n_assigned(bought, client).astype("int64")
    counts = ("n_assigned", *of_people)
    # What was bought at which price is a fact of the contract, not a figure about people.
    dims = ("licence", "currency", "notice_date", "n_purchased", "cost_year")
    table = table_of("licence_use", frame[[*dims, *counts]], dims, client, people, counts=counts)
    whom, listed = _whom(table.frame, of_people, holders), list(client.licences["licence"])
    return replace(table, whom=whom, splits=holders.splits(listed, people) if of_people else ())


def _whom(frame: pd.DataFrame, of_people: tuple[str, ...], holders: Holders) -> dict[str, tuple[Whom | None, ...]]:
    """Return whom the columns of `use` count: holders of a licence, by segment; and technical accounts beside them."""
    names = frame["licence"]
    if not of_people:
        return {"n_assigned": tuple(of(Box(f"accounts with {name}")) for name in names)}
    values = counted.segment_values(column.removeprefix("n_") for column in of_people)
    whom: dict[str, tuple[Whom | None, ...]] = {
        column: tuple(of(holders.box([name], value)) for name in names)
        for column, value in zip(of_people, values, strict=True)
    }
    # second accounts of a person, and those that no human works with, tell nobody
    n_beside = [
        n - len(holders.persons([name], ended=True)) for name, n in zip(names, frame["n_assigned"], strict=True)
    ]
    everybody = holders.present | counted.LEFT
    groups = (holders.box([name], everybody, ended=True) for name in names)
    whom["n_assigned"] = tuple(of(group, plus=int(n)) for group, n in zip(groups, n_beside, strict=True))
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
    priced, holders = bought_licences(client).dropna(subset="cost_year"), Holders.of(people, client)
    for currency, licences in priced.groupby("currency", sort=False):
        among = people[people["user_id"].isin(holders.persons(licences["licence"]))]
        price = licences["cost_year"].sum() / (licences["n_purchased"].sum() or np.nan)
        for metric, name in (("regular_share", "cost_per_regular_year"), ("usage_rate", "cost_per_using_year")):
            n, n_total, share = _used(among, metric)
            rows.append((name, str(currency), n, n_total, price / share if share else np.nan))
    frame = pd.DataFrame(rows if n_assessed(people) else [], columns=columns)
    table = table_of("licence_figures", frame, ("metric", "currency"), client, people)
    by_currency = {str(code): list(names) for code, names in priced.groupby("currency")["licence"]}
    return replace(table, whom=_whom_of_figures(table.frame, by_currency, holders))


def _whom_of_figures(
    frame: pd.DataFrame, priced: dict[str, list[str]], holders: Holders
) -> dict[str, tuple[Whom | None, ...]]:
    """Return whom the figures count: everybody assessed, or the holders of priced licences in a currency."""

    def group(code: str, segments: Values) -> Whom:
        alone = box(holders.universe, {counted.segment(holders.rule): segments})
        return of(holders.box(priced[code], segments) if code else alone)

    values = [counted.REGULAR if "regular" in metric else counted.USED for metric in frame["metric"]]
    return {
        "n": tuple(map(group, frame["currency"], values)),
        "n_total": tuple(group(code, holders.assessed) for code in frame["currency"]),
    }


def _used(people: pd.DataFrame, metric: str) -> tuple[int, int, float]:
    """Return people that a metric counts, assessed people, and the share (NaN for nobody)."""
    n, n_total = int(people["segment"].isin(COUNTED[metric]).sum()), n_assessed(people)
    return n, n_total, n / n_total if n_total else np.nan
