"""Measures and the goals that they serve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from crmkit.errors import SettingsError, did_you_mean, listed
from crmkit.errors.base import in_one_line
from crmkit.measures import measure_of, measures
from crmkit.method import goals
from crmkit.method.goals.names import even
from crmkit.report.cells import records_of
from crmkit.report.table_block import Cell
from crmkit.report.text.words import WORDS, word

if TYPE_CHECKING:
    from crmkit.client import Client
    from crmkit.method.goals import Goal
    from crmkit.report.language import Language
    from crmkit.settings import GoalEntry

#: Statuses of a decision or a measure.
STATUSES = tuple(WORDS["measure"])


class AgreedGoal(NamedTuple):
    """A goal, and its entry in ``client.yml``: what was stated there and what follows."""

    goal: Goal
    entry: GoalEntry


def agreed_goals(client: Client) -> list[AgreedGoal]:
    """Return all goals of ``client.yml``, those that have not begun included.

    Raises
    ------
    GoalError
        If one is not understood, or two have the same id.
    """
    entries = client.settings.goals
    found = goals.from_entries(entries, client.as_of, language=client.language)
    return [AgreedGoal(goal, entry) for goal, entry in zip(found, entries, strict=True)]


def measures_of(client: Client, t: Language) -> list[dict[str, Any]]:
    """Return the client's measures as plain values, those of the catalogue in the language.

    Each has, beside its columns, `id` (of the catalogue) and `what` (to do); both are empty for own words.

    Raises
    ------
    SettingsError
        If a status, a goal or an id of the catalogue is not known.
    """
    rows = records_of(client.measures)
    for number, row in enumerate(rows, start=2):
        require_status(row["status"], "measures.csv")
        known = measure_of(row["measure"], place=f"measures.csv: row {number}")
        row.update(id="", what="")
        if known:
            row.update(id=known.id, measure=getattr(known.title, t.code), what=getattr(known.what, t.code))
    _require_goals(rows, client)
    return rows


def worded(text: str, t: Language) -> str:
    """Return a measure's title in the language if it names one of the catalogue by its id; else as written."""
    known = measures().get(text.strip())
    return getattr(known.title, t.code) if known else text


def _require_goals(rows: list[dict[str, Any]], client: Client) -> None:
    """Refuse a measure for a goal that client.yml does not have; an earlier day knows some goals only."""
    if client.as_of != client.settings.as_of or not any(row["goal"] for row in rows):
        return
    goals = [one.goal for one in agreed_goals(client)]
    for number, row in enumerate(rows, start=2):
        if row["goal"] and not any(serves(row, goal) for goal in goals):
            ids = [goal.id for goal in goals]
            hint = did_you_mean(row["goal"], ids)
            raise SettingsError(
                f'measures.csv: row {number}: goal "{in_one_line(row["goal"])}" is not in client.yml.{hint} '
                f"Known: {listed(ids)}. Leave it empty if the measure serves no single goal."
            )


def require_status(code: str | None, file: str) -> None:
    """Refuse a status that nobody knows; none at all is fine.

    Raises
    ------
    SettingsError
        If it is neither done, open nor dropped.
    """
    if code and code not in STATUSES:
        known = ", ".join(STATUSES)
        raise SettingsError(f"{file}: status `{code}` is not known.{did_you_mean(code, STATUSES)} Known: {known}.")


def status_cell(code: str, t: Language, note: str = "") -> Cell:
    """Return the status of a decision or a measure as a cell, with a remark under it."""
    return Cell(word(t, "measure", code), status=f"status-{code}", note=note)


def serves(measure: dict[str, Any], goal: Goal) -> bool:
    """Return whether a measure names a goal: by its id or its sentence, however it is spaced or capitalised."""
    return bool(measure["goal"]) and even(measure["goal"]) in (even(goal.id), even(goal.wording))
