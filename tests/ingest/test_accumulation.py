"""Prepared tables are the client's memory: days and lists of earlier runs stay, nothing counts twice."""

import pandas as pd
import pytest

import crmkit
from crmkit import schema
from crmkit.ingest.days import accumulation

LOG = "{file: exports/log.csv, reader: generic.activity}"
USERS = "{file: exports/users.csv, reader: generic.users, exported: %s}"


def days(source, *rows):
    """Return activity and coverage of rows day, whole day or not, number of views."""
    if not rows:
        return {name: schema.empty(name) for name in ("activity", "coverage", "deliveries")}
    known = [(day, whole, n) for day, whole, n in rows]
    coverage = pd.DataFrame(
        [(source, pd.Timestamp(day), whole, "A") for day, whole, _ in known],
        columns=["source", "date", "complete", "tier"],
    )
    activity = pd.DataFrame(
        [("u", pd.Timestamp(day), "sales", "ui", source, 0, n, 0, 0) for day, _, n in known if n],
        columns=["user_id", "date", "area", "channel", "source", "n_login", "n_view", "n_write", "n_export"],
    )
    tables = {"activity": activity, "coverage": coverage, "deliveries": coverage.assign(delivery=str(known))}
    return {name: schema.conform(rows, name) for name, rows in tables.items()}


def views(tables):
    rows = tables["activity"].sort_values("date")
    return [(f"{row.date:%m-%d}", row.n_view) for row in rows.itertuples()]


@pytest.mark.parametrize(
    ("earlier", "today", "expected"),
    [
        # inside today's export today is right, also where it knows less
        ([("2026-01-02", True, 9)], [("2026-01-01", True, 1), ("2026-01-02", True, 2), ("2026-01-03", True, 3)],
         [("01-01", 1), ("01-02", 2), ("01-03", 3)]),
        # today's export begins in the middle of a day that the earlier one knows whole
        ([("2026-01-01", True, 9), ("2026-01-02", True, 9)], [("2026-01-02", True, 4), ("2026-01-03", True, 5)],
         [("01-01", 9), ("01-02", 9), ("01-03", 5)]),
        # the earlier one ended in the middle of a day
        ([("2026-01-01", True, 9), ("2026-01-02", True, 3)], [("2026-01-02", True, 8), ("2026-01-03", True, 5)],
         [("01-01", 9), ("01-02", 8), ("01-03", 5)]),
        # a gap of today's export that an earlier one fills
        ([("2026-01-02", True, 7)], [("2026-01-01", True, 1), ("2026-01-02", False, 0), ("2026-01-03", True, 3)],
         [("01-01", 1), ("01-02", 7), ("01-03", 3)]),
        ([], [("2026-01-01", True, 1)], [("01-01", 1)]),
        ([("2026-01-01", True, 1)], [], [("01-01", 1)]),
    ],
)  # fmt: skip
def test_each_day_comes_from_one_run(earlier, today, expected):
    made = accumulation.together(days("log", *earlier), days("log", *today))
    assert views(made) == expected
    assert not made["coverage"].duplicated(["source", "date"]).any()
    again = accumulation.together(made, days("log", *today))
    assert views(again) == expected


def test_sources_do_not_replace_each_other():
    made = accumulation.together(days("log", ("2026-01-01", True, 1)), days("other", ("2026-01-01", True, 2)))
    assert sorted(made["activity"]["n_view"]) == [1, 2]


def log(*rows):
    return "user_id;date;n_view\n" + "".join(f"{user};{day};{n}\n" for user, day, n in rows)


def users(*rows):
    return "user_id;Abteilung;Lizenz;Angelegt am\n" + "".join(f"{user};{unit};Voll;2024-01-01\n" for user, unit in rows)


def test_lists_are_remembered_with_their_day(folder_of):
    """The list of January is gone from the folder; who moved and who left is still known."""
    january = folder_of(
        [USERS % "2026-01-31"], {"exports/users.csv": users(("a", "Nord"), ("b", "Nord"), ("c", "Süd"))}
    )
    crmkit.ingest.prepare(january)
    june = folder_of([USERS % "2026-06-28"], {"exports/users.csv": users(("a", "Nord"), ("b", "Süd"))})
    made = crmkit.ingest.prepare(june)
    spans = made.assignments.sort_values(["org_unit", "from_date"])
    found = [(row.org_unit, str(row.to_date)[:10], row.evidence) for row in spans.itertuples()]
    assert sorted(found) == [
        ("Nord", "2026-06-27", "assumed"),  # b moved some time before
        ("Nord", "NaT", "stated"),
        ("Süd", "2026-01-31", "assumed"),  # c was on the earlier list last
        ("Süd", "NaT", "stated"),
    ]
    assert len(made.users) == 3
    again = crmkit.ingest.prepare(june)
    assert again.assignments.equals(made.assignments)


def test_a_list_that_is_read_right_at_last_replaces_itself(folder_of):
    text = "user_id;Abt;Abteilung\na;Nord;1\n"
    crmkit.ingest.prepare(folder_of([USERS % "2026-06-28"], {"exports/users.csv": text}))
    right = (USERS % "2026-06-28").replace("}", ", columns: {org_unit: Abt}}")
    made = crmkit.ingest.prepare(folder_of([right], {"exports/users.csv": text}))
    assert made.assignments["org_unit"].tolist() == ["Nord"]


def test_a_leaver_of_an_earlier_list_keeps_his_days(folder_of):
    files = {"exports/users.csv": users(("a", "Nord"), ("b", "Nord")), "exports/log.csv": log(("b", "2026-01-05", 2))}
    crmkit.ingest.prepare(folder_of([USERS % "2026-01-31", LOG], files))
    later = {
        "exports/users.csv": users(("a", "Nord")),
        "exports/log.csv": log(("a", "2026-06-01", 1), ("b", "2026-02-02", 1)),
    }
    folder = folder_of([USERS % "2026-06-28", LOG], later)
    crmkit.ingest.prepare(folder)
    activity = crmkit.open_client(folder).activity
    assert activity["n_view"].sum() == 4
    assert activity["user_id"].nunique() == 2


CHANGES = "user_id;timestamp\na;02/03/2026 09:00\na;05/03/2026 09:00\n"


def test_what_was_read_wrongly_goes_when_it_is_read_right(folder_of):
    """The first run took the month for the day; the second one may keep nothing of it."""
    entry = '{file: exports/log.csv, reader: generic.logins, date_format: "%s"}'
    crmkit.ingest.prepare(folder_of([entry % "%m/%d/%Y %H:%M"], {"exports/log.csv": CHANGES}))
    folder = folder_of([entry % "%d/%m/%Y %H:%M"], {"exports/log.csv": CHANGES})
    crmkit.ingest.prepare(folder)
    days = sorted(f"{day:%m-%d}" for day in crmkit.open_client(folder).activity["date"])
    assert days == ["03-02", "03-05"]


def test_another_reader_for_the_same_file_leaves_nothing_of_the_first(folder_of):
    text = "user_id;date;n_view\na;2026-03-02;3\n"
    crmkit.ingest.prepare(folder_of(["{file: exports/log.csv, reader: generic.activity}"], {"exports/log.csv": text}))
    folder = folder_of(
        ["{file: exports/log.csv, reader: generic.logins, columns: {timestamp: date}}"], {"exports/log.csv": text}
    )
    crmkit.ingest.prepare(folder)
    client = crmkit.open_client(folder)
    assert set(client.activity["source"]) == set(client.coverage["source"]) == {"generic.logins"}


def test_a_list_whose_mapping_was_put_right_leaves_no_other_people(folder_of):
    text = "user_id;Kürzel;Abteilung\n1;ab;Nord\n2;cd;Nord\n"
    wrong, right = USERS % "2026-06-27", (USERS % "2026-06-28").replace("}", ", columns: {user_id: Kürzel}}")
    crmkit.ingest.prepare(folder_of([wrong], {"exports/users.csv": text}))
    made = crmkit.ingest.prepare(folder_of([right], {"exports/users.csv": text}))
    assert len(made.users) == 2
    assert made.assignments["to_date"].isna().all()


def test_two_parts_of_a_client_are_no_two_states(folder_of):
    """Sales on one day, service two days later: nobody of sales has left."""
    exports = [
        "{file: exports/a.csv, reader: generic.users, exported: 2026-06-24}",
        "{file: exports/b.csv, reader: generic.users, exported: 2026-06-26}",
    ]
    sales, service = (
        users(*((f"{name}{n}", unit) for n in range(4))) for name, unit in (("v", "Sales"), ("s", "Service"))
    )
    made = crmkit.ingest.read_exports(folder_of(exports, {"exports/a.csv": sales, "exports/b.csv": service}))
    assert made.assignments["to_date"].isna().all()


def test_an_id_in_another_case_is_the_same_account(folder_of):
    crmkit.ingest.prepare(folder_of([USERS % "2026-03-31"], {"exports/users.csv": users(("ABerg", "Nord"))}))
    made = crmkit.ingest.prepare(folder_of([USERS % "2026-06-28"], {"exports/users.csv": users(("aberg", "Nord"))}))
    assert len(made.users) == 1
    assert made.assignments["to_date"].isna().all()
