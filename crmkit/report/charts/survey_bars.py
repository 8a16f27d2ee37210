"""The pulse survey: agreement to the right, disagreement to the left, neither of them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report.cells import count, require_protected, rows_of
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import stacks, style
from crmkit.report.charts.canvas import Canvas
from crmkit.report.charts.making import Rows, Words, chart_of, grouped
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.text import voices
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable

_HEAD, _ROW, _BAR = 34, 50, 24
#: Pixels of 100 %, the same to both sides and for the answers between.
_LEFT, _HALF = 310, 150
_MIDDLE = _LEFT + _HALF


def survey_bars(
    survey_items: ProtectedTable, survey_response: ProtectedTable | None = None,
    survey_bounds: ProtectedTable | None = None, *, language: str = "de", ax: Axes | None = None,
) -> Chart | Block:  # fmt: skip
    """Draw agreement and disagreement per question as diverging bars.

    Parameters
    ----------
    survey_items
        Table `survey_items`: item, answer, n, n_total, share.
    survey_response
        Table `survey_response`: how many of those invited answered; the caption says so.
    survey_bounds
        Table `survey_bounds`: item, low_share, high_share; a thin line under a bar says where agreement would lie if
        all who did not answer had disagreed, or agreed.
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
    items, bounds = grouped(table, "item"), _bounds(survey_bounds)
    with style.applied():
        canvas = Canvas.of(_HEAD + _ROW * len(items) + 2, ax=ax)
        _head(canvas, items, t)
        for number, (item, cells) in enumerate(items.items()):
            _draw(canvas, item, cells, _HEAD + number * _ROW, t)
            _bound(canvas, bounds.get(item), _HEAD + number * _ROW)
    shown = "; ".join(_spoken(item, cells, t) for item, cells in items.items())
    caption = t.gettext("Antworten der anonymen Befragung auf einer Skala von 1 bis 5 (1–2, 3, 4–5)")
    note = _note(survey_response, bool(bounds), "neither" in table.frame["answer"].tolist(), t)
    tables = tuple(one for one in (table, survey_response, survey_bounds) if one is not None)
    return chart_of(canvas, Words(voices.items(table, t), caption, shown, note), tables, t)


def _bounds(table: ProtectedTable | None) -> dict[str, tuple[float, float]]:
    """Return item → lowest and highest share of agreement, where they are shown."""
    rows = rows_of(require_protected(table, name="survey_bars")) if table is not None else []
    return {row["item"]: (row["low_share"], row["high_share"]) for row in rows if row["low_share"] is not None}


def _note(response: ProtectedTable | None, has_bounds: bool, is_banded: bool, t: Language) -> str:
    """Return how many answered, what stands between agreement and disagreement, and what the thin lines are."""
    said = voices.response(require_protected(response, name="survey_bars"), t) if response is not None else ""
    line = t.gettext("Dünne Linie: Zustimmung, wenn alle ohne Antwort ablehnten oder zustimmten")
    between = t.gettext("Weder noch: teils, teils oder ohne Urteil")
    return ". ".join(part for part in (said, between if is_banded else "", line if has_bounds else "") if part)


def _bound(canvas: Canvas, bound: tuple[float, float] | None, top: float) -> None:
    """Draw the range of agreement as a thin line under the bar."""
    if bound is None:
        return
    y = top + (_ROW + _BAR) / 2 + 5
    low, high = (_MIDDLE + share * _HALF for share in bound)
    canvas.line([(low, y), (high, y)], "agree", width=1.5)
    for x in (low, high):
        canvas.line([(x, y - 3), (x, y + 3)], "agree", width=1.5)


def _head(canvas: Canvas, items: dict[str, Rows], t: Language) -> None:
    canvas.text(_MIDDLE - 8, 12, word(t, "answer", "disagree"), role="muted", size=style.SMALL, align="right")
    canvas.text(_MIDDLE + 8, 12, word(t, "answer", "agree"), role="muted", size=style.SMALL)
    codes = {cell["answer"] for cells in items.values() for cell in cells}
    between = "neither" if "neither" in codes else "neutral"
    canvas.text(_neutral_x(), 12, word(t, "answer", between), role="muted", size=style.SMALL)
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
    _neutral(canvas, answers.get("neutral") or answers.get("neither"), y, t)
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
