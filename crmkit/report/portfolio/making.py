"""What all blocks of the portfolio share: the cell that names a client, and the footnote of masked numbers."""

from __future__ import annotations

from collections.abc import Iterable

from crmkit.report.cells import MASKED
from crmkit.report.language import Language
from crmkit.report.portfolio.opened import Opened, Portfolio
from crmkit.report.table_block import Cell
from crmkit.report.text.evidence import masked_note


def named(one: Opened, note: str = "") -> Cell:
    """Return the cell that names a client: below it its folder, since two may have one name, and what else is said."""
    return Cell(one.name, note=" · ".join(part for part in (one.folder, note) if part))


def nobody(known: Portfolio) -> str:
    """Return the sentence of a portfolio without a single client that could be opened, else nothing."""
    return "" if known.clients else known.t.gettext("Kein Auftraggeber ließ sich öffnen.")


def footnote(body: Iterable[list[Cell]], known: Portfolio) -> str:
    """Return the footnote of masked numbers, if there are any; clients may have agreed on different k."""
    if not any(cell.text == MASKED for cells in body for cell in cells):
        return ""
    return f"{masked_note(max(one.client.k for one in known.clients), known.t)}."


def counted(words: Iterable[str], t: Language) -> str:
    """Return how often each word occurs: ``2 auf Kurs und 1 gefährdet``."""
    listed = list(words)
    return t.joined([f"{t.number(listed.count(one))} {one}" for one in dict.fromkeys(listed)])
