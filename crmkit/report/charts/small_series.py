"""Use over time as small multiples: a panel per CRM area or per organisational unit, never ranked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmkit.report.cells import require_protected, short_units
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import monthly_panels, style
from crmkit.report.charts.making import Rows, Words, chart_of, grouped
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.text import series as sentences
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable


def small_series(series: ProtectedTable, *, language: str = "de", ax: Axes | None = None) -> Chart | Block:
    """Draw the usage rate over time, one small panel per CRM area or organisational unit.

    Parameters
    ----------
    series
        Table `area_series` (area, month, n, n_total, share) or `unit_series` (org_unit, month, n,
        n_total, share).
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        Panels stand in the table's order, all from 0 to 100 %; masked readings interrupt a line. An absent
        block for an empty table.

    Raises
    ------
    PrivacyError
        If `series` is not protected.
    """
    t, table = language_of(language), require_protected(series, name="small_series")
    if table.frame.empty:
        return Block.absent(t.gettext("Zum Verlauf der Nutzung liegen keine Daten vor."))
    shown = _labelled(table, t)
    with style.applied():
        canvas = monthly_panels.draw(shown, t, ax=ax)
    caption = (
        t.gettext("Anteil der ausgewerteten Konten, mit denen im CRM-Bereich gearbeitet wurde, im Verlauf")
        if "area" in table.frame
        else t.gettext("Nutzungsquote je Organisationseinheit im Verlauf, in der Reihenfolge der Organisation")
    )
    words = Words(sentences.small_series(table, t), caption, monthly_panels.spoken(shown, t))
    return chart_of(canvas, words, (table,), t)


def _labelled(table: ProtectedTable, t: Language) -> list[tuple[str, Rows]]:
    """Return the name and the readings of each panel, the readings in order of time."""
    key = "area" if "area" in table.frame else "org_unit"
    groups = {code: sorted(rows, key=lambda row: row["month"]) for code, rows in grouped(table, key).items()}
    labels = {code: word(t, "area", code) for code in groups} if key == "area" else short_units(groups)
    return [(labels[code], rows) for code, rows in groups.items()]
