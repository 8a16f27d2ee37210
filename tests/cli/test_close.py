"""`crmkit close`: what it keeps, what it says, and what it refuses."""

import datetime as dt
import json

import icalendar
import pandas as pd
import pytest
import yaml

from crmkit import history
from crmkit.cli.closing import close
from crmkit.errors import HistoryError, InputError

SETTINGS = """
decisions: [Log sichern, {decision: Liste ablösen, owner_role: Leitung, by: 2026-10-31}]
next_date: 2026-12-10
"""
TODAY = dt.date(2026, 6, 30)


@pytest.fixture
def client(client_of, people_tables, days_in_weeks):
    """Return a function that makes a client of sixty people: ten use the CRM regularly, three occasionally."""

    def make(settings: str = SETTINGS):
        names = [f"u_{n:02d}" for n in range(60)]
        activity = pd.concat([days_in_weeks(name, 12 if n < 10 else 6) for n, name in enumerate(names[:13])])
        licences = pd.DataFrame({"licence": ["Sales"], "n_purchased": [70], "unit_cost_month": [10.0],
                                 "cost_year": [None], "currency": ["EUR"], "notice_date": [pd.NaT]})  # fmt: skip
        return client_of(settings=settings, activity=activity, licences=licences, **people_tables(names)).folder

    return make


def test_what_is_kept(client):
    folder = client()
    lines = list(close(folder, today=TODAY))
    assert [line.split(":")[0] for line in lines] == [
        "Muster GmbH", "  kept", "  told", "  next", "  still missing", "  For the next one",
    ]  # fmt: skip
    [one] = history.closed(folder, names=["Muster GmbH"])
    assert (one.number, one.as_of, one.closed_on, one.next_date) == (
        1, dt.date(2026, 6, 28), TODAY, dt.date(2026, 12, 10),
    )  # fmt: skip
    assert [(known.decision, known.owner_role, known.status) for known in one.decisions] == [
        ("Log sichern", "", "open"), ("Liste ablösen", "Leitung", "open"),
    ]  # fmt: skip
    assert one.said["tier"] == "A"
    assert one.entries("licences") == [
        {"licence": "Sales", "currency": "EUR", "n_purchased": 70, "cost_year": 8400.0, "notice_date": None}
    ]
    standing = one.tables["standing"]
    assert standing["rows"][2] == ["rare", 47, 60, 47 / 60]
    assert standing["definition"] == one.said["definition"]["hash"]
    assert (one.folder / "client.yml").read_text() == (folder / "client.yml").read_text()
    assert (folder / "history/released/2026-06-28.json").is_file()


def test_nobody_stands_in_what_is_kept(client):
    folder = client()
    list(close(folder, today=TODAY))
    kept = "".join(file.read_text(encoding="utf-8") for file in (folder / "history/R1").iterdir())
    assert "u_0" not in kept


def test_the_next_date_as_a_calendar_file(client):
    folder = client()
    list(close(folder, today=TODAY))
    raw = (folder / "history/R1/next_retrospective.ics").read_bytes()
    [event] = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    assert event.decoded("dtstart") == dt.date(2026, 12, 10)
    assert str(event["summary"]) == "CRM-Retrospektive Nr. 2: Muster GmbH"
    [alarm] = event.walk("VALARM")
    assert alarm.decoded("trigger") == dt.timedelta(days=-21)
    assert b"\r\n" in raw


def test_the_same_again_has_the_same_bytes(client, tmp_path):
    folder = client()
    list(close(folder, today=TODAY))
    files = {file.name: file.read_bytes() for file in (folder / "history/R1").iterdir()}
    for file in (folder / "history/R1").iterdir():
        file.unlink()
    list(close(folder, today=TODAY))
    assert {file.name: file.read_bytes() for file in (folder / "history/R1").iterdir()} == files


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("next_date: 2026-12-10\n", "client.yml: `decisions` is missing: what was decided, one to three lines. "
         "A retrospective is not closed without it."),
        ("decisions: [Log]\n", "client.yml: `next_date` is missing: the day of the next retrospective. "
         "A retrospective is not closed without it."),
    ],
)  # fmt: skip
def test_not_without_decisions_and_a_next_date(client, refused, settings, message):
    folder = client(settings)
    with refused(HistoryError, message):
        list(close(folder, today=TODAY))
    assert not (folder / "history").exists()


def test_not_twice(client, refused):
    folder = client()
    list(close(folder, today=TODAY))
    message = (
        "retrospective 1 is closed (as_of 2026-06-28), and a closed one is not changed. For the next one set `as_of` "
        "and `retrospective: 2` in client.yml."
    )
    with refused(HistoryError, message):
        list(close(folder, today=TODAY))


def test_the_next_one_follows(client, refused):
    folder = client()
    list(close(folder, today=TODAY))
    text = (folder / "client.yml").read_text()
    (folder / "client.yml").write_text(text.replace("as_of: 2026-06-28", "as_of: 2026-09-27") + "retrospective: 3\n")
    message = (
        "client.yml: retrospective 1 of 2026-06-28 was closed last. Set `retrospective: 2` and an `as_of` after it."
    )
    with refused(HistoryError, message):
        list(close(folder, today=dt.date(2026, 10, 1)))


def test_a_clock_that_was_set_back(client, refused):
    folder = client()
    message = "the clock of this machine says 2026-06-01, which lies before 2026-06-28. Set it right, then close."
    with refused(HistoryError, message):
        list(close(folder, today=dt.date(2026, 6, 1)))


def test_an_edited_history_is_named(client, refused):
    folder = client()
    list(close(folder, today=TODAY))
    file = folder / "history/R1/retrospective.yml"
    content = yaml.safe_load(file.read_text())
    content["decisions"][0]["decision"] = "Alles gut"
    file.write_text(yaml.safe_dump(content))
    message = (
        "history/R1/retrospective.yml: is not what was sealed when the retrospective was closed. Restore it from a "
        "backup; what became of decisions belongs into became.yml."
    )
    with refused(HistoryError, message):
        list(close(folder, today=TODAY))


def test_on_the_command_line(client, crmkit):
    folder = client("decisions: [Log]\n")
    done = crmkit("close", folder)
    assert (done.code, done.out) == (1, "")
    assert done.err == (
        "error: client.yml: `next_date` is missing: the day of the next retrospective. A retrospective is not closed "
        "without it.\n"
    )


def test_numbers_that_are_masked_are_kept_as_nothing(client):
    folder = client()
    list(close(folder, today=TODAY))
    kept = json.loads((folder / "history/R1/tables.json").read_text())
    rows = {row[0]: row for row in kept["standing"]["rows"]}
    assert (rows["rare"][1], rows["occasional"][1:]) == (47, [None, 60, None])


def test_check_says_what_was_closed(client):
    from crmkit.cli.checking import history as kept
    from crmkit.settings import read_settings

    folder = client()
    settings = read_settings(folder / "client.yml")
    assert list(kept.lines(folder, settings)) == []
    list(close(folder, today=TODAY))
    (folder / "history/R1/became.yml").write_text("- {decision: Log sichern, status: done}\n", encoding="utf-8")
    assert list(kept.lines(folder, settings)) == [
        "  R1 of 2026-06-28: closed on 2026-06-30; decisions: 1 done, 1 open",
        "  this retrospective is closed: for the next one set `as_of` and `retrospective: 2`",
    ]


@pytest.fixture
def named(tmp_path):
    """Return a function that writes a client whose user list holds a name."""

    def make(settings: str):
        users = "".join(f"u{n:02d};Name{n} Beispiel{n};Vertrieb\n" for n in range(30))
        (tmp_path / "users.csv").write_text(f"Benutzer;Anzeigename;Abteilung\newinter;Eva Winter;Vertrieb\n{users}")
        (tmp_path / "client.yml").write_text(
            "name: Muster GmbH\nas_of: 2026-06-28\n"
            f"exports:\n  - {{file: users.csv, reader: generic.users, exported: 2026-06-28}}\n{settings}",
            encoding="utf-8",
        )
        return tmp_path

    return make


AGREED = "next_date: 2026-12-10\ndecisions: [Log sichern]\n"


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        ("next_date: 2026-12-10\ndecisions: [Eva Winter schult]\n", "`decisions`"),
        (f"{AGREED}participants: [Vertriebsleitung, Eva Winter]\n", "`participants`"),
        (f"{AGREED}commitments: [{{role: Eva Winter, commitment: hilft}}]\n", "`commitments`"),
        (f"{AGREED}brand: {{consultant: Eva Winter}}\n", "`brand`"),
    ],
)
def test_nobody_is_named_in_what_is_kept(named, refused, settings, place):
    folder = named(settings)
    message = (
        f"{place}: holds a name, address, user name or id of one of the client's users, and would be kept for years. "
        "Write roles and teams, not people; nothing was closed."
    )
    with refused(HistoryError, message):
        list(close(folder, today=TODAY))
    assert not (folder / "history").exists()


def test_a_change_that_names_somebody_is_not_kept(named, refused):
    folder = named(AGREED)
    (folder / "measures.csv").write_text("measure,note\nSchulung,mit der Leitung\n", encoding="utf-8")
    (folder / "changes.csv").write_text("date,kind,title\n2026-05-01,cultural,Eva Winter leitet\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        list(close(folder, today=TODAY))
    assert str(caught.value) == (
        "changes.csv: column `title`, row 2: refused: it holds a name or address of a user and would be printed; name "
        "roles and teams, not people."
    )


def test_accounts_that_are_named_are_not_kept(named):
    """Which account is a machine's is said by its name; remarks go with it."""
    folder = named(f"# fragen: Eva Winter\naccounts: {{person: [ewinter]}}\n{AGREED}")
    list(close(folder, today=TODAY))
    kept = (folder / "history/R1/client.yml").read_text()
    assert yaml.safe_load(kept) == {
        key: value for key, value in yaml.safe_load((folder / "client.yml").read_text()).items() if key != "accounts"
    }
    assert "winter" not in kept.casefold()
