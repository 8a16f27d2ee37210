"""What the page around the blocks says: whose data, of which day, and that it is internal."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from crmkit.method.window import days_of
from crmkit.report.data_check.examined import WEEKS
from crmkit.report.internal_page import variables_of
from crmkit.report.language import language as language_of

if TYPE_CHECKING:
    from crmkit.settings import Settings


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
    span = t.gettext("Zeitraum {span}", span=t.span(days_of(as_of, weeks=WEEKS)))
    return variables_of(t.gettext("Datenprüfung"), settings.name, (t.date(as_of), span), t, brand=settings.brand)
