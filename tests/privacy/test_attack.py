"""An independent solver attacks what is shown; the full run: ``python -m tests.privacy.test_attack 1000``."""

import sys
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from crmkit import privacy
from tests.privacy.attacker import SEGMENTS, Attacker, people_by_chance, tables_of

#: Sets that every run of the tests attacks; the full run takes 1,000.
N_SETS = 40


def attacked(seed: int) -> tuple[int, int, dict]:
    """Return numbers, masked numbers and what the attacker finds out of one random set of tables."""
    rng = np.random.default_rng(seed)
    people, k = people_by_chance(rng), int(rng.choice([5, 5, 7, 10]))
    shown = privacy.protect(tables_of(people), k=k)
    attacker = Attacker(shown, sorted(people["team"].unique()))
    assert not any(0 < n < k for table in shown.values() for n in table.frame["n"].dropna())
    assert privacy.audit(shown, k=k) == []
    return attacker.n_numbers, len(attacker.masked), attacker.told(k)


@pytest.mark.parametrize("seed", range(N_SETS))
def test_no_masked_number_is_bounded_closer_than_k(seed):
    assert attacked(seed)[2] == {}


def test_the_attacker_finds_what_small_cells_alone_leave_open():
    """One unit of 3 regular people is masked, its total and the sum over units are not: 3 = 33 − 30."""
    people = pd.DataFrame({"team": ["D/A"] * 40 + ["D/B"] * 40, "division": "D", "area": [True, False] * 40})
    people["segment"] = ["regular"] * 3 + ["occasional"] * 17 + ["rare"] * 20 + ["regular"] * 30 + ["rare"] * 10
    tables = tables_of(people)
    shown = privacy.protect(tables)
    teams = shown["by_team"]
    careless = tables["by_team"].frame.astype({"n": "Int64", "n_total": "Int64"})
    careless.loc[careless["n"].between(1, 4), "n"] = pd.NA
    leaky = type(teams)._of(tables["by_team"], careless.assign(suppressed=careless["n"].isna()), 5)
    attacker = Attacker(shown | {"by_team": leaky}, ["D/A", "D/B"])
    assert attacker.told(5) == {("by_team", 0, "n"): (3.0, 3.0)}
    found = privacy.audit(shown | {"by_team": leaky})
    assert {(f.table, f.row, f.column) for f in found} >= {("by_team", 0, "n")}


def best_loss(tables: dict, k: int, ours: int) -> int:
    """Return the fewest numbers that have to be masked, found by trying; `ours` is an upper bound."""
    raw = {
        name: privacy.ProtectedTable._of(
            t, t.frame.astype({"n": "Int64", "n_total": "Int64"}).assign(suppressed=False), k
        )
        for name, t in tables.items()
    }
    teams = sorted(tables["by_team"].frame["org_unit"].unique())
    kinds = Attacker(raw, teams)
    numbers: dict[bytes, list] = {}
    for name, table in raw.items():
        for place, counts, value in kinds._rows(name, table):
            numbers.setdefault(counts.tobytes(), [counts, value, []])[2].append(place)
    groups = list(numbers.values())
    secret = [i for i, (_, value, places) in enumerate(groups) if 0 < value < k or _is_uniform(places, tables)]
    free = [i for i in range(len(groups)) if i not in secret]
    for n in range(ours - len(secret)):
        if any(_is_safe(groups, {*secret, *more}, k) for more in combinations(free, n)):
            return len(secret) + n
    return ours


def _is_uniform(places: list, tables: dict) -> bool:
    rows = [tables[name].frame.iloc[row] for name, row, column in places if name == "by_team" and column == "n"]
    return any(cell["n"] in (0, cell["n_total"]) for cell in rows)


def _is_safe(groups: list, masked: set, k: int) -> bool:
    probe = Attacker.__new__(Attacker)
    probe._sums = np.array([counts for i, (counts, _, _) in enumerate(groups) if i not in masked])
    probe._values = np.array([value for i, (_, value, _) in enumerate(groups) if i not in masked])
    return all((ends := probe.bounds(groups[i][0]))[1] - ends[0] >= k - 1e-6 for i in sorted(masked))


def test_little_more_is_masked_than_must_be():
    """Against the optimum, tried out on small tables: at most 1.3 times as many numbers, all together and each."""
    ours, best = [], []
    for seed in range(30):
        rng = np.random.default_rng(seed)
        teams = rng.choice(["D/A", "D/B", "D/C"][: rng.integers(2, 4)], size=rng.integers(25, 90))
        habit = {name: rng.dirichlet(np.ones(3)) for name in sorted(set(teams))}
        segment = [rng.choice(SEGMENTS, p=habit[name]) for name in teams]
        people = pd.DataFrame({"team": teams, "division": "D", "segment": segment, "area": True})
        tables = {name: table for name, table in tables_of(people).items() if name in ("standing", "by_team")}
        shown = privacy.protect(tables)
        n = len({counts.tobytes() for counts in Attacker(shown, sorted(set(teams))).masked.values()})
        if n:
            ours.append(n)
            best.append(best_loss(tables, 5, n))
    assert sum(ours) <= 1.3 * sum(best)
    assert max(n / m for n, m in zip(ours, best, strict=True)) <= 1.3


if __name__ == "__main__":
    results = [attacked(seed) for seed in range(int(sys.argv[1]))]
    n, n_masked, n_told = (
        sum(x) for x in ((r[0] for r in results), (r[1] for r in results), (len(r[2]) for r in results))
    )
    print(f"{len(results)} sets of tables, {n} numbers, {n_masked} masked, {n_told} bounded closer than k")
