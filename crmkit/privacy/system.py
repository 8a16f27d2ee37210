"""Numbers that count overlapping groups of people → the linear equations that hold between them.

Every table splits people by some variables (unit and segment, say). Inside each such split the values that are told
apart make cells; a cell summed over one of its variables is a cell of the coarser split, which another table may show.
These sums are all that ties the tables of a report together, and all that an attacker has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from crmkit.errors import PrivacyError
from crmkit.method.whom import Box, Values, Whom, is_of_people
from crmkit.privacy.programme import TOLERANCE, Programme
from crmkit.privacy.statements import KNOWN_GROUPS, Statement

#: Stands for all values of a variable that no table names.
ELSEWHERE = "\0elsewhere"

Split = frozenset[str]
Class = tuple[tuple[str, Values], ...]
Key = tuple[str, Class]


@dataclass(frozen=True, eq=False)
class System:
    """Unknowns that are never negative, and equations between them.

    Attributes
    ----------
    sums
        Equations × unknowns; ``sums @ values == offsets``.
    offsets
        Right-hand side.
    values
        The numbers, NaN where they follow from nothing in the tables.
    point
        The same, with something that keeps all equations where nothing follows.
    n_cells
        Unknowns before this position are cells, later ones are numbers of the report.
    number_of
        Position of the number behind each statement.
    needs
        Smallest number of people (k) of each unknown.
    widths
        How far apart the bounds of each unknown have to stay: its k, see `bounds.with_widths`.
    empty
        Positions of cells in units that nobody is in, which readers know.
    names
        What each unknown counts, for messages.
    """

    sums: sparse.csr_array
    offsets: np.ndarray
    values: np.ndarray
    point: np.ndarray
    n_cells: int
    number_of: np.ndarray
    needs: np.ndarray
    widths: np.ndarray
    empty: np.ndarray
    names: list[Key | Whom] = field(repr=False)


def system_of(
    statements: Sequence[Statement],
    complete: Iterable[tuple[str, str]] = (),
    known: Mapping[Whom, float] | None = None,
) -> System:
    """Return the equations between the numbers of a report.

    Parameters
    ----------
    statements
        All numbers.
    complete
        Universe and variable of what has no other values than the named ones.
    known
        Numbers that stand in no table and that readers know all the same.

    Returns
    -------
    System

    Raises
    ------
    PrivacyError
        If two tables give one number differently, or numbers that cannot hold together.
    """
    builder = _Builder(statements, frozenset(complete), known or {})
    builder.link()
    return builder.system()


class _Builder:
    """Collects cells and equations split by split, the finest first."""

    def __init__(
        self, statements: Sequence[Statement], complete: frozenset[tuple[str, str]], known: Mapping[Whom, float]
    ) -> None:
        self._statements, self._known = statements, known
        self._domains = _domains([*(statement.whom for statement in statements), *known], complete)
        self._boxes: dict[tuple[str, Split], dict[Box, None]] = {}
        self._classes: dict[tuple[str, Split], dict[str, list[Values]]] = {}
        self._position: dict[Key, int] = {}
        self._equations: list[tuple[dict[int, float], float]] = []
        self._needs: dict[str, int] = {}
        for statement in statements:
            for box in statement.whom.every_box:
                self._boxes.setdefault((box.universe, box.variables), {})[box] = None
                k = statement.k if is_of_people(box.universe) else 0
                self._needs[box.universe] = max(self._needs.get(box.universe, 0), k)
        for box in (box for whom in known for box in whom.every_box):
            self._boxes.setdefault((box.universe, box.variables), {})[box] = None
            self._needs.setdefault(box.universe, 0)
        self._add_crossings()

    def _add_crossings(self) -> None:
        """Add the splits in which two others meet."""
        for universe in {universe for universe, _ in self._boxes}:
            splits = {split for u, split in self._boxes if u == universe}
            new = splits
            while new:
                new = {a & b for a in new for b in splits} - splits
                splits |= new
            for split in splits:
                self._boxes.setdefault((universe, split), {})

    def link(self) -> None:
        """Make cells and the sums over them, from the finest splits to the coarsest."""
        for universe, split in sorted(self._boxes, key=lambda key: (key[0], -len(key[1]), sorted(key[1]))):
            self._classes[universe, split] = {
                name: _classes(self._domains[universe, name], self._named(universe, split, name)) for name in split
            }
            for cell in self._cells(universe, split):
                self._position.setdefault((universe, cell), len(self._position))
            for coarser in self._next_coarser(universe, split):
                for cell in _cells_of({name: self._classes[universe, split][name] for name in coarser}):
                    self._boxes[universe, coarser][Box(universe, cell)] = None
        for universe, split in self._boxes:
            for coarser in self._next_coarser(universe, split):
                self._equations.extend(self._sums(universe, split, coarser))

    def _named(self, universe: str, split: Split, name: str) -> list[Values]:
        """Return the sets of values that the boxes of a split name; a finer one may lie across several of them."""
        found = {dict(box.where)[name] for box in self._boxes[universe, split]}
        return sorted(found, key=sorted)

    def _next_coarser(self, universe: str, split: Split) -> list[Split]:
        below = [other for u, other in self._boxes if u == universe and other < split]
        return sorted((s for s in below if not any(s < t for t in below)), key=sorted)

    def _cells(self, universe: str, split: Split) -> Iterator[Class]:
        return _cells_of(self._classes[universe, split])

    def _sums(self, universe: str, split: Split, coarser: Split) -> Iterator[tuple[dict[int, float], float]]:
        """Return for each cell of the fine split, seen in the coarse one, that both count the same people."""
        seen: dict[Class, dict[int, float]] = {}
        for cell in self._cells(universe, split):
            kept = tuple(pair for pair in cell if pair[0] in coarser)
            seen.setdefault(kept, {})[self._position[universe, cell]] = 1.0
        for kept, parts in seen.items():
            yield parts | dict.fromkeys(self._within(Box(universe, kept)), -1.0), 0.0

    def _within(self, box: Box) -> list[int]:
        """Return the cells that make up a box."""
        classes = self._classes[box.universe, box.variables]
        wanted = dict(box.where)
        parts = {name: [c for c in classes[name] if c <= wanted[name]] for name in classes}
        return [self._position[box.universe, cell] for cell in _cells_of(parts)]

    def _counted(self, whom: Whom) -> dict[int, float]:
        """Return the cells that a number counts, and how often."""
        parts: dict[int, float] = {}
        for boxes, sign in ((whom.boxes, 1.0), (whom.less, -1.0)):
            for cell in (cell for box in boxes for cell in self._within(box)):
                parts[cell] = parts.get(cell, 0.0) + sign
        return {cell: times for cell, times in parts.items() if times}

    def system(self) -> System:
        """Return all equations, with a further unknown for each different number of the report."""
        n_cells, numbers = len(self._position), {}
        number_of, values = [], {}
        for statement in self._statements:
            if statement.whom not in numbers:
                numbers[statement.whom] = position = n_cells + len(numbers)
                self._equations.append((self._counted(statement.whom) | {position: -1.0}, float(-statement.whom.plus)))
            number_of.append(numbers[statement.whom])
            _note(values, numbers[statement.whom], statement, self._statements, number_of)
        self._equations += [(self._counted(whom), value - whom.plus) for whom, value in self._known.items()]
        names: list[Key | Whom] = [*self._position, *numbers]
        needs = np.array(
            [self._needs[key[0]] for key in self._position]
            + [max(self._needs[box.universe] for box in whom.every_box) for whom in numbers],
            dtype=float,
        )
        sums, offsets = _matrix(self._equations, len(names))
        known = np.full(len(names), np.nan)
        known[list(values)] = list(values.values())
        known = propagated(sums, offsets, known)
        if np.nanmin(known, initial=0) < -TOLERANCE:
            raise PrivacyError(_contradiction(names[int(np.nanargmin(known))]))
        broken = np.abs(sums @ known - offsets) > TOLERANCE
        if broken.any():
            row = int(np.flatnonzero(broken)[0])
            raise PrivacyError(_unequal([names[p] for p in sums.indices[sums.indptr[row] : sums.indptr[row + 1]]]))
        known = np.maximum(known, 0)
        empty = _empty_groups([*self._position], known)
        point = _filled(sums, offsets, known)
        found = np.array(number_of, dtype=int)
        return System(sums, offsets, known, point, n_cells, found, needs, needs, empty, names)


def _note(
    values: dict[int, float], position: int, statement: Statement, statements: Sequence[Statement], numbers: list[int]
) -> None:
    """Keep the value of a number, which has to be the same wherever it stands."""
    if statement.value is None:
        return
    before = values.setdefault(position, statement.value)
    if abs(before - statement.value) > TOLERANCE:
        other = next(s for s, n in zip(statements, numbers, strict=False) if n == position and s.value == before)
        raise PrivacyError(
            f"tables `{other.table}` and `{statement.table}` count the same people differently "
            f"(columns `{other.column}` and `{statement.column}`)."
        )


def _unequal(names: Sequence[Key | Whom]) -> str:
    about = sorted({variable.split("@")[0] for name in names for variable in _variables(name)})
    return f"numbers of the tables contradict each other: parts and whole differ ({', '.join(about) or 'everybody'})."


def _variables(name: Key | Whom) -> list[str]:
    where = name[1] if isinstance(name, tuple) else name.every_box[0].where
    return [variable for variable, _ in where]


def _contradiction(name: Key | Whom) -> str:
    about = ", ".join(variable.split("@")[0] for variable in _variables(name)) or "everybody"
    return f"numbers of the tables contradict each other: fewer than no people would remain ({about})."


def _empty_groups(keys: Sequence[Key], values: np.ndarray) -> np.ndarray:
    """Return the positions of cells in units that nobody is in: readers know that, too."""
    groups: dict[tuple[str, Split, str, Values], list[int]] = {}
    for position, (universe, cell) in enumerate(keys):
        split = frozenset(name for name, _ in cell)
        for name, group in cell:
            if name in KNOWN_GROUPS:
                groups.setdefault((universe, split, name, group), []).append(position)
    # of cells that nobody knows the unit may well have some
    empty = [position for cells in groups.values() if np.sum(values[cells]) == 0 for position in cells]
    return np.array(empty, dtype=int)


def propagated(sums: sparse.csr_array, offsets: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Return the known numbers and those that follow from them one by one.

    Parameters
    ----------
    sums, offsets
        Equations.
    known
        Numbers, NaN where unknown; not changed.
    """
    values, columns = known.copy(), sums.tocsc()
    n_left = abs(sums).sign() @ np.isnan(values).astype(float)
    waiting = list(np.flatnonzero(n_left == 1))
    while waiting:
        for row in waiting:
            position = _solve_row(sums, offsets, values, int(row))
            if position is not None:
                n_left[columns.indices[columns.indptr[position] : columns.indptr[position + 1]]] -= 1
        waiting = list(np.flatnonzero(n_left == 1))
        if not waiting:
            for position in _zeros(sums, offsets, values):
                values[position] = 0.0
                n_left[columns.indices[columns.indptr[position] : columns.indptr[position + 1]]] -= 1
            waiting = list(np.flatnonzero(n_left == 1))
    return values


def _solve_row(sums: sparse.csr_array, offsets: np.ndarray, values: np.ndarray, row: int) -> int | None:
    """Work out the only unknown of an equation, in place, and return its position."""
    inside = slice(sums.indptr[row], sums.indptr[row + 1])
    positions, factors = sums.indices[inside], sums.data[inside]
    left = np.isnan(values[positions])
    if left.sum() != 1:
        return None
    position = int(positions[left][0])
    values[position] = (offsets[row] - factors[~left] @ values[positions[~left]]) / factors[left][0]
    return position


def _zeros(sums: sparse.csr_array, offsets: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return unknowns that add up to nothing: then each of them is zero."""
    unknown = np.isnan(values)
    rest = offsets - sums @ np.where(unknown, 0.0, values)
    signs = sparse.csr_array((np.sign(sums.data), sums.indices, sums.indptr), shape=sums.shape)
    total, differing = abs(signs) @ unknown, signs @ unknown
    rows = (np.abs(rest) < TOLERANCE) & (np.abs(differing) == total) & (total > 0)
    return np.flatnonzero((abs(signs).T @ rows.astype(float) > 0) & unknown)


def blocks_of(sums: sparse.csr_array, free: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return equations and free unknowns that hang together, block by block.

    Parameters
    ----------
    sums
        Equations × unknowns.
    free
        Which unknowns are free (bool array).
    """
    columns = np.flatnonzero(free)
    inside = sums[:, columns]
    rows = np.flatnonzero(np.diff(inside.indptr))
    inside = inside[rows]
    graph = (
        sparse.block_array([[None, inside], [inside.T, None]]) if len(rows) else sparse.csr_array((len(columns),) * 2)
    )
    n_blocks, labels = connected_components(graph, directed=False)
    of_row, of_column = labels[: len(rows)], labels[len(rows) :]
    return [
        (rows[r], columns[c]) for r, c in zip(_grouped(of_row, n_blocks), _grouped(of_column, n_blocks), strict=True)
    ]


def _grouped(labels: np.ndarray, n: int) -> list[np.ndarray]:
    order = np.argsort(labels, kind="stable")
    return np.split(order, np.searchsorted(labels[order], np.arange(1, n)))


def _filled(sums: sparse.csr_array, offsets: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Return the known numbers, and for the others any that keep all equations."""
    filled = known.copy()
    rest = offsets - sums @ np.where(np.isnan(known), 0.0, known)
    for rows, columns in blocks_of(sums, np.isnan(known)):
        filled[columns] = 0.0
        if len(rows) and np.abs(rest[rows]).max() > 0:
            n = len(columns)
            block = Programme(sparse.csr_array(sums[rows][:, columns]), rest[rows], np.zeros(n), np.full(n, np.inf))
            found = block.least(np.ones(n))
            if found is None:
                raise PrivacyError("numbers of the tables contradict each other: nothing fits all that is shown.")
            filled[columns] = np.maximum(found, 0.0)
    return filled


def _domains(numbers: Iterable[Whom], complete: frozenset[tuple[str, str]]) -> dict[tuple[str, str], Values]:
    """Return all values of each variable that any table names, and one that stands for all others."""
    named: dict[tuple[str, str], set[str]] = {}
    for whom in numbers:
        for box in whom.every_box:
            for name, values in box.where:
                named.setdefault((box.universe, name), set()).update(values)
    return {key: frozenset(values if key in complete else values | {ELSEWHERE}) for key, values in named.items()}


def _classes(domain: Values, sets: list[Values]) -> list[Values]:
    """Return the parts of a domain that the sets tell apart."""
    signatures: dict[tuple[bool, ...], set[str]] = {}
    for value in sorted(domain):
        signatures.setdefault(tuple(value in one for one in sets), set()).add(value)
    return [frozenset(values) for values in signatures.values()]


def _cells_of(classes: dict[str, list[Values]]) -> Iterator[Class]:
    names = sorted(classes)
    for values in product(*(classes[name] for name in names)):
        yield tuple(zip(names, values, strict=True))


def _matrix(equations: list[tuple[dict[int, float], float]], n: int) -> tuple[sparse.csr_array, np.ndarray]:
    rows = np.repeat(np.arange(len(equations)), [len(parts) for parts, _ in equations])
    columns = [position for parts, _ in equations for position in parts]
    factors = [factor for parts, _ in equations for factor in parts.values()]
    sums = sparse.csr_array((factors, (rows, columns)), shape=(len(equations), n))
    return sums, np.array([offset for _, offset in equations], dtype=float)
