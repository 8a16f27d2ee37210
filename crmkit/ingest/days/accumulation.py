"""Days of earlier runs and of today's → the client's history, each day of a source once.

Logs expire, prepared tables stay. Where both know a day, today's export is right, unless it may have begun or ended
in the middle of that day, or has nothing of it at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

_DAY = ["source", "date"]
_COUNTS = ["n_login", "n_view", "n_write", "n_export"]
Days = tuple[pd.DataFrame, pd.DataFrame]


def together(earlier: Mapping[str, pd.DataFrame], today: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return activity and coverage of both, every source and day from one of them.

    Parameters
    ----------
    earlier, today
        `activity`, `coverage` and `deliveries` by their contracts.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``activity``, ``coverage`` and ``deliveries``.
    """
    known = _without_what_is_read_again(earlier, today)
    kept = _days_of_earlier(known, today)
    days = {
        name: pd.concat([_of(known[name], kept), _not_of(today[name], kept)], ignore_index=True)
        for name in ("activity", "coverage")
    }
    told = pd.concat([_of(known["deliveries"], kept), today["deliveries"]], ignore_index=True)
    return days | {"deliveries": told.drop_duplicates(ignore_index=True)}


def _without_what_is_read_again(
    earlier: Mapping[str, pd.DataFrame], today: Mapping[str, pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    """Return the earlier tables without days that nothing but a file told of that is read again today.

    It may have been read wrongly then: other dates, another reader. What it says today is what it says.
    """
    told = earlier["deliveries"]
    again = told["delivery"].isin(today["deliveries"]["delivery"])
    others = told.loc[~again, _DAY].drop_duplicates()
    gone = _not_of(told.loc[again, _DAY].drop_duplicates(), others)
    return {**{name: _not_of(earlier[name], gone) for name in ("activity", "coverage")}, "deliveries": told[~again]}


def _days_of_earlier(earlier: Mapping[str, pd.DataFrame], today: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return source and date of the days that are taken from earlier runs."""
    then, now = _state(earlier), _state(today)
    if now.empty:
        return then[_DAY]
    both = then.merge(now, on=_DAY, how="left", suffixes=("_then", "_now"), indicator=True)
    span = now.groupby("source")["date"].agg(["min", "max"])
    first, last = both["source"].map(span["min"]), both["source"].map(span["max"])
    is_edge = (both["date"] == first) | (both["date"] == last)
    is_whole_then = both["complete_then"].eq(True)
    is_missing_now = both["complete_now"].ne(True) & is_whole_then
    is_less_now = is_edge & (both["n_then"] > both["n_now"])
    return both.loc[both["_merge"].eq("left_only") | is_missing_now | is_less_now, _DAY]


def _state(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return for every day of a source whether it is covered, and how much was done."""
    done = tables["activity"][_DAY].assign(n=tables["activity"][_COUNTS].sum(axis=1), complete=False)
    covered = tables["coverage"][[*_DAY, "complete"]].assign(n=0)
    return pd.concat([done, covered]).groupby(_DAY, as_index=False).agg(complete=("complete", "max"), n=("n", "sum"))


def _of(rows: pd.DataFrame, days: pd.DataFrame) -> pd.DataFrame:
    return rows.merge(days, on=_DAY)[list(rows.columns)]


def _not_of(rows: pd.DataFrame, days: pd.DataFrame) -> pd.DataFrame:
    marked = rows.merge(days.assign(earlier=True), on=_DAY, how="left")
    return marked.loc[marked["earlier"].isna(), list(rows.columns)]
