"""Which files of a client are deleted by the agreed day, and which are not known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from glob import glob
from pathlib import Path
from typing import Any

from crmkit import history
from crmkit.deletion.record import KINDS, Kind, deletions
from crmkit.errors import DeletionError
from crmkit.settings import Privacy, Settings

EXPORTS, PREPARED, KEY_FILE = "exports", "prepared", "pseudonym.key"
#: Files beside the exports that have a row for every person, or for every answer of one.
RAW_BESIDE = ("people.csv", "availability.csv", "survey.csv", "survey.xlsx")
#: What is never an export, whatever client.yml says.
_KEPT = ("client.yml", KEY_FILE, PREPARED, "history", "commentary", "survey", ".gitignore")
#: The consultant's own tables: no row describes a person.
_CONSULTANTS = (
    "licences.csv", "changes.csv", "voices.csv", "measures.csv", "parallel_lists.csv", "outcomes.csv", "org_map.csv",
    "aggregates.csv",
)  # fmt: skip
#: Folders that an interrupted `prepare` leaves behind.
LEFT_BEHIND = ".prepared-*"


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
        if (is_link(file) and file.exists()) or not file.parent.resolve().is_relative_to(root):
            raise DeletionError.link(str(file.relative_to(root)))
    return [Deletable(kind, files, sum(map(size_of, files))) for kind, files in found.items() if files]


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
        for place in [root / PREPARED, *sorted(root.glob(LEFT_BEHIND))]:
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
    if file.is_dir() and not is_link(file):
        return False
    return file.relative_to(root).parts[0].casefold() not in _KEPT


def _below(place: Path) -> Iterator[Path]:
    """Return all files below a folder, and links as themselves; a link in the place of the folder is one too."""
    if is_link(place) or (_is_there(place) and not place.is_dir()):
        yield place
    elif place.is_dir():
        for inside in sorted(place.iterdir()):
            yield from _below(inside)


def is_link(path: Path) -> bool:
    """Return whether a path is a link to a file or folder."""
    # junctions are Windows' links between folders; Python 3.11 does not know them
    return path.is_symlink() or bool(getattr(path, "is_junction", bool)())


def _is_there(path: Path) -> bool:
    return path.is_symlink() or path.exists()


def size_of(file: Path) -> int:
    """Return the bytes of a file, of a link its own; 0 if nobody may look."""
    try:
        return file.lstat().st_size
    except OSError:
        return 0
