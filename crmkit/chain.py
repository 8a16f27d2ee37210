"""Entries of a file that are added, never changed: each carries the hash of its content and of the one before it.

A slip of the hand is seen, and an earlier entry cannot be taken out from under a later one. Whoever writes all of it
anew can write anything: only a copy kept elsewhere proves what a chain says.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from crmkit.whole_files import write_whole
from crmkit.yaml_files import YamlFaultError, read_yaml

Entry = Mapping[str, Any]


class UnreadableError(Exception):
    """A file that holds no list of entries."""


def sha256(entry: Entry) -> str:
    """Return the hash of an entry, its own hash aside."""
    content = {key: value for key, value in entry.items() if key != "sha256"}
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()


def linked(entries: Iterable[Entry], new: Iterable[Entry]) -> list[dict[str, Any]]:
    """Return entries with new ones behind them, each tied to the one before."""
    found = [dict(entry) for entry in entries]
    for entry in new:
        tied = {**entry, "previous": found[-1]["sha256"] if found else ""}
        found.append({**tied, "sha256": sha256(tied)})
    return found


def first_changed(entries: Iterable[Entry]) -> int:
    """Return the number of the first entry that is not what was written or not where it was written, 0 if none."""
    previous = ""
    for number, entry in enumerate(entries, start=1):
        if entry.get("previous") != previous or entry.get("sha256") != sha256(entry):
            return number
        previous = entry["sha256"]
    return 0


def read(file: Path) -> list[dict[str, Any]]:
    """Return the entries of a file as they stand there, none if it is not there; `first_changed` looks at them.

    Raises
    ------
    UnreadableError
        If it cannot be read, or is no list of entries.
    """
    if not file.exists():
        return []
    try:
        return [dict(entry) for entry in read_yaml(file) or []]
    except (YamlFaultError, OSError, RecursionError, TypeError, ValueError):
        raise UnreadableError from None


def write(file: Path, head: str, entries: Sequence[Entry]) -> None:
    """Write entries below a comment.

    Raises
    ------
    OSError
        If the file cannot be written; then it is as it was.
    """
    write_whole(file, head + yaml.safe_dump(list(entries), allow_unicode=True, sort_keys=False, width=120))
