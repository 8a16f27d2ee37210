"""Headers that are like one of the kit's columns, and those that only look so: who reads them wrong, counts wrong."""

import pytest

import crmkit
from crmkit.errors import InputError
from crmkit.ingest.accounts import user_lists
from crmkit.ingest.headers.columns import mapping_of
from crmkit.ingest.systems import generic_events
from crmkit.settings import Export


def read_as(*headers: str, reader: str = "generic.users") -> dict[str, str]:
    """Return header → the kit's column."""
    kind = reader.removeprefix("generic.")
    fields = generic_events.FIELDS.get(kind, user_lists.FIELDS)
    found = mapping_of(list(headers), Export(file="x.csv", reader=reader), fields, "x.csv").headers
    return {header: name for name, header in found.items()}


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Aktiv/Inaktiv", "active"), ("Status (aktiv/gesperrt)", "active"), ("Active / Disabled", "active"),
        ("Inaktiv oder aktiv", "active"), ("Kontostatus", "active"), ("Benutzer aktiv?", "active"),
        ("Konto gesperrt", "disabled"), ("Nicht aktiv", "disabled"), ("Locked Out", "disabled"),
        ("Ausgeschieden", "disabled"), ("Nicht gesperrt", None),
        ("Gesperrt am", "last_active"), ("Inaktiv seit", "last_active"), ("Deaktiviert am", "last_active"),
        ("Konto gesperrt seit", "last_active"), ("Account disabled on", "last_active"), ("Sperrdatum", "last_active"),
        ("Nicht angemeldet seit", None), ("Tage seit letzter Anmeldung", None), ("Gesperrt bis", None),
    ],
)  # fmt: skip
def test_state_of_an_account(header, column):
    assert read_as("Kennung", header).get(header) == column


@pytest.mark.parametrize(
    "header",
    ["MFA aktiv", "MFA enabled", "2FA Status", "Newsletter aktiv", "E-Mail aktiv", "E-Mail gesperrt",
     "Passwort gesperrt", "Postfach deaktiviert", "Benachrichtigung aktiv", "Notification enabled",
     "License Status", "Lizenz aktiv", "Consent Status", "SSO enabled"],
)  # fmt: skip
def test_state_of_something_else(header):
    assert read_as("Kennung", header) == {"Kennung": "user_id"}


@pytest.mark.parametrize(
    "header",
    ["Letzte fehlgeschlagene Anmeldung", "Last failed login", "Last login failure", "Letzter Fehlversuch Anmeldung",
     "Last access review", "Letzte Aktivierung", "Last password login", "Letzte Kennwort-Anmeldung",
     "Letzte Änderung Zugriff", "Last changed access", "Nutzung"],
)  # fmt: skip
def test_what_is_no_last_login(header):
    assert read_as("Kennung", header) == {"Kennung": "user_id"}


@pytest.mark.parametrize(
    "header",
    ["Letzte Anmeldung am", "Letzte CRM-Anmeldung", "lastLogonTimestamp", "Datum der letzten Anmeldung", "Last seen",
     "Letzter Zugriff", "Zuletzt aktiv", "Login zuletzt", "Most recent sign-in"],
)  # fmt: skip
def test_what_is_the_last_login(header):
    assert read_as("Kennung", header) == {"Kennung": "user_id", header: "last_login"}


@pytest.mark.parametrize(
    "header",
    ["Passwort erstellt am", "Gültig seit", "Password created", "Erstellt von", "Lizenz seit", "Manager E-Mail",
     "E-Mail des Vorgesetzten", "E-Mail privat", "Kontakt E-Mail", "Vorgesetzter Benutzername", "Supervisor User",
     "Manager Employee ID", "Vorname Vorgesetzter", "Nachname Chef", "Lizenz gültig bis", "Lizenzende", "Lizenzkosten",
     "Lizenzpreis", "Lizenzdatum", "Lizenzverantwortlicher", "License expires", "License price", "Anzahl Lizenzen",
     "Team Leader", "Team-Leiter", "Team Manager", "Abteilung verantwortlich", "Abteilung Nummer"],
)  # fmt: skip
def test_what_is_about_something_else(header):
    assert read_as("Kennung", header) == {"Kennung": "user_id"}


@pytest.mark.parametrize(
    ("header", "column"),
    [("Primary Email", "email"), ("Angelegt", "first_active"), ("Mitglied seit", "first_active"),
     ("Lizenzart", "licence"), ("Bereich", "org_unit"), ("Kostenstelle", "org_unit"), ("Mitarbeiter", "name")],
)  # fmt: skip
def test_what_is_still_alike(header, column):
    assert read_as("Kennung", header)[header] == column


LOGS = ["logins", "changes", "activity", "weeks"]


@pytest.mark.parametrize("kind", LOGS)
@pytest.mark.parametrize(
    "who", ["Mitarbeiter", "Bearbeiter", "Sachbearbeiter", "Anwender", "Nutzer", "Benutzer", "User", "Geändert von"]
)
@pytest.mark.parametrize("number", ["ID", "Id", "Nr"])
def test_who_did_it(kind, who, number):
    found = read_as(number, who, reader=f"generic.{kind}")
    assert found == {who: "user_id"}


@pytest.mark.parametrize("kind", LOGS)
@pytest.mark.parametrize("header", ["ID", "Nr", "Owner", "Besitzer", "Verantwortlicher", "Verkäufer", "Account ID"])
def test_who_did_not_do_it(kind, header):
    assert header not in read_as(header, reader=f"generic.{kind}")


def test_an_id_is_the_accounts_in_a_user_list():
    assert read_as("ID", "Mitarbeiter") == {"ID": "user_id", "Mitarbeiter": "name"}


def test_a_log_without_a_person_is_refused(folder_of, refused):
    text = "ID;Owner;Zeitpunkt\n1;a.graf;01.06.2026 08:00\n"
    folder = folder_of(["{file: exports/x.csv, reader: generic.changes}"], {"exports/x.csv": text})
    todo = "Map it in client.yml: `columns: {user_id: Header in the file}`."
    with refused(InputError, f"x.csv: column `user id` is missing. Found: `ID`, `Owner`, `Zeitpunkt`. {todo}"):
        crmkit.ingest.read_exports(folder)


@pytest.mark.parametrize("kind", ["changes", "activity"])
def test_a_unit_is_no_object(kind):
    assert "Bereich" not in read_as("Benutzer", "Bereich", reader=f"generic.{kind}")
    assert read_as("Benutzer", "CRM-Bereich", reader=f"generic.{kind}")["CRM-Bereich"] == "area"


def test_a_record_is_no_event():
    """A record is changed often: by its id taken for the event's, all changes but one would be lost."""
    assert read_as("Benutzer", "Record ID", reader="generic.changes")["Record ID"] == "record"
