"""What is not shown of a client at all, whatever the data would allow, and the codes that say why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crmkit.method.population import one_row_a_person, population_of

if TYPE_CHECKING:
    from crmkit.client import Client

#: Notes of a table without rows: an agreement must be named first; the client has too few people for units; totals
#: only were agreed.
NEEDS_AGREEMENT, SMALL_CLIENT, TOTALS_ONLY = "needs_agreement", "small_client", "totals_only"


def without_units(client: Client, n_people: int) -> tuple[str, ...]:
    """Return the note that says why units are not shown; nothing where they may be.

    Parameters
    ----------
    client
        The client.
    n_people
        People of the whole client that a breakdown would split.
    """
    if client.shows_units(n_people):
        return ()
    return (TOTALS_ONLY if client.settings.privacy.totals_only else SMALL_CLIENT,)


def n_people(client: Client) -> int:
    """Return how many people have an account today, or how many the client's own aggregates count."""
    population = one_row_a_person(population_of(client))
    spans, day = population.spans, pd.Timestamp(client.as_of)
    held = spans[~(spans["from_date"] > day) & ~(spans["to_date"] < day)]
    persons = population.users.loc[population.users["account_type"] == "person", "user_id"]
    return int(persons.isin(held["user_id"]).sum()) or int(client.aggregates["n"].sum())


def without_agreement(client: Client) -> tuple[str, ...]:
    """Return the note that says why an analysis that needs an agreement is off; nothing where one is named."""
    return () if client.has_agreement else (NEEDS_AGREEMENT,)


def unnamed_units(rows: pd.DataFrame, client: Client) -> pd.DataFrame:
    """Return rows of the consultant's own tables, without the names of units where units are not shown."""
    n = n_people(client)
    is_shown = client.shows_units(n) if n else not client.settings.privacy.totals_only
    return rows if is_shown else rows.assign(org_unit=pd.Series("", index=rows.index, dtype=rows["org_unit"].dtype))
