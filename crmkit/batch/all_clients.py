"""The portfolio as a page: all clients of a folder side by side, for the consultant alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from crmkit.batch.internal_notebook import marked_page, run_internal
from crmkit.batch.single_page import SinglePage, publish
from crmkit.batch.source import PORTFOLIO, PORTFOLIO_PARAMETERS, own_notebook, read_source
from crmkit.client_folders import client_folders_at
from crmkit.report.language import language as language_of
from crmkit.report.portfolio import variables

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: Tag of the cell whose plain text has a line for each folder that could not be opened.
_NOT_OPENED = "not_opened"


def write_portfolio(folder: Path, *, output: Path, today: dt.date, language: str = "") -> tuple[Path, list[str]]:
    """Write the portfolio of a folder of client folders, which are prepared already.

    Parameters
    ----------
    folder
        A folder of client folders, or one of these.
    output
        The folder of all reports.
    today
        The day to look from: what lies before it is over.
    language
        ``de`` or ``en``; empty: German.

    Returns
    -------
    tuple of Path and list of str
        ``<output>/portfolio.html``, where an earlier one is replaced; and a line for each folder that could not be
        opened, with the reason.

    Raises
    ------
    CallError
        If there is no such folder or no client in it, or the output folder cannot be written.
    SettingsError
        If the language is not known.
    PrivacyError
        If the gate finds a person in it: the page is in quarantine.
    RenderError
        If the notebook stops.
    """
    spoken = language_of(language or "de").code
    folders = tuple(one.resolve() for one in client_folders_at(folder))
    source = read_source(own_notebook(PORTFOLIO), parameters=PORTFOLIO_PARAMETERS)
    parameters = {"folder": str(folder.resolve()), "as_of": today.isoformat(), "language": spoken}
    done = run_internal(source, parameters, variables(today, language=spoken))
    page = SinglePage(Path("portfolio.html"), marked_page(done), "internal", folders)
    return publish(page, output=output), _failed(done)


def _failed(done: NotebookNode) -> list[str]:
    outputs = [output for cell in done.cells if _NOT_OPENED in cell.metadata.get("tags", []) for output in cell.outputs]
    return [line for output in outputs for line in output["data"]["text/plain"].splitlines()]
