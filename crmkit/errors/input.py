"""Errors about exports and the tables beside them."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Self

from crmkit.errors.base import CrmkitError, did_you_mean, in_one_line, listed


def _looks_like(reader: str) -> str:
    return f"This looks like `{reader}`: say so in client.yml: `reader: {reader}`." if reader else ""


class InputError(CrmkitError):
    """An export of the client cannot be read right."""

    @classmethod
    def no_sheet(cls, file: str, sheet: str, found: Iterable[str]) -> Self:
        """Return the error for a sheet that the workbook does not have."""
        found = list(found)
        return cls(f"{file}: no sheet `{sheet}`.{did_you_mean(sheet, found)} Found: {listed(found)}.")

    @classmethod
    def not_this_export(
        cls, file: str, what: str, missing: Iterable[str], found: Iterable[str], looks_like: str = ""
    ) -> Self:
        """Return the error for a file that another reader should read; `looks_like` is that reader, if it is known."""
        todo = _looks_like(looks_like) or (
            "`crmkit readers` lists the readers; name the right one in client.yml: `reader: …`."
        )
        return cls(f"{file}: is no {what}: {listed(missing)} missing. Found: {listed(found)}. {todo}")

    @classmethod
    def another_reader(cls, file: str, reader: str, looks_like: str) -> Self:
        """Return the error for a file that is plainly for another reader than the one named."""
        return cls(f"{file}: has no headers of `{reader}`. {_looks_like(looks_like)}")

    @classmethod
    def mostly_dropped(cls, source: str, reason: str, n: int, total: int) -> Self:
        """Return the error for a source of which most rows had to be dropped."""
        return cls(
            f"{source}: {n} of {total} rows dropped ({reason.replace('_', ' ')}), more than half. "
            "Check that the export, its reader and the user list belong together."
        )

    @classmethod
    def bad_number(cls, file: str, column: str, row: int) -> Self:
        """Return the error for a cell that is no number."""
        return cls(f"{file}: column `{column}`, row {row}: not a number. Write it as 1234.5 or 1.234,5.")

    @classmethod
    def wrong_row(cls, file: str, row: int, problem: str) -> Self:
        """Return the error for a row that cannot be right."""
        return cls(f"{file}: row {row}: {problem}.")

    @classmethod
    def twice(cls, file: str, column: str, row: int) -> Self:
        """Return the error for something that may stand in a file once only."""
        return cls(f"{file}: column `{column}`, row {row}: stands here twice. Keep one row.")

    @classmethod
    def not_part_time(cls, file: str, column: str) -> Self:
        """Return the error for working time that is neither a share nor percent."""
        return cls(
            f"{file}: column `{column}`: neither shares of a full contract (0.5) nor percent (50 %), perhaps hours. "
            "Write them as shares."
        )

    @classmethod
    def missing_column(cls, file: str, column: str, found: Iterable[str], field: str, looks_like: str = "") -> Self:
        """Return the error for a column that is not in the file; `field` is the kit's own name."""
        found = list(found)
        guess = get_close_matches(column, found, n=1, cutoff=0.4)
        example, column = guess[0] if guess else "Header in the file", in_one_line(column)
        todo = _looks_like(looks_like) or f"Map it in client.yml: `columns: {{{field}: {example}}}`."
        return cls(f"{file}: column `{column}` is missing. Found: {listed(found)}. {todo}")

    @classmethod
    def empty(cls, file: str) -> Self:
        """Return the error for an export without a single row."""
        return cls(f"{file}: the export is empty. Ask for it again, with its period and filters stated.")

    @classmethod
    def unreadable(cls, file: str, problem: str) -> Self:
        """Return the error for a file whose bytes make no table."""
        return cls(f"{file}: cannot be read as a table: {problem}.")

    @classmethod
    def ambiguous_dates(cls, file: str, column: str) -> Self:
        """Return the error for dates that fit day/month as well as month/day."""
        return cls(
            f"{file}: column `{column}`: every date fits day-month as well as month-day order. "
            'Say which in client.yml: `date_format: "%d/%m/%Y"` (day first) or `"%m/%d/%Y"` (month first).'
        )

    @classmethod
    def wrong_dates(cls, file: str, column: str, n_wrong: int, n_rows: int, date_format: str | None) -> Self:
        """Return the error for values that are no dates of the declared or inferred format."""
        tried = f"the format `{date_format}`" if date_format else "any known date format"
        return cls(
            f"{file}: column `{column}`: {n_wrong} of {n_rows} values do not fit {tried}. "
            'Declare it in client.yml: `date_format: "%d.%m.%Y %H:%M"`.'
        )

    @classmethod
    def names_people(cls, file: str, column: str, n: int) -> Self:
        """Return the error for units, roles or licences in which people are named."""
        return cls(
            f"{file}: column `{column}`: {n} of its values hold a name or address of a user. It would be printed: "
            "name units and roles without people, map another column in client.yml, or give shared accounts the "
            "`account_type` service."
        )

    @classmethod
    def free_text(cls, file: str, column: str, row: int) -> Self:
        """Return the error for a comment where a ticked answer is expected."""
        return cls(
            f"{file}: column `{column}`, row {row}: free text. Only ticked answers are read; "
            "what people wrote belongs, paraphrased and released, into voices.csv."
        )

    @classmethod
    def wrong_weeks(cls, file: str, column: str, n_wrong: int, n_rows: int) -> Self:
        """Return the error for values that are no weeks."""
        return cls(
            f"{file}: column `{column}`: {n_wrong} of {n_rows} values are no weeks. "
            "Write the Monday (2026-06-22) or the ISO week (2026-W26)."
        )

    @classmethod
    def no_days(cls, file: str, least: int) -> Self:
        """Return the error for weeks that do not say on how many days of them anything was done."""
        return cls(
            f"{file}: column `n_days` is missing, but `active.min_days` is {least} in client.yml. "
            "Deliver the number of days with use in each week, or count weeks from one day on."
        )

    @classmethod
    def needs_exports(cls, file: str) -> Self:
        """Return the error for a list of people that came after the exports were left behind."""
        return cls(
            f"{file}: names people as the exports do, and these are not here. "
            "Prepare again where the exports are, or take the file away."
        )

    @classmethod
    def too_large(cls, file: str, problem: str) -> Self:
        """Return the error for a file that unpacks to more than any export holds."""
        return cls(f"{file}: is not read: {problem}. Deliver it unpacked, or in parts.")

    @classmethod
    def refused_column(cls, file: str, column: str, reason: str) -> Self:
        """Return the error for a column that the kit must not take in."""
        return cls(f"{file}: column `{column}` is refused: {reason}. Remove it from the file.")

    @classmethod
    def refused_value(cls, file: str, column: str, row: int, reason: str) -> Self:
        """Return the error for a cell that the kit must not take in; its content is not shown."""
        return cls(f"{file}: column `{column}`, row {row}: refused: {reason}.")

    @classmethod
    def no_pseudonyms(cls, file: str, column: str, problem: str) -> Self:
        """Return the error for ids that are said to be pseudonyms but do not look like any."""
        return cls(
            f"{file}: column `{column}`: {problem}, but `privacy.pseudonyms` is `ready` in client.yml. "
            "Deliver pseudonyms of 12 characters or more, or take `ready` out."
        )

    @classmethod
    def which_column(cls, file: str, field: str, candidates: Iterable[str]) -> Self:
        """Return the error for a file in which several columns may be the one that is looked for."""
        candidates = list(candidates)
        return cls(
            f"{file}: which column is `{field}`: {listed(candidates)}? "
            f"Say so in client.yml: `columns: {{{field}: {candidates[0]}}}`."
        )

    @classmethod
    def no_key(cls, file: str, column: str, n_double: int, n_rows: int, looks_like: str = "") -> Self:
        """Return the error for a user list whose ids do not tell its rows apart."""
        todo = _looks_like(looks_like) or "Say which column is in client.yml: `columns: {user_id: …}`."
        return cls(
            f"{file}: column `{column}`: {n_double} of {n_rows} rows repeat an account, so it is no id of accounts. "
            f"{todo}"
        )

    @classmethod
    def no_header(cls, file: str) -> Self:
        """Return the error for a file that begins with data."""
        return cls(
            f"{file}: it has no line of headers: its first rows hold dates, addresses or numbers. "
            "Export it with headers, or write one name for each column above the first row."
        )

    @classmethod
    def no_delimiter(cls, file: str) -> Self:
        """Return the error for a stated delimiter that can be none."""
        return cls(
            f"{file}: `delimiter` in client.yml is not one sign that parts columns. "
            "Write one such as `;`, `,`, `|` or `tab`, or leave it out: it is recognised."
        )

    @classmethod
    def no_encoding(cls, file: str) -> Self:
        """Return the error for a stated encoding that does not exist."""
        return cls(
            f"{file}: `encoding` in client.yml is not known. "
            "Write one such as `utf-8`, `cp1252` or `utf-16`, or leave it out: it is recognised."
        )

    @classmethod
    def wrong_encoding(cls, file: str) -> Self:
        """Return the error for a stated encoding that is not that of the file."""
        return cls(
            f"{file}: `encoding` in client.yml is not that of the file: many letters of it are none. "
            "Leave it out: it is recognised."
        )

    @classmethod
    def protected(cls, file: str) -> Self:
        """Return the error for a workbook that opens only with a password."""
        return cls(f"{file}: is protected with a password. Save it in Excel without one, and deliver that.")

    @classmethod
    def of_two_systems(cls, file: str, column: str, row: int, systems: Iterable[str]) -> Self:
        """Return the error for an id that is that of different accounts in several systems."""
        first, *_ = names = list(systems)
        return cls(
            f"{file}: column `{column}`, row {row}: the id is known in {listed(names)}. "
            f"Write it with its system, such as `{first}:…`."
        )

    @classmethod
    def of_no_use(cls, file: str, what: str) -> Self:
        """Return the error for an export that looks like a log of use and is none."""
        return cls(f"{file}: is {what}. Take it out of client.yml.")

    @classmethod
    def mixed_dates(cls, file: str, column: str, n_day_first: int, n_month_first: int) -> Self:
        """Return the error for a column in which day and month stand in both orders."""
        return cls(
            f"{file}: column `{column}`: {n_day_first} dates can only be day-month, {n_month_first} only month-day, so "
            "that nobody can know the others. Ask for the export again with one order, such as 2026-06-30."
        )
