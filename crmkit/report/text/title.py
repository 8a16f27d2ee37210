"""The title block: whose report, which retrospective, of which day, on which data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmkit.method import tiers
from crmkit.report.chart import Block
from crmkit.report.language import language as language_of
from crmkit.report.markup import as_text, fill
from crmkit.report.text.evidence import tier_label

if TYPE_CHECKING:
    from crmkit.client import Client


def title(client: Client, *, language: str | None = None) -> Block:
    """Return the title block of a client's report.

    Parameters
    ----------
    client
        The client.
    language
        ``de`` or ``en``; None: the client's.
    """
    t, settings = language_of(language or client.language), client.settings
    parts = [
        t.date(client.as_of),
        tier_line(client, language=t.code),
    ]
    kicker = t.gettext("CRM-Retrospektive Nr. {number}", number=t.number(settings.retrospective))
    html = fill("title", kicker=kicker, name=settings.name, parts=parts)
    return Block(html, as_text(html))


def tier_line(client: Client, *, language: str | None = None) -> str:
    """Return the client's data tier with the log behind it, as it stands on every page."""
    t = language_of(language or client.language)
    tier = tiers.of_client(client)
    return tier_label(tier, tiers.definition_of(client) if tier in ("A", "B") else None, t)
