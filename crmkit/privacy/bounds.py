"""How closely an attacker can bound what is masked: linear programmes over all that is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from scipy import sparse

from crmkit.privacy.programme import TOLERANCE, Programme
from crmkit.privacy.system import System, blocks_of, propagated

#: Directions in which many unknowns are pushed at once, before each is looked at alone.
_ROUNDS = 3


def with_widths(system: System) -> System:
    """Return a system that asks for no wider bounds than there are where nothing at all is shown.

    Of a licence that was bought three times nobody can be unsure between more than none and three holders.
    """
    if not system.offsets.any():
        return system
    attack, widths = Attack(system, np.zeros(len(system.point), bool)), system.widths.copy()
    for position in attack.narrow(range(len(widths))):
        low, high = attack.bounds(position)
        widths[position] = high - low
    return replace(system, widths=widths)


class Attack:
    """What follows for an insider who knows all shown numbers.

    Parameters
    ----------
    system
        The equations between all numbers.
    shown
        Which unknowns are shown (bool array).
    ways
        Ways in which the unknowns are known to be able to move together; further ones that are found are added.
    """

    def __init__(self, system: System, shown: np.ndarray, ways: list[np.ndarray] | None = None) -> None:
        known = np.where(shown, system.point, np.nan)
        known[system.empty] = 0.0
        self._system = system
        self._known = propagated(system.sums, system.offsets, known)
        self._ways = ways if ways is not None else []
        is_known = ~np.isnan(self._known)
        passable = [way for way in self._ways if not way[is_known].any()]
        self._low = np.minimum.reduce([np.zeros(len(known)), *passable])
        self._high = np.maximum.reduce([np.zeros(len(known)), *passable])
        self._is_known = is_known

    def narrow(self, positions: Iterable[int]) -> list[int]:
        """Return those unknowns whose bounds lie closer than they may."""
        return sorted(self._narrow_ones(positions))

    def is_open(self, guarded: Iterable[int], others: Iterable[int]) -> bool:
        """Return whether a guarded unknown is narrow, or another one telling; ends at the first one found."""
        return any(True for _ in self._narrow_ones(guarded)) or any(True for _ in self._telling_ones(others))

    def _narrow_ones(self, positions: Iterable[int]) -> Iterator[int]:
        wanted = np.asarray(list(positions), dtype=int)
        close = wanted[self._is_close(wanted)]
        yield from (int(position) for position in close if self._is_known[position])
        for number, inside in self._by_block(close[~self._is_known[close]]).items():
            yield from self._narrow_in(self._blocks[number], inside)

    def telling(self, positions: Iterable[int]) -> list[int]:
        """Return those unknowns of which the shown numbers say that they are few, or nearly so.

        An unknown may be known to be nobody, or to be k and more; it may not be known to lie close above nobody.
        """
        return sorted(self._telling_ones(positions))

    def _telling_ones(self, positions: Iterable[int]) -> Iterator[int]:
        near = [p for p in positions if self._system.point[p] < 2 * self._system.needs[p]]
        for position in self._narrow_ones(near):
            low, high = self.bounds(position)
            if low < self._system.needs[position] - TOLERANCE and high > TOLERANCE:
                yield position

    def bounds(self, position: int) -> tuple[float, float]:
        """Return the smallest and the largest number that an unknown can be."""
        here = self._system.point[position]
        if self._is_known[position]:
            return here, here
        block = self._blocks[self._block_of[position]]
        low, high = block.push(position, -1.0, None), block.push(position, 1.0, None)
        return here + (-np.inf if low is None else low[position]), here + (np.inf if high is None else high[position])

    @cached_property
    def _blocks(self) -> list[_Block]:
        free = blocks_of(self._system.sums, ~self._is_known)
        return [_Block(self._system, rows, columns) for rows, columns in free]

    @cached_property
    def _block_of(self) -> np.ndarray:
        number_of = np.full(len(self._known), -1)
        for number, block in enumerate(self._blocks):
            number_of[block.columns] = number
        return number_of

    def _by_block(self, positions: np.ndarray) -> dict[int, np.ndarray]:
        if not len(positions):
            return {}
        numbers = self._block_of[positions]
        return {int(number): positions[numbers == number] for number in np.unique(numbers)}

    def _narrow_in(self, block: _Block, inside: np.ndarray) -> Iterator[int]:
        """Yield the narrow unknowns of a block; many are pushed at once before each is looked at alone."""
        for turn in range(_ROUNDS):
            left = inside[self._is_close(inside)]
            if len(left) < 3:  # noqa: PLR2004
                break
            self._remember(block.push(left, _signs(left, turn), float(self._system.widths[left].max())))
        for position in inside:
            for sign in (1.0, -1.0):
                if self._is_close(position):
                    self._remember(block.push(position, sign, float(self._system.widths[position])))
            if self._is_close(position):
                yield int(position)

    def _is_close(self, positions: np.ndarray | int) -> np.ndarray:
        return self._high[positions] - self._low[positions] < self._system.widths[positions] - TOLERANCE

    def _remember(self, way: np.ndarray | None) -> None:
        if way is not None:
            self._ways.append(way)
            self._low, self._high = np.minimum(self._low, way), np.maximum(self._high, way)


def _signs(positions: np.ndarray, turn: int) -> np.ndarray:
    """Return plus and minus ones that look random and are always the same."""
    return np.where((positions * 2654435761 >> (turn + 3)) % 2 == 0, 1.0, -1.0)


@dataclass(eq=False)
class _Block:
    """Unknowns that hang together; they move away from one solution that is known."""

    system: System
    rows: np.ndarray
    columns: np.ndarray
    _narrowed: list[int] = field(default_factory=list)

    @cached_property
    def _programme(self) -> Programme:
        sums = sparse.csr_array(self.system.sums[self.rows][:, self.columns])
        lower = -self.system.point[self.columns]
        return Programme(sums, np.zeros(len(self.rows)), lower, np.full(len(self.columns), np.inf))

    def push(self, positions: np.ndarray | int, signs: np.ndarray | float, most: float | None) -> np.ndarray | None:
        """Move some unknowns as far as they go, each at most so far; None if that has no end.

        Returns
        -------
        numpy.ndarray or None
            How far every unknown of the system moves.
        """
        inside = np.searchsorted(self.columns, np.atleast_1d(positions))
        self._set_bounds(inside, most)
        costs = np.zeros(len(self.columns))
        costs[inside] = -np.atleast_1d(signs)
        found = self._programme.least(costs)
        if found is None:
            return None
        way = np.zeros(len(self.system.point))
        way[self.columns] = np.where(np.abs(found) > TOLERANCE / 10, found, 0.0)
        return way

    def _set_bounds(self, inside: Sequence[int] | np.ndarray, most: float | None) -> None:
        for n in self._narrowed:
            self._programme.widen(n, -float(self.system.point[self.columns[n]]), np.inf)
        self._narrowed = []
        if most is not None:
            for n in inside:
                self._programme.widen(int(n), max(-float(self.system.point[self.columns[n]]), -most), most)
            self._narrowed = [int(n) for n in inside]
