"""What the page around the cells says: whose report, of which day, on which data, and in which colours."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from crmkit.report.language import language as language_of
from crmkit.report.text.title import tier_line

if TYPE_CHECKING:
    from crmkit.client import Client

#: For nbconvert: `extra_template_basedirs` and `template_name`.
TEMPLATES = Path(__file__).parent / "template"
TEMPLATE = "crmkit"


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
    title = t.gettext("CRM-Retrospektive")
    return {
        "client": settings.name,
        "language": t.code,
        "title": f"{title} {settings.name}",
        "as_of": t.date(client.as_of),
        "tier_label": tier_line(client, language=t.code),
        "retrospective": t.gettext("CRM-Retrospektive Nr. {number}", number=t.number(settings.retrospective)),
        "draft": settings.is_draft,
        "consultant": settings.brand.consultant,
        "primary": settings.brand.primary,
        "accent": settings.brand.accent,
        "labels": {
            "title": title,
            "contents": t.gettext("Inhalt"),
            "figure": t.gettext("Abbildung"),
            "draft": t.gettext("Entwurf – Freigabe offen"),
            "page": t.gettext("Seite"),
        },
    }
