"""Dataverse audit: table ``audit`` as the Web API gives it, or the audit summary view in English or German.

Source: Microsoft, Retrieve the history of audited data changes (operations and actions).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl

from crmkit.errors import InputError
from crmkit.ingest.context import Context
from crmkit.ingest.files import Opened, open_file
from crmkit.ingest.headers.layouts import layout_of
from crmkit.ingest.systems.generic_events import read_opened
from crmkit.readers import header_of
from crmkit.settings import Export

_EXPORT = "Dataverse audit"
#: Events that are a login, with operation 4: through the browser, through anything else.
_ACCESS = r"(?i)^(64|65|user ?access ?via.*|benutzerzugriff über.*)$"


def read(path: Path, export: Export, context: Context) -> pl.LazyFrame:
    """Return the logins and changes of an audit log.

    Parameters
    ----------
    path
        The file.
    export, context
        What the client says of it; `context.principals` leads from names to accounts.

    Returns
    -------
    polars.LazyFrame
        Contract `events`, actions ``login`` and ``write``; a login through web services is of channel ``api``.

    Raises
    ------
    InputError
        If the file is no audit log, or its times cannot be read.
    """
    opened = open_file(path, export)
    _check(opened.columns, export, path.name)
    return read_opened(_with_operation(opened, export), path, export, context)


def _check(columns: list[str], export: Export, file: str) -> None:
    """Refuse a file that tells neither of logins nor of changes: every row would count as a change."""
    known = layout_of(export.reader).columns
    missing = [known[name][0] for name in ("user_id", "timestamp") if not _has(columns, name, export)]
    if not _has(columns, "operation", export) and not _has(columns, "channel", export):
        missing.append(known["operation"][0])
    if missing:
        raise InputError.not_this_export(file, _EXPORT, missing, columns)


def _has(columns: list[str], name: str, export: Export) -> bool:
    return name in export.columns or _header(columns, name, export) is not None


def _header(columns: list[str], name: str, export: Export) -> str | None:
    return header_of(columns, layout_of(export.reader).columns[name])


def _with_operation(opened: Opened, export: Export) -> Opened:
    """Return a log with its operations; where the column was left out, events tell which of them are logins."""
    event = export.columns.get("channel") or _header(opened.columns, "channel", export)
    if _has(opened.columns, "operation", export) or event is None:
        return opened
    is_access = pl.col(event).str.contains(_ACCESS).fill_null(value=False)
    operation = pl.when(is_access).then(pl.lit("Access")).otherwise(pl.lit("Update"))
    return replace(opened, rows=opened.rows.with_columns(operation=operation), columns=[*opened.columns, "operation"])
