"""Names of units that probably mean the same unit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from crmkit.method.units import spelling
from crmkit.method.units.paths import SEPARATOR

#: A slip is rare: a name that a third as many people have as the other is a unit of its own.
RARER = 3
#: Letters of the longer word from which one different letter is a slip; shorter words differ by one ("Ost", "Rost").
SLIP_LETTERS = 6
#: Short words that are names of their own, not short for a longer one.
STANDING = frozenset(
    ("it", "hr", "pr", "eu", "ag", "kg", "se", "nrw", "bw", "rlp", "sh", "mv", "de", "at", "ch", "us", "uk")
)


@dataclass(frozen=True)
class _Name:
    """One name in all its spellings."""

    key: str
    written: str
    words: tuple[str, ...]
    folded: tuple[str, ...]
    n: int


def similar(names: Iterable[str], *, counts: pd.Series | None = None) -> pd.DataFrame:
    """Return names that probably mean the same unit as another; proposals for a person to judge.

    Parameters
    ----------
    names
        Names or paths of units, levels parted by ``/``; repeated ones count.
    counts
        Name → number of people; without it names are counted as often as they stand in `names`.

    Returns
    -------
    pandas.DataFrame
        name (as given), proposed (the most frequent spelling, of equally frequent ones the best
        written, in single spaces), reason (``spelling``: case, spaces, hyphens, umlauts;
        ``abbreviation``: one word is short for the other's, and for no other; ``typo``: one letter
        too few, too many, wrong or swapped in one long word). Sorted by proposed and name; names
        that stand for themselves have no row.

    Examples
    --------
    >>> similar(["Sales North", "Sales North", "sales-north", "Team 1", "Team 2"]).values.tolist()
    [['sales-north', 'Sales North', 'spelling']]
    """
    given = Counter(str(name) for name in names)
    weights = given if counts is None else {name: int(counts.get(name, 0)) for name in given}
    spelled: dict[str, list[str]] = defaultdict(list)
    for name in sorted(given):
        spelled[spelling.key(name)].append(name)
    spelled.pop("0", None)
    found = {key: _one_name(key, variants, weights) for key, variants in spelled.items() if key}
    links = _typos(found, strict=counts is not None)
    links |= _abbreviations(found, links)
    rows = [
        (name, found[_root(key, links)].written, links[key][1] if key in links else "spelling")
        for key in found
        for name in spelled[key]
    ]
    frame = pd.DataFrame(sorted(rows, key=lambda row: (row[1], row[0])), columns=["name", "proposed", "reason"])
    return frame[frame["name"] != frame["proposed"]].astype("str").reset_index(drop=True)


def _one_name(key: str, variants: list[str], weights: Mapping[str, int]) -> _Name:
    """Return a name by its most frequent, best written spelling."""
    n: Counter[str] = Counter()
    for variant in variants:
        n[spelling.clean(variant)] += weights[variant]
    written = min(n, key=lambda name: (-n[name], spelling.flaws(name)))
    words = tuple(spelling.words(written))
    return _Name(key, written, words, tuple(map(spelling.folded, words)), sum(n.values()))


def _root(key: str, links: Mapping[str, tuple[str, str]]) -> str:
    while key in links:
        key = links[key][0]
    return key


def _pairs(found: Mapping[str, _Name]) -> Iterator[tuple[_Name, _Name, int]]:
    """Return pairs of names that differ in one word only, not in its first letter, and its position."""
    alike: dict[tuple[int, tuple[str, ...]], list[_Name]] = defaultdict(list)
    for name in found.values():
        for position, word in enumerate(name.folded):
            if word.isalpha():
                alike[position, (*name.folded[:position], word[0], *name.folded[position + 1 :])].append(name)
    for (position, _), group in alike.items():
        for one, other in combinations(group, 2):
            yield one, other, position


def _typos(found: Mapping[str, _Name], *, strict: bool) -> dict[str, tuple[str, str]]:
    """Return key → (key of the right name, ``typo``); always towards the weightier name, hence never in a circle."""
    common = Counter(word for name in found.values() for word in set(name.folded))
    best: dict[str, tuple[tuple[int, int, int, str], str]] = {}
    for one, other, position in _pairs(found):
        if not _is_slip(one.folded[position], other.folded[position]):
            continue
        weighed = [(name.n, common[name.folded[position]], len(name.key), name.key) for name in (one, other)]
        (low, wrong), (high, right) = sorted(zip(weighed, (one.key, other.key), strict=True))
        if not strict or low[0] * RARER <= high[0]:
            best[wrong] = max(best.get(wrong, (high, right)), (high, right))
    return {wrong: (right, "typo") for wrong, (_, right) in best.items()}


def _is_slip(one: str, other: str) -> bool:
    """Tell whether two words differ by one letter too few, too many, wrong or swapped with its neighbour."""
    long, short = sorted((one, other), key=len, reverse=True)
    if not (long.isalpha() and short.isalpha() and len(long) >= SLIP_LETTERS and long[0] == short[0]):
        return False
    while short and long[0] == short[0]:
        long, short = long[1:], short[1:]
    while short and long[-1] == short[-1]:
        long, short = long[:-1], short[:-1]
    return len(long) == 1 or (len(long) == len("ab") and long == short[::-1])


def _abbreviations(found: Mapping[str, _Name], links: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Return key → (key of the long name, ``abbreviation``), where exactly one long name fits."""
    fits: dict[str, set[str]] = defaultdict(set)
    for one, other, position in _pairs(found):
        for short, long in ((one, other), (other, one)):
            if short.key not in links and _is_short_for(short, long, position):
                fits[short.key].add(_root(long.key, links))
    # "VT" is short for "Vertr." too, which itself is short: only words in full are candidates.
    full = {key: longs - fits.keys() for key, longs in fits.items()}
    return {key: (longs.pop(), "abbreviation") for key, longs in full.items() if len(longs) == 1}


def _is_short_for(short: _Name, long: _Name, position: int) -> bool:
    """Tell whether a word is short for another; a second word of the same unit must agree."""
    written, brief, full = short.words[position], short.folded[position], long.folded[position]
    beside = [*short.words[max(position - 1, 0) : position], *short.words[position + 1 : position + 2]]
    if not any(word != SEPARATOR for word in beside) or len(brief) < len("VT") or len(full) < len(brief) + 2:
        return False
    dotted, shouted = written.endswith("."), len(brief) <= len("abc") and written.isupper()
    marked = (shouted and not short.written.isupper()) or not set(brief) & set("aeiouy")
    letters = iter(full)
    in_order = brief[0] == full[0] and all(letter in letters for letter in brief)
    return in_order and brief.isalpha() and (dotted or (marked and brief not in STANDING))
