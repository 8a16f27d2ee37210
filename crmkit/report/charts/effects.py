"""How far use moved with each change, beside how far it moved on other days: what an interrupted time series says."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmkit.report.cells import require_protected, rows_of
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import style
from crmkit.report.charts.canvas import Canvas
from crmkit.report.charts.making import Rows, Words, chart_of
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.text import effects as sentences
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable

_LINE, _PAD, _AXIS = 18, 16, 34
_LEFT, _RIGHT = 330, 150
_LABEL, _PLOT = _LEFT - 26, style.WIDTH - _LEFT - _RIGHT
#: Percentage points between two lines of the scale, the first that leaves few enough of them.
_STEPS, _MOST_TICKS = (5, 10, 20, 25, 50), 7
_ROLES = {"found_up": "regular", "found_down": "alarm", "not_found": "muted"}
_MARKS = ("low_share", "high_share", "placebo_low_share", "placebo_high_share")


@dataclass(frozen=True)
class _Scale:
    low: int
    high: int
    step: int

    def x(self, points: float) -> float:
        return _LEFT + (points - self.low) / (self.high - self.low) * _PLOT

    def ticks(self) -> range:
        return range(self.low, self.high + 1, self.step)


@dataclass(frozen=True)
class _Row:
    """A change with the lines of its words and its place."""

    change: dict[str, Any]
    title: list[str]
    about: list[str]
    why: list[str]
    top: float

    @property
    def height(self) -> float:
        return max(len(self.title) + len(self.about), len(self.why), 1) * _LINE + _PAD


def effects(effects: ProtectedTable, *, language: str = "de", ax: Axes | None = None) -> Chart | Block:
    """Draw for each change by how many percentage points the weekly share of active people moved with it.

    Parameters
    ----------
    effects
        Table `effects`: date, kind, title, org_unit, reason, together, result, level_share, low_share, high_share,
        placebo_low_share, placebo_high_share.
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        A dot with its 95 % interval over the grey band of the placebo dates; in words where nothing can be told. An
        absent block for an empty table.

    Raises
    ------
    PrivacyError
        If `effects` is not protected.
    """
    t, table = language_of(language), require_protected(effects, name="effects")
    if table.frame.empty:
        return Block.absent(t.gettext("Dafür liegen keine Daten vor."))
    changes = rows_of(table)
    with style.applied():
        canvas = _draw(changes, t, ax=ax)
    caption = t.gettext(
        "Verschiebung des wöchentlichen Anteils der Personen mit Arbeit im CRM mit jeder Änderung, in Prozentpunkten "
        "(Punkt und Linie: Schätzung mit 95-%-Spanne; graues Band: andere Tage)"
    )
    shown = "; ".join(f"{change['title']}: {_spoken(change, t)}" for change in changes)
    words = Words(sentences.estimates(table, t), caption, shown, t.gettext(sentences.METHOD), hides=False)
    return chart_of(canvas, words, (table,), t)


def _draw(changes: Rows, t: Language, *, ax: Axes | None) -> Canvas:
    rows, scale = _placed(changes, t), _scale(changes)
    bottom = rows[-1].top + rows[-1].height
    canvas = Canvas.of(bottom + (_AXIS if scale else 0), ax=ax)
    for row in rows:
        if row.top:
            canvas.line([(0, row.top), (style.WIDTH, row.top)], "rule")
    if scale:
        _write_scale(canvas, scale, bottom, t)
    for row in rows:
        _write(canvas, row)
        if scale and row.change["level_share"] is not None:
            _mark(canvas, row, scale, t)
    return canvas


def _placed(changes: Rows, t: Language) -> list[_Row]:
    """Return the changes from the top down, their words in lines that leave room for the drawing."""
    rows: list[_Row] = []
    for change in changes:
        title = style.wrapped(change["title"], style.SMALL, _LABEL)
        about = style.wrapped(sentences.about(change, t), style.SMALL, _LABEL)
        why = [] if change["level_share"] is not None else style.wrapped(_why(change, t), style.SMALL, _PLOT + _RIGHT)
        rows.append(_Row(change, title, about, why, rows[-1].top + rows[-1].height if rows else 0.0))
    return rows


def _scale(changes: Rows) -> _Scale | None:
    """Return a scale of whole steps that holds 0, all intervals and all bands; None where nothing can be drawn."""
    points = [100 * change[name] for change in changes for name in _MARKS if change[name] is not None]
    if not points:
        return None
    low, high = min(*points, -_STEPS[0]), max(*points, _STEPS[0])
    scales = [_Scale(math.floor(low / step) * step, math.ceil(high / step) * step, step) for step in _STEPS]
    return next((scale for scale in scales if len(scale.ticks()) <= _MOST_TICKS), scales[-1])


def _write_scale(canvas: Canvas, scale: _Scale, bottom: float, t: Language) -> None:
    for tick in scale.ticks():
        words = t.signed(tick) if tick else t.number(0)
        canvas.text(scale.x(tick), bottom + 16, words, role="muted", size=style.SMALL, align="center")
    canvas.text(style.WIDTH, bottom + 16, t.gettext("Prozentpunkte"), role="muted", size=style.SMALL, align="right")


def _write(canvas: Canvas, row: _Row) -> None:
    lines = [*((line, "ink") for line in row.title), *((line, "muted") for line in row.about)]
    for number, (line, role) in enumerate(lines):
        canvas.text(0, row.top + _PAD / 2 + (number + 0.5) * _LINE, line, role=role, size=style.SMALL)
    middle = row.top + row.height / 2 - (len(row.why) - 1) * _LINE / 2
    for number, line in enumerate(row.why):
        canvas.text(_LEFT, middle + number * _LINE, line, role="muted", size=style.SMALL)


def _mark(canvas: Canvas, row: _Row, scale: _Scale, t: Language) -> None:
    change, middle = row.change, row.top + row.height / 2
    low, high, band_low, band_high = (scale.x(100 * change[name]) for name in _MARKS)
    role = _ROLES[change["result"]]
    # beside words of why nothing can be told there is no scale
    for tick in scale.ticks():
        ends = [(scale.x(tick), row.top + 1), (scale.x(tick), row.top + row.height - 1)]
        canvas.line(ends, "faint" if tick == 0 else "rule")
    canvas.box(band_low, row.top + 6, max(band_high - band_low, 1), row.height - 12, "track")
    canvas.line([(low, middle), (high, middle)], role, width=2.4)
    canvas.dot(scale.x(100 * change["level_share"]), middle, role, size=9)
    words = word(t, "effect", change["result"])
    canvas.text(style.WIDTH, middle - 9, _points(change, t), bold=True, align="right")
    canvas.text(style.WIDTH, middle + 10, words, role="muted", size=style.SMALL, align="right")


def _points(change: dict[str, Any], t: Language) -> str:
    return t.signed(round(100 * change["level_share"]))


def _why(change: dict[str, Any], t: Language) -> str:
    if change["result"] is None:
        return t.gettext(sentences.HIDDEN)
    said = t.gettext("Lässt sich nicht sagen: {why}", why=word(t, "effect_reason", change["reason"]))
    return f"{said} ({change['together']})" if change["reason"] == "together" else said


def _spoken(change: dict[str, Any], t: Language) -> str:
    if change["level_share"] is None:
        return _why(change, t)
    low, high = (t.signed(round(100 * change[name])) for name in ("low_share", "high_share"))
    return t.gettext(
        "{points} ({low} bis {high}), {result}", points=_points(change, t), low=low, high=high,
        result=word(t, "effect", change["result"]),
    )  # fmt: skip
