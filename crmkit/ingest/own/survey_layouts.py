"""Files with answers of the survey, in three layouts → one row a cell that was ticked or written.

Long: a row is an answer (respondent, org_unit, item, answer). Wide: a row is a sheet, a column a question; so are the
kit's template and what Microsoft Forms exports, with its times, addresses and names before the questions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from crmkit import questionnaire
from crmkit.errors import SurveyError
from crmkit.ingest.context import Context
from crmkit.ingest.files import Opened
from crmkit.ingest.headers.columns import pick
from crmkit.questionnaire import Item
from crmkit.readers import folded
from crmkit.settings import Export

_LONG = ("respondent", "org_unit", "item", "answer")
#: Headings of a number of the sheet; it only tells sheets apart.
_SHEET = frozenset({
    "respondent", "id", "nr", "no", "bogen", "bogen nr", "sheet", "sheet no", "antwort id", "response id", "teilnehmer",
    "respondent id", "responseid",
})  # fmt: skip
#: Headings of who answered.
_WHO = frozenset({
    "e mail", "email", "e mail adresse", "email address", "e mail address", "mail", "name", "name 2", "vorname",
    "nachname", "first name", "last name", "full name", "vollständiger name", "username", "benutzername", "ip adresse",
    "ip address",
})  # fmt: skip
#: Headings of when it was answered, and of what else survey tools note; nobody needs it.
_NOTED = frozenset({
    "start time", "startzeit", "completion time", "fertigstellungszeit", "last modified time", "letzte änderung",
    "uhrzeit der letzten änderung", "zeitpunkt der letzten änderung", "zeitstempel", "timestamp", "language", "sprache",
    "start date", "end date", "startdatum", "enddatum", "datum", "date", "progress", "fortschritt", "finished",
    "total points", "gesamtpunktzahl", "quiz feedback", "testfeedback", "datum der übermittlung", "submission date",
})  # fmt: skip
#: What Forms writes in the place of an address if it keeps none.
_NOBODY = frozenset({"anonymous", "anonym"})


@dataclass(frozen=True)
class Cell:
    """A cell with an answer: its place for messages, whose sheet it is on, the question, and what stands in it.

    `may_repeat` is True in the long layout, where each hurdle of a sheet has a row of its own.
    """

    row: int
    column: str
    sheet: str
    unit: str
    item: Item
    text: str
    may_repeat: bool = False


def cells_of(opened: Opened, file: str, context: Context) -> list[Cell]:
    """Return all filled cells of a file with answers.

    Parameters
    ----------
    opened
        The file.
    file
        Its name, for messages.
    context
        The book notes columns that are no question, and those that were dropped.

    Raises
    ------
    SurveyError
        If no column is a question, an item is unknown, or the file says who answered.
    """
    headings = {folded(column) for column in opened.columns}
    is_long = bool({"item", "frage", "question"} & headings) and bool({"answer", "antwort"} & headings)
    return list(_from_long(opened, file) if is_long else _from_wide(opened, file, context))


def _from_long(opened: Opened, file: str) -> Iterator[Cell]:
    german = {"item": ("frage", "question"), "answer": ("antwort",), "respondent": ("bogen", "sheet")}
    named = {
        name: next((column for column in opened.columns if folded(column) in forms), "")
        for name, forms in german.items()
    }
    known = {name: column for name, column in named.items() if column and name not in map(folded, opened.columns)}
    export = Export(file=file, reader="survey", columns=known)
    rows, mapping = pick(opened, export, _LONG, file, required=("respondent", "item", "answer"))
    headers = mapping.headers
    for number, (sheet, unit, item, answer) in enumerate(rows.select(_LONG).iter_rows(), start=2):
        if answer is None:
            continue
        if sheet is None:
            raise SurveyError.no_respondent(file, headers["respondent"], number)
        asked = questionnaire.item_of(item or "")
        if asked is None or asked.kind == "unit":
            raise SurveyError.unknown_item(file, headers["item"], number)
        yield Cell(number, headers["answer"], sheet, unit or "", asked, answer, may_repeat=asked.kind == "hurdles")


def _from_wide(opened: Opened, file: str, context: Context) -> Iterator[Cell]:
    asked = _questions(opened.columns, file)
    rows = opened.rows.collect()
    _drop_who(rows, file, context)
    left = [column for column in rows.columns if column not in asked and folded(column) not in _SHEET | _WHO | _NOTED]
    if left:
        context.book.ask("survey_columns_not_read", source=file, names=[column[:80] for column in left])
    number_of = next((column for column in rows.columns if folded(column) in _SHEET and column not in asked), None)
    unit_of = next((column for column, item in asked.items() if item.kind == "unit"), None)
    for number, row in enumerate(rows.iter_rows(named=True), start=2):
        sheet = (row[number_of] if number_of else None) or f"row {number}"
        for column, item in asked.items():
            if item.kind != "unit" and row[column] is not None:
                yield Cell(number, column, sheet, (row[unit_of] or "") if unit_of else "", item, row[column])


def _questions(columns: list[str], file: str) -> dict[str, Item]:
    """Return the columns that are questions, each question once."""
    found = {column: item for column in columns if (item := questionnaire.item_of(column)) is not None}
    if not any(item.kind != "unit" for item in found.values()):
        raise SurveyError.no_question(file, columns)
    keys = [item.key for item in found.values()]
    twice = next((column for column, item in found.items() if keys.count(item.key) > 1), None)
    if twice:
        raise SurveyError.unreadable(file, f"question {found[twice].key} stands in several columns; keep one of them")
    return found


def _drop_who(rows: pl.DataFrame, file: str, context: Context) -> None:
    """Refuse what says who answered, and note that columns of times and addresses were left out."""
    who = [column for column in rows.columns if folded(column) in _WHO]
    for column in who:
        n = sum(folded(text) not in _NOBODY for text in rows[column].drop_nulls())
        if n:
            raise SurveyError.not_anonymous(file, column, n)
    if who or any(folded(column) in _NOTED for column in rows.columns):
        context.book.note("survey", "change", {"times_and_addresses": rows.height})


def heading_of_unit(columns: list[str]) -> dict[str, str]:
    """Return `org_unit` → its heading, where there is one."""
    found = [column for column in columns if (item := questionnaire.item_of(column)) and item.kind == "unit"]
    return {questionnaire.UNIT: found[0]} if found else {}
