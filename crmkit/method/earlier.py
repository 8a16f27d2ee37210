"""What a report compares itself with: the retrospective before it, under one definition for both days.

Two days are compared under one definition or not at all. Where a log covers both windows, both are counted anew under
today's definition; where the log of then knows less than today's, under the evidence that both have. Where there is no
log of then any more, the numbers that were kept may stand beside today's only if they rest on the same definition.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from crmkit.method import tiers
from crmkit.method.definition import Definition, Evidence

if TYPE_CHECKING:
    from crmkit.client import Client
    from crmkit.history import Closed

#: Days back to look at where there is no earlier retrospective: a year (same season), half a year, one window.
BACK_DAYS = (364, 182, 84)
#: Evidence from the best to the one that proves least.
_EVIDENCE: tuple[Evidence, ...] = ("views", "changes", "logins")

#: Why two retrospectives are not compared.
Refusal = Literal["", "first", "not_kept", "crm_changed", "too_close", "no_log", "definition_changed"]


@dataclass(frozen=True)
class Basis:
    """The earlier day and the definition for both days.

    Attributes
    ----------
    day
        The earlier day; None: there is nothing to compare with.
    rule
        The definition under which both days are counted.
    number
        Which retrospective was held on the earlier day; 0: none, it is just an earlier day.
    kept
        True: the numbers of then are those that were kept; people cannot be followed.
    refused
        Why the last retrospective is not compared with, of `Refusal`; empty if it is.
    """

    day: dt.date | None
    rule: Definition
    number: int = 0
    kept: bool = False
    refused: Refusal = ""

    @property
    def follows(self) -> bool:
        """Whether people can be followed: those without a write trace cannot be told from rare users on another day."""
        return self.day is not None and not self.kept and self.rule.evidence != "changes"


def basis(client: Client) -> Basis:
    """Return what a client's report compares itself with.

    Parameters
    ----------
    client
        The client.

    Returns
    -------
    Basis
        The last retrospective that is comparable. Where there is none, and the CRM is the same, an earlier day: the
        same season a year before, else as far back as the log covers a window that does not overlap today's.
    """
    if "basis" not in client.memory:
        client.memory["basis"] = _basis(client)
    return client.memory["basis"]


def _basis(client: Client) -> Basis:
    own = tiers.definition_of(client)
    if tiers.of_client(client) not in ("A", "B"):
        return Basis(None, own, refused="no_log" if client.last_time else "first")
    refused = _refusal(client.last_time, own, client) if client.last_time else "first"
    if refused == "crm_changed":
        return Basis(None, own, refused=refused)
    for one in reversed(client.closed):
        rule = _common(client, own, one.as_of)
        if rule and _is_far(one, own, client):
            return Basis(one.as_of, rule, one.number, refused=refused)
    if client.last_time and not refused:
        return Basis(client.last_time.as_of, own, client.last_time.number, kept=True)
    return Basis(_day_back(client, own), own, refused=refused)


def _refusal(last: Closed, own: Definition, client: Client) -> Refusal:
    """Return why the last retrospective is not compared with; empty if it is."""
    then, now = (_even(name) for name in (last.said.get("crm"), client.settings.crm))
    if then and now and then != now:
        return "crm_changed"
    if not _is_far(last, own, client):
        return "too_close"
    if _common(client, own, last.as_of):
        return ""
    if not last.is_sealed:
        return "not_kept"
    if not _hash_of(last):
        return "no_log"
    return "" if _hash_of(last) == own.hash else "definition_changed"


def _is_far(one: Closed, own: Definition, client: Client) -> bool:
    """Return whether the two windows do not overlap."""
    return one.as_of <= client.as_of - dt.timedelta(weeks=own.window_weeks)


def _common(client: Client, own: Definition, day: dt.date) -> Definition | None:
    """Return the client's definition, on the best evidence that covers both windows; None if there is none."""
    weaker = _EVIDENCE[_EVIDENCE.index(own.evidence) + 1 :]
    rules = [own, *(own.for_evidence(evidence) for evidence in weaker)]
    return next((rule for rule in rules if _covers(client, rule, day) and _covers(client, rule, client.as_of)), None)


def _day_back(client: Client, own: Definition) -> dt.date | None:
    back = (client.as_of - dt.timedelta(days=days) for days in BACK_DAYS)
    return next((day for day in back if _covers(client, own, day)), None)


def _covers(client: Client, rule: Definition, day: dt.date) -> bool:
    coverage = client.coverage[client.coverage["source"].isin(tiers.sources_of_client(client, rule))]
    return tiers.covered_share(coverage, as_of=day, weeks=rule.window_weeks) >= tiers.COVERED_SHARE


def _hash_of(last: Closed) -> str:
    kept: Any = last.said.get("definition") or {}
    return str(kept.get("hash", "")) if isinstance(kept, dict) else ""


def _even(name: Any) -> str:
    return " ".join(str(name or "").casefold().split())
