"""Which header means what: the client's own mapping first, then the layout, then known headers, then likeness."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping as Given
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from crmkit.errors import InputError, SettingsError, did_you_mean
from crmkit.ingest.discretion import absence
from crmkit.ingest.files import Opened
from crmkit.ingest.headers.known import ALIASES, LIKENESS, LOG_ALIASES, LOG_UNLIKE, SETTLED_BY_CLIENT, UNLIKE
from crmkit.ingest.headers.layouts import layout_of
from crmkit.readers import folded, readers, recognise
from crmkit.settings import Export

How = Literal["client", "layout", "known", "alike"]


@dataclass(frozen=True)
class Mapping:
    """Which header each of the kit's columns was read from, and how that was found out.

    Attributes
    ----------
    headers
        The kit's column → header in the file.
    how
        The kit's column → said by the client, by the layout, a known header, or one that is merely alike.
    open
        The kit's column → headers of which any may be meant, so that none was read.
    """

    headers: dict[str, str]
    how: dict[str, How]
    open: dict[str, list[str]] = field(default_factory=dict)

    @property
    def certain(self) -> dict[str, str]:
        """What does not rest on likeness."""
        return {name: header for name, header in self.headers.items() if self.how[name] != _ALIKE}

    @property
    def to_settle(self) -> dict[str, str]:
        """What to write into client.yml so that nothing rests on likeness."""
        return {name: header for name, header in self.headers.items() if self.how[name] != "client"}

    def values(self, fields: Iterable[str], constants: Given[str, str | None]) -> list[pl.Expr]:
        """Return the kit's columns as text: from their headers, else as the client's constant, else null."""
        return [
            pl.col(self.headers[name]).alias(name)
            if name in self.headers
            else pl.lit(constants.get(name) or None, dtype=pl.String).alias(name)
            for name in fields
        ]


def mapping_of(columns: list[str], export: Export, fields: tuple[str, ...], file: str) -> Mapping:
    """Return which header is which of the kit's columns.

    Parameters
    ----------
    columns
        Headers of the file.
    export
        The client's mapping, and its reader.
    fields
        Columns that the reader knows.
    file
        Name for messages.

    Raises
    ------
    SettingsError
        If the client's mapping names a field that the reader does not have.
    InputError
        If it names a header that the file does not have, or two headers may be meant and it matters which.
    """
    _check_mapping(columns, export, fields, file)
    headers, how = dict(export.columns), _said_by_client(export)
    layout = layout_of(export.reader)
    is_generic = not (layout.columns or layout.pairs) or export.reader.startswith("generic.")
    known = _LOG_FORMS if _is_log(export.reader) else _KNOWN_FORMS
    steps: list[tuple[dict[str, list[str]], How]] = [(layout.columns, _LAYOUT), (known, _KNOWN)]
    for forms, found_by in steps if is_generic else steps[:1]:
        for name in (name for name in fields if name not in headers and name not in export.constants):
            header = _first(columns, (*((name,) if found_by is _KNOWN else ()), *forms.get(name, ())), headers)
            if header is not None:
                headers[name], how[name] = header, found_by
    undecided = {}
    _surname(headers, how)
    if is_generic:
        undecided = _by_likeness(columns, fields, headers, how, export)
    for name, candidates in undecided.items():
        if name in SETTLED_BY_CLIENT:
            raise InputError.which_column(file, name, candidates)
    return Mapping(headers, how, undecided)


def _said_by_client(export: Export) -> dict[str, How]:
    return dict.fromkeys(export.columns, _CLIENT)


_CLIENT: How = "client"
_LAYOUT: How = "layout"
_KNOWN: How = "known"
_ALIKE: How = "alike"
_KNOWN_FORMS = {name: list(forms) for name, forms in ALIASES.items()}
_LOG_FORMS = {name: list(forms) for name, forms in LOG_ALIASES.items()}
_LOGS = ("logins", "changes", "activity", "weeks")


def _is_log(reader: str) -> bool:
    """Tell whether a row of an export is an event, and not an account."""
    return reader in readers() and readers()[reader].kind in _LOGS


def _surname(headers: dict[str, str], how: dict[str, How]) -> None:
    """Take a plain "Name" beside a first name for the surname, as lists in German have it."""
    has_first_alone = "first_name" in headers and "last_name" not in headers
    if has_first_alone and how.get("name") is _KNOWN and folded(headers["name"]) == "name":
        headers["last_name"], how["last_name"] = headers.pop("name"), how.pop("name")


def _check_mapping(columns: list[str], export: Export, fields: tuple[str, ...], file: str) -> None:
    for name in (*export.columns, *export.constants):
        if name not in fields:
            hint = did_you_mean(name, fields)
            known = ", ".join(f"`{field}`" for field in fields)
            raise SettingsError(
                f"client.yml: exports: {file}: `{name}` is no column of `{export.reader}`.{hint} Known: {known}."
            )
    for name, header in export.columns.items():
        if header not in columns:
            raise InputError.missing_column(file, header, columns, name)
    absence.refuse_headers(export.columns.values(), file)


def _first(columns: list[str], forms: Iterable[str], taken: dict[str, str]) -> str | None:
    """Return the header that has the first of the forms and is not read as something else."""
    by_form = {folded(header): header for header in reversed(columns)}
    candidates = (by_form.get(folded(form)) for form in forms)
    return next((header for header in candidates if header is not None and header not in taken.values()), None)


def _by_likeness(
    columns: list[str], fields: tuple[str, ...], headers: dict[str, str], how: dict[str, How], export: Export
) -> dict[str, list[str]]:
    """Add headers that are merely alike, where just one is; return the others that several are like."""
    undecided, unlike = {}, LOG_UNLIKE if _is_log(export.reader) else UNLIKE
    for name, pattern in LIKENESS.items():
        if name not in fields or name in headers or name in export.constants:
            continue
        free = [header for header in columns if header not in headers.values() and not absence.is_reason(header)]
        alike = [header for header in free if _is_like(folded(header), pattern, unlike.get(name))]
        if len(alike) == 1:
            headers[name], how[name] = alike[0], _ALIKE
        elif alike:
            undecided[name] = alike
    return undecided


def _is_like(header: str, pattern: str, unlike: str | None) -> bool:
    return re.search(pattern, header) is not None and not (unlike and re.search(unlike, header))


def pick(
    opened: Opened, export: Export, fields: tuple[str, ...], file: str, *, required: tuple[str, ...] = ()
) -> tuple[pl.DataFrame, Mapping]:
    """Return the file's rows under the kit's column names.

    Parameters
    ----------
    opened
        The file.
    export
        Mapping and constants.
    fields
        Columns that the reader knows.
    file
        Name for messages.
    required
        Columns without which the export cannot be read.

    Returns
    -------
    rows : polars.DataFrame
        `fields`, all text; those that the file lacks are null.
    mapping : Mapping
        Which header each was read from.

    Raises
    ------
    InputError
        If a required column is not found.
    """
    mapping = mapping_of(opened.columns, export, fields, file)
    for name in required:
        if name not in mapping.headers and name not in export.constants:
            header = ALIASES.get(name, (name,))[0]
            likely = recognise(opened.columns, apart_from=export.reader)
            raise InputError.missing_column(file, header, opened.columns, name, likely)
    return opened.rows.select(mapping.values(fields, export.constants)).collect(), mapping
