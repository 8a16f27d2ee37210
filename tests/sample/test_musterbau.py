"""Musterbau's raw rows show the picture they were made for, counted here without the kit."""

import datetime as dt
from collections import Counter, defaultdict
from itertools import pairwise

import holidays
import pytest

AS_OF, FIRST = dt.date(2026, 6, 28), dt.date(2025, 6, 29)
PUBLIC_HOLIDAYS = holidays.country_holidays("DE", subdiv="BY", years=(2025, 2026))
SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


@pytest.fixture(scope="module")
def exports(sample):
    return sample / "musterbau" / "exports"


@pytest.fixture(scope="module")
def users(exports, rows_of):
    return rows_of(exports / "users_2026-06-28.csv")


@pytest.fixture(scope="module")
def views(exports, rows_of):
    """Return all page views, headers in the middle left out, requests that stand twice once."""
    files = sorted((exports / "eventlog").glob("LightningPageView_*.csv.gz"))
    rows = [row for file in files for row in rows_of(file) if row["EVENT_TYPE"] != "EVENT_TYPE"]
    return list({row["REQUEST_ID"]: row for row in rows}.values())


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text[:10])


def window(as_of: dt.date) -> list[dt.date]:
    """Return the twelve Mondays; every one of these weeks has three working days or more."""
    mondays = [as_of - dt.timedelta(days=6 + 7 * n) for n in range(12)]
    n_working = [sum(monday + dt.timedelta(days=n) not in PUBLIC_HOLIDAYS for n in range(5)) for monday in mondays]
    assert min(n_working) >= 3
    return mondays


def segments(users, days, as_of):
    """Return person → segment by the definition, for people with a licence on the day."""
    found = {}
    for user in users:
        has_left = user["IsActive"] == "false" and day(user["LastModifiedDate"]) < as_of
        is_person = user["UserType"] == "Standard" and "Integration" not in user["Profile.Name"]
        if not is_person or has_left or day(user["CreatedDate"]) > as_of:
            continue
        own = days.get(user["EmployeeNumber"], set())
        active = sum(any(monday + dt.timedelta(days=n) in own for n in range(7)) for monday in window(as_of))
        is_new = day(user["CreatedDate"]) > as_of - dt.timedelta(days=90)
        segment = "regular" if active >= 8 else "occasional" if active >= 3 else "rare"
        found[user["EmployeeNumber"]] = "not_assessable" if is_new else segment
    return found


def shares(found: dict[str, str]) -> list[float]:
    counts = Counter(found.values())
    n_total = sum(counts.values()) - counts["not_assessable"]
    return [counts[segment] / n_total for segment in ("regular", "occasional", "rare")]


@pytest.fixture(scope="module")
def today(users, views):
    person = {user["Id"]: user["EmployeeNumber"] for user in users}
    days = defaultdict(set)
    for view in views:
        days[person[view["USER_ID_DERIVED"]]].add(day(view["TIMESTAMP_DERIVED"]))
    return segments(users, days, AS_OF)


def test_thirty_thirty_forty(today):
    assert shares(today) == pytest.approx([0.30, 0.30, 0.40], abs=0.02)
    assert (len(today), Counter(today.values())["not_assessable"]) == (200, 10)


def test_the_truth_agrees(today, truth_of):
    people = {row["person"]: row for row in truth_of("musterbau").values() if row["segment"]}
    assert set(people) == set(today)
    agreed = [people[person]["segment"] == segment for person, segment in today.items()]
    assert sum(agreed) / len(agreed) >= 0.97


def test_details_of_the_rare(today, truth_of, views, users):
    """Dormant people have logged in some time but opened nothing in the window; never means no login."""
    person = {user["Id"]: user["EmployeeNumber"] for user in users}
    first = window(AS_OF)[-1]
    seen = {person[view["USER_ID_DERIVED"]] for view in views if day(view["TIMESTAMP_DERIVED"]) >= first}
    ever = {user["EmployeeNumber"] for user in users if user["LastLoginDate"]}
    detail = {row["person"]: row["detail"] for row in truth_of("musterbau").values()}
    rare = [who for who, segment in today.items() if segment == "rare" and detail[who]]
    found = {who: "rare" if who in seen else "dormant" if who in ever else "never" for who in rare}
    assert sum(found[who] == detail[who] for who in rare) / len(rare) >= 0.95
    assert min(Counter(found.values()).values()) >= 15


def test_first_retrospective_by_logins(users, exports, rows_of):
    person = {user["Username"]: user["EmployeeNumber"] for user in users}
    days = defaultdict(set)
    for row in rows_of(exports / "LoginHistory_2025H1.csv"):
        if (row["Anmeldetyp"], row["Status"]) == ("Anwendung", "Erfolgreich") and row["Benutzername"] in person:
            clock = row["Anmeldezeit"].rsplit(" ", 1)[0]
            date = dt.datetime.strptime(clock, "%d.%m.%Y %H:%M:%S").date()
            days[person[row["Benutzername"]]].add(date)
    assert shares(segments(users, days, FIRST)) == pytest.approx([0.25, 0.30, 0.45], abs=0.02)


def test_units_are_large_enough_for_most(users, today):
    unit = {user["EmployeeNumber"]: user["Department"] for user in users}
    sizes = Counter(unit[person] for person, segment in today.items() if segment != "not_assessable")
    assert sorted(sizes.values()) == [8, 18, 27, 28, 33, 37, 39]


def test_ids_differ_by_case_and_carry_their_checksum(users):
    ids = [user["Id"] for user in users]
    short = {text[:15] for text in ids}
    assert len({text.lower() for text in short}) < len(short) == len(ids)
    for text in ids:
        chunks = (text[start : start + 5] for start in (0, 5, 10))
        suffix = "".join(SUFFIX[sum(1 << n for n, c in enumerate(chunk) if c.isupper())] for chunk in chunks)
        assert text[15:] == suffix


def test_one_person_with_two_accounts(users, views):
    numbers = Counter(user["EmployeeNumber"] for user in users if user["EmployeeNumber"])
    twice = [number for number, n in numbers.items() if n == 2]
    assert (len(twice), max(numbers.values())) == (1, 2)
    both = {user["Id"] for user in users if user["EmployeeNumber"] == twice[0]}
    assert both <= {view["USER_ID_DERIVED"] for view in views}


def test_names_are_all_different(users):
    people = [user for user in users if user["EmployeeNumber"]]
    assert len({user["Name"] for user in people}) == len({user["EmployeeNumber"] for user in people})
    assert any(set("äöüß") & set(user["Name"]) for user in people)


def test_services_dominate_the_interface(exports, rows_of, truth_of):
    kinds = {account: row["account_type"] for account, row in truth_of("musterbau").items()}
    rows = rows_of(exports / "eventlog" / "API_2026-06.csv.gz")
    counts = Counter(kinds[row["USER_ID_DERIVED"]] for row in rows)
    assert counts["service"] / counts.total() > 0.68
    assert counts["person"] > 0


def test_quirks_of_joined_files(exports, rows_of):
    october = rows_of(exports / "eventlog" / "LightningPageView_2025-10.csv.gz")
    assert sum(row["EVENT_TYPE"] == "EVENT_TYPE" for row in october) >= 3
    requests = Counter(row["REQUEST_ID"] for row in october if row["EVENT_TYPE"] != "EVENT_TYPE")
    assert max(requests.values()) == 2


def test_both_zone_words_and_nobodys_logins(exports, rows_of):
    rows = rows_of(exports / "LoginHistory_2025H1.csv")
    assert {row["Anmeldezeit"].rsplit(" ", 1)[1] for row in rows} == {"MEZ", "MESZ"}
    assert sum(row["Benutzername"].endswith("@00d200000abcdb") for row in rows) == 2
    assert {row["Status"] for row in rows} == {"Erfolgreich"}
    failed = [row for row in rows_of(exports / "LoginHistory_2026H1.csv") if row["Status"] == "Invalid Password"]
    assert len(failed) >= 1


def test_a_year_with_its_seasons(views):
    """Summer and Christmas are quiet, the failed release dips, the training lifts."""
    weeks = Counter((date - dt.timedelta(days=date.weekday())) for date in (day(v["TIMESTAMP_DERIVED"]) for v in views))

    def per_week(first: dt.date, last: dt.date) -> float:
        return sum(n for week, n in weeks.items() if first <= week <= last) / ((last - first).days // 7 + 1)

    october = per_week(dt.date(2025, 10, 6), dt.date(2025, 10, 20))
    assert per_week(dt.date(2025, 8, 4), dt.date(2025, 8, 25)) < 0.8 * october
    assert per_week(dt.date(2025, 11, 10), dt.date(2025, 12, 1)) < 0.7 * october
    assert per_week(dt.date(2025, 12, 22), dt.date(2025, 12, 29)) < 0.3 * october
    assert per_week(dt.date(2026, 3, 9), dt.date(2026, 3, 23)) > 1.1 * october
    assert not any(date in PUBLIC_HOLIDAYS for date in {day(view["TIMESTAMP_DERIVED"]) for view in views})


def test_rows_are_in_order(views):
    assert all(a["TIMESTAMP_DERIVED"] <= b["TIMESTAMP_DERIVED"] for a, b in pairwise(views))
