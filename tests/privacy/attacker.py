"""An attacker who holds all tables of a report: a solver of its own, which knows nothing of the kit's.

Its unknowns are the numbers of people of each kind: unit × segment × area used. Every shown number is an equation
over them, a masked one is bounded by two linear programmes. Tables are hierarchies with totals: whole client, division,
team; by segment and by area.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
from scipy.optimize import linprog

from crmkit.method.table import Table
from crmkit.privacy.protected import ProtectedTable

SEGMENTS = ("regular", "occasional", "rare")


def people_by_chance(rng: np.random.Generator) -> pd.DataFrame:
    """Return 20 to 200 people of one to nine teams in one to three divisions: team, division, segment, area."""
    teams = [f"D{d}/T{t}" for d in range(rng.integers(1, 4)) for t in range(rng.integers(1, 4))]
    team = rng.choice(
        teams, p=rng.dirichlet(np.ones(len(teams)) * rng.choice([0.5, 2, 10])), size=rng.integers(20, 200)
    )
    habit = {name: rng.dirichlet(np.ones(3) * rng.choice([0.5, 1, 3])) for name in teams}
    likely = {name: rng.random() for name in teams}
    return pd.DataFrame(
        {
            "team": team,
            "division": [name.split("/")[0] for name in team],
            "segment": [rng.choice(SEGMENTS, p=habit[name]) for name in team],
            "area": [bool(rng.random() < likely[name]) for name in team],
        }
    )


def tables_of(people: pd.DataFrame) -> dict[str, Table]:
    """Return the hierarchy of tables: everybody, divisions, teams by segment; everybody and teams by area."""
    return {
        "standing": _by_segment("standing", people, None),
        "by_division": _by_segment("by_division", people, "division"),
        "by_team": _by_segment("by_team", people, "team"),
        "area_usage": _by_area("area_usage", people, None),
        "unit_area": _by_area("unit_area", people, "team"),
    }


def _by_segment(name: str, people: pd.DataFrame, level: str | None) -> Table:
    keys = [level] if level else []
    values = [sorted(people[level].unique())] if level else []
    cells = pd.MultiIndex.from_product([*values, SEGMENTS], names=[*keys, "segment"])
    frame = people.value_counts([*keys, "segment"]).reindex(cells, fill_value=0).rename("n").reset_index()
    frame["n_total"] = frame.groupby(level)["n"].transform("sum") if level else len(people)
    return _table(name, frame.rename(columns={level: "org_unit"} if level else {}), "segment")


def _by_area(name: str, people: pd.DataFrame, level: str | None) -> Table:
    groups = people.groupby(level) if level else [("", people)]
    rows = [(unit, "sales", int(inside["area"].sum()), len(inside)) for unit, inside in groups]
    frame = pd.DataFrame(rows, columns=["org_unit", "area", "n", "n_total"])
    return _table(name, frame if level else frame.drop(columns="org_unit"), "")


def _table(name: str, frame: pd.DataFrame, partition: str) -> Table:
    dimensions = tuple(column for column in ("org_unit", "segment", "area") if column in frame)
    frame = frame.assign(share=frame["n"] / frame["n_total"])[[*dimensions, "n", "n_total", "share"]]
    return Table(
        name, frame, dimensions, ("n",), {"share": ("n", "n_total")}, ("n_total",), population="assessed",
        partition=partition,
    )  # fmt: skip


class Attacker:
    """Knows every shown number, who works where, and that numbers of people are not negative."""

    def __init__(self, shown: dict[str, ProtectedTable], teams: list[str]) -> None:
        self._kinds = list(product(teams, SEGMENTS, (True, False)))
        rows = [
            (place, counts, value) for name, table in shown.items() for place, counts, value in self._rows(name, table)
        ]
        known = [(counts, value) for _, counts, value in rows if value is not None]
        self._sums = np.array([counts for counts, _ in known]) if known else None
        self._values = np.array([value for _, value in known]) if known else None
        self.masked = {place: counts for place, counts, value in rows if value is None}
        self.n_numbers = len(rows)

    def bounds(self, counts: np.ndarray) -> tuple[float, float]:
        """Return the smallest and the largest number that some people can be."""
        ends = []
        for sign in (1.0, -1.0):
            found = linprog(sign * counts, A_eq=self._sums, b_eq=self._values, bounds=(0, None))
            ends.append(-np.inf if found.status == 3 else found.fun)
        return ends[0], -ends[1]

    def told(self, k: int) -> dict[tuple[str, int, str], tuple[float, float]]:
        """Return the masked numbers that are bounded closer than k."""
        ends = {
            counts.tobytes(): self.bounds(counts) for counts in {c.tobytes(): c for c in self.masked.values()}.values()
        }
        found = {place: ends[counts.tobytes()] for place, counts in self.masked.items()}
        return {place: (low, high) for place, (low, high) in found.items() if high - low < k - 1e-6}

    def _rows(self, name: str, table: ProtectedTable):
        for row, cell in enumerate(table.frame.to_dict("records")):
            unit, segment = cell.get("org_unit", ""), cell.get("segment")
            inside = np.array(
                [float(not unit or team == unit or team.startswith(f"{unit}/")) for team, _, _ in self._kinds]
            )
            of = np.array([s == segment if segment else used for _, s, used in self._kinds], dtype=float)
            for column, counts in (("n", inside * of), ("n_total", inside)):
                value = cell[column]
                yield (name, row, column), counts, None if pd.isna(value) else float(value)
