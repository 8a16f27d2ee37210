"""Every error a user may see: one line that says what is wrong, what was found and what to do.

The wording lives here, once. No message ever carries a value from a client's data, only the names of
files, columns and keys.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Self


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `` Did you mean "x"?`` for the nearest known word, or an empty string."""
    nearest = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f' Did you mean "{nearest[0]}"?' if nearest else ""


def listed(names: Iterable[object], *, most: int = 12) -> str:
    """Return names in backticks, separated by commas, at most `most` of them."""
    all_names = [f"`{name}`" for name in names]
    more = f" and {len(all_names) - most} more" if len(all_names) > most else ""
    return ", ".join(all_names[:most]) + more if all_names else "nothing"


class CrmkitError(Exception):
    """Base of all errors that are shown to a user as one line, without a traceback."""


class SettingsError(CrmkitError):
    """Something in ``client.yml`` or the client folder is wrong."""

    @classmethod
    def unknown_key(cls, file: str, key: str, known: Iterable[str]) -> Self:
        """Return the error for a key that the settings do not know."""
        known = sorted(known)
        hint = did_you_mean(key.rsplit(".", 1)[-1], known)
        return cls(f"{file}: unknown key `{key}`.{hint} Known here: {listed(known, most=30)}.")

    @classmethod
    def wrong_value(cls, file: str, key: str, problem: str) -> Self:
        """Return the error for a value of the wrong type or range."""
        return cls(f"{file}: `{key}`: {problem}.")

    @classmethod
    def missing_key(cls, file: str, key: str) -> Self:
        """Return the error for a mandatory key that is not there."""
        return cls(f"{file}: the key `{key}` is missing. `crmkit new DIR` writes a file that explains every key.")

    @classmethod
    def missing_file(cls, file: str, todo: str) -> Self:
        """Return the error for a file that is named but does not exist."""
        return cls(f"{file}: no such file. {todo}")

    @classmethod
    def not_prepared(cls, folder: str) -> Self:
        """Return the error for a client folder whose exports have not been prepared."""
        return cls(f"{folder}: not prepared yet, run `crmkit prepare {folder}`.")

    @classmethod
    def wrong_key(cls, file: str) -> Self:
        """Return the error for a key file that holds no key."""
        return cls(
            f"{file}: holds no key (64 hexadecimal digits). Restore it, or delete it and prepare all exports again."
        )


class InputError(CrmkitError):
    """An export of the client cannot be read right."""

    @classmethod
    def no_sheet(cls, file: str, sheet: str, found: Iterable[str]) -> Self:
        """Return the error for a sheet that the workbook does not have."""
        found = list(found)
        return cls(f"{file}: no sheet `{sheet}`.{did_you_mean(sheet, found)} Found: {listed(found)}.")

    @classmethod
    def not_this_export(cls, file: str, what: str, missing: Iterable[str], found: Iterable[str]) -> Self:
        """Return the error for a file that another reader should read."""
        return cls(
            f"{file}: is no {what}: {listed(missing)} missing. Found: {listed(found)}. "
            "`crmkit readers` lists the readers; name the right one in client.yml: `reader: …`."
        )

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
    def missing_column(cls, file: str, column: str, found: Iterable[str], field: str) -> Self:
        """Return the error for a column that is not in the file; `field` is the kit's own name."""
        found = list(found)
        guess = get_close_matches(column, found, n=1, cutoff=0.4)
        example = guess[0] if guess else "Header in the file"
        return cls(
            f"{file}: column `{column}` is missing. Found: {listed(found)}. "
            f"Map it in client.yml: `columns: {{{field}: {example}}}`."
        )

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
    def refused_column(cls, file: str, column: str, reason: str) -> Self:
        """Return the error for a column that the kit must not take in."""
        return cls(f"{file}: column `{column}` is refused: {reason}. Remove it from the file.")


class MethodError(CrmkitError):
    """A question that the data or the definition cannot answer."""


class PrivacyError(CrmkitError):
    """Something would reach a reader that must not."""


class RenderError(CrmkitError):
    """A report could not be rendered."""


class CallError(CrmkitError):
    """The call itself is wrong: it names something that is not there, or contradicts itself."""

    @classmethod
    def no_folder(cls, folder: str) -> Self:
        """Return the error for a client folder that does not exist."""
        return cls(f"{folder}: no such folder. `crmkit new {folder}` makes a client folder.")

    @classmethod
    def not_a_folder(cls, path: str, folder: str) -> Self:
        """Return the error for a file where a folder is meant."""
        return cls(f"{path}: is a file, expected a client folder. Did you mean `{folder}`?")

    @classmethod
    def no_client(cls, folder: str) -> Self:
        """Return the error for a folder that is no client folder and holds none."""
        return cls(f"{folder}: no `client.yml` in it or in the folders below. `crmkit new DIR` makes a client folder.")

    @classmethod
    def same_name(cls, name: str, one: str, other: str) -> Self:
        """Return the error for two client folders whose reports would get the same place."""
        return cls(
            f"two client folders are called `{name}`: {one} and {other}. "
            "Rename one, or render them into different output folders."
        )

    @classmethod
    def reserved_name(cls, folder: str, name: str) -> Self:
        """Return the error for a client folder whose name crmkit needs itself."""
        return cls(f"{folder}: `{name}` cannot be the name of a client folder. Rename it, for example to the firm's.")

    @classmethod
    def wrong_date(cls, key: str, value: str) -> Self:
        """Return the error for a text that is no date."""
        return cls(f'{key}: "{value}" is no date, write it as YYYY-MM-DD.')

    @classmethod
    def wrong_output(cls, folder: str, problem: str) -> Self:
        """Return the error for an output folder that cannot be written."""
        return cls(f"{folder}: cannot be used as output folder: {problem}.")

    @classmethod
    def no_notebook(cls, file: str, problem: str) -> Self:
        """Return the error for a notebook that is not there or cannot be read."""
        return cls(f"{file}: no notebook to render: {problem}.")

    @classmethod
    def no_parameters(cls, file: str) -> Self:
        """Return the error for a notebook that cannot be told which client it is about."""
        return cls(
            f"{file}: no code cell has the tag `parameters`. Add one with "
            '`client_dir: str = ""`, `as_of: str = ""` and `language: str = ""`.'
        )

    @classmethod
    def undeclared(cls, file: str, missing: Iterable[str], declared: Iterable[str]) -> Self:
        """Return the error for a notebook whose parameters cell lacks what `render` hands in."""
        return cls(f"{file}: the parameters cell does not declare {listed(missing)}. Declared: {listed(declared)}.")
