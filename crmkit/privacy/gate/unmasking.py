"""What a text says behind its disguises: invisible letters, entities, escapes, percent signs, base64."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

#: Letters that nobody sees but that part a word, beside all of Unicode's own format characters.
_UNSEEN = dict.fromkeys(
    [0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x3164, 0xFFA0, *range(0xFE00, 0xFE10),
     *range(0xE0100, 0xE01F0), *(code for code in range(0x10000) if unicodedata.category(chr(code)) == "Cf"),
     *range(0xE0000, 0xE0080), *range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), *range(0x7F, 0x85),
     *range(0x86, 0xA0)],
)  # fmt: skip
#: The control character that begins a terminal's colours, where it does not.
_ESCAPE = re.compile(r"\x1b(?!\[)")
#: Hyphens that are not the one on the keyboard.
_HYPHENS = dict.fromkeys([0x2010, 0x2011, 0x2012, 0xFE63, 0xFF0D], "-")
#: Cyrillic and Greek letters that look like Latin ones; only where they stand beside those.
_LOOKALIKES = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0455\u0458\u0501\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420"
    "\u0421\u0422\u0425\u0406\u0405\u0408\u03bf\u0391\u0392\u0395\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a7",
    "aeopcyxisjdABEKMHOPCTXISJoABEHIKMNOPTX",
)
_MIXED = re.compile(r"[A-Za-z][\u0370-\u0501]|[\u0370-\u0501][A-Za-z]")
_TURNED = "\u202e"
_CODE = re.compile(r"\\u\{?([0-9a-fA-F]{4,6})\}?|\\x([0-9a-fA-F]{2})")
_CSS_CODE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/_-])(?:[A-Za-z0-9+/_-]{40,}\s+)*[A-Za-z0-9+/_-]{16,}={0,2}")
#: Longest run of base64 that is read (characters): an embedded picture is read as such, not here.
_LONGEST = 4_000_000
_LAST_CODE = 0x10FFFF


def visible(text: str) -> str:
    r"""Return a text as a reader sees it: without invisible letters, with ordinary hyphens and letters.

    Examples
    --------
    >>> visible("Ev\u200ba Win\u00adter")
    'Eva Winter'
    """
    seen = _ESCAPE.sub("", text).translate(_UNSEEN).translate(_HYPHENS)
    return seen.translate(_LOOKALIKES) if _MIXED.search(seen) else seen


def disguised(text: str) -> Iterator[str]:
    r"""Return what else a text says, as far as that is not the text itself.

    Examples
    --------
    >>> list(disguised("Eva%20Winter")), list(disguised("Eva&nbsp;Winter, &#x45;va"))
    (['Eva Winter'], ['Eva\xa0Winter, Eva'])
    """
    forms = [unquote(text, errors="replace")] if "%" in text else []
    forms += [unescape(unescape(text))] if "&" in text else []
    forms += [_CODE.sub(_letter, text), _CSS_CODE.sub(_letter, text)] if "\\" in text else []
    forms += [text[::-1]] if _TURNED in text else []
    forms += list(_decoded(text))
    yield from (form for form in dict.fromkeys(forms) if form != text)


def _letter(found: re.Match[str]) -> str:
    code = int(next(filter(None, found.groups())), 16)
    return chr(code) if code <= _LAST_CODE else found[0]


def _decoded(text: str) -> Iterator[str]:
    """Return the text in every run of base64 that holds one."""
    for found in _BASE64.finditer(text[:_LONGEST]):
        run = "".join(found[0].split()).rstrip("=").replace("-", "+").replace("_", "/")
        try:
            raw = base64.b64decode(run + "=" * (-len(run) % 4))
            words = raw.decode("utf-8")
        except (binascii.Error, ValueError):
            continue
        if words.replace("\n", "").replace("\t", "").replace("\r", "").isprintable():
            yield words
