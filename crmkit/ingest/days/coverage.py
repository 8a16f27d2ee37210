"""Which days each source covers: as stated, or from its first to its last day."""

from __future__ import annotations

import datetime as dt

import polars as pl

from crmkit.ingest.systems import salesforce_events
from crmkit.ingest.times import weeks
from crmkit.readers import reader_of
from crmkit.settings import Export

SCHEMA = {"source": pl.String, "date": pl.Date, "complete": pl.Boolean, "tier": pl.String}
#: Types of an EventLogFile that show a person's work, or logins; the others are no evidence by themselves.
_TIERS = {"LightningPageView": "A", "URI": "A", "Login": "B"}
#: Counts of logins or changes alone say less than counts of views.
_COUNTED = {"logins": "B", "changes": "B"}


def tier_of(source: str) -> str:
    """Return the data tier that a source carries, empty for none."""
    reader, _, kind = source.partition(":")
    if reader == salesforce_events.SOURCE:
        return _TIERS.get(kind, "")
    return _COUNTED.get(kind, reader_of(reader).tier)


def spans_of(events: pl.LazyFrame) -> pl.DataFrame:
    """Return source, first and last day of the events of a file, a row each source."""
    ends = events.group_by("source").agg(first=pl.col("timestamp").min(), last=pl.col("timestamp").max())
    days = ends.collect(engine="streaming").drop_nulls().sort("source")
    return days.with_columns(pl.col("first", "last").dt.date())


def of_spans(spans: pl.DataFrame, export: Export) -> pl.DataFrame:
    """Return the days that the sources of an export cover.

    Parameters
    ----------
    spans
        From `spans_of`.
    export
        Its `covers`, if the client stated it.

    Returns
    -------
    polars.DataFrame
        Contract `coverage`.
    """
    if reader_of(export.reader).kind == "weeks":
        spans = spans.with_columns(weeks.with_sunday(pl.col("last")))
    parts = [
        _days(
            source,
            export.covers.from_date if export.covers else first,
            export.covers.to_date if export.covers else last,
        )
        for source, first, last in spans.iter_rows()
        if tier_of(source)
    ]
    return pl.concat([_days("", dt.date(2000, 1, 2), dt.date(2000, 1, 1)), *parts])


def of_user_list(reader: str, day: dt.date) -> pl.DataFrame:
    """Return the coverage of a user list: the one day whose state it shows."""
    return _days(reader, day, day)


def _days(source: str, first: dt.date, last: dt.date) -> pl.DataFrame:
    days = pl.date_range(first, last, eager=True) if first <= last else pl.Series([], dtype=pl.Date)
    rows = pl.DataFrame({"date": days})
    tier = tier_of(source) if source else ""
    return rows.select(source=pl.lit(source), date="date", complete=pl.lit(value=True), tier=pl.lit(tier))
