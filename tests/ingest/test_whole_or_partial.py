"""Gaps in the middle of a log, exports that are cut off or filtered: noticed, never taken for little use."""

import datetime as dt

import pandas as pd
import pytest

import crmkit
from crmkit.ingest.days import partial

LOG = "{file: exports/log.csv, reader: generic.activity}"
FIRST = dt.date(2026, 3, 2)


def log(n_people, is_there, *, n_weeks=10):
    """Return a log of some people who act on every working day for which `is_there` is true."""
    rows = ["user_id;date;n_view"]
    for n in range(7 * n_weeks):
        day = FIRST + dt.timedelta(days=n)
        if day.weekday() < 5 and is_there(day):
            rows += [f"u{user};{day};1" for user in range(n_people)]
    return "\n".join(rows) + "\n"


def gaps(folder_of, text, settings="", reader="generic.activity"):
    made = crmkit.ingest.read_exports(
        folder_of([LOG.replace("generic.activity", reader)], {"exports/log.csv": text}, settings=settings)
    )
    missing = made.coverage[~made.coverage["complete"]]
    return [f"{day:%m-%d}" for day in sorted(missing["date"])]


def test_a_day_on_which_nobody_acted_is_missing(folder_of):
    assert gaps(folder_of, log(12, lambda day: day != dt.date(2026, 3, 25))) == ["03-25"]


def test_holidays_are_no_gaps(folder_of):
    # Good Friday, Easter Monday, Labour Day
    free = {dt.date(2026, 4, 3), dt.date(2026, 4, 6), dt.date(2026, 5, 1)}
    assert gaps(folder_of, log(12, lambda day: day not in free)) == []


def test_nor_are_the_companys_own_days_off(folder_of):
    closed = {dt.date(2026, 3, 25), dt.date(2026, 3, 26)}
    text = log(12, lambda day: day not in closed)
    assert gaps(folder_of, text) == ["03-25", "03-26"]
    assert gaps(folder_of, text, 'calendar: {free_days: ["2026-03-25"], half_days: ["03-26"]}\n') == []


def test_few_people_may_be_away_for_a_day_but_not_for_weeks(folder_of):
    away = {dt.date(2026, 3, 25)}
    assert gaps(folder_of, log(4, lambda day: day not in away)) == []
    away |= {dt.date(2026, 3, 23), dt.date(2026, 3, 24)}
    assert gaps(folder_of, log(4, lambda day: day not in away)) == ["03-23", "03-24", "03-25"]
    assert gaps(folder_of, log(2, lambda day: not 16 <= day.day <= 27)) == []


def test_a_log_that_is_written_on_mondays_has_no_gaps(folder_of):
    assert gaps(folder_of, log(30, lambda day: day.weekday() == 0)) == []


def test_a_missing_week_is_not_observed(folder_of):
    text = log(12, lambda day: not dt.date(2026, 3, 23) <= day <= dt.date(2026, 3, 27))
    listed = "user_id;Angelegt am\n" + "".join(f"u{n};01.01.2024\n" for n in range(12))
    users = "{file: exports/users.csv, reader: generic.users}"
    folder = folder_of([LOG, users], {"exports/log.csv": text, "exports/users.csv": listed})
    crmkit.ingest.prepare(folder)
    client = crmkit.open_client(folder)
    weeks = crmkit.panel.weekly(client.activity, client, as_of=dt.date(2026, 5, 10))
    states = weeks[weeks["week"] == pd.Timestamp("2026-03-23")]["state"].unique().tolist()
    assert states == ["unobserved"]


@pytest.mark.parametrize("n", [20_000, 65_535])
def test_round_ends_are_asked_about(folder_of, n, monkeypatch):
    monkeypatch.setattr(partial, "SPREADSHEET_ENDS", (65_535 if n == 65_535 else 7,))
    n_rows = 7 if n == 20_000 else 3
    text = "user_id;date;n_view\n" + "".join(f"u{k};2026-06-01;1\n" for k in range(n_rows))
    made = crmkit.ingest.read_exports(folder_of([LOG], {"exports/log.csv": text}))
    asked = [str(question) for question in made.book.questions if question.code == "perhaps_cut_off"]
    if n_rows == 7:
        assert asked == [
            "generic.activity: exactly 7 rows, a number at which exports are cut off: ask for the rest, or by month"
        ]
        row = made.ledger[made.ledger["reason"] == "perhaps_cut_off"].iloc[0]
        assert (row["step"], row["n_rows"]) == ("compare", 7)
    else:
        assert asked == []


def users(n, day):
    return "user_id;Letzte Anmeldung\n" + "".join(f"u{k};{day}\n" for k in range(n))


def test_people_whose_last_login_the_log_does_not_know(folder_of):
    """The list says that ten logged in on the 15th; a log of that month knows four of them."""
    logins = "user_id;timestamp\n" + "".join(f"u{k};2026-06-{day:02d} 08:00\n" for k in range(4) for day in (1, 15, 26))
    exports = ["{file: exports/u.csv, reader: generic.users, exported: 2026-06-28}",
               "{file: exports/l.csv, reader: generic.logins}"]  # fmt: skip
    made = crmkit.ingest.read_exports(
        folder_of(exports, {"exports/u.csv": users(10, "15.06.2026"), "exports/l.csv": logins})
    )
    assert [str(question) for question in made.book.questions] == [
        "generic.logins: of 10 people who by the user list logged in last within this log, it knows 4: is the export "
        "filtered, or taken by somebody who may not see all?"
    ]
    assert made.ledger.set_index("reason")["n_rows"]["login_not_in_log"] == 6
    # one day apart is a matter of time zones
    made = crmkit.ingest.read_exports(
        folder_of(exports, {"exports/u.csv": users(4, "16.06.2026"), "exports/l.csv": logins})
    )
    assert made.book.questions == []


def test_accounts_that_no_list_has(folder_of):
    logins = "user_id;timestamp\nu0;2026-06-01 08:00\nu1;2026-06-01 08:00\nghost;2026-06-02 08:00\n"
    exports = [
        "{file: exports/u.csv, reader: generic.users, exported: 2026-06-28}",
        "{file: exports/l.csv, reader: generic.logins}",
    ]
    made = crmkit.ingest.read_exports(
        folder_of(exports, {"exports/u.csv": users(2, "01.06.2026"), "exports/l.csv": logins})
    )
    assert [str(question) for question in made.book.questions] == [
        "logs know 1 accounts that no user list has: is the list complete, with those that are no longer active?"
    ]


def test_objects_without_an_area_are_counted(folder_of):
    text = "user_id;date;object;n_view\nu;2026-06-01;Projekt__c;3\n"
    text += "u;2026-06-01;Lead;1\nu;2026-06-02;Projekt__c;1\nu;2026-06-02;;1\n"
    made = crmkit.ingest.read_exports(folder_of([LOG], {"exports/log.csv": text}))
    assert {name: dict(counts) for name, counts in made.book.unmapped.items()} == {
        "generic.activity": {"Projekt__c": 2, "": 1}
    }
    mapped = folder_of([LOG], {"exports/log.csv": text}, settings="areas: {projekt C: service}\n")
    assert set(crmkit.ingest.read_exports(mapped).activity["area"]) == {"service", "sales", "other"}
