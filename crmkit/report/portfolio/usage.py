"""How the CRM of every client is used: the figures of its own report, and its usage rate over time."""

from __future__ import annotations

from crmkit.report.cells import MASKED, count, rows_of, total_of
from crmkit.report.chart import Block
from crmkit.report.charts.client_series import client_series
from crmkit.report.data_check.making import internal, table
from crmkit.report.language import Language
from crmkit.report.markup import fill
from crmkit.report.portfolio.making import footnote, named, nobody
from crmkit.report.portfolio.opened import Opened, Portfolio, require_portfolio
from crmkit.report.table_block import NOTHING, Cell
from crmkit.report.text import sentences


def usage(portfolio: Portfolio) -> Block:
    """Return a row a client: accounts assessed, usage rate, regular share; and a small plot of its usage rate.

    Parameters
    ----------
    portfolio
        From `open_clients`.
    """
    known = require_portfolio(portfolio, name="usage")
    t = known.t
    body = [_cells(one, t) for one in known.clients]
    headings = {
        t.gettext("Auftraggeber"): False,
        t.gettext("ausgewertete Konten"): True,
        t.gettext("Nutzungsquote"): True,
        t.gettext("davon regelmäßig"): True,
    }
    apart = t.gettext(
        "Datenstufen und Regeln unterscheiden sich: Die Zahlen stehen nebeneinander, nicht in Konkurrenz."
    )
    shown = table(t.gettext("Nutzung je Auftraggeber"), headings, body, apart, footnote(body, known), stacked=True)
    return internal(_figure(known), shown, finding=_finding(known))


def _cells(one: Opened, t: Language) -> list[Cell]:
    standing = one.shown["standing"]
    if standing.tier not in ("A", "B") or standing.frame.empty:
        return [named(one, sentences.standing(standing, t)), *[Cell(NOTHING, "num")] * 3]
    rows = {row["segment"]: row for row in rows_of(standing)}
    n, n_total = rows["regular"]["n"], rows["regular"]["n_total"]
    used = total_of([rows[code] for code in ("regular", "occasional")])
    return [named(one), Cell(count(n_total, t), "num"), _share(used, n_total, t), _share(n, n_total, t)]


def _share(n: int | None, n_total: int | None, t: Language) -> Cell:
    """Return a share with its numerator and denominator below it."""
    if n is None or n_total is None:
        return Cell(MASKED, "num masked")
    if not n_total:
        return Cell(NOTHING, "num")
    return Cell(
        t.percent(n / n_total), "num", note=t.gettext("{n} von {total}", n=t.number(n), total=t.number(n_total))
    )


def _figure(known: Portfolio) -> str:
    names, tables = [one.name for one in known.clients], [one.shown["usage_series"] for one in known.clients]
    chart = client_series(tables, names=names, language=known.t.code)
    if isinstance(chart, Block):
        return ""
    return fill("figure", name="client-series", finding=chart.finding, svg=chart.svg(), caption=chart.caption)


def _finding(known: Portfolio) -> str:
    n = sum(one.shown["standing"].tier in ("A", "B") for one in known.clients)
    said = known.t.gettext(
        "Eine Nutzungsquote haben {n} von {total} Auftraggebern; bei den anderen reichen die Daten dafür nicht.",
        n=known.t.number(n), total=known.t.number(len(known.clients)),
    )  # fmt: skip
    if n == len(known.clients):
        said = known.t.gettext("Eine Nutzungsquote gibt es bei jedem Auftraggeber.")
    return nobody(known) or said
