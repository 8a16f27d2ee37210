"""What each source covers and how far it can be relied on; what a client is asked for next."""

import datetime as dt

import pandas as pd
import pytest

from crmkit import schema
from crmkit.method import requests, sources
from crmkit.method.requests import Request

#: A Sunday: the window of two weeks begins on Monday 15 June.
AS_OF = dt.date(2026, 6, 28)
NOTHING = schema.empty("activity")


def covered(source: str, first: str, last: str, *, tier="A", without=()) -> pd.DataFrame:
    days = pd.date_range(first, last, unit="us")
    open_days = pd.to_datetime(list(without))
    return pd.DataFrame({"source": source, "date": days, "complete": ~days.isin(open_days), "tier": tier})


def ledger_of(*rows: tuple) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["source", "step", "reason", "n_rows"])
    return schema.conform(frame.assign(share=0.0), "ledger")


def days_of(source: str, n: int) -> pd.DataFrame:
    dates = pd.date_range("2026-06-15", periods=n)
    return schema.conform(pd.DataFrame({"user_id": "a", "date": dates, "source": source, "n_view": 1}), "activity")


def seen(coverage, ledger=None, activity=NOTHING, **more) -> pd.DataFrame:
    read = ledger_of(("log", "read", "read", 100)) if ledger is None else ledger
    return sources.overview(coverage, activity, read, as_of=AS_OF, weeks=2, **more)


def said(overview: pd.DataFrame) -> list[tuple]:
    return list(overview[["source", "light", "reasons"]].itertuples(index=False, name=None))


def test_every_column_of_a_log():
    coverage = covered("log", "2026-06-01", "2026-06-21", without=["2026-06-16", "2026-06-03"])
    result = seen(coverage, activity=days_of("log", 3), keeps_days={"log": 30})
    expected = pd.DataFrame({
        "source": ["log"], "tier": ["A"], "n_rows": [100], "n_person_days": [3],
        "first_date": pd.to_datetime(["2026-06-01"]).as_unit("us"),
        "last_date": pd.to_datetime(["2026-06-21"]).as_unit("us"),
        # of the two weeks one has an open Tuesday, the other is not covered at all
        "covered_share": [0.0], "n_gap_days": [1],
        "expires_date": pd.to_datetime(["2026-07-22"]).as_unit("us"),
        "light": ["red"], "reasons": [("covers_nothing", "gaps", "expires_soon")],
    })  # fmt: skip
    pd.testing.assert_frame_equal(result, expected)


@pytest.mark.parametrize(
    ("coverage", "expected"),
    [
        (covered("log", "2026-06-01", "2026-06-28"), ("green", ("covers_window",))),
        (covered("log", "2026-06-22", "2026-06-28"), ("amber", ("covers_part",))),
        (covered("log", "2026-05-01", "2026-05-28"), ("red", ("covers_nothing",))),
        (covered("log", "2026-06-01", "2026-06-28", without=["2026-06-24"]), ("amber", ("covers_part", "gaps"))),
        (
            covered("log", "2026-05-01", "2026-06-28", without=["2026-05-05"]),
            ("green", ("covers_window", "gaps_outside")),
        ),
    ],
)
def test_lights_of_a_log(coverage, expected):
    assert said(seen(coverage)) == [("log", *expected)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("log", "compare", "perhaps_cut_off", 100), "perhaps_cut_off"),
        (("log", "compare", "login_not_in_log", 9), "logins_missing"),
        (("log", "filter", "unreadable_date", 5), "many_unknown"),
        (("log", "filter", "unreadable_date", 4), None),
        # of ten person-days one is lost: people against people, not rows
        (("log", "match", "not_in_user_list", 1), "many_unknown"),
        (("log", "filter", "failed_login", 90), None),
    ],
)
def test_what_the_ledger_tells(row, reason):
    ledger = ledger_of(("log", "read", "read", 100), row)
    result = seen(covered("log", "2026-06-01", "2026-06-28"), ledger, days_of("log", 9))
    found = ("amber", (reason, "covers_window")) if reason else ("green", ("covers_window",))
    assert said(result) == [("log", *found)]


def test_what_is_noted_of_an_export_holds_for_its_parts():
    ledger = ledger_of(("log:Page", "read", "read", 5), ("log", "compare", "login_not_in_log", 9))
    [(_, light, reasons)] = said(seen(covered("log:Page", "2026-06-01", "2026-06-28"), ledger))
    assert (light, reasons) == ("amber", ("logins_missing", "covers_window"))


@pytest.mark.parametrize(
    ("day", "last_logins", "expected"),
    [
        ("2026-06-28", True, ("green", ("current_list",))),
        ("2026-05-31", True, ("green", ("current_list",))),
        ("2026-05-30", True, ("amber", ("old_list",))),
        ("2026-06-28", False, ("amber", ("no_last_logins", "current_list"))),
    ],
)
def test_lights_of_a_list(day, last_logins, expected):
    result = seen(covered("users", day, day, tier="C"), ledger_of(), last_logins=last_logins)
    assert said(result) == [("users", *expected)]


def test_sources_without_coverage():
    ledger = ledger_of(*((name, "read", "read", 5) for name in ("aggregates", "log:API", "log:Page", "mine")))
    tiers = {"aggregates": "E", "log:API": "A", "log:Page": "A"}
    result = seen(schema.empty("coverage"), ledger, days_of("log:API", 2), tier_of=tiers)
    assert said(result) == [
        ("aggregates", "green", ("delivered",)),
        ("log:API", "green", ("not_counted",)),
        ("log:Page", "red", ("covers_nothing",)),
        ("mine", "green", ("not_counted",)),
    ]


def test_the_consultants_own_tables_are_no_sources():
    ledger = ledger_of(*((name, "read", "read", 5) for name in sources.OWN_TABLES))
    result = seen(schema.empty("coverage"), ledger)
    assert list(result.columns) == list(sources.COLUMNS)
    assert result.empty


def test_expiry_is_said_within_thirty_days():
    coverage = covered("log", "2026-06-01", "2026-06-28")
    reasons = [seen(coverage, keeps_days={"log": n})["reasons"][0] for n in (30, 31)]
    assert reasons == [("covers_window", "expires_soon"), ("covers_window",)]


def test_input_stays_and_order_does_not_matter():
    coverage = pd.concat([covered("b", "2026-06-01", "2026-06-28"), covered("a", "2026-06-15", "2026-06-21")])
    ledger = ledger_of(("b", "read", "read", 2), ("a", "read", "read", 1))
    before = coverage.copy()
    result = seen(coverage, ledger)
    pd.testing.assert_frame_equal(coverage, before)
    pd.testing.assert_frame_equal(seen(coverage.iloc[::-1], ledger.iloc[::-1]), result)


# gaps


def test_gaps_are_runs_of_working_days():
    coverage = covered("log", "2026-06-01", "2026-06-12", without=["2026-06-04", "2026-06-05", "2026-06-08"])
    lists = covered("users", "2026-06-01", "2026-06-12", tier="C", without=["2026-06-04"])
    found = sources.gaps(pd.concat([coverage, lists]))
    expected = pd.DataFrame({
        "source": ["log"], "from_date": pd.to_datetime(["2026-06-04"]).as_unit("us"),
        "to_date": pd.to_datetime(["2026-06-08"]).as_unit("us"), "n_days": [3],
    })  # fmt: skip
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)


def test_days_between_two_exports_are_a_gap_and_open_weekends_are_none():
    coverage = pd.concat([covered("log", "2026-06-01", "2026-06-05"), covered("log", "2026-06-09", "2026-06-10")])
    weekend = covered("other", "2026-06-01", "2026-06-10", without=["2026-06-06", "2026-06-07"])
    found = sources.gaps(pd.concat([coverage, weekend]))
    assert found[["source", "n_days"]].to_numpy().tolist() == [["log", 1]]
    assert sources.gaps(schema.empty("coverage")).empty


def test_missing_spans_are_what_no_source_covers():
    coverage = pd.concat([covered("a", "2026-06-15", "2026-06-17"), covered("b", "2026-06-19", "2026-06-22")])
    assert sources.missing_spans(coverage, as_of=AS_OF, weeks=2) == [
        (dt.date(2026, 6, 18), dt.date(2026, 6, 18)),
        (dt.date(2026, 6, 23), dt.date(2026, 6, 26)),
    ]


# what is asked for


def asked(*parts: pd.DataFrame, licences=2, aggregates=None, **more) -> list[Request]:
    coverage = pd.concat(parts) if parts else schema.empty("coverage")
    overview = seen(coverage, ledger_of(), **more)
    bought = pd.DataFrame({"licence": ["x"] * licences})
    return requests.wanted(overview, coverage, as_of=AS_OF, weeks=2, licences=bought, aggregates=aggregates)


WHOLE = ("2026-06-01", "2026-06-28")
USERS = covered("users", "2026-06-28", "2026-06-28", tier="C")


def test_nothing_is_asked_for_that_is_there():
    assert asked(covered("log", *WHOLE), USERS) == []


def test_the_one_export_that_lifts_each_tier():
    assert asked(covered("log", *WHOLE, tier="B"), USERS) == [Request("export", "page_views")]
    assert asked(USERS) == [Request("export", "login_history")]
    assert asked() == [Request("export", "user_list")]
    assert asked(aggregates=pd.DataFrame({"n": [5]})) == [Request("export", "user_list")]


def test_the_rest_of_a_log_instead_of_another_one():
    views = covered("views", "2026-06-15", "2026-06-19")
    logins = covered("logins", *WHOLE, tier="B")
    missing = ((dt.date(2026, 6, 22), dt.date(2026, 6, 26)),)
    assert asked(views, logins, USERS) == [Request("fill", sources=("views",), spans=missing)]


def test_a_gap_of_the_tier_itself():
    spans = tuple((dt.date(2026, 6, day),) * 2 for day in (17, 24))
    log = covered("log", "2026-01-05", "2026-06-28", without=["2026-06-17"])
    coverage = pd.concat([log, USERS])
    overview = sources.overview(coverage, NOTHING, ledger_of(), as_of=AS_OF)
    bought = pd.DataFrame({"licence": ["x"]})
    found = requests.wanted(overview, coverage, as_of=AS_OF, licences=bought)
    assert found == [Request("fill", sources=("log",), spans=spans[:1])]


def test_lists_of_users():
    log, old = covered("log", *WHOLE), covered("users", "2026-01-31", "2026-01-31", tier="C")
    assert asked(log) == [Request("user_list")]
    assert asked(log, old) == [Request("newer_list")]
    assert asked(log, USERS, last_logins=False) == [Request("last_logins")]


def test_parts_of_a_log_are_kept_together_and_licences_come_last():
    parts = [covered(f"log:{name}", *WHOLE) for name in ("Page", "URI")]
    found = asked(*parts, USERS, licences=0, keeps_days={"log:Page": 30, "log:URI": 30})
    by = dt.date(2026, 7, 28)
    assert found == [Request("keep", sources=("log:Page", "log:URI"), by=by), Request("licences")]
