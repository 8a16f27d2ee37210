"""What counts as named: an agreement that is only announced, or stands open, is none."""

from __future__ import annotations

import re
import unicodedata

#: Fewer letters, and fewer letters and digits, name nothing: "BV 7/2025" is an agreement, "ja" and "?" are none.
LEAST_LETTERS, LEAST_SIGNS = 2, 3
#: Longest ago or ahead (years) that a day of deletion says something.
MOST_YEARS = 10
#: Letters that show nothing although they count as such.
_FILLERS = dict.fromkeys([0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0])
#: How a text begins that says that there is nothing yet.
_OPEN = re.compile(
    r"(nein|none|n/a|tbd|tba|tbc|todo|to do|to be|offen|noch|ausstehend|steht aus|pending|in verhandlung|folgt"
    r"|entfällt|unbekannt|unknown|entwurf|draft|x{3,})(?!\w)"
)
_NONE = re.compile(r"(keine|keiner|keinen)(?!\w)|(no|not)[\s,;:]")
_NONE_ALONE = re.compile(r"(kein|keine|keiner|keins|keines|no|not|nicht)\W*")
#: A purpose may begin with what it is not („Keine Leistungskontrolle, sondern …“); a denial alone is shorter.
_WORDS_OF_A_DENIAL = 3


def visible(text: str) -> str:
    r"""Return a text on one line without letters that nobody sees.

    Examples
    --------
    >>> visible("\u200bWorks\u00ad \n council")
    'Works council'
    """
    seen = "".join(letter for letter in text.translate(_FILLERS) if unicodedata.category(letter) not in ("Cf", "Cc")
                   or letter.isspace())  # fmt: skip
    return " ".join(seen.split())


def named(text: str, *, may_deny: bool = False) -> str:
    """Return a text, or nothing where it only says that there is nothing yet.

    Parameters
    ----------
    text
        From `visible`.
    may_deny
        True: a longer text may begin with "no" or "keine".

    Examples
    --------
    >>> named("Works agreement no. 7"), named("keine, in Verhandlung"), named("n/a"), named("No. 7 of 2025")
    ('Works agreement no. 7', '', '', 'No. 7 of 2025')
    """
    plain = unicodedata.normalize("NFKC", text).casefold().lstrip(" -–—(<[*._?!…\"'„“")
    denies = bool(_NONE.match(plain)) and not (may_deny and len(plain.split()) > _WORDS_OF_A_DENIAL)
    few = sum(map(str.isalpha, plain)) < LEAST_LETTERS or sum(map(str.isalnum, plain)) < LEAST_SIGNS
    return "" if few or denies or _NONE_ALONE.fullmatch(plain) or _OPEN.match(plain) else text
