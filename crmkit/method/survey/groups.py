"""The survey by organisational unit, and beside the usage of the same units: groups, never persons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit import questionnaire
from crmkit.method import counted, made
from crmkit.method.counted import UNIT
from crmkit.method.definition import Definition
from crmkit.method.survey import sheets
from crmkit.method.survey.items import n_sheets, scaled, variable
from crmkit.method.table import Table, of_shares
from crmkit.method.units import paths
from crmkit.method.units.sizes import RATE_PEOPLE
from crmkit.method.whom import Whom, box, each, of, people_on
from crmkit.method.window import days_of
from crmkit.method.withheld import n_people, without_units

if TYPE_CHECKING:
    from crmkit.client import Client

#: The topic whose index stands beside usage.
_BENEFIT = "benefit"
#: How many times the smallest group a unit must have answered.
_ENOUGH = 2
#: Stands for all units that are not shown.
OTHERS = "*"


def by_unit(client: Client) -> Table:
    """Return how many agree with each item, by organisational unit of the respondents.

    Returns
    -------
    Table
        org_unit, item, n (who agree), n_total (who answered in the unit), share (0–1). Units with fewer respondents
        than twice the survey's k are left out: of those who agree and those who do not, one would be too few. So is
        the item on managers: in a unit it describes one person. No rows where units are not shown at all.
    """
    frame = _by_unit(client)
    table = sheets.table_of(
        "survey_by_unit", frame, (UNIT, "item"), client, {UNIT: frame[UNIT].astype(str)},
        notes=sheets.notes_of(client, n_sheets(client)) if len(frame) else (),
    )  # fmt: skip
    n = tuple(_agreeing(unit, item) for unit, item in zip(frame[UNIT], frame["item"], strict=True))
    return replace(table, whom={**table.whom, "n": n})


def other_units(client: Client) -> Table:
    """Return the same of all respondents who are in no unit of `by_unit`, together.

    It follows from the whole client less its units, so it has to be guarded like them; no report shows it.

    Returns
    -------
    Table
        org_unit (`OTHERS`), item, n, n_total, share (0–1). No rows where each respondent is in a unit that is shown.
    """
    shown = _by_unit(client)
    unit_of = sheets.units(sheets.answers(client))
    left = unit_of[~unit_of.isin(shown[UNIT])]
    rows = scaled(client)
    agreeing = rows[(rows["answer"] == "agree") & rows["respondent"].isin(left.index)]
    asked = list(dict.fromkeys(shown["item"])) if len(left) else []
    counts = agreeing["item"].value_counts().reindex(asked, fill_value=0)
    frame = counts.rename_axis("item").rename("n").reset_index().assign(org_unit=OTHERS, n_total=len(left))
    frame = frame.astype({"item": "str", "n": "int64", UNIT: "str", "n_total": "int64"})
    others = frozenset(left)
    table = sheets.table_of("survey_other_units", frame, (UNIT, "item"), client, {UNIT: others})
    where = ({UNIT: others, variable(item): "agree"} for item in frame["item"])
    return replace(table, whom={**table.whom, "n": tuple(of(box(sheets.RESPONDENTS, one)) for one in where)})


def benefit_by_unit(client: Client) -> Table:
    """Return the benefit index of each organisational unit, as `items.topics` defines it.

    Returns
    -------
    Table
        org_unit, n_total (who answered), index_share (0–1). It follows from `by_unit` and is shown where that is.
    """
    asked = [item.key for item in questionnaire.of_kind("scale") if item.topic == _BENEFIT]
    frame = _by_unit(client)
    frame = frame[frame["item"].isin(asked)]
    frame = frame.assign(share=frame["n"] / frame["n_total"])
    grouped = frame.groupby(UNIT, sort=False)
    found = grouped.agg(n_items=("item", "size"), n_total=("n_total", "first"), index_share=("share", "mean"))
    found = found[found["n_items"] == len(asked)].drop(columns="n_items").reset_index()
    rests_on = tuple(tuple(_agreeing(unit, item) for item in asked) for unit in found[UNIT])
    return Table(
        "survey_benefit", found, (UNIT,), (), {"index_share": ("n_total",)}, ("n_total",), sheets.RESPONDENTS,
        k_min=sheets.k_of(client), rests_on={"index_share": rests_on},
        whom={"n_total": each(len(found), sheets.RESPONDENTS, {UNIT: found[UNIT].astype(str)})},
    )  # fmt: skip


def beside_usage(people: pd.DataFrame, client: Client) -> Table:
    """Return the usage of the organisational units that `benefit_by_unit` has, with everything below them.

    Parameters
    ----------
    people
        From `standing.describe`.
    client
        The client.

    Returns
    -------
    Table
        org_unit, n (regular or occasional), n_total (assessed), share (0–1). Units of fewer than 15 people assessed are
        left out. Nobody is joined to an answer: both stand beside each other for whole units.
    """
    rule = made.rule_of(people) or Definition()
    assessed = people[people["segment"].isin(counted.assessed(rule))]
    rows = [_used(unit, assessed, client) for unit in dict.fromkeys(_by_unit(client)[UNIT])]
    frame = pd.DataFrame([row for row in rows if row[2] >= RATE_PEOPLE], columns=[UNIT, "n", "n_total"])
    frame = frame.astype({UNIT: "str", "n": "int64", "n_total": "int64"})
    unit = {UNIT: [counted.unit_with_parts(name, client) for name in frame[UNIT]]}
    segment, everybody = counted.segment(rule), people_on(made.day_of(people))
    whom = {
        "n": each(len(frame), everybody, unit | {segment: counted.USED}),
        "n_total": each(len(frame), everybody, unit | {segment: counted.assessed(rule)}),
    }
    return of_shares("survey_usage", frame, (UNIT,), rule=rule, window=days_of(client.as_of), whom=whom)


def _used(unit: str, assessed: pd.DataFrame, client: Client) -> tuple[str, int, int]:
    inside = assessed[[paths.is_within(path, unit) for path in assessed[UNIT]]]
    return unit, int(inside["segment"].isin(counted.USED).sum()), len(inside)


def _by_unit(client: Client) -> pd.DataFrame:
    """Return org_unit, item, n and n_total of units with enough respondents, in the client's order, else by name."""
    rows = scaled(client)
    rows = rows[rows["item"] != questionnaire.MANAGERS]
    unit_of = sheets.units(sheets.answers(client))
    sizes = unit_of[unit_of != ""].value_counts()
    names = _ordered(sizes[sizes >= _ENOUGH * sheets.k_of(client)].index, client)
    if without_units(client, n_people(client)):
        names = []
    order = [item.key for item in questionnaire.of_kind("scale") if item.key in set(rows["item"])]
    agreeing = rows[rows["answer"] == "agree"].assign(org_unit=lambda given: given["respondent"].map(unit_of))
    cells = pd.MultiIndex.from_product([names, order], names=[UNIT, "item"])
    frame = agreeing.value_counts([UNIT, "item"]).rename("n").reindex(cells, fill_value=0).reset_index()
    n_total = frame[UNIT].map(sizes).astype(float).fillna(0).astype("int64") if len(frame) else np.array([], dtype=int)
    return frame.assign(n_total=n_total, org_unit=frame[UNIT].astype("str"), item=frame["item"].astype("str"))


def _ordered(names: pd.Index, client: Client) -> list[str]:
    """Return units in the order of the client's reporting units that are or lie in them, else by name."""
    known = list(client.settings.reporting_paths)
    place = {
        name: next((n for n, path in enumerate(known) if paths.is_within(path, name)), len(known)) for name in names
    }
    return sorted(names, key=lambda name: (place[name], name))


def _agreeing(unit: str, item: str) -> Whom:
    return of(box(sheets.RESPONDENTS, {UNIT: unit, variable(item): "agree"}))
