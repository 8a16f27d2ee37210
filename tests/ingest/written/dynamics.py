"""Microsoft Dynamics 365: audit of the API and of the summary view, Purview in its layouts, Excel exports of views."""

import datetime as dt
import io
import json

import openpyxl

from tests.ingest.written.doings import USERS, Doing, User, Written

NAMES = {"lead": "lead", "ticket": "incident", "contact": "contact", "": "systemuser"}
CODES = {"lead": "4", "ticket": "112", "contact": "2", "": "8"}
GERMAN = {"lead": "Lead", "ticket": "Anfrage", "contact": "Kontakt", "": "Benutzer"}
BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0"


def _account(user: User) -> str:
    return user.guid


def _z(when: dt.datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


PEOPLE = [
    ["systemuserid", "fullname", "domainname", "internalemailaddress", "title", "businessunitidname", "isdisabled",
     "islicensed", "accessmode", "applicationid", "createdon"],
    *([u.guid, u.name, u.email.upper(), u.email, "Vertrieb", "Nord", "False", "True", "0", "", "2024-01-01T00:00:00Z"]
      for u in USERS),
    ["3f2504e0-4f89-11d3-9a0c-0305e82c3390", "# Flow", "", "", "", "Nord", "False", "False", "4",
     "7f2504e0-4f89-11d3-9a0c-0305e82c3390", "2024-01-01T00:00:00Z"],
]  # fmt: skip
GERMAN_PEOPLE = [
    ["(Nicht ändern) Benutzer", "(Nicht ändern) Zeilenprüfsumme", "(Nicht ändern) Geändert am", "Vollständiger Name",
     "Unternehmenseinheit", "Titel", "Haupttelefon", "Benutzername", "Status", "Zugriffsmodus"],
    *([u.guid, "f8b0==", "05.01.2024 07:41", u.name, "Nord", "Vertrieb", "", u.email, "Aktiviert", "Lesen/Schreiben"]
      for u in USERS),
]  # fmt: skip


def audit(doings: list[Doing]) -> list[list[str]]:
    rows = [["auditid", "createdon", "_userid_value", "operation", "action", "objecttypecode", "_callinguserid_value"]]
    for n, d in enumerate(doings):
        operation, action = ("4", "64") if d.what == "login" else ("2", "2")
        rows.append([f"a{n}", _z(d.utc), d.user.guid, operation, action, NAMES[d.thing], ""])
    return rows


def audit_by_number(doings: list[Doing]) -> list[list[str]]:
    """Operations were not asked for; tables are numbers, as in older versions."""
    rows = [["auditid", "createdon", "userid", "action", "objecttypecode"]]
    for n, d in enumerate(doings):
        rows.append([f"a{n}", _z(d.utc), d.user.guid, "64" if d.what == "login" else "13", CODES[d.thing]])
    return rows


def german_summary(doings: list[Doing]) -> list[list[str]]:
    rows = [["Geändert am", "Ereignis", "Geändert von", "Datensatz", "Entität", "Vorgang"]]
    for n, d in enumerate(doings):
        event = ("Benutzerzugriff über Web", "Zugriff") if d.what == "login" else ("Aktualisieren", "Aktualisieren")
        rows.append([f"{d.local:%d.%m.%Y %H:%M:%S}", event[0], d.user.name, f"Satz {n}", GERMAN[d.thing], event[1]])
    return rows


def english_summary(doings: list[Doing]) -> list[list[str]]:
    rows = [["Changed Date", "Event", "Changed By", "Record", "Entity", "Operation"]]
    for n, d in enumerate(doings):
        event = ("User Access via Web", "Access") if d.what == "login" else ("Update", "Update")
        time = f"{d.local.month}/{d.local.day}/{d.local.year} {d.local:%I:%M:%S %p}"
        rows.append([time, event[0], d.user.name, f"Record {n}", NAMES[d.thing], event[1]])
    return rows


def _document(n: int, doing: Doing) -> str:
    message = {"login": "UserLogin", "view": "Retrieve", "write": "Update"}[doing.what]
    return json.dumps(
        {
            "CreationTime": f"{doing.utc:%Y-%m-%dT%H:%M:%S}", "Id": f"{n:08d}-0000-0000-0000-000000000000",
            "Operation": "CrmDefaultActivity", "RecordType": 21, "UserType": 0, "Workload": "CRM",
            "UserId": doing.user.email, "EntityName": NAMES[doing.thing], "EntityId": "N/A", "Message": message,
            "Fields": [{"Name": "Id", "Value": 'a; "quoted"\ttext'}], "InstanceUrl": "https://muster.crm4.dynamics.com/",
            "SystemUserId": doing.user.guid, "UserUpn": doing.user.email.title(), "UserAgent": BROWSER,
            "ClientIP": "192.0.2.1",
        }
    )  # fmt: skip


def purview(doings: list[Doing]) -> list[list[str]]:
    rows = [["RecordId", "CreationDate", "RecordType", "Operation", "UserId", "AuditData", "AssociatedAdminUnits",
             "AssociatedAdminUnitsNames"]]  # fmt: skip
    for n, d in enumerate(doings):
        row_id, time = f"{n:08d}-0000-0000-0000-000000000000", f"{d.utc:%Y-%m-%dT%H:%M:%S}.0000000Z "
        rows.append([row_id, time, "21", "CrmDefaultActivity", d.user.email, _document(n, d), "", ""])
    # the same records come again
    return rows + rows[1:3]


def old_purview(doings: list[Doing]) -> list[list[str]]:
    return [["CreationDate", "UserIds", "Operations", "AuditData"]] + [
        [f"{d.utc:%Y-%m-%dT%H:%M:%S}.0000000Z", d.user.email.upper(), "CrmDefaultActivity", _document(n, d)]
        for n, d in enumerate(doings)
    ]


def powershell(doings: list[Doing]) -> list[list[str]]:
    rows = [["RecordType", "CreationDate", "UserIds", "Operations", "AuditData", "ResultIndex", "ResultCount",
             "Identity", "IsValid", "ObjectState"]]  # fmt: skip
    for n, d in enumerate(doings):
        time = f"{d.utc.month}/{d.utc.day}/{d.utc.year} {d.utc:%I:%M:%S %p}"
        identity = f"{n:08d}-0000-0000-0000-000000000000"
        rows.append(
            ["CRM", time, d.user.email, "CrmDefaultActivity", _document(n, d), str(n), "9", identity, "True", ""]
        )
    return rows


def _view(hidden: tuple[str, ...], shown: tuple[str, ...]):
    def write(doings: list[Doing]) -> list[list[str]]:
        rows = [[*hidden, *shown]]
        for n, (first, last) in enumerate(zip(doings[::2], doings[1::2], strict=True)):
            changed = last.local.isoformat(" ")
            people = [first.user.name, first.local.isoformat(" "), last.user.name, changed]
            rows.append([f"3F2504E0-4F89-11D3-9A0C-0305E82C4{n:03d}", "f8b0==", changed, "Betatech", *people])
        return rows

    return write


def as_workbook(rows: list[list[str]]) -> bytes:
    """Return rows as Dynamics writes them: times as dates, hidden columns, a sheet that nobody sees."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append([_as_date(cell) for cell in row])
    for column in "ABC":
        sheet.column_dimensions[column].hidden = True
    beside = book.create_sheet("hiddenSheet")
    beside.append(["lead:f8b0=="])
    beside.sheet_state = "veryHidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _as_date(cell: str) -> object:
    try:
        return dt.datetime.fromisoformat(cell)
    except ValueError:
        return cell


def logical(doings: list[Doing]) -> list[list[str]]:
    rows = [["leadid", "_createdby_value", "createdon", "_modifiedby_value", "modifiedon"]]
    for n, (first, last) in enumerate(zip(doings[::2], doings[1::2], strict=True)):
        rows.append([f"{n}", first.user.guid, _z(first.utc), last.user.guid, _z(last.utc)])
    return rows


ENGLISH_VIEW = _view(
    ("(Do Not Modify) Lead", "(Do Not Modify) Row Checksum", "(Do Not Modify) Modified On"),
    ("Topic", "Created By", "Created On", "Modified By", "Modified On"),
)
GERMAN_VIEW = _view(
    ("(Nicht ändern) Lead", "(Nicht ändern) Zeilenprüfsumme", "(Nicht ändern) Geändert am"),
    ("Thema", "Erstellt von", "Erstellt am", "Geändert von", "Geändert am"),
)
_LIST, _GERMAN = ("dynamics.users", PEOPLE), ("dynamics.users", GERMAN_PEOPLE)
_AUDITED, _SEEN = ("login", "write"), ("login", "view", "write")
WRITTEN = [
    Written("dynamics.audit", "audits.csv", audit, _AUDITED, _account),
    Written("dynamics.audit", "audits_by_number.csv", audit_by_number, _AUDITED, _account, users=_LIST),
    Written("dynamics.audit", "ueberwachung.csv", german_summary, _AUDITED, _account, users=_GERMAN, delimiter=";"),
    Written("dynamics.audit", "audit_summary.csv", english_summary, _AUDITED, _account, users=_LIST),
    Written("dynamics.purview", "purview.csv", purview, _SEEN, _account, users=_LIST),
    Written("dynamics.purview", "purview_old.csv", old_purview, _SEEN, _account, users=_GERMAN),
    Written("dynamics.purview", "purview_alone.csv", old_purview, _SEEN, lambda user: user.email),
    Written("dynamics.purview", "powershell.csv", powershell, _SEEN, _account, users=_LIST),
    Written("dynamics.records", "Alle Leads.xlsx", GERMAN_VIEW, ("write",), _account, users=_GERMAN, things=("lead",),
            raw=as_workbook),
    Written("dynamics.records", "All Leads.xlsx", ENGLISH_VIEW, ("write",), _account, users=_LIST, things=("lead",),
            raw=as_workbook),
    Written("dynamics.records", "view.csv", ENGLISH_VIEW, ("write",), _account, users=_LIST, things=("lead",)),
    Written("dynamics.records", "leads.csv", logical, ("write",), _account, things=("lead",)),
]  # fmt: skip
