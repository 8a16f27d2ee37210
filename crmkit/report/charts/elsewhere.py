"""How often customer data are kept elsewhere, by the survey: one bar an answer, from never to daily."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report.cells import require_protected, rows_of
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import stacks, style
from crmkit.report.charts.canvas import Canvas
from crmkit.report.charts.making import Rows, Words, chart_of
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.text.evidence import TOO_SMALL, out_of
from crmkit.report.text.words import WORDS, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable

_LEFT, _RIGHT = 190, 150
_PLOT = style.WIDTH - _LEFT - _RIGHT
_ROW, _BAR = 36, 22
#: Answers that say that data are kept elsewhere as a matter of course.
_OFTEN = ("weekly", "daily")


def elsewhere(survey_elsewhere: ProtectedTable, *, language: str = "de", ax: Axes | None = None) -> Chart | Block:
    """Draw how often customer data are kept elsewhere, as answered in the survey.

    Parameters
    ----------
    survey_elsewhere
        Table `survey_elsewhere`: answer (``never``, ``rarely``, ``monthly``, ``weekly``, ``daily``), n, n_total, share.
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        From never to daily. An absent block for an empty table.

    Raises
    ------
    PrivacyError
        If `survey_elsewhere` is not protected.
    """
    t, table = language_of(language), require_protected(survey_elsewhere, name="elsewhere")
    if table.frame.empty:
        return Block.absent(t.gettext("Die Befragung hat nicht nach Kundendaten an anderer Stelle gefragt."))
    rows = _in_order(rows_of(table))
    with style.applied():
        canvas = Canvas.of(_ROW * len(rows) + 2, ax=ax)
        for number, row in enumerate(rows):
            _draw(canvas, row, _ROW * number + _ROW / 2, t)
    caption = t.gettext("Wie oft Kundendaten außerhalb des CRM geführt werden, Antworten der anonymen Befragung")
    shown = "; ".join(f"{_answer(row, t)} {stacks.spoken(stacks.share_of(row), t)}" for row in rows)
    return chart_of(canvas, Words(_finding(rows, t), caption, shown), (table,), t)


def _in_order(rows: Rows) -> Rows:
    known = [*WORDS["elsewhere"]]
    return sorted(rows, key=lambda row: known.index(row["answer"]) if row["answer"] in known else len(known))


def _answer(row: dict[str, Any], t: Language) -> str:
    kind = "elsewhere" if row["answer"] in WORDS["elsewhere"] else "answer"
    return word(t, kind, row["answer"])


def _draw(canvas: Canvas, row: dict[str, Any], middle: float, t: Language) -> None:
    canvas.text(0, middle, _answer(row, t))
    canvas.line([(_LEFT, middle - _ROW / 2), (_LEFT, middle + _ROW / 2)], "rule")
    share = stacks.share_of(row)
    if share is None:
        canvas.masked(_LEFT, middle - _BAR / 2, 44, _BAR)
        return
    canvas.box(_LEFT, middle - _BAR / 2, share * _PLOT, _BAR, "step_2")
    canvas.text(_LEFT + share * _PLOT + 10, middle, t.percent(share), bold=True)
    canvas.text(style.WIDTH, middle, _counts(row, t), role="muted", size=style.SMALL, align="right")


def _counts(row: dict[str, Any], t: Language) -> str:
    return t.gettext("{n} von {total}", n=t.number(row["n"]), total=t.number(row["n_total"]))


def _finding(rows: Rows, t: Language) -> str:
    """Return how many keep customer data elsewhere every week; how many never do, where that is not shown."""
    n = {row["answer"]: row["n"] for row in rows}
    total = next((row["n_total"] for row in rows if row["n_total"]), None)
    often = [n.get(code) for code in _OFTEN]
    if total and None not in often:
        share = out_of(sum(count for count in often if count is not None), total, t)
        return t.gettext(
            "Mindestens wöchentlich führen nach eigener Angabe {share} Kundendaten außerhalb des CRM.", share=share
        )
    if total and n.get("never") is not None:
        share = out_of(n["never"], total, t)
        return t.gettext("Nie führen nach eigener Angabe {share} Kundendaten außerhalb des CRM.", share=share)
    return t.gettext(TOO_SMALL)
