"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import re

from crmkit.errors import InputError

PACKED_WORKBOOK = b"PK\x03\x04"
#: Workbooks of Excel until 2003, and all that are protected by a password.
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_TEXT = {
    PACKED_WORKBOOK: "it is an Excel workbook or a zip; name it .xlsx or .zip",
    b"PK\x05\x06": "it is an empty zip",
    OLD_WORKBOOK: "it is an Excel workbook; name it .xls, or save it as .xlsx",
    b"\x1f\x8b": "it is packed with gzip; name it .csv.gz",
    b"PAR1": "it is a Parquet file; name it .parquet",
    b"%PDF": "it is a PDF; export the table itself, as .csv or .xlsx",
    b"\x89PNG": "it is a picture; export the table itself, as .csv or .xlsx",
    b"\xff\xd8\xff": "it is a picture; export the table itself, as .csv or .xlsx",
    b"{\\rtf": "it is a text document; export the table itself, as .csv or .xlsx",
    b"7z\xbc\xaf\x27\x1c": "it is an archive; unpack it",
    b"Rar!": "it is an archive; unpack it",
    b"BZh9": "it is an archive; unpack it",
    b"\xfd7zXZ": "it is an archive; unpack it",
    b"\x28\xb5\x2f\xfd": "it is an archive; unpack it",
    b"SQLite format 3": "it is a database; export the table itself, as .csv or .xlsx",
}
_JSON = re.compile(r"\s*(\{\s*(\"|\})|\[\s*(\{|\[|\]))")
_MARKUP = re.compile(r"(?i)\s*<(\?xml|!doctype|!--|html|head|meta|body|style|script|table|div|\w+:\w+[\s>])")
_XML = re.compile(r"(?i)\s*<(\?xml|\w+:\w+[\s>])")
_WEB_ARCHIVE = re.compile(r"(?i)(MIME-Version:|From: <Saved by)")
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")
#: A text with a larger share of control characters is none (0–1).
_MOST_CONTROL = 0.1
#: Fewer letters than this tell nothing.
_TELLING = 64


def refuse_bytes(head: bytes, name: str) -> None:
    """Refuse a file that is known to be no text by its first bytes.

    Raises
    ------
    InputError
        Saying what it is.
    """
    for mark, problem in _NO_TEXT.items():
        if head.startswith(mark):
            raise InputError.unreadable(name, problem)


def refuse_text(head: str, name: str) -> None:
    """Refuse a text that is no table: JSON, XML, a web archive, or bytes that are no text at all.

    Raises
    ------
    InputError
        Saying what it is.
    """
    if _JSON.match(head):
        raise InputError.unreadable(name, "it is JSON; export the table as .csv or .xlsx")
    if _WEB_ARCHIVE.match(head):
        raise InputError.unreadable(name, "it is a web archive; open it in Excel and save it as .xlsx")
    if _XML.match(head) and "<html" not in head[:2000].lower():
        raise InputError.unreadable(name, "it is XML; open it in Excel and save it as .xlsx")
    if len(head) >= _TELLING and len(_CONTROL.findall(head)) > _MOST_CONTROL * len(head):
        raise InputError.unreadable(name, "it is no text; export the table as .csv or .xlsx")


def is_web_page(head: str) -> bool:
    """Return whether a text is HTML: many systems call that an Excel file."""
    return bool(_MARKUP.match(head))
