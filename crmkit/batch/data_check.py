"""The data check as a page: the notebook of that name, run as every notebook is, for the consultant alone.

It lies beside the report, but is no part of it: neither manifest nor index know it, and it has a gate of its own.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from crmkit.batch.handover import without_traces
from crmkit.batch.html import to_html
from crmkit.batch.manifest import owner_of
from crmkit.batch.places import locked, prepare_output, quarantine, release, replace_all, staged
from crmkit.batch.source import DATA_CHECK, notebook_in, own_notebook, read_source
from crmkit.batch.workbook import executed
from crmkit.client import SETTINGS_FILE
from crmkit.errors import PrivacyError, RenderError
from crmkit.privacy import gate
from crmkit.report.chart import METADATA_KEY
from crmkit.report.data_check import variables
from crmkit.report.language import language as language_of
from crmkit.report.sections import INTERNAL, present
from crmkit.settings import Settings, read_settings

#: Seconds that reading the exports and drawing may take.
DEADLINE_SECONDS = 900.0


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
    page = page_of(folder, settings, as_of=day, language=language_of(language or settings.language).code)
    place = prepare_output(output)
    with staged(place) as staging:
        file = staging / "data_check.html"
        file.write_text(page + "\n", encoding="utf-8", newline="\n")
        with locked(place):
            _check(file, folder, place)
            return _published(file, folder, settings, place / folder.name / day.isoformat(), spare=staging / "before")


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
    notebook = notebook_in(read_source(own_notebook(DATA_CHECK)), language=language)
    done = executed(notebook, folder, as_of=as_of, language=language, deadline_seconds=DEADLINE_SECONDS)
    done.metadata[METADATA_KEY] = variables(settings, as_of=as_of, language=language)
    page = to_html(without_traces(present(done, kinds=(INTERNAL,))))
    # nbconvert turns the attributes of what a template writes
    return page.replace("<head>", f"<head>\n{gate.INTERNAL_MARK}", 1)


def _check(file: Path, folder: Path, place: Path) -> None:
    found = gate.check_file(file, kind="internal", identities=gate.Identities.of(folder))
    blocking = next((finding for finding in found if finding.severity == "block"), None)
    if blocking:
        kept = quarantine(place, folder.name, [file])
        raise PrivacyError(f"{folder.name}: the page is blocked by the gate: {blocking.message} It lies in {kept}.")


def _published(file: Path, folder: Path, settings: Settings, target: Path, *, spare: Path) -> Path:
    place = target.parent.parent
    owner = owner_of(place, folder.name)
    if owner and owner[0] != settings.name and owner[1] != folder:
        raise RenderError(f"{target.parent} holds the reports of another client: {owner[0]}, {owner[1]}.")
    spare.mkdir()
    [published] = replace_all([file], target, spare=spare)
    release(place, folder.name, name=file.name)
    return published
