"""Deletes files one by one, and says in the record what is gone."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

from crmkit.deletion.files import EXPORTS, LEFT_BEHIND, PREPARED, Deletable, is_link, size_of
from crmkit.deletion.record import Kind, deletions, keep, require_writable
from crmkit.errors import DeletionError

#: Of smaller files (bytes) no hash is written: what they may hold can be guessed, and the guess be checked by it.
LEAST_HASHED = 10_000


def delete(folder: Path, what: Deletable, *, today: dt.date) -> dict[str, Any]:
    """Delete files of one kind and write an entry into the record.

    Parameters
    ----------
    folder
        The client folder.
    what
        From `deletable`.
    today
        Day of the deletion.

    Returns
    -------
    dict
        The entry: date, kind, n_files, n_bytes, contents, n_left.

    Raises
    ------
    DeletionError
        If the record cannot be read or written (then nothing is deleted), or a file cannot be deleted (all others
        are, and the record says how many are left).
    """
    entries = deletions(folder)
    require_writable(folder)
    gone: list[tuple[int, str]] = []
    left: list[tuple[Path, str]] = []
    try:
        _unlink(what, gone, left)
    finally:
        # also after an interrupt: what is gone stands in the record
        _remove_empty_folders(folder.resolve(), what.kind)
        entry = keep(folder, entries, kind=what.kind, gone=gone, n_left=len(what.files) - len(gone), today=today)
    if left:
        file, problem = left[0]
        raise DeletionError.not_deleted(str(file.relative_to(folder.resolve())), problem, len(left), len(what.files))
    return entry


def _unlink(what: Deletable, gone: list[tuple[int, str]], left: list[tuple[Path, str]]) -> None:
    """Delete files one by one; enter size and content of what is gone, and path and problem of what is left."""
    for file in what.files:
        size, content = size_of(file), "" if what.kind == "key" else _content(file)
        try:
            file.unlink(missing_ok=True)
            gone.append((size, content))
        except OSError as error:
            left.append((file, error.strerror or type(error).__name__))


def _content(file: Path) -> str:
    """Return the SHA-256 of a file's content, empty where it could be guessed or not be read."""
    if file.is_symlink() or not file.is_file() or size_of(file) < LEAST_HASHED:
        return ""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _remove_empty_folders(root: Path, kind: Kind) -> None:
    """Remove the folders that have become empty; ``exports`` itself waits for the next ones."""
    place = {"raw": root / EXPORTS, "prepared": root / PREPARED}.get(kind)
    places = [] if place is None or is_link(place) else [place]
    places += [left for left in root.glob(LEFT_BEHIND) if kind == "prepared" and not is_link(left)]
    for top in places:
        inside = [path for path in top.rglob("*") if path.is_dir() and not is_link(path)]
        for path in [*sorted(inside, reverse=True), *([top] if kind == "prepared" else [])]:
            _remove_if_empty(path)


def _remove_if_empty(path: Path) -> None:
    try:
        path.rmdir()
    except OSError:
        # not empty, or open elsewhere: a folder without files says nothing
        return
