"""How often customer data are kept elsewhere, by the survey: one bar an answer, from never to daily."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmkit.report.cells import require_protected, rows_of
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import single_bars
from crmkit.report.charts.making import Rows, Words, chart_of
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.text.evidence import TOO_SMALL, out_of
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable

#: Answers that say that data are kept elsewhere as a matter of course.
_OFTEN = ("weekly", "daily")


def elsewhere(survey_elsewhere: ProtectedTable, *, language: str = "de", ax: Axes | None = None) -> Chart | Block:
    """Draw how often customer data are kept elsewhere, as answered in the survey.

    Parameters
    ----------
    survey_elsewhere
        Table `survey_elsewhere`: answer (``never``, ``rarely``, ``monthly``, ``weekly``, ``daily``, ``cannot_judge``),
        n, n_total, share.
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
    rows = rows_of(table)
    canvas, shown = single_bars.mentions(
        rows, lambda row: word(t, "how_often", row["answer"]), role="step_2", t=t, ax=ax
    )
    caption = t.gettext("Wie oft Kundendaten außerhalb des CRM geführt werden, Antworten der anonymen Befragung")
    return chart_of(canvas, Words(_finding(rows, t), caption, shown), (table,), t)


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
