"""How many work in each area of the CRM."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report.cells import require_protected, rows_of
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import stacks, style
from crmkit.report.charts.canvas import Canvas
from crmkit.report.charts.making import Words, chart_of
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.text import depth, sentences
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable

_ROW, _BAR, _TOP = 42, 26, 2
_LEFT, _RIGHT, _KEY = 150, 190, 34
#: Strength of the part of a bar that stands for looking only.
_LIGHTER = 0.42


def area_bar(area_usage: ProtectedTable, *, language: str = "de", ax: Axes | None = None) -> Chart | Block:
    """Draw a bar per CRM area: the share of assessed accounts that worked in it.

    Parameters
    ----------
    area_usage
        Table `area_usage`: area, n, n_total, share; with n_write, those who also write stand darker.
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        Shares do not add up to 100 %: people work in several areas. An absent block for an empty table.

    Raises
    ------
    PrivacyError
        If `area_usage` is not protected.
    """
    t, table = language_of(language), require_protected(area_usage, name="area_bar")
    if table.frame.empty:
        return Block.absent(t.gettext("Zu den genutzten CRM-Bereichen liegen keine Daten vor."))
    rows = rows_of(table)
    with style.applied():
        is_deep = any(depth.write_share(row) is not None for row in rows)
        top = _KEY if is_deep else _TOP
        canvas = Canvas.of(top + _ROW * len(rows) + 2, ax=ax)
        if is_deep:
            _write_key(canvas, t)
        for number, row in enumerate(rows):
            _draw(canvas, row, top + _ROW * number, t, is_deep=is_deep)
    shown = ", ".join(_spoken(row, t) for row in rows)
    caption = t.gettext("Anteil der ausgewerteten Konten, mit denen im CRM-Bereich gearbeitet wurde; mehrere möglich")
    return chart_of(canvas, Words(sentences.area_usage(table, t), caption, shown), (table,), t)


def _spoken(row: dict[str, Any], t: Language) -> str:
    words = f"{word(t, 'area', row['area'])} {stacks.spoken(stacks.share_of(row), t)}"
    return depth.spoken(words, row, t)


def _write_key(canvas: Canvas, t: Language) -> None:
    words = (t.gettext("schreiben auch"), t.gettext("sehen nur nach"))
    places = (_LEFT, _LEFT + 18 + style.width_of(words[0], style.SMALL) + 20)
    for place, said, only_look in zip(places, words, (False, True), strict=True):
        _part(canvas, place, 6, 12, 12, only_look=only_look)
        canvas.text(place + 18, 12, said, role="muted", size=style.SMALL)


def _part(canvas: Canvas, x: float, y: float, width: float, height: float, *, only_look: bool) -> None:
    corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    canvas.area(corners, "regular", opacity=_LIGHTER if only_look else 1.0)


def _draw(canvas: Canvas, row: dict[str, Any], top: float, t: Language, *, is_deep: bool) -> None:
    plot, y = style.WIDTH - _LEFT - _RIGHT, top + (_ROW - _BAR) / 2
    share = stacks.share_of(row)
    middle = top + _ROW / 2
    canvas.text(0, middle, word(t, "area", row["area"]))
    if share is None:
        canvas.masked(_LEFT, y, plot, _BAR)
        return
    canvas.box(_LEFT, y, plot, _BAR, "track")
    written = depth.write_share(row)
    if is_deep:
        _part(canvas, _LEFT, y, plot * share, _BAR, only_look=True)
        if written is None and share:
            canvas.masked(_LEFT, y, plot * share, _BAR)
    canvas.box(_LEFT, y, plot * share * (written or 0.0 if is_deep else 1.0), _BAR, "regular")
    end = style.WIDTH - _RIGHT + 62
    canvas.text(end, middle, t.percent(share), size=style.LARGE, bold=True, align="right")
    numbers = t.gettext("{n} von {total}", n=t.number(row["n"]), total=t.number(row["n_total"]))
    canvas.text(style.WIDTH, middle, numbers, role="muted", size=style.SMALL, align="right")
