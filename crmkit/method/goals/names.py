"""Names as people write them: of goals, units, figures."""

from __future__ import annotations

import unicodedata


def even(name: object) -> str:
    """Return a name as it is compared: without case, surplus blanks, and a full stop at its end."""
    return " ".join(unicodedata.normalize("NFC", str(name)).split()).rstrip(".").casefold()


def tidy(name: str) -> str:
    """Return a name as it is kept: composed letters, single blanks, no control characters."""
    plain = "".join(" " if unicodedata.category(letter).startswith("C") else letter for letter in name)
    return " ".join(unicodedata.normalize("NFC", plain).split())
