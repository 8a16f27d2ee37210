"""How firm the figures are: other limits, other windows, the same habits in another quarter, missing people.

It is a census, so there is no sampling error. What moves a figure is the definition, chance in people's
weeks, and those who cannot be assessed yet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit.method import habits, matrix, panel, segments, tiers
from crmkit.method.definition import Definition
from crmkit.method.table import Table
from crmkit.method.window import days_of, weeks_of

if TYPE_CHECKING:
    from crmkit.client import Client

#: Windows beside the usual one, in weeks.
WINDOWS = (8, 16)
#: Share of cases that the range of the behaviour covers, as a normal quantile.
_NINETY_PERCENT = 1.645
#: Weeks of summer in a window from which it is flagged: one or two hardly move a quarter.
SUMMER_WEEKS = 3
_SUMMER = ((7, 15), (9, 15))
_COLUMNS = ("metric", "kind", "n", "n_total", "share", "low_share", "high_share")


@dataclass(frozen=True, eq=False)
class _Census:
    """What the ranges are worked out from: the longest window's panel, and everybody's segment today."""

    weeks: pd.DataFrame
    people: pd.DataFrame
    rule: Definition
    k: int

    @property
    def n_missing(self) -> int:
        return int((self.people["segment"] == "not_assessable").sum())

    @property
    def n_total(self) -> int:
        return len(self.people) - self.n_missing


def ranges(client: Client) -> Table:
    """Return for usage rate and regular share how far they depend on what was assumed.

    Parameters
    ----------
    client
        The client.

    Returns
    -------
    Table
        metric (usage_rate, regular_share), kind, n, n_total, share, low_share, high_share (0–1). Kinds:
        ``threshold`` (limits one week lower and higher), ``window`` (8, 12 and 16 weeks), ``behaviour``
        (the same habits in another quarter, 90 % of cases), ``data`` (all who are not yet assessable
        counted as not using, and as using). No rows outside tiers A and B, or without assessed people.
        Notes ``summer_window`` and ``christmas_window`` where holidays lie in the window.

    Notes
    -----
    Two limits whose results differ by fewer than k people are shown as one: the difference would be those
    people.
    """
    rule = tiers.definition_of(client)
    weeks = panel.weekly(client.activity, client, as_of=client.as_of, weeks=max(WINDOWS), definition=rule)
    census = _Census(weeks, segments.assign(weeks, definition=rule), rule, client.k)
    rows = [
        (
            metric,
            kind,
            n,
            census.n_total,
            n / census.n_total,
            min(low, n / census.n_total),
            max(high, n / census.n_total),
        )
        for metric, n in (_counted(census.people) if census.n_total else {}).items()
        for kind, low, high in _kinds(metric, n, census)
    ]
    notes = seasons(weeks_of(client.as_of, weeks=rule.window_weeks)) if rows else ()
    return Table(
        "firmness", pd.DataFrame(rows, columns=list(_COLUMNS)), ("metric", "kind"), ("n",),
        dict.fromkeys(("share", "low_share", "high_share"), ("n", "n_total")), ("n_total",), "assessed", rule.tier,
        days_of(client.as_of), rule, notes,
    )  # fmt: skip


def noise(chances: np.ndarray, metric: str) -> float:
    """Return the standard deviation, in people, of a metric when everybody keeps their habits.

    Parameters
    ----------
    chances
        From `habits.probabilities`, of the people who are counted; rows with NaN are left out.
    metric
        A metric that counts regular, or regular and occasional users.

    Notes
    -----
    People are independent of each other, each counted with a probability p: the variance is Σ p (1 − p).
    """
    counted = chances[:, 0] if metric.startswith("regular") else chances[:, :2].sum(axis=1)
    counted = counted[~np.isnan(counted)]
    return float(np.sqrt((counted * (1 - counted)).sum()))


def seasons(mondays: pd.DatetimeIndex) -> tuple[str, ...]:
    """Return which holiday times a window holds: ``summer_window``, ``christmas_window``.

    Examples
    --------
    >>> seasons(weeks_of(dt.date(2026, 9, 13)))
    ('summer_window',)
    """
    days = [[monday.date() + dt.timedelta(days=n) for n in range(5)] for monday in mondays]
    n_summer = sum(any(_SUMMER[0] <= (day.month, day.day) <= _SUMMER[1] for day in week) for week in days)
    christmas = any((day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1) for week in days for day in week)
    found = {"summer_window": n_summer >= SUMMER_WEEKS, "christmas_window": christmas}
    return tuple(code for code, is_so in found.items() if is_so)


def _counted(people: pd.DataFrame) -> dict[str, int]:
    """Return metric → people that it counts."""
    regular = int((people["segment"] == "regular").sum())
    return {"usage_rate": regular + int((people["segment"] == "occasional").sum()), "regular_share": regular}


def _kinds(metric: str, n: int, census: _Census) -> Iterator[tuple[str, float, float]]:
    """Yield kind, lowest and highest share."""
    shares = [_share(metric, n, census, other) for other in limits(census.rule)]
    yield "threshold", min(shares), max(shares)
    shares = [_share(metric, n, census, replace(census.rule, window_weeks=weeks)) for weeks in WINDOWS]
    yield "window", min(shares), max(shares)
    chances = habits.probabilities(matrix.of(census.weeks, last=census.rule.window_weeks), census.rule)
    spread = _NINETY_PERCENT * noise(chances, metric)
    yield "behaviour", max(n - spread, 0) / census.n_total, min(n + spread, census.n_total) / census.n_total
    # One to k − 1 missing people would follow from the range.
    n_missing = census.n_missing if census.n_missing >= census.k else 0
    yield "data", n / (census.n_total + n_missing), (n + n_missing) / (census.n_total + n_missing)


def limits(rule: Definition) -> list[Definition]:
    """Return a definition with its limits one week of the window lower, and higher."""
    week = 1 / rule.window_weeks
    changed = [(rule.regular_share + d, rule.occasional_share + d) for d in (-week, week)]
    return [replace(rule, regular_share=min(r, 1.0), occasional_share=max(o, week)) for r, o in changed]


def _share(metric: str, n: int, census: _Census, rule: Definition) -> float:
    """Return a metric under another definition; a difference of fewer than k people is none."""
    people = segments.assign(census.weeks, definition=rule)
    other, total = _counted(people)[metric], int((people["segment"] != "not_assessable").sum())
    if not total or (abs(other - n) < census.k and abs(total - census.n_total) < census.k):
        return n / census.n_total
    return other / total
