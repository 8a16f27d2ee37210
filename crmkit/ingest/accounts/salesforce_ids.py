"""Salesforce ids: 15 characters that differ by case, or 18 that do not."""

from __future__ import annotations

import re

_SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_SHORT, _LONG, _CHUNK = 15, 18, 5

#: An id of a user, as it stands in exports of any system that is fed from Salesforce.
USER_ID = re.compile(r"005[0-9A-Za-z]{12}(?:[0-9A-Za-z]{3})?")


def canonical_id(given: str) -> str:
    """Return the 18-character form of an id; anything that is no 15-character id comes back stripped.

    Each suffix character says which of five characters are upper case. Case must be kept: two ids of
    15 characters that differ by case are two people. An id of 18 characters is taken as it is, also
    with a suffix that does not fit (anonymised files have such).

    Examples
    --------
    >>> canonical_id("005E00000012345")
    '005E00000012345IAA'
    """
    text = given.strip()
    if len(text) != _SHORT or not text.isascii() or not text.isalnum():
        return text
    chunks = (text[start : start + _CHUNK] for start in range(0, _SHORT, _CHUNK))
    return text + "".join(
        _SUFFIX[sum(1 << place for place, letter in enumerate(chunk) if letter.isupper())] for chunk in chunks
    )


def short_id(given: str) -> str:
    """Return the 15-character form of an id."""
    return given[:_SHORT] if len(given) == _LONG else given


def is_user_id(text: str) -> bool:
    """Tell whether a text is the id of a Salesforce user."""
    return USER_ID.fullmatch(text) is not None
