"""What follows from two tables of a real report together: each case was once computed from a rendered sample."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from crmkit import ingest, open_client, privacy, retrospective

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "musterbau"
GOAL = "\n  - {id: Marketing, metric: regular_users, org_unit: Marketing, direction: up, change_unit: relative, "


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("clients") / "musterbau"
    shutil.copytree(SAMPLE, place, ignore=shutil.ignore_patterns("prepared", "pseudonym.key"))
    ingest.prepare(place)
    return place


def shown_of(folder: Path, **how: str) -> dict[str, privacy.ProtectedTable]:
    client = open_client(folder, **how)
    return privacy.protect(retrospective.tables(client), k=client.k)


@pytest.fixture(scope="module")
def shown(folder):
    return shown_of(folder)


def number(shown: dict, table: str, column: str = "n", **where: str) -> float:
    frame = shown[table].frame
    for name, value in where.items():
        frame = frame[frame[name].astype(str) == value]
    value = frame[column].iloc[0]
    return float("nan") if pd.isna(value) else float(value)


def known(*numbers: float) -> bool:
    return not any(pd.isna(value) for value in numbers)


def test_one_who_uses_an_area_on_the_side(shown):
    """31 used the service area, 30 have it as their main one."""
    used, main = number(shown, "area_usage", area="service"), number(shown, "main_area", area="service")
    assert not known(used, main)


def test_four_who_use_an_area_rarely(shown):
    """31 used the service area, 27 regularly or occasionally."""
    today = number(shown, "area_series", area="service", month="2026-06-28")
    assert not known(number(shown, "area_usage", area="service"), today)


def test_holders_of_a_licence_who_use_it_rarely(shown):
    """Of nine rare holders of one licence six do not use it at all; the nine follow from everybody and the others."""
    rare = number(shown, "standing", segment="rare"), number(shown, "licence_use", "n_rare", licence="Salesforce")
    idle = number(shown, "licence_cost_types", kind="without_use", licence="Salesforce Platform")
    assert not known(*rare, idle)


@pytest.mark.parametrize(("goal", "metric"), [("Regelmäßige Nutzer", "regular"), ("Nutzungsquote", "active")])
def test_leavers_between_a_reading_and_those_who_stayed(shown, goal, metric):
    """187 were assessed at the end of December, 185 of them are still there: two people lie between."""
    december = number(shown, "usage_series", month="2025-12-31", metric=metric)
    stayed = number(shown, "goal_cohort", goal_id=goal, group="stayed_then")
    assert not known(december, stayed)
    assert known(number(shown, "usage_series", month="2025-11-30", metric=metric))


def test_a_goal_of_a_unit_is_the_unit_of_the_figure(folder):
    """57 regular users less those of all shown units and of the goal's would be those of the two that are not."""
    file = folder / "client.yml"
    text = file.read_text(encoding="utf-8")
    more = f"goals:{GOAL}change_value: 0.2, months: 9, start: 2026-01-15}}"
    file.write_text(text.replace("goals:", more, 1), encoding="utf-8")
    try:
        shown = shown_of(folder)
    finally:
        file.write_text(text, encoding="utf-8")
    units = shown["by_unit"].frame.query("segment == 'regular'")
    masked = set(units.loc[units["n"].isna(), "org_unit"])
    goal = number(shown, "goals", goal_id="Marketing")
    assert ("Marketing" in masked) == (not known(goal))


def test_more_licences_held_than_bought(folder):
    """A list of licences that is out of date does not stop the report."""
    file = folder / "licences.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("195", "183", 1), encoding="utf-8")
    try:
        ingest.prepare(folder)
        assert privacy.audit(shown_of(folder)) == []
    finally:
        file.write_text(text, encoding="utf-8")
        ingest.prepare(folder)


@pytest.mark.parametrize("day", ["2025-12-28", "2026-03-31", "2026-05-02", "2026-06-14"])
def test_other_days(folder, day):
    assert privacy.audit(shown_of(folder, as_of=day)) == []
