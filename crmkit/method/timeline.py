"""Everybody's segment month by month: the same window, rolled back under one definition.

The grid of persons × weeks is laid out once for the whole log; every reading is a slice of it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit.method import described, eligibility, habits, matrix, panel, rules, tiers
from crmkit.method.definition import Definition
from crmkit.method.lookup import looked_up
from crmkit.method.population import Population, one_row_a_person, population_of
from crmkit.method.units.paths import SEPARATOR
from crmkit.method.window import weeks_of

if TYPE_CHECKING:
    from crmkit.client import Client

#: Readings further back than this are not computed (months).
MOST_MONTHS = 36
CHANCES = ("p_regular", "p_occasional", "p_rare")
_HISTORY = {
    "month": "datetime64[us]", "coverage_share": "float64", "user_id": "str", "segment": "str", "org_unit": "str",
    "role": "str", "worked": "bool", **dict.fromkeys(CHANCES, "float64"),
}  # fmt: skip


def history(client: Client, *, area: str | None = None, org_unit: str | None = None) -> pd.DataFrame:
    """Return everybody's segment month by month; of one unit those who worked in it or below it.

    Returns
    -------
    pandas.DataFrame
        month, coverage_share (0–1), user_id, segment, org_unit (in today's structure), role, worked (at
        all in the window), p_regular, p_occasional, p_rare (chances of each segment with the same habits).
    """
    key = ("history", area)
    if key not in client.memory:
        client.memory[key] = _history(client, area)
    people = client.memory[key]
    if org_unit:
        units = people["org_unit"]
        people = people[units.eq(org_unit) | units.str.startswith(f"{org_unit}{SEPARATOR}")]
    return people.copy()


def _history(client: Client, area: str | None) -> pd.DataFrame:
    grid = grid_of(client)
    if grid is None:
        return no_history()
    work = grid.work if area is None else grid.work[grid.work["area"] == area]
    _, n_days = panel.done(work, grid.weeks.users, grid.weeks.mondays)
    people = pd.concat([_reading(day, n_days, grid) for day in grid.days], ignore_index=True)
    return people.assign(org_unit=described.todays_units(people["org_unit"], client))[[*_HISTORY]].astype(_HISTORY)


@dataclass(frozen=True, eq=False)
class Grid:
    """What all readings of a client share: their days, the weeks, the people, what was done."""

    rule: Definition
    days: tuple[dt.date, ...]
    population: Population
    weeks: eligibility.Weeks
    observed: set[pd.Timestamp]
    work: pd.DataFrame


def grid_of(client: Client) -> Grid | None:
    """Return what the readings are cut from; None where there is no log."""
    if "grid" not in client.memory:
        client.memory["grid"] = _laid_out(client)
    return client.memory["grid"]


def _laid_out(client: Client) -> Grid | None:
    rule = tiers.definition_of(client)
    days = _days_of(client, rule)
    if not days:
        return None
    first = panel.weeks_before(weeks_of(days[0], weeks=rule.window_weeks))[0]
    mondays = pd.date_range(first, weeks_of(days[-1], weeks=1)[0], freq="7D", unit="us")
    population = one_row_a_person(population_of(client))
    weeks = eligibility.grid(population, client.activity, mondays, definition=rule)
    observed = eligibility.observed_weeks(population, client.activity, mondays, rule)
    work = panel.work_actions(client.activity, client, definition=rule)
    return Grid(rule, days, population, weeks, observed, work)


def _days_of(client: Client, rule: Definition) -> tuple[dt.date, ...]:
    """Return the days to read on: ends of months whose window touches the log, and `as_of`."""
    covered = client.coverage.loc[client.coverage["source"].isin(tiers.sources_of_client(client, rule)), "date"]
    as_of = pd.Timestamp(client.as_of)
    if covered.empty or covered.min() > as_of:
        return ()
    ends = pd.date_range(covered.min(), as_of, freq="ME")[-MOST_MONTHS:]
    return (*(day.date() for day in ends if day.to_period("M") != as_of.to_period("M")), client.as_of)


def _reading(day: dt.date, n_days: np.ndarray, grid: Grid) -> pd.DataFrame:
    """Return the segment of everybody in the window that ends on or before a day."""
    rule, weeks = grid.rule, grid.weeks
    window = eligibility.on(weeks, grid.population, as_of=day, n_weeks=rule.window_weeks, definition=rule)
    stop = int(weeks.mondays.searchsorted(window.mondays[-1], side="right"))
    recent = n_days[:, stop - len(window.mondays) - panel.LOOKBACK_WEEKS : stop]
    worked = np.asarray(recent[:, panel.LOOKBACK_WEEKS :].sum(axis=1) > 0)
    active = panel.active_weeks(recent, window, panel.rhythms_of(grid.population, window, rule), rule)
    counted = matrix.of_weeks(window, active)
    codes = rules.codes(rules.last_window(counted, rule), counted.is_new, rule)
    spans = described.spans_on(grid.population.spans, day).drop_duplicates("user_id", keep="last").set_index("user_id")
    users = pd.Series(counted.users, dtype="str")
    return pd.DataFrame(
        {
            "month": pd.Timestamp(day),
            "coverage_share": len(grid.observed.intersection(window.mondays)) / rule.window_weeks,
            "user_id": users,
            "segment": np.array(rules.SEGMENTS, dtype=object)[codes],
            "org_unit": looked_up(users, spans["org_unit"]).fillna(""),
            "role": looked_up(users, spans["role"]).fillna(""),
            "worked": worked[weeks.users.get_indexer(pd.Index(counted.users))],
            **dict(zip(CHANCES, habits.probabilities(counted, rule).T, strict=True)),
        }
    )


def no_history() -> pd.DataFrame:
    """Return the history of a client without a log."""
    return pd.DataFrame({column: pd.Series(dtype=kind) for column, kind in _HISTORY.items()})
