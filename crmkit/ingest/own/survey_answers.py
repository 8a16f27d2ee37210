"""Survey answers: what was ticked, by nobody in particular; what was written stays out."""

from __future__ import annotations

import polars as pl

from crmkit.errors import InputError
from crmkit.ingest.discretion.telling_texts import tells

#: Characters of the longest answer that can be ticked.
LONGEST = 40
#: Different ticked answers of one item; more of them are words of people.
MOST_ANSWERS = 15
#: Share of an item's different answers (0–1) that may stand in the survey just once: people repeat what they tick.
MOST_SINGLE = 0.5
#: Answers that are ticked even where they stand alone.
_OFFERED = (
    "cannot_judge", "daily", "weekly", "monthly", "rarely", "never", "yes", "no", "täglich", "wöchentlich", "monatlich",
    "selten", "nie", "ja", "nein", "keine angabe", "kann ich nicht beurteilen", "weiß nicht",
)  # fmt: skip


def ticked(rows: pl.DataFrame, *, file: str, column: str, known: frozenset[str] = frozenset()) -> pl.DataFrame:
    """Return the answers with numbers for respondents: a survey tool may know them by their address.

    Parameters
    ----------
    rows
        respondent, item, answer, org_unit.
    file, column
        Names for the message.
    known
        What names a user, from `telling_texts.names_of`.

    Raises
    ------
    InputError
        If an answer is free text.
    """
    words = rows.with_row_index("row", offset=2).filter(pl.col("answer").cast(pl.Float64, strict=False).is_null())
    is_single = (pl.len().over("answer") == 1) & ~pl.col("answer").str.to_lowercase().is_in(_OFFERED)
    words = words.filter(pl.col("answer").is_not_null()).with_columns(is_single=is_single)
    n_different = pl.col("answer").n_unique().over("item")
    is_free = (pl.col("answer").str.len_chars() > LONGEST) | (n_different > MOST_ANSWERS)
    is_free |= pl.col("is_single").sum().over("item") > MOST_SINGLE * n_different
    is_free |= pl.col("answer").map_elements(lambda answer: tells(answer, known), return_dtype=pl.Boolean)
    free = words.filter(is_free)
    if free.height:
        raise InputError.free_text(file, column, int(free["row"][0]))
    numbers = pl.col("respondent").replace_strict(_numbers(rows), default=None, return_dtype=pl.String)
    return rows.with_columns(respondent=numbers).sort("item", "answer", "org_unit", "respondent")


def _numbers(rows: pl.DataFrame) -> dict[str, str]:
    """Return respondent → number, in the order of what they answered: that of their addresses would name them."""
    answers: dict[str, list[tuple[str, ...]]] = {}
    for respondent, *answer in rows.select("respondent", "item", "answer", "org_unit").iter_rows():
        if respondent is not None:
            answers.setdefault(respondent, []).append(tuple(text or "" for text in answer))
    ordered = sorted(answers, key=lambda respondent: sorted(answers[respondent]))
    return {respondent: f"r{number}" for number, respondent in enumerate(ordered, start=1)}
