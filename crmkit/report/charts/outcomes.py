"""The client's own figures below the usage rate, all on the same axis of time, each in its own unit from zero."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmkit.report.cells import require_protected, rows_of
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import style
from crmkit.report.charts.canvas import Canvas
from crmkit.report.charts.making import Words, chart_of, grouped
from crmkit.report.charts.timeplot import Reading, TimePlot
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.text import outcomes as sentences
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable

_LEFT, _END = 260, 96
_PLOT, _APART, _TOP, _MONTHS = 74, 34, 22, 26
#: Role of the usage rate, as in the timeline.
_USAGE = "occasional"
#: From so many readings on they are joined by a line; fewer are dots.
_LEAST_JOINED = 3
#: Readings of the client's own are joined over a year (days): they come by the quarter or half-year.
_MOST_DAYS = 400


@dataclass(frozen=True)
class _Row:
    """A figure: its name, its unit, its readings, and its role in the palette."""

    name: str
    unit: str
    readings: tuple[Reading, ...]
    role: str

    @property
    def values(self) -> list[float]:
        return [reading.value for reading in self.readings if reading.value is not None]


def outcomes(
    outcomes: ProtectedTable,
    outcome_changes: ProtectedTable,
    usage_series: ProtectedTable | None = None,
    *,
    language: str = "de",
    ax: Axes | None = None,
) -> Chart | Block:
    """Draw the client's own figures on the axis of time of the usage rate, which stands above them.

    Parameters
    ----------
    outcomes
        Table `outcomes`: outcome, unit, date, value.
    outcome_changes
        Table `outcome_changes`, for the finding.
    usage_series
        Table `usage_series`; None: without the usage rate.
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        Figures in the order of ``outcomes.csv``, each from zero (or its lowest value below); fewer than three
        readings are dots. An absent block for an empty table.

    Raises
    ------
    PrivacyError
        If a table is not protected.
    """
    t, table = language_of(language), require_protected(outcomes, name="outcomes")
    changes = require_protected(outcome_changes, name="outcomes")
    usage = None if usage_series is None else require_protected(usage_series, name="outcomes")
    if table.frame.empty:
        return Block.absent(t.gettext("Begleitende Kennzahlen liegen nicht vor."))
    rows = [*_usage(usage, t), *_figures(table)]
    with style.applied():
        canvas = _drawn(rows, t, ax=ax)
    caption = t.gettext("Eigene Kennzahlen des Auftraggebers im Verlauf, jede in ihrer Einheit von null an")
    shown = "; ".join(_spoken(row, t) for row in rows)
    tables = (table, changes) if usage is None or usage.frame.empty else (table, changes, usage)
    return chart_of(canvas, Words(sentences.finding(changes, t), caption, shown), tables, t)


def _figures(table: ProtectedTable) -> list[_Row]:
    figures = grouped(table, "outcome")
    return [
        _Row(name, rows[0]["unit"], tuple(Reading(row["date"], row["value"]) for row in rows), "target")
        for name, rows in figures.items()
    ]


def _usage(table: ProtectedTable | None, t: Language) -> list[_Row]:
    """Return the usage rate in percent, as the client's own percentages are."""
    rows = [] if table is None else [row for row in rows_of(table) if row["metric"] == "active"]
    readings = [
        Reading(row["month"], None if row["n"] is None or not row["n_total"] else 100 * row["n"] / row["n_total"])
        for row in sorted(rows, key=lambda row: row["month"])
    ]
    if not any(reading.value is not None for reading in readings):
        return []
    return [_Row(word(t, "metric", "active"), sentences.PERCENT, tuple(readings), _USAGE)]


def _drawn(rows: Sequence[_Row], t: Language, *, ax: Axes | None) -> Canvas:
    days = [reading.day for row in rows for reading in row.readings]
    height = _TOP + len(rows) * _PLOT + (len(rows) - 1) * _APART + _MONTHS
    canvas = Canvas.of(height, ax=ax)
    for number, row in enumerate(rows):
        plot = _plot_of(row, _TOP + number * (_PLOT + _APART), days)
        canvas.line([(_LEFT, plot.bottom), (style.WIDTH - _END, plot.bottom)], "rule")
        _label(canvas, row, plot)
        _draw(canvas, row, plot, t)
    _plot_of(rows[-1], 0, days).months(canvas, height - 10, t)
    return canvas


def _plot_of(row: _Row, top: float, days: Sequence[dt.date]) -> TimePlot:
    low, high = min([0.0, *row.values]), max([0.0, *row.values])
    right = style.WIDTH - _END
    return TimePlot(_LEFT, right, top, top + _PLOT, min(days), max(days), high if high > low else low + 1, low)


def _label(canvas: Canvas, row: _Row, plot: TimePlot) -> None:
    lines = style.wrapped(row.name, style.SMALL, _LEFT - 36)
    unit = [] if row.unit in ("", sentences.PERCENT) else style.wrapped(row.unit, style.SMALL, _LEFT - 36)
    leading = style.SMALL * 1.3
    first = (plot.top + plot.bottom) / 2 - (len(lines) + len(unit) - 1) / 2 * leading
    for number, line in enumerate([*lines, *unit]):
        role = "ink" if number < len(lines) else "muted"
        canvas.text(0, first + number * leading, line, role=role, size=style.SMALL)


def _draw(canvas: Canvas, row: _Row, plot: TimePlot, t: Language) -> None:
    if len(row.values) >= _LEAST_JOINED:
        is_usage = row.role == _USAGE
        for run in plot.runs(row.readings) if is_usage else plot.runs(row.readings, most_days=_MOST_DAYS):
            if len(run) > 1:
                canvas.line(run, row.role, width=2.0)
    shown = [(reading.day, reading.value) for reading in row.readings if reading.value is not None]
    for day, value in shown:
        canvas.dot(plot.x(day), plot.y(value), row.role, size=6)
    (first, low), (last, high) = shown[0], shown[-1]
    canvas.text(plot.x(last) + 12, plot.y(high), _written(row, high, t), bold=True)
    if len(shown) > 1:
        words = _written(row, low, t)
        canvas.text(plot.x(first), plot.y(low) - 15, words, role="muted", size=style.SMALL, align="center")


def _written(row: _Row, value: float, t: Language) -> str:
    """Return a value without its unit; the usage rate in whole percent, as everywhere."""
    return t.percent(value / 100) if row.role == _USAGE else sentences.number(value, row.unit, t)


def _spoken(row: _Row, t: Language) -> str:
    ends = dict.fromkeys((*row.readings[:1], *row.readings[-1:]))
    values = [f"{t.date(day, short=True)} {_written(row, value, t)}" for day, value, _ in ends if value is not None]
    unit = f" ({row.unit})" if row.unit not in ("", sentences.PERCENT) else ""
    return f"{row.name}{unit}: {', '.join(values)}"
