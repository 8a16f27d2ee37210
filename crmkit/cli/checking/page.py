"""`crmkit check --page`: the data check as a page for the consultant."""

from __future__ import annotations

from pathlib import Path

from crmkit.cli.paths import short_path


def write_page(folder: Path, *, output: Path, language: str) -> str:
    """Write the page of a client and return a line with its path.

    Parameters
    ----------
    folder
        The client folder.
    output
        The folder of all reports.
    language
        ``de`` or ``en``; empty: the client's.

    Raises
    ------
    CrmkitError
        See `batch.data_check.write_data_check`.
    """
    # papermill and nbconvert are loaded only where a page is wanted
    from crmkit.batch.data_check import write_data_check

    return f"  page, internal: {short_path(write_data_check(folder, output=output, language=language))}"
