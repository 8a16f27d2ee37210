"""What the page around the cells says: whose report, of which day, on which data, and in which colours."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crmkit.letters import legible
from crmkit.report.language import language as language_of
from crmkit.report.text.data_protection import draft_label
from crmkit.report.text.title import tier_line

if TYPE_CHECKING:
    from crmkit.client import Client

#: For nbconvert: `extra_template_basedirs` and `template_name`.
TEMPLATES = Path(__file__).parent / "template"
TEMPLATE = "crmkit"
#: Letters of a name at the head of the page, and of a printed page's foot.
_LONGEST_NAME = 160
_LONGEST_FOOTER = 90


def variables(client: Client, *, language: str | None = None) -> dict[str, Any]:
    """Return the variables of the page template, for ``notebook.metadata["crmkit"]``.

    Parameters
    ----------
    client
        The client.
    language
        ``de`` or ``en``; None: the client's.

    Returns
    -------
    dict
        client, language, title, as_of (in words), tier_label, retrospective (in words), draft, consultant,
        primary and accent (colours of the brand), labels (words of the page itself). JSON throughout.
    """
    t, settings = language_of(language or client.language), client.settings
    title, name = t.gettext("CRM-Retrospektive"), legible(settings.name, longest=_LONGEST_NAME)
    return {
        "client": name,
        "language": t.code,
        "title": f"{title} {name}",
        "footer": as_footer(f"{title} {name}"),
        "as_of": t.date(client.as_of),
        "tier_label": tier_line(client, language=t.code),
        "retrospective": t.gettext("CRM-Retrospektive Nr. {number}", number=t.number(settings.retrospective)),
        "draft": settings.is_draft,
        "consultant": legible(settings.brand.consultant, longest=_LONGEST_NAME),
        "primary": settings.brand.primary,
        "accent": settings.brand.accent,
        "labels": {
            "title": title,
            "contents": t.gettext("Inhalt"),
            "figure": t.gettext("Abbildung"),
            "draft": draft_label(settings, t),
            "page": t.gettext("Seite"),
        },
    }


def as_footer(text: str) -> str:
    """Return a text that means nothing in a style sheet, short enough for the foot of a printed page."""
    return " ".join(re.sub(r"[^\w\s&.,()–-]", " ", text).split())[:_LONGEST_FOOTER]
