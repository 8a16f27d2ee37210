"""Spellings of one name: what two of them have in common, and which one is written best."""

from __future__ import annotations

import re
import unicodedata

from crmkit.method.units.paths import SEPARATOR

_WORD = re.compile(r"[^\W\d_]+\.?|\d+|/")
#: German letters as they are typed where the keyboard lacks them; other accents are simply dropped.
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
#: A space that stands between two numbers parts them; elsewhere it is a matter of spelling ("Team1").
_SPELLED_SPACE = re.compile(r"(?<!\d) | (?!\d)")
_SMALL_WORDS = frozenset(("und", "für", "der", "and", "for", "of", "the"))


def clean(name: str) -> str:
    """Return a name in composed letters, with single spaces and none at the ends of its parts."""
    seen = "".join(char for char in name if unicodedata.category(char) != "Cf")
    parts = unicodedata.normalize("NFC", seen).split(SEPARATOR)
    return SEPARATOR.join(" ".join(part.split()) for part in parts)


def words(name: str) -> list[str]:
    """Return the words, numbers and separators of a name as they are written; abbreviations with their dot."""
    return _WORD.findall(clean(name).replace("&", " und ").replace("+", " und "))


def folded(text: str) -> str:
    """Return a word as it is compared: lower case, umlauts written out, without accents and leading zeros."""
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).lower()).translate(_LETTERS)
    letters = unicodedata.normalize("NFKD", plain.casefold())
    return "".join(char for char in letters if not unicodedata.combining(char)).rstrip(".").lstrip("0") or "0"


def key(name: str) -> str:
    """Return what all spellings of a name have in common: hyphens, spaces, case and umlauts make no difference."""
    return _SPELLED_SPACE.sub("", " ".join(folded(word) for word in words(name)))


def flaws(name: str) -> tuple[int, int, str]:
    """Return how badly a name is written; the name itself ends it so that the order is always the same."""
    found = [word for word in words(name) if word[0].isalpha()]
    wrong = (
        sum(word.islower() and word not in _SMALL_WORDS for word in found),
        len(found) > 1 and name.isupper(),
        len(re.findall(r"[-_.]|\b0", name)),
        len(re.findall(r"(?i)ae|oe|ue|ss", name)),
    )
    return sum(wrong), -name.count(" "), name
