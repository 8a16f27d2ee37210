"""What is kept from retrospective to retrospective in ``history/``: entries in a chain of hashes.

Entries are added, never changed. Each carries the hash of its content and of the entry before it, so that a slip
of the hand is seen, and an earlier entry cannot be taken out from under a later one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from crmkit.errors import GoalError

BASELINES = "history/goals.yml"
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
        entries = [dict(entry) for entry in yaml.safe_load(file.read_text(encoding="utf-8")) or []]
    except (yaml.YAMLError, OSError, RecursionError, TypeError, ValueError):
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


def _write(file: Path, text: str) -> None:
    partial = file.with_suffix(".yml.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(text, encoding="utf-8", newline="\n")
        partial.replace(file)
    except OSError as error:
        raise GoalError.unwritable_history(BASELINES, error.strerror or type(error).__name__) from None
