"""Why somebody is away is nobody's business here: reasons for absence are health data and refused."""

from __future__ import annotations

import re
from collections.abc import Iterable

import polars as pl

from crmkit.errors import InputError

#: Headers of lists of people.
_HEADER = re.compile(
    r"(?i)(?<!hinter)grund\b|reason|(absence|leave|abw).{0,3}(type|kind|code|art)|(abwesenheits|fehlzeit\w*|urlaubs).?"
    r"(art|typ|code|kennzeichen)|krank|\bau\b|au.?(tage|bescheinigung|meldung)|arbeitsunf|attest|diagnos|\bicd|sick|"
    r"illness|disease|medical|health|gesundheit|urlaub|vacation|elternzeit|mutterschutz|schwanger|pregnan|parental|"
    r"maternity|paternity|pflegezeit|\breha\b|wiedereingliederung|schwerbehind|\bschwb|behinderung|disabilit|fehlzeit|"
    r"\babwesenheit(en)?\b|\babsences?\b|\bleave\b|fehlart|\bausf(a|ä)lle?\b|\bbem\b|\bgdb\b|therap|burn.?out|"
    r"bemerkung|kommentar|\bcomments?\b|\bremarks?\b"
)
#: Headers that are about absence in a user list too, where "Deaktivierungsgrund" is about the account.
_ABSENCE_HEADER = re.compile(
    r"(?i)(abwesenheit|absence|abw|leave|urlaub|vacation|fehl(zeit)?)\w*.{0,3}(grund|reason|art|typ|type|kind|code)\b|"
    r"krank(?!en)|\bsick|elternzeit|mutterschutz|schwanger|pregnan|maternity|paternity|parental|pflegezeit|"
    r"arbeitsunf|diagnos|schwerbehind|\bbem\b|\bgdb\b|wiedereingliederung|burn.?out"
)
#: Words that are about absence whatever follows, and those that are also names of places, goods and trades.
_PLAIN = (
    r"((lang(zeit)?|dauer)?(krank|erkrankt)(e[nr]?|heit|meldung|geschrieben|gemeldet)?|arbeitsunf\w+|elternzeit|"
    r"mutterschutz|pflegezeit|wiedereingliederung|sick(ness)?( ?leave)?|"
    r"(annual |parental |maternity |paternity |medical )leave|pregnan(t|cy)|schwanger(schaft)?|burn.?out)"
)
_DOUBTFUL = r"(au|bem|(sonder)?urlaub|reha|kur|vacation)"
_BEFORE = r"(?i)^\W*((ruhend|ruht|inaktiv|abwesend|pausiert|derzeit|aktuell|wegen|in|im|on|inactive)\W+)*"
#: Cells that begin with a reason; "Krankenhausvertrieb" is a team, "Au am Inn" a place, "Reha-Technik" a trade.
_VALUE = re.compile(
    rf"{_BEFORE}({_PLAIN}(?![\w-])|{_DOUBTFUL}\W*($|\d+[./]\d|(seit|bis|ab|von|vom|wegen|nach|since|until|from)\b))"
)
_REASON = "reasons for absence are health data"


def is_reason(header: str) -> bool:
    """Tell whether a column is about why somebody is away."""
    return _HEADER.search(header.replace("_", " ")) is not None


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


def refuse_absence_headers(headers: Iterable[str], file: str) -> None:
    """Refuse a user list with a column that is plainly about absence.

    Raises
    ------
    InputError
        Naming the column.
    """
    for header in headers:
        if _ABSENCE_HEADER.search(header.replace("_", " ")):
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
