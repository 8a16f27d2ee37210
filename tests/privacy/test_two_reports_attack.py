"""An attacker who holds two reports that tell of one day, with a solver of its own that knows nothing of the kit's.

The first tells the segments of each unit, the second, half a year later, how many were active in it then. Each is safe
by itself; masked apart they told of 21 of 60 clients by chance how many people of a few did not use the CRM.
"""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from crmkit import privacy
from crmkit.method.table import Table
from crmkit.method.whom import box, each, people_on
from crmkit.privacy import releases
from tests.privacy.test_releases import DAY, RULE, SEGMENTS, report

USED = frozenset({"regular", "occasional"})
K = 5


def people_by_chance(seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    rows = []
    for unit in range(rng.integers(3, 6)):
        habit = rng.dirichlet([1.2, 1.2, 0.6])
        rows += [(f"{unit}-{n}", f"U{unit}", rng.choice(SEGMENTS, p=habit)) for n in range(rng.integers(15, 40))]
    return pd.DataFrame(rows, columns=["id", "unit", "segment"])


def active_then(people: pd.DataFrame) -> dict[str, Table]:
    """Return who was active on the day, in all and by unit, as the comparison of a later report has it."""
    return {"comparison": _active(people.assign(unit="")), "comparison_units": _active(people)}


def _active(people: pd.DataFrame) -> Table:
    used = people.assign(n=people["segment"].isin(USED)).groupby("unit")["n"]
    frame = used.agg(["sum", "size"]).reset_index().set_axis(["org_unit", "n", "n_total"], axis=1)
    group = {} if set(frame["org_unit"]) == {""} else {"org_unit": frame["org_unit"]}
    segment, everybody = f"segment@{RULE.hash}", people_on(DAY)
    whom = {
        "n": each(len(frame), everybody, group | {segment: USED}),
        "n_total": each(len(frame), everybody, group | {segment: frozenset(SEGMENTS)}),
    }
    members = {
        box(everybody, ({"org_unit": unit} if unit else {}) | {segment: frozenset(SEGMENTS)}): frozenset(ids)
        for unit, ids in people.groupby("unit")["id"]
    }
    return Table("comparison", frame, ("org_unit",), ("n",), totals=("n_total",), definition=RULE, whom=whom,
                 members=members, splits=(segment,))  # fmt: skip


def known_numbers(shown: dict, kinds: list) -> list[tuple[np.ndarray, float]]:
    """Return what each shown number counts, and the number."""
    found = []
    for table in shown.values():
        for row in table.frame.to_dict("records"):
            segments = {row["segment"]} if "segment" in row else USED
            inside = [not row.get("org_unit") or unit == row["org_unit"] for unit, _ in kinds]
            for counts, value in ((segments, row["n"]), (set(SEGMENTS), row["n_total"])):
                of = [is_in and segment in counts for is_in, (_, segment) in zip(inside, kinds, strict=True)]
                found += [] if pd.isna(value) else [(np.array(of, float), float(value))]
    return found


@pytest.mark.parametrize("seed", range(20))
def test_what_two_reports_tell_of_one_day(seed):
    people = people_by_chance(seed)
    kinds = list(product(sorted(people["unit"].unique()), SEGMENTS))
    first = privacy.protect(report(people), k=K)
    held = releases.groups_of_tables(first)
    second = privacy.protect(active_then(people), k=K, releases=held)
    known = known_numbers(first, kinds) + known_numbers(second, kinds)
    sums, values = np.array([counts for counts, _ in known]), np.array([value for _, value in known])
    truth = people.groupby(["unit", "segment"]).size()
    for number, (unit, segment) in enumerate(kinds):
        if not 0 < truth.get((unit, segment), 0) < K:
            continue
        goal = np.eye(len(kinds))[number]
        low, high = (linprog(sign * goal, A_eq=sums, b_eq=values, bounds=(0, None)).fun * sign for sign in (1, -1))
        assert high - low > K - 1e-6, (unit, segment, low, high)


def test_a_day_of_which_the_data_say_something_else_now():
    """Exports of then were corrected since: what was told hangs together with no number of today."""
    people = people_by_chance(2)
    held = releases.groups_of_tables(privacy.protect(report(people), k=K))
    corrected = people.assign(segment=people["segment"].where(people.index % 3 > 0, "regular"))
    shown = privacy.protect(active_then(corrected), k=K, releases=held)
    alone = privacy.protect(active_then(corrected), k=K)
    pd.testing.assert_frame_equal(shown["comparison_units"].frame, alone["comparison_units"].frame)


def test_the_same_report_again_shows_the_same():
    people = people_by_chance(3)
    first = privacy.protect(report(people), k=K)
    again = privacy.protect(report(people), k=K, releases=releases.groups_of_tables(first))
    for name, table in first.items():
        pd.testing.assert_frame_equal(again[name].frame, table.frame)
