"""What is coming up with every client: retrospectives, notice dates, deletions – what is overdue first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from crmkit import deletion
from crmkit.errors import CrmkitError
from crmkit.report.chart import Block
from crmkit.report.data_check.making import internal, table
from crmkit.report.language import N_, Language
from crmkit.report.portfolio.licences import notice_dates
from crmkit.report.portfolio.making import named, nobody
from crmkit.report.portfolio.opened import Opened, Portfolio, require_portfolio
from crmkit.report.table_block import NOTHING, Cell

_RETROSPECTIVE, _NOTICE = N_("Retrospektive"), N_("Kündigungstermin der Lizenzen")
#: Kind of what is deleted → what has to be done.
_DELETIONS = {"raw": N_("Exporte löschen"), "prepared": N_("Pseudonyme Tabellen löschen")}
#: Days ahead that are listed.
_AHEAD_DAYS = 366


@dataclass(frozen=True)
class _Due:
    """Something that is to be done for a client on a day; None where the day is not known."""

    day: dt.date | None
    one: Opened
    what: str


def dates(portfolio: Portfolio) -> Block:
    """Return what is coming up, in order of the days: retrospectives, notice dates, deletions.

    Parameters
    ----------
    portfolio
        From `open_clients`.
    """
    known = require_portfolio(portfolio, name="dates")
    t = known.t
    last = known.today + dt.timedelta(days=_AHEAD_DAYS)
    near = [due for one in known.clients for due in _of(one, known.today) if due.day is None or due.day <= last]
    coming = sorted(near, key=lambda due: due.day or dt.date.max)
    body = [_cells(due, known) for due in coming]
    headings = {
        t.gettext("Termin"): False,
        t.gettext("Auftraggeber"): False,
        t.gettext("Was ansteht"): False,
        t.gettext("Stand"): False,
    }
    title = t.gettext("Termine, Stand {day}", day=t.date(known.today))
    far = t.gettext("Was mehr als ein Jahr entfernt ist, steht hier nicht.")
    return internal(table(title, headings, body, far, stacked=True), finding=nobody(known) or _finding(coming, known))


def _of(one: Opened, today: dt.date) -> Iterator[_Due]:
    yield _Due(one.client.settings.next_date, one, _RETROSPECTIVE)
    yield from (_Due(day, one, _NOTICE) for day in notice_dates(one) if day >= today)
    yield from (_Due(day, one, _DELETIONS[kind]) for kind, day in _deletions(one, today).items())


def _deletions(one: Opened, today: dt.date) -> dict[str, dt.date]:
    """Return the agreed days of deletion that are ahead, or over while the files are still there."""
    settings, folder = one.client.settings, one.client.folder
    agreed = {"raw": settings.privacy.delete_by, "prepared": settings.privacy.delete_prepared_by}
    ahead = {kind: day for kind, day in agreed.items() if day is not None and day >= today}
    try:
        late = deletion.overdue(folder, settings, today=today)
    except (CrmkitError, OSError):
        return ahead
    return ahead | {kind: day for kind, day in late if kind in _DELETIONS}


def _cells(due: _Due, known: Portfolio) -> list[Cell]:
    t = known.t
    return [
        Cell(t.date(due.day, short=True) if due.day else NOTHING, "date"),
        named(due.one),
        Cell(t.gettext(due.what)),
        _state(due, known.today, t),
    ]


def _is_overdue(due: _Due, today: dt.date) -> bool:
    return due.day is not None and due.day < today


def _state(due: _Due, today: dt.date, t: Language) -> Cell:
    if due.day is None:
        return Cell(t.gettext("ohne Termin"), status="status-not_measurable")
    if _is_overdue(due, today):
        days = t.ngettext("seit {n} Tag", "seit {n} Tagen", (today - due.day).days)
        return Cell(t.gettext("überfällig"), status="status-off_track", note=days)
    days = t.ngettext("in {n} Tag", "in {n} Tagen", (due.day - today).days)
    return Cell(days, status="status-open")


def _finding(coming: list[_Due], known: Portfolio) -> str:
    t, n = known.t, sum(_is_overdue(due, known.today) for due in coming)
    late = t.ngettext("Ein Termin ist überfällig.", "{n} Termine sind überfällig.", n)
    said = late if n else t.gettext("Kein Termin ist überfällig.")
    after = next((due for due in coming if due.day is not None and due.day >= known.today), None)
    if after is None or after.day is None:
        return said
    first = t.gettext(
        "Als Nächstes: {what}, {client}, {day}.",
        what=t.gettext(after.what),
        client=after.one.name,
        day=t.date(after.day),
    )
    return f"{said} {first}"
