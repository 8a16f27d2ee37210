"""Why somebody is away is nobody's business here: reasons for absence are health data and refused."""

from __future__ import annotations

import re
from collections.abc import Iterable

import polars as pl

from crmkit.errors import InputError

#: Headers of lists of people.
_HEADER = re.compile(
    r"(?i)(?<!hinter)grund\b|abwesenheitsgrund|reason|(absence|leave).?(type|kind|code)|(abwesenheits|fehlzeit\w*|urlaubs).?"
    r"(art|typ|code|kennzeichen)|krank|\bau\b|au.?(tage|bescheinigung|meldung)|arbeitsunf|attest|diagnos|\bicd|sick|"
    r"illness|disease|medical|health|gesundheit|urlaub|vacation|elternzeit|mutterschutz|schwanger|pregnan|parental|"
    r"maternity|paternity|pflegezeit|\breha\b|wiedereingliederung|schwerbehind|behinderung|disabilit|fehlzeit"
)
#: Cells that are nothing but a reason; "Krankenhausvertrieb" is a team.
_VALUE = re.compile(
    r"(?i)^\W*((lang(zeit)?)?(krank|erkrankt)(heit|meldung|geschrieben)?|au|arbeitsunf\w+|(sonder)?urlaub|elternzeit|"
    r"mutterschutz|pflegezeit|reha|kur|wiedereingliederung|sick(ness)?( ?leave)?|"
    r"(annual |parental |maternity |paternity |medical )leave|vacation|pregnan(t|cy)|schwanger(schaft)?)\W*$"
)
_REASON = "reasons for absence are health data"


def is_reason(header: str) -> bool:
    """Tell whether a column is about why somebody is away."""
    return _HEADER.search(header) is not None


def refuse_headers(headers: Iterable[str], file: str) -> None:
    """Refuse a list of people that says why somebody is away.

    Raises
    ------
    InputError
        Naming the column.
    """
    for header in headers:
        if is_reason(header):
            raise InputError.refused_column(file, header, _REASON)


def refuse_values(values: pl.Series, *, file: str, column: str) -> None:
    """Refuse a column of a list of people in which reasons stand in the place of something else.

    Raises
    ------
    InputError
        Naming column and row; the cell is not shown.
    """
    for row, value in enumerate(values, start=2):
        if value is not None and _VALUE.match(value):
            raise InputError.refused_value(file, column, row, _REASON)
