"""The exports of a client, and how to read them."""

from __future__ import annotations

import datetime as dt
from pathlib import PureWindowsPath

from pydantic import Field, field_validator

from crmkit.settings.section import Section, Span


class Export(Section):
    """One export of the client's CRM and how to read it."""

    #: File or pattern below the client folder.
    file: str = Field(min_length=1, max_length=1000)
    reader: str
    #: The kit's column name → the header in the file.
    columns: dict[str, str] = {}
    #: The kit's column name → one value for all rows (e.g. ``area: sales``).
    constants: dict[str, str] = {}
    #: strptime format of the dates; without it the order of day and month must follow from the column.
    date_format: str | None = None
    #: Time zone of the file's clock times; without it the client's.
    timezone: str | None = None
    sheet: str | None = None
    #: Name of the system whose accounts these are, where a client has several: equal ids of two are two accounts.
    system: str = Field(default="", pattern=r"^[A-Za-z0-9 _.-]*$", max_length=40)
    encoding: str | None = None
    delimiter: str | None = None
    #: The days that the export covers; without it the first to the last day with a row.
    covers: Span | None = None
    #: For user lists: the day of the export, from which the state of the accounts is known.
    exported: dt.date | None = None

    @field_validator("file")
    @classmethod
    def _below_the_client_folder(cls, value: str) -> str:
        parts = PureWindowsPath(value).parts  # both kinds of slashes
        if PureWindowsPath(value).anchor or ".." in parts or parts[:1] == ("~",):
            raise ValueError("leads out of the client folder; name a file below it, such as exports/users.csv")
        if not value.isprintable():
            raise ValueError("holds characters that no file name has")
        return value
