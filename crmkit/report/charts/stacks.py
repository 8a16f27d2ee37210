"""Rows of bars that each make 100 %: the mark of all charts of a whole and its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmkit.report.cells import MASKED
from crmkit.report.charts import style
from crmkit.report.charts.canvas import Canvas

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.report.language import Language

_KEY, _ROW, _BAR = 40, 38, 24
_RIGHT, _GAP = 76, 18
_MOST_LABEL = 230


@dataclass(frozen=True)
class Part:
    """A part of a bar: its role in the palette, and its share (0–1), None where it is masked."""

    role: str
    share: float | None


@dataclass(frozen=True)
class Row:
    """A bar: its label, its parts in order, and what stands at its end."""

    label: str
    parts: tuple[Part, ...]
    note: str


def share_of(cell: dict[str, Any]) -> float | None:
    """Return the share (0–1) that a table's row stands for, None where it is masked."""
    if cell["n"] is None or cell["n_total"] is None:
        return None
    return cell["n"] / cell["n_total"] if cell["n_total"] else 0.0


def spoken(share: float | None, language: Language) -> str:
    """Return a share as a word."""
    return MASKED if share is None else language.percent(share)


def draw(
    rows: Sequence[Row], key: Sequence[tuple[str, str]], language: Language, *, note: str = "", ax: Axes | None = None
) -> Canvas:
    """Draw rows of 100 % bars.

    Parameters
    ----------
    rows
        From top to bottom; the order is the caller's.
    key
        Role and words of each part, in order, written above the bars.
    language
        Of the numbers.
    note
        What the words at the end of the bars are.
    ax
        Axes to draw on; None: a figure of its own.
    """
    label_size = style.BODY
    labels = [style.wrapped(row.label, label_size, _MOST_LABEL) for row in rows]
    label_width = max(style.width_of(line, label_size) for lines in labels for line in lines)
    lines_of_key = key_lines(key)
    heights = [max(_ROW, 20 * len(lines) + 10) for lines in labels]
    top = _KEY + 24 * (len(lines_of_key) - 1)
    canvas = Canvas.of(top + sum(heights) + 4, ax=ax)
    left = label_width + _GAP
    plot = style.WIDTH - left - _RIGHT
    write_key(canvas, lines_of_key)
    canvas.text(style.WIDTH, top - _KEY + 12, note, role="muted", size=style.SMALL, align="right")
    y = float(top)
    for row, lines, height in zip(rows, labels, heights, strict=True):
        canvas.lines(0, y + height / 2, lines, size=label_size)
        _bar(canvas, row, (left, y + (height - _BAR) / 2, plot), language)
        canvas.text(style.WIDTH, y + height / 2, row.note, role="muted", size=style.SMALL, align="right")
        y += height
    return canvas


def key_lines(key: Sequence[tuple[str, str]], room: float = style.WIDTH - _RIGHT) -> list[list[tuple[str, str, float]]]:
    """Return the key in lines no wider than `room`: role, words and place of each part."""
    lines: list[list[tuple[str, str, float]]] = [[]]
    x = 0.0
    for role, words in key:
        width = 18 + style.width_of(words, style.SMALL) + 20
        if x and x + width > room:
            lines.append([])
            x = 0.0
        lines[-1].append((role, words, x))
        x += width
    return lines


def write_key(
    canvas: Canvas, lines: list[list[tuple[str, str, float]]], *, left: float = 0, top: float = 12, leading: float = 24
) -> None:
    """Write the lines of a key, the middle of the first at `top`."""
    for number, line in enumerate(lines):
        y = top + leading * number
        for role, words, x in line:
            canvas.box(left + x, y - 6, 12, 12, role)
            canvas.text(left + x + 18, y, words, role="muted", size=style.SMALL)


def _bar(canvas: Canvas, row: Row, place: tuple[float, float, float], language: Language) -> None:
    """Draw one bar; what is masked stands hatched at its end, since its parts cannot be told apart."""
    left, y, width = place
    x = left
    for part in row.parts:
        if not part.share:
            continue
        length = part.share * width
        canvas.box(x, y, max(length - 1, 0.5), _BAR, part.role)
        words = language.percent(part.share)
        if style.width_of(words, style.SMALL) + 8 < length:
            canvas.text(x + length / 2, y + _BAR / 2, words, role=f"on_{part.role}", size=style.SMALL, align="center")
        x += length
    if any(part.share is None for part in row.parts) and left + width - x > 1:
        canvas.masked(x, y, left + width - x, _BAR)
