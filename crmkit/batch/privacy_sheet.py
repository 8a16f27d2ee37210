"""The sheet for works council and data protection officer as a file: checked by the gate, then published."""

from __future__ import annotations

from pathlib import Path

from crmkit import deletion
from crmkit.batch.single_page import SinglePage, publish
from crmkit.client import SETTINGS_FILE
from crmkit.report.language import language as language_of
from crmkit.report.privacy_sheet import file_name, privacy_sheet
from crmkit.settings import read_settings


def write_privacy_sheet(folder: Path, *, output: Path, language: str = "") -> Path:
    """Write the sheet of a client; its exports need not be there yet.

    Parameters
    ----------
    folder
        The client folder.
    output
        The folder of all reports.
    language
        ``de`` or ``en``; empty: the client's.

    Returns
    -------
    Path
        ``<output>/<client>/<as_of>/privacy_sheet_<language>.html``.

    Raises
    ------
    SettingsError
        If the settings are wrong or the language is not known.
    PrivacyError
        If the gate finds something that must not leave: the page is in quarantine, an earlier one stays.
    RenderError
        If the place holds the reports of another client.
    """
    settings = read_settings(folder / SETTINGS_FILE)
    spoken = language_of(language or settings.language).code
    html = privacy_sheet(settings, deletions=deletion.told(folder, settings), language=spoken)
    path = Path(folder.name, settings.as_of.isoformat(), file_name(spoken))
    return publish(SinglePage(path, html, "client_html", (folder,), settings.name, "sheet"), output=output)
