"""All definitions side by side, on the same people: for the appendix, where nobody has to choose one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from crmkit.method import counted, panel, rules, segments, tiers
from crmkit.method.definition import NAMED, Definition
from crmkit.method.table import Table, of_shares
from crmkit.method.whom import Whom, box, of, people_on
from crmkit.method.window import days_of

if TYPE_CHECKING:
    from crmkit.client import Client

#: Definitions that count days, with their segments in order.
DAYS = {
    "mozilla": ("regular", "not_regular"),
    "frequency": ("days_20_plus", "days_11_19", "days_6_10", "days_1_5", "none"),
    "lifecycle": ("new", "returning", "resurrecting", "dormant", "never"),
}
_LONGEST = 16


def compare(client: Client) -> Table:
    """Return how many of the assessed people are in which segment under each definition.

    Parameters
    ----------
    client
        The client.

    Returns
    -------
    Table
        definition, segment, n, n_total, share. Everybody who is assessed under the client's own definition
        is counted under all of them. No rows outside tiers A and B. Note ``differences_below_k``.

    Notes
    -----
    Variants of the kit's own definition whose limits lie fewer than k people apart are shown as equal, and a
    variant that cannot assess 1 to k − 1 of the people is withheld: the difference would be those people.
    """
    rule = tiers.definition_of(client)
    weeks = _panel_of(client, rule)
    people = segments.assign(weeks, definition=rule)
    assessed = people.loc[people["segment"] != "not_assessable", "user_id"]
    parts = [*_own(client, weeks, assessed), *_others(client, weeks, assessed)] if len(assessed) else []
    frame = pd.concat(parts, ignore_index=True) if parts else _rows("", (), [])
    frame["n_total"] = frame.groupby("definition", sort=False)["n"].transform("sum")
    few = frame["n_total"].between(len(assessed) - client.k + 1, len(assessed) - 1)
    # dormant and never together are what another rule calls no day of use: a small rest of them would follow
    small = frame["n"].between(1, client.k - 1) & (frame["definition"] == "lifecycle")
    frame = frame[~few & ~((frame["definition"] == "lifecycle") & bool(small.any()))]
    return of_shares(
        "definitions", frame, ("definition", "segment"), rule=rule, window=days_of(client.as_of),
        notes=("differences_below_k",), partition="segment", whom=_whom(frame, rule, client),
    )  # fmt: skip


def _whom(frame: pd.DataFrame, rule: Definition, client: Client) -> dict[str, tuple[Whom | None, ...]]:
    """Return whom the rows count: under the client's own definition its segments, under others theirs."""
    everybody, own, assessed = people_on(client.as_of), counted.segment(rule), counted.assessed(rule)
    values = frame.groupby("definition", sort=False)["segment"].agg(frozenset).to_dict()
    n, n_total = [], []
    for code, segment in zip(frame["definition"], frame["segment"], strict=True):
        other = {own: assessed} if code == "crmkit" else {own: assessed, f"segment {code}": values[code]}
        n_total.append(of(box(everybody, other)))
        # without a write trace is rare under definitions that do not tell the two apart
        mine = assessed - counted.USED if segment == "rare" else segment
        n.append(of(box(everybody, {own: mine} if code == "crmkit" else other | {f"segment {code}": segment})))
    return {"n": tuple(n), "n_total": tuple(n_total)}


def variants(rule: Definition) -> dict[str, Definition]:
    """Return the client's own definition and its variants, by code; without those that cannot be."""
    usual = NAMED["crmkit_known_absences"].regular_share
    known = {"crmkit_known_absences": replace(rule, regular_share=usual)} if usual > rule.occasional_share else {}
    return {
        "crmkit": rule,
        **known,
        "crmkit_two_days": replace(rule, min_active_days=NAMED["crmkit_two_days"].min_active_days),
        "crmkit_8_weeks": replace(rule, window_weeks=8),
        "crmkit_16_weeks": replace(rule, window_weeks=_LONGEST),
    }


def _own(client: Client, weeks: pd.DataFrame, assessed: pd.Series) -> list[pd.DataFrame]:
    """Return the rows of the client's own definition and its variants, from a panel of the longest window."""
    rule = tiers.definition_of(client)
    base: list[int] = []
    parts = []
    for code, variant in variants(rule).items():
        is_same = variant.min_active_days == rule.min_active_days
        own = weeks if is_same else _panel_of(client, variant)
        counts = _counts(segments.assign(own, definition=variant), rules.SEGMENTS[:3], assessed)
        counts = _as_base(counts, base, client.k)
        base = base or counts
        parts.append(_rows(code, rules.SEGMENTS[:3], counts))
    return parts


def _panel_of(client: Client, rule: Definition) -> pd.DataFrame:
    return panel.weekly(client.activity, client, as_of=client.as_of, weeks=_LONGEST, definition=rule)


def _as_base(counts: list[int], base: list[int], k: int) -> list[int]:
    """Return the counts, equal to the base's at a limit that fewer than k people lie away."""
    if not base or sum(counts) != sum(base):
        return counts
    regular, used = counts[0], counts[0] + counts[1]
    regular = base[0] if abs(regular - base[0]) < k else regular
    used = base[0] + base[1] if abs(used - base[0] - base[1]) < k else used
    if regular > used:
        # One limit moved less than it may show, the other passed it: then nothing of it is shown.
        return base
    return [regular, used - regular, sum(base) - used]


def _others(client: Client, weeks: pd.DataFrame, assessed: pd.Series) -> list[pd.DataFrame]:
    parts = []
    for code in ("viva", "viva_4w"):
        people = segments.assign(weeks, definition=code)
        parts.append(_rows(code, rules.VIVA_SEGMENTS, _counts(people, rules.VIVA_SEGMENTS, assessed)))
    for code, names in DAYS.items():
        people = segments.assign_days(client.activity, client, as_of=client.as_of, definition=code)
        parts.append(_rows(code, names, _counts(people, names, assessed)))
    return parts


def _counts(people: pd.DataFrame, names: tuple[str, ...], assessed: pd.Series) -> list[int]:
    found = people.loc[people["user_id"].isin(assessed), "segment"].value_counts()
    return [int(found.get(name, 0)) for name in names]


def _rows(code: str, names: tuple[str, ...], counts: list[int]) -> pd.DataFrame:
    rows = pd.DataFrame({"definition": code, "segment": list(names), "n": counts})
    return rows.astype({"definition": "str", "segment": "str", "n": "int64"})
