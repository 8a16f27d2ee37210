"""Where every client stands: tier, day, number of its retrospective, age of its data, draft or not."""

from __future__ import annotations

import datetime as dt

from crmkit.method import tiers
from crmkit.report.cells import plain
from crmkit.report.chart import Block
from crmkit.report.data_check.making import internal, table
from crmkit.report.language import Language
from crmkit.report.portfolio.making import named, nobody
from crmkit.report.portfolio.opened import Opened, Portfolio, require_portfolio
from crmkit.report.table_block import NOTHING, Cell
from crmkit.report.text.data_protection import APPROVAL_WORDS
from crmkit.report.text.words import word


def standing(portfolio: Portfolio) -> Block:
    """Return a row a client: data tier, day and number of the retrospective, age of the data, draft or not.

    Parameters
    ----------
    portfolio
        From `open_clients`.
    """
    known = require_portfolio(portfolio, name="standing")
    t = known.t
    headings = {
        t.gettext("Auftraggeber"): False,
        t.gettext("Datenstufe"): False,
        t.gettext("Retrospektive"): False,
        t.gettext("Stichtag"): False,
        t.gettext("Alter der Daten"): True,
        t.gettext("Datenschutz"): False,
    }
    body = [_cells(one, known) for one in known.clients]
    age = t.gettext(
        "Alter der Daten: Tage vom letzten Tag, den die Exporte abdecken, bis zum {day}.", day=_today(known)
    )
    title = t.gettext("Alle Auftraggeber, nach dem Namen ihres Ordners")
    return internal(table(title, headings, body, age, stacked=True), finding=_finding(known))


def _today(known: Portfolio) -> str:
    return known.t.date(known.today)


def _cells(one: Opened, known: Portfolio) -> list[Cell]:
    t, settings = known.t, one.client.settings
    tier = tiers.of_client(one.client)
    log = word(t, "evidence", tiers.definition_of(one.client).evidence) if tier == "B" else ""
    return [
        named(one),
        Cell(tier, note=log),
        Cell(t.gettext("Nr. {number}", number=t.number(settings.retrospective))),
        Cell(t.date(one.client.as_of, short=True), "date"),
        Cell(_age(one, known), "num"),
        _draft(one, t),
    ]


def _age(one: Opened, known: Portfolio) -> str:
    last = last_day(one)
    if last is None or last > known.today:
        return NOTHING
    n = (known.today - last).days
    return known.t.ngettext("{n} Tag", "{n} Tage", n)


def last_day(one: Opened) -> dt.date | None:
    """Return the last day that a client's exports cover, None where they name none."""
    coverage, aggregates = one.client.coverage, one.client.aggregates
    covered = coverage.loc[coverage["complete"], "date"]
    days = [plain(rows.max()) for rows in (covered, aggregates["to_date"]) if len(rows)]
    return max((day for day in days if day is not None), default=None)


def _draft(one: Opened, t: Language) -> Cell:
    missing = one.client.settings.privacy.missing
    if not missing:
        return Cell(t.gettext("vollständig"), status="status-done")
    said = t.gettext("offen: {missing}", missing=", ".join(t.gettext(APPROVAL_WORDS[key]) for key in missing))
    return Cell(t.gettext("Entwurf"), status="status-open", note=said)


def _finding(known: Portfolio) -> str:
    t, n = known.t, len(known.clients)
    n_drafts = sum(one.client.settings.is_draft for one in known.clients)
    if not n:
        return nobody(known)
    said = t.ngettext("Das Portfolio hat einen Auftraggeber.", "Das Portfolio hat {n} Auftraggeber.", n)
    drafts = t.ngettext("Ein Bericht ist noch ein Entwurf.", "{n} Berichte sind noch Entwürfe.", n_drafts)
    return f"{said} {drafts}" if n_drafts else said
