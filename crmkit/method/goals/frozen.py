"""Baselines that were agreed on: frozen, and kept in ``history/goals.yml`` with the hash of what they say.

A baseline that is worked out anew at every retrospective would move with every late export. Once frozen it
holds; what today's data would give is shown beside it. Entries are added, never changed: one that was frozen
again stands below the earlier one, with the reason. Each entry carries the hash of its content and of the entry
before it, so that a slip of the hand is seen; the first signs of the hash stand in every report, so that a
report that was handed out proves what was frozen then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from crmkit import chain, history
from crmkit.errors import GoalError
from crmkit.method.goals.goal import Goal
from crmkit.method.goals.readings import Baseline, baseline_readings, readings_of

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
        return chain.sha256(self.entry())

    def entry(self) -> dict[str, Any]:
        """Return it as plain values, as `crmkit.history` keeps it."""
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


def of_entries(entries: Iterable[Mapping[str, Any]]) -> list[Frozen]:
    """Return the frozen baselines of a client, oldest first, from what `crmkit.history` has kept.

    Raises
    ------
    GoalError
        If an entry has lost its form.
    """
    try:
        return [_of_entry(entry) for entry in entries]
    except (TypeError, KeyError, ValueError, AttributeError):
        raise GoalError.unreadable_history(history.BASELINES) from None


def held(goal: Goal, frozen: Frozen) -> Goal:
    """Return a goal with the path that was chosen when its baseline was frozen."""
    return replace(goal, shape=frozen.shape, effect_from=frozen.effect_from)  # type: ignore[arg-type]


def _of_entry(entry: Mapping[str, Any]) -> Frozen:
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
