"""Which letters the bytes of a file stand for."""

from __future__ import annotations

import codecs
import re

#: Declarations of a page's letters; what is no UTF-8 and declares none is Windows' Latin.
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{2,20})|encoding=[\"']([\w-]{2,20})", re.I)
_DEFAULT = "cp1252"
#: Longer marks first: that of UTF-32 begins like that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
#: Bytes that are looked at, and share of zeros among every other of them from which letters have two bytes.
_HEAD = 4096
_WIDE = 0.3


def decoded(raw: bytes) -> str:
    """Return the text of a file: UTF-8, UTF-16, UTF-32, or what it declares; wrong bytes are replaced.

    Examples
    --------
    >>> decoded("Jörg".encode("utf-16-be")), decoded("Jörg".encode("cp1252"))
    ('Jörg', 'Jörg')
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    if wide := _unmarked(raw[:_HEAD]):
        return raw.decode(wide, "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        found = _CHARSET.search(raw[:2048])
        declared = (found[1] or found[2]).decode("ascii") if found else _DEFAULT
    try:
        return raw.decode(declared, "replace")
    except (LookupError, UnicodeError):
        return raw.decode(_DEFAULT, "replace")


def _unmarked(head: bytes) -> str:
    """Return the encoding of wide letters without a mark: every other byte is a zero."""
    even, odd = (head[start::2].count(0) / max(1, len(head[start::2])) for start in (0, 1))
    if max(even, odd) < _WIDE:
        return ""
    if min(even, odd) >= _WIDE:
        return "utf-32-be" if head[:2] == b"\0\0" else "utf-32-le"
    return "utf-16-be" if even > odd else "utf-16-le"
