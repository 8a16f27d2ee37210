"""Hours in parallel structures: from lowest to highest estimate per process, in the order of the inventory."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from crmkit.report.cells import require_protected, rows_of
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import style
from crmkit.report.charts.canvas import Canvas
from crmkit.report.charts.making import Rows, Words, chart_of
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.text import parallel as sentences

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable

_LEFT, _RIGHT = 300, 120
_PLOT = style.WIDTH - _LEFT - _RIGHT
_ROW, _LINE, _BAR, _AXIS = 40, 18, 14, 30
_TICKS = 4


def parallel_hours(
    parallel_lists: ProtectedTable, parallel_total: ProtectedTable, *, language: str = "de", ax: Axes | None = None
) -> Chart | Block:
    """Draw the estimated hours a month of every parallel structure as a bar from lowest to highest.

    Parameters
    ----------
    parallel_lists
        Table `parallel_lists`.
    parallel_total
        Table `parallel_total`, for the finding.
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        In the order of the inventory, never ranked. An absent block if nobody estimated any hours.

    Raises
    ------
    PrivacyError
        If a table is not protected.
    """
    t = language_of(language)
    lists, total = (require_protected(table, name="parallel_hours") for table in (parallel_lists, parallel_total))
    if total.frame.empty:
        return Block.absent(t.gettext("Die Stunden der Parallelstrukturen hat noch niemand geschätzt."))
    rows = rows_of(lists)
    with style.applied():
        canvas = _drawn(rows, t, ax=ax)
    caption = t.gettext("Geschätzte Stunden im Monat je Vorgang, vom niedrigsten zum höchsten Wert (Annahme)")
    shown = "; ".join(f"{row['process']} {_range(row, t)}" for row in rows)
    return chart_of(canvas, Words(sentences.finding(total, t), caption, shown), (lists, total), t)


def _drawn(rows: Rows, t: Language, *, ax: Axes | None) -> Canvas:
    labels = [_label(row) for row in rows]
    heights = [max(_ROW, _LINE * len(lines) + 14) for lines in labels]
    bottom = float(sum(heights))
    step = _step(max(row["hours_month_max"] or 0 for row in rows))
    high = step * _TICKS
    canvas = Canvas.of(bottom + _AXIS, ax=ax)
    for tick in range(_TICKS + 1):
        x = _LEFT + tick / _TICKS * _PLOT
        canvas.box(x - 0.5, 0, 1, bottom, "rule")  # a line would lie on the bars
        canvas.text(x, bottom + 16, t.number(tick * step), role="muted", size=style.SMALL, align="center")
    canvas.text(0, bottom + 16, t.gettext("Stunden im Monat"), role="muted", size=style.SMALL)
    top = 0.0
    for row, lines, height in zip(rows, labels, heights, strict=True):
        _draw(canvas, row, lines, (top + height / 2, high), t)
        top += height
    return canvas


def _label(row: dict[str, Any]) -> list[str]:
    return style.wrapped(row["process"], style.BODY, _LEFT - 24)


def _step(most: float) -> int:
    """Return the distance of the level lines: a round number of which four hold the longest bar.

    Examples
    --------
    >>> _step(30), _step(1.5), _step(1600)
    (10, 1, 500)
    """
    rough = max(most / _TICKS, 1)
    power = 10 ** math.floor(math.log10(rough))
    return next(size * power for size in (1, 2, 5, 10) if size * power >= rough)


def _draw(canvas: Canvas, row: dict[str, Any], lines: list[str], place: tuple[float, float], t: Language) -> None:
    middle, high = place
    canvas.lines(0, middle, lines)
    words = _range(row, t)
    if row["hours_month_min"] is None:
        canvas.text(_LEFT + 8, middle, words, role="muted", size=style.SMALL)
        return
    start, end = (_LEFT + row[f"hours_month_{name}"] / high * _PLOT for name in ("min", "max"))
    canvas.line([(_LEFT, middle), (start, middle)], "faint")
    canvas.box(start, middle - _BAR / 2, max(end - start, 3), _BAR, "step_2")
    canvas.text(max(end, start + 3) + 10, middle, words, bold=True)


def _range(row: dict[str, Any], t: Language) -> str:
    if row["hours_month_min"] is None:
        return t.gettext("nicht geschätzt")
    return sentences.hours(row["hours_month_min"], row["hours_month_max"], t)
