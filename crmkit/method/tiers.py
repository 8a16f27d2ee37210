"""Data tiers: what the delivered data allow anyone to say."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit.method import made
from crmkit.method.definition import NAMED, Definition, Evidence
from crmkit.method.window import WORKDAYS, weeks_of

if TYPE_CHECKING:
    from crmkit.client import Client
    from crmkit.settings import Rhythm

#: Share of the window's weeks that a log must cover to carry segments (0–1).
COVERED_SHARE = 0.8

#: The one export that lifts a tier: tier → code of the export.
LIFTS = {"A": "", "B": "page_views", "C": "login_history", "D": "user_list", "E": "user_list"}


def covered_share(coverage: pd.DataFrame, *, as_of: dt.date, weeks: int = 12) -> float:
    """Return the share (0–1) of the window's weeks whose days Monday to Friday `coverage` covers completely."""
    mondays = weeks_of(as_of, weeks=weeks)
    covered = pd.DatetimeIndex(coverage.loc[coverage["complete"], "date"].unique())
    on_day = [(mondays + pd.Timedelta(days=d)).isin(covered) for d in range(WORKDAYS)]
    return float(np.logical_and.reduce(on_day).mean())


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
        ``A`` or ``B`` if a log of that tier covers at least 80 % of the weeks, ``C`` if there is
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
    since a login is not yet work. Worked out once for a client: every table asks for it.
    """
    if "definition" not in client.memory:
        client.memory["definition"] = _definition_of(client)
    return client.memory["definition"]


def _definition_of(client: Client) -> Definition:
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
    evidence = evidence_of(client.activity, client.coverage, as_of=client.as_of)
    return base if evidence == "views" else base.for_evidence(evidence)


def rule_of(people: pd.DataFrame, client: Client) -> Definition:
    """Return the definition that people were assigned under; where that was lost on the way, the client's."""
    return made.rule_of(people) or definition_of(client)


def evidence_of(activity: pd.DataFrame, coverage: pd.DataFrame, *, as_of: dt.date, weeks: int = 12) -> Evidence:
    """Return the kind of log that a window rests on: the best one that covers it, else the best there is."""
    kinds: tuple[Evidence, ...] = ("views", "changes", "logins")
    shares = [
        covered_share(_evident(Definition().for_evidence(kind), activity, coverage), as_of=as_of, weeks=weeks)
        for kind in kinds
    ]
    covering: list[Evidence] = [kind for kind, share in zip(kinds, shares, strict=True) if share >= COVERED_SHARE]
    touching: list[Evidence] = [kind for kind, share in zip(kinds, shares, strict=True) if share > 0]
    ranked: list[Evidence] = [*covering, *touching, "views"]
    return ranked[0]


def _evident(definition: Definition, activity: pd.DataFrame, coverage: pd.DataFrame) -> pd.DataFrame:
    return coverage[
        coverage["source"].isin(sources_of(definition, activity, coverage)) & (coverage["tier"] == definition.tier)
    ]


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
