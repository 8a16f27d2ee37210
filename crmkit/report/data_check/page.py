"""What the page around the blocks says: whose data, of which day, and that it is internal."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from crmkit.letters import legible
from crmkit.method.window import days_of
from crmkit.report.data_check.examined import WEEKS
from crmkit.report.language import language as language_of
from crmkit.report.page import as_footer

if TYPE_CHECKING:
    from crmkit.settings import Settings

_LONGEST_NAME = 160


def variables(settings: Settings, *, as_of: dt.date, language: str) -> dict[str, Any]:
    """Return the variables of the page template, for ``notebook.metadata["crmkit"]``.

    Parameters
    ----------
    settings
        The client's settings.
    as_of
        Day of the retrospective.
    language
        ``de`` or ``en``.

    Returns
    -------
    dict
        As `report.page.variables`, with ``audience`` internal and the window in the place of the tier. JSON throughout.
    """
    t = language_of(language)
    title, name = t.gettext("Datenprüfung"), legible(settings.name, longest=_LONGEST_NAME)
    mark = t.gettext("Intern – nicht weitergeben")
    return {
        "audience": "internal",
        "client": name,
        "language": t.code,
        "title": f"{title} {name} – {mark}",
        "footer": as_footer(f"{mark} – {title} {name}"),
        "as_of": t.date(as_of),
        "tier_label": t.gettext("Zeitraum {span}", span=t.span(days_of(as_of, weeks=WEEKS))),
        "retrospective": title,
        "draft": False,
        "consultant": legible(settings.brand.consultant, longest=_LONGEST_NAME),
        "primary": settings.brand.primary,
        "accent": settings.brand.accent,
        "labels": {
            "title": title,
            "contents": t.gettext("Inhalt"),
            "figure": t.gettext("Abbildung"),
            "draft": "",
            "page": t.gettext("Seite"),
            "internal": mark,
        },
    }
