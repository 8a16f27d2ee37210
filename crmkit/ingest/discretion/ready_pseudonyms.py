"""Pseudonyms that the client's own IT has made: taken if nothing about them looks like a person.

Nobody can see from a text that it is a pseudonym. What can be seen is that it is a name, an address or an id of the
CRM, and that is refused; so is every column that names somebody. They are hashed once more, like all ids.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

import polars as pl

from crmkit.errors import InputError
from crmkit.ingest.accounts.salesforce_ids import is_user_id

#: Columns of a user list that name somebody.
NAMING = ("name", "first_name", "last_name", "email", "username")
#: Shorter ids are initials, running numbers or personnel numbers.
SHORTEST = 12
#: Share of ids (0–1) that may look like a name: a chance one may happen to have no digit.
MOST_NAMED = 0.05
#: Headers that name somebody, whether or not the kit reads them; as words without punctuation.
_NAMING_HEADER = re.compile(
    r"(vor|nach|familien|anzeige|benutzer|user|full|first|last|display|login|person(en)?|employee|mitarbeiter)? ?"
    r"names?|vollständiger name|surname|(mitarbeiter|sachbearbeiter|betreuer|nutzer|employee|person)(in)?|"
    r"(personal|pers|mitarbeiter|person|employee|staff) ?(nummer|nr|id|number|no|kennung)|"
    r"e ?mail( ?(adresse|address))?|mail|kürzel|initial(en|s)"
)
_FORM = re.compile(r"[A-Za-z0-9_+/={}:-]+")
#: What may follow a name: a running number, a year of birth, a date.
_TAIL = re.compile(r"[\W\d_]+$")
#: Letters in both cases as nobody writes names.
_DRAWN = re.compile(r"(?:[a-z][A-Z].*){3}")
_SEPARATORS = re.compile(r"[_+/={}:-]")
_WORD = re.compile(r"(?=.*[aeiouyAEIOUY])[A-Za-z]{3,}")
#: Words of the shortest name.
_LEAST_WORDS = 2
#: Ids from which on a common beginning is no chance.
_SEVERAL = 5
_NAMES = "it names people, but `privacy.pseudonyms` is `ready` in client.yml"


def check_list(rows: pl.DataFrame, columns: Sequence[str], headers: Mapping[str, str], *, file: str) -> None:
    """Refuse a user list that names people although its ids are pseudonyms.

    Raises
    ------
    InputError
        Naming the column.
    """
    for column in NAMING:
        if column in headers and rows[column].is_not_null().any():
            raise InputError.refused_column(file, headers[column], _NAMES)
    refuse_headers(columns, set(headers.values()), file=file)
    check_ids(rows["account"], file=file, column=headers.get("user_id", "user_id"))
    check_ids(rows["employee_number"], file=file, column=headers.get("employee_number", "employee_number"))


def refuse_headers(columns: Iterable[str], read: Collection[str], *, file: str) -> None:
    """Refuse a file with a column that names people and is not read: it was not meant to come.

    Raises
    ------
    InputError
        Naming the column.
    """
    for column in columns:
        words = " ".join(re.findall(r"[^\W_]+", column.casefold()))
        if column not in read and _NAMING_HEADER.fullmatch(words):
            raise InputError.refused_column(file, column, _NAMES)


def check_ids(ids: Iterable[str | None], *, file: str, column: str) -> None:
    """Refuse ids that do not look like pseudonyms.

    Raises
    ------
    InputError
        Naming file and column, and what they look like instead.
    """
    given = sorted({text for text in ids if text})
    if any("@" in text for text in given):
        raise InputError.no_pseudonyms(file, column, "holds addresses")
    if any(is_user_id(text) for text in given):
        raise InputError.no_pseudonyms(file, column, "holds ids of Salesforce users")
    n_named = sum(map(_looks_named, given))
    is_short = any(len(text) < SHORTEST or not _FORM.fullmatch(text) for text in given)
    if is_short or n_named > MOST_NAMED * len(given) or _are_numbers(given):
        raise InputError.no_pseudonyms(file, column, "holds what may be names, logins or numbers of people")


def _looks_named(text: str) -> bool:
    """Tell whether a text is letters with numbers behind them, or mostly words."""
    core = _TAIL.sub("", text)
    if not any(letter.isdigit() for letter in core):
        return not _DRAWN.search(core)
    words = [part for part in _SEPARATORS.split(text) if _WORD.fullmatch(part)]
    return len(words) >= _LEAST_WORDS and 2 * sum(map(len, words)) >= len(text)


def _are_numbers(given: Sequence[str]) -> bool:
    """Tell whether ids are numbers behind a common beginning."""
    if len(given) < _SEVERAL:
        return False
    # the first and last in order differ as early as any two
    begin = next((i for i, (a, b) in enumerate(zip(given[0], given[-1], strict=False)) if a != b), len(given[0]))
    return all(text[begin:].isdigit() for text in given if text[begin:])
