"""Which areas of the CRM each organisational unit works in: a matrix with its values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report.cells import count, require_protected, short_units
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import stacks, style, tint
from crmkit.report.charts.canvas import Canvas
from crmkit.report.charts.making import Rows, Words, chart_of, grouped
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.text import depth, sentences
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable

_HEAD, _ROW, _PAD, _FOOT = 30, 38, 3, 34
#: Height of the bar at the foot of a cell, and how far inside it lies.
_THIN, _INSET = 3, 5
_MOST_LABEL, _RIGHT = 230, 64


def unit_area(unit_area: ProtectedTable, *, language: str = "de", ax: Axes | None = None) -> Chart | Block:
    """Draw organisational units × CRM areas, the share of accounts in each cell.

    Parameters
    ----------
    unit_area
        Table `unit_area`: org_unit, area, n, n_total, share; with n_write, a thin bar at the foot of a
        cell says how many of those who work there also write.
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        Units and areas stand in the table's order. An absent block for an empty table.

    Raises
    ------
    PrivacyError
        If `unit_area` is not protected.
    """
    t, table = language_of(language), require_protected(unit_area, name="unit_area")
    if table.frame.empty:
        return Block.absent(t.gettext("Eine Aufteilung nach Organisationseinheiten ist nicht darstellbar."))
    units, areas = grouped(table, "org_unit"), list(grouped(table, "area"))
    labels = short_units(units)
    with style.applied():
        canvas = _draw(units, areas, labels, t, ax=ax)
    caption = t.gettext("Anteil der ausgewerteten Konten je Organisationseinheit und CRM-Bereich")
    shown = "; ".join(_spoken(labels[unit], cells, t) for unit, cells in units.items())
    return chart_of(canvas, Words(sentences.unit_area(table, t), caption, shown), (table,), t)


def _draw(units: dict[str, Rows], areas: list[str], labels: dict[str, str], t: Language, *, ax: Axes | None) -> Canvas:
    lines = {unit: style.wrapped(label, style.BODY, _MOST_LABEL) for unit, label in labels.items()}
    left = max(style.width_of(line, style.BODY) for label in lines.values() for line in label) + 16
    heights = [max(_ROW, 19 * len(lines[unit]) + 10) for unit in units]
    is_deep = any(depth.write_share(cell) is not None for cells in units.values() for cell in cells)
    canvas = Canvas.of(_HEAD + sum(heights) + (_FOOT if is_deep else 2), ax=ax)
    column = (style.WIDTH - left - _RIGHT) / len(areas)
    for number, area in enumerate(areas):
        middle = left + column * (number + 0.5)
        canvas.text(middle, 12, word(t, "area", area), role="muted", size=style.SMALL, align="center")
    canvas.text(style.WIDTH, 12, t.gettext("Konten"), role="muted", size=style.SMALL, align="right")
    top = float(_HEAD)
    for (unit, cells), height in zip(units.items(), heights, strict=True):
        canvas.lines(0, top + height / 2, lines[unit])
        of_area = {cell["area"]: cell for cell in cells}
        for number, area in enumerate(areas):
            place = (left + column * number + _PAD, top + _PAD, column - 2 * _PAD, height - 2 * _PAD)
            _cell(canvas, of_area.get(area), place, t)
        total = cells[0]["n_total"]
        words = count(total, t)
        canvas.text(style.WIDTH, top + height / 2, words, role="muted", size=style.SMALL, align="right")
        top += height
    if is_deep:
        _write_foot(canvas, left + _PAD, top + _FOOT / 2, t)
    return canvas


def _write_foot(canvas: Canvas, x: float, y: float, t: Language) -> None:
    """Say what the thin bars are."""
    canvas.box(x, y - _THIN / 2, 26, _THIN, "ink")
    canvas.text(x + 34, y, t.gettext("Anteil davon, der auch schreibt"), role="muted", size=style.SMALL)


def _cell(canvas: Canvas, cell: dict[str, Any] | None, place: tuple[float, float, float, float], t: Language) -> None:
    x, y, width, height = place
    share = None if cell is None else stacks.share_of(cell)
    written = depth.write_share(cell or {"n": None})
    tint.cell(canvas, share, place, t, role="regular", raised=0 if written is None else 3)
    if written and share is not None:
        role = tint.words_on(share, "regular")
        canvas.box(x + _INSET, y + height - _INSET - _THIN / 2, (width - 2 * _INSET) * written, _THIN, role)


def _spoken(label: str, cells: Rows, t: Language) -> str:
    shares = [
        depth.spoken(f"{word(t, 'area', cell['area'])} {stacks.spoken(stacks.share_of(cell), t)}", cell, t)
        for cell in cells
    ]
    return f"{label}: {', '.join(shares)}"
