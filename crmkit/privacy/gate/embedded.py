"""Reads what is embedded in a page as a ``data:`` address: drawings, texts, pictures, fonts."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

#: Every ``data:`` address in a text, be it in an attribute or in a style sheet.
ADDRESS = re.compile(r"data:[\w.+/-]*(?:;[\w.+=-]+)*,[^\s\"'<>)]*", re.I)
_IS_MARKUP = re.compile(r"data:(?:image/svg|text/(?:html|xml)|application/(?:xml|xhtml))", re.I)
_IS_TEXT = re.compile(r"data:(?:text/|application/(?:json|javascript)|[,;])", re.I)
_IS_PICTURE = re.compile(r"data:(?:image/|font/|application/(?:font|x-font))", re.I)


class Embedded(NamedTuple):
    """What a ``data:`` address holds.

    Attributes
    ----------
    kind
        ``markup``, ``text``, ``picture`` (or font) or ``other``: a file of any kind.
    raw
        Its bytes.
    whole
        False if they cannot be decoded to the end.
    """

    kind: str
    raw: bytes
    whole: bool


def embedded_in(address: str) -> Embedded:
    """Return what a ``data:`` address holds."""
    head, _, body = address.partition(",")
    raw = unquote_to_bytes(body)
    try:
        raw = base64.b64decode(raw) if ";base64" in head.lower() else raw
    except binascii.Error:
        return Embedded(_kind_of(head), raw, whole=False)
    return Embedded(_kind_of(head), raw, whole=True)


def addresses_in(text: str) -> Iterator[str]:
    """Return all ``data:`` addresses in a text, such as a style sheet."""
    return (found[0] for found in ADDRESS.finditer(text))


def _kind_of(head: str) -> str:
    if _IS_MARKUP.match(head):
        return "markup"
    if _IS_TEXT.match(head):
        return "text"
    return "picture" if _IS_PICTURE.match(head) else "other"
