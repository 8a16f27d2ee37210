"""What makes work with the CRM hard, and how often customer data are kept elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from crmkit import questionnaire
from crmkit.method.counted import YES
from crmkit.method.survey import sheets
from crmkit.method.survey.items import n_sheets, variable
from crmkit.method.table import Table
from crmkit.method.whom import box, of

if TYPE_CHECKING:
    from crmkit.client import Client


def hurdles(client: Client) -> Table:
    """Return how many name each hurdle; up to three could be ticked, so that the shares add up to more than 1.

    Returns
    -------
    Table
        hurdle (in the order of the sheet), n, n_total (everybody who answered anything), share (0–1). No rows where the
        question was not asked.
    """
    rows = _ticked(client, questionnaire.HURDLES).drop_duplicates(["respondent", "answer"])
    codes = [answer.code for answer in questionnaire.ANSWERS["hurdles"]] if len(rows) else []
    frame = _counted(rows, codes, "hurdle", n_sheets(client))
    n = tuple(of(box(sheets.RESPONDENTS, {f"hurdle {code}": YES})) for code in frame["hurdle"])
    table = sheets.table_of("survey_hurdles", frame, ("hurdle",), client, {})
    return replace(table, whom={**table.whom, "n": n}, notes=_notes(frame, client))


def elsewhere(client: Client) -> Table:
    """Return how often customer data are kept outside the CRM: what no log of the CRM can show.

    Returns
    -------
    Table
        answer (never, rarely, monthly, weekly, daily, cannot_judge: also left blank), n, n_total (everybody who
        answered anything), share (0–1). No rows where the question was not asked.
    """
    rows = _ticked(client, questionnaire.ELSEWHERE).drop_duplicates("respondent")
    n_total = n_sheets(client)
    codes = [answer.code for answer in questionnaire.ANSWERS["how_often"]] if len(rows) else []
    frame = _counted(rows, codes, "answer", n_total)
    blank = n_total - int(frame["n"].sum())
    frame["n"] += (frame["answer"] == questionnaire.CANNOT_JUDGE) * blank
    name = variable(questionnaire.ELSEWHERE)
    table = sheets.table_of("survey_elsewhere", frame, ("answer",), client, {name: frame["answer"]}, splits=(name,))
    return replace(table, notes=_notes(frame, client))


def _ticked(client: Client, item: str) -> pd.DataFrame:
    rows = sheets.answers(client)
    return rows[rows["item"] == item]


def _counted(rows: pd.DataFrame, codes: list[str], dimension: str, n_total: int) -> pd.DataFrame:
    counts = rows["answer"].value_counts().reindex(codes, fill_value=0)
    frame = counts.rename_axis(dimension).rename("n").reset_index().astype({dimension: "str", "n": "int64"})
    return frame.assign(n_total=n_total)


def _notes(frame: pd.DataFrame, client: Client) -> tuple[str, ...]:
    return sheets.notes_of(client, n_sheets(client)) if len(frame) else ()
