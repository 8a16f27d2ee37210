"""Small multiples: one small plot per group, all with the same scale from 0 to 100 %."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmkit.report.charts import style

if TYPE_CHECKING:
    from crmkit.report.charts.canvas import Canvas
    from crmkit.report.language import Language

#: Height of a plot, of the words under it, and what keeps panels apart.
_PLOT, _FOOT, _APART, _BESIDE = 76, 24, 22, 26
_LINE = 17
#: Room for the scale at the left of a row, and for the last value at the right of a panel.
_SCALE, _VALUE = 50, 50


@dataclass(frozen=True)
class Panel:
    """A small plot: its name, and its readings as (place from 0 to 1, share or None where masked)."""

    label: str
    readings: tuple[tuple[float, float | None], ...]


def height_of(panels: Sequence[Panel], columns: int, width: float) -> float:
    """Return how high a grid of panels is."""
    return sum(_heights(panels, columns, width)) + _APART * (len(_rows(panels, columns)) - 1)


def draw(
    canvas: Canvas,
    panels: Sequence[Panel],
    place: tuple[float, float, float],
    t: Language,
    *,
    columns: int,
    ends: tuple[str, str],
) -> None:
    """Draw panels in a grid, in their order.

    Parameters
    ----------
    canvas
        The sheet.
    panels
        What is drawn.
    place
        Left, top and width of the grid.
    t
        Language of the numbers.
    columns
        How many stand beside each other.
    ends
        Words at the beginning and at the end of each time axis.
    """
    left, top, width = place
    wide = _panel_width(columns, width)
    for row, height in zip(_rows(panels, columns), _heights(panels, columns, width), strict=True):
        y = top + height - _FOOT - _PLOT
        for share in (0.0, 0.5, 1.0):
            words = t.percent(share)
            canvas.text(
                left + _SCALE - 8, y + _PLOT * (1 - share), words, role="muted", size=style.SMALL, align="right"
            )
        for number, panel in enumerate(row):
            x = left + _SCALE + number * (wide + _BESIDE)
            _write_label(canvas, panel.label, x, y, wide)
            _draw_panel(canvas, panel, (x, y, wide - _VALUE), t)
            _write_ends(canvas, ends, x, y + _PLOT + 14, wide - _VALUE)
        top += height + _APART


def _rows(panels: Sequence[Panel], columns: int) -> list[Sequence[Panel]]:
    return [panels[start : start + columns] for start in range(0, len(panels), columns)]


def _panel_width(columns: int, width: float) -> float:
    return (width - _SCALE - _BESIDE * (columns - 1)) / columns


def _heights(panels: Sequence[Panel], columns: int, width: float) -> list[float]:
    wide = _panel_width(columns, width)
    lines = [[len(style.wrapped(panel.label, style.SMALL, wide)) for panel in row] for row in _rows(panels, columns)]
    return [max(row) * _LINE + 12 + _PLOT + _FOOT for row in lines]


def _write_label(canvas: Canvas, label: str, x: float, y: float, width: float) -> None:
    lines = style.wrapped(label, style.SMALL, width)
    for number, line in enumerate(reversed(lines)):
        canvas.text(x, y - 16 - _LINE * number, line, size=style.SMALL)


def _draw_panel(canvas: Canvas, panel: Panel, place: tuple[float, float, float], t: Language) -> None:
    x, y, width = place
    shown = [(at, share) for at, share in panel.readings if share is not None]
    if not shown:
        canvas.masked(x, y, width, _PLOT)
        return
    for share in (0.0, 0.5, 1.0):
        canvas.line([(x, y + _PLOT * (1 - share)), (x + width, y + _PLOT * (1 - share))], "rule")
    for run in runs(panel.readings):
        points = [(x + at * width, y + _PLOT * (1 - share)) for at, share in run]
        if len(points) > 1:
            outline = [(points[0][0], y + _PLOT), *points, (points[-1][0], y + _PLOT)]
            canvas.area(outline, "used", opacity=0.14)
            canvas.line(points, "used", width=2.2)
    for at, share in shown:
        canvas.dot(x + at * width, y + _PLOT * (1 - share), "used", size=4)
    at, share = shown[-1]
    canvas.text(x + at * width + 8, y + _PLOT * (1 - share), t.percent(share), bold=True)


def runs(readings: Sequence[tuple[float, float | None]]) -> list[list[tuple[float, float]]]:
    """Return the readings in runs without a masked one."""
    found: list[list[tuple[float, float]]] = [[]]
    for at, share in readings:
        if share is None:
            found.append([])
        else:
            found[-1].append((at, share))
    return [run for run in found if run]


def _write_ends(canvas: Canvas, ends: tuple[str, str], x: float, y: float, width: float) -> None:
    first, last = ends
    canvas.text(x, y, first, role="muted", size=style.SMALL)
    if last != first:
        canvas.text(x + width, y, last, role="muted", size=style.SMALL, align="right")
