"""The first page, one sheet of A4: every sentence on it is computed from tables and settings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmkit.method import tiers
from crmkit.method.withheld import SMALL_CLIENT, TOTALS_ONLY
from crmkit.report.cells import count, require_protected, rows_of, total_of
from crmkit.report.chart import Block
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.markup import as_text, fill
from crmkit.report.text import compared, goals, sentences
from crmkit.report.text.agreed import next_date
from crmkit.report.text.bar import Bar, bar_of
from crmkit.report.text.evidence import holidays, limit, masked_note, period, tier_label
from crmkit.report.text.words import word
from crmkit.settings import SMALL_CLIENT_PEOPLE

if TYPE_CHECKING:
    from crmkit.client import Client
    from crmkit.privacy.protected import ProtectedTable

Shown = Mapping[str, "ProtectedTable"]
#: Most goals on the page, which is one sheet.
_MOST_GOALS = 5


@dataclass(frozen=True)
class GoalLine:
    """A goal on the first page: its wording, where it stands, and its pace."""

    wording: str
    status: str
    said: str
    line: str
    pace: str


@dataclass(frozen=True)
class Glance:
    """What stands on the first page, in words."""

    sentence: str
    bar: Bar | None
    questions: tuple[tuple[str, str], ...]
    goals: tuple[GoalLine, ...]
    more_goals: str
    decisions: tuple[str, ...]
    contract: str
    basis: str
    limits: str
    next_date: str


def at_a_glance(client: Client, shown: Shown, *, language: str | None = None) -> Block:
    """Return the first page.

    Parameters
    ----------
    client
        The client.
    shown
        Name → protected table; any may be missing or empty.
    language
        ``de`` or ``en``; None: the client's.

    Returns
    -------
    Block
        Kind ``glance``.

    Raises
    ------
    PrivacyError
        If a table is not protected.
    """
    t = language_of(language or client.language)
    page = glance_of(client, shown, t)
    headings = {
        "goals": t.gettext("Ziele"),
        "decisions": t.gettext("Heute zu entscheiden"),
        "contract": t.gettext("Vertrag"),
        "basis": t.gettext("Grundlage"),
        "next": t.gettext("Wie es weitergeht"),
    }
    html = fill("glance", page=page, headings=headings)
    used = tuple(shown[name] for name in ("standing", "licence_use", "usage_series", "goals") if name in shown)
    return Block(html, as_text(html), kind="glance", tables=used)


def glance_of(client: Client, shown: Shown, t: Language) -> Glance:
    """Return the words of the first page."""
    there = {name: require_protected(table, name="text.at_a_glance") for name, table in shown.items()}
    standing = there.get("standing")
    bar = bar_of(there, t)
    return Glance(
        sentence=sentences.standing(standing, t) if standing else t.gettext("Zur Nutzung liegen keine Daten vor."),
        bar=bar,
        questions=_questions(client, there, t),
        goals=_goals(there.get("goals"), t),
        more_goals=_more_goals(there.get("goals"), t),
        decisions=_decisions(client, t),
        contract=contract(client, there.get("licence_use"), t),
        basis=_basis(client, standing, t),
        limits=" ".join(filter(None, [_limits(client, standing, t), _totals(there, t), _masked(bar, client, t)])),
        next_date=next_date(client, t),
    )


def _questions(client: Client, shown: Shown, t: Language) -> tuple[tuple[str, str], ...]:
    return (
        (t.gettext("Wo stehen wir heute?"), _where(client, shown, t)),
        (t.gettext("Was hat sich verändert?"), _changed(client, shown, t)),
        (t.gettext("Passen unsere Ziele noch?"), _fitting(client, shown.get("goals"), t)),
    )


def _where(client: Client, shown: Shown, t: Language) -> str:
    standing = shown.get("standing")
    rate = sentences.usage_rate(standing, t) if standing else ""
    if rate:
        return rate
    if standing is not None and sentences.nobody_assessed(standing):
        return t.gettext(sentences.NOBODY_YET)
    lift = tiers.lift(_tier(client, standing))
    if not lift:
        return t.gettext(sentences.TOO_SMALL)
    return t.gettext("Mehr Aufschluss gäbe {export}.", export=word(t, "export", lift))


def _changed(client: Client, shown: Shown, t: Language) -> str:
    series, changes = shown.get("usage_series"), shown.get("change_log")
    before = shown.get("comparison")
    if before is not None and len(before.frame):
        said = compared.whole(before, t)
    elif client.settings.retrospective == 1:
        said = t.gettext("Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.")
    elif series is not None and len(series.frame):
        said = sentences.usage_series(series, t)
    else:
        said = t.gettext("Zum Verlauf der Nutzung liegen keine Daten vor.")
    if before is not None and before.frame.empty and (reason := compared.refused(before, t)):
        said = f"{reason} {said}"
    return f"{said} {sentences.change_log(changes, t)}" if changes is not None and len(changes.frame) else said


def _fitting(client: Client, table: ProtectedTable | None, t: Language) -> str:
    if not client.settings.goals:
        return t.gettext("Noch ist kein Ziel vereinbart.")
    if table is None or table.frame.empty:
        n = len(client.settings.goals)
        return t.ngettext("{n} Ziel vereinbart, noch ohne Messwert.", "{n} Ziele vereinbart, noch ohne Messwert.", n)
    rows = rows_of(table)
    if len(rows) == 1 and rows[0]["reason"] and not (rows[0]["fit"] or rows[0]["fit_proposed"]):
        return t.gettext("Das Ziel ist nicht messbar; ein Vorschlag steht aus.")
    return f"{goals.summary(table, t)} {goals.fitting(rows, t)}"


def _goals(table: ProtectedTable | None, t: Language) -> tuple[GoalLine, ...]:
    """Return the goals that ask for attention first, as many as the page holds."""
    rows = goals.by_attention(rows_of(table)) if table is not None else []
    return tuple(
        GoalLine(
            row["wording"], row["status"], word(t, "status", row["status"]), goals.status_line(row, t),
            goals.pace_line(row, t),
        )
        for row in rows[:_MOST_GOALS]
    )  # fmt: skip


def _more_goals(table: ProtectedTable | None, t: Language) -> str:
    n = (len(table.frame) if table is not None else 0) - _MOST_GOALS
    return t.ngettext("und {n} weiteres Ziel", "und {n} weitere Ziele", n) if n > 0 else ""


def _decisions(client: Client, t: Language) -> tuple[str, ...]:
    decisions = tuple(one.decision for one in client.settings.decisions)
    return decisions or (t.gettext("Heute ist keine Entscheidung vorbereitet."),)


def contract(client: Client, table: ProtectedTable | None, t: Language) -> str:
    """Return the contract sum per currency and the next notice date, as far as they are known."""
    rows = rows_of(table) if table is not None else []
    if not rows:
        return t.gettext("Zu Lizenzen und Vertrag liegen keine Angaben vor.")
    sums = [_sum_of([row for row in rows if row["currency"] == c], c, t) for c in _currencies(rows)]
    n = total_of(rows, "n_purchased")
    said = t.gettext("{n} Lizenzen", n=count(n, t))
    if sums:
        said = t.gettext("{licences}, Vertragssumme {sums} im Jahr", licences=said, sums=t.joined(sums))
    return _with_notice(said, [row["notice_date"] for row in rows if row["notice_date"]], client, t)


def _with_notice(said: str, dates: list[dt.date], client: Client, t: Language) -> str:
    """Return a sentence with the next notice date, or with the last one if none is ahead."""
    ahead = [day for day in dates if day >= client.as_of]
    if ahead:
        return t.gettext("{said}; nächster Kündigungstermin {date}.", said=said, date=t.date(min(ahead)))
    if dates:
        return t.gettext("{said}; der Kündigungstermin {date} ist verstrichen.", said=said, date=t.date(max(dates)))
    return t.gettext("{said}; ein Kündigungstermin ist nicht bekannt.", said=said)


def _currencies(rows: list[dict[str, Any]]) -> list[str]:
    """Return the currencies of which every licence has a price; a part would pass for the sum."""
    known = dict.fromkeys(row["currency"] for row in rows)
    return [c for c in known if all(row["cost_year"] is not None for row in rows if row["currency"] == c)]


def _sum_of(rows: list[dict[str, Any]], currency: str, t: Language) -> str:
    return t.money(sum(row["cost_year"] for row in rows), currency)


def _tier(client: Client, standing: ProtectedTable | None) -> str:
    return standing.tier if standing is not None and standing.tier else tiers.of_client(client)


def _basis(client: Client, standing: ProtectedTable | None, t: Language) -> str:
    tier = _tier(client, standing)
    said = [tier_label(tier, standing.definition if standing else None, t), period(standing, t) if standing else ""]
    return ", ".join(part for part in said if part) + "."


def _limits(client: Client, standing: ProtectedTable | None, t: Language) -> str:
    said = limit(_tier(client, standing), standing.definition if standing else None, t)
    return " ".join([said, *holidays(standing.notes if standing else (), t)])


def _masked(bar: Bar | None, client: Client, t: Language) -> str:
    """Return the footnote of a masked number, if there is one on the page."""
    hidden = bar is not None and any(part.n is None for part in bar.parts)
    return f"{masked_note(client.k, t)}." if hidden else ""


def _totals(shown: Shown, t: Language) -> str:
    """Return why there are no units in the report, if there are none on purpose."""
    standing = shown.get("standing")
    by_units = {"C": "logins_by_unit", "E": "standing"}.get(standing.tier if standing else "", "by_unit")
    notes = shown[by_units].notes if by_units in shown else ()
    if TOTALS_ONLY in notes:
        return t.gettext("Vereinbart sind Gesamtzahlen: Organisationseinheiten zeigt der Bericht nicht.")
    if SMALL_CLIENT in notes:
        return t.gettext(
            "Bei weniger als {n} Personen zeigt der Bericht nur Gesamtzahlen, damit niemand zu erkennen ist.",
            n=t.number(SMALL_CLIENT_PEOPLE),
        )
    return ""
