"""What a number rests on, in words: tier, log, period; and what it cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmkit.report.language import N_, Language
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from crmkit.method.definition import Definition
    from crmkit.method.table import Table

_TIERS = {
    "A": N_("Datenstufe A (Ansichten und Änderungen)"),
    "C": N_("Datenstufe C (letzte Anmeldung)"),
    "D": N_("Datenstufe D (Lizenzliste)"),
    "E": N_("Datenstufe E (gelieferte Auswertung)"),
}

TOO_SMALL = N_("Die Zahlen sind zu klein, um sie zu zeigen.")

#: What the figures of a tier cannot say.
LIMITS = {
    "A": N_("Die Zahlen sagen, wie oft und wo gearbeitet wird, nicht, wie gut oder warum."),
    "logins": N_("Eine Anmeldung ist noch keine Arbeit im CRM: Die Anteile sind nach oben unsicher."),
    "changes": N_("Wer nur liest, hinterlässt keine Spur: Nutzung ohne Datenpflege ist nicht zu sehen."),
    "C": N_("Aussagen zur Regelmäßigkeit sind nicht möglich."),
    "D": N_("Aussagen zur Nutzung sind nicht möglich."),
    "E": N_("Die Zahlen stehen hier, wie sie geliefert wurden; nachrechnen lassen sie sich nicht."),
}


def tier_label(tier: str, definition: Definition | None, t: Language) -> str:
    """Return the data tier with the log behind it, empty where a table needs none."""
    if tier == "B":
        return t.gettext("Datenstufe B ({log})", log=word(t, "evidence", evidence_of(definition)))
    return t.gettext(_TIERS[tier]) if tier in _TIERS else ""


def limit(tier: str, definition: Definition | None, t: Language) -> str:
    """Return what the figures of a tier cannot say."""
    key = evidence_of(definition) if tier == "B" else tier
    return t.gettext(LIMITS[key])


def according_to(table: Table, t: Language, sentence: str) -> str:
    """Return a sentence with the log that it rests on, where that is less than views and changes."""
    if table.tier != "B":
        return sentence
    said = {"logins": t.gettext("Laut Anmeldungen"), "changes": t.gettext("Laut Datenpflege")}
    return f"{said[evidence_of(table.definition)]}: {sentence}"


def period(table: Table, t: Language) -> str:
    """Return the table's window in words, empty without one."""
    return t.span(table.window) if table.window else ""


def out_of(n: int, n_total: int, t: Language) -> str:
    """Return a share with numerator and denominator: ``58 von 190 (31 %)``."""
    numbers = {"n": t.number(n), "total": t.number(n_total)}
    if not n_total:
        return t.gettext("{n} von {total}", **numbers)
    return t.gettext("{n} von {total} ({share})", **numbers, share=t.percent(n / n_total))


def holidays(notes: tuple[str, ...], t: Language) -> list[str]:
    """Return what has to be said of a window with holidays in it."""
    return [word(t, "note", code) for code in notes if code in ("summer_window", "christmas_window")]


def masked_note(k: int, t: Language) -> str:
    """Return the footnote of a masked number."""
    return t.gettext(
        "„·“ ist nicht gezeigt: weniger als {k} Personen, alle oder niemand einer Gruppe, oder daraus errechenbar",
        k=t.number(k),
    )


def evidence_of(definition: Definition | None) -> str:
    """Return the code of the log behind tier B: ``changes`` or ``logins``."""
    return "changes" if definition is not None and definition.evidence == "changes" else "logins"
