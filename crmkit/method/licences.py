"""Licences and money: what is bought, who holds it, what is used. Three euro figures, never added up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit.method import tiers
from crmkit.method.definition import Definition
from crmkit.method.described import current_assignments
from crmkit.method.lookup import looked_up
from crmkit.method.population import one_row_a_person, population_of
from crmkit.method.table import Table
from crmkit.method.window import days_of

if TYPE_CHECKING:
    from crmkit.client import Client

MONTHS = 12
_SEGMENTS = ("regular", "occasional", "rare", "not_assessable")


def waterfall(people: pd.DataFrame, client: Client) -> Table:
    """Return how the number of licences bought becomes the number of people assessed.

    Parameters
    ----------
    people
        From `segments.assign`.
    client
        The client.

    Returns
    -------
    Table
        step, n: purchased (left out where unknown), assigned (accounts that hold a licence), persons
        (service accounts out, several accounts of one person once), past_onboarding (first licence at
        least 90 days ago), assessed (at least four weeks that count). No rows outside tiers A and B.
    """
    accounts = current_assignments(client.assignments, client)
    bought = client.licences["licence"]
    holders = accounts[accounts["licence"].isin(bought)] if len(bought) else accounts
    steps = {
        "purchased": int(client.licences["n_purchased"].sum()),
        "assigned": holders["user_id"].nunique(),
        "persons": len(people),
        "past_onboarding": len(people) - _n_onboarding(people, client),
        "assessed": int((people["segment"] != "not_assessable").sum()),
    }
    known = {step: n for step, n in steps.items() if n or step == "assessed"}
    frame = pd.DataFrame({"step": list(known), "n": list(known.values())})
    return _table("waterfall", frame if steps["assessed"] else frame.iloc[:0], ("step",), client)


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
        n_assigned, n_regular, n_occasional, n_rare, n_not_assessable (segments in tiers A and B only).
    """
    bought = bought_licences(client)
    held = people.groupby(["licence", "segment"]).size().unstack(fill_value=0).reindex(columns=_SEGMENTS, fill_value=0)
    accounts = current_assignments(client.assignments, client).groupby("licence")["user_id"].nunique()
    frame = bought.merge(held.add_prefix("n_"), how="left", left_on="licence", right_index=True)
    frame["n_assigned"] = looked_up(frame["licence"], accounts)
    # Without a log nobody knows who uses a licence: then there are no columns for it, rather than zeros.
    counts = ("n_assigned", *(f"n_{segment}" for segment in _SEGMENTS if _assessed(people)))
    frame[list(counts)] = frame[list(counts)].fillna(0).astype("int64")
    # What was bought at which price is a fact of the contract, not a figure about people.
    dims = ("licence", "currency", "notice_date", "n_purchased", "cost_year")
    return _table("licence_use", frame[[*dims, *counts]], dims, client, counts=counts)


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
        kind, currency, notice_date, n (licences), cost_year (n × price of the licence): ``without_use``
        (holders dormant or never seen), ``reassignable`` (bought but not assigned), ``adjustable`` at the
        contract date (bought, less holders with use or not yet assessable). No rows without prices.
    """
    bought = bought_licences(client).dropna(subset="cost_year")
    if bought.empty or not _assessed(people):
        columns = {"kind": "str", "currency": "str", "n": "int64", "cost_year": float, "notice_date": "datetime64[us]"}
        nothing = pd.DataFrame({column: pd.Series(dtype=kind) for column, kind in columns.items()})
        return _table("licence_cost", nothing, ("kind", "currency", "notice_date"), client)
    n_of = _licences_to_talk_about(people, client, bought)
    price = bought["cost_year"] / bought["n_purchased"].replace(0, np.nan)
    parts = [bought.assign(kind=kind, n=n.clip(lower=0), cost_year=n.clip(lower=0) * price) for kind, n in n_of.items()]
    grouped = pd.concat(parts).groupby(["kind", "currency"], sort=False, as_index=False)
    frame = grouped.agg(n=("n", "sum"), cost_year=("cost_year", "sum"), notice_date=("notice_date", "min"))
    frame["n"] = frame["n"].astype("int64")
    return _table("licence_cost", frame, ("kind", "currency", "notice_date"), client)


def _licences_to_talk_about(people: pd.DataFrame, client: Client, bought: pd.DataFrame) -> dict[str, pd.Series]:
    """Return kind → number of licences, aligned with `bought`."""
    held = (
        people.assign(idle=people["detail"].isin(("dormant", "never"))).groupby("licence")["idle"].agg(["sum", "size"])
    )
    accounts = current_assignments(client.assignments, client).groupby("licence")["user_id"].nunique()
    idle, holders = (looked_up(bought["licence"], held[column]).fillna(0) for column in ("sum", "size"))
    free = bought["n_purchased"] - looked_up(bought["licence"], accounts).fillna(0)
    return {"without_use": idle, "reassignable": free, "adjustable": bought["n_purchased"] - (holders - idle)}


def figures(people: pd.DataFrame, client: Client) -> Table:
    """Return the three numbers that belong together: usage rate, regular share, cost per regular user.

    Parameters
    ----------
    people
        From `standing.describe`.
    client
        The client.

    Returns
    -------
    Table
        metric, currency, n, n_total, value: usage_rate and regular_share as shares of the assessed (0–1),
        cost_per_regular_year = mean contract price of a licence ÷ regular share, one row a currency.
    """
    n_total = _assessed(people)
    n_regular, n_occasional = (int((people["segment"] == segment).sum()) for segment in ("regular", "occasional"))
    rows = [("usage_rate", "", n_regular + n_occasional), ("regular_share", "", n_regular)]
    frame = pd.DataFrame(rows, columns=["metric", "currency", "n"])
    frame["value"] = frame["n"] / (n_total or np.nan)
    bought = bought_licences(client).dropna(subset="cost_year").groupby("currency")[["cost_year", "n_purchased"]].sum()
    price = bought["cost_year"] / bought["n_purchased"].replace(0, np.nan)
    per_regular = pd.DataFrame({"metric": "cost_per_regular_year", "currency": price.index, "n": n_regular})
    per_regular["value"] = price.to_numpy() / (n_regular / n_total) if n_regular and n_total else np.nan
    both = pd.concat([frame, per_regular], ignore_index=True).assign(n_total=n_total)
    columns = ["metric", "currency", "n", "n_total", "value"]
    return _table(
        "licence_figures", both[columns] if n_total else both[columns].iloc[:0], ("metric", "currency"), client
    )


def bought_licences(client: Client) -> pd.DataFrame:
    """Return licence, currency, notice_date, n_purchased and cost_year (contract price of all, NaN if unknown)."""
    rows = client.licences
    per_month = rows["unit_cost_month"] * rows["n_purchased"] * MONTHS
    return rows.assign(cost_year=rows["cost_year"].fillna(per_month))[
        ["licence", "currency", "notice_date", "n_purchased", "cost_year"]
    ].reset_index(drop=True)


def _n_onboarding(people: pd.DataFrame, client: Client) -> int:
    """Return how many of `people` got their first licence within the onboarding time before `as_of`."""
    spans = one_row_a_person(population_of(client)).assignments
    first = looked_up(people["user_id"], spans.groupby("user_id")["from_date"].min())
    days = people.attrs.get("definition", Definition()).onboarding_days
    return int((first > pd.Timestamp(client.as_of) - pd.Timedelta(days=days)).sum())


def _assessed(people: pd.DataFrame) -> int:
    return int((people["segment"] != "not_assessable").sum())


def _table(
    name: str, frame: pd.DataFrame, dims: tuple[str, ...], client: Client, *, counts: tuple[str, ...] = ("n",)
) -> Table:
    totals = ("n_total",) if "n_total" in frame else ()
    derived = {column: counts for column in ("cost_year", "value") if column in frame and column not in dims}
    return Table(
        name, frame.reset_index(drop=True), dims, counts, derived, totals, "holders", tiers.of_client(client),
        days_of(client.as_of),
    )  # fmt: skip
