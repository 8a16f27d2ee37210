"""Who holds which licence today, and what was bought."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crmkit.method import counted, tiers
from crmkit.method.described import current_assignments
from crmkit.method.lookup import looked_up
from crmkit.method.population import one_row_a_person, population_of
from crmkit.method.table import Table
from crmkit.method.window import days_of

if TYPE_CHECKING:
    from crmkit.client import Client

MONTHS = 12
#: Metric → the segments that it counts.
COUNTED = {"usage_rate": ("regular", "occasional"), "regular_share": ("regular",)}


def bought_licences(client: Client) -> pd.DataFrame:
    """Return licence, currency, notice_date, n_purchased and cost_year (contract price of all, NaN if unknown)."""
    rows = client.licences
    per_month = rows["unit_cost_month"] * rows["n_purchased"] * MONTHS
    return rows.assign(cost_year=rows["cost_year"].fillna(per_month))[
        ["licence", "currency", "notice_date", "n_purchased", "cost_year"]
    ].reset_index(drop=True)


def n_assigned(bought: pd.DataFrame, client: Client) -> pd.Series:
    """Return the number of accounts that hold each licence today, also those of people who have left."""
    held = current_assignments(client.assignments, client).groupby("licence")["user_id"].nunique()
    return looked_up(bought["licence"], held).fillna(0)


def n_working(bought: pd.DataFrame, client: Client) -> pd.Series:
    """Return the number of accounts of each licence whose holder has not left; technical ones among them."""
    working = current_assignments(population_of(client).spans, client).groupby("licence")["user_id"].nunique()
    return looked_up(bought["licence"], working).fillna(0)


def n_free(bought: pd.DataFrame, client: Client) -> pd.Series:
    """Return licences bought that nobody works with: not assigned, or held by a leaver; negative if too many are."""
    return bought["n_purchased"] - n_working(bought, client)


def n_idle(bought: pd.DataFrame, held: pd.DataFrame) -> pd.Series:
    """Return licences, one an account, whose holder has not used the CRM in the window; `held` from `Holders`."""
    idle = held[held["detail"].isin(counted.IDLE)].groupby("licence").size()
    return looked_up(bought["licence"], idle).fillna(0)


def known_holders(bought: pd.DataFrame, client: Client) -> pd.DataFrame:
    """Return the licences of which it is known who holds them.

    Where accounts hold a licence that is in no list, one that nobody holds may be the same under another name: no
    money rests on that (see `findings`).
    """
    accounts = current_assignments(client.assignments, client)
    unlisted = ~accounts["licence"].isin(client.licences["licence"])
    return bought[bought["licence"].isin(accounts["licence"])] if unlisted.any() else bought


def is_onboarding(people: pd.DataFrame, client: Client) -> pd.Series:
    """Return who is not assessable because the first licence began within the onboarding time before `as_of`."""
    spans = one_row_a_person(population_of(client)).spans
    first = looked_up(people["user_id"], spans.groupby("user_id")["from_date"].min())
    begun = pd.Timestamp(client.as_of) - pd.Timedelta(days=tiers.rule_of(people, client).onboarding_days)
    return (first > begun) & (people["segment"] == "not_assessable")


def table_of(
    name: str,
    frame: pd.DataFrame,
    dims: tuple[str, ...],
    client: Client,
    people: pd.DataFrame,
    *,
    counts: tuple[str, ...] = ("n",),
) -> Table:
    """Return a table of licences that carries the client's tier and definition."""
    totals = ("n_total",) if "n_total" in frame and "n_total" not in dims else ()
    values = ("cost_year", "cost_per_using_year", "value", "share")
    derived = {column: (*counts, *totals) for column in values if column in frame and column not in dims}
    tier = tiers.of_client(client)
    return Table(
        name, frame.reset_index(drop=True), dims, counts, derived, totals, "holders", tier, days_of(client.as_of),
        tiers.rule_of(people, client) if tier in ("A", "B") else None,
    )  # fmt: skip
