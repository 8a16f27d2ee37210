"""Errors about the answers of the survey, and about what was said in interviews."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from crmkit.errors.base import listed
from crmkit.errors.input import InputError

_ANSWERS = {
    "scale": "1–5 or their words in German or English, and `cannot judge`",
    "how_often": "`never`, `rarely`, `monthly`, `weekly`, `daily` in German or English, and `cannot judge`",
    "hurdles": "the hurdles of the sheet in German or English, separated by `;`",
}


class SurveyError(InputError):
    """The survey or the interviews cannot be read right, or hold what must not be read."""

    @classmethod
    def no_question(cls, file: str, found: Iterable[str]) -> Self:
        """Return the error for a file of which no column is a question of the survey."""
        return cls(
            f"{file}: no column is a question of the survey. Found: {listed(found)}. Head the columns with the "
            "questions, or `Q1` … `Q15`; `crmkit survey CLIENT` writes a template."
        )

    @classmethod
    def unknown_item(cls, file: str, column: str, row: int) -> Self:
        """Return the error for an item that is no question of the survey."""
        return cls(
            f"{file}: column `{column}`, row {row}: is no question of the survey. "
            "Write its number (1–15) or its wording."
        )

    @classmethod
    def wrong_answer(cls, file: str, column: str, row: int, key: str, kind: str) -> Self:
        """Return the error for a cell that is no answer to its question."""
        return cls(
            f"{file}: column `{column}`, row {row}: is no answer to question {key}. Known are {_ANSWERS[kind]}; what "
            "people wrote belongs, paraphrased and released, into voices.csv."
        )

    @classmethod
    def not_anonymous(cls, file: str, column: str, n: int) -> Self:
        """Return the error for a survey that recorded who answered."""
        return cls(
            f"{file}: column `{column}`: {n} answers carry an address or a name, so the survey was not anonymous and "
            "is not read. Delete the column; next time switch off `Record name` in the settings of the form."
        )

    @classmethod
    def telling_texts(cls, file: str, column: str, n: int) -> Self:
        """Return the error for written answers that name somebody."""
        return cls(
            f"{file}: column `{column}`: {n} written answers hold a name or an address of a user. What was written is "
            "not read at all: take the column out of the file."
        )

    @classmethod
    def names_somebody(cls, file: str, column: str, row: int) -> Self:
        """Return the error for an interview in which somebody is named."""
        return cls(
            f"{file}: column `{column}`, row {row}: holds a name or an address of a user. It would be printed: say it "
            "without the person."
        )

    @classmethod
    def released_or_not(cls, file: str, column: str, row: int) -> Self:
        """Return the error for a paraphrase of which nobody can tell whether it may be shown."""
        return cls(
            f"{file}: column `{column}`, row {row}: is neither yes nor no. Write `yes` once the person has read and "
            "released the paraphrase, else `no`."
        )

    @classmethod
    def two_units(cls, file: str, column: str, row: int) -> Self:
        """Return the error for a respondent in two organisational units."""
        return cls(f"{file}: column `{column}`, row {row}: the respondent stands in another unit before. Keep one.")

    @classmethod
    def no_respondent(cls, file: str, column: str, row: int) -> Self:
        """Return the error for an answer that belongs to no sheet."""
        return cls(f"{file}: column `{column}`, row {row}: is empty. Number the answer sheets: 1, 2, 3 …")

    @classmethod
    def two_files(cls, one: str, other: str) -> Self:
        """Return the error for two files that both are the survey."""
        return cls(f"{one}: lies beside {other}, and both are the survey. Keep one, or join them.")
