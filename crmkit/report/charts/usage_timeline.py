"""Usage month by month, and under it what changed: technically, organisationally, culturally."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from crmkit.report.cells import MASKED, require_protected, rows_of
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import style
from crmkit.report.charts.canvas import Canvas
from crmkit.report.charts.lanes import Lane, Mark, draw_lanes, packed
from crmkit.report.charts.making import Words, chart_of
from crmkit.report.charts.timeplot import Reading, TimePlot
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.text import sentences
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable

_LEFT, _END = 116, 168
_TOP, _PLOT, _MONTHS = 10, 230, 22
#: Changes longer before the first reading than this stand in the table only (days).
_BEFORE = 200
KINDS = ("technical", "organisational", "cultural")


def usage_timeline(
    usage_series: ProtectedTable,
    change_log: ProtectedTable | None = None,
    *,
    language: str = "de",
    ax: Axes | None = None,
) -> Chart | Block:
    """Draw usage rate and regular share by month, with the changes under it in three lanes.

    Parameters
    ----------
    usage_series
        Table `usage_series`: month, metric (``active``, ``regular``), n, n_total, share.
    change_log
        Table `change_log`: date, kind, title; None: without changes.
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        Months without a log interrupt the line. That something changed before or after says nothing
        about why. An absent block without readings and changes.

    Raises
    ------
    PrivacyError
        If a table is not protected.
    """
    t, series = language_of(language), require_protected(usage_series, name="usage_timeline")
    changes = None if change_log is None else require_protected(change_log, name="usage_timeline")
    has_changes = changes is not None and len(changes.frame) > 0
    if series.frame.empty and not has_changes:
        return Block.absent(t.gettext("Zum Verlauf der Nutzung liegen keine Daten vor."))
    readings = {metric: _readings(series, metric) for metric in ("active", "regular")}
    marks = _marks(changes) if changes is not None else []
    with style.applied():
        canvas = _draw(readings, marks, t, ax=ax)
    tables = tuple(table for table in (series, changes) if table is not None and len(table.frame))
    return chart_of(canvas, _words(series, changes if has_changes else None, t), tables, t)


def _readings(series: ProtectedTable, metric: str) -> list[Reading]:
    rows = [row for row in rows_of(series) if row["metric"] == metric]
    shares = [None if row["n"] is None or not row["n_total"] else row["n"] / row["n_total"] for row in rows]
    readings = [Reading(row["month"], share) for row, share in zip(rows, shares, strict=True)]
    return sorted(readings, key=lambda reading: reading.day)


def _marks(changes: ProtectedTable) -> list[Mark]:
    return [Mark(row["date"], row["kind"], row["title"]) for row in rows_of(changes) if row["date"] is not None]


def _draw(readings: dict[str, list[Reading]], marks: list[Mark], t: Language, *, ax: Axes | None) -> Canvas:
    days = [reading.day for reading in readings["active"]]
    marks = [mark for mark in marks if not days or mark.day >= min(days) - dt.timedelta(days=_BEFORE)]
    plot = _plot_of(readings, [*days, *(mark.day for mark in marks)])
    lanes = [packed(kind, marks, plot) for kind in KINDS] if marks else []
    below = plot.bottom + _MONTHS + 6
    canvas = Canvas.of(below + sum(lane.height for lane in lanes) + (12 if lanes else 0), ax=ax)
    draw_lanes(canvas, lanes, below + 8, plot, t)
    if days and not any(reading.value is not None for reading in readings["active"]):
        canvas.masked(plot.left, plot.top, plot.right - plot.left, plot.bottom - plot.top)
    elif days:
        steps = [step / 4 for step in range(round(plot.high * 4) + 1)]
        plot.grid(canvas, [(step, t.percent(step)) for step in steps])
        _lines(canvas, plot, readings, t)
    plot.months(canvas, plot.bottom + 17, t)
    return canvas


def _plot_of(readings: dict[str, list[Reading]], days: Sequence[dt.date]) -> TimePlot:
    shares = [reading.value for reading in readings["active"] if reading.value is not None]
    high = next(step for step in (0.5, 0.75, 1.0) if step >= max(shares, default=0.5))
    bottom = _TOP + (_PLOT if readings["active"] else 0)
    return TimePlot(_LEFT, style.WIDTH - _END, _TOP, bottom, min(days), max(days), high)


def _lines(canvas: Canvas, plot: TimePlot, readings: dict[str, list[Reading]], t: Language) -> None:
    """Draw usage rate over regular share, and name both at their ends."""
    ends = []
    for metric, role in (("active", "occasional"), ("regular", "regular")):
        for run in plot.runs(readings[metric]):
            if len(run) > 1:
                outline = [(run[0][0], plot.bottom), *run, (run[-1][0], plot.bottom)]
                canvas.area(outline, role, opacity=0.16)
                canvas.line(run, role, width=2.6)
            for x, y in run:
                canvas.dot(x, y, role, size=5)
        shown = [reading for reading in readings[metric] if reading.value is not None]
        if shown and shown[-1].value is not None:
            ends.append((plot.x(shown[-1].day), plot.y(shown[-1].value), metric, t.percent(shown[-1].value)))
    _name_ends(canvas, ends, t)


def _name_ends(canvas: Canvas, ends: list[tuple[float, float, str, str]], t: Language) -> None:
    """Write value and name at the end of each line, at least two lines of text apart."""
    apart = 42.0
    low = 1e9
    for x, y, metric, value in sorted(ends, key=lambda end: -end[1]):
        place = min(y, low - apart)
        low = place
        canvas.text(x + 14, place - 8, value, size=style.LARGE, bold=True)
        canvas.text(x + 14, place + 11, word(t, "metric", metric), role="muted", size=style.SMALL)


def _words(series: ProtectedTable, changes: ProtectedTable | None, t: Language) -> Words:
    shown = [
        f"{t.month(row['month'])} {word(t, 'metric', row['metric'])} "
        f"{MASKED if row['n'] is None or not row['n_total'] else t.percent(row['n'] / row['n_total'])}"
        for row in rows_of(series)
    ]
    if changes is not None:
        shown += [f"{t.date(row['date'])} {row['title']}" for row in rows_of(changes)]
    if series.frame.empty and changes is not None:
        return Words(sentences.change_log(changes, t), t.gettext("Änderungen im Verlauf"), "; ".join(shown))
    caption = t.gettext("Nutzungsquote und Anteil regelmäßiger Nutzung je Monat; jeder Punkt steht für 12 Wochen")
    return Words(sentences.usage_series(series, t), caption, "; ".join(shown))


__all__ = ["KINDS", "Lane", "usage_timeline"]
