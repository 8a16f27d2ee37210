"""The three smaller clients show what they were made for, counted here without the kit."""

import datetime as dt
from collections import Counter, defaultdict

import pytest
from openpyxl import load_workbook


def british(text: str) -> dt.date:
    return dt.datetime.strptime(text[:10], "%d/%m/%Y").date()


@pytest.fixture(scope="module")
def harbour(sample):
    return sample / "harbourfinch" / "exports"


@pytest.fixture(scope="module")
def harbour_users(harbour, rows_of):
    return {row["Login name"]: row for row in rows_of(harbour / "users.csv")}


@pytest.fixture(scope="module")
def harbour_days(harbour, rows_of):
    days = defaultdict(set)
    for row in rows_of(harbour / "record_changes.csv"):
        days[row["Changed by"]].add(british(row["Changed at"]))
    return days


def test_harbourfinch_segments(harbour_users, harbour_days, truth_of):
    """Changed records make the segments; who only logs in has no write trace and is not called rare."""
    first = dt.date(2026, 3, 9)
    found = {}
    for login, user in harbour_users.items():
        if user["Account type"] != "person" or user["End date"]:
            continue
        weeks = {(date - first).days // 7 for date in harbour_days[login] if date >= first}
        logged_in = bool(user["Last login"]) and british(user["Last login"]) >= first
        segment = "regular" if len(weeks) >= 8 else "occasional" if len(weeks) >= 3 else "rare"
        only_logins = not weeks and logged_in
        is_new = british(user["Start date"]) > dt.date(2026, 5, 31) - dt.timedelta(days=90)
        found[login] = "not_assessable" if is_new else "no_write_trace" if only_logins else segment
    expected = {login: row["segment"] for login, row in truth_of("harbourfinch").items() if row["segment"]}
    assert set(found) == set(expected)
    assert sum(found[login] == expected[login] for login in found) / len(found) >= 0.95
    assert Counter(expected.values()) == {
        "regular": 28, "occasional": 22, "no_write_trace": 14, "rare": 20, "not_assessable": 6,
    }  # fmt: skip


def test_harbourfinch_machines_write_too(harbour, rows_of):
    rows = rows_of(harbour / "record_changes.csv")
    assert list(rows[0]) == ["Changed at", "Changed by", "Module", "Record", "Operation"]
    assert {row["Operation"] for row in rows} == {"created", "changed"}
    assert {"svc.import", "svc.telephony"} <= {row["Changed by"] for row in rows}


def test_harbourfinch_dates_need_a_declaration(harbour_users):
    """Day and month alone do not tell which is which in every column."""
    assert {row["FTE"] for row in harbour_users.values()} == {"", "0.4", "0.6", "1.0"}
    assert any(british(row["Start date"]).day <= 12 for row in harbour_users.values())


def test_kleinod_bands(sample, truth_of):
    sheet = load_workbook(sample / "kleinod" / "exports" / "Benutzerliste.xlsx")["Benutzer"]
    header, *rows = sheet.iter_rows(values_only=True)
    users = [dict(zip(header, row, strict=True)) for row in rows]
    active = [user for user in users if user["Aktiv"] == "ja"]
    assert (len(users), len(active)) == (32, 30)
    bands = Counter(map(band, active))
    assert bands == {"within_4_weeks": 11, "weeks_5_12": 7, "over_12_weeks": 6, "never": 6}
    truth = truth_of("kleinod")
    assert {user["Benutzerkennung"]: band(user) for user in active}.items() <= {
        account: row["detail"] for account, row in truth.items()
    }.items()


def band(user) -> str:
    if not user["Letzte Anmeldung"]:
        return "never"
    last = dt.datetime.strptime(user["Letzte Anmeldung"], "%d.%m.%Y").date()
    n_days = (dt.date(2026, 4, 26) - last).days
    return "within_4_weeks" if n_days <= 28 else "weeks_5_12" if n_days <= 84 else "over_12_weeks"


def test_stadtwerke_has_one_cell_to_hide(sample, rows_of):
    file = sample / "stadtwerke" / "exports" / "Nutzung_je_Bereich.csv"
    rows = rows_of(file, delimiter=";", encoding="cp1252")
    assert {row["Nutzungsband"] for row in rows} == {"regelmäßig", "gelegentlich", "selten"}
    assert [row["Anzahl"] for row in rows if int(row["Anzahl"]) < 5] == ["3"]
    assert len({row["Organisationseinheit"] for row in rows}) == 5
