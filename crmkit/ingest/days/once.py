"""Each event once: exports of a log overlap, and the same file may be delivered twice."""

from __future__ import annotations

import numpy as np
import polars as pl

from crmkit.ingest.context import Context

#: What makes two rows without an id the same, beside their reader.
_SAME = ("user_id", "timestamp", "object", "area", "channel", "action")
_FILE, _ROW, _KEY = "__file", "__row", "__key"


def combine(parts: list[pl.LazyFrame], context: Context) -> pl.LazyFrame:
    """Return all events, each once.

    An event with an `event_id` is known by it: within its source it counts once, in however many rows and files
    it stands. Events without one may repeat within a file, and such repeats stay; across files a row counts as
    often as in the file that has it most often, where `n` tells, as much as in the file that has most. So exports
    that overlap count nothing double, and of files that have nothing in common, one a module, nothing is lost.

    Parameters
    ----------
    parts
        The events of each file: contract `events` and `n`; `event_id` as a text, or as a number that is unique
        beyond its source.
    context
        Duplicates are noted in its book.

    Returns
    -------
    polars.LazyFrame
        Contract `events` and `n`, in the order of `parts`.
    """
    files = [
        part.with_columns(_key(part).alias(_KEY), pl.col("event_id").cast(pl.String), pl.lit(number).alias(_FILE))
        for number, part in enumerate(parts)
    ]
    events = pl.concat(files).with_row_index(_ROW)
    repeats = pl.concat([_repeated_ids(events), _repeated_rows(events, len(parts))])
    if len(repeats):
        _note(events.filter(pl.col(_ROW).is_in(repeats.implode())), context)
        events = events.filter(~pl.col(_ROW).is_in(repeats.implode()))
    return events.drop(_FILE, _ROW, _KEY)


def _key(part: pl.LazyFrame) -> pl.Expr:
    """Return the id as 64 bits: 8 bytes a row instead of a text, at the odds stated in `salesforce_events`."""
    if part.collect_schema()["event_id"] == pl.UInt64:
        return pl.col("event_id")
    return pl.when(pl.col("event_id").is_not_null()).then(pl.struct("source", "event_id").hash())


def _repeated_ids(events: pl.LazyFrame) -> pl.Series:
    """Return the positions of rows whose id stood before; sorting tells cheaply that there are none."""
    keys = events.select(_KEY).collect(engine="streaming")[_KEY]
    ids = np.sort(keys.drop_nulls().to_numpy())
    if not (ids[1:] == ids[:-1]).any():
        return pl.Series([], dtype=pl.UInt32)
    return (keys.is_not_null() & ~keys.is_first_distinct()).arg_true()


def _repeated_rows(events: pl.LazyFrame, n_files: int) -> pl.Series:
    """Return the positions of rows without id that count more in another file; of equal files the first counts."""
    if n_files == 1:
        return pl.Series([], dtype=pl.UInt32)
    reader = pl.col("source").str.split(":").list.first()
    same = pl.struct(*_SAME, reader).hash().alias("same")
    rows = events.filter(pl.col(_KEY).is_null()).select(_ROW, _FILE, same, pl.col("n")).collect(engine="streaming")
    totals = rows.group_by("same", _FILE).agg(pl.col("n").sum())
    best = totals.sort("n", _FILE, descending=[True, False]).unique("same", keep="first", maintain_order=True)
    return rows.join(best, on=["same", _FILE], how="anti", maintain_order="left")[_ROW]


def _note(repeats: pl.LazyFrame, context: Context) -> None:
    for source, n in repeats.group_by("source").len().sort("source").collect(engine="streaming").iter_rows():
        context.book.note(source, "combine", {"duplicate": n})
