"""Who the accounts belong to: persons, each once, with the spans in which they held a licence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit import schema
from crmkit.errors import MethodError, listed
from crmkit.method.lookup import looked_up
from crmkit.settings import Calendar

if TYPE_CHECKING:
    from crmkit.client import Client

EVER = pd.Timestamp("1970-01-01")
FOREVER = pd.Timestamp("2200-01-01")
#: What an account's spans may say that cannot be right; who has one is not assessed.
PROBLEMS = ("ends_before_start", "contradicting")
_WEEK_DAYS = 7
ACCOUNT_TYPES = ("person", "service", "portal", "test")
#: What a span says of its account.
_STATE = ("org_unit", "role", "fte", "subdivision")


@dataclass(frozen=True, eq=False)
class Population:
    """What eligibility is decided from; made by `population_of`.

    `spans` are the assignments with open ends filled in and a column `problem` (see `PROBLEMS`).
    """

    users: pd.DataFrame
    assignments: pd.DataFrame
    coverage: pd.DataFrame
    availability: pd.DataFrame
    spans: pd.DataFrame
    country: str = "DE"
    subdivision: str | None = None
    calendar: Calendar = field(default_factory=Calendar)


def population_of(people: Client | Population | Mapping[str, pd.DataFrame]) -> Population:
    """Return the tables that decide on eligibility, from a client or from a mapping of tables.

    Parameters
    ----------
    people
        A client, or a mapping with `users` and `coverage`, and where known `assignments` and
        `availability`. Without assignments the users' first and last active days are the spans.

    Raises
    ------
    MethodError
        If `users` or `coverage` is missing from the mapping.
    """
    if isinstance(people, Population):
        return people
    if isinstance(people, Mapping):
        missing = [name for name in ("users", "coverage") if people.get(name) is None]
        if missing:
            raise MethodError(f"people: {listed(missing)} missing. Found: {listed(people)}.")
        names = ("users", "assignments", "coverage", "availability")
        given = {name: people.get(name) for name in names}
        tables = {n: schema.empty(n) if rows is None else schema.conform(rows, n) for n, rows in given.items()}
        _check(tables["users"], tables["availability"])
        if tables["coverage"]["date"].isna().any():
            raise MethodError("table `coverage`: `date` is empty in some rows.")
        spans = _spans(tables["users"], tables["assignments"])
        return Population(**tables, spans=spans)  # pyright: ignore[reportArgumentType]
    if not hasattr(people, "settings"):
        raise MethodError(f"people: a {type(people).__name__}, expected a client or a mapping of tables.")
    settings = people.settings
    return Population(
        people.users, people.assignments, people.coverage, people.availability,
        _spans(people.users, people.assignments), settings.country, settings.subdivision, settings.calendar,
    )  # fmt: skip


def _check(users: pd.DataFrame, availability: pd.DataFrame) -> None:
    """Refuse accounts that stand twice, and more available days than a week has."""
    if users["user_id"].duplicated().any():
        raise MethodError("table `users`: an account stands twice in `user_id`, expected one row an account.")
    unknown = set(users["account_type"]) - set(ACCOUNT_TYPES)
    if unknown:
        raise MethodError(
            f"table `users`: `account_type` {listed(sorted(unknown))} not known. Known: {listed(ACCOUNT_TYPES)}."
        )
    days = availability["available_days"]
    if not days.between(0, _WEEK_DAYS).all():
        raise MethodError(f"table `availability`: `available_days` outside 0 to {_WEEK_DAYS}.")


def person_of(users: pd.DataFrame) -> dict[str, str]:
    """Return account → the account that stands for its person, so that nobody is counted twice.

    An account that no human works with stands for itself, also where it carries somebody's number, and so does one
    whose person is not known.
    """
    is_known = (users["account_type"] == "person") & (users["person_id"] != "")
    ordered = users.assign(person=users["person_id"].where(is_known, "account " + users["user_id"]))
    ordered = ordered.sort_values(["account_type", "user_id"])
    first = ordered.groupby("person", sort=False)["user_id"].transform("first")
    return dict(zip(ordered["user_id"], first, strict=True))


def as_persons(accounts: pd.Series, users: pd.DataFrame) -> pd.Series:
    """Return accounts, each replaced by the one that stands for its person."""
    person = person_of(users)
    return accounts.map(person).fillna(accounts) if person else accounts


def one_row_a_person(population: Population) -> Population:
    """Return the population with accounts folded into persons."""
    folded = {
        name: rows.assign(user_id=as_persons(rows["user_id"], population.users))
        for name, rows in vars(population).items()
        if name in ("users", "assignments", "availability", "spans")
    }
    latest = {"first_active": "min", "last_active": "max", "last_login": "max"}
    first = {"person_id": "first", "account_type": "first"}
    folded["users"] = folded["users"].groupby("user_id", sort=False).agg(first | latest).reset_index()
    spans = folded["spans"]
    # Part time and place belong to the person: two accounts cannot say two things of the same day on.
    again = _problems(spans, ("fte", "subdivision"))
    folded["spans"] = _sorted(spans.assign(problem=spans["problem"].where(spans["problem"] != "", again)))
    days = folded["availability"]
    # Two accounts have one calendar: the fewest available days that any of them states.
    folded["availability"] = days.groupby(["user_id", "week"], as_index=False)["available_days"].min()
    return replace(population, **folded)


def _spans(users: pd.DataFrame, assignments: pd.DataFrame) -> pd.DataFrame:
    """Return the assignments with open ends filled in from the users, and what is wrong with them."""
    if assignments.empty and len(users):
        of_users = users.rename(columns={"first_active": "from_date", "last_active": "to_date"})
        assignments = schema.conform(of_users[["user_id", "from_date", "to_date"]], "assignments")
    by_user = users.set_index("user_id")[["first_active", "last_active"]]
    first = looked_up(assignments["user_id"], by_user["first_active"])
    last = looked_up(assignments["user_id"], by_user["last_active"])
    spans = assignments.assign(
        from_date=assignments["from_date"].fillna(first).fillna(EVER),
        # Nobody works on after the last day of the account.
        to_date=np.fmin(assignments["to_date"].fillna(FOREVER), last.fillna(FOREVER)),
        problem=_problems(assignments),
    )
    return _sorted(_completed(spans))


def _sorted(spans: pd.DataFrame) -> pd.DataFrame:
    """Return spans so that of two that hold on a day the one begun last comes last."""
    return spans.sort_values(["user_id", "from_date", "to_date", *_STATE, "licence"], ignore_index=True)


def _problems(spans: pd.DataFrame, state: tuple[str, ...] = _STATE) -> pd.Series:
    """Return per span what cannot be right: it ends before it starts, or begins in two states at once."""
    backwards = spans["to_date"] < spans["from_date"]
    begun = _stated(spans).groupby(["user_id", "from_date"], dropna=False)[[*state]]
    # What is not stated contradicts nothing.
    two_states = (begun.transform("nunique") > 1).any(axis=1) if len(spans) else backwards
    codes = np.select([backwards, two_states], PROBLEMS, "")
    return pd.Series(codes, index=spans.index, dtype="str")


def _stated(spans: pd.DataFrame) -> pd.DataFrame:
    """Return spans with None for what is not stated."""
    texts = {name: spans[name].where(spans[name] != "", None) for name in _STATE if name != "fte"}
    return spans.assign(**texts)


def _completed(spans: pd.DataFrame) -> pd.DataFrame:
    """Return spans in which what one does not state is taken from another that begins on the same day."""
    begun = _stated(spans).groupby(["user_id", "from_date"], dropna=False)
    filled = {name: begun[name].transform("first") for name in _STATE} if len(spans) else {}
    texts = {name: values.fillna("").astype("str") for name, values in filled.items() if name != "fte"}
    stated = {name: spans[name].where(spans[name] != "", values) for name, values in texts.items()}
    return spans.assign(**stated, fte=spans["fte"].fillna(filled["fte"]) if filled else spans["fte"])
