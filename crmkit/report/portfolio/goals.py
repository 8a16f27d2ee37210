"""The goals of every client, by where they stand."""

from __future__ import annotations

from crmkit.report.cells import rows_of
from crmkit.report.chart import Block
from crmkit.report.data_check.making import internal, table
from crmkit.report.language import Language
from crmkit.report.portfolio.making import counted, named, nobody
from crmkit.report.portfolio.opened import Opened, Portfolio, require_portfolio
from crmkit.report.table_block import NOTHING, Cell
from crmkit.report.text.goals import BY_ATTENTION
from crmkit.report.text.words import word


def goals(portfolio: Portfolio) -> Block:
    """Return a row a client: how many goals, and how many of each status.

    Parameters
    ----------
    portfolio
        From `open_clients`.
    """
    known = require_portfolio(portfolio, name="goals")
    t = known.t
    body = [[named(one), Cell(t.number(_n_goals(one)), "num"), Cell(_standing(one, t))] for one in known.clients]
    headings = {t.gettext("Auftraggeber"): False, t.gettext("Ziele"): True, t.gettext("Stand"): False}
    return internal(
        table(t.gettext("Ziele je Auftraggeber"), headings, body, stacked=True),
        finding=nobody(known) or _finding(known),
    )


def _n_goals(one: Opened) -> int:
    return len(one.client.settings.goals)


def _statuses(one: Opened, t: Language) -> list[str]:
    """Return the status of each goal in words, those first that ask for attention."""
    codes = [row["status"] for row in rows_of(one.shown["goals"])]
    return [word(t, "status", code) for code in sorted(codes, key=BY_ATTENTION.index)]


def _standing(one: Opened, t: Language) -> str:
    if not _n_goals(one):
        return NOTHING
    return counted(_statuses(one, t), t) or t.gettext("noch ohne Messwert")


def _finding(known: Portfolio) -> str:
    t = known.t
    n = sum(_n_goals(one) for one in known.clients)
    n_clients = sum(_n_goals(one) > 0 for one in known.clients)
    if not n:
        return t.gettext("Noch ist kein Ziel vereinbart.")
    return t.ngettext(
        "{n} Ziel ist vereinbart, bei {clients} von {total} Auftraggebern.",
        "{n} Ziele sind vereinbart, bei {clients} von {total} Auftraggebern.",
        n, clients=t.number(n_clients), total=t.number(len(known.clients)),
    )  # fmt: skip
