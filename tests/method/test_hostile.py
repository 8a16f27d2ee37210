"""Frames and arguments that cannot be right: one line that says what is wrong, never a traceback of a library."""

import pandas as pd
import polars as pl
import pytest

from crmkit.method import panel, segments

DAYS = pd.DataFrame({"user_id": ["a"], "date": ["2026-06-23"], "n_view": [1]})
USERS = pd.DataFrame({"user_id": ["a"], "person_id": ["a"]})
COVERAGE = pd.DataFrame({"source": ["log"], "date": ["2026-06-22"]})
JUNE = "2026-06-28"


def weekly(activity=DAYS, people=None, **changes):
    return panel.weekly(activity, people, **{"as_of": JUNE, **changes})


def with_attrs(**attrs):
    weeks = weekly()
    weeks.attrs |= attrs
    return weeks


CASES = {
    "no day": (lambda: weekly(as_of=pd.NaT), "as_of=NaT: no date, write it as YYYY-MM-DD."),
    "nothing": (lambda: weekly(as_of=None), "as_of=None: no date, write it as YYYY-MM-DD."),
    "no text": (lambda: weekly(as_of=""), "as_of='': no date, write it as YYYY-MM-DD."),
    "German date": (lambda: weekly(as_of="28.06.2026"), "as_of='28.06.2026': no date, write it as YYYY-MM-DD."),
    "Caesar": (lambda: weekly(as_of="0001-01-01"), "as_of=0001-01-01: before 1970-01-01, no CRM is that old."),
    "a truth value": (lambda: weekly(weeks=True), "weeks=True: a window has 1 to 1000 weeks."),
    "half a week": (lambda: weekly(weeks=2.5), "weeks=2.5: a window has 1 to 1000 weeks."),
    "lazy": (
        lambda: weekly(pl.LazyFrame({"user_id": ["a"], "date": ["2026-06-23"]})),
        "table `activity`: a LazyFrame is no eager frame (TypeError).",
    ),
    "a list": (lambda: weekly([1]), "table `activity`: a list is no eager frame (TypeError)."),
    "twice": (
        lambda: weekly(pd.concat([DAYS, DAYS[["date"]]], axis=1)),
        "table `activity`: a DataFrame is no eager frame (DuplicateError).",
    ),
    "days without a date": (
        lambda: weekly(DAYS.assign(date=None)),
        "table `activity`: `date` is empty in some rows.",
    ),
    "negative": (lambda: weekly(DAYS.assign(n_view=-1)), "table `activity`: a negative number in `n_view`, `n_write`."),
    "half an action": (
        lambda: weekly(DAYS.assign(n_view=0.5)),
        "column `activity.n_view` cannot be read as int: ValueError.",
    ),
    "an unknown kind": (
        lambda: weekly(people={"users": USERS.assign(account_type="Person"), "coverage": COVERAGE}),
        "table `users`: `account_type` `Person` not known. Known: `person`, `service`, `portal`, `test`.",
    ),
    "a user twice": (
        lambda: weekly(people={"users": pd.concat([USERS, USERS]), "coverage": COVERAGE}),
        "table `users`: an account stands twice in `user_id`, expected one row an account.",
    ),
    "no coverage": (lambda: weekly(people={"users": USERS}), "people: `coverage` missing. Found: `users`."),
    "a frame for people": (
        lambda: weekly(people=USERS),
        "people: a DataFrame, expected a client or a mapping of tables.",
    ),
    "complete as text": (
        lambda: weekly(people={"users": USERS, "coverage": COVERAGE.assign(complete="no")}),
        "column `coverage.complete` cannot be read as bool: ValueError.",
    ),
    "no source": (
        lambda: weekly(people={"users": USERS, "coverage": COVERAGE}),
        "table `activity`: `source` is missing. In `coverage`: `log`.",
    ),
    "nine days a week": (
        lambda: weekly(
            people={
                "users": USERS, "coverage": COVERAGE,
                "availability": pd.DataFrame({"user_id": ["a"], "week": ["2026-06-22"], "available_days": [9.0]}),
            }
        ),
        "table `availability`: `available_days` outside 0 to 7.",
    ),
    "another version": (
        lambda: segments.assign(with_attrs(definition={"foo": 1})),
        "attrs: `definition` is not one of this version. Make the frame again.",
    ),
    "a person twice in a week": (
        lambda: segments.assign(pd.concat([weekly(), weekly()])),
        "panel: a person has two rows in one week, expected one.",
    ),
    "no segment": (
        lambda: segments.shares(pd.DataFrame({"user_id": ["a"]})),
        "people: `segment` missing. Found: `user_id`.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_cannot_be_right_is_named(name, refused):
    from crmkit.errors import MethodError

    call, message = CASES[name]
    with refused(MethodError, message):
        call()


def test_a_polars_panel_is_taken_too():
    weeks = weekly()
    assert segments.assign(pl.from_pandas(weeks))["segment"].tolist() == segments.assign(weeks)["segment"].tolist()
