"""The client's own figures as a table: first value, last value and the change, in their own unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report import table_columns as spec
from crmkit.report.cells import require_protected, rows_of
from crmkit.report.chart import Block
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.table_block import NOTHING, Cell, Column, block_of
from crmkit.report.text import outcomes as words

if TYPE_CHECKING:
    from crmkit.privacy.protected import ProtectedTable


def outcome_changes(outcome_changes: ProtectedTable, *, language: str = "de") -> Block:
    """Return the first and the last reading of each of the client's own figures, and the difference.

    Parameters
    ----------
    outcome_changes
        Table `outcome_changes`.
    language
        ``de`` or ``en``.

    Returns
    -------
    Block
        In the order of ``outcomes.csv``. An absent block for an empty table.

    Raises
    ------
    PrivacyError
        If `outcome_changes` is not protected.
    """
    t, table = language_of(language), require_protected(outcome_changes, name="tables.outcome_changes")
    if table.frame.empty:
        return Block.absent(t.gettext("Begleitende Kennzahlen liegen nicht vor."))
    headings = ("outcome", "first_value", "last_value", "change")
    columns = [Column(t.gettext(spec.HEADINGS[name]), numeric=name != "outcome") for name in headings]
    columns.append(Column(t.gettext(spec.HEADINGS["n_readings"]), numeric=True))
    body = [_cells(row, t) for row in rows_of(table)]
    return block_of(t.gettext(spec.TITLES["outcome_changes"]), columns, body, [], (table,), stacked=True)


def _cells(row: dict[str, Any], t: Language) -> list[Cell]:
    readings = [
        Cell(words.amount(row[f"{end}_value"], row["unit"], t), "num", note=t.date(row[f"{end}_date"], short=True))
        for end in ("first", "last")
    ]
    change = Cell(NOTHING, "num nothing") if row["change"] is None else Cell(words.difference(row, t), "num")
    return [Cell(row["outcome"]), *readings, change, Cell(t.number(row["n_readings"]), "num")]
