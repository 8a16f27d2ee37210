"""`crmkit portfolio`: all clients side by side, as a page for the consultant."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from crmkit.cli.paths import short_path


def write_page(folder: Path, *, output: Path, language: str) -> tuple[str, list[str]]:
    """Write the page; return its path and a line for each client folder that could not be opened.

    Parameters
    ----------
    folder
        A folder of client folders.
    output
        The folder of all reports.
    language
        ``de`` or ``en``; empty: German.

    Raises
    ------
    CrmkitError
        See `batch.all_clients.write_portfolio`.
    """
    # papermill and nbconvert are loaded only where a page is wanted
    from crmkit.batch.all_clients import write_portfolio

    page, failed = write_portfolio(folder, output=output, today=dt.date.today(), language=language)
    return short_path(page), failed
