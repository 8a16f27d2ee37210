"""Reads Markdown for the gate: the HTML in it, and what only becomes HTML when it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from crmkit.privacy.gate.content import Content, Hit
from crmkit.privacy.gate.html import read_html

_ELSEWHERE = r"\s*<?\s*(?!data:|attachment:|#)[^\s)>]"
#: Pictures that lie elsewhere: ``![](https://…)``; the text in brackets may hold brackets.
_PICTURE = re.compile(rf"!\[(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*\]\({_ELSEWHERE}", re.S)
#: ``![a][b]`` and, somewhere else, ``[b]: https://…``.
_MARK, _DEFINITION = "![", re.compile(rf"^[\s>]*\[[^\]\n]+\]:{_ELSEWHERE}", re.M)
_SCRIPT = re.compile(r"(?:java|vb|live)script:\S|data:(?:text/html|text/xml|application/xhtml|image/svg)[^)\s]*", re.I)
_CONTROL = re.compile(r"[\x00-\x1f]+")
_TARGET = re.compile(r"(?:\]\(|\]:|<)\s*<?\s*$")


def read_markdown(source: str) -> Content:
    """Read what a Markdown text loads or runs when it is shown; its words are the caller's.

    Parameters
    ----------
    source
        The text; anything is taken, nothing is raised.

    Returns
    -------
    Content
    """
    inside = read_html(source)
    return Content([], inside.apart, [*inside.hits, *_hits(source)])


def _hits(source: str) -> Iterator[Hit]:
    if _PICTURE.search(source) or (_MARK in source and _DEFINITION.search(source)):
        yield Hit("external", "")
    joined = _CONTROL.sub("", unescape(source))
    for found in _SCRIPT.finditer(joined):
        # embedded data are a picture's where a picture stands, and a script where a link does
        head = joined[max(0, found.start() - 20) : found.start()]
        if not found[0].lower().startswith("data:") or (_TARGET.search(head) and "!" not in head):
            yield Hit("script", "")
