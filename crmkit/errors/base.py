"""Every error a user may see: one line that says what is wrong, what was found and what to do.

The wording lives here, once. No message ever carries a value from a client's data, only the names of
files, columns and keys.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

#: Letters of a name in a message; a header of a log has sixty.
_LONGEST_NAME = 80


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `` Did you mean "x"?`` for the nearest known word, or an empty string."""
    nearest = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f' Did you mean "{nearest[0]}"?' if nearest else ""


def listed(names: Iterable[object], *, most: int = 12) -> str:
    """Return names in backticks, separated by commas, at most `most` of them."""
    all_names = [f"`{in_one_line(str(name))}`" for name in names]
    more = f" and {len(all_names) - most} more" if len(all_names) > most else ""
    return ", ".join(all_names[:most]) + more if all_names else "nothing"


def in_one_line(name: str) -> str:
    """Return a name of a file or header as a part of one line."""
    plain = name
    if not name.isprintable():
        plain = " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())
    return plain if len(plain) <= _LONGEST_NAME else f"{plain[:_LONGEST_NAME]}…"


class CrmkitError(Exception):
    """Base of all errors that are shown to a user as one line, without a traceback."""


class MethodError(CrmkitError):
    """A question that the data or the definition cannot answer."""


class PrivacyError(CrmkitError):
    """Something would reach a reader that must not."""


class RenderError(CrmkitError):
    """A report could not be rendered."""
