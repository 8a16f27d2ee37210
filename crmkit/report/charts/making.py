"""What all charts share: the check of the table, and `Chart` from a drawing and its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmkit.report.cells import MASKED, rows_of
from crmkit.report.chart import Chart
from crmkit.report.text.evidence import masked_note, period, tier_label

if TYPE_CHECKING:
    from crmkit.privacy.protected import ProtectedTable
    from crmkit.report.charts.canvas import Canvas
    from crmkit.report.language import Language

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Words:
    """What a chart says beside its drawing; `shown` is its content as text, for the alternative text.

    `note` is a remark for the caption, a whole sentence. `hides` is False where the drawing has no masked number,
    though its tables may have some.
    """

    finding: str
    caption: str
    shown: str
    note: str = ""
    hides: bool = True


def chart_of(canvas: Canvas, words: Words, tables: tuple[ProtectedTable, ...], t: Language) -> Chart:
    """Return a drawing with its words, tier and footnote of masked numbers."""
    first = tables[0]
    parts = (_with_period(words.caption, first, t), words.note.rstrip("."), _masked(tables, t) if words.hides else "")
    caption = ". ".join(part for part in parts if part)
    alt = f"{words.caption}: {words.shown}." if words.shown else f"{words.caption}."
    if MASKED in words.shown.split():
        # who listens to a report does not see the caption beside the dot
        alt = f"{alt} {t.gettext('„·“ heißt: nicht gezeigt.')}"
    source = tier_label(first.tier, first.definition, t)
    return Chart(canvas.figure, alt, caption, words.finding, source, tables)


def _with_period(caption: str, table: ProtectedTable, t: Language) -> str:
    window = "" if "before_date" in table.frame else period(table, t)
    return f"{caption}, {window}" if window else caption


def _masked(tables: tuple[ProtectedTable, ...], t: Language) -> str:
    masked = [table for table in tables if table.n_suppressed]
    return masked_note(max(table.k for table in masked), t) if masked else ""


def grouped(table: ProtectedTable, key: str) -> dict[Any, Rows]:
    """Return the rows of a table by the values of a column, in the table's order."""
    groups: dict[Any, Rows] = {}
    for row in rows_of(table):
        groups.setdefault(row[key], []).append(row)
    return groups
