"""Events → person-days, on any frame that narwhals knows."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from crmkit.errors import InputError, listed

ACTIONS = ("login", "view", "write", "export")
_KEYS = ("user_id", "date", "area", "channel", "source")
_NEEDED = ("user_id", "timestamp", "area", "channel", "source", "action")


def daily(events: Any) -> Any:
    """Return how often each person did what on each day.

    Parameters
    ----------
    events
        Contract `events`, eager or lazy: a pandas or polars frame, a DuckDB relation, a PySpark frame; what is lazy
        is aggregated where it lies. `timestamp` is local wall time, no zone is converted. With a column `n` a row
        stands for `n` actions.

    Returns
    -------
    same kind as `events`
        Contract `activity`: user_id, date (midnight), area, channel, source, n_login, n_view, n_write,
        n_export; one row for each person, day, area, channel and source.

    Raises
    ------
    InputError
        If a column of the contract is missing.
    """
    frame = nw.from_native(events)
    names = frame.collect_schema().names()
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise InputError(f"events: {listed(missing)} missing. Found: {listed(names)}.")
    n = nw.col("n") if "n" in names else nw.lit(1)
    counts = [
        nw.when(nw.col("action") == action).then(n).otherwise(nw.lit(0)).alias(f"n_{action}") for action in ACTIONS
    ]
    days = frame.with_columns(nw.col("timestamp").dt.truncate("1d").alias("date"), *counts)
    sums = days.group_by(*_KEYS).agg(nw.col(f"n_{action}").sum() for action in ACTIONS)
    # a sum is 128 bits wide in DuckDB, which Parquet has no whole number for
    return sums.with_columns(nw.col(f"n_{action}").cast(nw.Int64) for action in ACTIONS).to_native()
