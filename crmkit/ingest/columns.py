"""Which header means what: the client's own mapping first, then known headers in German and English."""

from __future__ import annotations

import polars as pl

from crmkit.errors import InputError, SettingsError, did_you_mean
from crmkit.ingest import absence
from crmkit.ingest.files import Opened
from crmkit.settings import Export

#: The kit's column → headers of exports, in any case and with any punctuation.
ALIASES: dict[str, tuple[str, ...]] = {
    "user_id": ("user id", "userid", "benutzerkennung", "benutzer-id", "kennung", "login", "login name", "benutzername",
                "username", "user name", "user", "benutzer", "anmeldename", "changed by", "geändert von",
                "erstellt von", "created by", "id"),
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
    "left": ("left", "austritt", "austrittsdatum", "letzter arbeitstag", "last working day"),
    "first_active": ("start date", "eintritt", "eintrittsdatum", "created", "created on", "erstellt am", "angelegt am",
                     "createdon", "created date", "creation date"),
    "last_active": ("end date", "austritt", "austrittsdatum", "deaktiviert am", "deactivated on"),
    "last_login": ("last login", "letzte anmeldung", "letzter login", "last login date", "lastlogindate", "last active",
                   "zuletzt angemeldet", "login_date", "trdat"),
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
    "event_id": ("event id", "ereignis-id", "record id", "recordid"),
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


def folded(header: str) -> str:
    """Return a header in the one form in which it is compared."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in header.casefold()).split())


def chosen(opened: Opened, export: Export, fields: tuple[str, ...], file: str) -> dict[str, str]:
    """Return field → header, by the client's mapping, the field's own name, or a known header.

    Raises
    ------
    SettingsError
        If the mapping names a field that the reader does not have.
    InputError
        If the mapping names a header that the file does not have.
    """
    for name in (*export.columns, *export.constants):
        if name not in fields:
            hint = did_you_mean(name, fields)
            known = ", ".join(f"`{field}`" for field in fields)
            raise SettingsError(
                f"client.yml: exports: {file}: `{name}` is no column of `{export.reader}`.{hint} Known: {known}."
            )
    for name, header in export.columns.items():
        if header not in opened.columns:
            raise InputError.missing_column(file, header, opened.columns, name)
    absence.refuse_headers(export.columns.values(), file)
    by_form = {folded(header): header for header in reversed(opened.columns)}
    taken = set(export.columns.values())
    found = dict(export.columns)
    for name in (name for name in fields if name not in found and name not in export.constants):
        forms = (name, *ALIASES.get(name, ()))
        header = next((by_form[folded(f)] for f in forms if by_form.get(folded(f), "") not in ("", *taken)), None)
        if header is not None:
            found[name] = header
            taken.add(header)
    return found


def pick(
    opened: Opened, export: Export, fields: tuple[str, ...], file: str, *, required: tuple[str, ...] = ()
) -> pl.LazyFrame:
    """Return the file's rows under the kit's column names, all text; fields it lacks are null.

    Parameters
    ----------
    opened
        The file.
    export
        Mapping and constants.
    fields
        Columns that the reader knows.
    file
        Name for messages.
    required
        Columns without which the export cannot be read.

    Raises
    ------
    InputError
        If a required column is not found.
    """
    found = chosen(opened, export, fields, file)
    for name in required:
        if name not in found and name not in export.constants:
            header = ALIASES.get(name, (name,))[0]
            raise InputError.missing_column(file, header, opened.columns, name)
    values = [
        pl.col(found[name]).alias(name)
        if name in found
        else pl.lit(export.constants.get(name), dtype=pl.String).alias(name)
        for name in fields
    ]
    return opened.rows.select(values)
