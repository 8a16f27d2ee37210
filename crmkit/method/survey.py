"""The pulse survey: shares of agreement per item, never joined to persons, never an overall score."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crmkit.method.table import Table
from crmkit.method.whom import box, of
from crmkit.settings import SURVEY_K

if TYPE_CHECKING:
    from crmkit.client import Client

ANSWERS = ("agree", "neutral", "disagree", "cannot_judge")
#: Scale 1–5 → answer; anything else is "cannot judge".
_SCALE = {"1": "disagree", "2": "disagree", "3": "neutral", "4": "agree", "5": "agree"}


def items(client: Client) -> Table:
    """Return the answers per item of the scale 1–5, for the client as a whole.

    Returns
    -------
    Table
        item, answer (agree: 4–5, neutral: 3, disagree: 1–2, cannot_judge), n, n_total (answers to the
        item), share (0–1). At least seven people stand behind a shown number.
    """
    rows = client.survey[client.survey["item"].str.fullmatch(r"\d+")]
    scaled = rows.assign(
        item=rows["item"].astype(int), answer=rows["answer"].str.strip().map(_SCALE).fillna("cannot_judge")
    )
    numbers = sorted(scaled.loc[scaled["answer"] != "cannot_judge", "item"].unique())
    cells = pd.MultiIndex.from_product([numbers, ANSWERS], names=["item", "answer"])
    counts = scaled.value_counts(["item", "answer"]).rename("n").reindex(cells, fill_value=0).reset_index()
    frame = counts.assign(item=counts["item"].astype("str"), n_total=counts.groupby("item")["n"].transform("sum"))
    frame["share"] = frame["n"] / frame["n_total"]
    derived = {"share": ("n", "n_total")}
    whom = {
        "n": tuple(
            of(box("respondents", {f"item {i}": a})) for i, a in zip(frame["item"], frame["answer"], strict=True)
        ),
        "n_total": tuple(of(box("respondents", {f"item {item}": frozenset(ANSWERS)})) for item in frame["item"]),
    }
    return Table(
        "survey_items", frame, ("item", "answer"), ("n",), derived, ("n_total",), "respondents", k_min=SURVEY_K,
        whom=whom,
    )  # fmt: skip
