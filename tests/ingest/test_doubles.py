"""What stands twice: rows of one account, numbers and addresses of several."""

import datetime as dt
import itertools

import polars as pl
import pytest

import crmkit
from crmkit.ingest.accounts import doubles, principals

HEAD = "user_id;name;email;employee_number;licence;active;org_unit;last_login;first_active;last_active\n"
GENERIC = "{file: exports/u.csv, reader: generic.users, exported: 2026-06-28}"


def made(folder_of, rows, **files):
    texts = {"exports/u.csv": HEAD + "".join(f"{row}\n" for row in rows)} | files
    logs = ["{file: exports/l.csv, reader: generic.logins}"] if files else []
    return crmkit.ingest.read_exports(folder_of([GENERIC, *logs], texts))


def asked(prepared):
    return {question.code: question.n for question in prepared.book.questions}


# rows of one account

TWICE = (
    "u1;Anna Berg;;;Basic;nein;Nord;2026-03-01;2024-01-01;2026-03-31",
    "U1;;a@m.example;;Premium;ja;;2026-06-01;2025-01-01;",
    "u1;Anna Berg;;;;ja;Süd;2026-05-01;2025-01-01;",
    "u2;Bert Wolf;;;Basic;ja;Nord;2026-06-02;2024-01-01;",
    "u3;Cem Aydin;;;Basic;ja;Nord;2026-06-02;2024-01-01;",
    "u4;Dora Lang;;;Basic;ja;Nord;2026-06-02;2024-01-01;",
    "u5;Emil Kurz;;;Basic;ja;Nord;2026-06-02;2024-01-01;",
)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_rows_of_one_account_in_any_order(folder_of, order):
    prepared = made(folder_of, [*(TWICE[place] for place in order), *TWICE[3:]])
    assert len(prepared.users) == 5
    (row,) = (
        prepared.snapshots[prepared.snapshots["first_active"] == "2024-01-01"]
        .sort_values("last_login")
        .head(1)
        .to_dict("records")
    )
    assert (row["state"], row["licence"], row["org_unit"]) == ("active", "Premium", "Süd")
    assert (row["last_login"].date(), row["first_active"].date()) == (dt.date(2026, 6, 1), dt.date(2024, 1, 1))
    assert row["last_active"] is None or row["last_active"] != row["last_active"]
    assert asked(prepared)["two_licences"] == 1
    assert prepared.ledger.set_index("reason")["n_rows"]["duplicate"] == 2


def test_the_last_day_of_an_account_that_is_not_active(folder_of):
    rows = ["u1;;;;Basic;nein;;;;2026-02-01", "u1;;;;basic ;nein;;;;2026-03-01", "u2;;;;Basic;ja;;;;"]
    prepared = made(folder_of, rows)
    assert prepared.users["last_active"].max().date() == dt.date(2026, 3, 1)
    assert "two_licences" not in asked(prepared)


def test_ids_of_salesforce_differ_by_case():
    given = pl.Series("given", ["005E00000012345", "005e00000012345", "u3", "U3", "Annabergmustern", "annabergmustern"])
    accounts = pl.Series("account", ["A", "B", "u3", "U3", "C", "D"])
    assert doubles.one_spelling(accounts, given).to_list() == ["A", "B", "u3", "u3", "C", "C"]


# numbers of several accounts


@pytest.mark.parametrize(
    ("names", "n_people"),
    [
        (("Anna Berg", "anna  BERG"), 1),
        (("Anna Berg", "Berg, Anna"), 1),
        (("Anna Müller", "Dr. Anna Mueller"), 1),
        (("Anna Berg", ""), 1),
        (("", ""), 1),
        (("Anna Berg", "Bert Wolf"), 2),
        (("Anna Berg", "Bert Wolf", "Anna Berg"), 3),
    ],
)
def test_whose_a_number_is(folder_of, names, n_people):
    prepared = made(folder_of, [f"u{place};{name};;extern;;ja;;;;" for place, name in enumerate(names)])
    assert prepared.users["person_id"].nunique() == n_people
    assert asked(prepared).get("shared_employee_number", 0) == (0 if n_people == 1 else len(names))


def test_people_csv_holds_whatever_the_number(folder_of):
    rows = ["u1;Anna Berg;;0;;ja;;;;", "u2;Bert Wolf;;0;;ja;;;;", "u3;Cem Aydin;;0;;ja;;;;"]
    folder = folder_of([GENERIC], {"exports/u.csv": HEAD + "\n".join(rows)})
    (folder / "people.csv").write_text("user_id;person\nu1;a\nu2;a\n", encoding="utf-8")
    assert crmkit.ingest.read_exports(folder).users["person_id"].nunique() == 2


def test_another_name_after_a_wedding_is_the_same_person():
    listed = pl.DataFrame(
        {"account": ["1", "1", "2"], "name": ["Anna Berg", "Anna Kraus", "Anna Berg"], "employee_number": ["7"] * 3,
         "kind": ["person"] * 3}
    )  # fmt: skip
    assert doubles.shared_numbers(listed) == []
    assert doubles.persons(listed).to_list() == ["7", "7", "7"]


# names of several accounts


def names_of(*accounts):
    columns = ["account", "name", "email", "kind", "active", "employee_number"]
    schema = dict.fromkeys(columns, pl.String) | {"active": pl.Boolean}
    rows = pl.DataFrame(accounts, schema=schema, orient="row").with_columns(named_system=pl.lit(""), system=pl.lit("x"))
    both = [principals.of_lists(rows), principals.of_lists(rows.reverse())]
    assert both[0] == both[1]
    return both[0][""]


@pytest.mark.parametrize("field", ["email", "name"])
@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("person", True), ("person", False), "1"),
        (("person", None), ("person", False), "1"),
        (("person", True), ("service", True), "1"),
        (("person", True), ("person", True), None),
        (("person", True), ("person", None), None),
        (("person", False), ("person", False), None),
        (("service", True), ("service", True), None),
    ],
)
def test_whose_a_shared_name_is(field, one, other, expected):
    shared = ("Anna Berg", None) if field == "name" else (None, "Info@m.example")
    found = names_of(("1", *shared, *one, None), ("2", *shared, *other, None))
    assert found.get("anna berg" if field == "name" else "info@m.example") == expected


def test_two_accounts_of_one_person_share_an_address():
    found = names_of(*((account, "Anna Berg", "a@m.example", "person", True, "7") for account in "12"))
    assert found["a@m.example"] == found["anna berg"] == "1"


def test_a_log_under_a_shared_address_is_nobodys(folder_of):
    rows = ["u1;Anna Berg;team@m.example;;;ja;;;;", "u2;Bert Wolf;team@m.example;;;ja;;;;"]
    log = "user_id;timestamp\nteam@m.example;2026-06-01 08:00\nu1;2026-06-02 08:00\nu2;2026-06-02 08:00\n"
    prepared = made(folder_of, rows, **{"exports/l.csv": log})
    assert len(prepared.activity) == 2
    assert prepared.ledger.set_index("reason")["n_rows"]["not_in_user_list"] == 1
