"""Monthly readings: the same window, rolled back month by month under one definition.

The grid of persons × weeks is laid out once for the whole log; every reading is a slice of it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit import schema
from crmkit.errors import MethodError
from crmkit.method import described, eligibility, firmness, habits, matrix, panel, rules, tiers, units
from crmkit.method.areas import AREAS
from crmkit.method.definition import Definition
from crmkit.method.described import in_order
from crmkit.method.lookup import looked_up
from crmkit.method.population import Population, one_row_a_person, population_of
from crmkit.method.table import Table, positions
from crmkit.method.units.sizes import RATE_PEOPLE
from crmkit.method.window import weeks_of
from crmkit.settings import SMALL_CLIENT_PEOPLE

if TYPE_CHECKING:
    from crmkit.client import Client

#: Segments that each metric counts.
COUNTED = {
    "active_users": ("regular", "occasional"),
    "regular_users": ("regular",),
    "usage_rate": ("regular", "occasional"),
}
#: Readings further back than this are not computed (months).
MOST_MONTHS = 36
#: Readings of a unit lie at least so many weeks apart.
LEAST_WEEKS = 8
_CHANCES = ("p_regular", "p_occasional", "p_rare")
_HISTORY = {
    "month": "datetime64[us]", "coverage_share": "float64", "user_id": "str", "segment": "str", "org_unit": "str",
    **dict.fromkeys(_CHANCES, "float64"),
}  # fmt: skip


def monthly(
    client: Client, *, metric: str = "active_users", org_unit: str | None = None, area: str | None = None
) -> pd.DataFrame:
    """Return the monthly readings of a metric, each a window of 12 complete weeks.

    Parameters
    ----------
    client
        The client; all readings use the definition of its ``as_of``.
    metric
        ``active_users`` (regular + occasional), ``regular_users`` or ``usage_rate``.
    org_unit
        Path of an organisational unit in today's structure; its subordinate units count with it.
    area
        Only actions in this CRM area make a week active.

    Returns
    -------
    pandas.DataFrame
        Contract `series`: month (day of the reading: the month's last, in the current month `as_of`),
        population, value (people, or share 0–1), n_total (assessed people), coverage_share (0–1),
        definition_hash, noise (standard deviation of `value` if everybody keeps their habits, see
        `firmness.noise`). Months without any log are left out.

    Raises
    ------
    MethodError
        If the metric cannot be read from usage logs.
    """
    if metric not in COUNTED:
        raise MethodError(f"metric `{metric}` is not read from usage logs. Known: {', '.join(COUNTED)}.")
    people = history(client, area=area)
    if org_unit:
        people = people[people["org_unit"].eq(org_unit) | people["org_unit"].str.startswith(f"{org_unit}/")]
    assessed = people[people["segment"] != "not_assessable"]
    readings = _counts(assessed, ["month", "coverage_share"], metric)
    noises = [
        firmness.noise(rows[[*_CHANCES]].to_numpy(), metric)
        for _, rows in assessed.groupby(["month", "coverage_share"])
    ]
    divisor = readings["n_total"] if metric == "usage_rate" else 1
    rule = tiers.definition_of(client)
    series = readings.assign(
        value=readings["n"] / divisor,
        noise=np.array(noises) / divisor,
        population=org_unit or "all",
        definition_hash=rule.hash,
    )
    return schema.conform(series, "series")


def usage(client: Client) -> Table:
    """Return the monthly usage rate and regular share as a table.

    Returns
    -------
    Table
        month, metric (active, regular), coverage_share; n, n_total, share.
    """
    people = _covered(client)
    parts = {"active": "active_users", "regular": "regular_users"}
    keys = ["month", "coverage_share"]
    frames = [_counts(people, keys, metric).assign(metric=code) for code, metric in parts.items()]
    # Between active and regular lie the occasional ones: too few of them must not follow from the two.
    between = frames[0]["n"] - frames[1]["n"]
    withheld = pd.concat([between.isna(), (between > 0) & (between < client.k)])
    frame = pd.concat(frames, ignore_index=True)
    return _table("usage_series", frame, ("month", "metric", "coverage_share"), client, withheld=withheld)


def by_area(client: Client) -> Table:
    """Return the monthly usage rate in each CRM area.

    Returns
    -------
    Table
        area, month, n, n_total, share; no rows where the log knows no areas (logins).
    """
    known = [area for area in AREAS if area != "other" and (client.activity["area"] == area).any()]
    if tiers.definition_of(client).evidence == "logins":
        known = []
    frames = [_counts(_covered(client, area=area), ["month"], "active_users").assign(area=area) for area in known]
    frame = pd.concat(frames, ignore_index=True) if frames else _counts(_no_history(), ["month"], "").assign(area="")
    return _table("area_series", frame, ("area", "month"), client)


def by_unit(client: Client) -> Table:
    """Return the usage rate of each reporting unit, quarter by quarter.

    Returns
    -------
    Table
        org_unit, month (last of a quarter, or `as_of`), n, n_total, share; empty for a small client. Units of
        fewer than 15 assessed people are withheld.

    Notes
    -----
    Units are shown by quarter only: from month to month single people would join and leave between two figures.
    """
    people = _covered(client)
    people = people.assign(org_unit=units.reporting(people["org_unit"], client.settings.reporting_paths))
    today = pd.Timestamp(client.as_of)
    # Two readings a few weeks apart would tell single people: `as_of` stands for a quarter's end just before it.
    is_quarter = (people["month"].dt.month % 3 == 0) & (people["month"] <= today - pd.Timedelta(weeks=LEAST_WEEKS))
    is_today = people["month"] == today
    is_shown = is_today.sum() >= SMALL_CLIENT_PEOPLE
    people = people[(is_quarter | is_today) & (people["org_unit"] != "") & is_shown]
    frame = _counts(people, ["org_unit", "month"], "active_users")
    place = {unit: n for n, unit in enumerate(in_order(frame["org_unit"], client))}
    frame = frame.assign(place=frame["org_unit"].map(place)).sort_values(["place", "month"], ignore_index=True)
    return _table("unit_series", frame, ("org_unit", "month"), client, withheld=frame["n_total"] < RATE_PEOPLE)


def history(client: Client, *, area: str | None = None) -> pd.DataFrame:
    """Return everybody's segment month by month.

    Returns
    -------
    pandas.DataFrame
        month, coverage_share (0–1), user_id, segment, org_unit (in today's structure), p_regular, p_occasional,
        p_rare (chances of each segment with the same habits).
    """
    key = ("history", area)
    if key not in client.memory:
        client.memory[key] = _history(client, area)
    return client.memory[key].copy()


def _history(client: Client, area: str | None) -> pd.DataFrame:
    grid = _grid(client)
    if grid is None:
        return _no_history()
    work = grid.work if area is None else grid.work[grid.work["area"] == area]
    _, n_days = panel.done(work, grid.weeks.users, grid.weeks.mondays)
    people = pd.concat([_reading(day, n_days, grid) for day in grid.days], ignore_index=True)
    return people.assign(org_unit=described.todays_units(people["org_unit"], client))[[*_HISTORY]].astype(_HISTORY)


@dataclass(frozen=True, eq=False)
class _Grid:
    """What all readings of a client share: their days, the weeks, the people, what was done."""

    rule: Definition
    days: tuple[dt.date, ...]
    population: Population
    weeks: eligibility.Weeks
    observed: set[pd.Timestamp]
    work: pd.DataFrame


def _grid(client: Client) -> _Grid | None:
    """Return what the readings are cut from; None where there is no log."""
    if "grid" not in client.memory:
        client.memory["grid"] = _laid_out(client)
    return client.memory["grid"]


def _laid_out(client: Client) -> _Grid | None:
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
    return _Grid(rule, days, population, weeks, observed, work)


def _days_of(client: Client, rule: Definition) -> tuple[dt.date, ...]:
    """Return the days to read on: ends of months whose window touches the log, and `as_of`."""
    covered = client.coverage.loc[client.coverage["source"].isin(tiers.sources_of_client(client, rule)), "date"]
    as_of = pd.Timestamp(client.as_of)
    if covered.empty or covered.min() > as_of:
        return ()
    ends = pd.date_range(covered.min(), as_of, freq="ME")[-MOST_MONTHS:]
    return (*(day.date() for day in ends if day.to_period("M") != as_of.to_period("M")), client.as_of)


def _reading(day: dt.date, n_days: np.ndarray, grid: _Grid) -> pd.DataFrame:
    """Return the segment of everybody in the window that ends on or before a day."""
    rule, weeks = grid.rule, grid.weeks
    window = eligibility.on(weeks, grid.population, as_of=day, n_weeks=rule.window_weeks, definition=rule)
    stop = int(weeks.mondays.searchsorted(window.mondays[-1], side="right"))
    recent = n_days[:, stop - len(window.mondays) - panel.LOOKBACK_WEEKS : stop]
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
            **dict(zip(_CHANCES, habits.probabilities(counted, rule).T, strict=True)),
        }
    )


def _no_history() -> pd.DataFrame:
    return pd.DataFrame({column: pd.Series(dtype=kind) for column, kind in _HISTORY.items()})


def _covered(client: Client, *, area: str | None = None) -> pd.DataFrame:
    """Return the assessed people of all readings whose window the log covers."""
    people = history(client, area=area)
    return people[(people["coverage_share"] >= tiers.COVERED_SHARE) & (people["segment"] != "not_assessable")]


def _counts(people: pd.DataFrame, keys: list[str], metric: str) -> pd.DataFrame:
    """Return the keys, n (people that the metric counts) and n_total."""
    counted = people.assign(n=people["segment"].isin(COUNTED.get(metric, ())))
    return counted.groupby(keys, as_index=False).agg(n=("n", "sum"), n_total=("n", "size"))


def _table(
    name: str, frame: pd.DataFrame, dims: tuple[str, ...], client: Client, *, withheld: pd.Series | None = None
) -> Table:
    rule = tiers.definition_of(client)
    frame = frame.astype({"n": "int64", "n_total": "int64"})
    frame["share"] = frame["n"] / frame["n_total"].replace(0, np.nan)
    window = (frame["month"].min().date(), frame["month"].max().date()) if len(frame) else None
    return Table(
        name, frame[[*dims, "n", "n_total", "share"]], dims, ("n",), {"share": ("n", "n_total")}, ("n_total",),
        "assessed", rule.tier, window, rule, withheld=() if withheld is None else positions(withheld),
    )  # fmt: skip
