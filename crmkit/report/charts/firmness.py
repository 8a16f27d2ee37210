"""How firm the reported figures are: between which values they lie under other assumptions."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmkit.report.cells import MASKED, require_protected
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import style
from crmkit.report.charts.canvas import Canvas
from crmkit.report.charts.making import Rows, Words, chart_of, grouped
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.text import firmness as sentences
from crmkit.report.text.evidence import out_of
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable

_HEAD, _ROW, _GAP, _AXIS = 32, 27, 14, 26
_LEFT, _RIGHT = 300, 116
_PLOT = style.WIDTH - _LEFT - _RIGHT
_STEP = 0.1
#: Colours as in the timeline.
_ROLES = {"usage_rate": "occasional", "regular_share": "regular"}


@dataclass(frozen=True)
class _Scale:
    low: float
    high: float

    def x(self, share: float) -> float:
        return _LEFT + (share - self.low) / (self.high - self.low) * _PLOT

    def ticks(self) -> list[float]:
        return [self.low + _STEP * number for number in range(round((self.high - self.low) / _STEP) + 1)]


def firmness(firmness: ProtectedTable, *, language: str = "de", ax: Axes | None = None) -> Chart | Block:
    """Draw between which values usage rate and regular share lie under other assumptions.

    Parameters
    ----------
    firmness
        Table `firmness`: metric, kind, n, n_total, share, low_share, high_share.
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        A range per metric and assumption, the reported share as a line through them. An absent block for
        an empty table.

    Raises
    ------
    PrivacyError
        If `firmness` is not protected.
    """
    t, table = language_of(language), require_protected(firmness, name="firmness")
    if table.frame.empty:
        return Block.absent(t.gettext("Zur Belastbarkeit der Zahlen liegen keine Daten vor."))
    metrics = grouped(table, "metric")
    heights = [_HEAD + _ROW * len(rows) for rows in metrics.values()]
    scale, bottom = _scale([row for rows in metrics.values() for row in rows]), sum(heights) + _GAP * (len(heights) - 1)
    with style.applied():
        canvas = Canvas.of(bottom + _AXIS, ax=ax)
        for tick in scale.ticks():
            words = t.percent(round(tick, 6))
            canvas.text(scale.x(tick), bottom + 14, words, role="muted", size=style.SMALL, align="center")
        for number, (metric, rows) in enumerate(metrics.items()):
            top = sum(heights[:number]) + _GAP * number
            canvas.text(0, top + _HEAD / 2, word(t, "metric", metric), bold=True)
            _draw(canvas, rows, top, scale, t)
    shown = "; ".join(_spoken(metric, rows, t) for metric, rows in metrics.items())
    caption = t.gettext("Belastbarkeit der Zahlen, Spanne je Annahme (Linie und Punkt: Wert im Bericht)")
    return chart_of(canvas, Words(sentences.firmness(table, t), caption, shown), (table,), t)


def _scale(rows: Rows) -> _Scale:
    """Return a scale of whole steps that holds all ranges; the whole where nothing is known."""
    names = ("share", "low_share", "high_share")
    known = [row[name] for row in rows for name in names if row[name] is not None]
    if not known:
        return _Scale(0.0, 1.0)
    low, high = math.floor(round(min(known) / _STEP, 6)), math.ceil(round(max(known) / _STEP, 6))
    if low == high:
        low, high = max(low - 1, 0), min(high + 1, round(1 / _STEP))
    return _Scale(low * _STEP, high * _STEP)


def _draw(canvas: Canvas, rows: Rows, top: float, scale: _Scale, t: Language) -> None:
    start, end = top + _HEAD - 4, top + _HEAD + _ROW * len(rows)
    for tick in scale.ticks():
        canvas.line([(scale.x(tick), start), (scale.x(tick), end)], "rule")
    known = next((row for row in rows if row["share"] is not None and row["n"] is not None), None)
    if known is not None:
        _write_share(canvas, known, scale.x(known["share"]), top, t)
        canvas.line([(scale.x(known["share"]), start), (scale.x(known["share"]), end)], "ink")
    for number, row in enumerate(rows):
        middle = top + _HEAD + _ROW * (number + 0.5)
        canvas.text(0, middle, word(t, "firmness", row["kind"]), size=style.SMALL)
        canvas.text(style.WIDTH, middle, _range(row, t), size=style.SMALL, align="right")
        _mark(canvas, row, middle, scale)


def _write_share(canvas: Canvas, row: dict[str, Any], x: float, top: float, t: Language) -> None:
    """Write the reported share above its line, inside the plot."""
    words = out_of(row["n"], row["n_total"], t)
    half = style.width_of(words, style.BODY, bold=True) / 2
    x = min(max(x, _LEFT + half), _LEFT + _PLOT - half)
    canvas.text(x, top + _HEAD / 2 - 2, words, bold=True, align="center")


def _mark(canvas: Canvas, row: dict[str, Any], middle: float, scale: _Scale) -> None:
    if row["low_share"] is None or row["high_share"] is None:
        if row["suppressed"]:
            canvas.masked(_LEFT, middle - 8, _PLOT, 16)
        return
    start, end = scale.x(row["low_share"]), scale.x(row["high_share"])
    canvas.box(start, middle - 4, max(end - start, 1), 8, _ROLES.get(row["metric"], "step_2"))
    if row["share"] is not None:
        # The colour of words on a dark part is nearly that of the page: a ring around the dot.
        canvas.dot(scale.x(row["share"]), middle, "on_regular", size=9)
        canvas.dot(scale.x(row["share"]), middle, "ink", size=6)


def _range(row: dict[str, Any], t: Language) -> str:
    if row["low_share"] is None or row["high_share"] is None:
        return MASKED if row["suppressed"] else "–"
    low, high = t.percent(row["low_share"]), t.percent(row["high_share"])
    return low if low == high else f"{low} – {high}"


def _spoken(metric: str, rows: Rows, t: Language) -> str:
    share = rows[0]["share"]
    ranges = ", ".join(f"{word(t, 'firmness', row['kind'])} {_range(row, t)}" for row in rows)
    return f"{word(t, 'metric', metric)} {MASKED if share is None else t.percent(share)}: {ranges}"
