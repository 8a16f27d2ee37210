"""The usage rate of several clients over time, a small panel each: for the consultant alone, never ranked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crmkit.report.cells import require_protected, rows_of
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import monthly_panels, style
from crmkit.report.charts.making import Rows
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.text.evidence import masked_note

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable


def client_series(
    tables: Sequence[ProtectedTable], *, names: Sequence[str], language: str = "de", ax: Axes | None = None
) -> Chart | Block:
    """Draw the usage rate of several clients over time, one small panel per client.

    Parameters
    ----------
    tables
        Table `usage_series` of each client: month, metric, coverage_share, n, n_total, share.
    names
        What the clients are called, in the same order.
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        Panels stand in the order given, all on one time axis and from 0 to 100 %; masked readings interrupt a line.
        Clients without readings have no panel. An absent block where nobody has any.

    Raises
    ------
    PrivacyError
        If a table is not protected.
    """
    t = language_of(language)
    known = [(name, _readings(table)) for name, table in zip(names, tables, strict=True)]
    shown = [(name, rows) for name, rows in known if rows]
    if not shown:
        return Block.absent(t.gettext("Zum Verlauf der Nutzung liegen keine Daten vor."))
    with style.applied():
        canvas = monthly_panels.draw(shown, t, ax=ax)
    caption = t.gettext("Nutzungsquote im Verlauf, alle auf einer Zeitachse und nach den Regeln ihres Berichts")
    masked = [table for table in tables if any(row["n"] is None for row in _readings(table))]
    note = f". {masked_note(max(table.k for table in masked), t)}" if masked else ""
    spoken = monthly_panels.spoken(shown, t)
    return Chart(canvas.figure, f"{caption}: {spoken}.", f"{caption}{note}", _finding(shown, t), tables=tuple(tables))


def _readings(table: ProtectedTable) -> Rows:
    rows = rows_of(require_protected(table, name="client_series"))
    return sorted((row for row in rows if row["metric"] == "active"), key=lambda row: row["month"])


def _finding(shown: Sequence[tuple[str, Rows]], t: Language) -> str:
    days = [row["month"] for _, rows in shown for row in rows]
    return t.ngettext(
        "Ein Auftraggeber hat Messwerte im Verlauf, von {first} bis {last}.",
        "{n} Auftraggeber haben Messwerte im Verlauf, von {first} bis {last}.",
        len(shown), first=t.month(min(days)), last=t.month(max(days)),
    )  # fmt: skip
