"""The topics of the survey that several questions ask about: an index from 0 to 100 each, and no score over all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report.cells import MASKED, require_protected, rows_of
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import single_bars, style
from crmkit.report.charts.making import Words, chart_of
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.text import voices
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable


def survey_topics(survey_topics: ProtectedTable, *, language: str = "de", ax: Axes | None = None) -> Chart | Block:
    """Draw the index of each topic.

    Parameters
    ----------
    survey_topics
        Table `survey_topics`: topic, n_items, n_total, index_share.
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        Topics in the order of the survey. An absent block for an empty table.

    Raises
    ------
    PrivacyError
        If `survey_topics` is not protected.
    """
    t, table = language_of(language), require_protected(survey_topics, name="survey_topics")
    if table.frame.empty:
        return Block.absent(t.gettext("Kein Thema hat mehrere Fragen."))
    rows = rows_of(table)
    bars = [single_bars.Row(_label(row, t), row["index_share"], _number(row, t), _items(row, t)) for row in rows]
    with style.applied():
        canvas = single_bars.draw(bars, role="agree", note=t.gettext("Fragen"), ax=ax)
    caption = t.gettext(
        "Themenindex von 0 bis 100: Mittel der Anteile, die den Fragen eines Themas zustimmen; ein Gesamtwert über "
        "alle Themen wird nicht gebildet"
    )
    shown = "; ".join(f"{_label(row, t)} {_number(row, t)}" for row in rows)
    return chart_of(canvas, Words(voices.topics(table, t), caption, shown), (table,), t)


def _label(row: dict[str, Any], t: Language) -> str:
    return word(t, "topic", row["topic"])


def _number(row: dict[str, Any], t: Language) -> str:
    return MASKED if row["index_share"] is None else t.number(100 * row["index_share"])


def _items(row: dict[str, Any], t: Language) -> str:
    return t.number(row["n_items"])
