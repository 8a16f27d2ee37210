"""What the personnel department knows of the users, and numbers of working time."""

import pandas as pd
import polars as pl
import pytest

import crmkit
from crmkit.errors import InputError
from crmkit.ingest.accounts import working_life
from crmkit.ingest.discretion.keys import read_key
from crmkit.ingest.discretion.pseudonyms import user_pseudonym

LIST = "{file: exports/users.csv, reader: generic.users, exported: 2026-06-28}"
USERS = "Kennung;E-Mail;Abteilung;Lizenz;FTE;Aktiv\nu1;a@x.example;Nord;Voll;1,0;ja\nu2;b@x.example;Nord;Voll;;ja\n"


def prepared(folder_of, people: str, users: str = USERS):
    folder = folder_of([LIST], {"exports/users.csv": users, "people.csv": people})
    tables = crmkit.ingest.prepare(folder)
    key = read_key(folder)
    return tables, [user_pseudonym(key, name) for name in ("u1", "u2")]


def test_people_know_better_than_the_crm(folder_of):
    people = "user_id;fte;Bundesland;org_unit;left\nB@x.example;50 %;Bayern;Süd;31.03.2026\nnobody;100 %;;;\n"
    tables, (first, second) = prepared(folder_of, people)
    spans = tables.assignments.set_index("user_id")[["org_unit", "fte", "subdivision"]]
    assert spans.loc[[first, second]].values.tolist() == [["Nord", 1.0, ""], ["Süd", 0.5, "BY"]]
    users = tables.users.set_index("user_id")
    assert pd.isna(users.loc[first, "last_active"])
    assert users.loc[second, "last_active"] == pd.Timestamp("2026-03-31")
    # The CRM does not know that: the licence is still held.
    assert pd.isna(tables.assignments.set_index("user_id").loc[second, "to_date"])
    rows = tables.ledger.query("source == 'people.csv' and reason == 'not_in_user_list'")
    assert rows["n_rows"].tolist() == [1]


@pytest.mark.parametrize(
    ("people", "message"),
    [
        ("user_id;Grund\nu1;krank\n", "people.csv: column `Grund` is refused: reasons for absence are health data. "
         "Remove it from the file."),
        ("user_id;fte\nu1;0.5\nu1;0.6\n", "people.csv: column `user_id`, row 3: stands here twice. Keep one row."),
        ("user_id;fte\nu1;halb\n", "people.csv: column `fte`, row 2: not a number. Write it as 1234.5 or 1.234,5."),
        ("user_id;fte\nu1;38,5\nu2;20\n", "people.csv: column `fte`: neither shares of a full contract (0.5) nor "
         "percent (50 %), perhaps hours. Write them as shares."),
        ("fte\n1\n", "people.csv: column `user id` is missing. Found: `fte`. Map it in client.yml: "
         "`columns: {user_id: Header in the file}`."),
    ],
)  # fmt: skip
def test_bad_lists_are_named(folder_of, people, message, refused):
    with refused(InputError, message):
        prepared(folder_of, people)


@pytest.mark.parametrize(
    ("given", "expected"),
    [(["0,5", "1", None], [0.5, 1.0, None]), (["50", "100"], [0.5, 1.0]), (["120 %", "0%"], [1.2, 0.0]),
     (["1.2", "0"], [1.2, 0.0]), ([None], [None])],
)  # fmt: skip
def test_part_time_follows_from_the_whole_column(given, expected):
    found = working_life.part_time(pl.Series("fte", given, dtype=pl.String), file="f", column="c")
    assert found.to_list() == expected


def test_impossible_working_time_is_kept_for_naming(folder_of):
    tables, (first, second) = prepared(folder_of, "user_id;fte\nu1;0\nu2;1.2\n")
    assert tables.assignments.set_index("user_id").loc[[first, second], "fte"].tolist() == [0.0, 1.2]


def test_states_by_name_or_code():
    given = pl.Series("s", ["Bayern", "Nordrhein-Westfalen", "BY", "Augsburg", None])
    assert working_life.subdivision(given).to_list() == ["BY", "NW", "BY", "Augsburg", None]


LICENCES = {
    "Voll,10,,,\nVoll,5,,,": "row 3: the licence stands twice; add the numbers up, or name the contracts apart.",
    "Voll,-1,,,": "row 2: a negative number.",
    "Voll,10,10,,": "row 2: a price without `currency`.",
    "Voll,10,10,1500,EUR": "row 2: `unit_cost_month` × `n_purchased` × 12 and `cost_year` differ; keep one of them.",
}


@pytest.mark.parametrize("rows", LICENCES)
def test_licences_that_cannot_be_right(folder_of, refused, rows):
    header = "licence,n_purchased,unit_cost_month,cost_year,currency\n"
    folder = folder_of([LIST], {"exports/users.csv": USERS, "licences.csv": header + rows + "\n"})
    with refused(InputError, f"licences.csv: {LICENCES[rows]}"):
        crmkit.ingest.prepare(folder)


def test_a_placeholder_for_a_number_shares_nothing(folder_of):
    """`extern` is nobody's personnel number: what is stated of one of them holds for him alone."""
    users = "Kennung;Name;Personalnummer;Abteilung\nu1;Anna Berg;extern;Nord\nu2;Ben Haas;extern;Nord\n"
    files = {"exports/u.csv": users, "people.csv": "user_id;FTE;Austritt\nu1;0,5;31.03.2026\n"}
    made = crmkit.ingest.read_exports(
        folder_of(["{file: exports/u.csv, reader: generic.users, exported: 2026-06-28}"], files)
    )
    assert made.users["person_id"].nunique() == 2
    assert sorted(made.assignments["fte"].fillna(1)) == [0.5, 1.0]
    assert made.users["last_active"].notna().sum() == 1
