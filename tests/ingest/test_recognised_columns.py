"""User lists as firms send them are read without a mapping, or with the one question that has to be asked."""

import pytest
import yaml

import crmkit
from crmkit.cli.checking import report_on
from crmkit.errors import InputError
from crmkit.ingest.headers.unnamed import Unnamed
from crmkit.settings import read_settings
from tests.ingest.test_ten_firms import FIRMS

READABLE = [firm for firm in FIRMS if not firm.question]
ASKING = [firm for firm in FIRMS if firm.question]
#: Columns that the kit finds beside those that a person would name first.
MORE = {"profile", "employee_number"}


def client(tmp_path, firm):
    (tmp_path / "exports").mkdir()
    firm.writer(tmp_path / "exports" / firm.file)
    export = {"file": f"exports/{firm.file}", "reader": "generic.users", "exported": "2026-06-28"}
    settings = {"name": "Muster GmbH", "as_of": "2026-06-28", "exports": [export]}
    (tmp_path / "client.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    return tmp_path


def test_there_are_enough():
    assert len(READABLE) >= 8


@pytest.mark.parametrize("firm", READABLE, ids=lambda firm: firm.name)
def test_columns_are_found(tmp_path, firm):
    prepared = crmkit.ingest.read_exports(client(tmp_path, firm))
    (read,) = prepared.book.files
    found = read.mapping.headers
    assert {name: header for name, header in found.items() if name not in MORE - {*firm.mapping}} == firm.mapping
    assert len(prepared.users) == len(firm.rows)
    n_logins = sum(bool(row[firm.columns.index(firm.mapping["last_login"])]) for row in firm.rows)
    never = {"nie", "never", "-", "noch nie"}
    said_never = sum((row[firm.columns.index(firm.mapping["last_login"])] or "").lower() in never for row in firm.rows)
    assert prepared.users["last_login"].notna().sum() == n_logins - said_never


@pytest.mark.parametrize("firm", READABLE, ids=lambda firm: firm.name)
def test_check_says_how_columns_were_read(tmp_path, firm):
    folder = client(tmp_path, firm)
    (line,) = [line for line in report_on(folder) if "I read" in line]
    said = yaml.safe_load(line.split("say so in client.yml: `")[1].rstrip("`"))["columns"]
    assert firm.mapping.items() <= said.items()
    # what it proposes settles the matter
    settings = yaml.safe_load((folder / "client.yml").read_text(encoding="utf-8"))
    settings["exports"][0]["columns"] = said
    (folder / "client.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    assert not [line for line in report_on(folder) if "I read" in line]


@pytest.mark.parametrize("firm", ASKING, ids=lambda firm: firm.name)
def test_what_nobody_can_know_is_asked(tmp_path, firm):
    folder = client(tmp_path, firm)
    try:
        asked = [line for line in report_on(folder) if line.startswith("  ask: ")]
    except InputError as error:
        asked = [str(error)]
    (question,) = asked
    assert firm.question in question


def test_files_that_client_yml_does_not_name(tmp_path):
    folder = client(tmp_path, READABLE[0])
    (folder / "exports" / "LoginHistory.csv").write_text("UserId,LoginTime,LoginType\n005E00000012345,x,Application\n")
    (folder / "exports" / "notes.txt").write_text("Bitte beachten\nnoch offen\n")
    said = [line for line in report_on(folder) if line.startswith("  not in client.yml")]
    assert said == [
        "  not in client.yml: exports/LoginHistory.csv; looks like: "
        "`- {file: exports/LoginHistory.csv, reader: salesforce.login_history}`",
        "  not in client.yml: exports/notes.txt; its headers tell no reader",
    ]


def test_unnamed_files_with_their_reader_or_what_is_wrong(tmp_path):
    folder = client(tmp_path, READABLE[0])
    (folder / "exports" / "empty.csv").write_text("")
    (folder / "exports" / "notes.txt").write_text("Bitte beachten\nnoch offen\n")
    (folder / "exports" / "users 2.csv").write_text("Id,Username,UserType\nx,y,Standard\n")
    (folder / "exports" / "~$users.xlsx").write_text("a lock of an open workbook")
    (folder / "exports" / ".hidden").write_text("Id,Username,UserType\nx,y,Standard\n")
    assert crmkit.ingest.unnamed_files(folder, read_settings(folder / "client.yml")) == (
        Unnamed("exports/empty.csv", problem=str(InputError.empty("empty.csv"))),
        Unnamed("exports/notes.txt"),
        Unnamed("exports/users 2.csv", reader="salesforce.users"),
    )


@pytest.mark.parametrize(
    ("reader", "message"),
    [
        ("generic.activity", "column `date` is missing. Found: `UserId`, `LoginTime`, `LoginType`."),
        ("salesforce.event_log", "is no Salesforce EventLogFile: `EVENT_TYPE`, `USER_ID` missing. "
                                 "Found: `UserId`, `LoginTime`, `LoginType`."),
        ("salesforce.users", "has no headers of `salesforce.users`."),
        ("salesforce.licences", "column `licence` is missing. Found: `UserId`, `LoginTime`, `LoginType`."),
    ],
)  # fmt: skip
def test_the_right_reader_is_named(folder_of, refused, reader, message):
    text = "UserId,LoginTime,LoginType\n005E00000012345,2026-06-01T08:00:00Z,Application\n"
    folder = folder_of([f"{{file: exports/x.csv, reader: {reader}}}"], {"exports/x.csv": text})
    todo = "This looks like `salesforce.login_history`: say so in client.yml: `reader: salesforce.login_history`."
    with refused(InputError, f"x.csv: {message} {todo}"):
        crmkit.ingest.read_exports(folder)


def test_the_work_of_administrators_is_no_use(folder_of, refused):
    text = "action,section,display,sfdc_created_by_username,sfdc_created_date\n"
    text += "x,Users,y,a@muster.example,2026-06-01T08:00:00Z\n"
    folder = folder_of(["{file: exports/x.csv, reader: generic.logins}"], {"exports/x.csv": text})
    what = "Salesforce's Setup Audit Trail: the work of administrators on the system, no use of it"
    with refused(InputError, f"x.csv: is {what}. Take it out of client.yml."):
        crmkit.ingest.read_exports(folder)
    with refused(InputError, f"x.csv: is {what}. Take it out of client.yml."):
        crmkit.ingest.reader_for(folder / "exports" / "x.csv")


@pytest.mark.parametrize(
    ("header", "reader"),
    [
        ("Kennung;Letzte Anmeldung", "generic.users"), ("Benutzer;Kalenderwoche;Tage", "generic.weeks"),
        ("Kennung;Datum;Aufrufe", "generic.activity"), ("Angelegt von;Angelegt am;Nummer", "generic.changes"),
        ("Benutzer;Zeitpunkt", "generic.logins"), ("Lizenz;Gekauft", "generic.licences"),
        ("Abteilung;Band;Anzahl", "generic.aggregates"), ("id;name", ""), ("a;b", ""),
    ],
)  # fmt: skip
def test_readers_for_any_system(tmp_path, header, reader):
    (tmp_path / "x.csv").write_text(f"{header}\n{';'.join('x' for _ in header.split(';'))}\n", encoding="utf-8")
    assert crmkit.ingest.reader_for(tmp_path / "x.csv") == reader
