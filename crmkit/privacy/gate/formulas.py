"""When a spreadsheet takes a text for a formula, and when a formula reaches outside the file."""

from __future__ import annotations

import re

#: Functions, addresses and other files that a formula fetches from or sends to.
REACHING_OUT = re.compile(
    r"HYPERLINK|WEBSERVICE|FILTERXML|IMPORT\w*\(|IMAGE\(|RTD\(|DDE|CALL\(|REGISTER|EXEC\(|https?:|\[\d+\]|\|", re.I
)
#: What begins a formula in Excel, LibreOffice or Google Sheets, behind spaces and control characters too.
_STARTS = re.compile(r"[\x00-\x20\ufeff\xa0]*[=+\-@\uff1d\uff0b\uff0d\uff20]")
_TAB = re.compile(r"[\t\r\n]")
_CALL = re.compile(r"[\x00-\x20\ufeff\xa0\"']*[=+\-@]+\s*[A-Za-z_][\w.]*[(|!]")
#: A number with its sign, unit or span: nothing that is calculated.
_NUMBER = re.compile(r"\s*[+\-]?\s?\d[\d.,\s\u202f\xa0]*(?:[^\W\d_]{1,3}|[%\u20ac\u2030$\xa3])?\s*|\s*[-+]+\s*")


def may_be_formula(text: str) -> bool:
    r"""Return whether a spreadsheet may calculate a text, when it is typed, pasted or read from a CSV file.

    Examples
    --------
    >>> [may_be_formula(text) for text in ("=1+1", "@SUM(A1)", "-5 %", "–", "\t=1", "Vertrieb")]
    [True, True, False, False, True, False]
    """
    return bool(_TAB.match(text) or _STARTS.match(text)) and not _NUMBER.fullmatch(text)


def is_formula_text(text: str) -> bool:
    """Return whether a text would call a function or another program as a formula: ``=HYPERLINK(…)``, ``+cmd|…``."""
    return may_be_formula(text) and bool(re.search(r"[(|!]", text))


def is_call(text: str) -> bool:
    """Return whether a text, cut out of a longer one, begins with the call of a function: ``=SUM(``, ``+cmd|``."""
    return bool(_CALL.match(text))
