"""The two tables of the report: numbers before and after each change, and what the interrupted time series says.

What may be shown. Of the whole client: people a week on average, rounded to whole people, where at least 15 count and
at least k of them worked and k did not; `whom` ties the two numbers of a window together, so that the rest is guarded
too. Of a unit: no people and no level, only the change in whole percentage points, under the same limits; it rests on
the unit's own reading of today (`rests_on`), so it is masked wherever `privacy` masks that: in a unit that is too
small, that differs by a few from one told of before, or whose number would give away another's. Units are whole
reporting units, which do not overlap: no remainder of a few follows from two of them. Windows of two changes may
overlap; what differs are whole weeks of at least 15 people, and rounding hides who of them was there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from crmkit.method import counted, tiers
from crmkit.method.effects import windows
from crmkit.method.effects.effect import APART_WEEKS, Effect
from crmkit.method.effects.interruption import interrupted
from crmkit.method.effects.scope import Scope, scopes
from crmkit.method.effects.weekly import Weekly, weekly
from crmkit.method.table import Table
from crmkit.method.whom import Whom, box, of, people_on
from crmkit.method.withheld import without_agreement

if TYPE_CHECKING:
    from crmkit.client import Client

#: Between the titles of changes at the same time.
AND = " · "
_CHANGE: dict[str, str] = {"date": "datetime64[us]", "kind": "str", "title": "str", "org_unit": "str"}
_SAID = {"reason": "str", "together": "str"}
_BEFORE_AFTER = {
    **_CHANGE, "moment": "str", **_SAID, "season": "str", "n": "Int64", "n_total": "Int64", "share": "float64",
    "change_share": "float64",
}  # fmt: skip
_SHARES = (
    "level_share", "low_share", "high_share", "slope_share", "placebo_low_share", "placebo_high_share",
)  # fmt: skip
_WEEKS = {"n_weeks_before": "int64", "n_weeks_after": "int64", "n_placebos": "int64", "comparison": "str"}
_ESTIMATES = {**_CHANGE, **_SAID, **_WEEKS, "result": "str", **dict.fromkeys(_SHARES, "float64")}


def before_after(client: Client) -> Table:
    """Return for each change the people who worked in a week on average, twelve weeks before and twelve after.

    Parameters
    ----------
    client
        The client.

    Returns
    -------
    Table
        date, kind, title, org_unit, moment (``before``, ``after``, and where the log has them ``year_before`` and
        ``year_after``: the same weeks a year earlier; ``none`` where nothing can be told), reason (why not), together
        (titles of other changes for the same people in the 24 weeks), season (in which of the two windows holidays
        lie), n, n_total (people a week; none of a unit), share, change_share (from before to after, 0.07: seven
        points). No rows outside tiers A and B, and none with the note ``needs_agreement`` while none is named.

    Raises
    ------
    MethodError
        If a kind of change is not known.
    """
    found = _followed(client)
    rows = [row for scope in found for row in _moments(scope, found, weekly(client), client)]
    frame = pd.DataFrame([row for row, _ in rows], columns=list(_BEFORE_AFTER)).astype(_BEFORE_AFTER)
    boxes = [mean and box(f"weeks {mean.first} to {mean.last}", {}) for _, mean in rows]
    whom = {
        "n": tuple(mean and of(replace(mean, where=(("worked", frozenset([counted.YES])),))) for mean in boxes),
        "n_total": tuple(mean and of(mean) for mean in boxes),
    }
    units = _units_of(frame, found, client)
    dims = (*_CHANGE, "moment", *_SAID, "season")
    derived = dict.fromkeys(("share", "change_share"), ("n", "n_total"))
    return _table("before_after", frame, dims, client, counts=("n",), totals=("n_total",), derived=derived, whom=whom,
                  rests_on={"change_share": units})  # fmt: skip


def estimates(client: Client) -> Table:
    """Return what an interrupted time series says of each change (see `interrupted`).

    Parameters
    ----------
    client
        The client.

    Returns
    -------
    Table
        date, kind, title, org_unit, reason, together (titles of other changes for the same people fewer than six weeks
        away, which cannot be told apart), n_weeks_before, n_weeks_after, n_placebos, comparison (``rest``: everybody
        else, or empty), result (`Effect.result`), level_share, low_share, high_share, slope_share, placebo_low_share,
        placebo_high_share, in whole hundredths. No rows as in `before_after`.

    Raises
    ------
    MethodError
        If a kind of change is not known.
    """
    found = _followed(client)
    rows = [_estimate(scope, found, weekly(client), client.k) for scope in found]
    frame = pd.DataFrame(rows, columns=list(_ESTIMATES)).astype(_ESTIMATES)
    units = _units_of(frame, found, client)
    told = ("result", *_SHARES)
    return _table("effects", frame, (*_CHANGE, *_SAID, *_WEEKS), client, derived=dict.fromkeys(told, ()),
                  rests_on=dict.fromkeys(told, units))  # fmt: skip


def _followed(client: Client) -> list[Scope]:
    """Return the changes that may be followed over time, none without an agreement or a log."""
    return scopes(client) if client.has_agreement and weekly(client) else []


def _table(name: str, frame: pd.DataFrame, dims: tuple[str, ...], client: Client, **more: Any) -> Table:
    rule, weeks = tiers.definition_of(client), weekly(client)
    window = (weeks.mondays[0].date(), (weeks.mondays[-1] + pd.Timedelta(days=6)).date()) if weeks else None
    notes = without_agreement(client) if len(client.changes) else ()
    return Table(
        name, frame, dims, population="persons", tier=rule.tier, window=window, definition=rule, notes=notes, **more
    )


def _about(scope: Scope, beside: list[Scope], reason: str) -> dict[str, Any]:
    titles = AND.join(dict.fromkeys(other.title for other in beside))
    about = {"date": pd.Timestamp(scope.on), "kind": scope.kind, "title": scope.title, "org_unit": scope.org_unit}
    return {**about, "reason": reason, "together": titles}


def _moments(
    scope: Scope, others: list[Scope], weeks: Weekly | None, client: Client
) -> list[tuple[dict[str, Any], windows.Mean | None]]:
    """Return the rows of a change, each with what it counts: nobody for a unit."""
    before, after = windows.mondays_beside(scope.on)
    means = _means(scope, weeks, client.k) if not scope.reason and weeks else scope.reason
    about = _about(scope, scope.beside(others, weeks=windows.WEEKS), means if isinstance(means, str) else "")
    about["season"] = windows.season_of(before, after)
    if isinstance(means, str):
        return [({**about, "moment": "none"}, None)]
    rows = []
    for moment, mean in means.items():
        change = mean.share - means[moment.replace("after", "before")].share if moment.endswith("after") else None
        if scope.members is not None:
            said = {} if change is None else {"change_share": round(change, 2)}
            rows += [({**about, "moment": moment, **said}, None)] if said else []
            continue
        numbers = {"n": mean.n, "n_total": mean.n_total, "share": mean.share, "change_share": change}
        rows.append(({**about, "moment": moment, **numbers}, mean))
    return rows


def _means(scope: Scope, weeks: Weekly, k: int) -> dict[str, windows.Mean] | str:
    """Return moment → people of its window, or the code of why before and after cannot be told."""
    series, sides = weeks.series(scope.members), windows.mondays_beside(scope.on)
    found = [windows.mean_of(series, side, k=k) for side in sides]
    past = [windows.mean_of(series, windows.earlier(side), k=k) for side in sides]
    if reason := next((mean for mean in found if isinstance(mean, str)), ""):
        return reason
    moments = ("before", "after", "year_before", "year_after")
    if any(isinstance(mean, str) for mean in past):
        past = []
    pairs = zip(moments, [*found, *past], strict=False)
    return {moment: mean for moment, mean in pairs if not isinstance(mean, str)}


def _estimate(scope: Scope, others: list[Scope], weeks: Weekly | None, k: int) -> dict[str, Any]:
    near = scope.beside(others, weeks=APART_WEEKS)
    effect = Effect("cannot_tell", scope.reason)
    if not scope.reason and weeks:
        series = weeks.series(scope.members)
        effect = interrupted(series, on=scope.on)
        if effect.reason == "" and _is_of_few(series, k):
            effect = Effect("cannot_tell", "few_people")
        if effect.reason == "" and near:
            effect = Effect("cannot_tell", "together", n_weeks_before=effect.n_weeks_before,
                            n_weeks_after=effect.n_weeks_after)  # fmt: skip
    shares = {name: None if (share := getattr(effect, name)) is None else round(share, 2) for name in _SHARES}
    numbers = {name: getattr(effect, name) for name in _WEEKS if name != "comparison"}
    comparison = "rest" if effect.has_comparison else ""
    about = _about(scope, near, effect.reason)
    return {**about, **numbers, "comparison": comparison, "result": effect.result, **shares}


def _is_of_few(series: pd.DataFrame, k: int) -> bool:
    """Return whether fewer than k people usually worked, or usually did not."""
    rows = series[series["n_total"] > 0]
    return bool(min(rows["n_active"].mean(), (rows["n_total"] - rows["n_active"]).mean()) < k)


def _units_of(frame: pd.DataFrame, found: list[Scope], client: Client) -> tuple[tuple[Whom, ...], ...]:
    """Return for each row the readings of today of the units that it tells of."""
    rule = tiers.definition_of(client)
    universe, segment = people_on(client.as_of), counted.segment(rule)
    units = {(pd.Timestamp(scope.on), scope.title, scope.org_unit): scope.reporting for scope in found}
    rows = zip(frame["date"], frame["title"], frame["org_unit"], strict=True)
    names = [units.get(row, ()) for row in rows]
    return tuple(
        tuple(
            of(box(universe, {counted.UNIT: values, segment: counted.USED}))
            for values in counted.shown_units(of_row, client)
        )
        for of_row in names
    )
