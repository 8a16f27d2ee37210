"""Which weeks of a person count: employed, licensed, past onboarding, with enough working days, logged.

Missing log is not zero use, a holiday is not disuse, and a leaver is not a user: every person-week gets
a state and, where it does not count, the reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit import schema
from crmkit.errors import MethodError
from crmkit.method.definition import Definition
from crmkit.method.lookup import looked_up
from crmkit.method.tiers import sources_of
from crmkit.method.window import WORKDAYS

if TYPE_CHECKING:
    from crmkit.client import Client

#: Reasons that put a person outside the population; all others leave a person "not yet assessable".
OUTSIDE = ("service_account", "left", "not_yet_licensed", "not_licensed")
_EVER = pd.Timestamp("1970-01-01")
_FOREVER = pd.Timestamp("2200-01-01")


@dataclass(frozen=True, eq=False)
class Population:
    """What eligibility is decided from; made by `population_of`."""

    users: pd.DataFrame
    assignments: pd.DataFrame
    coverage: pd.DataFrame
    availability: pd.DataFrame
    country: str = "DE"
    subdivision: str | None = None


def population_of(people: Client | Population | Mapping[str, pd.DataFrame]) -> Population:
    """Return the tables that decide on eligibility, from a client or from a mapping of tables."""
    if isinstance(people, Population):
        return people
    if isinstance(people, Mapping):
        names = ("users", "assignments", "coverage", "availability")
        tables = {n: schema.conform(people[n], n) if n in people else schema.empty(n) for n in names}
        return Population(**tables)  # pyright: ignore[reportArgumentType]
    settings = people.settings
    return Population(
        people.users, people.assignments, people.coverage, people.availability, settings.country, settings.subdivision
    )


def person_of(users: pd.DataFrame) -> dict[str, str]:
    """Return account → the account that stands for its person, so that nobody is counted twice."""
    ordered = users.sort_values(["account_type", "user_id"])
    first = ordered.groupby("person_id", sort=False)["user_id"].transform("first")
    return dict(zip(ordered["user_id"], first, strict=True))


def one_row_a_person(population: Population) -> Population:
    """Return the population with accounts folded into persons."""
    person = person_of(population.users)
    tables = {"users": population.users, "assignments": population.assignments, "availability": population.availability}
    folded = {
        name: rows.assign(user_id=rows["user_id"].map(person).fillna(rows["user_id"])) for name, rows in tables.items()
    }
    latest = {"first_active": "min", "last_active": "max", "last_login": "max"}
    first = {"person_id": "first", "account_type": "first"}
    folded["users"] = folded["users"].groupby("user_id", sort=False).agg(first | latest).reset_index()
    return Population(
        coverage=population.coverage, country=population.country, subdivision=population.subdivision, **folded
    )


def states(
    population: Population, activity: pd.DataFrame, mondays: pd.DatetimeIndex, *, as_of: dt.date, definition: Definition
) -> pd.DataFrame:
    """Return user_id, week, state and reason for every person-week.

    Parameters
    ----------
    population
        One row a person in `users` (see `one_row_a_person`).
    activity
        Contract `activity`; decides which sources carry the definition's evidence.
    mondays
        The window.
    as_of
        Day of the retrospective, for leavers and onboarding.
    definition
        Smallest number of available days, onboarding, evidence.

    Returns
    -------
    pandas.DataFrame
        One row a person and week, persons in the order of `users`.
    """
    grid = pd.MultiIndex.from_product([population.users["user_id"], mondays], names=["user_id", "week"]).to_frame(
        index=False
    )
    spans = _spans(population.assignments)
    contracts = _contracts(population)
    grid = (
        grid.merge(_licensed_days(spans, mondays), how="left", on=["user_id", "week"])
        .merge(contracts, how="left", on="user_id")
        .merge(_working_days(population.country, contracts["place"], mondays), how="left", on=["place", "week"])
        .merge(population.availability, how="left", on=["user_id", "week"])
        .fillna({"licensed_days": 0})
    )
    person_reason = looked_up(
        grid["user_id"], _person_reasons(population.users, spans, as_of=as_of, definition=definition)
    )
    week_reason = _week_reasons(grid, observed_weeks(population, activity, mondays, definition), definition)
    reason = person_reason.where(person_reason != "", week_reason)
    state = np.select([reason == "", reason == "no_log"], ["eligible", "unobserved"], "not_eligible")
    return grid[["user_id", "week"]].assign(state=state, reason=reason.to_numpy())


def _spans(assignments: pd.DataFrame) -> pd.DataFrame:
    return assignments.assign(
        from_date=assignments["from_date"].fillna(_EVER), to_date=assignments["to_date"].fillna(_FOREVER)
    )


def _licensed_days(spans: pd.DataFrame, mondays: pd.DatetimeIndex) -> pd.DataFrame:
    """Return user_id, week, licensed_days (0–5): days Monday to Friday that some span covers."""
    days = pd.DataFrame({"week": np.repeat(mondays, WORKDAYS)})
    days["day"] = days["week"] + pd.to_timedelta(np.tile(np.arange(WORKDAYS), len(mondays)), unit="D")
    touching = spans[(spans["from_date"] <= days["day"].max()) & (spans["to_date"] >= days["day"].min())]
    pairs = touching[["user_id", "from_date", "to_date"]].merge(days, how="cross")
    covered = pairs[pairs["day"].between(pairs["from_date"], pairs["to_date"])]
    return covered.groupby(["user_id", "week"])["day"].nunique().rename("licensed_days").reset_index()


def _contracts(population: Population) -> pd.DataFrame:
    """Return user_id, fte and place (subdivision for public holidays) of the last known span."""
    last = population.assignments.drop_duplicates("user_id", keep="last").set_index("user_id")
    users = population.users["user_id"]
    place = looked_up(users, last["subdivision"]).fillna("").replace("", population.subdivision or "")
    fte = looked_up(users, last["fte"]).fillna(1.0).clip(0.05, 1.0)
    return pd.DataFrame({"user_id": users, "fte": fte, "place": place.astype("str")})


def _working_days(country: str, places: pd.Series, mondays: pd.DatetimeIndex) -> pd.DataFrame:
    """Return place, week, working_days (0–5): days Monday to Friday that are no public holiday."""
    weeks: list[tuple[str, pd.Timestamp, int]] = [
        (place, monday, sum(monday + pd.Timedelta(days=d) not in free for d in range(WORKDAYS)))
        for place in places.unique()
        for free in [_public_holidays(country, place, mondays)]
        for monday in mondays
    ]
    frame = pd.DataFrame(weeks, columns=["place", "week", "working_days"])
    return frame.astype({"place": "str", "week": "datetime64[us]", "working_days": "int64"})


def _public_holidays(country: str, subdivision: str, mondays: pd.DatetimeIndex) -> pd.DatetimeIndex:
    import holidays

    years = range(mondays[0].year, mondays[-1].year + 1)
    try:
        return pd.DatetimeIndex(list(holidays.country_holidays(country, subdiv=subdivision or None, years=years)))
    except NotImplementedError:
        raise MethodError(
            f'public holidays of country "{country}", subdivision "{subdivision}" are not known.'
        ) from None


def observed_weeks(
    population: Population, activity: pd.DataFrame, mondays: pd.DatetimeIndex, definition: Definition
) -> set[pd.Timestamp]:
    """Return the weeks whose days Monday to Friday are all covered by a log of the definition's evidence."""
    coverage = population.coverage
    sources = sources_of(definition, activity, coverage)
    rows = coverage[coverage["complete"] & coverage["source"].isin(sources) & (coverage["tier"] == definition.tier)]
    days = set(rows["date"])
    return {monday for monday in mondays if all(monday + pd.Timedelta(days=d) in days for d in range(WORKDAYS))}


def _person_reasons(users: pd.DataFrame, spans: pd.DataFrame, *, as_of: dt.date, definition: Definition) -> pd.Series:
    """Return user_id → reason that holds for the whole window, or an empty text."""
    day = pd.Timestamp(as_of)
    by_user = spans.groupby("user_id").agg(first=("from_date", "min"), last=("to_date", "max"))
    first = looked_up(users["user_id"], by_user["first"])
    last = looked_up(users["user_id"], by_user["last"])
    onboarding_from = day - pd.Timedelta(days=definition.onboarding_days)
    reasons = np.select(
        [users["account_type"] != "person", first.isna(), first > day, last < day, first > onboarding_from],
        ["service_account", "not_licensed", "not_yet_licensed", "left", "onboarding"],
        "",
    )
    return pd.Series(reasons, index=users["user_id"])


def _week_reasons(grid: pd.DataFrame, observed: set[pd.Timestamp], definition: Definition) -> pd.Series:
    """Return the reason for which a week does not count, or an empty text."""
    needed = definition.min_available_days
    part_time_days = np.minimum(needed, grid["fte"] * WORKDAYS / 2)
    reasons = np.select(
        [
            grid["licensed_days"] < needed,
            ~grid["week"].isin(observed),
            np.minimum(grid["working_days"], grid["licensed_days"]) < needed,
            grid["available_days"] < part_time_days,
        ],
        ["not_licensed", "no_log", "few_working_days", "absent"],
        "",
    )
    return pd.Series(reasons, index=grid.index)
