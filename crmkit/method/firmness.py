"""How firm the figures are: other limits, other windows, the same habits in another quarter, missing people.

It is a census, so there is no sampling error. What moves a figure is the definition, chance in people's
weeks, and those who cannot be assessed yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit.method import counted, habits, matrix, panel, segments, tiers
from crmkit.method.definition import Definition
from crmkit.method.table import Table, positions
from crmkit.method.whom import Whom, each, people_on
from crmkit.method.window import days_of, seasons, weeks_of

if TYPE_CHECKING:
    from crmkit.client import Client

#: Windows beside the usual one, in weeks.
WINDOWS = (8, 16)
#: Share of cases that the range of the behaviour covers, as a normal quantile.
_NINETY_PERCENT = 1.645
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
    n_of = _counted(census.people) if census.n_total else {}
    rows = [row for metric, n in n_of.items() for row in _rows(metric, n, census)]
    frame = pd.DataFrame(rows, columns=list(_COLUMNS))
    # Between the two metrics lie the occasional users: too few of them must not follow.
    n_between = n_of.get("usage_rate", 0) - n_of.get("regular_share", 0)
    withheld = (frame["metric"] == "regular_share") & (0 < n_between < client.k)
    notes = seasons(weeks_of(client.as_of, weeks=rule.window_weeks)) if rows else ()
    return Table(
        "firmness", frame, ("metric", "kind"), ("n",),
        dict.fromkeys(("share", "low_share", "high_share"), ("n", "n_total")), ("n_total",), "assessed", rule.tier,
        days_of(client.as_of), rule, notes, withheld=positions(withheld), whom=_whom(frame, rule, client),
    )  # fmt: skip


def _whom(frame: pd.DataFrame, rule: Definition, client: Client) -> dict[str, tuple[Whom | None, ...]]:
    values = [counted.REGULAR if metric == "regular_share" else counted.USED for metric in frame["metric"]]
    segment, rows, everybody = counted.segment(rule), len(frame), people_on(client.as_of)
    return {
        "n": each(rows, everybody, {segment: values}),
        "n_total": each(rows, everybody, {segment: counted.assessed(rule)}),
    }


def _rows(metric: str, n: int, census: _Census) -> list[tuple[object, ...]]:
    """Return the rows of a metric; its ranges hold its own value, and are rounded so that they count nobody."""
    share = n / census.n_total
    rows = []
    for kind, low, high in _kinds(metric, n, census):
        lowest = floor(100 * low) / 100 if low < share else share
        highest = ceil(100 * high) / 100 if high > share else share
        rows.append((metric, kind, n, census.n_total, share, lowest, highest))
    return rows


def noise(chances: np.ndarray, metric: str) -> float:
    """Return the standard deviation, in people, of the next reading of a metric if everybody keeps their habits.

    Parameters
    ----------
    chances
        From `habits.probabilities`, of the people who are counted; rows with NaN are left out.
    metric
        A metric that counts regular, or regular and occasional users.

    Notes
    -----
    People are independent of each other, each counted with a probability p: the variance is Σ p (1 − p). The
    chances already hold that the habit itself is not known exactly.
    """
    chance = _chances_of(chances, metric)
    return float(np.sqrt((chance * (1 - chance)).sum()))


def expected(chances: np.ndarray, metric: str) -> float:
    """Return the number of people that a metric would count if everybody keeps their habits."""
    return float(_chances_of(chances, metric).sum())


def _chances_of(chances: np.ndarray, metric: str) -> np.ndarray:
    chance = chances[:, 0] if metric.startswith("regular") else chances[:, :2].sum(axis=1)
    # Sums of chances miss 0 and 1 by a rounding error.
    return np.clip(chance[~np.isnan(chance)], 0, 1)


def _counted(people: pd.DataFrame) -> dict[str, int]:
    """Return metric → people that it counts."""
    regular = int((people["segment"] == "regular").sum())
    return {"usage_rate": regular + int((people["segment"] == "occasional").sum()), "regular_share": regular}


def _kinds(metric: str, n: int, census: _Census) -> Iterator[tuple[str, float, float]]:
    """Yield kind, lowest and highest share."""
    shares = [_share(metric, n, census, other) for other in limits(census.rule)]
    yield "threshold", min(shares, default=n / census.n_total), max(shares, default=n / census.n_total)
    shares = [_share(metric, n, census, replace(census.rule, window_weeks=weeks)) for weeks in WINDOWS]
    yield "window", min(shares), max(shares)
    chances = habits.probabilities(matrix.of(census.weeks, last=census.rule.window_weeks), census.rule)
    middle, spread = expected(chances, metric), _NINETY_PERCENT * noise(chances, metric)
    yield "behaviour", max(middle - spread, 0) / census.n_total, min(middle + spread, census.n_total) / census.n_total
    # One to k − 1 missing people would follow from the range.
    n_missing = census.n_missing if census.n_missing >= census.k else 0
    yield "data", n / (census.n_total + n_missing), (n + n_missing) / (census.n_total + n_missing)


def limits(rule: Definition) -> list[Definition]:
    """Return a definition with its limits one week of the window lower, and higher, as far as that is possible."""
    week = 1 / rule.window_weeks
    found = []
    for step in (-week, week):
        regular, occasional = min(rule.regular_share + step, 1.0), max(rule.occasional_share + step, week)
        if occasional < regular:
            found.append(replace(rule, regular_share=regular, occasional_share=occasional))
    return found


def _share(metric: str, n: int, census: _Census, rule: Definition) -> float:
    """Return a metric under another definition; of fewer than k people is none, in all or apart."""
    people = segments.assign(census.weeks, definition=rule)
    other, total = _counted(people)[metric], segments.n_assessed(people)
    if not total or abs(other - n) < census.k:
        return n / census.n_total
    # People whom this definition alone cannot assess, too few to be told, count as before.
    whole = census.n_total if abs(total - census.n_total) < census.k else total
    # a few people, or all but a few, would follow from the end of the range
    told = 0 if other < census.k else whole if whole - other < census.k else other
    return told / whole
