"""Baselines that were agreed on: frozen in ``history/goals.yml``, each with the hash of what it says.

A baseline that is worked out anew at every retrospective would move with every late export. Once frozen it
holds; what today's data would give is shown beside it. Entries are added, never changed: one that was frozen
again stands below the earlier one, with the reason. Each entry carries the hash of its content and of the entry
before it, so that a slip of the hand is seen; the first signs of the hash stand in every report, so that a
report that was handed out proves what was frozen then.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from crmkit.errors import GoalError
from crmkit.method.goals.goal import Goal
from crmkit.method.goals.readings import Baseline, baseline_readings, readings_of

FILE = "history/goals.yml"
_HEAD = """\
# Baselines of goals, frozen by `crmkit goals --freeze`. Entries are never changed: each carries the hash of its
# content. To freeze one again: `crmkit goals CLIENT --again ID --reason "..."`.
"""
#: Decimals of a frozen reading: people are whole, shares exact enough to find their fraction again.
_DECIMALS = 12


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """A baseline as it was frozen.

    Attributes
    ----------
    id
        Of the goal.
    sentence, meaning
        What was agreed: as the client wrote it, and `Goal.meaning` as text.
    frozen_on
        Day of the retrospective.
    definition_hash
        Of the readings.
    readings
        Month (last day), month number, value (as judged), people, n_total (None where not known), oldest first.
    shape, effect_from
        The path from baseline to target.
    reason
        Why it was frozen again; empty for the first time.
    previous
        Hash of the entry before it in the file; empty for the first one.
    """

    id: str
    sentence: str
    meaning: str
    frozen_on: dt.date
    definition_hash: str
    readings: tuple[tuple[dt.date, float, float, float | None, float | None], ...]
    shape: str = "linear"
    effect_from: dt.date | None = None
    reason: str = ""
    previous: str = ""

    @cached_property
    def baseline(self) -> Baseline:
        """The baseline of its readings."""
        columns = ["month", "at", "value", "people", "n_total"]
        rows = pd.DataFrame(self.readings, columns=columns).astype(dict.fromkeys(columns[1:], "float64"))
        return Baseline.of(rows.assign(definition_hash=self.definition_hash))

    @property
    def sha256(self) -> str:
        """Hash of everything it says."""
        return hashlib.sha256(json.dumps(self._plain(), sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def entry(self) -> dict[str, Any]:
        """Return it as plain values, the hash last."""
        return {**self._plain(), "sha256": self.sha256}

    def _plain(self) -> dict[str, Any]:
        readings = [
            {"month": month.isoformat(), "at": at, "value": value, "people": people, "n_total": n_total}
            for month, at, value, people, n_total in self.readings
        ]
        return {
            "id": self.id, "sentence": self.sentence, "meaning": self.meaning, "frozen_on": self.frozen_on.isoformat(),
            "definition_hash": self.definition_hash, "readings": readings, "shape": self.shape,
            "effect_from": self.effect_from.isoformat() if self.effect_from else None, "reason": self.reason,
            "previous": self.previous,
        }  # fmt: skip


def meaning_of(goal: Goal) -> str:
    """Return what a goal agrees on as text; its wording, owner and answers may change."""
    parts = [str(part) for part in goal.meaning]
    return " | ".join(parts)


def freeze(goal: Goal, series: pd.DataFrame, *, as_of: dt.date, reason: str = "") -> Frozen:
    """Return the baseline of a goal, ready to be kept.

    Parameters
    ----------
    goal
        The goal, its place resolved.
    series
        Contract `series`: the readings of its metric.
    as_of
        Day of the retrospective.
    reason
        Why a frozen one is replaced.

    Raises
    ------
    GoalError
        If there is no reading before the start, or the definition changes within the baseline.
    """
    taken = baseline_readings(goal, readings_of(goal, series, as_of=as_of))
    hashes = sorted(set(taken["definition_hash"]))
    if len(hashes) != 1:
        problem = "no reading before its start" if taken.empty else "its readings rest on different definitions"
        raise GoalError.not_frozen(goal.id, problem)
    columns = [taken[name].tolist() for name in ("month", "at", "value", "people", "n_total")]
    rows = [
        (month.date(), _rounded(at), _rounded(value), _known(people), _known(n_total))
        for month, at, value, people, n_total in zip(*columns, strict=True)
    ]
    return Frozen(
        id=goal.id, sentence=goal.wording, meaning=meaning_of(goal), frozen_on=as_of, definition_hash=hashes[0],
        readings=tuple(rows), shape=goal.shape, effect_from=goal.effect_from, reason=reason,
    )  # fmt: skip


def read(folder: Path) -> dict[str, Frozen]:
    """Return the frozen baselines of a client folder, of each goal the last one.

    Raises
    ------
    GoalError
        If the file cannot be read, or an entry is not what was frozen.
    """
    return {frozen.id: frozen for frozen in read_all(folder)}


def read_all(folder: Path) -> list[Frozen]:
    """Return all entries, oldest first; see `read`."""
    file = folder / FILE
    if not file.exists():
        return []
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8")) or []
        entries = [_of_entry(entry) for entry in content]
    except (yaml.YAMLError, OSError, RecursionError, TypeError, KeyError, ValueError, AttributeError):
        raise GoalError.unreadable_history(FILE) from None
    previous = ""
    for number, (frozen, entry) in enumerate(zip(entries, content, strict=True), start=1):
        if entry.get("sha256") != frozen.sha256 or frozen.previous != previous:
            raise GoalError.changed_history(FILE, frozen.id, number)
        previous = frozen.sha256
    return entries


def keep(folder: Path, new: list[Frozen]) -> None:
    """Add baselines to the file of a client folder; it is replaced as a whole or not at all.

    Raises
    ------
    GoalError
        If the file cannot be read or written.
    """
    if not new:
        return
    entries = read_all(folder)
    for frozen in new:
        entries.append(replace(frozen, previous=entries[-1].sha256 if entries else ""))
    text = _HEAD + yaml.safe_dump(
        [frozen.entry() for frozen in entries], allow_unicode=True, sort_keys=False, width=120
    )
    file = folder / FILE
    partial = file.with_suffix(".yml.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(text, encoding="utf-8", newline="\n")
        partial.replace(file)
    except OSError as error:
        raise GoalError.unwritable_history(FILE, error.strerror or type(error).__name__) from None


def held(goal: Goal, frozen: Frozen) -> Goal:
    """Return a goal with the path that was chosen when its baseline was frozen."""
    return replace(goal, shape=frozen.shape, effect_from=frozen.effect_from)  # type: ignore[arg-type]


def _of_entry(entry: dict[str, Any]) -> Frozen:
    readings = tuple(
        (
            dt.date.fromisoformat(row["month"]), _number(row["at"]), _number(row["value"]),
            None if row["people"] is None else _number(row["people"]),
            None if row["n_total"] is None else _number(row["n_total"]),
        )
        for row in entry["readings"]
    )  # fmt: skip
    if not readings:
        raise ValueError
    effect = entry["effect_from"]
    return Frozen(
        id=entry["id"], sentence=entry["sentence"], meaning=entry["meaning"],
        frozen_on=dt.date.fromisoformat(entry["frozen_on"]), definition_hash=entry["definition_hash"],
        readings=readings, shape=entry["shape"],
        effect_from=dt.date.fromisoformat(effect) if effect else None, reason=entry["reason"],
        previous=entry["previous"],
    )  # fmt: skip


def _number(value: Any) -> float:
    """Return a number as it was written; a text or a truth value is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError
    return value


def _rounded(value: float) -> float:
    return round(float(value), _DECIMALS)


def _known(value: float) -> float | None:
    """Return a number; None for one that is not known, as plain text has no NaN."""
    return None if pd.isna(value) else _rounded(value)
