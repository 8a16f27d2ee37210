"""An attacker on the tables of licences: an integer programme of its own, which knows nothing of the kit's equations.

Its unknowns are the numbers of people by licences held and kind: regular, occasional, rare, idle, newcomer, leaver.
It knows what was bought at which price, the accounts that no human works with, and every number that is shown, the
money too; that nothing is left of a licence where more are held than were bought, and what rows that are there tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from crmkit.method.table import Table

#: Kinds of people: regular, occasional, rare, idle (none in the window), newcomer, too few weeks, left.
REGULAR, OCCASIONAL, RARE, IDLE, NEW, AWAY, LEFT = "rowxnml"
ASSESSED = REGULAR + OCCASIONAL + RARE + IDLE
THERE = ASSESSED + NEW + AWAY
COLUMNS = {
    "n_assigned": THERE + LEFT, "n_regular": REGULAR, "n_occasional": OCCASIONAL, "n_rare": RARE + IDLE,
    "n_not_assessable": NEW + AWAY,
}  # fmt: skip
STEPS = {
    "assigned": THERE + LEFT, "persons": THERE + LEFT, "not_left": THERE, "past_onboarding": ASSESSED + AWAY,
    "assessed": ASSESSED,
}  # fmt: skip
SEGMENTS = {"regular": REGULAR, "occasional": OCCASIONAL, "rare": RARE + IDLE, "not_assessable": NEW + AWAY}
#: Whoever holds none of the licences that were bought.
OTHERS = frozenset[str]()
_MOST = 400
_LARGE = 1_000
_NEARLY = 1e-6

Sum = dict[int, float]


@dataclass(frozen=True)
class Contract:
    """A licence that was bought."""

    licence: str
    n: int
    price: float
    currency: str


@dataclass(frozen=True)
class Group:
    """Some people of one kind who hold the same licences; kind ``s``: accounts that no human works with."""

    n: int
    kind: str
    licences: frozenset[str]


@dataclass
class Attacker:
    """What follows for an insider from tables of licences.

    Attributes
    ----------
    contracts
        What was bought.
    groups
        The truth, of which the attacker uses the technical accounts only, and which licences go together.
    """

    contracts: list[Contract]
    groups: list[Group]
    _n: dict[tuple[frozenset[str], str], int] = field(default_factory=dict)
    _upper: list[float] = field(default_factory=list)
    _rows: list[tuple[Sum, float, float]] = field(default_factory=list)
    _left: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        bought = {one.licence for one in self.contracts}
        alone = [frozenset([name]) for name in sorted(bought)]
        held = sorted({group.licences & bought for group in self.groups} - {OTHERS}, key=sorted)
        for holding in dict.fromkeys([*alone, *held, OTHERS]):
            for kind in THERE + LEFT if holding else THERE:
                self._n[holding, kind] = self._new()
        for one in self.contracts:
            working, used = self.held_by(one.licence, THERE), self.held_by(one.licence, THERE.replace(IDLE, ""))
            self._left["reassignable", one.licence] = self._left_of(one, working)
            self._left["adjustable", one.licence] = self._left_of(one, used)

    def held_by(self, licence: str, kinds: str) -> Sum:
        """Return the people of some kinds who hold a licence."""
        return self._sum(lambda holding, kind: licence in holding and kind in kinds)

    def holders(self, licences: Iterable[str], kinds: str) -> Sum:
        """Return the people of some kinds who hold one of some licences."""
        wanted = set(licences)
        return self._sum(lambda holding, kind: not holding.isdisjoint(wanted) and kind in kinds)

    def everybody(self, kinds: str) -> Sum:
        """Return all people of some kinds."""
        return self._sum(lambda _, kind: kind in kinds)

    def look_at(self, tables: Mapping[str, Table]) -> None:
        """Take in everything that some tables show."""
        rows = {name: table.frame.to_dict("records") for name, table in tables.items()}
        listed = [one.licence for one in self.contracts]
        for row in rows["waterfall"]:
            if row["step"] in STEPS:
                beside = self._technical(listed) if row["step"] == "assigned" else 0
                self._read(self.holders(listed, STEPS[row["step"]]), row["n"], beside)
        for row in rows["use"]:
            for column, kinds in COLUMNS.items():
                beside = self._technical([row["licence"]]) if column == "n_assigned" else 0
                self._read(self.held_by(row["licence"], kinds), row.get(column), beside)
        for row in rows["figures"]:
            kinds = REGULAR if "regular" in row["metric"] else REGULAR + OCCASIONAL
            among = [one.licence for one in self.contracts if one.currency == row["currency"]]
            for column, counted in (("n", kinds), ("n_total", ASSESSED)):
                self._read(self.holders(among, counted) if among else self.everybody(counted), row[column])
        for row in rows["cost_by_type"]:
            self._read(self._figure(row["kind"], row["licence"]), row["n"])
        # of some licences nobody speaks: those that no account holds, while others hold what is in no list
        spoken = [one for one in self.contracts if one.licence in {row["licence"] for row in rows["cost_by_type"]}]
        for row in rows["cost"]:
            self._look_at_money(row, [one for one in spoken if one.currency == row["currency"]])
        for row in rows["scenario"]:
            self._look_at_scenario(row)
        for row in rows["standing"]:
            self._read(self.everybody(SEGMENTS[row["segment"]]), row["n"])
            self._read(self.everybody(ASSESSED), row["n_total"])
        for row in rows["details"]:
            if row["detail"] == "rare":
                self._read(self.everybody(RARE), row["n"])

    def told(self, k: int) -> list[tuple[str, int, int, int]]:
        """Return whom the tables tell of although they are fewer than k: what, how many, from, to.

        Told of is what has fewer than k possible values, unless the contract alone bounds it as closely.
        """
        truth, ignorant = self._truth(), Attacker(self.contracts, self.groups)
        for parts, low, high in self._rows:
            value = _value(parts, truth)
            assert low - 1e-4 <= value <= high + 1e-4, "the attacker takes something for known that is not so"
        found = []
        for name, parts in self._targets():
            n = round(_value(parts, truth))
            if not 0 < n < k:
                continue
            low, high = self._bounds(parts)
            if high - low < k - 1 and (low, high) != ignorant._bounds(parts):
                found.append((name, n, low, high))
        return found

    def _look_at_money(self, row: Mapping[str, object], contracts: list[Contract]) -> None:
        parts = [(one, self._figure(str(row["kind"]), one.licence)) for one in contracts]
        self._read(_total(parts, lambda _: 1.0), row["n"])
        # of a licence that was bought not once there is no contract, and no price
        self._read(_total(parts, lambda one: one.price * 12 * (one.n > 0)), row["cost_year"])

    def _look_at_scenario(self, row: Mapping[str, object]) -> None:
        step, licence = float(str(row["n_reassigned"])), str(row["licence"])
        self._read(self.held_by(licence, REGULAR + OCCASIONAL), row["n"], step)
        self._read({self._left["adjustable", licence]: 1.0}, row["n_adjustable"])
        self._rows.append(({self._left["adjustable", licence]: 1.0}, step, np.inf))

    def _figure(self, kind: str, licence: str) -> Sum:
        return self.held_by(licence, IDLE) if kind == "without_use" else {self._left[kind, licence]: 1.0}

    def _read(self, parts: Sum, value: object, beside: float = 0) -> None:
        if value is not None and not pd.isna(value):  # pyright: ignore
            number = float(str(value)) - beside
            self._rows.append((parts, number - _NEARLY, number + _NEARLY))

    def _technical(self, licences: Iterable[str]) -> int:
        wanted = set(licences)
        return sum(group.n for group in self.groups if group.kind == "s" and group.licences & wanted)

    def _left_of(self, one: Contract, parts: Sum) -> int:
        """Return the unknown max(bought − held, 0): either more is held than bought and it is none, or it is exact."""
        left, is_some, bought = self._new(), self._new(1), one.n - self._technical([one.licence])
        self._rows.append(({**parts, left: 1.0}, bought, np.inf))
        self._rows.append(({**parts, left: 1.0, is_some: _LARGE}, -np.inf, bought + _LARGE))
        self._rows.append(({left: 1.0, is_some: -_LARGE}, -np.inf, 0))
        return left

    def _new(self, most: float = _MOST) -> int:
        self._upper.append(most)
        return len(self._upper) - 1

    def _sum(self, is_in: Callable[[frozenset[str], str], bool]) -> Sum:
        return {position: 1.0 for (holding, kind), position in self._n.items() if is_in(holding, kind)}

    def _exactly(self, holding: frozenset[str], kinds: str) -> Sum:
        return self._sum(lambda other, kind: other == holding and kind in kinds)

    def _targets(self) -> list[tuple[str, Sum]]:
        kinds = {
            "holders": THERE, "idle": IDLE, "regular": REGULAR, "occasional": OCCASIONAL, "rare": RARE + IDLE,
            "rare but there": RARE, "not assessable": NEW + AWAY, "using": REGULAR + OCCASIONAL, "assessed": ASSESSED,
            "left": LEFT, "not idle": THERE.replace(IDLE, ""),
        }  # fmt: skip
        by_licence = [
            (f"{name} {one.licence}", self.held_by(one.licence, these))
            for one in self.contracts
            for name, these in kinds.items()
        ]
        holdings = sorted({holding for holding, _ in self._n if len(holding) != 1}, key=sorted)
        together = [
            (f"{'+'.join(sorted(holding)) or 'other licences'} {name}", self._exactly(holding, these))
            for holding in holdings
            for name, these in (("there", THERE), ("assessed", ASSESSED))
        ]
        return [*by_licence, *together, *((f"all {name}", self.everybody(these)) for name, these in kinds.items())]

    def _bounds(self, parts: Sum) -> tuple[float, float]:
        costs = np.zeros(len(self._upper))
        costs[list(parts)] = list(parts.values())
        rows = [(number, *pair) for number, (one, _, _) in enumerate(self._rows) for pair in one.items()]
        where, column, factor = zip(*rows, strict=True)
        shape = (len(self._rows), len(self._upper))
        matrix = sparse.csr_array((factor, (where, column)), shape=shape)
        limits = LinearConstraint(matrix, [low for _, low, _ in self._rows], [high for _, _, high in self._rows])
        found = []
        for sign in (1.0, -1.0):
            solved = milp(
                sign * costs, constraints=limits, integrality=np.ones(len(costs)), bounds=Bounds(0, self._upper)
            )
            assert solved.x is not None, solved.message
            found.append(sign * round(solved.fun))
        return found[0], found[1]

    def _truth(self) -> np.ndarray:
        bought = {one.licence for one in self.contracts}
        values = np.zeros(len(self._upper))
        for group in self.groups:
            if group.kind != "s" and (group.licences & bought or group.kind != LEFT):
                values[self._n[group.licences & bought, group.kind]] += group.n
        for one in self.contracts:
            for kind, kinds in (("reassignable", THERE), ("adjustable", THERE.replace(IDLE, ""))):
                left = one.n - self._technical([one.licence]) - _value(self.held_by(one.licence, kinds), values)
                position = self._left[kind, one.licence]
                values[position], values[position + 1] = max(left, 0), float(left > 0)
        return values


def _value(parts: Sum, values: np.ndarray) -> float:
    return sum(values[position] * times for position, times in parts.items())


def _total(parts: Iterable[tuple[Contract, Sum]], weight: Callable[[Contract], float]) -> Sum:
    total: Sum = {}
    for one, numbers in parts:
        for position, times in numbers.items():
            total[position] = total.get(position, 0.0) + times * weight(one)
    return total


def client_by_chance(rng: np.random.Generator) -> tuple[list[Contract], list[Group]]:
    """Return one to four licences that were bought, too few of them now and then, and people who hold them."""
    names = list("ABCD")[: int(rng.integers(1, 5))]
    most = {REGULAR: 14, OCCASIONAL: 7, RARE: 4, IDLE: 8, NEW: 4, LEFT: 7, "s": 2}
    groups = [
        Group(int(rng.integers(1, n + 1)), kind, frozenset([name]))
        for name in names
        for kind, n in most.items()
        if rng.random() < (0.75 if kind in REGULAR + IDLE else 0.4)
    ]
    if len(names) > 1 and rng.random() < 0.5:
        pairs = [frozenset(pair) for pair in combinations(names, 2)]
        kinds = rng.choice(list(REGULAR + OCCASIONAL + IDLE + NEW), 2)
        groups += [Group(int(rng.integers(1, 5)), str(kind), pairs[rng.integers(len(pairs))]) for kind in kinds]
    if rng.random() < 0.2:
        groups.append(Group(int(rng.integers(1, 7)), str(rng.choice([REGULAR, IDLE])), frozenset(["Gold"])))
    if not any(group.kind in ASSESSED for group in groups):
        groups.append(Group(6, REGULAR, frozenset(names[:1])))
    return [_contract(name, groups, rng) for name in names], groups


def _contract(name: str, groups: list[Group], rng: np.random.Generator) -> Contract:
    held = sum(group.n for group in groups if name in group.licences and group.kind != LEFT)
    n = rng.integers(0, 26) if rng.random() < 0.5 else max(0, held + rng.integers(-3, 12))
    return Contract(name, int(n), float(rng.choice([10, 25, 40, 100, 110])), str(rng.choice(["EUR"] * 3 + ["CHF"])))
