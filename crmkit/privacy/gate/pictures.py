"""Reads what pictures and other embedded bytes say beside what they show: comments, authors, places."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

#: Most bytes that a compressed comment may unpack to.
_MOST_TEXT = 1024 * 1024
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
#: Chunks of a PNG that hold the picture itself: compressed bytes, no words.
_PIXELS = (b"IDAT", b"fdAT", b"PLTE", b"tRNS", b"hIST")
_PNG_HEAD, _PNG_TAIL = 8, 4
#: Segments of a JPEG in which the picture itself begins: start of scan.
_SCAN = 0xDA
_LETTERS = re.compile(rb"(?:[\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}){5,}")
_WIDE_LETTERS = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\x00){5,}")
_LATIN_LETTERS = re.compile(rb"[\x20-\x7e\xa0-\xff]{5,}")


def words_in(raw: bytes) -> Iterator[str]:
    """Return the texts in a picture's or any other binary data, without what shows the picture.

    Parameters
    ----------
    raw
        Any bytes; nothing is raised.
    """
    parts = _png_parts(raw) if raw.startswith(_PNG) else _jpeg_parts(raw) if raw.startswith(_JPEG) else iter([raw])
    for part in parts:
        yield from _strings(part)


def _png_parts(raw: bytes) -> Iterator[bytes]:
    at, ended = len(_PNG), False
    while at + _PNG_HEAD <= len(raw) and not ended:
        length, kind = int.from_bytes(raw[at : at + 4], "big"), raw[at + 4 : at + _PNG_HEAD]
        body = raw[at + _PNG_HEAD : at + _PNG_HEAD + length]
        if kind not in _PIXELS:
            yield kind + b" " + body
            yield from _unpacked(body)
        at += _PNG_HEAD + length + _PNG_TAIL
        ended = kind == b"IEND"
    # what somebody has hung on behind the picture
    yield raw[at:]


def _unpacked(body: bytes) -> Iterator[bytes]:
    """Return the compressed text of a chunk (zTXt, iTXt, iCCP): behind one of the zeros that end its head."""
    for zero in [found.end() for found in re.finditer(rb"\x00+", body[:400])]:
        for start in (zero, zero + 1):
            try:
                yield zlib.decompressobj().decompress(body[start:], _MOST_TEXT)
            except zlib.error:
                continue


def _jpeg_parts(raw: bytes) -> Iterator[bytes]:
    at = len(_JPEG)
    while at + 4 <= len(raw) and raw[at] == 0xFF and raw[at + 1] != _SCAN:  # noqa: PLR2004
        length = max(2, int.from_bytes(raw[at + 2 : at + 4], "big"))
        yield raw[at + 4 : at + 2 + length]
        at += 2 + length
    end = raw.rfind(b"\xff\xd9")
    yield raw[end + 2 :] if end >= 0 else raw[at:]


def _strings(part: bytes) -> Iterator[str]:
    """Return runs of letters in UTF-8, Latin-1 and UTF-16."""
    yield from (found[0].decode("utf-8", "replace") for found in _LETTERS.finditer(part))
    yield from (found[0].decode("utf-16-le") for found in _WIDE_LETTERS.finditer(part))
    if not part.isascii():
        yield from (found[0].decode("latin-1") for found in _LATIN_LETTERS.finditer(part))
