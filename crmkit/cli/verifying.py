"""`crmkit verify`: the gate on files that are there already."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from crmkit.errors import CallError

#: reports/<client>/<as_of>/<file>
_DEPTH = 3


class _Known(NamedTuple):
    """Whose file it is, as far as that can be found out."""

    folder: Path | None
    other_clients: tuple[str, ...]


def verify_files(files: list[Path], *, client: Path | None) -> tuple[list[str], bool]:
    """Check files that are meant to leave.

    Parameters
    ----------
    files
        HTML pages, notebooks, Excel files.
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
    from crmkit.privacy import gate

    if client is not None and not client.is_dir():
        raise CallError.no_folder(str(client))
    lines, blocked = [], False
    for file in files:
        _require_file(file)
        known = _known(file, client)
        identities = gate.Identities.of(known.folder) if known.folder else None
        found = gate.check_file(file, kind=gate.kind_of(file), identities=identities, other_clients=known.other_clients)
        lines += [f"{finding.severity}: {file}: {finding.message}" for finding in found] or [f"ok: {file}"]
        blocked = blocked or any(finding.severity == "block" for finding in found)
    return lines, blocked


def _require_file(file: Path) -> None:
    if file.is_dir():
        raise CallError(f"{file}: is a folder, expected files. For example `crmkit verify {file / '*.html'}`.")
    if not file.is_file():
        raise CallError(f"{file}: no such file.")


def _known(file: Path, client: Path | None) -> _Known:
    """Return what the manifest of the reports knows of a file."""
    from crmkit.batch.manifest import MANIFEST, read_manifest

    parents = file.absolute().parents
    output = parents[_DEPTH - 1] if len(parents) >= _DEPTH else None
    if output is None or not (output / MANIFEST).is_file():
        return _Known(client, ())
    entries = read_manifest(output)["clients"]
    own = entries.get(parents[1].name)
    if own is None:
        return _Known(client, ())
    folder = client or Path(own["folder"])
    others = tuple(entry["name"] for entry in entries.values() if entry["name"] != own["name"])
    return _Known(folder if folder.is_dir() else None, others)
