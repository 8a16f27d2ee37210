"""What was said in interviews: paraphrases that were released, and no word of the others."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from crmkit.errors import SurveyError
from crmkit.ingest.discretion.telling_texts import tells

#: Words that say that a paraphrase may be shown.
TRUE = ("true", "ja", "yes", "1", "x")
#: Words that say that it may not; blank is one of them.
FALSE = ("false", "nein", "no", "0", "")
_TOLD = ("source", "role_group", "theme", "paraphrase")


def released(
    rows: pl.DataFrame, headers: Mapping[str, str], *, file: str, known: frozenset[str] = frozenset()
) -> pl.DataFrame:
    """Return interviews without the words of paraphrases that were not released.

    Parameters
    ----------
    rows
        source, role_group, theme, paraphrase, released, as texts.
    headers
        Column of the kit → header in the file.
    file
        Name for the message.
    known
        What names a user, from `telling_texts.names_of`.

    Raises
    ------
    SurveyError
        If one of the texts names a user, or holds an address: a theme or a source is printed or kept, too; or if
        `released` says neither yes nor no.
    """
    for column in _TOLD:
        for row, text in enumerate(rows[column], start=2):
            if text is not None and tells(text, known):
                raise SurveyError.names_somebody(file, headers.get(column, column), row)
    for row, text in enumerate(rows["released"], start=2):
        if (text or "").strip().lower() not in (*TRUE, *FALSE):
            raise SurveyError.released_or_not(file, headers.get("released", "released"), row)
    is_released = pl.col("released").str.to_lowercase().is_in(TRUE).fill_null(value=False)
    return rows.with_columns(paraphrase=pl.when(is_released).then("paraphrase"))
