"""What reports that were handed out have told: ``history/released/``, and the pseudonyms behind it in files apart."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crmkit.chain import Entry
from crmkit.errors import HistoryError
from crmkit.whole_files import write_whole

RELEASED = "history/released"
#: Ending of the files with the pseudonyms of those behind released numbers; they go when prepared tables go.
PEOPLE = ".people.json"


def keep_release(folder: Path, day: dt.date, told: Sequence[Entry], people: Sequence[Sequence[str] | None]) -> Path:
    """Keep what a report of a day told, and, in a file of its own, the pseudonyms behind it.

    Parameters
    ----------
    folder
        The client folder.
    day
        Day of the report.
    told
        Plain values, see `privacy.releases`.
    people
        Pseudonyms, in the order of `told`.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    HistoryError
        If a file cannot be written.
    """
    file = _place_of(folder / RELEASED, day, told)
    texts: dict[Path, Any] = {file.with_name(f"{file.stem}{PEOPLE}"): people, file: told}
    for place, values in texts.items():
        try:
            write_whole(place, json.dumps(values, ensure_ascii=False, indent=1))
        except OSError as error:
            where = f"{RELEASED}/{place.name}"
            raise HistoryError.unwritable(where, error.strerror or type(error).__name__) from None
    return file


def _place_of(place: Path, day: dt.date, told: Sequence[Entry]) -> Path:
    """Return the file for a report: that of the same report, or one that there is not yet."""
    number = 1
    while True:
        file = place / f"{day.isoformat()}{f'_{number}' if number > 1 else ''}.json"
        if not file.exists() or _json(file) == json.loads(json.dumps(told)):
            return file
        number += 1


def releases(folder: Path) -> list[list[tuple[dict[str, Any], list[str] | None]]]:
    """Return what reports that were handed out told: plain values, each with the pseudonyms behind it.

    The pseudonyms are None where they have been purged, or were never known.

    Raises
    ------
    HistoryError
        If a file cannot be read.
    """
    files = [file for file in sorted((folder / RELEASED).glob("*.json")) if not file.name.endswith(PEOPLE)]
    return [_release(file) for file in files]


def _release(file: Path) -> list[tuple[dict[str, Any], list[str] | None]]:
    told, beside = _json(file), file.with_name(file.stem + PEOPLE)
    people = _json(beside) if beside.is_file() else [None] * len(told)
    if len(people) != len(told) or not all(isinstance(entry, dict) for entry in told):
        raise HistoryError.unreadable(f"{RELEASED}/{file.name}")
    return list(zip(told, people, strict=True))


def _json(file: Path) -> list[Any]:
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        values = None
    if not isinstance(values, list):
        raise HistoryError.unreadable(f"{RELEASED}/{file.name}")
    return values
