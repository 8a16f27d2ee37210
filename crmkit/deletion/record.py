"""The record of what was deleted, in ``history/deletions.yml``: day, kind, number and hashes of contents.

It never tells the name of a file: those hold people's names now and then.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from crmkit import chain, whole_files
from crmkit.errors import DeletionError

Kind = Literal["raw", "prepared", "key"]
KINDS: tuple[Kind, ...] = ("raw", "prepared", "key")
RECORD = "history/deletions.yml"
#: More content hashes than this are written as one: the hash of all of them.
MOST_LISTED = 20
_HEAD = """\
# What `crmkit purge` has deleted: day, kind, number of files and bytes, SHA-256 of the contents of those of at least
# 10 kB (of more than 20 files: the SHA-256 of all these). Entries are never changed: each carries the hash of its
# content. Only a copy of this file that is kept elsewhere proves what it says.
"""


def deletions(folder: Path) -> list[dict[str, Any]]:
    """Return the entries of a client's record, oldest first.

    Raises
    ------
    DeletionError
        If the record cannot be read, or an entry is not what was recorded.
    """
    try:
        entries = chain.read(folder / RECORD)
    except chain.UnreadableError:
        raise DeletionError.unreadable(RECORD) from None
    wrong = [number for number, entry in enumerate(entries, start=1) if not _is_whole(entry)]
    if number := min(filter(None, [chain.first_changed(entries), *wrong]), default=0):
        raise DeletionError.changed(RECORD, number)
    return entries


def _is_whole(entry: Mapping[str, Any]) -> bool:
    return isinstance(entry.get("date"), dt.date) and entry.get("kind") in KINDS


def deleted_on(entries: Iterable[dict[str, Any]], kind: Kind, *, since: dt.date) -> dt.date | None:
    """Return the last day from `since` on at which everything of a kind was deleted, None if it never was.

    Parameters
    ----------
    entries
        From `deletions`.
    kind
        Kind of the files.
    since
        Day of the retrospective: what was deleted before it were the files of an earlier one.
    """
    days = [entry["date"] for entry in entries if entry["kind"] == kind and not entry.get("n_left")]
    return max((day for day in days if day >= since), default=None)


def require_writable(folder: Path) -> None:
    """Raise `DeletionError` if the record could not be written: then nothing is deleted."""
    try:
        whole_files.require_writable((folder / RECORD).parent)
    except OSError as error:
        raise DeletionError.unwritable(RECORD, error.strerror or type(error).__name__) from None


def keep(
    folder: Path,
    entries: list[dict[str, Any]],
    *,
    kind: Kind,
    gone: Iterable[tuple[int, str]],
    n_left: int,
    today: dt.date,
) -> dict[str, Any]:
    """Add an entry to the record, which is written as a whole or not at all.

    Parameters
    ----------
    folder
        The client folder.
    entries
        The record so far.
    kind, today
        What was deleted, and when.
    gone
        Size (bytes) and content hash of each file; without one where it could be guessed or not be read.
    n_left
        How many files could not be deleted.

    Returns
    -------
    dict
        The entry.

    Raises
    ------
    DeletionError
        If the record cannot be written.
    """
    sizes, hashes = zip(*gone, strict=True) if (gone := list(gone)) else ((), ())
    contents = [content for content in hashes if content]
    if len(contents) > MOST_LISTED:
        contents = [hashlib.sha256("".join(sorted(contents)).encode()).hexdigest()]
    entry = {
        "date": today, "kind": kind, "n_files": len(sizes), "n_bytes": sum(sizes), "contents": contents,
        "n_left": n_left,
    }  # fmt: skip
    entries = chain.linked(entries, [entry])
    try:
        chain.write(folder / RECORD, _HEAD, entries)
    except OSError as error:
        raise DeletionError.unwritable(RECORD, error.strerror or type(error).__name__) from None
    return entries[-1]
