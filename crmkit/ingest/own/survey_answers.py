"""Survey answers: what was ticked, by nobody in particular; what was written stays out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from crmkit import questionnaire, schema
from crmkit.errors import InputError, SurveyError
from crmkit.ingest.context import Context
from crmkit.ingest.discretion import telling_texts
from crmkit.ingest.files import open_file
from crmkit.ingest.own.survey_layouts import Cell, cells_of, heading_of_unit
from crmkit.settings import Export

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = ("respondent", "org_unit", "item", "answer")


def read(path: Path, context: Context) -> pd.DataFrame:
    """Return the ticked answers of a survey, in any of the three layouts of `survey_layouts`.

    Parameters
    ----------
    path
        CSV or Excel file.
    context
        What names a user; the ledger, which counts sheets.

    Returns
    -------
    pandas.DataFrame
        Contract `survey`: respondent (``r1`` …, in the order of what they answered), org_unit, item (number as text),
        answer (``1`` … ``5``, ``cannot_judge``, a frequency, or a hurdle, of which a respondent may have several).

    Raises
    ------
    SurveyError, InputError
        If a question or an answer is unknown, a sheet stands there twice, or somebody is named.
    """
    opened = open_file(path, Export(file=path.name, reader="survey"))
    cells = cells_of(opened, path.name, context)
    context.book.rows("survey", len({cell.sheet for cell in cells}))
    context.book.note("survey", "open", opened.dropped)
    _refuse_names(cells, path.name, heading_of_unit(opened.columns), context.names)
    _check_sheets(cells, path.name)
    rows = [row for cell in cells for row in _ticked(cell, path.name)]
    context.book.note("survey", "change", _changed(cells, rows))
    frame = pl.DataFrame(rows, schema=dict.fromkeys(_COLUMNS, pl.String), orient="row").unique()
    numbers = pl.col("respondent").replace_strict(_numbers(frame), default=None, return_dtype=pl.String)
    ordered = frame.with_columns(respondent=numbers).sort("item", "answer", "org_unit", "respondent")
    return schema.conform(ordered, "survey")


def _refuse_names(cells: Sequence[Cell], file: str, unit: dict[str, str], known: frozenset[str]) -> None:
    """Refuse units that name people, and written answers that do: they are not read, and should not lie about."""
    units = pl.DataFrame({"org_unit": [cell.unit for cell in cells if cell.unit]}, schema={"org_unit": pl.String})
    telling_texts.refuse(units, {"org_unit": unit.get("org_unit", "org_unit")}, file=file, known=known)
    n_named = sum(_names_somebody(sheet, known) for sheet in {cell.sheet for cell in cells})
    if n_named:
        raise SurveyError.not_anonymous(file, "respondent", n_named)
    written = [cell for cell in cells if cell.item.kind == "open"]
    n_telling = sum(telling_texts.tells(cell.text, known) for cell in written)
    if n_telling:
        raise SurveyError.telling_texts(file, written[0].column, n_telling)


def _names_somebody(sheet: str, known: frozenset[str]) -> bool:
    """Return whether the mark of a sheet is an address or a full name; a number may be anybody's."""
    return telling_texts.has_address(sheet) or (" " in sheet and telling_texts.tells(sheet, known))


def _check_sheets(cells: Sequence[Cell], file: str) -> None:
    """Refuse a question that a sheet answers twice, and a sheet in two units."""
    answered: set[tuple[str, str]] = set()
    units: dict[str, str] = {}
    for cell in cells:
        place = (cell.sheet, cell.item.key)
        if place in answered and not cell.may_repeat:
            raise InputError.twice(file, cell.column, cell.row)
        answered.add(place)
        if cell.unit and units.setdefault(cell.sheet, cell.unit) != cell.unit:
            raise SurveyError.two_units(file, "org_unit", cell.row)


def _ticked(cell: Cell, file: str) -> Iterator[tuple[str, str, str, str]]:
    """Return the rows that a cell makes; none of what was written."""
    kind = cell.item.kind
    if kind == "open":
        return
    whole = questionnaire.answer_of(kind, cell.text)
    parts = [cell.text] if whole or kind != "hurdles" else [part for part in cell.text.split(";") if part.strip()]
    for part in parts:
        code = questionnaire.answer_of(kind, part)
        if code is None:
            raise SurveyError.wrong_answer(file, cell.column, cell.row, cell.item.key, kind)
        yield cell.sheet, cell.unit, cell.item.key, code


def _changed(cells: Sequence[Cell], rows: Sequence[tuple[str, str, str, str]]) -> dict[str, int]:
    """Return how many written answers were left out, and how many sheets name more hurdles than were asked for."""
    n_hurdles = Counter(sheet for sheet, _, item, _ in set(rows) if item == questionnaire.HURDLES)
    return {
        "written_answers": sum(cell.item.kind == "open" for cell in cells),
        "more_than_three_hurdles": sum(n > questionnaire.MOST_HURDLES for n in n_hurdles.values()),
    }


def _numbers(rows: pl.DataFrame) -> dict[str, str]:
    """Return sheet → number, in the order of what was answered: that of addresses would name them."""
    answers: dict[str, list[tuple[str, ...]]] = {}
    for respondent, *answer in rows.select("respondent", "item", "answer", "org_unit").iter_rows():
        answers.setdefault(respondent, []).append(tuple(text or "" for text in answer))
    ordered = sorted(answers, key=lambda respondent: sorted(answers[respondent]))
    return {respondent: f"r{number}" for number, respondent in enumerate(ordered, start=1)}
