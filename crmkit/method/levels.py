"""Counts that different rules make of the same people, drawn as if each lay inside the next: levels.

Whoever works in nine of twelve weeks works in eight, so two rules together tell who lies between their limits. Levels
are the sizes that may be told: none is closer to another than k people.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from crmkit.method.whom import Values

VARIABLE = "level"


@dataclass
class Levels:
    """Sizes of sets of people, nobody and everybody among them.

    Attributes
    ----------
    n_total
        Everybody.
    k
        Smallest number of people between two levels.
    sizes
        The levels so far.
    """

    n_total: int
    k: int
    sizes: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with nobody and everybody."""
        self.sizes = sorted({0, self.n_total, *self.sizes})

    def keeps(self, size: int) -> bool:
        """Return whether a size may be told as it is; if so it is a level from now on."""
        is_far = all(size == level or abs(size - level) >= self.k for level in self.sizes)
        if is_far:
            self.sizes = sorted({*self.sizes, size})
        return is_far

    def nearest(self, size: int) -> int:
        """Return a size if it may be told, else the level that it is too close to."""
        return size if self.keeps(size) else min(self.sizes, key=lambda level: (abs(level - size), level))

    def between(self, low: int, high: int) -> Values:
        """Return the values of `VARIABLE` of those who are in the larger of two levels but not in the smaller."""
        return frozenset(f"to {level}" for level in self.sizes if low < level <= high)

    def counts(self, counts: Iterable[int]) -> list[int]:
        """Return the numbers of people from limit to limit, the limits moved to levels."""
        found, told, reached = [], 0, 0
        for n in counts:
            reached += n
            level = max(told, self.nearest(reached))
            found.append(level - told)
            told = level
        return found
