"""Event logs of all readers → one lazy frame of events."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from crmkit.errors import SettingsError
from crmkit.ingest import generic_events, salesforce_events, salesforce_logins
from crmkit.ingest.client_files import expand
from crmkit.ingest.context import Context, context_of
from crmkit.ingest.readers import READERS, reader_of
from crmkit.settings import Export, Settings

if TYPE_CHECKING:
    import pandas as pd

_READ: dict[str, Callable[[Path, Export, Context], pl.LazyFrame]] = {
    "salesforce.event_log": salesforce_events.read,
    "salesforce.login_history": salesforce_logins.read,
    "generic.activity": generic_events.read,
    "generic.weeks": generic_events.read,
    "generic.logins": generic_events.read,
    "generic.changes": generic_events.read,
}
COLUMNS = ("user_id", "timestamp", "area", "object", "action", "channel", "source", "event_id", "n")


def read_events(
    paths: str | Path | Iterable[str | Path],
    reader: str = "salesforce.event_log",
    settings: Settings | None = None,
) -> tuple[pl.LazyFrame, pd.DataFrame]:
    """Read event logs.

    Parameters
    ----------
    paths
        One file or several; patterns such as ``logs/*.csv`` are resolved.
    reader
        Name of the reader, a key of `READERS` that makes events.
    settings
        The client's settings (time zone, areas); None: Europe/Berlin and the kit's areas.

    Returns
    -------
    events : polars.LazyFrame
        Contract `events`, and `n`: how many actions a row stands for. `timestamp` is the client's local
        wall time. User ids are those of the export, not yet pseudonymous.
    ledger : pandas.DataFrame
        Contract `ledger`: every row that was dropped, counted with its reason.

    Raises
    ------
    SettingsError
        If there is no such reader or file.
    InputError
        If a file cannot be read right.
    """
    if reader_of(reader).makes != "events":
        logs = ", ".join(f"`{name}`" for name, known in READERS.items() if known.makes == "events")
        raise SettingsError(f"reader `{reader}` reads no events. Readers of events: {logs}.")
    context = context_of(settings)
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    files = [file for path in given for file in expand(Path(path))]
    events = combine([read_file(file, Export(file=file.name, reader=reader), context) for file in files], context)
    context.book.check()
    return events, context.book.frame()


def read_file(path: Path, export: Export, context: Context) -> pl.LazyFrame:
    """Return the events of one file."""
    events = _READ[export.reader](path, export, context)
    if "n" not in events.collect_schema().names():
        events = events.with_columns(n=pl.lit(1, dtype=pl.Int64))
    return events.select(COLUMNS)


def combine(parts: list[pl.LazyFrame], context: Context) -> pl.LazyFrame:
    """Return all events once: a record that stands in two files is one event."""
    events = pl.concat(parts)
    known = events.filter(pl.col("event_id").is_not_null())
    keys = ["source", "event_id"]
    n_each = known.group_by(keys).len().filter(pl.col("len") > 1).group_by("source")
    n_double = n_each.agg((pl.col("len") - 1).sum()).collect()
    for source, n in n_double.iter_rows():
        context.book.note(source, "combine", {"duplicate": n})
    if n_double.is_empty():
        return events
    return pl.concat([known.unique(keys, keep="any"), events.filter(pl.col("event_id").is_null())])
