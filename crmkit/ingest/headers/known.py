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
    "last_active": ("end date", "austritt", "austrittsdatum", "deaktiviert am", "deactivated on"),
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

#: The kit's column → what a header of it is like, searched for in its `folded` form, where no known one is there.
LIKENESS: dict[str, str] = {
    "last_login": (
        r"(letzte[rnms]?|last|zuletzt|latest|recent).*(log ?in|log ?on|anmeld|eingelogg|angemeld|zugriff|aktiv|access|"
        r"sign ?in|seen|nutzung|sitzung|session|used|activity)|(log ?in|anmeldung|zugriff) (zuletzt|letzte[rs]?|last)"
    ),
    "first_active": (
        r"\b(angelegt|erstellt|created|eintritt|anlage|anlagedatum|seit|since|aktiviert am|startdatum)\b|"
        r"\b(erste[rnms]?|erstmals|first) (anmeldung|login|logon|zugriff|access|aktiv|active|angemeldet)\b"
    ),
    "disabled": r"(gesperrt|deaktiviert|disabled|locked|inaktiv)",
    "active": r"\b(aktiv|active|freigeschaltet|enabled|kontostatus|status)\b",
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
    "object": r"\b(modul|module|objekt|object|entität|entity|datensatzart|tabelle|table|bereich|maske|datensatztyp)\b",
}
#: Columns that the client has to settle where two headers may be meant: the report rests on them.
SETTLED_BY_CLIENT = ("last_login", "timestamp", "date")
