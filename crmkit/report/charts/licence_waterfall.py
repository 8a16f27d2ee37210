"""From licences bought to accounts assessed, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report.cells import MASKED, require_protected, rows_of
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import style
from crmkit.report.charts.canvas import Canvas
from crmkit.report.charts.making import Rows, Words, chart_of
from crmkit.report.language import N_, Language
from crmkit.report.language import language as language_of
from crmkit.report.text import sentences
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable

_ROW, _BAR = 46, 26
_LEFT, _PLOT = 210, 360
_NUMBER = _LEFT + _PLOT + 60
_NOTE = _NUMBER + 20
#: What is left out on the way to a step.
_LEFT_OUT = {
    "assigned": N_("nicht vergeben"),
    "persons": N_("technische und doppelte Konten"),
    "active_contract": N_("ausgeschieden"),
    "past_onboarding": N_("in den ersten 90 Tagen"),
    "assessed": N_("zu wenige auswertbare Wochen"),
}


def licence_waterfall(waterfall: ProtectedTable, *, language: str = "de", ax: Axes | None = None) -> Chart | Block:
    """Draw how the number of licences bought becomes the number of accounts assessed.

    Parameters
    ----------
    waterfall
        Table `waterfall`: step, n.
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        What is left out between two steps is written only from k on. An absent block for an empty table.

    Raises
    ------
    PrivacyError
        If `waterfall` is not protected.
    """
    t, table = language_of(language), require_protected(waterfall, name="licence_waterfall")
    if table.frame.empty:
        return Block.absent(t.gettext("Zu den Lizenzen liegen keine Daten vor."))
    rows = _without_idle_steps(rows_of(table))
    with style.applied():
        canvas = Canvas.of(_ROW * len(rows), ax=ax)
        for number, row in enumerate(rows):
            _draw(canvas, row, number * _ROW, _scale(rows), t)
            words = _left_out(rows[number - 1], row, table.k, t) if number else ""
            canvas.text(_NOTE, (number + 0.5) * _ROW, words, role="muted", size=style.SMALL)
    shown = ", ".join(
        f"{word(t, 'step', row['step'])} {MASKED if row['n'] is None else t.number(row['n'])}" for row in rows
    )
    caption = t.gettext("Von gekauften Lizenzen zu ausgewerteten Konten")
    return chart_of(canvas, Words(sentences.waterfall(table, t), caption, shown), (table,), t)


def _without_idle_steps(rows: Rows) -> Rows:
    """Return the steps without that of leavers, where it is shown that there are none."""
    n = {row["step"]: row["n"] for row in rows}
    is_idle = n.get("not_left") is not None and n.get("not_left") == n.get("persons")
    return [row for row in rows if row["step"] != "not_left" or not is_idle]


def _scale(rows: Rows) -> float:
    return _PLOT / max([row["n"] or 0 for row in rows] + [1])


def _draw(canvas: Canvas, row: dict[str, Any], top: float, scale: float, t: Language) -> None:
    y, middle = top + (_ROW - _BAR) / 2, top + _ROW / 2
    canvas.text(0, middle, word(t, "step", row["step"]))
    if row["n"] is None:
        canvas.masked(_LEFT, y, _PLOT, _BAR)
        return
    role = "regular" if row["step"] == "assessed" else "no_write_trace"
    canvas.box(_LEFT, y, _PLOT, _BAR, "track")
    canvas.box(_LEFT, y, row["n"] * scale, _BAR, role)
    canvas.text(_NUMBER, middle, t.number(row["n"]), size=style.LARGE, bold=True, align="right")


def _left_out(before: dict[str, Any], row: dict[str, Any], k: int, t: Language) -> str:
    """Return what a step leaves out, empty if the number is smaller than may be shown."""
    if before["n"] is None or row["n"] is None or before["n"] - row["n"] < k or row["step"] not in _LEFT_OUT:
        return ""
    return f"{t.signed(row['n'] - before['n'])} {t.gettext(_LEFT_OUT[row['step']])}"
