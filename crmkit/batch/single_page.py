"""A page of its own beside the reports: staged, checked by the gate, then published.

Neither manifest nor index know such a page; it replaces an earlier one only when it has passed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crmkit.batch.manifest import owner_of, read_manifest
from crmkit.batch.places import locked, prepare_output, quarantine, release, replace_all, staged
from crmkit.batch.plan import others_of
from crmkit.errors import PrivacyError, RenderError
from crmkit.privacy import gate


@dataclass(frozen=True)
class SinglePage:
    """A page to publish.

    Attributes
    ----------
    path
        Where it goes, below the folder of all reports.
    html
        The page.
    kind
        What the gate takes it for: ``client_html`` names no other client, ``internal`` bears the mark.
    folders
        Client folders whose users must not be named.
    client
        Name of the client that it is about; empty: it is about all of them.
    what
        What it is called in a message.
    """

    path: Path
    html: str
    kind: gate.Kind
    folders: tuple[Path, ...]
    client: str = ""
    what: str = "page"

    @property
    def kept_as(self) -> str:
        """Name of its folder in quarantine: the client's, or its own."""
        return self.folders[0].name if self.client else self.path.name


def publish(page: SinglePage, *, output: Path) -> Path:
    """Write a page, if the gate lets it pass.

    Parameters
    ----------
    page
        The page.
    output
        The folder of all reports.

    Returns
    -------
    Path
        Where it lies; an earlier one is replaced.

    Raises
    ------
    CallError
        If the output folder cannot be written.
    PrivacyError
        If the gate finds something that blocks: the page is in quarantine, an earlier one stays.
    RenderError
        If the place holds the reports of another client.
    """
    place = prepare_output(output)
    with staged(place) as staging:
        file = staging / page.path.name
        file.write_text(page.html + "\n", encoding="utf-8", newline="\n")
        with locked(place):
            _require_passed(file, page, place)
            return _published(file, page, place, spare=staging / "before")


def _require_passed(file: Path, page: SinglePage, place: Path) -> None:
    blocking = next((finding for finding in _findings(file, page, place) if finding.severity == "block"), None)
    if blocking:
        kept = quarantine(place, page.kept_as, [file])
        raise PrivacyError(
            f"{page.kept_as}: the {page.what} is blocked by the gate: {blocking.message} It lies in {kept}."
        )


def _findings(file: Path, page: SinglePage, place: Path) -> list[gate.Finding]:
    """Check a page against everybody whom it may name; one for the consultant alone may name all clients."""
    names = [entry["name"] for entry in read_manifest(place)["clients"].values()]
    others = others_of(page.client, names) if page.kind != "internal" else ()
    return [
        finding
        for folder in page.folders
        for finding in gate.check_file(
            file, kind=page.kind, identities=gate.Identities.of(folder), other_clients=others
        )
    ]


def _published(file: Path, page: SinglePage, place: Path, *, spare: Path) -> Path:
    target = (place / page.path).parent
    if page.client:
        [folder] = page.folders
        owner = owner_of(place, folder.name)
        if owner and owner[0] != page.client and owner[1] != folder:
            raise RenderError(f"{place / folder.name} holds the reports of another client: {owner[0]}, {owner[1]}.")
    spare.mkdir()
    [published] = replace_all([file], target, spare=spare)
    release(place, page.kept_as, name=file.name)
    return published
