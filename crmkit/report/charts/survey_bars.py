"""The pulse survey: agreement to the right, disagreement to the left, neither of them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report.cells import count, require_protected
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import stacks, style
from crmkit.report.charts.canvas import Canvas
from crmkit.report.charts.making import Rows, Words, chart_of, grouped
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.text import sentences
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable

_HEAD, _ROW, _BAR = 34, 50, 24
#: Pixels of 100 %, the same to both sides and for the answers between.
_LEFT, _HALF = 310, 150
_MIDDLE = _LEFT + _HALF


def survey_bars(survey_items: ProtectedTable, *, language: str = "de", ax: Axes | None = None) -> Chart | Block:
    """Draw agreement and disagreement per question as diverging bars.

    Parameters
    ----------
    survey_items
        Table `survey_items`: item, answer, n, n_total, share.
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        Questions in the order of the survey. An absent block for an empty table.

    Raises
    ------
    PrivacyError
        If `survey_items` is not protected.
    """
    t, table = language_of(language), require_protected(survey_items, name="survey_bars")
    if table.frame.empty:
        return Block.absent(t.gettext("Es gab noch keine Befragung."))
    items = grouped(table, "item")
    with style.applied():
        canvas = Canvas.of(_HEAD + _ROW * len(items) + 2, ax=ax)
        _head(canvas, t)
        for number, (item, cells) in enumerate(items.items()):
            _draw(canvas, item, cells, _HEAD + number * _ROW, t)
    shown = "; ".join(_spoken(item, cells, t) for item, cells in items.items())
    caption = t.gettext("Antworten der anonymen Befragung auf einer Skala von 1 bis 5 (1–2, 3, 4–5)")
    return chart_of(canvas, Words(sentences.survey_items(table, t), caption, shown), (table,), t)


def _head(canvas: Canvas, t: Language) -> None:
    canvas.text(_MIDDLE - 8, 12, word(t, "answer", "disagree"), role="muted", size=style.SMALL, align="right")
    canvas.text(_MIDDLE + 8, 12, word(t, "answer", "agree"), role="muted", size=style.SMALL)
    canvas.text(_neutral_x(), 12, word(t, "answer", "neutral"), role="muted", size=style.SMALL)
    canvas.text(style.WIDTH, 12, t.gettext("Antworten"), role="muted", size=style.SMALL, align="right")


def _neutral_x() -> float:
    return float(_MIDDLE + _HALF + 62)


def _draw(canvas: Canvas, item: str, cells: Rows, top: float, t: Language) -> None:
    answers = {cell["answer"]: cell for cell in cells}
    middle, y = top + _ROW / 2, top + (_ROW - _BAR) / 2
    canvas.lines(0, middle, style.wrapped(_question(item, t), style.SMALL, _LEFT - 24), size=style.SMALL)
    _side(canvas, answers.get("disagree"), y, -1, t)
    _side(canvas, answers.get("agree"), y, +1, t)
    canvas.line([(_MIDDLE, y - 6), (_MIDDLE, y + _BAR + 6)], "faint")
    _neutral(canvas, answers.get("neutral"), y, t)
    total = cells[0]["n_total"]
    words = count(total, t)
    canvas.text(style.WIDTH, middle, words, role="muted", size=style.SMALL, align="right")


def _side(canvas: Canvas, cell: dict[str, Any] | None, y: float, direction: int, t: Language) -> None:
    """Draw the bar to one side, its number at its end."""
    role = "agree" if direction > 0 else "disagree"
    share = None if cell is None else stacks.share_of(cell)
    if share is None:
        canvas.masked(_MIDDLE - (0 if direction > 0 else 44), y, 44, _BAR)
        return
    length = share * _HALF
    canvas.box(_MIDDLE - (0 if direction > 0 else length), y, length, _BAR, role)
    words = t.percent(share)
    align = "left" if direction > 0 else "right"
    canvas.text(_MIDDLE + direction * (length + 7), y + _BAR / 2, words, size=style.SMALL, align=align)


def _neutral(canvas: Canvas, cell: dict[str, Any] | None, y: float, t: Language) -> None:
    share = None if cell is None else stacks.share_of(cell)
    if share is None:
        canvas.masked(_neutral_x(), y, 44, _BAR)
        return
    length = share * _HALF
    canvas.box(_neutral_x(), y, length, _BAR, "neutral")
    canvas.text(_neutral_x() + length + 7, y + _BAR / 2, t.percent(share), role="muted", size=style.SMALL)


def _question(item: str, t: Language) -> str:
    known = word(t, "item", item)
    return t.gettext("Frage {number}", number=item) if known == item else known


def _spoken(item: str, cells: Rows, t: Language) -> str:
    shares = [f"{word(t, 'answer', cell['answer'])} {stacks.spoken(stacks.share_of(cell), t)}" for cell in cells]
    return f"{_question(item, t)} {', '.join(shares)}"
