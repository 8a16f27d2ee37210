"""Baselines of goals that were frozen: ``history/goals.yml``, entries that are added and never changed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from crmkit import chain
from crmkit.chain import Entry
from crmkit.errors import GoalError

BASELINES = "history/goals.yml"
_HEAD = """\
# Baselines of goals, frozen by `crmkit goals --freeze`. Entries are never changed: each carries the hash of its
# content. To freeze one again: `crmkit goals CLIENT --again ID --reason "..."`.
"""


def baselines(folder: Path) -> list[dict[str, Any]]:
    """Return the frozen baselines of a client folder as plain values, oldest first; see `method.goals.frozen`.

    Raises
    ------
    GoalError
        If the file cannot be read, or an entry is not what was frozen.
    """
    try:
        entries = chain.read(folder / BASELINES)
    except chain.UnreadableError:
        raise GoalError.unreadable_history(BASELINES) from None
    if not all({"id", "sha256", "previous"} <= set(entry) for entry in entries):
        raise GoalError.unreadable_history(BASELINES)
    if number := chain.first_changed(entries):
        raise GoalError.changed_history(BASELINES, str(entries[number - 1]["id"]), number)
    return entries


def keep_baselines(folder: Path, new: Iterable[Entry]) -> None:
    """Add frozen baselines to the file of a client folder; it is replaced as a whole or not at all.

    Raises
    ------
    GoalError
        If the file cannot be read or written.
    """
    known = baselines(folder)
    entries = chain.linked(known, new)
    if len(entries) == len(known):
        return
    try:
        chain.write(folder / BASELINES, _HEAD, entries)
    except OSError as error:
        raise GoalError.unwritable_history(BASELINES, error.strerror or type(error).__name__) from None
