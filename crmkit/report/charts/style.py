"""The look of all charts, once: sizes, weights, and what matplotlib is told.

One unit of a chart is one pixel of the page at full width, so that words, bars and white space are set
as a designer sets them. Fonts only measure here; the page brings its own (``svg.fonttype: none``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import matplotlib as mpl
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from crmkit.letters import legible

#: Width of a chart in pixels: the width of the report's text column.
WIDTH = 880
#: Sizes of words in pixels.
SMALL, BODY, LARGE, HUGE = 13, 14, 17, 23
#: Longest text that is measured and drawn whole (letters): six lines.
_MOST_LETTERS = 300
#: Weight of what is read first; the font that measures knows no other, the page may draw it lighter.
BOLD = 700

_RC = {
    "font.family": ["DejaVu Sans"],  # comes with matplotlib: same measures on every machine
    "figure.dpi": 72,
    "savefig.dpi": 72,
    "svg.fonttype": "none",
    "svg.hashsalt": "crmkit",
    "hatch.linewidth": 1.0,
    "text.parse_math": False,  # a "$" in a client's words is a dollar
    "lines.solid_capstyle": "round",
    "lines.solid_joinstyle": "round",
    "path.simplify": False,
}


@contextmanager
def applied() -> Iterator[None]:
    """Draw with the report's settings, whatever the notebook has set."""
    with mpl.rc_context(_RC):  # pyright: ignore[reportArgumentType]
        yield


@lru_cache(maxsize=4096)
def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a text in pixels, in a font that is wider than those of most pages."""
    if len(text) > _MOST_LETTERS:
        return width_of(text[:_MOST_LETTERS], size, bold=bold) * len(text) / _MOST_LETTERS
    font = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal")
    text = text.replace("\u00a0", " ")
    # A letter that the font does not know counts as a wide one.
    known = "".join(letter if letter.isprintable() and ord(letter) < 0x3000 else "W" for letter in text)  # noqa: PLR2004
    if not known.strip():
        return 0.0
    return float(TextPath((0, 0), known, size=size, prop=font).get_extents().width) + size * 0.1


def wrapped(text: str, size: float, width: float) -> list[str]:
    """Return a text in lines that are no wider than `width` pixels; an endless one is shortened."""
    text = legible(text, longest=_MOST_LETTERS)
    lines: list[str] = [""]
    # A no-break space is no place to break.
    pieces = [part for word in text.split(" ") for part in _short_enough(word, size, width)]
    for piece in pieces:
        longer = f"{lines[-1]} {piece}".strip()
        if lines[-1] and width_of(longer, size) > width:
            lines.append(piece)
        else:
            lines[-1] = longer
    return lines


def _short_enough(word: str, size: float, width: float) -> list[str]:
    """Return a word, hyphenated where it is longer than a line."""
    parts = []
    while width_of(word, size) > width and len(word) > 1:
        lengths = range(2, len(word))
        fits = 1 + bisect_right(lengths, width, key=lambda n, word=word: width_of(f"{word[:n]}-", size))
        parts.append(f"{word[:fits]}-")
        word = word[fits:]
    return [*parts, word]
