"""How long joint suppression and its audit take, for a client with many units.

``python benchmarks/suppression.py --units 30`` makes people by chance, the tables that a report shows of them, masks
them together and audits the result. Seconds are those of this machine; the ratio to a plain pass over the same tables
that masks small cells only says more.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
import pandas as pd

from crmkit import privacy
from crmkit.method.table import Table
from crmkit.method.whom import box, each, of

SEGMENTS = ("regular", "occasional", "rare")
AREAS = ("sales", "marketing", "service", "shared", "other")
LICENCES = ("A", "B", "C")
QUARTERS = 8


def main() -> None:
    """Print sizes and seconds."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--units", type=int, default=30)
    options.add_argument("--people", type=int, default=900)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    people = people_by_chance(chosen.people, chosen.units, np.random.default_rng(chosen.seed))
    tables = tables_of(people)
    plain, _ = _timed(lambda: {name: privacy.protect(table) for name, table in tables.items()})
    together, shown = _timed(lambda: privacy.protect(tables))
    audited, found = _timed(lambda: privacy.audit(shown))
    n = sum(table.hidden.size for table in shown.values())
    n_masked = sum(int(table.hidden.to_numpy().sum()) for table in shown.values())
    print(f"{chosen.units} units, {len(tables)} tables, {n} numbers, {n_masked} masked, {len(found)} findings")
    print(
        f"each table alone {plain:.2f} s; together {together:.2f} s ({together / plain:.1f} x); audit {audited:.2f} s"
    )


def people_by_chance(n: int, n_units: int, rng: np.random.Generator) -> pd.DataFrame:
    """Return people with unit, segment, used areas, licence, and whether they were active in earlier quarters."""
    unit = rng.choice([f"D{u // 6}/T{u}" for u in range(n_units)], size=n)
    habit = {name: rng.dirichlet([3, 3, 4]) for name in sorted(set(unit))}
    people = pd.DataFrame({"org_unit": unit, "segment": [rng.choice(SEGMENTS, p=habit[name]) for name in unit]})
    for area in AREAS:
        likely = {name: rng.choice([0.02, 0.3, 0.7]) for name in habit}
        people[area] = rng.random(n) < people["org_unit"].map(likely)
        people[f"{area} write"] = people[area] & (rng.random(n) < 0.6)
    people["licence"] = rng.choice(LICENCES, p=[0.7, 0.25, 0.05], size=n)
    for quarter in range(QUARTERS):
        people[f"quarter {quarter}"] = rng.random(n) < 0.6
    return people


def tables_of(people: pd.DataFrame) -> dict[str, Table]:
    """Return the tables of a report that hang together most: by unit, area, licence and quarter, and their totals."""
    return {
        "standing": _segments(people, []),
        "by_unit": _segments(people, ["org_unit"]),
        "by_division": _segments(people.assign(org_unit=people["org_unit"].str.split("/").str[0]), ["org_unit"]),
        "licence_use": _segments(people, ["licence"]),
        "area_usage": _areas(people, by_unit=False),
        "unit_area": _areas(people, by_unit=True),
        "usage_series": _quarters(people, by_unit=False),
        "unit_series": _quarters(people, by_unit=True),
    }


def _segments(people: pd.DataFrame, keys: list[str]) -> Table:
    cells = pd.MultiIndex.from_product(
        [*(sorted(people[key].unique()) for key in keys), SEGMENTS], names=[*keys, "segment"]
    )
    frame = people.value_counts([*keys, "segment"]).reindex(cells, fill_value=0).rename("n").reset_index()
    frame["n_total"] = frame.groupby(keys)["n"].transform("sum") if keys else len(people)
    group = {key: _values(key, frame[key], people) for key in keys}
    whom = {
        "n": each(len(frame), "today", group | {"segment": frame["segment"]}),
        "n_total": each(len(frame), "today", group | {"segment": frozenset(SEGMENTS)}),
    }
    return Table(
        "segments", frame, (*keys, "segment"), ("n",), totals=("n_total",), partition="segment", whom=whom,
        splits=(*keys, "segment"),
    )  # fmt: skip


def _values(key: str, names: pd.Series, people: pd.DataFrame) -> list[frozenset[str]]:
    known = people[key].unique() if key != "org_unit" else [f"D{u // 6}/T{u}" for u in range(1000)]
    return [frozenset(k for k in known if k == name or k.startswith(f"{name}/")) for name in names]


def _areas(people: pd.DataFrame, *, by_unit: bool) -> Table:
    rows = []
    for name, inside in people.groupby("org_unit") if by_unit else [("", people)]:
        for area in AREAS:
            n, n_write = int(inside[area].sum()), int(inside[f"{area} write"].sum())
            rows.append((name, area, n, n_write, len(inside)))
    frame = pd.DataFrame(rows, columns=["org_unit", "area", "n", "n_write", "n_total"])
    group = {"segment": frozenset(SEGMENTS)}
    groups = [group | ({"org_unit": frozenset({unit})} if unit else {}) for unit in frame["org_unit"]]
    used = [g | {f"used {area}": "yes"} for g, area in zip(groups, frame["area"], strict=True)]
    whom = {
        "n": tuple(of(box("today", one)) for one in used),
        "n_write": tuple(
            of(box("today", one | {f"wrote {area}": "yes"})) for one, area in zip(used, frame["area"], strict=True)
        ),
        "n_total": tuple(of(box("today", one)) for one in groups),
    }
    return Table(
        "areas", frame, ("org_unit", "area"), ("n", "n_write"), totals=("n_total",), nested=True, whom=whom,
        splits=("org_unit", "segment"),
    )  # fmt: skip


def _quarters(people: pd.DataFrame, *, by_unit: bool) -> Table:
    rows = [
        (unit, quarter, int(inside[f"quarter {quarter}"].sum()), len(inside))
        for unit, inside in (people.groupby("org_unit") if by_unit else [("", people)])
        for quarter in range(QUARTERS)
    ]
    frame = pd.DataFrame(rows, columns=["org_unit", "quarter", "n", "n_total"])
    days = [f"quarter {quarter}" for quarter in frame["quarter"]]
    group = {"org_unit": [frozenset({unit}) for unit in frame["org_unit"]]} if by_unit else {}
    whom = {"n": each(len(frame), days, group | {"active": "yes"}), "n_total": each(len(frame), days, group)}
    return Table("series", frame, ("org_unit", "quarter"), ("n",), totals=("n_total",), whom=whom, splits=("org_unit",))


def _timed(do):
    start = time.perf_counter()
    return time.perf_counter() - start if (made := do()) is None else (time.perf_counter() - start, made)


if __name__ == "__main__":
    main()
