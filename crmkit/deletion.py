"""What of a client is deleted by the agreed day, and the record of it in ``history/deletions.yml``.

The record tells day, kind, number and content hashes of what was deleted, never the name of a file: those hold
people's names now and then. Its entries form a chain, as the frozen baselines of `history` do: a slip of the hand is
seen. Whoever writes all of it anew can write anything: only a copy of the record kept elsewhere proves it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from glob import glob
from pathlib import Path
from typing import Any, Literal

import yaml

from crmkit import history
from crmkit.errors import DeletionError
from crmkit.settings import Privacy, Settings
from crmkit.yaml_files import YamlFaultError, read_yaml

Kind = Literal["raw", "prepared", "key"]
KINDS: tuple[Kind, ...] = ("raw", "prepared", "key")
RECORD = "history/deletions.yml"
EXPORTS, PREPARED, KEY_FILE = "exports", "prepared", "pseudonym.key"
#: Files beside the exports that have a row for every person, or for every answer of one.
RAW_BESIDE = ("people.csv", "availability.csv", "survey.csv")
#: What is never an export, whatever client.yml says.
_KEPT = ("client.yml", KEY_FILE, PREPARED, "history", "commentary", ".gitignore")
#: The consultant's own tables: no row describes a person.
_CONSULTANTS = (
    "licences.csv", "changes.csv", "voices.csv", "measures.csv", "parallel_lists.csv", "outcomes.csv", "org_map.csv",
    "aggregates.csv",
)  # fmt: skip
#: Folders that an interrupted `prepare` leaves behind.
_LEFT_BEHIND = ".prepared-*"
#: Of smaller files (bytes) no hash is written: what they may hold can be guessed, and the guess be checked by it.
LEAST_HASHED = 10_000
#: More content hashes than this are written as one: the hash of all of them.
MOST_LISTED = 20
_HEAD = """\
# What `crmkit purge` has deleted: day, kind, number of files and bytes, SHA-256 of the contents of those of at least
# 10 kB (of more than 20 files: the SHA-256 of all these). Entries are never changed: each carries the hash of its
# content. Only a copy of this file that is kept elsewhere proves what it says.
"""


@dataclass(frozen=True)
class Deletable:
    """What there is to delete of one kind.

    Attributes
    ----------
    kind
        ``raw`` (exports and other files with a row a person), ``prepared`` (pseudonymous tables) or ``key``.
    files
        Absolute paths.
    n_bytes
        Their size.
    """

    kind: Kind
    files: tuple[Path, ...] = field(repr=False)
    n_bytes: int


def deletable(folder: Path, settings: Settings, kinds: Iterable[Kind] = KINDS) -> list[Deletable]:
    """Return what there is to delete, kinds without any files left out.

    Parameters
    ----------
    folder
        The client folder.
    settings
        Its settings, which say where exports lie.
    kinds
        What is meant.

    Raises
    ------
    DeletionError
        If a link leads to something that lies elsewhere: that is not ours to delete.
    """
    root = folder.resolve()
    found: dict[Kind, tuple[Path, ...]] = {kind: tuple(dict.fromkeys(_files(root, settings, kind))) for kind in kinds}
    for file in (file for files in found.values() for file in files):
        if (_is_link(file) and file.exists()) or not file.parent.resolve().is_relative_to(root):
            raise DeletionError.link(str(file.relative_to(root)))
    return [Deletable(kind, files, sum(map(_size, files))) for kind, files in found.items() if files]


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
    _keep(folder, entries)
    gone: list[tuple[int, str]] = []
    left: list[tuple[Path, str]] = []
    try:
        _unlink(what, gone, left)
    finally:
        # also after an interrupt: what is gone stands in the record
        _remove_empty_folders(folder.resolve(), what.kind)
        entry = _entry(what.kind, gone, n_left=len(what.files) - len(gone), today=today, entries=entries)
        _keep(folder, [*entries, entry])
    if left:
        file, problem = left[0]
        raise DeletionError.not_deleted(str(file.relative_to(folder.resolve())), problem, len(left), len(what.files))
    return entry


def _unlink(what: Deletable, gone: list[tuple[int, str]], left: list[tuple[Path, str]]) -> None:
    """Delete files one by one; enter size and content of what is gone, and path and problem of what is left."""
    for file in what.files:
        size, content = _size(file), "" if what.kind == "key" else _content(file)
        try:
            file.unlink(missing_ok=True)
            gone.append((size, content))
        except OSError as error:
            left.append((file, error.strerror or type(error).__name__))


def deletions(folder: Path) -> list[dict[str, Any]]:
    """Return the entries of a client's record, oldest first.

    Raises
    ------
    DeletionError
        If the record cannot be read, or an entry is not what was recorded.
    """
    file = folder / RECORD
    if not file.exists():
        return []
    try:
        entries = [dict(entry) for entry in read_yaml(file) or []]
    except (YamlFaultError, OSError, TypeError, ValueError):
        raise DeletionError.unreadable(RECORD) from None
    previous = ""
    for number, entry in enumerate(entries, start=1):
        is_whole = isinstance(entry.get("date"), dt.date) and entry.get("kind") in KINDS
        if not is_whole or entry.get("previous") != previous or entry.get("sha256") != history.sha256(entry):
            raise DeletionError.changed(RECORD, number)
        previous = entry["sha256"]
    return entries


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


def told(folder: Path, settings: Settings) -> list[dict[str, Any]]:
    """Return the entries of a client's record, with ``came_again``: whether files of the kind are there once more.

    Parameters
    ----------
    folder
        The client folder.
    settings
        Its settings.

    Raises
    ------
    DeletionError
        As `deletions`.
    """
    entries = deletions(folder)
    again = {kind: _is_any_there(folder, settings, kind) for kind in {entry["kind"] for entry in entries}}
    return [{**entry, "came_again": again[entry["kind"]]} for entry in entries]


def _is_any_there(folder: Path, settings: Settings, kind: Kind) -> bool:
    try:
        return bool(deletable(folder, settings, [kind]))
    except DeletionError:
        # whatever lies elsewhere, it is still there
        return True


def unknown(folder: Path, settings: Settings) -> list[Path]:
    """Return files of a client folder that no deletion means and that are not the kit's: copies, perhaps, of exports.

    Parameters
    ----------
    folder
        The client folder.
    settings
        Its settings.
    """
    root = folder.resolve()
    meant = {file for kind in KINDS for file in _files(root, settings, kind)}
    known = {*_KEPT, *_CONSULTANTS}
    return [file for file in _below(root) if file not in meant and file.relative_to(root).parts[0] not in known]


def overdue(folder: Path, settings: Settings, *, today: dt.date) -> list[tuple[Kind, dt.date]]:
    """Return the kinds whose agreed day has passed and of which files are still there, with that day."""
    passed: list[tuple[Kind, dt.date]] = [
        (kind, day) for kind, day in agreed(settings.privacy) if day is not None and day < today
    ]
    return [(kind, day) for kind, day in passed if _is_any_there(folder, settings, kind)]


def agreed(privacy: Privacy) -> tuple[tuple[Kind, dt.date | None], ...]:
    """Return until when raw exports and pseudonymous tables may be kept, None where no day is agreed."""
    return (("raw", privacy.delete_by), ("prepared", privacy.delete_prepared_by))


def _files(root: Path, settings: Settings, kind: Kind) -> Iterator[Path]:
    if kind == "key":
        yield from (file for file in [root / KEY_FILE] if _is_there(file))
    elif kind == "prepared":
        for place in [root / PREPARED, *sorted(root.glob(_LEFT_BEHIND))]:
            yield from _below(place)
        # the pseudonyms of those behind numbers that were handed out
        yield from sorted((root / history.RELEASED).glob(f"*{history.PEOPLE}"))
    else:
        yield from _below(root / EXPORTS)
        for export in settings.exports:
            named = root / export.file
            # the same files that `ingest` reads
            matching = [named] if _is_there(named) else sorted(root / n for n in glob(export.file, root_dir=root))  # noqa: PTH207
            yield from (file for file in matching if _is_export(file, root))
        yield from (root / name for name in RAW_BESIDE if _is_there(root / name))


def _is_export(file: Path, root: Path) -> bool:
    """Return False for a folder, and for what a wide pattern such as ``*`` meets besides exports."""
    if file.is_dir() and not _is_link(file):
        return False
    return file.relative_to(root).parts[0].casefold() not in _KEPT


def _below(place: Path) -> Iterator[Path]:
    """Return all files below a folder, and links as themselves; a link in the place of the folder is one too."""
    if _is_link(place) or (_is_there(place) and not place.is_dir()):
        yield place
    elif place.is_dir():
        for inside in sorted(place.iterdir()):
            yield from _below(inside)


def _is_link(path: Path) -> bool:
    # junctions are Windows' links between folders; Python 3.11 does not know them
    return path.is_symlink() or bool(getattr(path, "is_junction", bool)())


def _is_there(path: Path) -> bool:
    return path.is_symlink() or path.exists()


def _size(file: Path) -> int:
    try:
        return file.lstat().st_size
    except OSError:
        return 0


def _content(file: Path) -> str:
    """Return the SHA-256 of a file's content, empty where it could be guessed or not be read."""
    if file.is_symlink() or not file.is_file() or _size(file) < LEAST_HASHED:
        return ""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _remove_empty_folders(root: Path, kind: Kind) -> None:
    """Remove the folders that have become empty; ``exports`` itself waits for the next ones."""
    place = {"raw": root / EXPORTS, "prepared": root / PREPARED}.get(kind)
    places = [] if place is None or _is_link(place) else [place]
    places += [left for left in root.glob(_LEFT_BEHIND) if kind == "prepared" and not _is_link(left)]
    for top in places:
        inside = [path for path in top.rglob("*") if path.is_dir() and not _is_link(path)]
        for path in [*sorted(inside, reverse=True), *([top] if kind == "prepared" else [])]:
            _remove_if_empty(path)


def _remove_if_empty(path: Path) -> None:
    try:
        path.rmdir()
    except OSError:
        # not empty, or open elsewhere: a folder without files says nothing
        return


def _entry(
    kind: Kind, gone: list[tuple[int, str]], *, n_left: int, today: dt.date, entries: list[dict[str, Any]]
) -> dict[str, Any]:
    contents = [content for _, content in gone if content]
    if len(contents) > MOST_LISTED:
        contents = [hashlib.sha256("".join(sorted(contents)).encode()).hexdigest()]
    entry = {
        "date": today, "kind": kind, "n_files": len(gone), "n_bytes": sum(size for size, _ in gone),
        "contents": contents, "n_left": n_left, "previous": entries[-1]["sha256"] if entries else "",
    }  # fmt: skip
    return {**entry, "sha256": history.sha256(entry)}


def _keep(folder: Path, entries: list[dict[str, Any]]) -> None:
    """Write the record whole or not at all; without entries just see whether it can be written."""
    file = folder / RECORD
    partial = file.with_suffix(".yml.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        text = _HEAD + yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=120)
        partial.write_text(text, encoding="utf-8", newline="\n")
        if entries:
            partial.replace(file)
        else:
            partial.unlink()
    except OSError as error:
        raise DeletionError.unwritable(RECORD, error.strerror or type(error).__name__) from None
