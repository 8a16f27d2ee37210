"""What part of a full week somebody works, and where: share of a contract, state for public holidays."""

from __future__ import annotations

import polars as pl

from crmkit.errors import InputError
from crmkit.ingest.own.consultant import decimal
from crmkit.readers import folded

#: From this number on a column without "%" is in percent; below, and above `_SHARES`, it may as well be hours.
_PERCENT_FROM = 60
_SHARES = 2
#: German names of states → codes for public holidays.
STATES = {
    "baden württemberg": "BW", "bayern": "BY", "berlin": "BE", "brandenburg": "BB", "bremen": "HB", "hamburg": "HH",
    "hessen": "HE", "mecklenburg vorpommern": "MV", "niedersachsen": "NI", "nordrhein westfalen": "NW",
    "rheinland pfalz": "RP", "saarland": "SL", "sachsen": "SN", "sachsen anhalt": "ST", "schleswig holstein": "SH",
    "thüringen": "TH",
}  # fmt: skip


def part_time(values: pl.Series, *, file: str, column: str) -> pl.Series:
    """Return shares of a full contract (1.0 is full time), blank as null.

    Whether a column holds shares (0.5) or percent (50, 50 %) follows from all its values; impossible ones such
    as 0 or 120 % are kept, so that they are named later.

    Raises
    ------
    InputError
        If a cell is no number, or the values may as well be hours a week.
    """
    numbers = decimal(values, file, column)
    most = numbers.max()
    if values.str.contains("%", literal=True).any() or (isinstance(most, float) and most >= _PERCENT_FROM):
        if numbers.is_between(0, _SHARES, closed="right").any():
            raise InputError.not_part_time(file, column)
        return numbers / 100
    if isinstance(most, float) and most > _SHARES:
        raise InputError.not_part_time(file, column)
    return numbers


def subdivision(values: pl.Series) -> pl.Series:
    """Return states as codes: German names are translated, everything else is kept as it is written."""
    return pl.Series(
        values.name, [None if value is None else STATES.get(folded(value), value.strip()) for value in values],
        dtype=pl.String,
    )  # fmt: skip
