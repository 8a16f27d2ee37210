"""All tables of a retrospective, made at once: they are masked together, so they are made together."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from crmkit.method import (
    accompanying,
    areas,
    changes,
    cohorts,
    comparison,
    counted,
    definitions,
    effects,
    findings,
    firmness,
    licences,
    movement,
    panel,
    parallel,
    progress,
    segments,
    series,
    standing,
    survey,
    tiers,
    timeline,
)
from crmkit.method.table import Table, rows_of
from crmkit.method.whom import Box, Values, Whom, day_of
from crmkit.method.window import weeks_of

if TYPE_CHECKING:
    from crmkit.client import Client

#: Note of a table without rows: it would tell of the few who have left.
FEW_LEFT = "few_left"


def tables(client: Client) -> dict[str, Table]:
    """Return every table of the report under its name; those that the client's data cannot fill have no rows.

    Parameters
    ----------
    client
        The client.

    Returns
    -------
    dict of str to Table
        Unprotected: `privacy.protect` makes them showable, all together.
    """
    weeks = panel.weekly(client.activity, client, as_of=client.as_of)
    people = standing.describe(segments.assign(weeks), client)
    made = _standing(people, client) | _areas(people, client) | _licences(people, client)
    made |= _over_time(client) | _goals(client) | _others(client) | _voices(people, client)
    made["migration"] = _unless_few_left(made["migration"], made["comparison"], client)
    pairs, readings = made["migration"], made["usage_series"]
    for name in ("usage_series", "area_series", "unit_series", "goal_path"):
        made[name] = _without_the_earlier_day(made[name], pairs, readings, client)
    return {name: _with_members(table, client) for name, table in made.items()}


def _standing(people: pd.DataFrame, client: Client) -> dict[str, Table]:
    return {
        "standing": standing.overview(people, client),
        "details": standing.details(people),
        "intensity": standing.intensity(people),
        "by_unit": standing.by_unit(people, client),
        "logins_by_unit": standing.logins_by_unit(client),
        "firmness": firmness.ranges(client),
        "definitions": definitions.compare(client),
    }


def _areas(people: pd.DataFrame, client: Client) -> dict[str, Table]:
    return {
        "area_usage": areas.usage(people, client),
        "main_area": areas.main_area(people, client),
        "breadth": areas.breadth(people, client),
        "role_breadth": areas.role_breadth(people, client),
        "unit_area": areas.by_unit(people, client),
    }


def _licences(people: pd.DataFrame, client: Client) -> dict[str, Table]:
    return {
        "waterfall": licences.waterfall(people, client),
        "licence_use": licences.use(people, client),
        "licence_figures": licences.figures(people, client),
        "licence_cost": licences.cost(people, client),
        "licence_cost_types": licences.cost_by_type(people, client),
        "licence_scenario": licences.scenario(people, client),
    }


def _over_time(client: Client) -> dict[str, Table]:
    return {
        "usage_series": series.usage(client),
        "area_series": series.by_area(client),
        "unit_series": series.by_unit(client),
        "change_log": changes.log(client),
        "comparison": comparison.whole(client),
        "comparison_units": comparison.by_unit(client),
        "licence_changes": comparison.licences(client),
        "before_after": effects.before_after(client),
        "effects": effects.estimates(client),
        "migration": movement.migration(client),
        "movement": movement.movement(client),
        "time_to_regular": cohorts.time_to_regular(client),
        "retention": cohorts.retention(client),
    }


def _goals(client: Client) -> dict[str, Table]:
    return {
        "goals": progress.overview(client),
        "goal_readings": progress.readings_table(client),
        "goal_cohort": progress.cohort(client),
        "goal_path": progress.paths(client),
        "goal_history": progress.history(client),
    }


def _others(client: Client) -> dict[str, Table]:
    return {
        "parallel_lists": parallel.inventory(client),
        "parallel_total": parallel.total(client),
        "outcomes": accompanying.figures(client),
        "outcome_changes": accompanying.changes(client),
        "findings": findings.accounts(client),
        "log_findings": findings.log(client),
    }


def _voices(people: pd.DataFrame, client: Client) -> dict[str, Table]:
    return {
        "survey_items": survey.items(client),
        "survey_topics": survey.topics(client),
        "survey_response": survey.response(client),
        "survey_bounds": survey.bounds(client),
        "survey_hurdles": survey.hurdles(client),
        "survey_elsewhere": survey.elsewhere(client),
        "survey_by_unit": survey.by_unit(client),
        "survey_other_units": survey.other_units(client),
        "survey_benefit": survey.benefit_by_unit(client),
        "survey_usage": survey.beside_usage(people, client),
        "interview_themes": survey.themes(client),
        "interview_quotes": survey.quotes(client),
    }


def _without_the_earlier_day(table: Table, pairs: Table, readings: Table, client: Client) -> Table:
    """Return a table without the reading beside the day that movement compares with, if that tells of leavers.

    Movement counts who is there on both days, the reading who was there then: the rest are those who left.
    """
    if pairs.frame.empty or table.frame.empty:
        return table
    last = weeks_of(pairs.frame["before_date"].iloc[0].date())[-1]
    months = [month for month in readings.frame["month"].unique() if weeks_of(pd.Timestamp(month).date())[-1] == last]
    if not any(_tells_of_leavers(pairs.frame, readings.frame[readings.frame["month"] == m], client.k) for m in months):
        return table
    of_people = pd.Series([bool(whom) and _is_reading(whom) for whom in table.whom["n"]], index=table.frame.index)
    return rows_of(table, ~(table.frame["month"].isin(months) & of_people))


def _unless_few_left(pairs: Table, compared: Table, client: Client) -> Table:
    """Return the movement between segments, without its rows if it tells of the few who left since the last report.

    That report said who was in which segment then, this one would say it of those who are still there.
    """
    then = compared.frame[compared.frame["date"] < pd.Timestamp(client.as_of)]
    if pairs.frame.empty or not _tells_of_leavers(pairs.frame, then, client.k):
        return pairs
    return replace(rows_of(pairs, pd.Series(False, index=pairs.frame.index)), notes=(*pairs.notes, FEW_LEFT))


def _is_reading(whom: Whom) -> bool:
    """Return whether a number counts people on a day: those of all units together are the whole client."""
    return all(day_of(box.universe) for box in whom.boxes)


def _tells_of_leavers(pairs: pd.DataFrame, readings: pd.DataFrame, k: int) -> bool:
    """Return whether a reading less those who were there on both days leaves a few, in all or of those counted."""
    before = pairs.groupby("segment_before")["n"].sum()
    stayed = {"active": before.reindex(["regular", "occasional"]).sum(), "regular": before.get("regular", 0)}
    n_left = [n - stayed[metric] for metric, n in zip(readings["metric"], readings["n"], strict=True)]
    n_left += (readings["n_total"] - before.sum()).tolist()
    return any(0 < n < k for n in n_left)


def _with_members(table: Table, client: Client) -> Table:
    """Return a table that knows who is in the groups that it counts, day by day."""
    totals = {whom.boxes[0] for column in table.totals for whom in table.whom.get(column, ()) if whom}
    assessed = counted.assessed(tiers.definition_of(client))
    groups = [box for box in totals if day_of(box.universe) and _is_group(box, assessed)]
    if not groups:
        return table
    # of a day without a reading nobody knows who was there
    members = {box: _members(box, client) for box in groups if len(_assessed_on(day_of(box.universe), client))}
    return replace(table, members={**table.members, **members}, known=(*table.known, *_sizes(table, set(groups))))


def _sizes(table: Table, groups: Collection[Box]) -> Iterator[tuple[Whom, float]]:
    """Return how many people are in the groups: everybody in the house knows who works where, since when."""
    for column in table.totals:
        totals = table.frame[column].astype("Float64").to_numpy(float, na_value=float("nan")).tolist()
        pairs = zip(table.whom.get(column, ()), totals, strict=False)
        yield from ((whom, n) for whom, n in pairs if whom and whom.boxes[0] in groups and not pd.isna(n))


def _is_group(box: Box, assessed: Values) -> bool:
    """Return whether a box holds everybody assessed, in all or of a unit."""
    where = dict(box.where)
    where.pop(counted.UNIT, None)
    return all(values == assessed for values in where.values()) and len(where) == 1


def _members(box: Box, client: Client) -> frozenset[str]:
    people = _assessed_on(day_of(box.universe), client)
    unit = dict(box.where).get(counted.UNIT)
    return frozenset(people["user_id"] if unit is None else people.loc[people["org_unit"].isin(unit), "user_id"])


def _assessed_on(day: object, client: Client) -> pd.DataFrame:
    """Return user_id and org_unit of the people assessed on a day."""
    key = ("assessed", day)
    if key not in client.memory:
        people = timeline.history(client)
        inside = (people["month"] == pd.Timestamp(str(day))) & (people["segment"] != "not_assessable")
        client.memory[key] = people.loc[inside, ["user_id", "org_unit"]]
    return client.memory[key]
