"""What is kept from retrospective to retrospective in ``history/``: entries in a chain of hashes.

Entries are added, never changed. Each carries the hash of its content and of the entry before it, so that a slip
of the hand is seen, and an earlier entry cannot be taken out from under a later one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from crmkit.errors import GoalError, HistoryError
from crmkit.yaml_files import YamlFaultError, read_yaml

BASELINES = "history/goals.yml"
RELEASED = "history/released"
#: Ending of the files with the pseudonyms of those behind released numbers; they go when prepared tables go.
PEOPLE = ".people.json"
_HEAD = """\
# Baselines of goals, frozen by `crmkit goals --freeze`. Entries are never changed: each carries the hash of its
# content. To freeze one again: `crmkit goals CLIENT --again ID --reason "..."`.
"""

Entry = Mapping[str, Any]


def sha256(entry: Entry) -> str:
    """Return the hash of an entry, its own hash aside."""
    content = {key: value for key, value in entry.items() if key != "sha256"}
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()


def baselines(folder: Path) -> list[dict[str, Any]]:
    """Return the frozen baselines of a client folder as plain values, oldest first; see `method.goals.frozen`.

    Raises
    ------
    GoalError
        If the file cannot be read, or an entry is not what was frozen.
    """
    file = folder / BASELINES
    if not file.exists():
        return []
    try:
        entries = [dict(entry) for entry in read_yaml(file) or []]
    except (YamlFaultError, OSError, RecursionError, TypeError, ValueError):
        raise GoalError.unreadable_history(BASELINES) from None
    previous = ""
    for number, entry in enumerate(entries, start=1):
        if not {"id", "sha256", "previous"} <= set(entry):
            raise GoalError.unreadable_history(BASELINES)
        if entry["sha256"] != sha256(entry) or entry["previous"] != previous:
            raise GoalError.changed_history(BASELINES, str(entry["id"]), number)
        previous = entry["sha256"]
    return entries


def keep_baselines(folder: Path, new: Iterable[Entry]) -> None:
    """Add frozen baselines to the file of a client folder; it is replaced as a whole or not at all.

    Raises
    ------
    GoalError
        If the file cannot be read or written.
    """
    entries = baselines(folder)
    n_before = len(entries)
    for entry in new:
        chained = {**entry, "previous": entries[-1]["sha256"] if entries else ""}
        entries.append({**chained, "sha256": sha256(chained)})
    if len(entries) > n_before:
        _write(folder / BASELINES, _HEAD + yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=120))


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
        partial = place.with_name(place.name + ".part")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(json.dumps(values, ensure_ascii=False, indent=1), encoding="utf-8", newline="\n")
            partial.replace(place)
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


def _write(file: Path, text: str) -> None:
    partial = file.with_suffix(".yml.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(text, encoding="utf-8", newline="\n")
        partial.replace(file)
    except OSError as error:
        raise GoalError.unwritable_history(BASELINES, error.strerror or type(error).__name__) from None
