"""Rows of single bars on one scale from nothing to all: shares that do not add up to a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmkit.report.cells import count
from crmkit.report.charts import stacks, style
from crmkit.report.charts.canvas import Canvas
from crmkit.report.charts.making import Rows
from crmkit.report.language import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HEAD, _ROW, _BAR = 30, 38, 24
_MOST_LABEL, _GAP, _RIGHT = 260, 18, 84
#: Room at the end of the longest bar for its number.
_NUMBER = 64


@dataclass(frozen=True)
class Row:
    """A bar: its label, its share of the scale (0–1, None: masked), its number in words, and what stands at its end."""

    label: str
    share: float | None
    words: str
    note: str = ""


def mentions(
    rows: Rows, label: Callable[[dict[str, Any]], str], *, role: str, t: Language, ax: Axes | None = None
) -> tuple[Canvas, str]:
    """Draw how many named each of some answers, and return that in words, too.

    Parameters
    ----------
    rows
        Rows of a protected table: n, n_total, share (0–1).
    label
        The words of a row.
    role
        The colour's role.
    t
        The language.
    ax
        Axes to draw on; None: a figure of its own.
    """
    said = [(label(row), stacks.spoken(stacks.share_of(row), t)) for row in rows]
    bars = [
        Row(words, stacks.share_of(row), share, count(row["n"], t))
        for (words, share), row in zip(said, rows, strict=True)
    ]
    with style.applied():
        canvas = draw(bars, role=role, note=t.gettext("Nennungen"), full=False, ax=ax)
    return canvas, "; ".join(f"{words} {share}" for words, share in said)


def draw(rows: Sequence[Row], *, role: str, note: str = "", full: bool = True, ax: Axes | None = None) -> Canvas:
    """Draw rows of bars from top to bottom; the order is the caller's.

    Parameters
    ----------
    rows
        The bars.
    role
        Their colour's role.
    note
        What the words at the right are.
    full
        True: the scale ends at 1 and a track shows it; False: at the longest bar.
    ax
        Axes to draw on; None: a figure of its own.
    """
    labels = [style.wrapped(row.label, style.BODY, _MOST_LABEL) for row in rows]
    heights = [max(_ROW, 19 * len(lines) + 10) for lines in labels]
    left = max(style.width_of(line, style.BODY) for lines in labels for line in lines) + _GAP
    canvas = Canvas.of(_HEAD + sum(heights) + 2, ax=ax)
    scale = (style.WIDTH - left - _RIGHT - _NUMBER) / (1.0 if full else max(row.share or 0 for row in rows) or 1.0)
    canvas.text(style.WIDTH, 12, note, role="muted", size=style.SMALL, align="right")
    top = float(_HEAD)
    for row, lines, height in zip(rows, labels, heights, strict=True):
        y = top + (height - _BAR) / 2
        canvas.lines(0, top + height / 2, lines)
        if full:
            canvas.box(left, y, scale, _BAR, "track")
        _bar(canvas, row, (left, y, scale), role)
        canvas.text(style.WIDTH, top + height / 2, row.note, role="muted", size=style.SMALL, align="right")
        top += height
    return canvas


def _bar(canvas: Canvas, row: Row, place: tuple[float, float, float], role: str) -> None:
    left, y, scale = place
    if row.share is None:
        canvas.masked(left, y, 44, _BAR)
        return
    canvas.box(left, y, row.share * scale, _BAR, role)
    canvas.text(left + row.share * scale + 8, y + _BAR / 2, row.words, size=style.SMALL)
