"""Those who were there when a goal began and still are, beside everybody today.

Hiring alone can reach a number of people, and those who leave can lower it. Whether the same people use the
CRM more than they did is seen by those who stayed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import pandas as pd

from crmkit.method import tiers
from crmkit.method.goals.course import Course
from crmkit.method.goals.days import month_number
from crmkit.method.goals.followed import Followed
from crmkit.method.goals.goal import PEOPLE_METRICS
from crmkit.method.series import COUNTED
from crmkit.method.table import Table, of_shares, positions
from crmkit.method.timeline import history

if TYPE_CHECKING:
    from crmkit.client import Client

THEN, NOW, TODAY = "stayed_then", "stayed_now", "today"
_DIMENSIONS = ("goal_id", "group", "moved")
_KINDS = {**dict.fromkeys(_DIMENSIONS, "str"), "n": "Int64", "n_total": "Int64"}
#: Month numbers are floats; less than this apart they are the same.
_SAME = 1e-6
#: Code of `moved`: fewer than k have joined since the start and fewer than k have left.
FEW = "few"


def table(followed: Iterable[Followed], client: Client) -> Table:
    """Return for each goal on people those who stayed, then and now, and everybody today.

    Parameters
    ----------
    followed
        The goals of a client.
    client
        The client.

    Returns
    -------
    Table
        goal_id, group (``stayed_then``, ``stayed_now``: assessed in the goal's unit in the last reading of the
        baseline and in today's, counted then and now; ``today``: all of today's reading), moved (`FEW` if so
        few have joined and left that the goal moved by the same people, else empty); n, n_total, share. A goal
        has no rows while nothing lies between the two readings, or nobody stayed.

    Notes
    -----
    Rows of a goal are withheld where joiners or leavers could be worked out as a group of fewer than k, in all
    or among those counted.
    """
    groups = [group for one in followed if one.goal.metric in PEOPLE_METRICS for group in _groups_of(one, client)]
    frame = pd.DataFrame(groups, columns=[*_KINDS, "withheld"])
    hidden = positions(frame["withheld"].astype("bool"))
    return of_shares(
        "goal_cohort", frame[[*_KINDS]].astype(_KINDS), _DIMENSIONS, rule=tiers.definition_of(client),
        window=None, withheld=hidden,
    )  # fmt: skip


def _groups_of(one: Followed, client: Client) -> Iterator[tuple[str, str, str, int, int, bool]]:
    then, now = _people_then_and_now(one, client)
    stayed = then.index.intersection(now.index)
    if not len(stayed) or one.status.n is None:
        return
    n_then, n_now, n_stayed = int(then[stayed].sum()), int(now[stayed].sum()), len(stayed)
    joined = (int(now.sum()) - n_now, len(now) - n_stayed)
    left = (int(then.sum()) - n_then, len(then) - n_stayed)
    tells = any(_tells_few(n, n_total, client.k) for n, n_total in (joined, left))
    moved = FEW if max(joined[1], left[1]) < client.k else ""
    yield one.goal.id, THEN, moved, n_then, n_stayed, tells
    yield one.goal.id, NOW, moved, n_now, n_stayed, tells
    yield one.goal.id, TODAY, moved, int(now.sum()), len(now), False


def _people_then_and_now(one: Followed, client: Client) -> tuple[pd.Series, pd.Series]:
    """Return who was assessed in the goal's unit, and whether counted, at its baseline and today."""
    people = history(client, area=one.goal.area, org_unit=one.goal.org_unit)
    people = people[people["segment"] != "not_assessable"]
    keys = pd.MultiIndex.from_frame(people[["month", "user_id"]])
    counted = people["segment"].isin(COUNTED[one.goal.metric]).set_axis(keys)
    months, last = people["month"].drop_duplicates(), baseline_month(one, client)
    then = [month for month in months if abs(month_number(month.date()) - last) < _SAME]
    if not then or then[0] == months.max():
        nobody = pd.Series(dtype="bool", index=pd.Index([], dtype="str"))
        return nobody, nobody
    return counted.xs(then[0]), counted.xs(months.max())


def baseline_month(one: Followed, client: Client) -> float:
    """Return the month of the last reading of a goal's baseline (see `days.month_number`), NaN without a baseline."""
    baseline = Course.of(one.goal, one.series, today=client.as_of, frozen=one.baseline).baseline
    return baseline.last if baseline else math.nan


def _tells_few(n: int, n_total: int, k: int) -> bool:
    """Return whether a group that readers can work out is too small, in all or in one of its halves."""
    return any(0 < part < k for part in (n, n_total - n, n_total))
