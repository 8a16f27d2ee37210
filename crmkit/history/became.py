"""What has become of decisions: ``became.yml`` beside a closed retrospective, the one file there written by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from crmkit.errors import HistoryError
from crmkit.yaml_files import YamlFaultError, first_line, read_yaml

BECAME = "became.yml"
STATUSES = ("done", "open", "dropped")
_KEYS = {"decision", "status", "note"}
_HEAD = """\
# What has become of the decisions of retrospective {number}: the next report begins with it.
# status: done, open or dropped; note: a few words, no names.
"""


@dataclass(frozen=True)
class Decided:
    """A decision of an earlier retrospective, and what has become of it.

    Attributes
    ----------
    decision, owner_role, by
        As it was agreed; `by` is None where no day was.
    status
        ``done``, ``open`` or ``dropped``.
    note
        A few words on it.
    """

    decision: str
    owner_role: str = ""
    by: dt.date | None = None
    status: str = "open"
    note: str = ""


def blank(number: int, decisions: Iterable[Mapping[str, Any]]) -> str:
    """Return the content of the file as it is begun: every decision is open."""
    entries = [{"decision": one["decision"], "status": "open", "note": ""} for one in decisions]
    return _HEAD.format(number=number) + yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=120)


def became(folder: Path, decisions: Any) -> list[Decided]:
    """Return decisions with what has become of them.

    Parameters
    ----------
    folder
        ``history/R<n>``.
    decisions
        What was decided: a list of plain values, None for nothing.

    Raises
    ------
    HistoryError
        If the file cannot be read, or speaks of what was not decided.
    """
    file = f"history/{folder.name}"
    if not isinstance(decisions, list | None):
        raise HistoryError.no_decisions(f"{file}/retrospective.yml")
    found = [_decided(entry, f"{file}/retrospective.yml") for entry in decisions or []]
    noted = {_even(entry["decision"]): entry for entry in _entries(folder / BECAME, f"{file}/{BECAME}")}
    known = {_even(one.decision): one.decision for one in found}
    if strange := [entry["decision"] for key, entry in noted.items() if key not in known]:
        raise HistoryError.not_decided(f"{file}/{BECAME}", str(strange[0]), known.values())
    return [_with(one, noted.get(_even(one.decision), {})) for one in found]


def _with(one: Decided, entry: Mapping[str, Any]) -> Decided:
    said = {key: str(entry[key]).strip() for key in ("status", "note") if entry.get(key)}
    return replace(one, **said)


def _entries(path: Path, file: str) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    try:
        entries = read_yaml(path) or []
    except (YamlFaultError, OSError) as error:
        raise HistoryError.no_yaml(file, first_line(error)) from None
    if not isinstance(entries, list):
        raise HistoryError.no_decisions(file)
    for entry in entries:
        _decided(entry, file)
        if unknown := set(entry) - _KEYS:
            raise HistoryError.unknown_key(file, str(min(unknown, key=str)), sorted(_KEYS))
    return entries


def _decided(entry: Any, file: str) -> Decided:
    """Return an entry in its form.

    Raises
    ------
    HistoryError
        If it has none, its status is not known, or its day is none.
    """
    if isinstance(entry, str):
        entry = {"decision": entry}
    if not isinstance(entry, dict) or not str(entry.get("decision") or "").strip():
        raise HistoryError.no_decisions(file)
    status = str(entry.get("status") or "open")
    if status not in STATUSES:
        raise HistoryError.unknown_status(file, status, STATUSES)
    if entry.get("by") and day_of(entry["by"]) is None:
        raise HistoryError.no_date(file, "by")
    return Decided(
        str(entry["decision"]).strip(), str(entry.get("owner_role") or ""), day_of(entry.get("by")), status,
        str(entry.get("note") or ""),
    )  # fmt: skip


def day_of(value: Any) -> dt.date | None:
    """Return a day that YAML read as one, or as ISO text; None for anything else."""
    if isinstance(value, dt.datetime):
        return value.date()
    with suppress(TypeError, ValueError):
        return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
    return None


def _even(text: Any) -> str:
    return " ".join(str(text).casefold().split())
