"""Event logs: what counts as what, and where dropped rows are counted."""

import datetime as dt

import pandas as pd
import polars as pl
import pytest

import crmkit
from crmkit.errors import InputError, SettingsError
from crmkit.ingest.accounts.salesforce_ids import canonical_id

PAGE = (
    '"EVENT_TYPE","TIMESTAMP","USER_ID","DEVICE_PLATFORM","PAGE_ENTITY_TYPE","PAGE_URL",'
    '"TIMESTAMP_DERIVED","USER_ID_DERIVED"\n'
)


def read(tmp_path, text, reader="salesforce.event_log", name="log.csv"):
    (tmp_path / name).write_text(text, encoding="utf-8")
    events, ledger = crmkit.ingest.read_events(tmp_path / name, reader=reader)
    counted = {(row.step, row.reason): row.n_rows for row in ledger.itertuples()}
    return events.collect().drop("event_id", "n").sort("timestamp").to_dicts(), counted


def test_page_views(tmp_path):
    rows = (
        '"LightningPageView","20260601220000.000","005E00000012345","SFX:BROWSER:DESKTOP","Case","","2026-06-01T22:00:00.000Z",""\n'
        '"LightningPageView","20260602080000.000","005E00000012345","S1:HYBRID:PHONE","","/lightning/r/Lead/00Q/view","2026-06-02T08:00:00.000Z","005E00000012345IAA"\n'
        + PAGE
        + '"LightningPageView","20260603080000.000","","SFX:BROWSER:DESKTOP","Case","","2026-06-03T08:00:00.000Z",""\n'
    )
    found, counted = read(tmp_path, PAGE + rows)
    source = "salesforce.event_log:LightningPageView"
    same = {"user_id": "005E00000012345IAA", "action": "view", "source": source}
    assert found == [
        # 22:00 UTC in June is the next day in Berlin
        {"timestamp": dt.datetime(2026, 6, 2), "area": "service", "object": "Case", "channel": "ui", **same},
        {"timestamp": dt.datetime(2026, 6, 2, 10), "area": "sales", "object": "Lead", "channel": "mobile", **same},
    ]
    assert counted == {("read", "read"): 3, ("filter", "no_user"): 1, ("open", "repeated_header"): 1}


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("URI,REFERRER_URI", "/aura,x/lightning/r/Opportunity/006/view", ("URI", "sales", "view", "ui")),
        ("METHOD_NAME,ENTITY_NAME", "upsert,Lead", ("API", "sales", "write", "api")),
        ("METHOD,ENTITY_NAME", "GET,", ("RestApi", "other", "view", "api")),
        ("ACTION_MESSAGE", "1$aura://X/ACTION$createRecord=16", ("AuraRequest", "other", "write", "background")),
        ("REPORT_ID", "00O", ("Report", "shared", "view", "ui")),
        ("CLIENT_INFO", "x", ("ReportExport", "shared", "export", "ui")),
        ("LOGIN_STATUS,BROWSER_TYPE", "LOGIN_NO_ERROR,Mozilla/5.0", ("Login", "other", "login", "ui")),
        ("LOGIN_STATUS,BROWSER_TYPE", "LOGIN_NO_ERROR,python-requests", ("Login", "other", "login", "api")),
    ],
)  # fmt: skip
def test_types_of_events(tmp_path, header, row, expected):
    text = f"EVENT_TYPE,TIMESTAMP,USER_ID,{header}\n{expected[0]},20260601080000.000,005E00000012345,{row}\n"
    (event,), _ = read(tmp_path, text)
    assert (event["source"].split(":")[1], event["area"], event["action"], event["channel"]) == expected


@pytest.mark.parametrize(
    ("kind", "status", "reason"),
    [
        ("Login", "LOGIN_ERROR", "failed_login"),
        ("Logout", "", "not_an_action"),
        ("ApexTrigger", "", "unknown_event_type"),
    ],
)
def test_what_is_no_action_is_counted(tmp_path, kind, status, reason):
    good = "Login,20260601080000.000,005E00000012345,LOGIN_NO_ERROR\n" * 2
    text = f"EVENT_TYPE,TIMESTAMP,USER_ID,LOGIN_STATUS\n{good}{kind},20260601090000.000,005E00000012345,{status}\n"
    if kind == "ApexTrigger":
        message = (
            "salesforce.event_log:ApexTrigger: 1 of 1 rows dropped (unknown event type), more than half. "
            "Check that the export, its reader and the user list belong together."
        )
        with pytest.raises(InputError) as caught:
            read(tmp_path, text)
        assert str(caught.value) == message
        return
    _, counted = read(tmp_path, text)
    assert counted["filter", reason] == 1


def test_another_file_is_refused_with_what_was_found(tmp_path, refused):
    message = (
        "log.csv: is no Salesforce EventLogFile: `EVENT_TYPE`, `USER_ID` missing. Found: `action`, `display`. "
        "`crmkit readers` lists the readers; name the right one in client.yml: `reader: …`."
    )
    with refused(InputError, message):
        read(tmp_path, "action,display\na,b\n")


def test_login_history_of_a_german_org(folder_of):
    users = "Id,Username,IsActive,CreatedDate\n005E00000012345IAA,A.B@muster.example,true,2024-01-01T00:00:00.000Z\n"
    logins = (
        "Benutzername,Anmeldezeit,Anmeldetyp,Status,Anwendung,API-Typ\n"
        "a.b@MUSTER.example,14.10.2019 23:30:00 MESZ,Anwendung,Erfolgreich,Browser,N/V\n"
        "a.b@muster.example,14.10.2019 23:40:00 MESZ,Sonstige Apex-API,Erfolgreich,N/V,SOAP Partner\n"
        "a.b@muster.example,15.10.2019 08:00:00 MESZ,Anwendung,Ungültiges Kennwort,Browser,N/V\n"
        "0331r2@00d2x9db,15.10.2019 09:00:00 MESZ,Anwendung,Erfolgreich,Browser,N/V\n"
    )
    folder = folder_of(
        [
            "{file: exports/users.csv, reader: salesforce.users}",
            "{file: exports/logins.csv, reader: salesforce.login_history}",
        ],
        {"exports/users.csv": users, "exports/logins.csv": logins},
    )
    prepared = crmkit.ingest.read_exports(folder)
    assert prepared.activity[["date", "channel", "n_login"]].values.tolist() == [
        [pd.Timestamp("2019-10-14"), "api", 1], [pd.Timestamp("2019-10-14"), "ui", 1],
    ]  # fmt: skip
    reasons = prepared.ledger.set_index(["source", "reason"])["n_rows"]
    assert reasons["salesforce.login_history", "failed_login"] == 1
    assert reasons["salesforce.login_history", "licence_manager"] == 1


def test_a_reader_that_does_not_exist(tmp_path, refused):
    message = "reader `generic.users` reads no events. `crmkit readers` lists what each reads."
    with refused(SettingsError, message):
        crmkit.ingest.read_events(tmp_path / "x.csv", reader="generic.users")
    hint = "Check the path, or `file:` in client.yml (relative to its folder)."
    with refused(SettingsError, f"{tmp_path / 'x*.csv'}: no such file. {hint}"):
        crmkit.ingest.read_events(tmp_path / "x*.csv")


def test_suffix_of_an_id():
    assert canonical_id("005E00000012345") == "005E00000012345IAA"
    assert canonical_id("005e00000012345") == "005e00000012345AAA"
    assert canonical_id("005E00000012345IAA") == "005E00000012345IAA"


EVENTS = {
    "user_id": ["a", "a", "a", "b"],
    "timestamp": [
        dt.datetime(2026, 6, 1, 8),
        dt.datetime(2026, 6, 1, 9),
        dt.datetime(2026, 6, 2, 9),
        dt.datetime(2026, 6, 1, 9),
    ],
    "area": ["sales"] * 4,
    "channel": ["ui"] * 4,
    "source": ["log"] * 4,
    "action": ["view", "write", "view", "login"],
}


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pl.LazyFrame])
def test_person_days_in_kind(make):
    days = crmkit.ingest.daily(make(EVENTS))
    assert isinstance(days, make)
    frame = days.collect() if isinstance(days, pl.LazyFrame) else days
    rows = sorted(
        map(tuple, frame.to_pandas().values.tolist() if isinstance(frame, pl.DataFrame) else frame.values.tolist())
    )
    june = [pd.Timestamp("2026-06-01"), pd.Timestamp("2026-06-02")]
    assert rows == [
        ("a", june[0], "sales", "ui", "log", 0, 1, 1, 0),
        ("a", june[1], "sales", "ui", "log", 0, 1, 0, 0),
        ("b", june[0], "sales", "ui", "log", 1, 0, 0, 0),
    ]


def test_events_without_their_columns(refused):
    message = "events: `timestamp`, `area`, `channel`, `source`, `action` missing. Found: `user_id`."
    with refused(InputError, message):
        crmkit.ingest.daily(pl.DataFrame({"user_id": ["a"]}))
