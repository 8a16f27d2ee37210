"""Pseudonyms that the client's own IT has made: taken if nothing about them looks like a person.

Nobody can see from a text that it is a pseudonym. What can be seen is that it is a name, an address or an id of the
CRM, and that is refused; so is every column that names somebody. They are hashed once more, like all ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import polars as pl

from crmkit.errors import InputError
from crmkit.ingest.salesforce_ids import is_user_id

#: Columns of a user list that name somebody.
NAMING = ("name", "first_name", "last_name", "email", "username")
#: Shorter ids are initials, running numbers or personnel numbers.
SHORTEST = 12
#: A login such as `annawinter01` has digits at its end at most.
_SCATTERED = re.compile(r"(?=.*\d.*...$)(?=.*[A-Za-z])")
_FORM = re.compile(r"[A-Za-z0-9_+/={}:-]+")
#: Share of ids (0–1) that must look drawn at random: a chance one may happen to have no digit.
_MOST = 0.5


def check_ids(ids: Iterable[str | None], *, file: str, column: str) -> None:
    """Refuse ids that do not look like pseudonyms.

    Raises
    ------
    InputError
        Naming file and column, and what they look like instead.
    """
    given = {text for text in ids if text}
    if any("@" in text for text in given):
        raise InputError.no_pseudonyms(file, column, "holds addresses")
    if any(is_user_id(text) for text in given):
        raise InputError.no_pseudonyms(file, column, "holds ids of Salesforce users")
    scattered = sum(_SCATTERED.match(text) is not None for text in given)
    if any(len(text) < SHORTEST or not _FORM.fullmatch(text) for text in given) or scattered < _MOST * len(given):
        raise InputError.no_pseudonyms(file, column, "holds what may be names, logins or numbers of people")


def refuse_names(rows: pl.DataFrame, headers: Mapping[str, str], *, file: str) -> None:
    """Refuse a list that names people although its ids are pseudonyms.

    Raises
    ------
    InputError
        Naming the column.
    """
    for column in NAMING:
        if column in headers and rows[column].is_not_null().any():
            reason = "it names people, but `privacy.pseudonyms` is `ready` in client.yml"
            raise InputError.refused_column(file, headers[column], reason)
