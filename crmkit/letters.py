"""Texts of a client as a report can show them: no letter that hides, turns or breaks others, and no endless ones.

Names of units, titles and answers come from whoever filled the CRM or wrote ``client.yml``. They are made
legible once, where settings and prepared tables are opened, so that the same text is the same everywhere.
"""

from __future__ import annotations

import re
from typing import Any

#: Longest text that is taken as it is (characters); a page of prose has about 3,000, a unit's name 30.
LONGEST = 1000
#: How much of the end of a longer text is kept, so that texts that begin alike stay apart.
_TAIL = 20
#: Longest run of letters that is a word or an address, and not noise.
_LONGEST_UNBROKEN = 180
#: Longest run of letters that a line may hold unbroken, and after how many letters it may be broken.
LONGEST_WORD = 40
_STEP = 20

_SOFT_HYPHEN = "\u00ad"
_SPACES = dict.fromkeys([*range(0x09, 0x0E), 0x85, 0x2028, 0x2029], " ")
#: Control characters; marks that turn the direction of what follows; what is no character at all.
_GONE = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
_BROKEN = dict.fromkeys([*range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "\ufffd")
_TABLE = _GONE | _BROKEN | _SPACES
_ENDLESS = re.compile(rf"\S{{{_LONGEST_UNBROKEN + 1},}}")
_LONG_WORD = re.compile(rf"[^\s{_SOFT_HYPHEN}\u200b]{{{LONGEST_WORD + 1},}}")


def legible(text: str, *, longest: int = LONGEST) -> str:
    r"""Return a text without control characters and direction marks, and shortened where it is endless.

    Examples
    --------
    >>> legible("Nord\x00\u202e\nund Süd"), legible("Nord " * 300)[-26:], len(legible("x" * 1200))
    ('Nord und Süd', ' Nord…Nord Nord Nord Nord ', 180)
    """
    words = _ENDLESS.sub(lambda found: _shortened(found[0], _LONGEST_UNBROKEN), text.translate(_TABLE))
    return _shortened(words, longest)


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - _TAIL - 1].rstrip()}…{text[-_TAIL:]}"


def legible_values(value: Any) -> Any:
    """Return plain values (mappings, lists, texts, numbers) with all their texts legible."""
    if isinstance(value, str):
        return legible(value)
    if isinstance(value, dict):
        return {legible_values(key): legible_values(one) for key, one in value.items()}
    return [legible_values(one) for one in value] if isinstance(value, list) else value


def breakable(text: str) -> str:
    r"""Return a text in which a word that is longer than a line may be broken, as hyphenated words are.

    Examples
    --------
    >>> breakable("x" * 50).split("\u00ad")
    ['xxxxxxxxxxxxxxxxxxxx', 'xxxxxxxxxxxxxxxxxxxx', 'xxxxxxxxxx']
    """
    return _LONG_WORD.sub(lambda found: _SOFT_HYPHEN.join(_parts(found[0])), text)


def _parts(word: str) -> list[str]:
    return [word[start : start + _STEP] for start in range(0, len(word), _STEP)]
