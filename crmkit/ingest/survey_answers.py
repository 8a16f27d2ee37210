"""Survey answers: what was ticked, by nobody in particular; what was written stays out."""

from __future__ import annotations

import polars as pl

from crmkit.errors import InputError
from crmkit.ingest.telling_texts import has_address

#: Characters of the longest answer that can be ticked.
LONGEST = 40
#: Different ticked answers of one item; more of them are words of people.
MOST_ANSWERS = 15


def ticked(rows: pl.DataFrame, *, file: str, column: str) -> pl.DataFrame:
    """Return the answers with numbers for respondents: a survey tool may know them by their address.

    Parameters
    ----------
    rows
        respondent, item, answer.
    file, column
        Names for the message.

    Raises
    ------
    InputError
        If an answer is free text.
    """
    words = rows.with_row_index("row", offset=2).filter(pl.col("answer").cast(pl.Float64, strict=False).is_null())
    n_different = pl.col("answer").n_unique().over("item")
    is_free = (pl.col("answer").str.len_chars() > LONGEST) | (n_different > MOST_ANSWERS)
    is_free |= pl.col("answer").map_elements(has_address, return_dtype=pl.Boolean)
    free = words.filter(pl.col("answer").is_not_null()).filter(is_free)
    if free.height:
        raise InputError.free_text(file, column, int(free["row"][0]))
    numbers = pl.format("r{}", pl.col("respondent").rank("dense"))
    return rows.with_columns(respondent=pl.when(pl.col("respondent").is_not_null()).then(numbers))
