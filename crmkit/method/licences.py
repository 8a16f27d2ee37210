"""Licences and money: what is bought, who holds it, what is used. Three euro figures, never added up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit.method import made, tiers
from crmkit.method.definition import Definition
from crmkit.method.described import current_assignments
from crmkit.method.lookup import looked_up
from crmkit.method.population import one_row_a_person, person_of, population_of
from crmkit.method.rules import SEGMENTS
from crmkit.method.table import Table, positions
from crmkit.method.window import days_of

if TYPE_CHECKING:
    from crmkit.client import Client

MONTHS = 12
#: Numbers of licences that a scenario looks at.
STEPS = (5, 10, 20, 50, 100, 200, 500, 1000)
_COUNTED = {"usage_rate": ("regular", "occasional"), "regular_share": ("regular",)}


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
        step, n: purchased (left out where unknown), assigned (accounts that hold a licence), persons (service
        accounts out, several accounts of one person once), not_left (left out where no leaver holds a licence),
        past_onboarding (first licence at least 90 days ago), assessed (at least four weeks that count). Only
        licences of the list of licences, where there is one. No rows outside tiers A and B.
    """
    accounts = current_assignments(client.assignments, client)
    bought = client.licences["licence"]
    accounts = accounts[accounts["licence"].isin(bought)] if len(bought) else accounts
    persons = _persons_of(accounts, client)
    inside = people[people["user_id"].isin(persons)]
    steps = {
        "purchased": int(client.licences["n_purchased"].sum()),
        "assigned": accounts["user_id"].nunique(),
        "persons": len(persons),
        "not_left": len(inside) if len(inside) < len(persons) else 0,
        "past_onboarding": len(inside) - _n_onboarding(inside, client),
        "assessed": _assessed(inside),
    }
    known = {step: n for step, n in steps.items() if n or step == "assessed"}
    frame = pd.DataFrame({"step": list(known), "n": list(known.values())}).iloc[: len(known) * bool(steps["assessed"])]
    return _table(
        "waterfall", frame, ("step",), client, people, withheld=frame["step"].isin(_few_apart(known, client.k))
    )


def _few_apart(steps: dict[str, int], k: int) -> set[str]:
    """Return the steps from which, less a later one, a few people would follow: leavers or newcomers."""
    hidden, later = set(), steps["assessed"]
    for step in ("past_onboarding", "not_left", "persons", "assigned"):
        n = steps.get(step, later)
        # Accounts beside persons are technical ones; they tell nobody unless the persons are hidden.
        tells = 0 < n - later < k and (step != "assigned" or "persons" in hidden)
        hidden |= {step} if tells else set()
        later = later if tells else n
    return hidden


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
    segments = [code for code in SEGMENTS if code != "no_write_trace" or _rule(people).evidence == "changes"]
    held = people.groupby(["licence", "segment"]).size().unstack(fill_value=0).reindex(columns=segments, fill_value=0)
    frame = bought.merge(held.add_prefix("n_"), how="left", left_on="licence", right_index=True)
    frame["n_assigned"] = _assigned(bought, client)
    # Without a log nobody knows who uses a licence: then there are no columns for it, rather than zeros.
    counts = ("n_assigned", *(f"n_{segment}" for segment in segments if _assessed(people)))
    frame[list(counts)] = frame[list(counts)].fillna(0).astype("int64")
    # What was bought at which price is a fact of the contract, not a figure about people.
    dims = ("licence", "currency", "notice_date", "n_purchased", "cost_year")
    return _table("licence_use", frame[[*dims, *counts]], dims, client, people, counts=counts)


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
    return _table("licence_cost", frame[[*dims, "n", "cost_year"]], dims, client, people, withheld=withheld)


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
    return _table("licence_cost_types", by_licence[[*dims, "n", "cost_year"]], dims, client, people, withheld=withheld)


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
    rows = [(metric, "", *_used(people, metric)) for metric in _COUNTED]
    priced = bought_licences(client).dropna(subset="cost_year")
    for currency, licences in priced.groupby("currency", sort=False):
        holders = people[people["licence"].isin(licences["licence"])]
        price = licences["cost_year"].sum() / (licences["n_purchased"].sum() or np.nan)
        for metric, name in (("regular_share", "cost_per_regular_year"), ("usage_rate", "cost_per_using_year")):
            n, n_total, share = _used(holders, metric)
            rows.append((name, str(currency), n, n_total, price / share if share else np.nan))
    frame = pd.DataFrame(rows if _assessed(people) else [], columns=columns)
    return _table("licence_figures", frame, ("metric", "currency"), client, people)


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
    bought = bought_licences(client)
    pool = _free(bought, client) + _idle(bought, people)
    used = people[people["segment"].isin(("regular", "occasional"))].groupby("licence").size()
    steps = [_steps(int(most)) if _assessed(people) else [] for most in pool]
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
    return _table("licence_scenario", frame[columns], dims, client, people, withheld=withheld)


def bought_licences(client: Client) -> pd.DataFrame:
    """Return licence, currency, notice_date, n_purchased and cost_year (contract price of all, NaN if unknown)."""
    rows = client.licences
    per_month = rows["unit_cost_month"] * rows["n_purchased"] * MONTHS
    return rows.assign(cost_year=rows["cost_year"].fillna(per_month))[
        ["licence", "currency", "notice_date", "n_purchased", "cost_year"]
    ].reset_index(drop=True)


def _to_talk_about(people: pd.DataFrame, client: Client) -> pd.DataFrame:
    """Return licence type × kind: number of licences, their contract price; nothing without prices or a log."""
    bought = bought_licences(client).dropna(subset="cost_year")
    bought = bought if _assessed(people) else bought.iloc[:0]
    free, idle = _free(bought, client), _idle(bought, people)
    price = bought["cost_year"] / bought["n_purchased"].replace(0, np.nan)
    n_of = {"without_use": idle, "reassignable": free.clip(lower=0), "adjustable": (free + idle).clip(lower=0)}
    parts = [bought.assign(kind=kind, n=n.astype("int64"), cost_year=n * price) for kind, n in n_of.items()]
    return pd.concat(parts, ignore_index=True)


def _telling(parts: pd.DataFrame, k: int) -> pd.Series:
    """Return the rows that hold, or give away, a few licences: adjustable is the sum of the other two."""
    few = parts["n"].between(1, k - 1)
    keys = [column for column in ("licence", "currency") if column in parts]
    return few | ((parts["kind"] == "adjustable") & few.groupby([parts[key] for key in keys]).transform("any"))


def _assigned(bought: pd.DataFrame, client: Client) -> pd.Series:
    """Return the number of accounts that hold each licence today, also those of people who have left."""
    held = current_assignments(client.assignments, client).groupby("licence")["user_id"].nunique()
    return looked_up(bought["licence"], held).fillna(0)


def _free(bought: pd.DataFrame, client: Client) -> pd.Series:
    """Return licences bought that nobody works with: not assigned, or held by a leaver; negative if too many are."""
    working = current_assignments(population_of(client).spans, client).groupby("licence")["user_id"].nunique()
    return bought["n_purchased"] - looked_up(bought["licence"], working).fillna(0)


def _idle(bought: pd.DataFrame, people: pd.DataFrame) -> pd.Series:
    """Return licences whose holder has not used the CRM in the window."""
    idle = people[people["detail"].isin(("dormant", "never"))].groupby("licence").size()
    return looked_up(bought["licence"], idle).fillna(0)


def _steps(most: int) -> list[int]:
    """Return 0 and the three largest steps that are possible; fixed ones, so that they count nobody."""
    possible = [step for step in STEPS if step <= most]
    return [0, *possible[-3:]] if possible else []


def _used(people: pd.DataFrame, metric: str) -> tuple[int, int, float]:
    """Return people that a metric counts, assessed people, and the share (NaN for nobody)."""
    n, n_total = int(people["segment"].isin(_COUNTED[metric]).sum()), _assessed(people)
    return n, n_total, n / n_total if n_total else np.nan


def _persons_of(accounts: pd.DataFrame, client: Client) -> set[str]:
    """Return the persons that hold accounts, each under the account that stands for it."""
    person = person_of(client.users)
    human = client.users.loc[client.users["account_type"] == "person", "user_id"]
    return {person[account] for account in accounts.loc[accounts["user_id"].isin(human), "user_id"]}


def _n_onboarding(people: pd.DataFrame, client: Client) -> int:
    """Return how many of `people` got their first licence within the onboarding time before `as_of`."""
    spans = one_row_a_person(population_of(client)).spans
    first = looked_up(people["user_id"], spans.groupby("user_id")["from_date"].min())
    return int((first > pd.Timestamp(client.as_of) - pd.Timedelta(days=_rule(people).onboarding_days)).sum())


def _assessed(people: pd.DataFrame) -> int:
    return int((people["segment"] != "not_assessable").sum())


def _rule(people: pd.DataFrame) -> Definition:
    return made.rule_of(people) or Definition()


def _table(
    name: str,
    frame: pd.DataFrame,
    dims: tuple[str, ...],
    client: Client,
    people: pd.DataFrame,
    *,
    counts: tuple[str, ...] = ("n",),
    withheld: pd.Series | None = None,
) -> Table:
    totals = ("n_total",) if "n_total" in frame else ()
    values = ("cost_year", "cost_per_using_year", "value", "share")
    derived = {column: (*counts, *totals) for column in values if column in frame and column not in dims}
    tier = tiers.of_client(client)
    return Table(
        name, frame.reset_index(drop=True), dims, counts, derived, totals, "holders", tier, days_of(client.as_of),
        _rule(people) if tier in ("A", "B") else None, withheld=() if withheld is None else positions(withheld),
    )  # fmt: skip
