"""What makes work with the CRM hard: hurdles that respondents ticked, up to three each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report.cells import require_protected, rows_of
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import single_bars
from crmkit.report.charts.making import Words, chart_of
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.text import voices
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable


def survey_hurdles(survey_hurdles: ProtectedTable, *, language: str = "de", ax: Axes | None = None) -> Chart | Block:
    """Draw how many name each hurdle.

    Parameters
    ----------
    survey_hurdles
        Table `survey_hurdles`: hurdle, n, n_total, share.
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        Hurdles in the order of the survey. An absent block for an empty table.

    Raises
    ------
    PrivacyError
        If `survey_hurdles` is not protected.
    """
    t, table = language_of(language), require_protected(survey_hurdles, name="survey_hurdles")
    if table.frame.empty:
        return Block.absent(t.gettext("Nach Hürden wurde nicht gefragt."))
    canvas, shown = single_bars.mentions(rows_of(table), lambda row: _label(row, t), role="disagree", t=t, ax=ax)
    question = word(t, "item", "13")
    caption = t.gettext("„{question}“ Bis zu drei Nennungen; Anteil aller, die geantwortet haben", question=question)
    return chart_of(canvas, Words(voices.hurdles(table, t), caption, shown), (table,), t)


def _label(row: dict[str, Any], t: Language) -> str:
    said = word(t, "hurdle", row["hurdle"])
    return f"{said[0].upper()}{said[1:]}"
