"""`crmkit verify`: the gate on files that are there already."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from crmkit.errors import CallError

if TYPE_CHECKING:
    from crmkit.privacy.gate import Finding

#: Folders above a file, up to that of all reports: reports/<client>/<as_of>/<file>.
_DEPTH = 3


class _Known(NamedTuple):
    """Whose file it is, as far as that can be found out."""

    folders: list[Path]
    other_clients: tuple[str, ...] = ()
    #: lies among one client's reports, or among what was kept back of them
    is_for_client: bool = False


def verify_files(files: list[Path], *, client: Path | None) -> tuple[list[str], bool]:
    """Check files that are meant to leave.

    Parameters
    ----------
    files
        HTML pages, notebooks, Excel files, texts; also those that another tool has made.
    client
        Folder of the client they belong to; None: as the manifest beside them says.

    Returns
    -------
    tuple of list of str and bool
        Lines to print, and whether anything blocks.

    Raises
    ------
    CallError
        If a file or the client folder is not there.
    """
    if client is not None and not client.is_dir():
        raise CallError.no_folder(str(client))
    lines, blocked = [], False
    for file in files:
        _require_file(file)
        found, is_internal = _findings(file, client)
        ok = f"ok (internal page, not for the client): {file}" if is_internal else f"ok: {file}"
        lines += [f"{finding.severity}: {file}: {finding.message}" for finding in found] or [ok]
        blocked = blocked or any(finding.severity == "block" for finding in found)
    return lines, blocked


def _findings(file: Path, client: Path | None) -> tuple[list[Finding], bool]:
    """Check a file against everybody whom it may name: an internal page is about all clients."""
    from crmkit.privacy import gate

    known = _known(file, client)
    kind = gate.kind_of(file, may_be_internal=not known.is_for_client)
    people = [gate.Identities.of(folder) if folder.is_dir() else None for folder in known.folders] or [None]
    checked = [
        gate.check_file(file, kind=kind, identities=identities, other_clients=known.other_clients)
        for identities in people
    ]
    return list(dict.fromkeys(finding for found in checked for finding in found)), kind == "internal"


def _require_file(file: Path) -> None:
    if file.is_dir():
        raise CallError(f"{file}: is a folder, expected files. For example `crmkit verify {file / '*.html'}`.")
    if not file.is_file():
        raise CallError(f"{file}: no such file.")


def _known(file: Path, client: Path | None) -> _Known:
    """Return what the manifest of the reports knows of a file."""
    from crmkit.batch.manifest import peek_manifest
    from crmkit.batch.places import QUARANTINE
    from crmkit.batch.plan import others_of

    own_folder = [client] if client else []
    absolute = Path(os.path.normpath(file.absolute()))
    manifests = {place: peek_manifest(place) for place in list(absolute.parents)[:_DEPTH]}
    output, entries = next(((place, m["clients"]) for place, m in manifests.items() if m and m["clients"]), (None, {}))
    if output is None:
        return _Known(own_folder)
    inside = absolute.relative_to(output).parts
    parts = [part for part in inside if part != QUARANTINE]
    if len(inside) == 1:
        return _Known(own_folder or [Path(entry["folder"]) for entry in entries.values()])
    own = entries.get(parts[0])
    others = others_of(own["name"], [entry["name"] for entry in entries.values()]) if own else ()
    return _Known(own_folder or ([Path(own["folder"])] if own else []), others, is_for_client=True)
