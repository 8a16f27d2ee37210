"""How many people a unit has, what can be shown of it, and which units to merge so that more can."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pandas as pd

from crmkit.method.units.paths import SEPARATOR, depth, parent

#: People from which three segments can be shown: a segment that holds a fifth of them is still five people.
SEGMENTS_PEOPLE = 25
#: People from which the usage rate can be shown: users and non-users are both at least five as long as the rate
#: lies between one and two thirds.
RATE_PEOPLE = 15
#: Name of what is left over.
REST = "weitere"


def sizes(people: pd.DataFrame, *, k: int = 5) -> pd.DataFrame:
    """Return how many people each unit has and what can be shown of it.

    Parameters
    ----------
    people
        user_id and org_unit, one row a person. Not changed.
    k
        Smallest number of people that a shown number may describe.

    Returns
    -------
    pandas.DataFrame
        org_unit, n_people, shows (``segments`` from 25 people, ``usage_rate`` from 15, else
        ``nothing``; always ``nothing`` below `k` and for people without a unit), by path, people
        without a unit last.

    Examples
    --------
    >>> people = pd.DataFrame({"user_id": range(16), "org_unit": ["Sales"] * 16})
    >>> sizes(people).values.tolist()
    [['Sales', 16, 'usage_rate']]
    """
    counts = _counts(people)
    return _frame({unit: [unit] for unit in counts}, counts, k, REST)[["org_unit", "n_people", "shows"]]


def proposal(people: pd.DataFrame, *, k: int = 5, rest: str = REST) -> pd.DataFrame:
    """Return units merged so that as many people as possible are in a unit that can be shown.

    A unit below 15 people is merged with the small units beside it, as ``<parent>/weitere``, if they
    reach 15 together; small people of the parent itself join them. Otherwise they are rolled up into
    the parent, level by level; what is small at the top is ``weitere``.

    Parameters
    ----------
    people
        user_id and org_unit, one row a person. Not changed; the order of rows does not matter.
    k
        Smallest number of people that a shown number may describe.
    rest
        Name of what is left over, in the client's language.

    Returns
    -------
    pandas.DataFrame
        org_unit (name of the reporting unit), members (tuple of the paths merged into it), n_people,
        shows (see `sizes`). Everybody is in exactly one row; people without a unit in the row ``""``.

    Examples
    --------
    >>> people = pd.DataFrame({"user_id": range(17), "org_unit": ["Sales/A"] * 9 + ["Sales/B"] * 8})
    >>> proposal(people, rest="others").values.tolist()
    [['Sales/others', ('Sales/A', 'Sales/B'), 17, 'usage_rate']]
    """
    counts = _counts(people)
    groups = {unit: [unit] for unit in counts}
    for level in range(max(map(depth, counts), default=0), -1, -1):
        for above, small in _small(groups, counts, level).items():
            _merge(groups, counts, above, small, rest)
    return _frame(groups, counts, k, rest)


def _counts(people: pd.DataFrame) -> dict[str, int]:
    counts = people["org_unit"].fillna("").value_counts()
    return {str(unit): int(n) for unit, n in sorted(counts.items())}


def _small(groups: Mapping[str, list[str]], counts: Mapping[str, int], level: int) -> dict[str, list[str]]:
    """Return the small units of a level by the unit above them."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in sorted(groups):
        if name and depth(name) == level and _size(groups[name], counts) < RATE_PEOPLE:
            found[parent(name)].append(name)
    return found


def _merge(groups: dict[str, list[str]], counts: Mapping[str, int], above: str, small: list[str], rest: str) -> None:
    """Merge small units under the same parent, in `groups`."""
    pool = [path for name in small for path in groups.pop(name)]
    name = above
    if not above:
        name = rest
    elif _size(pool, counts) >= RATE_PEOPLE:
        name = f"{above}{SEPARATOR}{rest}"
        if above in groups and _size(groups[above], counts) < RATE_PEOPLE:
            pool += groups.pop(above)
    groups[name] = [*groups.get(name, []), *pool]


def _size(paths: list[str], counts: Mapping[str, int]) -> int:
    return sum(counts[path] for path in paths)


def _frame(groups: Mapping[str, list[str]], counts: Mapping[str, int], k: int, rest: str) -> pd.DataFrame:
    names = sorted(groups, key=lambda name: (not name, [(part == rest, part) for part in name.split(SEPARATOR)]))
    people = [_size(groups[name], counts) for name in names]
    columns = {
        "org_unit": pd.Series(names, dtype="str"),
        "members": pd.Series([tuple(sorted(groups[name])) for name in names], dtype=object),
        "n_people": pd.Series(people, dtype="int64"),
        "shows": pd.Series([_shows(name, n, k) for name, n in zip(names, people, strict=True)], dtype="str"),
    }
    return pd.DataFrame(columns)


def _shows(name: str, n_people: int, k: int) -> str:
    if not name or n_people < max(k, RATE_PEOPLE):
        return "nothing"
    return "segments" if n_people >= SEGMENTS_PEOPLE else "usage_rate"
