"""Client folders that could not be opened, each with its reason."""

from __future__ import annotations

from dataclasses import replace

from crmkit.report.chart import Block
from crmkit.report.data_check.making import internal, table
from crmkit.report.portfolio.opened import Portfolio, require_portfolio
from crmkit.report.table_block import Cell


def not_opened(portfolio: Portfolio) -> Block:
    """Return the folders that could not be opened; its plain text is a line a folder, for the command line.

    Parameters
    ----------
    portfolio
        From `open_clients`.
    """
    known = require_portfolio(portfolio, name="not_opened")
    t, failed = known.t, known.failed
    body = [[Cell(one.folder), Cell(one.reason)] for one in failed]
    headings = {t.gettext("Ordner"): False, t.gettext("Grund"): False}
    finding = t.ngettext("Ein Ordner ließ sich nicht öffnen.", "{n} Ordner ließen sich nicht öffnen.", len(failed))
    if not failed:
        finding = t.gettext("Alle Ordner ließen sich öffnen.")
    block = internal(table(t.gettext("Nicht geöffnet"), headings, body, stacked=True), finding=finding)
    return replace(block, plain="\n".join(f"{one.folder}: {one.reason}" for one in failed))
