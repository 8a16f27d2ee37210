"""Snapshots of accounts → accounts, and spans in which each held a licence in a unit.

User lists show today's state only. Several dated lists show when something changed, to the accuracy of
their days; every end or change that is not stated is marked ``assumed``.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl

#: Share (0–1) of the accounts of a list that a later one has at least, if it continues it.
LEAST_SHARED = 0.3
STATE = ("licence", "org_unit", "role", "fte", "subdivision")
SPAN_SCHEMA = {
    "account": pl.String, "from_date": pl.Date, "to_date": pl.Date, "licence": pl.String, "org_unit": pl.String,
    "role": pl.String, "fte": pl.Float64, "subdivision": pl.String, "evidence": pl.String,
}  # fmt: skip


def latest(snapshots: pl.DataFrame) -> pl.DataFrame:
    """Return the last known row of every account."""
    return snapshots.sort("snapshot", nulls_last=False, maintain_order=True).unique(
        "account", keep="last", maintain_order=True
    )


def spans(snapshots: pl.DataFrame) -> pl.DataFrame:
    """Return the spans of every account.

    Parameters
    ----------
    snapshots
        A row an account and list: account, system, snapshot (day of the list), and what the list says: `STATE`,
        active, first_active, last_active, last_login, last_modified.

    Returns
    -------
    polars.DataFrame
        account, from_date (null: unknown), to_date (null: still running), licence, org_unit, role, fte,
        subdivision, evidence (stated / assumed).
    """
    days = successors(snapshots)
    ordered = snapshots.sort("snapshot", nulls_last=False, maintain_order=True)
    rows = [
        span
        for (_,), group in ordered.group_by("account", maintain_order=True)
        for span in _of_account(group.to_dicts(), days)
    ]
    return pl.DataFrame(rows, schema=SPAN_SCHEMA, orient="row")


def successors(snapshots: pl.DataFrame) -> dict[tuple[str, dt.date], list[dt.date]]:
    """Return for the list of each system and day the days of later ones that continue it.

    A later list with hardly anybody of the earlier one is another part of the client, not its successor: who is
    not on it has not left.
    """
    lists = {
        (system, day): set(rows["account"])
        for (system, day), rows in snapshots.drop_nulls("snapshot").group_by("system", "snapshot")
    }
    return {
        (system, day): sorted(
            later
            for (other, later), known in lists.items()
            if other == system and later > day and len(known & accounts) >= LEAST_SHARED * len(accounts)
        )
        for (system, day), accounts in lists.items()
    }


def _of_account(states: list[dict[str, Any]], days: dict[tuple[str, dt.date], list[dt.date]]) -> list[dict[str, Any]]:
    """Return the spans of one account: a new one from each snapshot in which its state differs."""
    found: list[dict[str, Any]] = []
    for state in states:
        held = {name: state[name] for name in STATE}
        if found and all(found[-1][name] == held[name] for name in STATE):
            continue
        if found and state["active"] is False:
            break  # what an inactive account looks like now is not how it worked
        start = state["first_active"] if not found else state["snapshot"]
        if found:
            found[-1] |= {"to_date": state["snapshot"] - dt.timedelta(days=1), "evidence": "assumed"}
        found.append({"account": state["account"], "from_date": start, "to_date": None, **held, "evidence": "stated"})
    found[-1] |= _end(states[-1], days.get((states[-1]["system"], states[-1]["snapshot"]), []))
    return [_defaults(span) for span in found]


def _end(last: dict[str, Any], days: list[dt.date]) -> dict[str, Any]:
    """Return when the last span ends, and whether that is stated."""
    if last["last_active"]:
        return {"to_date": last["last_active"]}
    if last["active"] is False and last.get("left"):
        return {"to_date": last["left"], "evidence": "stated"}
    if last["active"] is False:
        assumed = last["last_modified"] or last["last_login"] or last["snapshot"]
        return {"to_date": assumed, "evidence": "assumed"} if assumed else {}
    later = [day for day in days if last["snapshot"] and day > last["snapshot"]]
    # Gone from the next list: it ended somewhere before that.
    return {"to_date": last["last_login"] or last["snapshot"], "evidence": "assumed"} if later else {}


def _defaults(span: dict[str, Any]) -> dict[str, Any]:
    texts = {name: span[name] or "" for name in ("licence", "org_unit", "role", "subdivision")}
    # What is not stated stays open: another account of the person may state it.
    return span | texts
