"""From licences bought to people assessed, step by step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from crmkit.method import counted
from crmkit.method.described import current_assignments
from crmkit.method.licences.holders import Holders
from crmkit.method.licences.holding import is_onboarding, table_of
from crmkit.method.segments import n_assessed
from crmkit.method.table import Table
from crmkit.method.whom import Box, Whom, of

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
        accounts out, several accounts of one person once), not_left (who is there),
        past_onboarding (first licence at least 90 days ago), assessed (at least four weeks that count). Only
        licences of the list of licences, where there is one. No rows outside tiers A and B.
    """
    accounts = current_assignments(client.assignments, client)
    listed = list(client.licences["licence"]) or None
    accounts = accounts if listed is None else accounts[accounts["licence"].isin(listed)]
    holders = Holders.of(people, client)
    persons = holders.persons(listed, ended=True)
    inside = people[people["user_id"].isin(persons)]
    counts = {
        "purchased": int(client.licences["n_purchased"].sum()),
        "assigned": accounts["user_id"].nunique(),
        "persons": len(persons),
        # also where nobody has left: a row that comes and goes would tell
        "not_left": len(inside),
        "past_onboarding": len(inside) - int(is_onboarding(inside, client).sum()),
        "assessed": n_assessed(inside),
    }
    steps = [step for step, n in counts.items() if n or step == "assessed"] if counts["assessed"] else []
    frame = pd.DataFrame({"step": steps, "n": [counts[step] for step in steps]})
    table = table_of("waterfall", frame, ("step",), client, people)
    n_beside = counts["assigned"] - len(persons)
    whom = tuple(_whom(step, n_beside, listed, holders) for step in steps)
    return replace(table, whom={"n": whom}, splits=holders.splits(listed, people))


def _whom(step: str, n_beside: int, listed: list[str] | None, holders: Holders) -> Whom:
    """Return whom a step counts; accounts beside persons are technical ones and second ones, which tell nobody."""
    if step == "purchased":
        return of(Box("licences purchased"))
    segments = {
        "not_left": holders.present,
        "past_onboarding": holders.present - {counted.ONBOARDING},
        "assessed": holders.assessed,
    }
    everybody = holders.present | counted.LEFT
    group = holders.box(listed, segments.get(step, everybody), ended=True)
    return of(group, plus=n_beside if step == "assigned" else 0)
