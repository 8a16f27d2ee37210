"""What the page around internal blocks says: of which day it is, and that it is for the consultant alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.letters import legible
from crmkit.report.page import as_footer
from crmkit.settings import Brand

if TYPE_CHECKING:
    from crmkit.report.language import Language

_LONGEST_NAME = 160


def variables_of(
    title: str, name: str, facts: tuple[str, str], t: Language, *, brand: Brand | None = None
) -> dict[str, Any]:
    """Return the variables of the page template, for ``notebook.metadata["crmkit"]``.

    Parameters
    ----------
    title
        What the page is.
    name
        Whom it is about.
    facts
        Its day in words, and what else stands beside that.
    t
        Its language.
    brand
        The consultant's look; None: the kit's own.

    Returns
    -------
    dict
        As `report.page.variables`, with ``audience`` internal. JSON throughout.
    """
    own, mark = brand or Brand(), t.gettext("Intern – nicht weitergeben")
    shown = legible(name, longest=_LONGEST_NAME)
    return {
        "audience": "internal",
        "client": shown,
        "language": t.code,
        "title": f"{title} {shown} – {mark}",
        "footer": as_footer(f"{mark} – {title} {shown}"),
        "as_of": facts[0],
        "tier_label": facts[1],
        "retrospective": title,
        "draft": False,
        "consultant": legible(own.consultant, longest=_LONGEST_NAME),
        "primary": own.primary,
        "accent": own.accent,
        "labels": {
            "title": title,
            "contents": t.gettext("Inhalt"),
            "figure": t.gettext("Abbildung"),
            "draft": "",
            "page": t.gettext("Seite"),
            "internal": mark,
        },
    }
