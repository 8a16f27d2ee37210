"""What stands under a table: its period and tier, remarks, the footnote of masked numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmkit.report import table_columns as spec
from crmkit.report.cells import rows_of
from crmkit.report.text import goals
from crmkit.report.text.evidence import masked_note, period, tier_label
from crmkit.report.text.words import WORDS, word

if TYPE_CHECKING:
    from crmkit.privacy.protected import ProtectedTable
    from crmkit.report.language import Language


def notes_of(shape: str, table: ProtectedTable, t: Language) -> list[str]:
    """Return what belongs under a table: period and tier, remarks, the footnote of masked numbers."""
    label = tier_label(table.tier, table.definition, t)
    when = _compared(table, t) if shape == "movement" else period(table, t)
    where = [part for part in (when, label) if part] if label else []
    remarks = [t.gettext(spec.REMARKS[shape])] if shape in spec.REMARKS else []
    remarks += goals.remarks(table, t) if shape == "goals" else []
    remarks += [word(t, "note", code) for code in table.notes if code in WORDS["note"]]
    masked = [masked_note(table.k, t)] if table.n_suppressed else []
    return [note for note in (" · ".join(where), " ".join([*remarks, *masked])) if note]


def _compared(table: ProtectedTable, t: Language) -> str:
    """Return the two days that a table compares."""
    first = rows_of(table)[0]
    before, after = (t.date(first[name], short=True) for name in ("before_date", "after_date"))
    return t.gettext("Vergleich von {before} und {after}", before=before, after=after)
