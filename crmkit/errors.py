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


class InputError(CrmkitError):
    """An export of the client cannot be read right."""

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


class GoalError(CrmkitError):
    """A goal sentence or its parts are not understood."""


class PrivacyError(CrmkitError):
    """Something would reach a reader that must not."""


class RenderError(CrmkitError):
    """A report could not be rendered."""
