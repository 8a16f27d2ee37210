"""What the page around the blocks says: that it is of all clients, from which day, and internal."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crmkit.report.internal_page import variables_of
from crmkit.report.language import language as language_of


def variables(today: dt.date, *, language: str) -> dict[str, Any]:
    """Return the variables of the page template, for ``notebook.metadata["crmkit"]``.

    Parameters
    ----------
    today
        The day to look from.
    language
        ``de`` or ``en``.

    Returns
    -------
    dict
        As `report.page.variables`, with ``audience`` internal. JSON throughout.
    """
    t = language_of(language)
    return variables_of(t.gettext("Portfolio"), t.gettext("Alle Auftraggeber"), (t.date(today), ""), t)
