"""A name whose two halves stand in two columns of a row, with others between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

#: Half a name has up to three words and this many letters.
_MOST_WORDS, _LONGEST = 3, 40


def pairs(cells: Sequence[str]) -> Iterator[str]:
    """Return every two cells of a row, in either order, that may be the halves of one name.

    Examples
    --------
    >>> list(pairs(["Eva", "47", "Winter"]))
    ['Eva Winter', 'Winter Eva']
    """
    halves = list(dict.fromkeys(cell.strip() for cell in cells if _may_be_half(cell)))
    for i, one in enumerate(halves):
        for other in halves[i + 1 :]:
            yield f"{one} {other}"
            yield f"{other} {one}"


def _may_be_half(cell: str) -> bool:
    words = cell.split()
    if not 0 < len(words) <= _MOST_WORDS or len(cell) > _LONGEST:
        return False
    return any(map(str.isalpha, cell)) and not any(map(str.isdigit, cell))
