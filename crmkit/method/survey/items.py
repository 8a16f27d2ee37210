"""Agreement per item, and per topic of several items."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit import questionnaire
from crmkit.method.survey import sheets
from crmkit.method.table import Table
from crmkit.method.whom import Whom, box, of

if TYPE_CHECKING:
    from crmkit.client import Client

ANSWERS = ("agree", "neutral", "disagree", "cannot_judge")
#: Neutral and without a judgement together, where few cannot judge some item.
NEITHER = "neither"
#: Scale 1–5 → answer; anything else is "cannot judge".
_SCALE = {"1": "disagree", "2": "disagree", "3": "neutral", "4": "agree", "5": "agree"}
#: Items from which a topic has an index: one alone is shown as itself.
_FEWEST = 2


def items(client: Client) -> Table:
    """Return the answers per item of the scale 1–5, for the client as a whole.

    Returns
    -------
    Table
        item, answer (agree: 4–5, neutral: 3, disagree: 1–2, cannot_judge: also left blank), n, n_total (everybody who
        answered anything), share (0–1). Where one to k−1 people cannot judge some item, neutral and cannot_judge stand
        together as ``neither`` for all items: which one it was is not said, and agreement can be shown.
    """
    frame = _banded(_counts(client), sheets.k_of(client))
    variables = [variable(item) for item in frame["item"]]
    table = sheets.table_of("survey_items", frame, ("item", "answer"), client, {})
    n = tuple(answering(item, _values(answer)) for item, answer in zip(frame["item"], frame["answer"], strict=True))
    notes = sheets.notes_of(client, n_sheets(client)) if len(frame) else ()
    whom = {**table.whom, "n": n}
    return replace(table, whom=whom, splits=tuple(dict.fromkeys(variables)), notes=notes)


def topics(client: Client) -> Table:
    """Return the index of each topic that has several items.

    Returns
    -------
    Table
        topic, n_items, n_total (everybody who answered), index_share (0–1): the mean of the items' shares of agreement.
        It follows from them, and is shown only where each of them is. There is no score over all topics.
    """
    frame = agreeing(client)
    frame["topic"] = [questionnaire.item(item).topic for item in frame["item"]]
    grouped = frame.groupby("topic", sort=False)
    made = grouped.agg(n_items=("item", "size"), n_total=("n_total", "first"), index_share=("share", "mean"))
    made = made[made["n_items"] >= _FEWEST].reset_index()
    rests_on = [[answering(item, ["agree"]) for item in frame.loc[frame["topic"] == t, "item"]] for t in made["topic"]]
    return Table(
        "survey_topics", made, ("topic", "n_items"), (), {"index_share": ("n_total",)}, ("n_total",),
        sheets.RESPONDENTS, k_min=sheets.k_of(client), whom={"n_total": (sheets.everybody(),) * len(made)},
        rests_on={"index_share": tuple(map(tuple, rests_on))}, notes=sheets.notes_of(client, n_sheets(client)),
    )  # fmt: skip


def _banded(frame: pd.DataFrame, k: int) -> pd.DataFrame:
    """Return the counts with neutral and cannot_judge together, if one to k−1 people cannot judge some item."""
    if not (frame["n"].between(1, k - 1) & (frame["answer"] == "cannot_judge")).any():
        return frame
    names = frame["answer"].replace({"neutral": NEITHER, "cannot_judge": NEITHER})
    grouped = frame.assign(answer=names).groupby(["item", "answer"], sort=False, as_index=False)
    return grouped.agg(n=("n", "sum"), n_total=("n_total", "first"))


def _values(answer: str) -> tuple[str, ...]:
    return ("neutral", "cannot_judge") if answer == NEITHER else (answer,)


def agreeing(client: Client) -> pd.DataFrame:
    """Return item, n (who agree), n_total and share of the items of the scale, in the order of the survey."""
    frame = _counts(client)
    frame = frame[frame["answer"] == "agree"].drop(columns="answer").reset_index(drop=True)
    return frame.assign(share=frame["n"].to_numpy(float) / np.maximum(frame["n_total"].to_numpy(float), 1))


def n_sheets(client: Client) -> int:
    """Return how many people answered anything."""
    return int(sheets.answers(client)["respondent"].nunique())


def variable(item: str) -> str:
    """Return the variable that says how a respondent answered an item."""
    return f"item {item}"


def answering(item: str, answers: Iterable[str]) -> Whom:
    """Return whom the number of those counts who gave one of some answers to an item."""
    return of(box(sheets.RESPONDENTS, {variable(item): frozenset(answers)}))


def scaled(client: Client) -> pd.DataFrame:
    """Return respondent, org_unit, item and answer (one of `ANSWERS`) of the items of the scale that were ticked."""
    rows = sheets.answers(client)
    asked = [item.key for item in questionnaire.of_kind("scale")]
    rows = rows[rows["item"].isin(asked)]
    return rows.assign(answer=rows["answer"].str.strip().map(_SCALE).fillna("cannot_judge"))


def _counts(client: Client) -> pd.DataFrame:
    """Return item, answer, n and n_total; who left an item blank cannot judge it."""
    rows, n_total = scaled(client), n_sheets(client)
    judged = set(rows.loc[rows["answer"] != "cannot_judge", "item"])
    order = [item.key for item in questionnaire.of_kind("scale") if item.key in judged]
    cells = pd.MultiIndex.from_product([order, ANSWERS], names=["item", "answer"])
    frame = rows.value_counts(["item", "answer"]).rename("n").reindex(cells, fill_value=0).reset_index()
    blank = n_total - frame.groupby("item")["n"].transform("sum")
    frame["n"] += blank.where(frame["answer"] == "cannot_judge", 0)
    return frame.assign(n_total=n_total, item=frame["item"].astype("str"))
