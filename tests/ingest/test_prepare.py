"""From a client folder to prepared tables: pseudonyms, spans, history, and what bad input gets."""

import pandas as pd
import pytest

import crmkit
from crmkit.errors import CrmkitError, InputError, SettingsError
from crmkit.ingest.discretion.keys import read_key
from crmkit.ingest.discretion.pseudonyms import identity_digest, user_pseudonym

LIST = "{file: exports/users.csv, reader: generic.users, exported: 2026-06-28}"
USERS = (
    "Kennung;Vorname;Nachname;E-Mail;Abteilung;Lizenz;Letzte Anmeldung;Aktiv;Eintritt\n"
    "u1;Jörg;Ähre;j.aehre@muster.example;Vertrieb;Voll;22.06.2026;ja;01.01.2020\n"
    "u2;Ann;Bee;a.bee@muster.example;Service;Voll;nie;ja;01.03.2024\n"
    "u3;Cem;Cer;c.cer@muster.example;Service;Voll;13.02.2026;nein;01.03.2024\n"
    "svc.import;;Import;;;Voll;22.06.2026;ja;01.03.2024\n"
)
LOG = "{file: exports/log.csv, reader: generic.activity}"
DAYS = "Benutzer,Datum,Objekt,n_view\nu1,2026-06-22,Lead,3\nU1,2026-06-22,Case,1\nu2,2026-06-23,Foo,2\n"


def test_users_and_assignments(folder_of):
    folder = folder_of([LIST], {"exports/users.csv": USERS})
    prepared = crmkit.ingest.prepare(folder)
    key = read_key(folder)
    users = prepared.users.set_index("user_id")
    names = [user_pseudonym(key, name) for name in ("u1", "u2", "u3", "svc.import")]
    assert users.loc[names, "account_type"].tolist() == ["person", "person", "person", "service"]
    assert users.loc[names, "last_login"].dt.strftime("%d.%m.").tolist()[:1] == ["22.06."]
    spans = prepared.assignments.set_index("user_id").loc[names]
    assert spans["org_unit"].tolist() == ["Vertrieb", "Service", "Service", ""]
    assert spans["to_date"].isna().tolist() == [True, True, False, True]
    # when an inactive account ended is not in the list: its last login is what is known
    assert spans.loc[names[2], ["to_date", "evidence"]].tolist() == [pd.Timestamp("2026-02-13"), "assumed"]


def test_nothing_prepared_names_anyone(folder_of):
    folder = folder_of([LIST, LOG], {"exports/users.csv": USERS, "exports/log.csv": DAYS})
    crmkit.ingest.prepare(folder)
    raw = b"".join(file.read_bytes() for file in sorted((folder / "prepared").iterdir()))
    for name in ("Ähre", "Jörg", "muster.example", "svc.import", "aehre"):
        assert name.encode() not in raw
    digests = pd.read_parquet(folder / "prepared" / "identities.parquet")
    key = read_key(folder)
    known = set(zip(digests["kind"], digests["digest"], strict=True))
    assert ("name", identity_digest(key, "Ähre, JÖRG")) in known
    assert ("email", identity_digest(key, "J.Aehre@muster.example")) in known


def test_person_days_and_areas(folder_of):
    folder = folder_of([LIST, LOG], {"exports/users.csv": USERS, "exports/log.csv": DAYS})
    activity = crmkit.ingest.prepare(folder).activity
    assert sorted(activity[["area", "n_view"]].values.tolist()) == [["other", 2], ["sales", 3], ["service", 1]]
    assert activity["user_id"].nunique() == 2


def test_reading_alone_writes_nothing(folder_of):
    folder = folder_of([LIST], {"exports/users.csv": USERS})
    before = sorted(folder.rglob("*"))
    assert len(crmkit.ingest.read_exports(folder).users) == 4
    assert sorted(folder.rglob("*")) == before


def test_pseudonyms_stay_and_history_grows(folder_of):
    folder = folder_of([LIST, LOG], {"exports/users.csv": USERS, "exports/log.csv": DAYS})
    first = crmkit.ingest.prepare(folder).activity
    later = "Benutzer,Datum,Objekt,n_view\nu1,2026-06-23,Lead,5\nu1,2026-06-24,Lead,1\n"
    (folder / "exports" / "log.csv").write_text(later)
    assert not crmkit.ingest.is_current(folder)
    crmkit.ingest.prepare(folder)
    assert crmkit.ingest.is_current(folder)
    client = crmkit.open_client(folder)
    by_day = client.activity.groupby("date")["n_view"].sum()
    # 22 June is kept, 23 June is what the newer export says
    assert by_day.tolist() == [4, 5, 1]
    assert set(first["user_id"]) >= set(client.activity["user_id"])


def test_two_lists_make_spans(folder_of):
    newer = USERS.replace("Vertrieb", "Marketing").replace(
        "u2;Ann;Bee;a.bee@muster.example;Service;Voll;nie;ja;01.03.2024\n", ""
    )
    folder = folder_of(
        ["{file: exports/users_old.csv, reader: generic.users, exported: 2026-01-31}", LIST],
        {"exports/users_old.csv": USERS, "exports/users.csv": newer},
    )
    prepared = crmkit.ingest.prepare(folder)
    key = read_key(folder)
    moved = prepared.assignments[prepared.assignments["user_id"] == user_pseudonym(key, "u1")]
    assert moved["org_unit"].tolist() == ["Vertrieb", "Marketing"]
    assert moved["to_date"].iloc[0] == pd.Timestamp("2026-06-27")
    assert moved["from_date"].iloc[1] == pd.Timestamp("2026-06-28")
    gone = prepared.assignments[prepared.assignments["user_id"] == user_pseudonym(key, "u2")]
    assert (gone["to_date"].iloc[0], gone["evidence"].iloc[0]) == (pd.Timestamp("2026-01-31"), "assumed")


@pytest.mark.parametrize(
    ("file", "title", "stated", "day"),
    [
        ("users.csv", "Benutzerliste Stand 31.05.2026\n", "", "2026-05-31"),
        ("users_2026-06-15.csv", "Benutzerliste Stand 31.05.2026\n", "", "2026-06-15"),
        ("users_2026-06-15.csv", "Benutzerliste Stand 31.05.2026\n", ", exported: 2026-06-20", "2026-06-20"),
        ("users.csv", "", "", "2026-06-28"),
        ("users.csv", "Stand 31.02.2026\n", "", "2026-06-28"),
    ],
)
def test_a_list_covers_its_own_day(folder_of, file, title, stated, day):
    """Stated in client.yml, else told by the file's name, else by a title above the headers, else the `as_of`."""
    folder = folder_of([f"{{file: exports/{file}, reader: generic.users{stated}}}"], {f"exports/{file}": title + USERS})
    prepared = crmkit.ingest.read_exports(folder)
    assert prepared.coverage[["source", "date"]].values.tolist() == [["generic.users", pd.Timestamp(day)]]
    assert set(prepared.snapshots["snapshot"]) == {pd.Timestamp(day)}
    assert ["list_undated"] * (day == "2026-06-28") == [
        question.code for question in prepared.book.questions if question.code == "list_undated"
    ]


def test_aggregates(folder_of):
    text = "Organisationseinheit;Nutzungsband;Anzahl\nKüche;oft;1.031\n".encode("cp1252")
    folder = folder_of(["{file: exports/a.csv, reader: generic.aggregates}"], {"exports/a.csv": text})
    rows = crmkit.ingest.prepare(folder).aggregates
    assert rows[["org_unit", "band", "n"]].values.tolist() == [["Küche", "oft", 1031]]
    assert rows["from_date"].iloc[0] == pd.Timestamp("2026-04-06")


def test_money_in_german(folder_of):
    text = "licence;n_purchased;cost_year;currency;notice_date\nVoll;200;1.234.567,89;EUR;30.09.2026\n"
    folder = folder_of([LIST], {"exports/users.csv": USERS, "licences.csv": text})
    rows = crmkit.ingest.prepare(folder).others["licences"]
    assert rows[["n_purchased", "cost_year"]].values.tolist() == [[200, 1_234_567.89]]


BAD = {
    "missing file": (
        ["{file: exports/nobody.csv, reader: generic.users}"], {}, SettingsError,
        "{f}/exports/nobody.csv: no such file. Check the path, or `file:` in client.yml (relative to its folder).",
    ),
    "missing column": (
        ["{file: exports/u.csv, reader: generic.users, columns: {org_unit: Department}}"],
        {"exports/u.csv": "Name,Dept\nA B,x\n"}, InputError,
        "u.csv: column `Department` is missing. Found: `Name`, `Dept`. Map it in client.yml: "
        "`columns: {org_unit: Dept}`.",
    ),
    "unknown field": (
        ["{file: exports/u.csv, reader: generic.users, columns: {org_unt: Dept}}"],
        {"exports/u.csv": "Name,Dept\nA B,x\n"}, SettingsError,
        'client.yml: exports: u.csv: `org_unt` is no column of `generic.users`. Did you mean "org_unit"? Known: '
        "`user_id`, `username`, `name`, `first_name`, `last_name`, `email`, `employee_number`, `org_unit`, `division`, "
        "`role`, `licence`, `profile`, `fte`, `subdivision`, `first_active`, `last_active`, `last_login`, "
        "`last_modified`, `active`, `disabled`, `account_type`, `other_id`.",
    ),
    "unknown reader": (
        ["{file: exports/u.csv, reader: salesforce.logins}"], {"exports/u.csv": "a\n1\n"}, SettingsError,
        'client.yml: reader `salesforce.logins` is not known. Did you mean "salesforce.login_history"? '
        "`crmkit readers` lists all.",
    ),
    "wrong number": (
        ["{file: exports/a.csv, reader: generic.aggregates}"],
        {"exports/a.csv": "org_unit,band,n\nA,oft,12\nB,oft,x\n"}, InputError,
        "a.csv: column `n`, row 3: not a number. Write it as 1234.5 or 1.234,5.",
    ),
    "health data": (
        [LIST],
        {"exports/users.csv": USERS, "availability.csv": "user_id,week,available_days,Grund\nu1,2026-06-22,3,krank\n"},
        InputError,
        "availability.csv: column `Grund` is refused: reasons for absence are health data. Remove it from the file.",
    ),
    "list and log do not belong together": (
        [LIST, LOG], {"exports/users.csv": USERS, "exports/log.csv": "Benutzer,Datum,n_view\nx1,2026-06-22,1\n"},
        InputError,
        "generic.activity: 1 of 1 rows dropped (not in user list), more than half. "
        "Check that the export, its reader and the user list belong together.",
    ),
    "no user": (
        ["{file: exports/log.csv, reader: generic.logins}"], {"exports/log.csv": "Wann,Wer\n2026-06-22,u1\n"},
        InputError,
        "log.csv: column `user id` is missing. Found: `Wann`, `Wer`. Map it in client.yml: "
        "`columns: {user_id: Wer}`.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_named(folder_of, case):
    exports, files, error, message = BAD[case]
    folder = folder_of(exports, files)
    with pytest.raises(CrmkitError) as caught:
        crmkit.ingest.prepare(folder)
    assert (type(caught.value), str(caught.value)) == (error, message.replace("{f}", str(folder)))


def test_a_failed_run_leaves_what_was_there(folder_of):
    folder = folder_of([LIST], {"exports/users.csv": USERS})
    crmkit.ingest.prepare(folder)
    before = {file.name: file.read_bytes() for file in (folder / "prepared").iterdir()}
    (folder / "exports" / "users.csv").write_text("")
    with pytest.raises(InputError):
        crmkit.ingest.prepare(folder)
    assert {file.name: file.read_bytes() for file in (folder / "prepared").iterdir()} == before
    assert not [file for file in folder.iterdir() if file.name.startswith(".prepared")]


def test_a_key_that_is_none(folder_of, refused):
    folder = folder_of([LIST], {"exports/users.csv": USERS, "pseudonym.key": "abc"})
    message = (
        f"{folder / 'pseudonym.key'}: holds no key (64 random hexadecimal digits). "
        "Restore it, or delete it and `prepared/` and prepare all exports again."
    )
    with refused(SettingsError, message):
        crmkit.ingest.prepare(folder)


def test_unprepared_folder(folder_of, refused):
    folder = folder_of([LIST], {"exports/users.csv": USERS})
    with refused(SettingsError, f"{folder}: not prepared yet, run `crmkit prepare {folder}`."):
        crmkit.open_client(folder)
