"""What the reports of every client cannot show, and the one export that would lift its tier."""

from __future__ import annotations

from crmkit.method import tiers
from crmkit.report.chart import Block
from crmkit.report.data_check.making import internal, table
from crmkit.report.language import Language
from crmkit.report.portfolio.making import named, nobody
from crmkit.report.portfolio.opened import Opened, Portfolio, require_portfolio
from crmkit.report.table_block import NOTHING, Cell
from crmkit.report.text import quality
from crmkit.report.text.words import word


def missing(portfolio: Portfolio) -> Block:
    """Return a row a client: what its report does not show, and the export that lifts its tier.

    Parameters
    ----------
    portfolio
        From `open_clients`.
    """
    known = require_portfolio(portfolio, name="missing")
    t = known.t
    gaps = {one: [what for what, _ in quality.missing(one.client, one.shown, t)] for one in known.clients}
    body = [[named(one), Cell("; ".join(what) or NOTHING), Cell(_lift(one, t))] for one, what in gaps.items()]
    headings = {
        t.gettext("Auftraggeber"): False,
        t.gettext("Fehlt im Bericht"): False,
        t.gettext("Nächste Datenstufe durch"): False,
    }
    shown = table(t.gettext("Was fehlt, je Auftraggeber"), headings, body, stacked=True)
    n = sum(bool(what) for what in gaps.values())
    said = t.gettext(
        "Bei {n} von {total} Auftraggebern fehlt dem Bericht etwas.", n=t.number(n), total=t.number(len(gaps))
    )
    return internal(shown, finding=nobody(known) or said)


def _lift(one: Opened, t: Language) -> str:
    lift = tiers.lift(tiers.of_client(one.client))
    return word(t, "export", lift) if lift else NOTHING
