"""Dynamics 365: who is a person, what counts as what, and what is left out, to the row."""

import datetime as dt
import json

import openpyxl
import pytest

import crmkit
from crmkit.errors import InputError
from crmkit.ingest.discretion.pseudonyms import user_pseudonym
from crmkit.method import tiers
from tests.ingest.written.doings import as_csv
from tests.ingest.written.dynamics import as_workbook

KEY = bytes(32)
ANNA, BEN = "aaaaaaaa-0000-0000-0000-000000000001", "bbbbbbbb-0000-0000-0000-000000000002"
FLOW = "ffffffff-0000-0000-0000-000000000009"
USERS = as_csv(
    [
        ["systemuserid", "fullname", "domainname", "businessunitidname", "createdon"],
        [ANNA.upper(), "Anna Arndt", "Anna.Arndt@muster.example", "Nord", "2024-01-01T00:00:00Z"],
        [BEN, "Ben Brandt", "ben.brandt@muster.example", "Süd", "2024-01-01T00:00:00Z"],
        [FLOW, "# Flow", "", "Nord", "2024-01-01T00:00:00Z"],
    ]
)
USER_LIST = "{file: exports/users.csv, reader: dynamics.users}"


def events_of(path, reader, *, key="user_id"):
    """Return the events of a file by time, and the ledger as (step, reason) → rows."""
    events, ledger = crmkit.ingest.read_events(path, reader=reader)
    counted = {(row.step, row.reason): row.n_rows for row in ledger.itertuples()}
    return events.collect().sort("timestamp", key).to_dicts(), counted


def written(tmp_path, rows, name="log.csv"):
    (tmp_path / name).write_text(as_csv(rows), encoding="utf-8")
    return tmp_path / name


def counted_in(prepared, source):
    rows = prepared.ledger[prepared.ledger["source"] == source]
    return {(row.step, row.reason): row.n_rows for row in rows.itertuples()}


# ---- users


def test_who_is_a_person(folder_of):
    head = ["systemuserid", "fullname", "accessmode", "applicationid", "islicensed", "isdisabled", "createdon"]
    zeros = "00000000-0000-0000-0000-000000000000"
    rows = [
        ["u1", "Anna Arndt", "0", zeros, "True", "False", "2024-01-01"],
        ["u2", "Ben Brandt", "Read-Write", "", "False", "False", "2024-01-01"],
        ["u3", "Cara Cremer", "Administrative", "", "True", "True", "2024-01-01"],
        ["u4", "Dora Dietz", "2", "", "True", "0", "2024-01-01"],
        ["u5", "Support", "3", "", "False", "False", "2024-01-01"],
        ["u6", "Übergabe", "4", "", "True", "False", "2024-01-01"],
        ["u7", "Partnerfirma", "Delegated Admin", "", "False", "False", "2024-01-01"],
        ["u8", "Konnektor", "0", FLOW, "False", "False", "2024-01-01"],
        ["u9", "SYSTEM", "0", "", "False", "True", "2024-01-01"],
        ["u10", "INTEGRATION", "0", "", "False", "False", "2024-01-01"],
        ["u11", "# Portals", "0", "", "False", "False", "2024-01-01"],
        ["u12", "Übersetzer", "Nicht interaktiv", "", "False", "False", "2024-01-01"],
    ]
    prepared = crmkit.ingest.read_exports(folder_of([USER_LIST], {"exports/users.csv": as_csv([head, *rows])}), key=KEY)
    kinds = prepared.users.set_index("user_id")["account_type"]
    people = {user_pseudonym(KEY, f"u{n}") for n in (1, 2, 3, 4)}
    assert set(kinds.index[kinds == "person"]) == people
    assert set(kinds.index[kinds == "service"]) == {user_pseudonym(KEY, f"u{n}") for n in range(5, 13)}
    assert counted_in(prepared, "dynamics.users") == {
        ("read", "read"): 12,
        ("accounts", "service_access_mode"): 4,
        ("accounts", "service_application_id"): 1,
        ("accounts", "service_system_account"): 3,
    }
    # Ben has no licence and is a person all the same; Cara's account is disabled, since when nobody says
    held = prepared.assignments.set_index("user_id")
    assert [held.loc[user_pseudonym(KEY, f"u{n}"), "licence"] for n in (1, 2, 3, 4)] == [
        "Dynamics 365", "", "Dynamics 365", "Dynamics 365",
    ]  # fmt: skip
    assert held.loc[user_pseudonym(KEY, "u3"), "evidence"] == "assumed"


def test_a_user_list_without_logins_is_tier_d(folder_of):
    """Dynamics keeps no last login, so that a list by itself says nothing of use."""
    prepared = crmkit.ingest.read_exports(folder_of([USER_LIST], {"exports/users.csv": USERS}), key=KEY)
    assert prepared.users["last_login"].isna().all()
    assert prepared.coverage[["source", "tier"]].values.tolist() == [["dynamics.users", "D"]]
    assert tiers.of_window(prepared.coverage, as_of=dt.date(2026, 6, 28)) == "D"


@pytest.mark.parametrize(
    ("labels", "states", "yes"),
    [
        (("(Nicht ändern) Benutzer", "(Nicht ändern) Zeilenprüfsumme", "(Nicht ändern) Geändert am",
          "Vollständiger Name", "Unternehmenseinheit", "Titel", "Status", "Zugriffsmodus",
          "Benutzer lizenziert", "Erstellt am"),
         ("Aktiviert", "Deaktiviert", "Lesen/Schreiben", "Nicht interaktiv"), "Ja"),
        (("(Do Not Modify) User", "(Do Not Modify) Row Checksum", "(Do Not Modify) Modified On", "Full Name",
          "Business Unit", "Title", "Status", "Access Mode", "User Licensed", "Created On"),
         ("Enabled", "Disabled", "Read-Write", "Non-interactive"), "Yes"),
    ],
)  # fmt: skip
def test_excel_export_of_a_view_of_users(folder_of, labels, states, yes):
    on, off, reads, machine = states
    rows = [
        [ANNA, "f8b0==", "2026-06-01 07:41:00", "Anna Arndt", "Nord", "Vertrieb", on, reads, yes, "2024-01-01"],
        [BEN, "f8b0==", "2026-05-01 07:41:00", "Ben Brandt", "Süd", "Service", off, reads, yes, "2024-01-01"],
        [FLOW, "f8b0==", "2026-05-01 07:41:00", "Übergabe", "Nord", "", on, machine, "", "2024-01-01"],
    ]
    folder = folder_of(
        ["{file: exports/users.xlsx, reader: dynamics.users, exported: 2026-06-28}"],
        {"exports/users.xlsx": as_workbook([list(labels), *rows])},
    )
    prepared = crmkit.ingest.read_exports(folder, key=KEY)
    users = prepared.users.set_index("user_id")
    assert users["account_type"].to_dict() == {
        user_pseudonym(KEY, ANNA): "person", user_pseudonym(KEY, BEN): "person", user_pseudonym(KEY, FLOW): "service",
    }  # fmt: skip
    # disabled: it ended on the day of its last change at the latest
    assert str(users.loc[user_pseudonym(KEY, BEN), "last_active"].date()) == "2026-05-01"
    held = prepared.assignments.set_index("user_id").loc[user_pseudonym(KEY, ANNA)]
    assert (held["org_unit"], held["role"], held["licence"]) == ("Nord", "Vertrieb", "Dynamics 365")
    assert crmkit.readers.recognise(labels) == "dynamics.users"


def test_unit_by_its_name_where_the_key_stands_beside_it(folder_of):
    head = [
        "systemuserid",
        "fullname",
        "businessunitid",
        "_businessunitid_value@OData.Community.Display.V1.FormattedValue",
    ]
    folder = folder_of([USER_LIST], {"exports/users.csv": as_csv([head, [ANNA, "Anna Arndt", FLOW, "Nord"]])})
    assert crmkit.ingest.read_exports(folder, key=KEY).assignments["org_unit"].tolist() == ["Nord"]


# ---- audit

AUDIT = ["auditid", "createdon", "_userid_value", "operation", "action", "objecttypecode"]


def test_audit_of_the_api(tmp_path):
    rows = [
        ["1", "2026-06-01T22:00:00Z", ANNA, "4", "64", "systemuser"],
        ["2", "2026-06-02T08:00:00Z", ANNA, "4", "65", "systemuser"],
        ["3", "2026-06-02T09:00:00Z", BEN, "1", "1", "opportunity"],
        ["4", "2026-06-02T10:00:00Z", BEN, "3", "3", "112"],
        ["5", "2026-06-02T11:00:00Z", BEN, "2", "13", "contact"],
        ["6", "2026-06-02T12:00:00Z", BEN, "4", "112", "systemuser"],
        ["7", "2026-06-02T13:00:00Z", "", "2", "2", "contact"],
        ["7", "2026-06-02T13:00:00Z", "", "2", "2", "contact"],
        ["5", "2026-06-02T11:00:00Z", BEN, "2", "13", "contact"],
    ]
    found, counted = events_of(written(tmp_path, [AUDIT, *rows]), "dynamics.audit")
    assert [(e["user_id"], e["timestamp"], e["area"], e["object"], e["action"], e["channel"]) for e in found] == [
        # 22:00 UTC in June is the next day in Berlin
        (ANNA, dt.datetime(2026, 6, 2), "other", "", "login", "ui"),
        (ANNA, dt.datetime(2026, 6, 2, 10), "other", "", "login", "api"),
        (BEN, dt.datetime(2026, 6, 2, 11), "sales", "opportunity", "write", "ui"),
        (BEN, dt.datetime(2026, 6, 2, 12), "service", "incident", "write", "ui"),
        (BEN, dt.datetime(2026, 6, 2, 13), "shared", "contact", "write", "ui"),
    ]  # fmt: skip
    assert counted == {
        ("read", "read"): 9, ("filter", "not_an_action"): 1, ("filter", "no_user"): 2, ("combine", "duplicate"): 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("head", "access", "services", "update"),
    [
        ("Changed Date,Event,Changed By,Record,Entity,Operation",
         "User Access via Web,Anna Arndt,Anna Arndt,User,Access",
         "User Access via Web Services,Anna Arndt,Anna Arndt,User,Access",
         "Update,Ben Brandt,Alpha,Opportunity,Update"),
        ("Geändert am,Ereignis,Geändert von,Datensatz,Entität,Vorgang",
         "Benutzerzugriff über Web,Anna Arndt,Anna Arndt,Benutzer,Zugriff",
         "Benutzerzugriff über Webdienste,Anna Arndt,Anna Arndt,Benutzer,Zugriff",
         "Aktualisieren,Ben Brandt,Alpha,Verkaufschance,Aktualisieren"),
        # the event alone
        ("Geändert am,Ereignis,Geändert von,Datensatz,Entität,x",
         "Benutzerzugriff über Web,Anna Arndt,Anna Arndt,Benutzer,",
         "Benutzerzugriff über Webdienste,Anna Arndt,Anna Arndt,Benutzer,",
         "Zuweisen,Ben Brandt,Alpha,Verkaufschance,"),
    ],
)  # fmt: skip
def test_audit_summary_view(folder_of, head, access, services, update):
    by_system = update.replace("Ben Brandt", "SYSTEM")
    lines = [head, *(f"0{n}.06.2026 08:00,{row}" for n, row in enumerate((access, services, update, by_system), 1))]
    files = {"exports/users.csv": USERS, "exports/audit.csv": "\n".join(lines)}
    prepared = crmkit.ingest.read_exports(
        folder_of([USER_LIST, "{file: exports/audit.csv, reader: dynamics.audit}"], files), key=KEY
    )
    columns = ["user_id", "area", "channel", "n_login", "n_write"]
    assert prepared.activity.sort_values("date")[columns].values.tolist() == [
        [user_pseudonym(KEY, ANNA.upper()), "other", "ui", 1, 0],
        [user_pseudonym(KEY, ANNA.upper()), "other", "api", 1, 0],
        [user_pseudonym(KEY, BEN), "sales", "ui", 0, 1],
    ]
    assert counted_in(prepared, "dynamics.audit") == {("read", "read"): 4, ("filter", "service_account"): 1}


def test_audit_that_tells_no_kind_of_event(tmp_path, refused):
    message = (
        "log.csv: is no Dataverse audit: `operation` missing. Found: `createdon`, `userid`. `crmkit readers` lists the "
        "readers; name the right one in client.yml: `reader: …`."
    )
    with refused(InputError, message):
        events_of(written(tmp_path, [["createdon", "userid"], ["2026-06-01T22:00:00Z", ANNA]]), "dynamics.audit")


# ---- Purview

PURVIEW = ["RecordId", "CreationDate", "RecordType", "Operation", "UserId", "AuditData"]
BROWSER = "Mozilla/5.0 (Windows NT 10.0)"


def document(**said):
    usual = {
        "CreationTime": "2026-06-02T08:00:00", "RecordType": 21, "Workload": "CRM", "UserType": 0,
        "Message": "Retrieve", "Operation": "CrmDefaultActivity", "UserId": "a@muster.example",
        "EntityName": "account", "UserAgent": BROWSER,
    }  # fmt: skip
    return usual | said


def purview(tmp_path, *documents, ids=None):
    rows = [
        [str(n), "2026-06-02T08:00:00.1234567Z ", "", "CrmDefaultActivity", "",
         each if isinstance(each, str) else json.dumps(each)]
        for n, each in zip(ids or range(len(documents)), documents, strict=True)
    ]  # fmt: skip
    return events_of(written(tmp_path, [PURVIEW, *rows]), "dynamics.purview")


def test_purview_to_the_row(tmp_path):
    found, counted = purview(
        tmp_path,
        document(),
        document(UserId="A@Muster.example", CreationTime="2026-06-02T22:30:00"),
        document(UserId="A@MUSTER.EXAMPLE", UserUpn="N/A", UserType=2, CreationTime="2026-06-03T08:00:00"),
        document(),  # stands twice
        document(RecordType=2, Workload="Exchange", Operation="MailItemsAccessed"),
        document(RecordType=6, Workload="SharePoint", Operation="FileAccessed"),
        document(RecordType=45, Workload="PowerApps", Operation="LaunchPowerApp"),
        document(UserType=5),
        document(UserType="System"),
        document(UserId="SYSTEM"),
        document(UserId=FLOW),
        document(UserId=f"{FLOW}@muster.onmicrosoft.com"),
        document(UserId="S2S", SystemUserId=FLOW),
        document(EntityName="appnotification", Message="RetrieveMultiple"),
        document(UserId=None),
        '{"CreationTime":"2026-06-02T08:0',
        ids=[0, 1, 2, 0, *range(4, 16)],
    )
    assert [(e["user_id"], e["timestamp"]) for e in found] == [
        ("a@muster.example", dt.datetime(2026, 6, 2, 10)),
        ("a@muster.example", dt.datetime(2026, 6, 3, 0, 30)),
        ("a@muster.example", dt.datetime(2026, 6, 3, 10)),
    ]
    assert {(e["area"], e["object"], e["action"], e["channel"]) for e in found} == {("shared", "account", "view", "ui")}
    assert counted == {
        ("read", "read"): 16, ("filter", "other_workload"): 3, ("filter", "server_side"): 2,
        ("filter", "service_account"): 4, ("filter", "not_an_action"): 1, ("filter", "no_user"): 1,
        ("filter", "not_json"): 1, ("combine", "duplicate"): 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("message", "action"),
    [
        ("Retrieve", "view"), ("RetrieveMultiple", "view"), ("ExecuteFetch", "view"), ("Search", "view"),
        ("new_calculatediscount", "view"), ("Create", "write"), ("UpdateMultiple", "write"), ("Delete", "write"),
        ("Assign", "write"), ("SetState", "write"), ("WinOpportunity", "write"), ("CloseIncident", "write"),
        ("QualifyLead", "write"), ("Associate", "write"), ("ExportToExcel", "export"),
        ("ExportDynamicToExcel", "export"),
        ("ReportViewerExport", "export"), ("UserLogin", "login"), ("UserLoggedIn", "login"), ("SignIn", "login"),
    ],
)  # fmt: skip
def test_messages(tmp_path, message, action):
    (inside,), _ = purview(tmp_path, document(Message=message))
    (outside,), _ = purview(tmp_path, document(Message="N/A", Operation=message))
    assert inside["action"] == outside["action"] == action


@pytest.mark.parametrize(
    ("agent", "channel"),
    [
        (None, "ui"), ("N/A", "ui"), (BROWSER, "ui"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Mobile/15E148", "mobile"),
        ("Dynamics365/13.24 (Android 14)", "mobile"),
        ("Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17628; Pro)", "addin"),
        ("azure-logic-apps/1.0 (workflow 08585)", "background"), ("PowerAutomate", "background"),
        ("python-requests/2.32", "api"), ("OrganizationServiceProxy/9.0", "api"), ("PowerBI/2.0", "api"),
    ],
)  # fmt: skip
def test_user_agents(tmp_path, agent, channel):
    (event,), _ = purview(tmp_path, document(UserAgent=agent))
    assert event["channel"] == channel


@pytest.mark.parametrize(
    ("inside", "outside", "when"),
    [
        ("2026-06-02T08:00:00", "6/9/2026 7:00:00 AM", dt.datetime(2026, 6, 2, 10)),
        (None, "2026-06-02T08:00:00.1234567Z ", dt.datetime(2026, 6, 2, 10, 0, 0, 123456)),
        ("0001-01-01T00:00:00", "2026-06-02T08:00:00Z", dt.datetime(2026, 6, 2, 10)),
        ("/Date(1780000000000)/", "2026-06-02T08:00:00Z", dt.datetime(2026, 6, 2, 10)),
    ],
)
def test_times_inside_and_outside(tmp_path, inside, outside, when):
    rows = [["CreationDate", "UserIds", "Operations", "AuditData"],
            [outside, "a@muster.example", "Retrieve", json.dumps(document(CreationTime=inside))]]  # fmt: skip
    (event,), _ = events_of(written(tmp_path, rows), "dynamics.purview")
    assert event["timestamp"] == when


def test_a_time_of_no_century(tmp_path):
    timeless = ["0001-01-01T00:00:00Z", "", json.dumps(document(CreationTime=None))]
    good = ["2026-06-02T08:00:00Z", "", json.dumps(document())]
    rows = [["CreationDate", "UserIds", "AuditData"], timeless, good, good]
    found, counted = events_of(written(tmp_path, rows), "dynamics.purview")
    assert len(found) == 2
    assert counted == {("read", "read"): 3, ("filter", "no_time"): 1}


ODD = [
    "", "null", "12", '"text"', "[1, 2]", "[" * 1000 + "]" * 1000, '{"a":' * 1000 + "1" + "}" * 1000,
    '{"RecordType": ' + "9" * 5000 + "}", '{"Id": "1"} and more', "=1+1", "\u00e4" * 40_000,
]  # fmt: skip


def test_cells_that_are_no_document(tmp_path):
    found, counted = purview(tmp_path, *ODD, *[document()] * 12)
    assert len(found) == 12
    deep = counted.pop(("filter", "no_user"), 0)  # where the parser goes deep enough, a document without a user
    assert counted[("filter", "not_json")] + deep == len(ODD)


def test_a_document_with_odd_values(tmp_path):
    odd = document(
        UserUpn={"of": "an object"}, EntityName=["account"], UserAgent="x" * 1_000_000, UserId="=HYPERLINK(1)",
        Message="Create", Id="\ud800", SystemUserId=7,
    )  # fmt: skip
    (event,), _ = purview(tmp_path, odd)
    assert (event["user_id"], event["object"], event["action"], event["channel"]) == (
        "=HYPERLINK(1)",
        "",
        "write",
        "api",
    )


def test_a_large_log_is_read_piece_by_piece(tmp_path, monkeypatch):
    whole = purview(tmp_path, document(Fields=[{"Value": 'a "b",\nc'}]), document(UserType=5))
    monkeypatch.setattr("crmkit.ingest.files.opening.STREAM_FROM", 1)
    assert purview(tmp_path, document(Fields=[{"Value": 'a "b",\nc'}]), document(UserType=5)) == whole
    assert whole[1] == {("read", "read"): 2, ("filter", "server_side"): 1}


def test_a_damaged_export_is_refused(tmp_path, refused):
    message = (
        "log.csv: column `AuditData`: 2 of 3 cells hold no JSON. Export again, and do not open and save the file in "
        "Excel, which cuts long cells."
    )
    with refused(InputError, message):
        purview(tmp_path, document(), '{"UserId":"anna@mus', '{"UserId":"ben@mus')


def test_an_export_of_something_else_is_refused(tmp_path, refused):
    message = "log.csv: none of its 2 rows is about Dynamics 365. Search again with the record type CRM."
    with refused(InputError, message):
        other = document(RecordType=2, Workload="Exchange", Operation="MailItemsAccessed")
        purview(tmp_path, other, other)


def test_the_user_list_decides(folder_of):
    """An account that is listed is what the list says, under whichever of its names the log knows it."""
    documents = [
        document(UserId="S2S", SystemUserId=FLOW),
        document(UserId="unknown@elsewhere.example", SystemUserId=f"{BEN.upper()}"),
        document(UserId="ANNA.ARNDT@MUSTER.EXAMPLE"),
        document(UserId="gone@muster.example"),
    ]
    rows = [PURVIEW, *([str(n), "2026-06-02T08:00:00Z", "21", "", "", json.dumps(d)] for n, d in enumerate(documents))]
    files = {"exports/users.csv": USERS, "exports/purview.csv": as_csv(rows)}
    folder = folder_of([USER_LIST, "{file: exports/purview.csv, reader: dynamics.purview}"], files)
    prepared = crmkit.ingest.read_exports(folder, key=KEY)
    kinds = prepared.users.set_index("user_id")["account_type"]
    seen = prepared.activity["user_id"].map(kinds)
    assert sorted(seen) == ["person", "person", "service"]
    assert counted_in(prepared, "dynamics.purview") == {("read", "read"): 4, ("match", "not_in_user_list"): 1}
    assert tiers.of_window(prepared.coverage, as_of=dt.date(2026, 6, 3), weeks=1) == "D"


def test_logins_and_changes_alone_are_no_evidence_of_views(tmp_path):
    found, _ = purview(tmp_path, document(Message="Create"), document(Message="UserLogin"))
    assert {e["source"] for e in found} == {"dynamics.purview:changes"}


# ---- records


def view(*labels, rows):
    return as_workbook([list(labels), *rows])


HIDDEN = ("(Nicht ändern) Firma", "(Nicht ändern) Zeilenprüfsumme", "(Nicht ändern) Geändert am")
PAIRS = ("Erstellt von", "Erstellt am", "Geändert von", "Geändert am")
DAY, LATER = "2026-06-01 08:00:00", "2026-06-02 09:30:00"


def test_a_record_in_two_views_is_one_event(folder_of):
    rows = [
        ["39707117-C19E", "f8==", LATER, "Anna Arndt", DAY, "Ben Brandt", LATER],
        # nobody has changed it since
        ["85A54EC7-7296", "be==", DAY, "Anna Arndt", DAY, "Anna Arndt", DAY],
    ]
    files = {
        "exports/users.csv": USERS,
        "exports/Alle Firmen.xlsx": view(*HIDDEN, *PAIRS, rows=rows),
        "exports/Aktive Firmen.xlsx": view(*HIDDEN, *PAIRS, rows=rows[:1]),
    }
    folder = folder_of([USER_LIST, '{file: "exports/A*Firmen.xlsx", reader: dynamics.records}'], files)
    prepared = crmkit.ingest.read_exports(folder, key=KEY)
    assert prepared.activity.sort_values("date")[["user_id", "area", "n_write"]].values.tolist() == [
        [user_pseudonym(KEY, ANNA.upper()), "shared", 2], [user_pseudonym(KEY, BEN), "shared", 1],
    ]  # fmt: skip
    assert counted_in(prepared, "dynamics.records") == {("read", "read"): 3, ("combine", "duplicate"): 2}


@pytest.mark.parametrize(
    ("hidden", "area"),
    [
        ("(Do Not Modify) Account", "shared"), ("(Do Not Modify) Opportunity", "sales"),
        ("(Do Not Modify) Case", "service"),
        ("(Do Not Modify) Marketing List", "marketing"), ("(Nicht ändern) Verkaufschance", "sales"),
        ("(Nicht ändern) Anfrage", "service"), ("(Nicht ändern) Kampagne", "marketing"),
        ("(Nicht ändern) Telefonanruf", "shared"), ("(Nicht ändern) Rechnung", "sales"),
        ("(Nicht ändern) Eigene Tabelle", "other"),
    ],
)  # fmt: skip
def test_the_hidden_column_tells_the_table(tmp_path, hidden, area):
    path = tmp_path / "Ansicht.xlsx"
    path.write_bytes(
        view(hidden, *HIDDEN[1:], "Angelegt von", "Angelegt am", rows=[["1", "f8==", LATER, "Anna Arndt", DAY]])
    )
    (event,), _ = events_of(path, "dynamics.records")
    assert (event["object"], event["area"]) == (hidden.split(") ")[1], area)


def test_the_hidden_time_of_the_last_change(tmp_path):
    path = tmp_path / "Ansicht.xlsx"
    path.write_bytes(view(*HIDDEN, "Geändert von", rows=[["1", "f8==", LATER, "Ben Brandt"]]))
    (event,), _ = events_of(path, "dynamics.records")
    assert (event["user_id"], event["timestamp"]) == ("Ben Brandt", dt.datetime(2026, 6, 2, 9, 30))


def test_a_view_without_people_is_refused(tmp_path, refused):
    path = tmp_path / "Aktive Firmen.xlsx"
    path.write_bytes(view(*HIDDEN, "Firmenname", "Land", rows=[["1", "f8==", LATER, "Betatech", "Kenia"]]))
    message = (
        "Aktive Firmen.xlsx: says of no record who worked on it when. Add the columns `Created By`, `Created On`, "
        "`Modified By`, `Modified On` (Erstellt von, Erstellt am, Geändert von, Geändert am) to the view and export it "
        "again."
    )
    with refused(InputError, message):
        events_of(path, "dynamics.records")
    assert crmkit.readers.recognise(openpyxl.load_workbook(path).worksheets[0][1][n].value for n in range(5)) == (
        "dynamics.records"
    )


# ---- what is none of them

READERS = ("dynamics.audit", "dynamics.purview", "dynamics.records")
MISSING = {
    "dynamics.audit": "is no Dataverse audit: `_userid_value`, `createdon`, `operation` missing.",
    "dynamics.purview": "is no unified audit log of Microsoft Purview: `AuditData`, `CreationDate` missing.",
    "dynamics.records": "says of no record who worked on it when.",
}


@pytest.mark.parametrize("reader", READERS)
def test_another_file(tmp_path, reader):
    with pytest.raises(InputError) as caught:
        events_of(written(tmp_path, [["Benutzername", "Anmeldezeit"], ["anna.arndt", "01.06.2026 08:00"]]), reader)
    assert str(caught.value).startswith(f"log.csv: {MISSING[reader]}")
    assert "anna" not in str(caught.value)


@pytest.mark.parametrize("reader", READERS)
def test_an_empty_file(tmp_path, reader, refused):
    (tmp_path / "log.csv").write_text("")
    with refused(InputError, "log.csv: the export is empty. Ask for it again, with its period and filters stated."):
        events_of(tmp_path / "log.csv", reader)


@pytest.mark.parametrize("rows", [
    [AUDIT, ["1", "yesterday", ANNA, "4", "64", "x"]],
    [["Created By", "Created On"], ["Anna Arndt", "32.13.2026"]],
])  # fmt: skip
def test_dates_that_are_none(tmp_path, rows):
    reader = "dynamics.audit" if rows[0] is AUDIT else "dynamics.records"
    with pytest.raises(InputError, match="1 of 1 values do not fit any known date format") as caught:
        events_of(written(tmp_path, rows), reader)
    assert "Anna" not in str(caught.value)


def test_another_file_as_a_user_list(folder_of, refused):
    message = (
        "users.csv: column `systemuserid` is missing. Found: `Name`, `Umsatz`. Map it in client.yml: "
        "`columns: {user_id: Header in the file}`."
    )
    with refused(InputError, message):
        crmkit.ingest.read_exports(folder_of([USER_LIST], {"exports/users.csv": "Name,Umsatz\nAnna Arndt,7\n"}))
