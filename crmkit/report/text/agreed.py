"""What was agreed: decisions, measures, commitments, and the next date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from crmkit.report.chart import Block
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.markup import as_text, fill
from crmkit.report.table_block import NOTHING, Cell, Column
from crmkit.report.text.goal_measures import agreed_goals, measures_of
from crmkit.report.text.measures import agreed, proposed

if TYPE_CHECKING:
    from crmkit.client import Client
    from crmkit.privacy.protected import ProtectedTable


class Decision(NamedTuple):
    """What is to be decided today, and who answers for it until when."""

    words: str
    facts: str = ""


def decisions(
    client: Client, shown: Mapping[str, ProtectedTable] | None = None, *, language: str | None = None
) -> Block:
    """Return what is to be decided, the measures, what managers commit to, and the date of the next retrospective.

    Parameters
    ----------
    client
        The client.
    shown
        Name → protected table; of `survey_hurdles` the hurdles named most get proposals. May be missing.
    language
        ``de`` or ``en``; None: the client's.

    Returns
    -------
    Block
        An absent block if there is nothing of it.

    Raises
    ------
    SettingsError
        If a measure's status, its goal or an id of the catalogue is not known.
    GoalError
        If a goal is not understood.
    PrivacyError
        If a table is not protected.
    """
    t = language_of(language or client.language)
    today, rows, hurdles = decisions_of(client, t), measures_of(client, t), (shown or {}).get("survey_hurdles")
    proposals = proposed(hurdles, rows, t)
    parts = [
        agreed(rows, agreed_goals(client), client.as_of, t),
        proposals,
        _commitments(client, t),
        _participants(client, t),
    ]
    if not any(parts) and not today and client.settings.next_date is None:
        return Block.absent(t.gettext("Noch ist keine Maßnahme vereinbart."))
    heading = t.gettext("Heute zu entscheiden") if today else ""
    html = fill("decisions", today=heading, decisions=today, parts=parts, next_date=next_date(client, t))
    return Block(html, as_text(html), tables=(hurdles,) if proposals and hurdles is not None else ())


def decisions_of(client: Client, t: Language) -> list[Decision]:
    """Return the decisions that are needed today, as client.yml has them."""
    decisions = []
    for one in client.settings.decisions:
        until = t.gettext("bis {deadline}", deadline=t.date(one.by, short=True)) if one.by else ""
        decisions.append(Decision(one.decision, " · ".join(fact for fact in (one.owner_role, until) if fact)))
    return decisions


def _commitments(client: Client, t: Language) -> str:
    """Return what managers commit themselves to, by role, as a table."""
    entries = client.settings.commitments
    body = [
        [Cell(one.commitment), Cell(one.role), Cell(t.date(one.by, short=True) if one.by else NOTHING, "date")]
        for one in entries
    ]
    headings = [t.gettext("Zusage"), t.gettext("Rolle"), t.gettext("Termin")]
    columns = [Column(heading, numeric=False) for heading in headings]
    title = t.gettext("Was die Führung zusagt")
    return fill("table", title=title, columns=columns, rows=body, notes=[]) if body else ""


def _participants(client: Client, t: Language) -> str:
    """Return the roles at the table; one that sits there several times with its number."""
    roles = Counter(client.settings.participants)
    said = [role if n == 1 else f"{t.number(n)}\u00a0×\u00a0{role}" for role, n in roles.items()]
    words = t.gettext("Am Tisch: {roles}.", roles=t.joined(said))
    return fill("paragraphs", paragraphs=[words]) if said else ""


def next_date(client: Client, t: Language) -> str:
    """Return when the next retrospective is, in words."""
    day = client.settings.next_date
    if day is None:
        return t.gettext("Nächste Retrospektive: Termin noch offen.")
    return t.gettext("Nächste Retrospektive: {date}.", date=t.date(day))
