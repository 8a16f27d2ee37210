"""Lanes of dated marks under a time plot: every title in full, none on top of another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from crmkit.report.charts import style
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from crmkit.report.charts.canvas import Canvas
    from crmkit.report.charts.timeplot import TimePlot
    from crmkit.report.language import Language

_ROW, _PAD, _MARK = 19, 14, 9
_WIDEST = 300


class Mark(NamedTuple):
    """A dated title of a kind."""

    day: dt.date
    kind: str
    title: str


@dataclass(frozen=True)
class Placed:
    """A mark with the place of its words: x of the mark, left end and lines of the words, first row."""

    x: float
    left: float
    lines: tuple[str, ...]
    row: int


@dataclass(frozen=True)
class Lane:
    """A kind of change with its marks."""

    kind: str
    marks: tuple[Placed, ...]

    @property
    def height(self) -> float:
        """Height in pixels."""
        rows = max((mark.row + len(mark.lines) for mark in self.marks), default=1)
        return rows * _ROW + _PAD


def packed(kind: str, marks: Sequence[Mark], plot: TimePlot) -> Lane:
    """Return a lane whose words stand in as few rows as they need."""
    edges: list[float] = []
    placed = []
    for mark in sorted(mark for mark in marks if mark.kind == kind):
        x = plot.x(mark.day)
        lines = style.wrapped(mark.title, style.SMALL, _WIDEST)
        width = max(style.width_of(line, style.SMALL) for line in lines)
        # Near the end of the sheet the words stand before their mark.
        left = x + _MARK if x + _MARK + width <= style.WIDTH else max(x - _MARK - width, plot.left)
        row = _free_row(edges, len(lines), min(left, x - _MARK))
        edges += [0.0] * (row + len(lines) - len(edges))
        edges[row : row + len(lines)] = [max(left + width, x) + 2 * _MARK] * len(lines)
        placed.append(Placed(x, left, tuple(lines), row))
    return Lane(kind, tuple(placed))


def _free_row(edges: Sequence[float], n_rows: int, left: float) -> int:
    """Return the first row from which on all rows needed are free left of a place."""
    row = 0
    while any(edge > left for edge in edges[row : row + n_rows]):
        row += 1
    return row


def draw_lanes(canvas: Canvas, lanes: Sequence[Lane], top: float, plot: TimePlot, t: Language) -> None:
    """Draw lanes from a place downwards; each mark has a line of its colour in the plot above."""
    for lane in lanes:
        canvas.line([(0, top), (style.WIDTH, top)], "rule")
        first = top + _PAD / 2 + _ROW / 2
        canvas.text(0, first, word(t, "change", lane.kind), role="muted", size=style.SMALL)
        for mark in lane.marks:
            y = first + mark.row * _ROW
            if plot.bottom > plot.top:
                canvas.line([(mark.x, plot.top), (mark.x, plot.bottom)], lane.kind, width=0.9, dashed=True)
            canvas.dot(mark.x, y, lane.kind, size=8, shape="D")
            right_aligned = mark.left < mark.x
            for number, line in enumerate(mark.lines):
                place = mark.x - _MARK if right_aligned else mark.left
                align = "right" if right_aligned else "left"
                canvas.text(place, y + number * _ROW, line, size=style.SMALL, align=align)
        top += lane.height
