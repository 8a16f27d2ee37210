"""Excel export of any view of Dynamics 365: its hidden first column says which table it is of, and which record."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import polars as pl

from crmkit.errors import InputError
from crmkit.ingest.context import Context
from crmkit.ingest.files import Opened, open_file
from crmkit.ingest.headers.layouts import object_of_file, pairs_of
from crmkit.ingest.systems.generic_events import read_opened
from crmkit.readers import folded
from crmkit.settings import Export

#: The three hidden columns that Dynamics writes first, for taking changes in again.
_HIDDEN = re.compile(r"\((?:do not modify|nicht ändern)\)\s*(\S.*)", re.IGNORECASE)
_OF_EVERY_TABLE = ("row checksum", "modified on", "zeilenprüfsumme", "geändert am")
#: Singular or stem in a file's name → object.
_STEMS = {"opportunit": "opportunity", "firm": "Firma", "auftr": "Auftrag"}


def read(path: Path, export: Export, context: Context) -> pl.LazyFrame:
    """Return who created and who last changed the records of a view.

    Parameters
    ----------
    path
        Excel file as exported, or a table under logical names.
    export, context
        What the client says of it; `context.principals` leads from names to accounts.

    Returns
    -------
    polars.LazyFrame
        Contract `events`, action ``write``; a record that stands in two views is one event.

    Raises
    ------
    InputError
        If the view has no columns that say who worked when.
    """
    opened = open_file(path, export)
    _check(opened.columns, export, path.name)
    hidden = _hidden(opened.columns)
    found = {"object": _object(hidden, export, path.name)}
    constants = {name: value for name, value in found.items() if value and name not in export.columns}
    named = export.model_copy(update={"constants": constants | export.constants})
    return read_opened(_with_record(opened, hidden), path, named, context)


def _hidden(columns: list[str]) -> tuple[str, str] | None:
    """Return the first hidden header and the name of the table in it."""
    for column in columns:
        mark = _HIDDEN.fullmatch(column.strip())
        if mark and folded(mark[1]) not in _OF_EVERY_TABLE:
            return column, mark[1].strip()
    return None


def _object(hidden: tuple[str, str] | None, export: Export, file: str) -> str | None:
    if hidden:
        return hidden[1]
    stem = object_of_file(export, file)
    return _STEMS.get(stem.casefold(), stem) if stem else None


def _with_record(opened: Opened, hidden: tuple[str, str] | None) -> Opened:
    if hidden is None:
        return opened
    record = pl.col(hidden[0]).str.to_lowercase().alias("record_id")
    return replace(opened, rows=opened.rows.with_columns(record), columns=[*opened.columns, "record_id"])


def _check(columns: list[str], export: Export, file: str) -> None:
    """Refuse a view without people: its other columns are the client's content, which nobody asked for."""
    if not pairs_of(export.reader, columns) and not {"user_id", "timestamp"} <= {*export.columns}:
        raise InputError(
            f"{file}: says of no record who worked on it when. Add the columns `Created By`, `Created On`, "
            "`Modified By`, `Modified On` (Erstellt von, Erstellt am, Geändert von, Geändert am) to the view and "
            "export it again."
        )
