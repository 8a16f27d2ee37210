"""Event logs of all readers → one lazy frame of events."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from crmkit.errors import SettingsError
from crmkit.ingest.accounts.principals import in_system
from crmkit.ingest.client_files import expand
from crmkit.ingest.context import Context, context_of
from crmkit.ingest.days.once import combine
from crmkit.readers import reader_of
from crmkit.settings import Export, Settings

if TYPE_CHECKING:
    import pandas as pd

#: Module that reads logs whose layout is enough.
_GENERIC = "generic_events"
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
        Name of the reader, one that makes events, see `crmkit readers`.
    settings
        The client's settings (time zone, areas); None: Europe/Berlin and the kit's areas.

    Returns
    -------
    events : polars.LazyFrame
        Contract `events`, and `n`: how many actions a row stands for; each event once, also where exports
        overlap. `timestamp` is the client's local wall time. User ids are those of the export, not yet
        pseudonymous. `event_id` is the export's; of an event log, whose rows have none, a number made of the row.
        Files are read on the call, an event log at 20 bytes a row; its texts appear when the frame is collected.
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
        raise SettingsError(f"reader `{reader}` reads no events. `crmkit readers` lists what each reads.")
    context = context_of(settings)
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    files = [file for path in given for file in expand(Path(path))]
    events = combine([read_file(file, Export(file=file.name, reader=reader), context) for file in files], context)
    context.book.check()
    return events, context.book.frame()


def read_file(path: Path, export: Export, context: Context) -> pl.LazyFrame:
    """Return the events of one file."""
    reader = reader_of(export.reader)
    read = import_module(f"crmkit.ingest.systems.{reader.code or _GENERIC}").read
    events = read(path, export, context.of_system(export.system))
    if "n" not in events.collect_schema().names():
        events = events.with_columns(n=pl.lit(1, dtype=pl.Int64))
    return events.select(COLUMNS).with_columns(in_system(pl.col("user_id"), export.system))
