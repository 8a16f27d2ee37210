"""Headers as exports have them, in German and English: what they are called for certain, and what they are like."""

from __future__ import annotations

ALIASES: dict[str, tuple[str, ...]] = {
    "user_id": ("user id", "userid", "benutzerkennung", "benutzer-id", "kennung", "login", "login name", "benutzername",
                "username", "user name", "user", "benutzer", "anmeldename", "changed by", "geändert von",
                "erstellt von", "created by", "uid", "do not modify user", "nicht ändern benutzer", "id"),
    "name": ("name", "full name", "vollständiger name", "anzeigename", "display name", "fullname"),
    "first_name": ("first name", "firstname", "vorname"),
    "last_name": ("last name", "lastname", "surname", "nachname", "familienname"),
    "email": ("e-mail", "email", "e-mail-adresse", "mail", "email address", "e-mail address"),
    "employee_number": ("employee number", "employeenumber", "personalnummer", "personal-nr", "mitarbeiternummer"),
    "org_unit": ("org unit", "organisationseinheit", "abteilung", "department", "team", "bereich", "unit"),
    "role": ("role", "rolle", "funktion", "title", "position", "job title"),
    "licence": ("licence", "license", "lizenz", "lizenztyp", "license type", "licence type"),
    "fte": ("fte", "stellenanteil", "arbeitszeitanteil", "beschäftigungsgrad", "arbeitszeit %"),
    "subdivision": ("bundesland", "federal state"),
    "person": ("person", "person id", "person key", "personenschlüssel"),
    "left": ("left", "austritt", "austrittsdatum", "letzter arbeitstag", "last working day"),
    "first_active": ("start date", "eintritt", "eintrittsdatum", "created", "created on", "erstellt am", "angelegt am",
                     "createdon", "created date", "creation date"),
    "last_active": ("end date", "austritt", "austrittsdatum", "deaktiviert am", "deactivated on", "gesperrt am",
                    "gesperrt seit", "inaktiv seit", "deaktiviert seit", "disabled on", "locked on",
                    "ausgeschieden am"),
    "last_login": ("last login", "letzte anmeldung", "letzter login", "last login date", "lastlogindate", "last active",
                   "zuletzt angemeldet", "login_date", "trdat"),
    "disabled": ("disabled", "gesperrt", "deaktiviert", "isdisabled", "locked", "inactive", "inaktiv", "is disabled"),
    "record": ("record id", "datensatz-id", "datensatznummer", "guid", "record", "datensatz", "objectid", "object id"),
    "active": ("active", "aktiv", "is active", "isactive", "status", "active_flag"),
    "account_type": ("account type", "kontotyp", "kontoart", "benutzertyp", "user type", "type"),
    "timestamp": ("timestamp", "zeitpunkt", "zeitstempel", "changed at", "geändert am", "changed on", "date", "datum",
                  "created at", "modified on", "login time", "anmeldezeit", "createdat", "date_modified"),
    "date": ("date", "datum", "tag", "day"),
    "object": ("object", "objekt", "module", "modul", "entity", "entität", "record type", "datensatztyp"),
    "area": ("area", "crm-bereich"),
    "channel": ("channel", "kanal"),
    "operation": ("operation", "aktion", "action", "vorgang"),
    "action": ("action", "aktion"),
    "event_id": ("event id", "ereignis-id", "recordid", "record id"),
    "week": ("week", "woche", "kalenderwoche", "kw", "week start", "wochenbeginn", "montag", "monday"),
    "n_days": ("n_days", "days", "tage", "active days", "aktive tage"),
    "n_login": ("n_login", "logins", "anmeldungen"),
    "n_view": ("n_view", "views", "aufrufe", "ansichten"),
    "n_write": ("n_write", "writes", "changes", "änderungen"),
    "n_export": ("n_export", "exports", "exporte"),
    "band": ("band", "nutzungsband", "segment", "gruppe"),
    "n": ("n", "anzahl", "count", "personen", "people"),
    "from_date": ("from", "von", "from date", "gültig von"),
    "to_date": ("to", "bis", "to date", "gültig bis"),
    "definition": ("definition", "regel"),
}  # fmt: skip

_WHO = tuple(form for form in ALIASES["user_id"] if form != "id")
_DONE = ("action type", "aktionsart", "aktionstyp", "operation type", "change type", "änderungsart", "event type",
         "ereignisart", "ereignistyp", "event", "ereignis")  # fmt: skip
#: The same for logs, where a plain "ID" is the row's and not a person's: it is left alone, since it may as well be the
#: record's, by which events would count once. Whose a record is (owner, salesperson) is not who changed it.
LOG_ALIASES: dict[str, tuple[str, ...]] = ALIASES | {
    "user_id": (*_WHO, "anwender", "nutzer", "mitarbeiter", "mitarbeiterin", "bearbeiter", "sachbearbeiter", "employee",
                "bearbeitet von", "aktualisiert von", "modified by", "last modified by", "updated by", "edited by",
                "zuletzt geändert von", "durchgeführt von", "ausgeführt von", "performed by", "done by"),
    "operation": (*ALIASES["operation"], *_DONE),
    "action": (*ALIASES["action"], "operation", *_DONE),
    "n": ("n", "anzahl", "count"),
    # a record is changed many times
    "event_id": ("event id", "ereignis-id"),
    "record": (*ALIASES["record"], "recordid"),
}  # fmt: skip

#: Words for an account that is not in use; a day under such a header is its end.
_OFF = (
    "gesperrt|deaktiviert|inaktiv|disabled|locked|deactivated|inactive|blockiert|blocked|ausgeschieden|gelöscht|deleted|"
    "suspended|terminated|archived|archiviert|stillgelegt|closed|geschlossen|nicht aktiv|not active"
)
#: The kit's column → what a header of it is like, searched for in its `folded` form, where no known one is there.
LIKENESS: dict[str, str] = {
    "last_login": (
        r"(letzte[rnms]?|last|zuletzt|latest|recent) ?(\w+ ){0,2}(log ?in|log ?on|anmeld|eingelogg|angemeld|zugriff|"
        r"aktiv|access|sign ?in|seen|nutzung|sitzung|session|used|activity)|"
        r"(log ?in|anmeldung|zugriff) (zuletzt|letzte[rs]?|last)"
    ),
    "last_active": rf"\b({_OFF}) (am|seit|ab|zum|on|since|at|date|datum)\b|\b(sperrdatum|deaktivierungsdatum)\b",
    "first_active": (
        r"\b(angelegt|erstellt|created|eintritt|anlage|anlagedatum|seit|since|aktiviert am|startdatum)\b|"
        r"\b(erste[rnms]?|erstmals|first) (anmeldung|login|logon|zugriff|access|aktiv|active|angemeldet)\b"
    ),
    "disabled": rf"(gesperrt|deaktiviert|disabled|locked|inaktiv)|\b({_OFF})\b",
    "active": r"\b(aktiv|active|aktiviert|freigeschaltet|enabled|kontostatus|status)\b",
    "email": r"\b(e mail|mail|email)\b|mailadresse",
    "employee_number": r"personal(nummer| ?nr)|(employee|staff|personnel) (no|nr|number|id)|mitarbeiter ?(nr|nummer)",
    "first_name": r"\b(vorname|rufname|given name|first name)\b",
    "last_name": r"\b(nachname|zuname|familienname|surname|family name|last name)\b",
    "user_id": (
        r"\b(benutzer|user|anwender|login|konto|account|nutzer|system) ?(id|kennung|kürzel|name|nr|nummer|number|"
        r"login)\b|"
        r"\b(kürzel|kennung|logon|userid|samaccountname|upn|principal name|benutzerkürzel|nt user)\b"
    ),
    "name": (
        r"\b(mitarbeiter(in|innen)?|anwender|benutzer|user|employee|nutzer|kollege|anzeigename|vollständiger name)\b"
    ),
    "org_unit": (
        r"\b(abteilung|abt|bereich|team|department|dept|organisation(s?einheit)?|org ?einheit|oe|kostenstelle|"
        r"cost cent(er|re)|gruppe|standort|niederlassung|filiale|unit)\b"
    ),
    "division": r"\b(division|geschäftsbereich|sparte|business unit|ressort|gesellschaft)\b",
    "licence": r"liz(enz)?\b|lizenz|licen[cs]e|\bsubscription\b|\babo\b",
    "role": r"\b(rolle|funktion|position|stelle|job title|tätigkeit|rollen|role|profil|berechtigungsrolle)\b",
    "timestamp": r"\b(zeitpunkt|zeitstempel|timestamp|uhrzeit|datum|date|wann|time)\b",
    # "Bereich" is the unit of a person
    "object": r"\b(modul|module|objekt|object|entität|entity|datensatzart|tabelle|table|maske|datensatztyp)\b",
}
_NEGATED = r"\b(nicht|not|nie|never|ohne|kein\w*|un(locked|gesperrt))\b"
_COUNTED = r"\b(tage|days|anzahl|count|number of|wie oft)\b"
_DAY = r"\b(am|seit|ab|bis|on|since|until|date|datum|zuletzt|letzte\w?|last|erste\w?|erstmals|first|von|by|durch)\b"
_PASSWORD = r"pass ?wor[dt]|kennwort|kennwörter"
#: What has a state of its own, which is not the account's.
_OTHER_THING = (
    rf"\b(mfa|2fa|otp|sso|single sign|zwei ?fa[ck]tor|two ?factor|multi ?factor|authenticator|api|token|vpn|sync\w*)|"
    rf"e ?mail|\bmail|newsletter|postfach|{_PASSWORD}|benachrichtig|notification|lizenz|licen[cs]e|\babo\b|"
    rf"subscription|consent|einwillig|zustimmung|dsgvo|gdpr|vertrag|contract|einladung|invit|zertifikat|certificate|telefon|phone"
)
_OTHER_PERSON = (
    r"manager|vorgesetzt|privat|\bpersonal e ?mail|kontakt|contact|leiter|boss|supervisor|chef|reports to|notfall|"
    r"emergency|vertret|deputy|verantwortlich|besitzer|owner|(erstellt|angelegt|geändert) von|(created|modified) by"
)
_ON = (
    r"(?<!nicht )(?<!not )\b(aktiv|active|aktiviert|activated|enabled|offen|open|freigeschaltet|unlocked|entsperrt|"
    r"freigegeben)\b"
)
#: An account's state is told by one side; a column that names both tells it by its words.
_TWO_SIDED = rf"{_ON}.*\b({_OFF})\b|\b({_OFF})\b.*{_ON}"
#: The kit's column → headers that are something else, however much they are like it.
UNLIKE: dict[str, str] = {
    "last_login": (
        rf"{_NEGATED}|{_COUNTED}|{_PASSWORD}|fehlgeschlagen|fehlerhaft|fail|fehlversuch|versuch|attempt|denied|review|"
        r"aktivierung|activation|änderung|geändert|changed|modified|kunde|customer|kontakt|contact|\b(ip|browser)\b"
    ),
    "last_active": rf"{_NEGATED}|{_COUNTED}|{_OTHER_THING}",
    "first_active": (
        rf"{_NEGATED}|{_COUNTED}|{_OTHER_THING}|gültig|valid|\b(letzte\w?|last|zuletzt|von|by|durch|status|rolle|role|"
        rf"position|team|abteilung|department|änderung|geändert|changed)\b|leiter|\b({_OFF})\b"
    ),
    "disabled": rf"\b(nicht|not) (?!aktiv\b|active\b)|\bun(locked|gesperrt)\b|{_DAY}|{_OTHER_THING}|{_TWO_SIDED}",
    "active": rf"{_NEGATED}|{_COUNTED}|{_DAY}|{_OTHER_THING}",
    "email": rf"{_OTHER_PERSON}|aktiv|active|status|gesperrt|enabled|bestätigt|verified|signatur|server|datum|date",
    "employee_number": _OTHER_PERSON,
    "first_name": _OTHER_PERSON,
    "last_name": _OTHER_PERSON,
    "user_id": _OTHER_PERSON,
    "name": (
        rf"{_OTHER_PERSON}|{_COUNTED}|{_DAY}|\b(aktiv|active|status|typ|type|art|rolle|role|gruppe|group|nr|nummer|number)\b|"
        rf"gesperrt|deaktiviert|disabled|locked|{_OTHER_THING}"
    ),
    "org_unit": (
        r"leader|leiter|leitung|\blead\b|manager|verantwortlich|responsible|\b(nummer|nr|number|no|head|owner)\b|chef|mail|"
        r"kontakt|contact|\b(seit|since)\b"
    ),
    "licence": (
        rf"gültig|valid|\b(bis|until|ende|end|seit|since|key|aktiv|active|status|nr|nummer|number)\b|lizenz(ende|nummer)|"
        rf"schlüssel|kosten|preis|datum|\bdate\b|ablauf|läuft|verantwortlich|expir|price|cost|owner|{_COUNTED}|lizenzanzahl"
    ),
    "role": _OTHER_PERSON,
}
#: The same for logs: an account, and a number in a system, are the customer's and the record's there.
LOG_UNLIKE: dict[str, str] = UNLIKE | {"user_id": rf"{_OTHER_PERSON}|\b(konto|account|system) ?(id|kennung|name|n|nu)"}
#: Columns that the client has to settle where two headers may be meant: the report rests on them.
SETTLED_BY_CLIENT = ("last_login", "timestamp", "date")
