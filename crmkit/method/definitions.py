"""All definitions side by side, on the same people: for the appendix, where nobody has to choose one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit.method import counted, panel, rules, segments, tiers
from crmkit.method.definition import NAMED, Definition
from crmkit.method.described import describe
from crmkit.method.levels import VARIABLE, Levels
from crmkit.method.table import Table, of_shares
from crmkit.method.whom import Values, Whom, box, nobody, of, people_on
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
#: Segments of the lifecycle before those of nobody's use: these stand in no order.
_LIFECYCLE_USED = 3


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
    Rules draw their limits through the same people, so what lies between two of them could be read off. Limits fewer
    than k people from another one, from nobody or from everybody are shown as equal (see `levels`); a variant that
    cannot assess 1 to k − 1 of the people is withheld, and so are the lifecycle's rows where they would have to move.
    """
    rule = tiers.definition_of(client)
    weeks = _panel_of(client, rule)
    people = describe(segments.assign(weeks, definition=rule), client)
    people = people[people["segment"] != "not_assessable"]
    made = _made(client, weeks, people["user_id"]) if len(people) else {}
    levels = Levels(len(people), client.k)
    kept = [limit for limit in _limits(people, counted.segment(rule)) if levels.keeps(limit.n)]
    shown = _told(made, levels)
    parts = [_rows(code, names, counts) for code, (names, counts) in shown.items()]
    frame = pd.concat(parts, ignore_index=True) if parts else _rows("", (), [])
    frame["n_total"] = frame.groupby("definition", sort=False)["n"].transform("sum")
    whom = _whom(frame, rule, levels, client)
    table = of_shares(
        "definitions", frame, ("definition", "segment"), rule=rule, window=days_of(client.as_of),
        notes=("differences_below_k",), partition="segment", whom=whom,
    )  # fmt: skip
    return replace(table, splits=(VARIABLE,), known=_known(kept, levels, client) if len(frame) else ())


@dataclass(frozen=True)
class _Limit:
    """A limit of the client's own definition, or of its details: how many are within, and who they are."""

    n: int
    within: tuple[Mapping[str, Values], ...]
    beyond: tuple[Mapping[str, Values], ...]


def _limits(people: pd.DataFrame, segment: str) -> list[_Limit]:
    """Return the limits that other tables tell: regular, used, any day of use, ever used."""
    found = people["segment"].value_counts()
    n_regular, n_used = int(found.get("regular", 0)), int(found.reindex(["regular", "occasional"]).sum())
    details = people["detail"].value_counts()
    n_never, n_dormant = (int(details.get(code, 0)) for code in ("never", "dormant"))
    used, others = {segment: counted.USED}, {segment: frozenset({"rare", "no_write_trace"})}
    idle = {segment: frozenset({"rare"}), "detail": counted.IDLE}
    never, dormant, rare = (idle | {"detail": frozenset({code})} for code in ("never", "dormant", "rare"))
    return [
        _Limit(n_regular, ({segment: counted.REGULAR},), ({segment: counted.USED - counted.REGULAR}, others)),
        _Limit(n_used, (used,), (others,)),
        _Limit(len(people) - n_never - n_dormant, (used, rare), (idle,)),
        _Limit(len(people) - n_never, (used, rare, dormant), (never,)),
    ]


def _known(kept: list[_Limit], levels: Levels, client: Client) -> tuple[tuple[Whom, float], ...]:
    """Return that nobody within a limit of the client's own lies beyond its level, and nobody beyond within."""
    empty = []
    for limit in kept:
        inside, outside = levels.between(0, limit.n), levels.between(limit.n, levels.n_total)
        empty += [(group, outside) for group in limit.within if outside]
        empty += [(group, inside) for group in limit.beyond if inside]
    day = people_on(client.as_of)
    return tuple(nobody(box(day, {**group, VARIABLE: values})) for group, values in empty)


#: Definition → its segments, strongest use first, and how many people are in each.
_Made = Mapping[str, tuple[tuple[str, ...], list[int]]]


def _told(made: _Made, levels: Levels) -> _Made:
    """Return the definitions that are told, the limits of all but the client's own moved to levels."""
    told = {}
    base = made["crmkit"][1] if made else []
    for code, (names, counts) in made.items():
        n_beside = levels.n_total - sum(counts)
        if code == "crmkit" or n_beside >= levels.k:
            told[code] = names, counts
        elif n_beside == 0 and _is_as(counts, base, levels.k):
            told[code] = names, base
        elif n_beside == 0 and code != "lifecycle":
            told[code] = names, levels.counts(counts)
        elif n_beside == 0:
            used = sum(counts[:_LIFECYCLE_USED])
            if levels.keeps(used) and levels.keeps(used + counts[_LIFECYCLE_USED]):
                told[code] = names, counts
    return told


def _is_as(counts: list[int], base: list[int], k: int) -> bool:
    """Return whether all limits lie fewer than k people from those of the client's own definition."""
    limits = zip(np.cumsum(counts), np.cumsum(base), strict=False)
    return len(counts) == len(base) and all(abs(one - other) < k for one, other in limits)


def _whom(frame: pd.DataFrame, rule: Definition, levels: Levels, client: Client) -> dict[str, tuple[Whom | None, ...]]:
    """Return whom the rows count: under the client's own definition its segments, under others levels."""
    everybody, own, assessed = people_on(client.as_of), counted.segment(rule), counted.assessed(rule)
    base = frame.loc[frame["definition"] == "crmkit", "n"].tolist()
    n, n_total = [], []
    for code, rows in frame.groupby("definition", sort=False):
        values, reached = frozenset(rows["segment"]), 0
        is_own = len(rows) == len(base) and rows["n"].tolist() == base
        is_apart = rows["n"].sum() != levels.n_total
        total = {own: assessed} | ({f"segment {code}": values} if is_apart else {})
        n_total += [of(box(everybody, total))] * len(rows)
        for place, (segment, number) in enumerate(zip(rows["segment"], rows["n"], strict=True)):
            mine: dict[str, str | Values] = {f"segment {code}": segment}
            if is_own:
                # without a write trace is rare under definitions that do not tell the two apart
                mine = {own: assessed - counted.USED if segment == "rare" else segment}
            elif not is_apart and (code != "lifecycle" or place >= _LIFECYCLE_USED):
                mine = {VARIABLE: levels.between(reached, reached + int(number))}
            reached += int(number)
            n.append(of(box(everybody, {own: assessed, **mine})) if all(mine.values()) else None)
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


def _made(client: Client, weeks: pd.DataFrame, assessed: pd.Series) -> dict[str, tuple[tuple[str, ...], list[int]]]:
    """Return for each definition its segments and how many people are in each, from a panel of the longest window."""
    rule = tiers.definition_of(client)
    made = {}
    for code, variant in variants(rule).items():
        own = weeks if variant.min_active_days == rule.min_active_days else _panel_of(client, variant)
        counts = _counts(segments.assign(own, definition=variant), rules.SEGMENTS[:3], assessed)
        made[code] = rules.SEGMENTS[:3], counts
    for code in ("viva", "viva_4w"):
        people = segments.assign(weeks, definition=code)
        made[code] = rules.VIVA_SEGMENTS, _counts(people, rules.VIVA_SEGMENTS, assessed)
    for code, names in DAYS.items():
        people = segments.assign_days(client.activity, client, as_of=client.as_of, definition=code)
        made[code] = names, _counts(people, names, assessed)
    return made


def _panel_of(client: Client, rule: Definition) -> pd.DataFrame:
    return panel.weekly(client.activity, client, as_of=client.as_of, weeks=_LONGEST, definition=rule)


def _counts(people: pd.DataFrame, names: tuple[str, ...], assessed: pd.Series) -> list[int]:
    found = people.loc[people["user_id"].isin(assessed), "segment"].value_counts()
    return [int(found.get(name, 0)) for name in names]


def _rows(code: str, names: tuple[str, ...], counts: list[int]) -> pd.DataFrame:
    rows = pd.DataFrame({"definition": code, "segment": list(names), "n": counts})
    return rows.astype({"definition": "str", "segment": "str", "n": "int64"})
