"""Who moved between two days: between segments, in and out; and how much of that chance alone would do.

Both days are computed under one definition. Beside every movement stands what people with unchanged habits
would show, so that noise is not taken for a change.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit.method import counted, earlier, habits, matrix, panel, segments, tiers
from crmkit.method.definition import Definition
from crmkit.method.table import Table, of_shares, positions
from crmkit.method.whom import Box, Values, Whom, box, each, of, people_on
from crmkit.method.window import days_of
from crmkit.method.withheld import without_agreement

if TYPE_CHECKING:
    from crmkit.client import Client

_SEGMENTS = ("regular", "occasional", "rare")
_USED = ("regular", "occasional")


def earlier_day(client: Client) -> dt.date | None:
    """Return the day to compare with, see `earlier.basis`; None where people cannot be followed from one to today.

    Parameters
    ----------
    client
        The client.
    """
    basis = earlier.basis(client)
    return basis.day if basis.follows else None


def _day_before(client: Client) -> dt.date | None:
    """Return the day to compare with; None while no agreement allows to follow people from one day to another."""
    return earlier_day(client) if client.has_agreement else None


def migration(client: Client) -> Table:
    """Return how many people moved from which segment to which, and how many would by chance.

    Parameters
    ----------
    client
        The client.

    Returns
    -------
    Table
        before_date, after_date, segment_before, segment_after, n, n_total (people of `segment_before`), share
        (0–1), expected_share: people of `segment_before` who would be in `segment_after` with unchanged habits.
        Only people assessed on both days; no rows where there is no earlier day, and none with the note
        ``needs_agreement`` while no agreement is named.
    """
    before_day = _day_before(client)
    both = _both(client, before_day) if before_day else _nobody()
    pairs = pd.MultiIndex.from_product([_SEGMENTS, _SEGMENTS], names=["segment_before", "segment_after"])
    counts = both.value_counts(["segment_before", "segment_after"]).reindex(pairs, fill_value=0)
    frame = counts.rename("n").reset_index()
    frame["n_total"] = frame.groupby("segment_before")["n"].transform("sum")
    frame["share"] = frame["n"] / frame["n_total"].replace(0, np.nan)
    expected = both.groupby("segment_before")[[*_SEGMENTS]].agg(_mean).stack()
    frame["expected_share"] = expected.reindex(pairs).to_numpy(float)
    frame = frame.assign(before_date=_stamp(before_day), after_date=pd.Timestamp(client.as_of))
    dims = ("before_date", "after_date", "segment_before", "segment_after")
    rule = earlier.basis(client).rule
    frame = frame[[*dims, "n", "n_total", "share", "expected_share"]].iloc[: len(pairs) * bool(len(both))]
    return Table(
        "migration", frame, dims, ("n",), dict.fromkeys(("share", "expected_share"), ("n", "n_total")), ("n_total",),
        "assessed", rule.tier, days_of(client.as_of), rule, without_agreement(client), partition="segment_after",
        summed=True,
        whom=_whom_of_pairs(frame, client),
    )  # fmt: skip


def _mean(values: pd.Series) -> float:
    """Return the mean, to the last digit the same in whatever order people come."""
    return math.fsum(values) / len(values)


def _whom_of_pairs(frame: pd.DataFrame, client: Client) -> dict[str, tuple[Whom | None, ...]]:
    now, then, everybody = *_variables(client), people_on(client.as_of)
    before = {then: frame["segment_before"]}
    return {
        "n": each(len(frame), everybody, before | {now: frame["segment_after"]}),
        "n_total": each(len(frame), everybody, before | {now: _assessed(client)}),
    }


def _assessed(client: Client) -> Values:
    return counted.assessed(rule_today(client))


def _variables(client: Client) -> tuple[str, str]:
    """Return the variables of a person's segment today, and on the earlier day."""
    return counted.segment(rule_today(client)), f"segment on {earlier_day(client)}"


def rule_today(client: Client) -> Definition:
    """Return the definition by which today's segments are told apart: the client's own where it says the same.

    On other evidence everybody may well be in the same segment; then these are the numbers of all other tables.
    """
    own, common = tiers.definition_of(client), earlier.basis(client).rule
    mine, others = (people_on_day(client, client.as_of, rule)[["user_id", "segment"]] for rule in (own, common))
    return own if mine.equals(others) else common


def movement(client: Client) -> Table:
    """Return who joined, left, stopped or took up using the CRM between the two days.

    Parameters
    ----------
    client
        The client.

    Returns
    -------
    Table
        before_date, after_date, kind, n, n_total, share. ``joined`` and ``left`` (without a total: it would tell
        who was there on both days but not assessed); of the people assessed on both days: ``lapsed`` (used then,
        rare now), ``reactivated`` (rare then, used now), ``moved`` (another segment), ``expected`` (would be in
        another segment with unchanged habits). No rows where there is no earlier day or no agreement.

    Notes
    -----
    Where the few who joined or left, or moved otherwise, would follow from the other rows, those are withheld.
    """
    before_day = _day_before(client)
    rows = _rows(client, before_day) if before_day else []
    frame = pd.DataFrame(rows, columns=["kind", "n", "n_total"])
    frame = frame.astype({"n": "int64", "n_total": "Int64"})
    frame = frame.assign(before_date=_stamp(before_day), after_date=pd.Timestamp(client.as_of))
    return of_shares(
        "movement", frame, ("before_date", "after_date", "kind"), rule=earlier.basis(client).rule,
        window=days_of(client.as_of), notes=without_agreement(client), withheld=positions(_telling(frame, client.k)),
        whom=_whom(frame, client),
    )  # fmt: skip


def _whom(frame: pd.DataFrame, client: Client) -> dict[str, tuple[Whom | None, ...]]:
    """Return whom the rows of `movement` count: pairs of segments, then and now."""
    now, then = _variables(client)
    used, assessed = counted.USED, _assessed(client)
    others = assessed - used

    def pair(before: Values, after: Values) -> Box:
        return box(people_on(client.as_of), {then: before, now: after})

    ways = {
        "lapsed": of(pair(used, others)),
        "reactivated": of(pair(others, used)),
        "moved": of(*(pair(frozenset({one}), assessed - {one}) for one in _SEGMENTS)),
    }
    rest = {kind: of(Box(f"{kind} {client.as_of}")) for kind in frame["kind"]}
    n = tuple((rest | ways)[kind] for kind in frame["kind"])
    return {"n": n, "n_total": (of(pair(frozenset(_SEGMENTS), assessed)),) * len(frame)}


def _stamp(day: dt.date | None) -> pd.Timestamp:
    return pd.Timestamp(day) if day else pd.Timestamp("NaT")


def _telling(frame: pd.DataFrame, k: int) -> pd.Series:
    """Return the rows from which a few people would follow."""
    n = frame.set_index("kind")["n"]
    few = {kind for kind in n.index if 0 < n[kind] < k}
    told = {"joined", "left"} if few & {"joined", "left"} else set()
    if (len(n) and 0 < n["moved"] - n["lapsed"] - n["reactivated"] < k) or few & {"lapsed", "reactivated"}:
        told.add("moved")
    return frame["kind"].isin(told)


def _rows(client: Client, before_day: dt.date) -> list[tuple[str, int, int | None]]:
    before, after = (_people(client, day)["user_id"] for day in (before_day, client.as_of))
    both = _both(client, before_day)
    was, is_now = (both[column].isin(_USED) for column in ("segment_before", "segment_after"))
    stays = both[[*_SEGMENTS]].to_numpy()[np.arange(len(both)), both["segment_before"].map(_SEGMENTS.index)]
    return [
        ("joined", int((~after.isin(before)).sum()), None),
        ("left", int((~before.isin(after)).sum()), None),
        ("lapsed", int((was & ~is_now).sum()), len(both)),
        ("reactivated", int((~was & is_now).sum()), len(both)),
        ("moved", int((both["segment_before"] != both["segment_after"]).sum()), len(both)),
        ("expected", round(float((1 - stays).sum())), len(both)),
    ]


def _both(client: Client, before_day: dt.date) -> pd.DataFrame:
    """Return the people assessed on both days: their segments, and the chances that habits of then give."""
    before, after = _people(client, before_day), _people(client, client.as_of)
    both = before.merge(after[["user_id", "segment"]], on="user_id", suffixes=("_before", "_after"))
    return both[both["segment_before"].isin(_SEGMENTS) & both["segment_after"].isin(_SEGMENTS)].reset_index(drop=True)


def _nobody() -> pd.DataFrame:
    columns = {"segment_before": "str", "segment_after": "str"} | dict.fromkeys(_SEGMENTS, "float64")
    return pd.DataFrame({column: pd.Series(dtype=kind) for column, kind in columns.items()})


def _people(client: Client, day: dt.date) -> pd.DataFrame:
    return people_on_day(client, day, earlier.basis(client).rule)


def people_on_day(client: Client, day: dt.date, rule: Definition) -> pd.DataFrame:
    """Return everybody's segment on a day, with the chances of each segment for the same habits.

    Parameters
    ----------
    client
        The client.
    day
        Last day of the window.
    rule
        The definition.

    Returns
    -------
    pandas.DataFrame
        The columns of `segments.assign`, then regular, occasional and rare (0–1).
    """
    key = ("people", day, rule)
    if key not in client.memory:
        weeks = panel.weekly(client.activity, client, as_of=day, weeks=rule.window_weeks, definition=rule)
        people = segments.assign(weeks, definition=rule)
        chances = habits.probabilities(matrix.of(weeks, last=rule.window_weeks), rule)
        client.memory[key] = people.assign(**dict(zip(_SEGMENTS, chances.T, strict=True)))
    return client.memory[key].copy()
