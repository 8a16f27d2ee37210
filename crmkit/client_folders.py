"""Which folders are clients': one that is named, or those inside a folder of client folders."""

from __future__ import annotations

from pathlib import Path

from crmkit.client import SETTINGS_FILE
from crmkit.errors import CallError


def client_folders_at(path: Path) -> list[Path]:
    """Return the client folder that a path is, or those directly inside it, by name.

    Parameters
    ----------
    path
        A client folder, or a folder of client folders.

    Raises
    ------
    CallError
        If it is not there, is a file, cannot be read, or holds no client.
    """
    if path.is_file():
        raise CallError.not_a_folder(str(path), str(path.parent))
    if not path.is_dir():
        raise CallError.no_folder(str(path))
    if _is_client(path):
        return [path]
    try:
        inside = [p for p in sorted(path.iterdir()) if not p.name.startswith(".") and p.is_dir() and _is_client(p)]
    except OSError as error:
        raise CallError(f"{path}: cannot be read: {(error.strerror or 'unknown fault').lower()}.") from None
    if not inside:
        raise CallError.no_client(str(path))
    return inside


def _is_client(folder: Path) -> bool:
    """Return whether a folder is meant as a client's: one without settings is broken, but not nobody's."""
    return (folder / SETTINGS_FILE).is_file() or (folder / "exports").is_dir()
