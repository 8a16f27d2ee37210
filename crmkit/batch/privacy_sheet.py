"""The sheet for works council and data protection officer as a file: checked by the gate, then published."""

from __future__ import annotations

from pathlib import Path

from crmkit import deletion
from crmkit.batch.manifest import owner_of, read_manifest
from crmkit.batch.places import locked, prepare_output, quarantine, release, replace_all, staged
from crmkit.batch.plan import others_of
from crmkit.client import SETTINGS_FILE
from crmkit.errors import PrivacyError, RenderError
from crmkit.privacy import gate
from crmkit.report.language import language as language_of
from crmkit.report.privacy_sheet import file_name, privacy_sheet
from crmkit.settings import Settings, read_settings


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
    place = prepare_output(output)
    with staged(place) as staging:
        file = staging / file_name(spoken)
        page = privacy_sheet(settings, deletions=deletion.told(folder, settings), language=spoken)
        file.write_text(page + "\n", encoding="utf-8", newline="\n")
        with locked(place):
            _check(file, folder, settings, place)
            return _published(file, folder, settings, place, spare=staging / "before")


def _check(file: Path, folder: Path, settings: Settings, place: Path) -> None:
    clients = read_manifest(place)["clients"].values()
    others = others_of(settings.name, [entry["name"] for entry in clients])
    identities = gate.Identities.of(folder)
    found = gate.check_file(file, kind="client_html", identities=identities, other_clients=others)
    blocking = next((finding for finding in found if finding.severity == "block"), None)
    if blocking:
        kept = quarantine(place, folder.name, [file])
        raise PrivacyError(f"{folder.name}: the sheet is blocked by the gate: {blocking.message} It lies in {kept}.")


def _published(file: Path, folder: Path, settings: Settings, place: Path, *, spare: Path) -> Path:
    owner = owner_of(place, folder.name)
    if owner and owner[0] != settings.name and owner[1] != folder:
        raise RenderError(f"{place / folder.name} holds the reports of another client: {owner[0]}, {owner[1]}.")
    spare.mkdir()
    [published] = replace_all([file], place / folder.name / settings.as_of.isoformat(), spare=spare)
    release(place, folder.name, name=file.name)
    return published
