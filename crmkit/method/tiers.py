"""Data tiers: what the delivered data allow anyone to say."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

from crmkit.method.definition import NAMED, Definition, Evidence
from crmkit.method.window import WORKDAYS, weeks_of

if TYPE_CHECKING:
    from crmkit.client import Client
    from crmkit.settings import Rhythm

#: Share of the window's working days that a log must cover to carry segments (0–1).
COVERED_SHARE = 0.8

#: The one export that lifts a tier: tier → code of the export.
LIFTS = {"A": "", "B": "page_views", "C": "login_history", "D": "user_list", "E": "user_list"}


def covered_share(coverage: pd.DataFrame, *, as_of: dt.date, weeks: int = 12) -> float:
    """Return the share (0–1) of the window's days Monday to Friday that `coverage` covers completely."""
    mondays = weeks_of(as_of, weeks=weeks)
    workdays = pd.DatetimeIndex([monday + pd.Timedelta(days=d) for monday in mondays for d in range(WORKDAYS)])
    covered = pd.DatetimeIndex(coverage.loc[coverage["complete"], "date"].unique())
    return float(workdays.isin(covered).mean())


def of_window(
    coverage: pd.DataFrame, *, as_of: dt.date, weeks: int = 12, aggregates: pd.DataFrame | None = None
) -> str:
    """Return the data tier of a window.

    Parameters
    ----------
    coverage
        Contract `coverage`.
    as_of, weeks
        The window.
    aggregates
        The client's own aggregates, if there are any.

    Returns
    -------
    str
        ``A`` or ``B`` if a log of that tier covers at least 80 % of the working days, ``C`` if there is
        a user list, ``E`` if there are nothing but aggregates, else ``D``.
    """
    for tier in ("A", "B"):
        if covered_share(coverage[coverage["tier"] == tier], as_of=as_of, weeks=weeks) >= COVERED_SHARE:
            return tier
    if (coverage["tier"] == "C").any():
        return "C"
    return "E" if aggregates is not None and len(aggregates) else "D"


def of_client(client: Client, *, weeks: int = 12) -> str:
    """Return the data tier of a client's window that ends on or before its ``as_of``."""
    return of_window(client.coverage, as_of=client.as_of, weeks=weeks, aggregates=client.aggregates)


def lift(tier: str) -> str:
    """Return the code of the one export that would lift the tier; empty at the top."""
    return LIFTS[tier]


def definition_of(client: Client) -> Definition:
    """Return the client's definition on the best evidence that covers its window.

    Above tier B nothing but views and writes count; in tier B records changed are preferred to logins,
    since a login is not yet work.
    """
    rule = client.settings.active
    usual = NAMED["crmkit_known_absences" if rule.absences_known else "crmkit"]
    rhythms: list[tuple[str, Rhythm]] = [
        (name, role.rhythm) for name, role in client.settings.roles.items() if role.rhythm != "weekly"
    ]
    base = Definition(
        regular_share=rule.regular_share or usual.regular_share,
        occasional_share=rule.occasional_share,
        actions=tuple(rule.actions),
        channels=tuple(rule.channels),
        min_active_days=rule.min_days,
        rhythms=tuple(sorted(rhythms)),
    )
    evidence = evidence_of(client.activity, client.coverage, tier=of_client(client))
    return base if evidence == "views" else base.for_evidence(evidence)


def evidence_of(activity: pd.DataFrame, coverage: pd.DataFrame, *, tier: str) -> Evidence:
    """Return the kind of log that a window of this tier rests on."""
    if tier != "B":
        return "views"
    sources = set(coverage.loc[coverage["tier"] == "B", "source"])
    rows = activity[activity["source"].isin(sources)]
    return "changes" if rows["n_write"].sum() > 0 else "logins"


def sources_of_client(client: Client, definition: Definition) -> set[str]:
    """Return a client's sources that carry a definition's evidence."""
    return sources_of(definition, client.activity, client.coverage)


def sources_of(definition: Definition, activity: pd.DataFrame, coverage: pd.DataFrame) -> set[str]:
    """Return the sources that carry a definition's evidence; tiers are never mixed into one share."""
    sources = set(coverage.loc[coverage["tier"] == definition.tier, "source"])
    if definition.evidence == "views":
        return sources
    column = "n_write" if definition.evidence == "changes" else "n_login"
    n_rows = activity.loc[activity[column] > 0, "source"].value_counts()
    return sources & set(n_rows.index)
