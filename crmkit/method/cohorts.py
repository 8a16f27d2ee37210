"""How newcomers begin: the time to a first regular quarter, and who still uses the CRM later.

Seen from monthly readings: a newcomer is a person whose first licence falls into the time that the log
covers, so that the beginning was observed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit.method import tiers, timeline
from crmkit.method.lookup import looked_up
from crmkit.method.population import one_row_a_person, population_of
from crmkit.method.table import Table
from crmkit.method.units.sizes import RATE_PEOPLE
from crmkit.method.withheld import without_agreement

if TYPE_CHECKING:
    from crmkit.client import Client

#: Months after the first licence at which the curves are shown: before, onboarding and the window's length leave
#: hardly anybody who can have got there.
REGULAR_MONTHS = (6, 9, 12)
RETENTION_MONTHS = (6, 9, 12)
_DAYS_A_MONTH = 365.25 / 12


def time_to_regular(client: Client) -> Table:
    """Return the share of newcomers who have worked a first regular quarter, by months since the first licence.

    Parameters
    ----------
    client
        The client.

    Returns
    -------
    Table
        months (6, 9, 12), n (newcomers still under observation and not regular before), share (0–1). Only
        points at which k newcomers are still observed or all have got there, and between which k or none became
        regular or went. Time is known to the month. No rows where fewer than k newcomers were observed, and none
        with the note ``needs_agreement`` while no agreement is named.

    Notes
    -----
    Who has left, or has not been here long enough, is censored. Product-limit estimate of E. L. Kaplan and
    P. Meier, Nonparametric estimation from incomplete observations, JASA 53 (1958), 457–481.
    """
    people = _newcomers(client)
    regular = people[people["segment"] == "regular"].groupby("user_id")["months"].min()
    last = people.groupby("user_id")["months"].max()
    duration = regular.reindex(last.index).fillna(last)
    reached = last.index.isin(regular.index)
    curve = kaplan_meier(duration.to_numpy(float), reached)
    frame = _shown(curve, duration.to_numpy(float), reached, k=client.k)
    return _table("time_to_regular", frame, ("months",), client)


def retention(client: Client) -> Table:
    """Return how many of each quarter's newcomers use the CRM at 6, 9 and 12 months.

    Parameters
    ----------
    client
        The client.

    Returns
    -------
    Table
        cohort (quarter of the first licence, ``2025-Q3``), months, n (regular or occasional), n_total (assessed
        then), share. Only points with at least 15 newcomers; none with the note ``needs_agreement`` while no
        agreement is named.
    """
    people = _newcomers(client)
    at = people["months"].round().astype(int)
    rows = people[at.isin(RETENTION_MONTHS)].assign(
        months=at,
        away=(people["months"] - at).abs(),
        cohort=people["first"].dt.to_period("Q").astype("str").str.replace("Q", "-Q"),
    )
    # The reading nearest to the month, where two fall into one.
    rows = rows.sort_values("away", kind="stable").drop_duplicates(["user_id", "months"])
    counted = rows.assign(n=rows["segment"].isin(("regular", "occasional")))
    frame = counted.groupby(["cohort", "months"], as_index=False).agg(n=("n", "sum"), n_total=("n", "size"))
    frame = (
        frame[(frame["n_total"] >= RATE_PEOPLE) & ~_tells_leavers(frame, client.k)]
        .reset_index(drop=True)
        .astype({"n": "int64", "n_total": "int64"})
    )
    frame["share"] = frame["n"] / frame["n_total"].replace(0, np.nan)
    return _table("retention", frame, ("cohort", "months"), client)


def _tells_leavers(frame: pd.DataFrame, k: int) -> pd.Series:
    """Return the points of a cohort whose total lies a few people from one shown before: those have left since."""
    told = dict.fromkeys(frame.index, False)
    for _, points in frame.sort_values("months").groupby("cohort"):
        shown: list[int] = []
        for row, n_total in points["n_total"].items():
            told[row] = any(0 < abs(n_total - other) < k for other in shown)
            shown += [] if told[row] else [int(n_total)]
    return pd.Series(told, dtype=bool)


def kaplan_meier(duration: np.ndarray, happened: np.ndarray) -> pd.DataFrame:
    """Return the share to whom something has happened, by time.

    Parameters
    ----------
    duration
        Time until it happened, or until observation ended.
    happened
        True where it happened.

    Returns
    -------
    pandas.DataFrame
        time (ascending, each once), n_at_risk, n_events, share (0–1) to whom it has happened up to then.

    Examples
    --------
    >>> curve = kaplan_meier(np.array([1, 2, 2, 3, 5]), np.array([True, True, False, True, False]))
    >>> curve["share"].round(2).tolist()
    [0.2, 0.4, 0.7, 0.7]
    """
    time = np.unique(duration)
    n_at_risk = np.array([(duration >= t).sum() for t in time], dtype=int)
    n_events = np.array([(happened & (duration == t)).sum() for t in time], dtype=int)
    surviving = np.cumprod(1 - n_events / np.maximum(n_at_risk, 1)) if len(time) else np.array([])
    return pd.DataFrame({"time": time, "n_at_risk": n_at_risk, "n_events": n_events, "share": 1 - surviving})


def _newcomers(client: Client) -> pd.DataFrame:
    """Return the assessed readings of people whose first licence the log has seen: user_id, first, months, segment.

    Nobody while no agreement is named: then nothing is worked out of them.
    """
    people = timeline.history(client)
    covered = people[people["coverage_share"] >= tiers.COVERED_SHARE]
    spans = one_row_a_person(population_of(client)).spans
    first = looked_up(covered["user_id"], spans.groupby("user_id")["from_date"].min())
    rule = tiers.definition_of(client)
    log = client.coverage.loc[client.coverage["source"].isin(tiers.sources_of_client(client, rule)), "date"]
    months = (covered["month"] - first).dt.days / _DAYS_A_MONTH
    rows = covered.assign(first=first, months=months)
    is_shown = (first >= log.min()) & (rows["segment"] != "not_assessable") & client.has_agreement
    return rows[is_shown].reset_index(drop=True)


def _shown(curve: pd.DataFrame, duration: np.ndarray, happened: np.ndarray, *, k: int) -> pd.DataFrame:
    """Return the points of a curve that can be shown.

    k people are still observed, and since the last point shown k or none became regular, and k or none went.
    """
    rows, events_before, gone_before = [], 0, None
    for months in REGULAR_MONTHS:
        n_events = int((happened & (duration <= months)).sum())
        n_observed = int((duration >= months).sum())
        n_gone = int((~happened & (duration < months)).sum())
        few = [n_events - events_before, 0 if gone_before is None else n_gone - gone_before]
        # Nobody left to observe is a result where all got there, and the end of the log where some went.
        is_known = n_observed >= k or (n_observed == 0 and n_gone == 0 and n_events >= k)
        if is_known and not any(0 < n < k for n in few):
            reached = curve.loc[curve["time"] <= months, "share"]
            rows.append((months, n_observed, float(reached.iloc[-1]) if len(reached) else 0.0))
            events_before, gone_before = n_events, n_gone
    return pd.DataFrame(rows, columns=["months", "n", "share"]).astype({"months": "int64", "n": "int64"})


def _table(name: str, frame: pd.DataFrame, dims: tuple[str, ...], client: Client) -> Table:
    rule = tiers.definition_of(client)
    counts = [*(column for column in ("n", "n_total") if column in frame)]
    window = None if frame.empty else (timeline.history(client)["month"].min().date(), client.as_of)
    return Table(
        name, frame, dims, ("n",), {"share": tuple(counts)}, tuple(counts[1:]), "newcomers", rule.tier, window, rule,
        without_agreement(client),
    )  # fmt: skip
