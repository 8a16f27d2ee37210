"""How an export is laid out, as data: its headers, its words, its marks of what is no person's doing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from crmkit.settings.section import Section

Kind = Literal["users", "logins", "changes", "activity", "weeks", "licences", "aggregates"]
#: What an account is, if it is no person.
AccountKind = Literal["service", "portal", "test"]


class Mark(Section):
    """A sign in one column of the export that a row, or an account, is not what is asked for.

    A row has the mark if one of the columns that are there holds one of the values, matches the pattern, or,
    with `filled`, holds anything at all.
    """

    #: Headers, compared as `folded`; the first that is there is looked at.
    columns: list[str] = Field(min_length=1)
    #: Whole cells, in any case.
    values: list[str] = []
    #: Regular expression that is searched for in the cell, in any case.
    pattern: str = ""
    #: True: whatever is filled is marked.
    filled: bool = False
    #: Code of the reason, as the ledger has it.
    reason: str = Field(pattern=r"^[a-z_]+$")
    #: What the account is then (user lists only).
    kind: AccountKind | None = None

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, value: str) -> str:
        re.compile(value)
        return value

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if bool(self.values) + bool(self.pattern) + self.filled != 1:
            raise ValueError("say one of `values`, `pattern` and `filled`")
        return self


class Layout(Section):
    """How an export is laid out, beyond what the kit knows of any export of its kind.

    Everything in it is found by header, never by position, and what client.yml says comes first.
    """

    #: The kit's column → headers, the first that is there is read.
    columns: dict[str, list[str]] = {}
    #: Several events in one row (created by and on, changed by and on): columns of each.
    pairs: list[dict[str, list[str]]] = []
    #: The kit's column → word in the file, in any case → the kit's word, empty for nothing; ``*`` is any other word.
    values: dict[str, dict[str, str]] = {}
    #: The kit's column → one value for all rows.
    constants: dict[str, str] = {}
    #: Rows that do not count.
    drop: list[Mark] = []
    #: Accounts that are no people.
    kinds: list[Mark] = []
    #: Time zone of clock times that say none themselves; empty: the client's.
    timezone: str = ""
    date_format: str = ""
    #: Regular expression whose first group is the object, searched for in the file's name.
    object_from_file: str = ""
    #: How a log names accounts: ``other_id`` if its ids are of another kind than those of the user list.
    account_by: Literal["", "other_id"] = ""
    #: True: a list of further ids of accounts that another list knows; accounts that none knows stay its own.
    adds_ids: bool = False
    #: Numbers of rows at which the system cuts its exports off without a word.
    cut_at: list[int] = []
    #: Headers that only such a file has; one set of them is enough to recognise it.
    signatures: list[list[str]] = []


def folded(header: str) -> str:
    """Return a header in the one form in which it is compared.

    Examples
    --------
    >>> folded("  Letzte_Anmeldung (UTC)")
    'letzte anmeldung utc'
    """
    return " ".join("".join(letter if letter.isalnum() else " " for letter in header.casefold()).split())


def header_of(columns: Iterable[str], forms: Iterable[str]) -> str | None:
    """Return the header that has the first of the forms, None if none of them is there.

    Examples
    --------
    >>> header_of(["Name", "User ID"], ["Kennung", "user_id"])
    'User ID'
    """
    by_form = {folded(header): header for header in reversed(list(columns))}
    return next((by_form[folded(form)] for form in forms if folded(form) in by_form), None)
