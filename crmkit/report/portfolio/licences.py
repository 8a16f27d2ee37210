"""What the licences of every client cost: each in its own currency, nothing added up over clients."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crmkit.report.cells import MASKED, count, rows_of, total_of
from crmkit.report.chart import Block
from crmkit.report.data_check.making import internal, table
from crmkit.report.language import Language
from crmkit.report.portfolio.making import footnote, named, nobody
from crmkit.report.portfolio.opened import Opened, Portfolio, require_portfolio
from crmkit.report.table_block import NOTHING, Cell

Rows = list[dict[str, Any]]


def licences(portfolio: Portfolio) -> Block:
    """Return a row a client: licences bought, their price a year, and that of those without recognisable use.

    Parameters
    ----------
    portfolio
        From `open_clients`.
    """
    known = require_portfolio(portfolio, name="licences")
    t = known.t
    body = [_cells(one, known) for one in known.clients]
    headings = {
        t.gettext("Auftraggeber"): False,
        t.gettext("Lizenzen"): True,
        t.gettext("Lizenzkosten im Jahr"): True,
        t.gettext("davon ohne erkennbare Nutzung"): True,
        t.gettext("nächster Kündigungstermin"): False,
    }
    apart = t.gettext("Beträge werden weder über Währungen noch über Auftraggeber zusammengezählt.")
    shown = table(t.gettext("Lizenzen je Auftraggeber"), headings, body, apart, footnote(body, known), stacked=True)
    return internal(shown, finding=_finding(known))


def _cells(one: Opened, known: Portfolio) -> list[Cell]:
    t, rows = known.t, rows_of(one.shown["licence_use"])
    if not rows:
        return [named(one), Cell(NOTHING, "num"), Cell(NOTHING, "num"), Cell(NOTHING, "num"), Cell(NOTHING, "date")]
    days = notice_dates(one)
    return [
        named(one),
        Cell(count(total_of(rows, "n_purchased"), t), "num"),
        _amounts(rows, t),
        _without_use(one, t),
        _next(days, known.today, t),
    ]


def _without_use(one: Opened, t: Language) -> Cell:
    """Return what licences without recognisable use cost; an amount that would tell too much is masked."""
    rows = [row for row in rows_of(one.shown["licence_cost"]) if row["kind"] == "without_use"]
    priced = all(row["cost_year"] is not None for row in rows_of(one.shown["licence_use"]))
    if priced and any(row["cost_year"] is None for row in rows):
        return Cell(MASKED, "num masked")
    return _amounts(rows, t)


def _next(days: list[dt.date], today: dt.date, t: Language) -> Cell:
    """Return the next notice date; where all have passed the last one, and that it has."""
    if not days:
        return Cell(NOTHING, "date")
    ahead = [day for day in days if day >= today]
    if ahead:
        return Cell(t.date(ahead[0], short=True), "date")
    return Cell(t.date(days[-1], short=True), "date", note=t.gettext("verstrichen"))


def notice_dates(one: Opened) -> list[dt.date]:
    """Return the notice dates of a client, each once, in order."""
    days = {row["notice_date"] for row in rows_of(one.shown["licence_use"])}
    return sorted(day for day in days if day is not None)


def _amounts(rows: Rows, t: Language) -> Cell:
    """Return a sum per currency; none where a price is not known, since a part would pass for the whole."""
    if any("n" in row and row["n"] is None for row in rows):
        return Cell(MASKED, "num masked")
    currencies = dict.fromkeys(row["currency"] for row in rows)
    sums = {code: total_of([row for row in rows if row["currency"] == code], "cost_year") for code in currencies}
    said = [t.money(amount, code) for code, amount in sums.items() if amount is not None]
    return Cell(t.joined(said) or NOTHING, "num")


def _finding(known: Portfolio) -> str:
    t = known.t
    n = sum(any(row["cost_year"] is not None for row in rows_of(one.shown["licence_use"])) for one in known.clients)
    numbers = {"n": t.number(n), "total": t.number(len(known.clients))}
    return nobody(known) or t.gettext("Preise der Lizenzen sind bei {n} von {total} Auftraggebern bekannt.", **numbers)
