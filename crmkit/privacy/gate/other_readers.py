"""What other readers of a page see in it than its parser: browsers, and all that read it as XML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crmkit.privacy.gate.content import Hit

_WIDGETS = re.compile(r"application/vnd\.jupyter\.widget")
#: Wherever it stands, also where a parser sees no element: browsers do not agree with any parser on broken markup.
_SCRIPT_TAG = re.compile(r"<(?:[^\s<>/=!?]{1,99}:)?script\b", re.I)
_SHEET_TAG = re.compile(r"<\?xml-stylesheet", re.I)
#: A document type may declare entities: letters that stand nowhere in the text.
_DECLARES = re.compile(r"<!DOCTYPE[^>]{0,999}\[|<!(?:ENTITY|ATTLIST|ELEMENT|NOTATION)\b", re.I)
#: Elements that XML knows and this parser takes for text, because their names begin with no ASCII letter.
_XML_NAME = re.compile(r"<[_:\x80-\U0010ffff]")


def seen_by_others(text: str, known: Sequence[Hit]) -> Iterator[Hit]:
    """Return what other readers of the same text may see in it, above all those that read it as XML."""
    if _WIDGETS.search(text):
        yield Hit("widget_state", "")
    rules = [("external", _SHEET_TAG), ("unreadable", _DECLARES)]
    rules += [("unreadable", _XML_NAME)] if "xmlns" in text else []
    rules += [] if any(hit.rule == "script" for hit in known) else [("script", _SCRIPT_TAG)]
    for rule, pattern in rules:
        for found in pattern.finditer(text):
            yield Hit(rule, f"line {text.count(chr(10), 0, found.start()) + 1}")
