"""The data check as a page: the notebook of that name, run as every notebook is, for the consultant alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from crmkit.batch.internal_notebook import marked_page, run_internal
from crmkit.batch.single_page import SinglePage, publish
from crmkit.batch.source import DATA_CHECK, PARAMETERS, own_notebook, read_source
from crmkit.client import SETTINGS_FILE
from crmkit.report.data_check import variables
from crmkit.report.language import language as language_of
from crmkit.settings import Settings, read_settings


def write_data_check(folder: Path, *, output: Path, as_of: dt.date | None = None, language: str = "") -> Path:
    """Write the data check of a client; its exports need not be prepared.

    Parameters
    ----------
    folder
        The client folder.
    output
        The folder of all reports.
    as_of
        Day of the retrospective; None: as in client.yml.
    language
        ``de`` or ``en``; empty: the client's.

    Returns
    -------
    Path
        ``<output>/<client>/<as_of>/data_check.html``; an earlier one is replaced.

    Raises
    ------
    SettingsError, InputError
        If settings or exports are wrong, or the language is not known.
    PrivacyError
        If the gate finds a person in it, say in the name of a file: the page is in quarantine.
    RenderError
        If the notebook stops, or the place holds the reports of another client.
    """
    folder = folder.resolve()
    settings = read_settings(folder / SETTINGS_FILE)
    day = as_of or settings.as_of
    html = page_of(folder, settings, as_of=day, language=language_of(language or settings.language).code)
    path = Path(folder.name, day.isoformat(), "data_check.html")
    return publish(SinglePage(path, html, "internal", (folder,), settings.name), output=output)


def page_of(folder: Path, settings: Settings, *, as_of: dt.date, language: str) -> str:
    """Return the page of a client as HTML: nothing is loaded, nothing runs.

    Parameters
    ----------
    folder, settings
        The client folder, and what its client.yml says.
    as_of
        Day of the retrospective.
    language
        ``de`` or ``en``.
    """
    parameters = {"client_dir": str(folder), "as_of": as_of.isoformat(), "language": language}
    about = variables(settings, as_of=as_of, language=language)
    source = read_source(own_notebook(DATA_CHECK), parameters=PARAMETERS)
    return marked_page(run_internal(source, parameters, about))
