"""Numbers of a few people that once followed from tables that said nothing of each other: by hand, one client each."""

from typing import NamedTuple

import pandas as pd
import pytest

from crmkit import privacy
from crmkit.method import retrospective

BOTH = ("sales", "marketing")
AGREED = "privacy: {agreement: Betriebsvereinbarung 7}\n"


class Group(NamedTuple):
    """Some people: weeks of the last twelve in which they work in some areas, their unit, and weeks before that."""

    n: int
    weeks: int
    areas: tuple[str, ...] = ("sales",)
    unit: str = ""
    past: int = 0


@pytest.fixture
def shown(client_of, people_tables, days_in_weeks):
    """Return a function that protects all tables of a client of groups."""

    def make(*groups, settings="", role=""):
        people = [(f"p{g:02}{i:02}", group) for g, group in enumerate(groups) for i in range(group.n)]
        tables = people_tables([person for person, _ in people], role=role)
        tables["assignments"]["org_unit"] = [group.unit for _, group in people]
        activity = [days_in_weeks(person, group.weeks, area=area) for person, group in people for area in group.areas]
        activity += [days_in_weeks(person, group.past, last="2026-03-01") for person, group in people]
        client = client_of(settings=AGREED + settings, activity=pd.concat(activity), **tables)
        return privacy.protect(retrospective.tables(client), k=client.k)

    return make


def number(table, column="n", **where):
    """Return the number in the one row that is meant, None if it is masked."""
    rows = table.frame
    for name, value in where.items():
        rows = rows[rows[name] == value]
    (found,) = rows[column].tolist()
    return None if pd.isna(found) else int(found)


def test_areas_used_add_up_to_the_number_of_areas(shown):
    """82 uses of two areas by 62 people: 20 use both; less 9 occasional and 8 rare ones, 3 regular ones do."""
    tables = shown(
        Group(20, 12), Group(3, 12, BOTH), Group(12, 5, BOTH[1:]), Group(9, 5, BOTH), Group(10, 1, BOTH[1:]),
        Group(8, 1, BOTH), Group(9, 0, ()),
    )  # fmt: skip
    found = [number(tables["area_usage"], area=area) for area in ("sales", "marketing")]
    found += [number(tables["breadth"], segment=segment, n_areas="2") for segment in ("occasional", "rare")]
    assert None in found
    assert number(tables["breadth"], segment="regular", n_areas="2") is None


def test_who_is_active_uses_the_only_area(shown):
    """33 use it, 30 of them regularly or occasionally: 3 rarely."""
    tables = shown(Group(20, 12), Group(10, 5), Group(3, 1), Group(30, 0))
    used = [number(tables["standing"], segment=segment) for segment in ("regular", "occasional")]
    assert None in [*used, number(tables["area_usage"], area="sales")]
    assert number(tables["details"], detail="rare") is None


def test_who_uses_no_area_is_dormant_or_never_came(shown):
    """24 use none, 21 of them did before: 3 never came."""
    tables = shown(Group(20, 12), Group(10, 5), Group(8, 1), Group(21, 0, past=3), Group(3, 0))
    assert number(tables["details"], detail="never") is None
    none = [number(tables["breadth"], segment="rare", n_areas="0"), number(tables["details"], detail="dormant")]
    assert None in none


@pytest.mark.parametrize(
    "groups",
    [
        [Group(3, 10), Group(9, 8), Group(11, 5), Group(5, 3), Group(12, 0)],
        [Group(18, 12), Group(2, 8), Group(12, 5), Group(10, 1)],
    ],
)
def test_limits_of_definitions_lie_no_few_people_apart(shown, groups):
    table = shown(*groups)["definitions"]
    limits = {0}
    for code, rows in table.frame.groupby("definition", sort=False):
        if code != "lifecycle" and rows["n"].notna().all():
            limits |= set(rows["n"].astype(int).cumsum())
    apart = [abs(one - other) for one in limits for other in limits if one != other]
    assert min(apart) >= 5


def test_ranges_count_no_few_people(shown):
    """3 of 40 work in nine weeks of twelve: the range does not end at 0.07."""
    frame = shown(Group(3, 10), Group(9, 8), Group(11, 5), Group(5, 3), Group(12, 0))["firmness"].frame
    ends = frame.loc[frame["kind"].isin(["threshold", "window"]), ["low_share", "high_share"]].to_numpy() * 40
    assert not ((ends > 0.5) & (ends < 4.5)).any()


def test_the_size_of_the_client_is_known(shown):
    """36 of 39 people are regular, and nobody is occasional: 3 are rare."""
    tables = shown(Group(36, 12), Group(3, 0))
    assert number(tables["standing"], segment="regular") is None
    assert number(tables["standing"], segment="rare") is None


def test_nobody_of_a_unit_is_not_told_beside_a_hidden_whole(shown):
    """Of the whole client two are regular and two occasional: that none of them is in B is not told either."""
    in_a = [Group(n, weeks, unit="A") for n, weeks in ((2, 12), (2, 5), (30, 1), (14, 0))]
    tables = shown(*in_a, Group(16, 1, unit="B"))
    assert number(tables["standing"], segment="regular") is None
    assert number(tables["by_unit"], org_unit="B", segment="regular") is None


def test_the_area_that_a_role_is_to_use_is_an_area(shown):
    """40 use Sales, of whom 12 occasionally and 10 rarely: 18 of 21 regular ones do, 3 do not."""
    tables = shown(
        Group(18, 12), Group(3, 12, BOTH[1:]), Group(12, 5), Group(10, 1), Group(9, 1, BOTH[1:]), Group(10, 0),
        role="V", settings="roles:\n  V: {areas: [sales]}\n",
    )  # fmt: skip
    all_of_them = [number(tables["role_breadth"], segment=one, relevant="all") for one in ("occasional", "rare")]
    assert None in [*all_of_them, number(tables["area_usage"], area="sales")]
    assert number(tables["role_breadth"], segment="regular", relevant="none") is None
