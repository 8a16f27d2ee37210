"""Interviews: how many speak of a theme, and what they said where they released it.

A paraphrase is printed since the person who was asked has read and released it, so k does not hold for it. Whoever did
not is counted in the whole only. The group of roles stands beside a paraphrase where the client's tables know a role or
an organisational unit of that name with enough people: a voice from "Management" of three would be a name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crmkit.method.described import current_assignments, todays_units
from crmkit.method.population import one_row_a_person, population_of
from crmkit.method.survey import sheets
from crmkit.method.table import Table
from crmkit.method.units import paths
from crmkit.method.withheld import n_people, without_units

if TYPE_CHECKING:
    from crmkit.client import Client


def themes(client: Client) -> Table:
    """Return the themes of released paraphrases.

    Returns
    -------
    Table
        theme (the most frequent first, then by name), n_interviews (that speak of it), n_interviews_all (whoever was
        asked), n_not_released (paraphrases that are counted only).
    """
    rows = _numbered(client.voices)
    shown = rows[rows["released"] & (rows["paraphrase"] != "")]
    counts = shown.groupby("theme")["interview"].nunique().rename("n_interviews").reset_index()
    ordered = counts.sort_values(["n_interviews", "theme"], ascending=[False, True], ignore_index=True)
    frame = ordered.assign(n_interviews_all=rows["interview"].nunique(), n_not_released=int((~rows["released"]).sum()))
    return Table("interview_themes", frame, tuple(frame.columns))


def quotes(client: Client) -> Table:
    """Return the released paraphrases, by theme as in `themes`.

    Returns
    -------
    Table
        theme, role_group (empty where the group is too small or not known), paraphrase.
    """
    rows = client.voices
    shown = rows[rows["released"] & (rows["paraphrase"] != "")]
    place = {theme: number for number, theme in enumerate(themes(client).frame["theme"])}
    shown = shown.assign(place=shown["theme"].map(place)).sort_values(["place", "paraphrase"], ignore_index=True)
    crowds = _crowds(client) if len(shown) else {}
    is_crowd = [crowds.get(group.strip().casefold(), 0) >= sheets.k_of(client) for group in shown["role_group"]]
    frame = shown.assign(role_group=shown["role_group"].where(pd.Series(is_crowd, index=shown.index, dtype=bool), ""))
    return Table(
        "interview_quotes", frame[["theme", "role_group", "paraphrase"]], ("theme", "role_group", "paraphrase")
    )


def _numbered(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with their interview: one source is one, a row without a source one of its own."""
    own = pd.Series([f"row {number}" for number in range(len(rows))], index=rows.index, dtype="str")
    return rows.assign(interview=rows["source"].where(rows["source"] != "", own))


def _crowds(client: Client) -> dict[str, int]:
    """Return role or name of an organisational unit, case folded → people who have it today."""
    if without_units(client, n_people(client)):
        return {}
    population = one_row_a_person(population_of(client))
    persons = population.users.loc[population.users["account_type"] == "person", "user_id"]
    current = current_assignments(population.spans, client).drop_duplicates("user_id", keep="last")
    current = current[current["user_id"].isin(persons)]
    of_role = current["role"].str.strip().str.casefold().value_counts().to_dict()
    of_unit: dict[str, int] = {}
    for path, n in todays_units(current["org_unit"].fillna(""), client).value_counts().items():
        for part in {name.strip().casefold() for name in str(path).split(paths.SEPARATOR)}:
            of_unit[part] = of_unit.get(part, 0) + int(n)
    # what is both a role and a unit is as large as the smaller of them
    names = {*of_role, *of_unit} - {""}
    return {name: min(sizes[name] for sizes in (of_role, of_unit) if name in sizes) for name in names}
