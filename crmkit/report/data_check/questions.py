"""What only the client can say of the data that it sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from crmkit.report.chart import Block
from crmkit.report.data_check.examined import Examined, require_examined
from crmkit.report.data_check.making import internal, shown, source_name
from crmkit.report.data_check.objects import unmapped
from crmkit.report.language import Language
from crmkit.report.markup import fill

if TYPE_CHECKING:
    from crmkit.ingest.bookkeeping import Question

#: Rows from which on an object of several words is named to the client.
_LEAST_ROWS = 5
#: Objects that a question names.
_NAMED = 8


def questions(examined: Examined) -> Block:
    """Return the questions that the data raise.

    Parameters
    ----------
    examined
        From `examine`.
    """
    known = require_examined(examined, name="questions")
    t, asked = known.t, asked_of(known)
    if not asked:
        return internal(finding=t.gettext("Die Daten werfen keine Frage auf."))
    finding = t.ngettext(
        "Eine Frage kann nur der Auftraggeber beantworten.",
        "{n} Fragen kann nur der Auftraggeber beantworten.",
        len(asked),
    )
    return internal(fill("list", items=asked), finding=finding)


def asked_of(known: Examined) -> list[str]:
    """Return the questions in words, as they also stand in the mail."""
    t = known.t
    asked = [_asked(question, t) for question in known.prepared.book.questions]
    often = sorted(unmapped(known), key=lambda row: (-row[2], row[1]))
    # several words that stand there a few times may be a customer: nothing for a mail
    names = list(dict.fromkeys(name for _, name, n in often if " " not in name or n >= _LEAST_ROWS))
    if names:
        named = t.joined([f"„{shown(name)}“" if t.code == "de" else f"“{shown(name)}”" for name in names[:_NAMED]])
        asked.append(
            t.gettext("Wofür werden diese Objekte benutzt (Vertrieb, Marketing, Service): {names}?", names=named)
        )
    return asked


def _asked(question: Question, t: Language) -> str:
    """Return a question in words; one without words as the log has it."""
    said = WORDS_OF_QUESTIONS.get(question.code)
    return said(question, t) if said else shown(str(question))


#: Code of a question → its words.
WORDS_OF_QUESTIONS: dict[str, Callable[[Question, Language], str]] = {
    "survey_columns_not_read": lambda q, t: t.gettext(
        "{source}: Diese Spalten sind keine Fragen der Befragung und werden nicht gelesen: {names}. "
        "Sollten sie es sein?",
        source=source_name(q.source, t),
        names=shown(", ".join(q.names)),
    ),
    "perhaps_cut_off": lambda q, t: t.gettext(
        "{source}: genau {n} Zeilen – bei dieser Zahl brechen Exporte ab. Fehlt der Rest? Wenn ja, bitte je Monat "
        "exportieren.",
        source=source_name(q.source, t),
        n=t.number(q.n),
    ),
    "login_not_in_log": lambda q, t: t.gettext(
        "{source}: Von {total} Personen, deren letzte Anmeldung laut Benutzerliste in diese Zeit fällt, kennt das "
        "Protokoll {n}. Ist der Export gefiltert, oder hat ihn jemand gezogen, der nicht alles sehen darf?",
        source=source_name(q.source, t),
        n=t.number(q.n),
        total=t.number(q.n_total),
    ),
    "list_undated": lambda q, t: t.gettext(
        "{source}: Von welchem Tag ist diese Benutzerliste?", source=shown(q.source)
    ),
    "last_login_missing": lambda q, t: t.gettext(
        "{source}: Keine Spalte ist als letzte Anmeldung zu erkennen. Steht sie in einer von diesen: {names}?",
        source=shown(q.source),
        names=shown(", ".join(q.names)),
    ),
    "unknown_states": lambda q, t: t.gettext(
        "{source}: Von {total} Konten mit einem Zustand haben {n} einen, der nicht zu verstehen ist ({names}). Welche "
        "Wörter heißen aktiv, welche nicht?",
        source=shown(q.source),
        n=t.number(q.n),
        total=t.number(q.n_total),
        names=shown(", ".join(q.names)),
    ),
    "unknown_actions": lambda q, t: t.ngettext(
        "{source}: Eine Zeile nennt eine Aktion, die nicht zu verstehen ist, und zählt nicht. Welche Wörter stehen für "
        "Ansehen, Ändern, Exportieren und Anmelden?",
        "{source}: {n} Zeilen nennen eine Aktion, die nicht zu verstehen ist, und zählen nicht. Welche Wörter stehen "
        "für Ansehen, Ändern, Exportieren und Anmelden?",
        q.n,
        source=shown(q.source),
    ),
    "many_no_people": lambda q, t: t.gettext(
        "{source}: {n} von {total} Konten sehen nur nach Namen, Profil oder Lizenz wie Konten von Maschinen oder für "
        "Tests aus und werden nicht gezählt. Sind darunter Personen?",
        source=source_name(q.source, t),
        n=t.number(q.n),
        total=t.number(q.n_total),
    ),
    "shared_employee_number": lambda q, t: t.ngettext(
        "{source}: Ein Konto hat eine Personalnummer, die auch bei anderen Namen steht, und zählt als eigene Person. "
        "Was steht in dieser Spalte?",
        "{source}: {n} Konten haben eine Personalnummer, die auch bei anderen Namen steht, und zählen als eigene "
        "Personen. Was steht in dieser Spalte?",
        q.n,
        source=source_name(q.source, t),
    ),
    "two_licences": lambda q, t: t.ngettext(
        "{source}: Ein Konto steht mehrfach mit verschiedenen Lizenzen in der Liste; genommen ist die der neuesten "
        "Anmeldung. Welche gilt?",
        "{source}: {n} Konten stehen mehrfach mit verschiedenen Lizenzen in der Liste; genommen ist die der "
        "neuesten Anmeldung. Welche gilt?",
        q.n,
        source=shown(q.source),
    ),
    "accounts_not_listed": lambda q, t: t.ngettext(
        "Die Protokolle kennen ein Konto, das in keiner Benutzerliste steht. Ist die Liste vollständig, auch mit den "
        "nicht mehr aktiven?",
        "Die Protokolle kennen {n} Konten, die in keiner Benutzerliste stehen. Ist die Liste vollständig, auch mit den "
        "nicht mehr aktiven?",
        q.n,
    ),
}
