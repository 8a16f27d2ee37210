"""Whom a number counts: the common language in which the numbers of different tables are compared.

A table's frame says how large its numbers are. Whether one number follows from others depends on which people
each of them counts: 48 active people in sales, 24 and 24 in its two teams. `Whom` says that, cell by cell.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

Values = frozenset[str]
_THINGS = "things: "
#: A value, several of which one has to be the case, or one of these for each row.
Given = str | Values | Sequence[str | Values] | pd.Series


@dataclass(frozen=True)
class Box:
    """People of a universe for whom each named variable has one of the given values.

    Attributes
    ----------
    universe
        Everybody of whom the number could speak, on one day.
    where
        Pairs of variable and values, sorted by variable; a variable that is not named may have any value.
    """

    universe: str
    where: tuple[tuple[str, Values], ...] = ()

    @property
    def variables(self) -> frozenset[str]:
        """The variables that are named."""
        return frozenset(name for name, _ in self.where)


@dataclass(frozen=True)
class Whom:
    """The people whom a number counts: the sum of its boxes, and a constant that is no secret.

    Attributes
    ----------
    boxes
        Groups without a common member.
    plus
        What is added to the number of people, for example licences that a scenario hands out.
    less
        Groups that are taken off: of the licences bought, those of people who hold one.
    """

    boxes: tuple[Box, ...]
    plus: int = 0
    less: tuple[Box, ...] = ()

    @property
    def every_box(self) -> tuple[Box, ...]:
        """All boxes, added or taken off."""
        return (*self.boxes, *self.less)


def people_on(day: dt.date | pd.Timestamp | None) -> str:
    """Return the universe of all people on a day."""
    return f"people {pd.Timestamp(day).date().isoformat()}" if day is not None else "people"


def things(name: str) -> Box:
    """Return a box of what is no people, and no secret: nobody has to be kept from working out how many there are."""
    return Box(f"{_THINGS}{name}")


def is_of_people(universe: str) -> bool:
    """Return whether a universe is one of people, or of what stands for them."""
    return not universe.startswith(_THINGS)


def box(universe: str, where: Mapping[str, str | Collection[str]]) -> Box:
    """Return a box; of a variable a text is one value, a collection several."""
    pairs = ((name, frozenset([values] if isinstance(values, str) else values)) for name, values in where.items())
    return Box(universe, tuple(sorted(pairs, key=lambda pair: pair[0])))


def of(*boxes: Box, plus: int = 0, less: Sequence[Box] = ()) -> Whom:
    """Return whom a number counts from its boxes."""
    return Whom(boxes, plus, tuple(less))


def nobody(group: Box) -> tuple[Whom, float]:
    """Return, for `Table.known`, that a box is empty."""
    return of(group), 0.0


def all_in(group: Box, part: Box) -> tuple[Whom, float]:
    """Return, for `Table.known`, that whoever is in a box is in a narrower one."""
    return of(group, less=[part]), 0.0


def each(n_rows: int, universe: str | Sequence[str], where: Mapping[str, Given]) -> tuple[Whom, ...]:
    """Return whom each row of a frame counts.

    Parameters
    ----------
    n_rows
        Number of rows.
    universe
        Everybody of whom the numbers could speak; one for all rows, or one for each.
    where
        Variable → its value in all rows (text or frozenset), or one for each row (list or Series).
    """
    universes = [universe] * n_rows if isinstance(universe, str) else list(universe)
    columns = {name: _a_row(given, n_rows) for name, given in where.items()}
    return tuple(
        of(box(universes[row], {name: values[row] for name, values in columns.items()})) for row in range(n_rows)
    )


def _a_row(given: Given, n_rows: int) -> list[str | Values]:
    return [given] * n_rows if isinstance(given, str | frozenset) else list(given)


def day_of(universe: str) -> dt.date | None:
    """Return the day of a universe of people, None of any other."""
    word, _, day = universe.partition(" ")
    try:
        return dt.date.fromisoformat(day) if word == "people" else None
    except ValueError:
        return None
