"""What a word in a log says was done: one of the kit's actions, or why it is none."""

from __future__ import annotations

import re

import polars as pl

from crmkit.readers import Mark, folded

ACTIONS = ("login", "view", "write", "export")
UNKNOWN = "unknown_action"

_WORDS = {
    "login": "login anmeldung anmelden angemeldet eingeloggt einloggen signin logon authenticate authenticated",
    "view": (
        "view views viewed viewing read retrieve retrieved ansicht ansehen angesehen anzeigen angezeigt anzeige lesen "
        "gelesen aufruf aufrufen aufgerufen geöffnet öffnen open opened display displayed visit visited besucht "
        "search searched suche suchen gesucht query list listed"
    ),
    "write": (
        "write written insert inserted create created creation add added new update updated modify modified "
        "modification change changed edit edited save saved delete deleted remove removed import imported merge merged "
        "upsert restore restored convert converted upload uploaded assign assigned schreiben geschrieben bearbeiten "
        "bearbeitet bearbeitung speichern gespeichert löschen gelöscht löschung entfernt erstellen erstellt erstellung "
        "anlegen angelegt anlage neuanlage neu erfasst ändern geändert änderung aktualisieren aktualisiert "
        "aktualisierung hinzugefügt importieren importiert zusammengeführt wiederhergestellt konvertiert zugewiesen "
        "hochgeladen"
    ),
    "export": "export exported exportiert exportieren download downloaded heruntergeladen herunterladen",
}
_ACTION_OF = {word: action for action, words in _WORDS.items() for word in words.split()}
#: Words that say something only where they stand alone: "Neue Liste geändert" is a change, no list.
_ALONE = {"search", "suche", "query", "list", "open", "neu", "new", "add", "import", "anlage"}
_OUT = {"logout", "logoff", "signout", "abmeldung", "abmelden", "abgemeldet", "ausgeloggt", "ausloggen", "timeout"}
_FAILED = {"failed", "fail", "failure", "fehlgeschlagen", "fehlgeschlagene", "fehlgeschlagener", "fehler", "error",
           "denied", "verweigert", "abgelehnt", "rejected", "ungültig", "invalid", "unsuccessful", "erfolglos",
           "nicht", "not", "abgebrochen", "cancelled", "canceled", "fehlversuch"}  # fmt: skip
_TWO_WORDS = re.compile(r"\b(log|logged|sign|signed) ?(in|on|out|off)\b")

_RESULTS = ("Status", "Login Status", "Anmeldestatus", "Ergebnis", "Result", "Outcome", "Meldung", "Message", "Aktion",
            "Action", "Ereignis", "Event", "Event Type", "Ereignistyp", "Vorgang", "Typ", "Type")  # fmt: skip
_FAILED_LOGIN = (
    r"\b(failed|fail|failure|denied|invalid|incorrect|rejected|unsuccessful|lockout|locked|unauthorized|erfolglos\w*|"
    r"fehlgeschlagen\w*|fehlversuch|verweigert|abgelehnt|ungültig\w*|gesperrt|nicht erfolgreich|not successful|"
    r"(falsch|wrong)\w*)\b|^\W*(error|fehler)\b"
)
#: Rows of any login log that are no login; every other word passes.
NO_LOGINS = (
    *(Mark(columns=[name], pattern=_FAILED_LOGIN, reason="failed_login") for name in _RESULTS),
    *(
        Mark(columns=[name], values=["false", "no", "nein", "0", "falsch", "n"], reason="failed_login")
        for name in ("Success", "Successful", "Succeeded", "Erfolg", "Erfolgreich", "Anmeldung erfolgreich")
    ),
    *(
        Mark(columns=[name], pattern=r"\b(log(ged)?[ -]?(out|off)|sign(ed)?[ -]?out|ab(ge)?meld\w*)\b",
             reason="not_an_action")
        for name in _RESULTS
    ),
)  # fmt: skip


def understood(words: pl.Series) -> pl.Series:
    """Return the kit's action for each word, else the reason why a row with it is none; null where blank."""
    known = {word: meaning_of(word) for word in words.drop_nulls().unique()}
    return words.replace_strict(known, default=None, return_dtype=pl.String)


def meaning_of(word: str) -> str | None:
    """Return one of `ACTIONS`, or failed_login, not_an_action, `UNKNOWN`; None for what holds no letter.

    Examples
    --------
    >>> [meaning_of(word) for word in ("Datensatz geändert", "RecordViewed", "Logged out", "Login failed", "Meyer")]
    ['write', 'view', 'not_an_action', 'failed_login', 'unknown_action']
    """
    parted = folded(re.sub(r"(?<=[a-zäöü])(?=[A-ZÄÖÜ])", " ", word))
    said = set(_TWO_WORDS.sub(_one_word, parted).split())
    if not said:
        return None
    found = {_ACTION_OF[each] for each in (said if len(said) == 1 else said - _ALONE) if each in _ACTION_OF}
    if said & _FAILED:
        return "failed_login" if found == {"login"} else "not_an_action"
    if said & _OUT:
        return "not_an_action"
    return found.pop() if len(found) == 1 else UNKNOWN


def _one_word(found: re.Match[str]) -> str:
    return "login" if found[2] in ("in", "on") else "logout"
