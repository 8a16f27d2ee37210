"""Objects that no area of the CRM is known for, and the lines of client.yml that would say it."""

from __future__ import annotations

from collections import Counter

from crmkit.report.chart import Block
from crmkit.report.data_check.examined import Examined, require_examined
from crmkit.report.data_check.making import internal, paste, shown, source_name, table
from crmkit.report.language import Language
from crmkit.report.table_block import Cell

#: Objects that are listed, and stand in the lines to paste.
MOST = 20
#: Stands in the lines to paste until the consultant knows better.
_PROPOSED = "shared"


def objects(examined: Examined) -> Block:
    """Return the objects without an area, by number of rows, and what to write into client.yml.

    Parameters
    ----------
    examined
        From `examine`.
    """
    known = require_examined(examined, name="objects")
    t, counted = known.t, unmapped(known)
    ranked = sorted(counted, key=lambda row: (-row[2], row[1], row[0]))
    body = [
        [Cell(shown(name)), Cell(source_name(source, t)), Cell(t.number(n), "num")] for source, name, n in ranked[:MOST]
    ]
    headings = {t.gettext("Objekt"): False, t.gettext("Quelle"): False, t.gettext("Zeilen"): True}
    n_more = len(ranked) - MOST
    more = t.gettext("{n} weitere sind nicht gezeigt.", n=t.number(n_more)) if n_more > 0 else ""
    listed = table(t.gettext("Objekte ohne CRM-Bereich"), headings, body, more)
    return internal(listed, _to_settle([name for _, name, _ in ranked[:MOST]], t), finding=_finding(ranked, known))


def unmapped(known: Examined) -> list[tuple[str, str, int]]:
    """Return source, object and number of rows of every named object without an area."""
    book: dict[str, Counter[str]] = known.prepared.book.unmapped
    return [(source, name, n) for source, counts in book.items() for name, n in counts.items() if name.strip()]


def _finding(ranked: list[tuple[str, str, int]], known: Examined) -> str:
    t, activity = known.t, known.prepared.activity
    logs = activity[(activity["n_view"] > 0) | (activity["n_write"] > 0)]
    n_other = int((logs["area"] == "other").sum())
    if ranked:
        return t.ngettext(
            "Zu einem Objekt ist kein CRM-Bereich bekannt; es zählt als „Sonstige“.",
            "Zu {n} Objekten ist kein CRM-Bereich bekannt; sie zählen als „Sonstige“.",
            len({name for _, name, _ in ranked}),
        )
    if logs.empty:
        return t.gettext("Kein Protokoll nennt Objekte.")
    if n_other:
        return t.gettext(
            "{n} von {total} Personentagen je CRM-Bereich nennen kein Objekt, das einem zugeordnet ist.",
            n=t.number(n_other),
            total=t.number(len(logs)),
        )
    return t.gettext("Zu jedem Objekt ist der CRM-Bereich bekannt.")


def _to_settle(names: list[str], t: Language) -> str:
    if not names:
        return ""
    words = t.gettext(
        "In client.yml eintragen und den Wert je Objekt richtigstellen (sales, marketing, service oder shared):"
    )
    return paste(words, {"areas": dict.fromkeys(dict.fromkeys(names), _PROPOSED)})
