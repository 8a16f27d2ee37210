"""Chance that repeats: the same key gives the same draws, in every Python version.

Only ``random.Random(text).random()`` is used, the one sequence that Python promises to keep; `choice`,
`shuffle` and numpy's generators may change from version to version.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

Item = TypeVar("Item")


class Chance:
    """Draws that depend on nothing but a key, so that one person's life does not shift another's.

    Parameters
    ----------
    *key
        Parts of the key, e.g. client, person and purpose.
    """

    def __init__(self, *key: object) -> None:
        self._random = random.Random("|".join(str(part) for part in key))

    def unit(self) -> float:
        """Return a number in [0, 1)."""
        return self._random.random()

    def happens(self, probability: float) -> bool:
        """Return True with the given probability."""
        return self.unit() < probability

    def below(self, n: int) -> int:
        """Return a whole number in 0 … n−1."""
        return int(self.unit() * n)

    def pick(self, items: Sequence[Item]) -> Item:
        """Return one of the items."""
        return items[self.below(len(items))]

    def weighted(self, weights: Mapping[Item, float]) -> Item:
        """Return a key of `weights`; its values are probabilities that add up to 1."""
        left = self.unit()
        for item, weight in weights.items():
            left -= weight
            if left < 0:
                return item
        return list(weights)[-1]

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """Return the items in another order."""
        keyed = [(self.unit(), position) for position in range(len(items))]
        return [items[position] for _, position in sorted(keyed)]

    def some(self, items: Sequence[Item], n: int) -> list[Item]:
        """Return `n` different items in their own order, or all if there are fewer."""
        chosen = set(self.shuffled(range(len(items)))[:n])
        return [item for position, item in enumerate(items) if position in chosen]

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        """Return a day of a span, both ends included, moved off weekends."""
        day = first + dt.timedelta(days=self.below((last - first).days + 1))
        return day - dt.timedelta(days=max(0, day.weekday() - 4))
