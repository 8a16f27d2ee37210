"""The mark of a goal's status: a shape and a colour, told apart without colour; the page's `.status` has the same."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crmkit.report.charts.canvas import Canvas

_STEPS = 16


def draw(canvas: Canvas, status: str, x: float, y: float, *, size: float) -> None:
    """Draw the mark of a status around a place, as wide as `size`."""
    MARKS[status](canvas, x, y, size)


def _disc(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.dot(x, y, "regular", size=size)


def _tick(canvas: Canvas, x: float, y: float, size: float) -> None:
    points = [
        (x - size * 0.46, y + size * 0.02),
        (x - size * 0.12, y + size * 0.36),
        (x + size * 0.48, y - size * 0.36),
    ]
    canvas.line(points, "regular", width=size * 0.24)


def _half(canvas: Canvas, x: float, y: float, size: float) -> None:
    """Draw a ring whose left half is full."""
    radius = size / 2
    angles = [pi / 2 + pi * step / _STEPS for step in range(_STEPS + 1)]
    canvas.area([(x + radius * cos(a), y + radius * sin(a)) for a in angles], "target", opacity=1)
    canvas.ring(x, y, "target", size=size, width=size * 0.17)


def _triangle(canvas: Canvas, x: float, y: float, size: float) -> None:
    """Draw a triangle that points down."""
    half = size * 0.54
    points = [(x - half, y - half * 0.8), (x + half, y - half * 0.8), (x, y + half * 0.95)]
    canvas.area(points, "alarm", opacity=1)


def _cross(canvas: Canvas, x: float, y: float, size: float) -> None:
    arm = size * 0.4
    canvas.line([(x - arm, y - arm), (x + arm, y + arm)], "alarm", width=size * 0.24)
    canvas.line([(x - arm, y + arm), (x + arm, y - arm)], "alarm", width=size * 0.24)


def _ring(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.ring(x, y, "muted", size=size, width=size * 0.17)


def _bar(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.line([(x - size * 0.42, y), (x + size * 0.42, y)], "muted", width=size * 0.24)


#: Status → its mark.
MARKS: dict[str, Callable[[Canvas, float, float, float], None]] = {
    "reached": _tick,
    "on_track": _disc,
    "at_risk": _half,
    "off_track": _triangle,
    "missed": _cross,
    "too_early": _ring,
    "not_measurable": _bar,
}
