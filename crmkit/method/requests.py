"""What a client is asked for next: only what is missing, as codes with their values; `report` makes the words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from crmkit.method import sources, tiers

#: export: one that lifts the tier · fill: days of the window that a log lacks · user_list: of all accounts ·
#: last_logins: the list, with them · newer_list: the list as it is now · keep: the log, before the system forgets it ·
#: licences: bought, with price and notice date.
RequestCode = Literal["export", "fill", "user_list", "last_logins", "newer_list", "keep", "licences"]
#: Code of the export that lifts a tier → the tier that it carries.
_CARRIES = {"page_views": "A", "login_history": "B", "user_list": "C"}

Span = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Request:
    """Something to ask a client for.

    Attributes
    ----------
    code
        What it is.
    export
        Code of the export that lifts the tier (`tiers.LIFTS`), for ``export``.
    sources
        The sources that it is about, where these are there already.
    spans
        First and last day of what is missing.
    by
        The last day on which the system still has it.
    """

    code: RequestCode
    export: str = ""
    sources: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    by: dt.date | None = None


def wanted(
    overview: pd.DataFrame,
    coverage: pd.DataFrame,
    *,
    as_of: dt.date,
    weeks: int = 12,
    aggregates: pd.DataFrame | None = None,
    licences: pd.DataFrame | None = None,
) -> list[Request]:
    """Return what to ask a client for, the most important first; nothing that is there already.

    Parameters
    ----------
    overview
        From `sources.overview`.
    coverage
        Contract `coverage`.
    as_of, weeks
        The window.
    aggregates, licences
        Contracts of these names, if there are any.

    Returns
    -------
    list of Request
    """
    tier = tiers.of_window(coverage, as_of=as_of, weeks=weeks, aggregates=aggregates)
    code = tiers.lift(tier)
    lifting = [_lifting(code, overview, coverage, as_of, weeks)] if code else []
    return [
        *lifting,
        *_gaps_of_tier(tier, overview, coverage, as_of, weeks),
        *([] if code == "user_list" else _lists(overview)),
        *_to_keep(overview),
        *([] if licences is not None and len(licences) else [Request("licences")]),
    ]


def _lifting(code: str, overview: pd.DataFrame, coverage: pd.DataFrame, as_of: dt.date, weeks: int) -> Request:
    """Return the request for the export that lifts the tier: the rest of it, where a part is there."""
    tier = _CARRIES[code]
    begun = overview[(overview["tier"] == tier) & (overview["covered_share"] > 0)]
    if begun.empty:
        return Request("export", export=code)
    spans = sources.missing_spans(coverage[coverage["tier"] == tier], as_of=as_of, weeks=weeks)
    return Request("fill", sources=(_widest(begun),), spans=tuple(spans))


def _gaps_of_tier(
    tier: str, overview: pd.DataFrame, coverage: pd.DataFrame, as_of: dt.date, weeks: int
) -> list[Request]:
    """Return the request for what the logs of the tier itself leave open in the window."""
    if tier not in ("A", "B"):
        return []
    spans = sources.missing_spans(coverage[coverage["tier"] == tier], as_of=as_of, weeks=weeks)
    return (
        [Request("fill", sources=(_widest(overview[overview["tier"] == tier]),), spans=tuple(spans))] if spans else []
    )


def _widest(logs: pd.DataFrame) -> str:
    """Return the log that covers most."""
    return str(logs.sort_values(["covered_share", "n_rows"])["source"].iloc[-1])


def _lists(overview: pd.DataFrame) -> list[Request]:
    """Return the request for a list of users, unless there is a current one with last logins."""
    lists = overview[overview["tier"] == "C"]
    if lists.empty:
        return [Request("user_list")]
    said = {reason for reasons in lists["reasons"] for reason in reasons}
    if "no_last_logins" in said:
        return [Request("last_logins")]
    return [] if "current_list" in said else [Request("newer_list")]


def _to_keep(overview: pd.DataFrame) -> list[Request]:
    """Return the request for each export that the system soon forgets; parts of one export together."""
    rows = overview[[("expires_soon" in reasons) for reasons in overview["reasons"]]] if len(overview) else overview
    return (
        [
            Request(
                "keep", sources=tuple(parts["source"]), by=(parts["expires_date"].min() - pd.Timedelta(days=1)).date()
            )
            for _, parts in rows.groupby(rows["source"].str.partition(":")[0], sort=True)
        ]
        if len(rows)
        else []
    )
