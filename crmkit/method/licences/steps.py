"""From licences bought to people assessed, step by step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from crmkit.method import counted, tiers
from crmkit.method.described import current_assignments
from crmkit.method.licences.holding import held_today, holders, n_onboarding, persons_of, table_of
from crmkit.method.rules import SEGMENTS
from crmkit.method.segments import n_assessed
from crmkit.method.table import Table
from crmkit.method.whom import Box, Whom, box, of, people_on

if TYPE_CHECKING:
    from crmkit.client import Client


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
    persons = persons_of(accounts, client)
    inside = people[people["user_id"].isin(persons)]
    steps = {
        "purchased": int(client.licences["n_purchased"].sum()),
        "assigned": accounts["user_id"].nunique(),
        "persons": len(persons),
        "not_left": len(inside) if len(inside) < len(persons) else 0,
        "past_onboarding": len(inside) - n_onboarding(inside, client),
        "assessed": n_assessed(inside),
    }
    known = {step: n for step, n in steps.items() if n or step == "assessed"}
    frame = pd.DataFrame({"step": list(known), "n": list(known.values())}).iloc[: len(known) * bool(steps["assessed"])]
    table = table_of(
        "waterfall", frame, ("step",), client, people, withheld=frame["step"].isin(_few_apart(known, client.k))
    )
    return replace(table, whom={"n": tuple(_whom(step, n, people, client) for step, n in known.items())[: len(frame)]})


def _whom(step: str, n: int, people: pd.DataFrame, client: Client) -> Whom:
    """Return whom a step counts: holders of licences who have left, are new, or neither."""
    holders = {"persons": ("left", "new", "settled"), "not_left": ("new", "settled")}
    if step == "assigned" and len(client.licences):
        return _accounts(n, people, client)
    if step in ("purchased", "assigned"):
        return of(Box(f"licences {step}"))
    still = {"holder": frozenset(holders.get(step, ("settled",)))}
    assessed = {counted.segment(tiers.rule_of(people, client)): counted.ASSESSED}
    return of(box(people_on(client.as_of), still | (assessed if step == "assessed" else {})))


def _accounts(n: int, people: pd.DataFrame, client: Client) -> Whom:
    """Return whom the accounts with a licence count: the holders of each, and technical accounts beside them."""
    held = held_today(people, client)
    listed = held.drop_duplicates(["licence", "user_id"])["licence"].isin(client.licences["licence"])
    everybody = {counted.segment(tiers.rule_of(people, client)): frozenset(SEGMENTS)}
    boxes = (
        box(people_on(client.as_of), everybody | {counted.LICENCES: holders([licence], held)})
        for licence in client.licences["licence"].unique()
    )
    return of(*boxes, plus=n - int(listed.sum()))


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
