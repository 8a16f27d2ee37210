"""Units, roles and licences are printed as they come: what names a person in them is found before that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from crmkit.errors import InputError
from crmkit.ingest.discretion.identities import logins, number, own_id
from crmkit.ingest.discretion.name_forms import MOST_WORDS, names
from crmkit.ingest.discretion.pseudonyms import normalise

#: Columns of a user list that are printed.
PRINTED = ("org_unit", "division", "role", "licence", "profile", "subdivision")
_ADDRESS = re.compile(
    r"[\w.+-]+@[\w-]+\.\w|(?<![\d.])\d{1,3}(\.\d{1,3}){3}(?![\d.])|(?i:\b[0-9a-f]{1,4}(:[0-9a-f]{1,4}){7}\b)"
)
#: User names and ids that are neither words nor plain numbers, which units have too.
_CODE = re.compile(r"(?=.*[a-z])(?=.*[._@]|.*\d.*\d)")
_SHORTEST_CODE = 4
#: What clings to a word and is no part of it.
_EDGE = "._+-@"


def refuse(rows: pl.DataFrame, headers: Mapping[str, str], *, file: str, known: frozenset[str] = frozenset()) -> None:
    """Refuse printed columns whose cells hold names, user names or addresses of users, or IP addresses.

    Parameters
    ----------
    rows
        A list of people.
    headers
        Column of the kit → header in the file.
    file
        Name for the message.
    known
        What names a user, from `names_of`.

    Raises
    ------
    InputError
        Naming the column and how many of its different values are so; none is shown.
    """
    for column in PRINTED:
        if column not in headers or column not in rows.columns:
            continue
        values = rows[column].drop_nulls().unique()
        n_telling = sum(tells(value, known) for value in values)
        if n_telling:
            raise InputError.names_people(file, headers[column], n_telling)


def names_of(rows: pl.DataFrame) -> frozenset[str]:
    """Return full names in all their forms, and user names and ids that are no ordinary words, in one normal form."""
    found: set[str] = set()
    for row in rows.filter(pl.col("kind") == "person").iter_rows(named=True):
        codes = [normalise(text) for text in (row["username"], row["email"], own_id(row), *logins(row)) if text]
        found |= {code for code in codes if len(code) >= _SHORTEST_CODE and _CODE.match(code)}
        found |= names(row) | {normalise(number(row))} - {""}
    return frozenset(found)


def has_address(text: str) -> bool:
    """Tell whether a text holds an e-mail or IP address."""
    return _ADDRESS.search(text) is not None


def tells(value: str, known: frozenset[str]) -> bool:
    """Tell whether a text holds an address, or a name from `names_of`."""
    words = normalise(value).split()
    # a full stop clings to the last word of a sentence, and belongs to a title: "Dr. Uwe Klein."
    spelt = [*_parts(words), *_parts([word.strip(_EDGE) for word in words])]
    return has_address(value) or any(part in known for part in spelt)


def _parts(words: Sequence[str]) -> Iterator[str]:
    for length in range(1, MOST_WORDS + 1):
        yield from (" ".join(words[start : start + length]) for start in range(len(words) - length + 1))
