"""What the templates of the systems say of user lists, licence lists, areas and recognition."""

from collections import Counter
from itertools import combinations

import pytest
import yaml

import crmkit
from crmkit.errors import InputError
from crmkit.ingest.discretion.pseudonyms import user_pseudonym
from crmkit.ingest.headers import layouts
from crmkit.readers import folded, object_areas, reader_of, readers, recognise
from crmkit.readers.catalogue import systems
from crmkit.settings import Export
from tests.ingest.test_same_activity import CLIENT, KEY, WRITTEN
from tests.ingest.written import hubspot
from tests.ingest.written.doings import DOINGS, USERS, as_csv

OWN = ("hubspot", "suitecrm", "espocrm", "pipedrive", "zoho", "odoo", "vtiger", "sap", "cas", "superoffice", "cursor")
NAMES = [name for name in readers() if name.partition(".")[0] in OWN]
#: Why a row does not count.
DROPS = {
    "failed_login", "not_an_action", "machine_channel", "portal_user", "licence_manager", "unknown_user",
    "not_in_user_list", "service_account",
}  # fmt: skip
#: By which sign an account is no person; `name` is a user name or an e-mail address.
SIGNS = {"user_type", "name", "group", "vendor", "system_account", "licence", "profile", "licence_manager"}

Row = list[str]
PERSON, GONE, NEVER = "person", "gone", "never"
#: Reader and variant → header and rows; each row ends in its account and what it is: a person who logged in on
#: 3 November 2025, one whose account is closed, one who never logged in, or no person. In SAP, 128 is locked out by
#: wrong passwords for a day: no closed account.
TABLES = {
    "hubspot.users": """
        User ID|First Name|Last Name|Email|Last Login|Assigned Teams|Status
        11|Änne|Köhler|a.koehler@m.example|2025-11-03T13:12:11Z|Nord|Active|11|person
        12|Bert|Ölmann|b.oelmann@m.example|2025-11-03T13:12:11Z|Nord|Deactivated|12|gone
        13|Cara|Weiß-Lang|c.weiss@m.example||Süd|Active|13|never
        14|Zap|Ier|zapier@m.example|2025-11-03T13:12:11Z||Active|14|service
        15|Hub|Help|someone@hubspot.com|||Active|15|service
        16|Te|St|test@m.example|||Active|16|test
    """,
    "hubspot.users de": """
        Benutzer-ID|Vorname|Nachname|E-Mail|Datum der letzten Anmeldung|Zugewiesene Teams|Deaktiviert
        11|Änne|Köhler|a.koehler@m.example|03.11.2025 14:12|Nord|Nein|11|person
        12|Bert|Ölmann|b.oelmann@m.example|03.11.2025 14:12|Nord|Ja|12|gone
        13|Cara|Weiß-Lang|c.weiss@m.example|Nie|Süd|Nein|13|never
        14|Api|Konto|api@m.example|-||Nein|14|service
    """,
    "hubspot.users warehouse": """
        id|email|first_name|last_name|role_id|primary_team_id|created_at|_fivetran_synced
        11|a.koehler@m.example|Änne|Köhler|1|2|2024-01-01 00:00:00|2023-06-08|11|never
        12|b.oelmann@m.example|Bert|Ölmann|1|2|2024-01-01 00:00:00|2023-06-08|12|never
        13|c.weiss@m.example|Cara|Weiß-Lang|1|2|2024-01-01 00:00:00|2023-06-08|13|never
        14|svc.web@m.example|Web|Shop|1|2|2024-01-01 00:00:00|2023-06-08|14|service
    """,
    "hubspot.owners": """
        id|email|type|firstName|lastName|userId|userIdIncludingInactive|archived
        91|a.koehler@m.example|PERSON|Änne|Köhler|11|11|false|11|never
        92|b.oelmann@m.example|PERSON|Bert|Ölmann||12|true|12|gone
        93|c.weiss@m.example|PERSON|Cara|Weiß-Lang|13|13|false|13|never
        94|team@m.example|QUEUE|Warte|Schlange|14|14|false|14|service
    """,
    "suitecrm.users": """
        id|user_name|first_name|last_name|status|deleted|is_admin|is_group|portal_only|date_entered|date_modified
        u1|admin||Köhler|Active|0|1|0|0|2024-01-01 00:00:00|2025-05-01 00:00:00|u1|never
        u2|boelmann|Bert|Ölmann|Inactive|0|0|0|0|2024-01-01 00:00:00|2025-05-01 00:00:00|u2|gone
        u3|cweiss|Cara|Weiß-Lang|Active|1|0|0|0|2024-01-01 00:00:00|2025-05-01 00:00:00|u3|gone
        u4|vertrieb||Vertrieb|Active|0|0|1|0|2024-01-01 00:00:00|2025-05-01 00:00:00|u4|service
        u5|portal||Portal|Active|0|0|0|1|2024-01-01 00:00:00|2025-05-01 00:00:00|u5|portal
    """,
    "suitecrm.users de": """
        ID|Benutzername|Vorname|Nachname|Status|Gruppenbenutzer|Erstellungsdatum
        u1|akoehler|Änne|Köhler|Active|0|01.01.2024 00:00|u1|never
        u2|boelmann|Bert|Ölmann|Inactive|0|01.01.2024 00:00|u2|gone
        u3|cweiss|Cara|Weiß-Lang|Active|0|01.01.2024 00:00|u3|never
        u4|vertrieb||Vertrieb|Active|1|01.01.2024 00:00|u4|service
    """,
    "espocrm.users": """
        id|userName|firstName|lastName|type|isActive|emailAddress|lastAccess|createdAt
        e1|admin|Änne|Köhler|admin|1|a@m.example|2025-11-03 13:12:11|2024-01-01 00:00:00|e1|person
        e2|boelmann|Bert|Ölmann|regular|0|b@m.example|2025-11-03 13:12:11|2024-01-01 00:00:00|e2|gone
        e3|cweiss|Cara|Weiß-Lang|super-admin|1|c@m.example||2024-01-01 00:00:00|e3|never
        e4|system||System|system|1|||2024-01-01 00:00:00|e4|service
        e5|shop||Shop|api|1|||2024-01-01 00:00:00|e5|service
        e6|kunde|Kun|Din|portal|1|||2024-01-01 00:00:00|e6|portal
    """,
    "pipedrive.users": """
        id|name|email|active_flag|activated|is_admin|role_id|last_login|created|timezone_name
        71|Änne Köhler|a@m.example|true|true|1|1|2025-11-03 13:12:11|2024-01-01 00:00:00|Europe/Berlin|71|person
        72|Bert Ölmann|b@m.example|false|true|0|1|2025-11-03 13:12:11|2024-01-01 00:00:00|Europe/Berlin|72|gone
        73|Cara Weiß-Lang|c@m.example|true|false|0|1||2024-01-01 00:00:00|Europe/Berlin|73|never
        74|Schnittstelle|api@m.example|1|true|0|1|2025-11-03 13:12:11|2024-01-01 00:00:00|Europe/Berlin|74|service
        75|Probe|demo.user@m.example|1|true|0|1||2024-01-01 00:00:00|Europe/Berlin|75|test
    """,
    "zoho.users": """
        User ID|Full Name|Email|Role|Profile|Status|Last Login|User Type
        z1|Änne Köhler|a@m.example|CEO|Administrator|active|2025-11-03 14:12:11|Regular|z1|person
        z2|Bert Ölmann|b@m.example|Vertrieb|Standard|deleted|2025-11-03 14:12:11|Regular|z2|gone
        z3|Cara Weiß-Lang|c@m.example|Vertrieb|Standard|active||Regular|z3|never
        z4|Kun Din|k@k.example|Gast|Portal|active||Portal User|z4|portal
        z5|Schnittstelle|integration@m.example|Gast|Standard|active||Regular|z5|service
    """,
    "odoo.users": """
        .id|login|name|email|partner_id/.id|active|share|login_date|create_date
        2|admin|Änne Köhler|a@m.example|3|True|False|2025-11-03 13:12:11|2024-01-01 00:00:00|2|person
        7|b@m.example|Bert Ölmann|b@m.example|8|False|False|2025-11-03 13:12:11|2024-01-01 00:00:00|7|gone
        8|c@m.example|Cara Weiß-Lang|c@m.example|7|True|False||2024-01-01 00:00:00|8|never
        1|__system__|OdooBot|bot@m.example|2|False|False||2024-01-01 00:00:00|1|service
        9|k@k.example|Kun Din|k@k.example|40|True|True|2025-11-03 13:12:11|2024-01-01 00:00:00|9|portal
        10|test|Probe Konto||41|True|False||2024-01-01 00:00:00|10|test
    """,
    "odoo.users de": """
        Name|Anmeldung|Letzte Authentifizierung|Aktiv|Externer Benutzer
        Änne Köhler|a@m.example|2025-11-03 13:12:11|True|False|a@m.example|person
        Bert Ölmann|b@m.example|2025-11-03 13:12:11|False|False|b@m.example|gone
        Cara Weiß-Lang|'-c@m.example||True|False|-c@m.example|never
        Kun Din|k@k.example||True|True|k@k.example|portal
    """,
    "vtiger.users": """
        id|user_name|first_name|last_name|email1|status|deleted|is_admin|roleid|date_entered
        1|admin|Änne|Köhler|a@m.example|Active|0|on|H2|2024-01-01 00:00:00|1|never
        5|boelmann|Bert|Ölmann|b@m.example|Inactive|0|off|H5|2024-01-01 00:00:00|5|gone
        6|cweiss|Cara|Weiß-Lang|c@m.example|Active|0|off|H5|2024-01-01 00:00:00|6|never
        7|webform||Webform|w@m.example|Active|0|off|H5|2024-01-01 00:00:00|7|service
    """,
    "sap.users": """
        BNAME|USTYP|CLASS|GLTGV|GLTGB|UFLAG|ERDAT|TRDAT|LTIME
        KOEHLER|A|NORD|01.01.2024|31.12.9999|128|01.01.2024|03.11.2025|14:12:11|KOEHLER|person
        OELMANN|A|NORD|01.01.2024|00.00.0000|192|01.01.2024|03.11.2025|14:12:11|OELMANN|gone
        WEISSLANG|A|SUED|00.00.0000|00.00.0000|0|01.01.2024|00.00.0000|00:00:00|WEISSLANG|never
        ABGELAUFEN|A|SUED|01.01.2024|30.06.2025|0|01.01.2024|03.11.2025|00:00:00|ABGELAUFEN|gone
        RFCUSER|B|IT|01.01.2024|31.12.9999|0|01.01.2024|03.11.2025|14:12:11|RFCUSER|service
        SHOP|S|IT|01.01.2024|31.12.9999|0|01.01.2024|03.11.2025|14:12:11|SHOP|service
        SAP*|A|SUPER|00.00.0000|00.00.0000|64|01.01.2024|00.00.0000|00:00:00|SAP*|service
        TEST01|A|IT|00.00.0000|00.00.0000|0|01.01.2024|00.00.0000|00:00:00|TEST01|test
    """,
    "sap.users de": """
        Benutzername|Vollständiger Name|Gruppe|Benutzertyp|Gültig von|Gültig bis|Letztes Anmeldedatum|Benutzersperre
        KOEHLER|Änne Köhler|NORD|A Dialog|||03.11.2025|Nicht gesperrt|KOEHLER|person
        OELMANN|Bert Ölmann|NORD|A Dialog|||03.11.2025|Lokal durch Administrator gesperrt|OELMANN|gone
        WEISSLANG|Cara Weiß-Lang|SUED|A Dialog||31.12.9999|Nicht benutzt|Nicht gesperrt|WEISSLANG|never
        RFCUSER||IT|C Kommunikation|||03.11.2025|Nicht gesperrt|RFCUSER|service
    """,
    "sap.users en": """
        User|User Type|User Group|Valid From|Valid To|Date of Last Logon|User Lock Status
        KOEHLER|Dialog|NORTH|2024-01-01|9999-12-31|2025-11-03|Not Locked|KOEHLER|person
        OELMANN|Dialog|NORTH|2024-01-01||2025-11-03|Locked Globally By Administrator|OELMANN|gone
        WEISSLANG|Dialog|SOUTH|2024-01-01||Not in Use|Locked Due To Incorrect Logons (Limited Term)|WEISSLANG|never
        BATCH|System|IT|2024-01-01||2025-11-03|Not Locked|BATCH|service
    """,
    "sap.c4c_users": """
        Business User ID|Business User|User Locked|Employee ID|Department|Technical User|Valid To|Last Logon
        KOEHLER|Änne Köhler|No|E1|Nord|No|31.12.9999|03.11.2025|KOEHLER|person
        OELMANN|Bert Ölmann|Yes|E2|Nord|No|31.12.9999|03.11.2025|OELMANN|gone
        WEISSLANG|Cara Weiß-Lang|No|E3|Süd|No|31.12.9999||WEISSLANG|never
        _ERPLINK|ERP|No|||Yes|31.12.9999|03.11.2025|_ERPLINK|service
    """,
    "cas.users": """
        Anmeldename|Anzeigename|Abteilung|Benutzerart|Lizenz|Deaktiviert|Letzte Anmeldung
        akoehler|Änne Köhler|Nord|Benutzer|Premium|Nein|03.11.2025 14:12|akoehler|person
        boelmann|Bert Ölmann|Nord|Benutzer|Premium|Ja|03.11.2025 14:12|boelmann|gone
        cweiss|Cara Weiß-Lang|Süd|Benutzer|Premium|Nein|nie|cweiss|never
        beamer|Beamer||Ressource||Nein||beamer|service
        gast|Gast||Gast||Nein||gast|portal
    """,
    "superoffice.users": """
        Benutzer-ID|Vorname|Nachname|Primärgruppe|Rolle|Benutzerplan|Anmelden möglich|Letzte Anmeldung|Typ
        AK|Änne|Köhler|Nord|Vertrieb|Sales-Premium|Ja|03.11.2025 14:12|Mitarbeiter|AK|person
        BO|Bert|Ölmann|Nord|Vertrieb|Sales-Premium|Nein|03.11.2025 14:12|Mitarbeiter|BO|gone
        CW|Cara|Weiß-Lang|Süd|Vertrieb|Sales-Premium|Ja||Mitarbeiter|CW|never
        EAI||Anwendung||||Ja||Systembenutzer|EAI|service
    """,
    "superoffice.users table": """
        associate_id|name|userName|group_idx|lastlogin|deleted|type|registered
        101|AK|a@m.example|4|2025-11-03 13:12:11|0|0|2024-01-01 00:00:00|101|person
        102|BO|b@m.example|4|2025-11-03 13:12:11|1|0|2024-01-01 00:00:00|102|gone
        103|CW|c@m.example|5||0|0|2024-01-01 00:00:00|103|never
        104|Raum 1||5||0|1|2024-01-01 00:00:00|104|service
        105|EXT|x@k.example|5||0|4|2024-01-01 00:00:00|105|portal
        106|EAI||5||0|13|2024-01-01 00:00:00|106|service
    """,
    "cursor.users": """
        Benutzerkürzel|Vorname|Nachname|Abteilung|Benutzerrolle|Gesperrt|Letzte Anmeldung|Benutzertyp
        AK|Änne|Köhler|Nord|Vertrieb|Nein|03.11.2025|Standard|AK|person
        BO|Bert|Ölmann|Nord|Vertrieb|Ja|03.11.2025|Standard|BO|gone
        CW|Cara|Weiß-Lang|Süd|Vertrieb|Nein||Standard|CW|never
        BPM||Prozesse|||Nein||Standard|BPM|service
        WEB||Portal|||Nein||Portalbenutzer|WEB|portal
    """,
}


def _cells(table: str) -> list[Row]:
    return [line.strip().split("|") for line in table.strip().splitlines()]


LISTS = {name: (_cells(table)[0], _cells(table)[1:]) for name, table in TABLES.items()}


def _reader(name: str) -> str:
    return name.partition(" ")[0]


def _table(name: str) -> tuple[list[Row], dict[str, str]]:
    header, rows = LISTS[name]
    return [header, *(row[: len(header)] for row in rows)], {row[-2]: row[-1] for row in rows}


def _read(tmp_path, files: dict[str, tuple[str, list[Row]]], **more: str):
    (tmp_path / "exports").mkdir(exist_ok=True)
    exports = []
    for file, (reader, rows) in files.items():
        (tmp_path / "exports" / file).write_text(as_csv(rows), encoding="utf-8")
        exports.append({"file": f"exports/{file}", "reader": reader, **more})
    (tmp_path / "client.yml").write_text(yaml.safe_dump(CLIENT | {"exports": exports}), encoding="utf-8")
    return crmkit.ingest.read_exports(tmp_path, key=KEY)


def _found(prepared, accounts) -> dict[str, str]:
    """Return each account with what it is, as LISTS has it."""
    users = prepared.users.set_index("user_id")
    assert len(users) == len(accounts)
    found = {}
    for account in accounts:
        user = users.loc[user_pseudonym(KEY, account)]
        seen = f"{user['last_login']:%Y-%m-%d}" if user["last_login"] == user["last_login"] else ""
        assert seen in ("", "2025-11-03")
        state = GONE if user["last_active"] == user["last_active"] else PERSON if seen else NEVER
        found[account] = state if user["account_type"] == PERSON else user["account_type"]
    return found


@pytest.mark.parametrize("name", LISTS)
def test_every_account_is_what_it_is(tmp_path, name):
    rows, expected = _table(name)
    prepared = _read(tmp_path, {"users.csv": (_reader(name), rows)})
    assert _found(prepared, expected) == expected
    ledger = prepared.ledger[prepared.ledger["step"] == "accounts"]
    others = [kind for kind in expected.values() if kind not in (PERSON, GONE, NEVER)]
    assert ledger["n_rows"].sum() == len(others)
    assert {reason.partition("_")[0] for reason in ledger["reason"]} == set(others)
    assert {reason.partition("_")[2] for reason in ledger["reason"]} <= SIGNS
    assert "unknown_state" not in set(prepared.ledger["reason"])


@pytest.mark.parametrize("name", LISTS)
def test_user_lists_are_recognised(name):
    header, _ = LISTS[name]
    assert recognise(header) == _reader(name)


def test_every_user_list_is_written_and_holds_a_machine():
    lists = {name for name in NAMES if reader_of(name).kind == "users"}
    assert {_reader(name) for name in LISTS} == lists
    for header, rows in LISTS.values():
        assert all(len(row) == len(header) + 2 for row in rows)
        assert sum(row[-1] in (PERSON, GONE, NEVER) for row in rows) >= 3
        assert any(row[-1] not in (PERSON, GONE, NEVER) for row in rows)


@pytest.mark.parametrize("name", LISTS)
def test_any_column_but_the_id_may_be_missing(tmp_path, name):
    rows, expected = _table(name)
    ids = {folded(header) for header in reader_of(_reader(name)).layout.columns["user_id"]}
    for n, header in enumerate(rows[0]):
        if folded(header) not in ids:
            less = [[cell for place, cell in enumerate(row) if place != n] for row in rows]
            prepared = _read(tmp_path, {"users.csv": (_reader(name), less)})
            assert len(prepared.users) == len(expected), header


def test_a_list_without_numbers_is_known_by_the_address(tmp_path):
    rows = [
        ["Name", "Email", "Status", "Last login"],
        ["Änne Köhler", "a@m.example", "Active", "2025-11-03 13:12:11"],
        ["Bert Ölmann", "b@m.example", "Deactivated", "2025-11-03 13:12:11"],
        ["Import", "svc.import@m.example", "Active", ""],
    ]
    expected = {"a@m.example": PERSON, "b@m.example": GONE, "svc.import@m.example": "service"}
    assert _found(_read(tmp_path, {"users.csv": ("pipedrive.users", rows)}), expected) == expected


def test_a_list_without_its_id_says_which_column(tmp_path):
    rows = [["Vorname", "Nachname", "Zugewiesene Teams"], ["Änne", "Köhler", "Nord"]]
    with pytest.raises(InputError) as caught:
        _read(tmp_path, {"users.csv": ("hubspot.users", rows)})
    assert "users.csv" in str(caught.value)
    assert "User ID" in str(caught.value)
    assert "Köhler" not in str(caught.value)


def test_headers_of_two_languages_in_one_list(tmp_path):
    rows = [
        ["User ID", "Vorname", "Last Name", "E-Mail", "Last Login", "Zugewiesene Teams"],
        ["11", "Änne", "Köhler", "a@muster.example", "2025-11-03T13:12:11Z", "Nord"],
        ["14", "Web", "Shop", "api@muster.example", "", ""],
    ]
    expected = {"11": PERSON, "14": "service"}
    assert _found(_read(tmp_path, {"users.csv": ("hubspot.users", rows)}), expected) == expected


def test_headers_in_any_case_and_order(tmp_path):
    rows, expected = _table("sap.users")
    turned = [[cell.lower() if n == 0 else cell for cell in row[::-1]] for n, row in enumerate(rows)]
    assert _found(_read(tmp_path, {"users.csv": ("sap.users", turned)}), expected) == expected


def test_an_account_that_has_run_out_ends_on_its_day(tmp_path):
    rows, _ = _table("sap.users")
    users = _read(tmp_path, {"users.csv": ("sap.users", rows)}).users.set_index("user_id")
    assert f"{users.loc[user_pseudonym(KEY, 'ABGELAUFEN'), 'last_active']:%Y-%m-%d}" == "2025-06-30"


CALLS = [doing for doing in DOINGS if doing.what == "write" and doing.thing == "contact"]
OWNED = {
    "people.csv": ("hubspot.users", hubspot.PEOPLE),
    "owners.csv": ("hubspot.owners", hubspot.OWNERS),
    "calls.csv": ("hubspot.activities", hubspot.activities(CALLS)),
}


@pytest.mark.parametrize("order", [list(OWNED), list(OWNED)[::-1]])
@pytest.mark.parametrize("more", [{}, {"system": "hub"}])
def test_owners_are_users_and_never_another_user_of_the_same_number(tmp_path, order, more):
    """Every owner's id in the fixture is the id of another user."""
    prepared = _read(tmp_path, {file: OWNED[file] for file in order}, **more)
    assert len(prepared.users) == len(USERS)
    assert set(prepared.users["last_login"].dt.strftime("%Y-%m-%d")) == {"2025-11-03"}
    written = prepared.activity.groupby("user_id")["n_write"].sum().to_dict()
    begin = "hub:" if more else ""
    assert written == Counter(user_pseudonym(KEY, begin + hubspot.user_id(doing.user)) for doing in CALLS)


def test_an_owner_of_no_user_is_nobody(tmp_path):
    """Also where the number is that of a user."""
    stranger = ["9", "CALL", "2025-10-24T06:00:00Z", "2025-10-24T06:00:00Z", hubspot.user_id(USERS[0]), "", "CRM_UI"]
    owners = [row for row in hubspot.OWNERS if row[0] != stranger[4]]
    explained = [doing for doing in CALLS if hubspot.owner_id(doing.user) != stranger[4]]
    calls = [*hubspot.activities(explained * 2), stranger]
    files = {"people.csv": OWNED["people.csv"], "owners.csv": ("hubspot.owners", owners)}
    prepared = _read(tmp_path, files | {"calls.csv": ("hubspot.activities", calls)})
    assert prepared.activity["n_write"].sum() == 2 * len(explained)
    assert user_pseudonym(KEY, hubspot.user_id(USERS[0])) not in set(prepared.activity["user_id"])


def test_owners_that_nobody_explains_stop_the_run(tmp_path):
    with pytest.raises(InputError) as caught:
        _read(tmp_path, {file: OWNED[file] for file in ("people.csv", "calls.csv")})
    assert "hubspot.activities" in str(caught.value)
    assert "unknown user" in str(caught.value)


def test_owners_alone_are_accounts_and_further_owners_stay(tmp_path):
    gone = ["777", "d@muster.example", "PERSON", "Dora", "Alt", "", "9586599", "2024-01-01T00:00:00Z", "", "true"]
    rows = [*hubspot.OWNERS, gone]
    assert len(_read(tmp_path, {"owners.csv": ("hubspot.owners", rows)}).users) == len(USERS) + 1
    both = _read(tmp_path, {"people.csv": OWNED["people.csv"], "owners.csv": ("hubspot.owners", rows)})
    assert len(both.users) == len(USERS) + 1
    with_any_list = _read(
        tmp_path, {"people.csv": ("generic.users", hubspot.PEOPLE), "owners.csv": ("hubspot.owners", rows)}
    )
    assert len(with_any_list.users) == len(USERS) + 1


@pytest.mark.parametrize(
    "header",
    [
        ["Licence", "Total", "In use", "Available"],
        ["License", "Purchased", "In use", "Available"],
        ["Lizenz", "Gesamt", "In Benutzung", "Verfügbar"],
        ["Lizenz", "Gekauft", "Verwendet", "Verfügbar"],
    ],
)
def test_licences_of_superoffice(tmp_path, header):
    rows = [header, ["Sales-Premium", "25", "18", "7"], ["Service-Essentials", "5", "5", "0"], ["Server", "", "", ""]]
    licences = _read(tmp_path, {"licences.csv": ("superoffice.licences", rows)}).others["licences"]
    assert licences[["licence", "n_purchased"]].to_numpy().tolist() == [
        ["Sales-Premium", 25],
        ["Service-Essentials", 5],
    ]


@pytest.mark.parametrize("name", NAMES)
def test_what_a_template_says(name):
    reader = reader_of(name)
    assert len(reader.ask.de) > 40
    assert len(reader.ask.en) > 40
    assert reader.ask.de != reader.ask.en
    assert reader.shows
    assert reader.lacks
    assert reader.layout.signatures
    assert {mark.reason for mark in reader.layout.drop} <= DROPS
    assert {mark.reason for mark in reader.layout.kinds} <= SIGNS
    assert all(mark.kind for mark in reader.layout.kinds)
    if reader.kind != "users":
        assert not reader.layout.kinds
    # what nobody has seen is not sold as known
    assert reader.verified in ("documentation", "source code", "hearsay", "real file")


@pytest.mark.parametrize("name", NAMES)
def test_needed_columns_have_headers(name):
    layout = reader_of(name).layout
    known = {*layout.columns, *layout.constants, *(field for pair in layout.pairs for field in pair)}
    assert set(reader_of(name).needs) <= known


@pytest.mark.parametrize(
    ("reader", "file", "area"),
    [
        ("hubspot.records", "hubspot-tickets-2025.csv", "service"),
        ("hubspot.activities", "Notizen.csv", "shared"),
        ("suitecrm.audit", "db_opportunities_audit_2025.csv", "sales"),
        ("suitecrm.audit", "aos_quotes_audit.csv", "sales"),
        ("suitecrm.records", "prospects.csv", "marketing"),
        ("espocrm.records", "Faelle.csv", "service"),
        ("espocrm.records", "TargetList.csv", "marketing"),
        ("pipedrive.records", "Aktivitäten-12.csv", "shared"),
        ("pipedrive.api_records", "organizations.csv", "shared"),
        ("zoho.records", "Cases_001.csv", "service"),
        ("odoo.records", "mailing_mailing.csv", "marketing"),
        ("odoo.record_list", "Tickets (helpdesk.ticket).xlsx", "service"),
        ("cas.records", "Auftraege.txt", "sales"),
        ("superoffice.records", "sale.csv", "sales"),
        ("superoffice.record_list", "Folgeaktivitäten.xlsx", "shared"),
        ("cursor.records", "Geschaeftspartner.xlsx", "shared"),
        ("cursor.records", "Beschwerden.xlsx", "service"),
    ],
)
def test_the_name_of_a_file_tells_the_area(reader, file, area):
    found = layouts.object_of_file(Export(file=file, reader=reader), file)
    assert object_areas()[folded(found)] == area


def _signatures() -> list[tuple[str, frozenset[str]]]:
    return [
        (name, frozenset(folded(header) for header in signature))
        for name, reader in readers().items()
        for signature in reader.layout.signatures
    ]


def test_signatures_are_found_and_no_two_readers_share_one():
    for name, signature in _signatures():
        assert recognise(signature) == name
    for (one, first), (other, second) in combinations(_signatures(), 2):
        assert one == other or first != second, (one, other, sorted(first))


def _best(header: Row) -> set[str]:
    """Return the readers whose longest fitting signature is the longest of all."""
    here = {folded(name) for name in header}
    fits = [(len(signature), name) for name, signature in _signatures() if signature <= here]
    return {name for length, name in fits if length == max(fits)[0]}


HEADERS = {
    **{f"{name}": (each.reader, each.write(each.doings)[0]) for name, each in WRITTEN.items() if not each.raw},
    **{f"list {name}": (_reader(name), header) for name, (header, _) in LISTS.items()},
    **{f"people of {name}": (each.users[0], each.users[1][0]) for name, each in WRITTEN.items() if each.users},
}


@pytest.mark.parametrize("name", [name for name, (reader, _) in HEADERS.items() if reader in NAMES])
def test_a_header_fits_one_reader_best(name):
    reader, header = HEADERS[name]
    assert recognise(header) == reader
    assert _best(header) == {reader}


def test_systems_agree_about_areas():
    """The same name of an object may not be sales in one system and service in another."""
    said: dict[str, tuple[str, str]] = {}
    for system in systems():
        for name, area in system.areas.items():
            known, crm = said.setdefault(folded(name), (area, system.crm))
            assert known == area, f"{name}: {known} in {crm or 'generic'}, {area} in {system.crm or 'generic'}"


@pytest.mark.parametrize("reader", [name for name in NAMES if reader_of(name).makes == "events"])
def test_a_log_of_another_system_is_refused(tmp_path, reader):
    """A log read with the reader of another system is an error, never a wrong number."""
    own = (reader.partition(".")[0], "generic")
    others = [each for each in WRITTEN.values() if each.reader.partition(".")[0] not in own]
    for n, written in enumerate(each for each in others if not each.raw):
        folder = tmp_path / str(n)
        folder.mkdir()
        with pytest.raises(InputError):
            _read(folder, {written.file: (reader, written.write(written.doings))})
            pytest.fail(f"{written.reader} as {reader}")


#: Fixture → why rows of it do not count.
LEFT_OUT = {
    "hubspot.login_history-login_history_de.csv": {"failed_login": 1, "machine_channel": 1},
    "hubspot.login_history-login_api.csv": {"failed_login": 1},
    "hubspot.audit_log-audit_api.csv": {"failed_login": 1, "not_an_action": 1},
    "suitecrm.tracker-tracker.csv": {"not_an_action": 1},
    "suitecrm.audit-suitecrm_cases_audit.csv": {"duplicate": 1},
    "espocrm.action_history-ActionHistoryRecord.csv": {"machine_channel": 1, "portal_user": 1},
    "espocrm.auth_log-AuthLogRecord.csv": {"failed_login": 1, "machine_channel": 1, "portal_user": 1},
    "zoho.audit_log-AuditLog.csv": {"machine_channel": 1},
    "zoho.login_history-LoginHistory.csv": {"failed_login": 1},
    "odoo.messages-mail.message.csv": {"machine_channel": 1, "not_an_action": 1},
    "vtiger.login_history-vtiger_loginhistory.csv": {"failed_login": 1},
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_the_ledger_says_why_rows_do_not_count(tmp_path, name):
    written = WRITTEN[name]
    files = {written.file: (written.reader, written.write(written.doings)), "people.csv": written.users}
    ledger = _read(tmp_path, files).ledger
    left_out = ledger[ledger["source"].str.startswith(written.reader) & ledger["step"].isin(["filter", "combine"])]
    assert dict(zip(left_out["reason"], left_out["n_rows"], strict=True)) == LEFT_OUT[name]


@pytest.mark.parametrize("name", [name for name in LISTS if _reader(name).partition(".")[0] != "hubspot"])
def test_a_user_list_of_another_system_is_refused(tmp_path, name):
    """Its marks of machines mean nothing there, so that they would be people."""
    rows, _ = _table(name)
    with pytest.raises(InputError):
        _read(tmp_path, {"users.csv": ("hubspot.users", rows)})


@pytest.mark.parametrize("name", [name for name in LISTS if _reader(name) not in ("hubspot.owners",)])
def test_the_refusal_names_the_right_reader_and_nobody(tmp_path, name):
    rows, _ = _table(name)
    wrong = "cas.users" if not name.startswith("cas") else "sap.users"
    with pytest.raises(InputError) as caught:
        _read(tmp_path, {"users.csv": (wrong, rows)})
    assert str(caught.value) == (
        f"users.csv: has no headers of `{wrong}`. "
        f"This looks like `{_reader(name)}`: say so in client.yml: `reader: {_reader(name)}`."
    )
