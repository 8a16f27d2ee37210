"""A client's weeks: how many people count in each, and how many of them worked; of everybody or of some units.

Complete ISO weeks do not overlap. The monthly readings of a client do, by two thirds: neighbouring ones move
together, and a step smears over three of them. So what followed a change is looked for here, week by week; the weeks
themselves are never shown.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit.method import calendar, described, eligibility, panel
from crmkit.method.population import PROBLEMS
from crmkit.method.timeline import Grid, grid_of

if TYPE_CHECKING:
    from crmkit.client import Client

_SUNDAY = pd.Timedelta(days=6)


@dataclass(frozen=True, eq=False)
class Weekly:
    """Persons × weeks of a client.

    Attributes
    ----------
    mondays
        The complete weeks up to `as_of`, from the first one with a log on.
    working_days
        Days Monday to Friday that are worked where the client is.
    counts, active
        Whether a person counts in a week (there, licensed, past onboarding, not away, with a log), and worked.
    units
        Units in today's structure, the last one empty.
    unit
        Position in `units` of each person-week.
    """

    mondays: pd.DatetimeIndex
    working_days: np.ndarray
    counts: np.ndarray
    active: np.ndarray
    units: tuple[str, ...]
    unit: np.ndarray

    def series(self, units: Collection[str] | None = None) -> pd.DataFrame:
        """Return the weeks as `interrupted` takes them; of some units with everybody else as the comparison unit."""
        places = [place for place, unit in enumerate(self.units) if units is None or unit in units]
        inside = np.isin(self.unit, places)
        weeks = pd.DataFrame({"week": self.mondays, **self._sums("n_active", "n_total", inside)})
        if units is not None:
            weeks = weeks.assign(**self._sums("comparison_active", "comparison_total", ~inside))
        return weeks.assign(working_days=self.working_days)

    def _sums(self, active: str, total: str, inside: np.ndarray) -> dict[str, np.ndarray]:
        counts = self.counts & inside
        return {active: (self.active & counts).sum(axis=0), total: counts.sum(axis=0)}


def weekly(client: Client) -> Weekly | None:
    """Return a client's weeks under the definition of its ``as_of``; None where there is no log.

    Parameters
    ----------
    client
        The client.

    Notes
    -----
    A week counts by itself: who has left since counts as long as they were there, other than in a reading, which asks
    who is there on its day.
    """
    if "weekly" not in client.memory:
        grid = grid_of(client)
        client.memory["weekly"] = None if grid is None else _weekly(grid, client)
    return client.memory["weekly"]


def _weekly(grid: Grid, client: Client) -> Weekly | None:
    mondays = grid.weeks.mondays
    observed = mondays.isin(list(grid.observed))
    if not observed.any():
        return None
    first = int(observed.argmax())
    weeks = eligibility.Weeks(
        grid.weeks.users, mondays, np.where(_is_outside(grid), 1, grid.weeks.reason), grid.weeks.available_days,
        grid.weeks.span,
    )  # fmt: skip
    rhythms = panel.rhythms_of(grid.population, weeks, grid.rule)
    n_days = panel.done(grid.work, weeks.users, mondays)[1]
    active = panel.active_weeks(n_days, weeks, rhythms, grid.rule)
    codes, names = pd.factorize(described.todays_units(grid.population.spans["org_unit"], client))
    days = calendar.working_days(
        mondays[first:], country=client.settings.country, subdivision=client.settings.subdivision or "",
        calendar=client.settings.calendar,
    )  # fmt: skip
    return Weekly(
        mondays[first:], days, weeks.is_eligible[:, first:], active[:, first:],
        (*map(str, names), ""), np.append(codes, len(names))[weeks.span][:, first:],
    )  # fmt: skip


def _is_outside(grid: Grid) -> np.ndarray:
    """Return which person-weeks are those of machines, of accounts that contradict themselves, or of newcomers."""
    population, users = grid.population, grid.weeks.users
    spans = population.spans
    begin = spans[spans["problem"] != "ends_before_start"].groupby("user_id")["from_date"].min().reindex(users)
    wrong = users.isin(spans.loc[spans["problem"].isin(PROBLEMS), "user_id"])
    is_machine = (population.users["account_type"] != "person").to_numpy()
    settled = (
        begin.to_numpy()[:, None]
        <= (grid.weeks.mondays + _SUNDAY - pd.Timedelta(days=grid.rule.onboarding_days)).to_numpy()
    )
    return (is_machine | wrong)[:, None] | ~settled
