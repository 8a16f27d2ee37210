"""The readers: which export each of them reads, and which data tier that carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from crmkit.errors import SettingsError, did_you_mean, listed


@dataclass(frozen=True)
class Reader:
    """A reader of one kind of export.

    Attributes
    ----------
    name
        As written in client.yml.
    makes
        What comes out: events, accounts or aggregates.
    tier
        Data tier that the export carries.
    description
        What the export is, and where it comes from.
    needs
        Columns without which it cannot be read.
    """

    name: str
    makes: Literal["events", "accounts", "aggregates"]
    tier: str
    description: str
    needs: tuple[str, ...] = ()


_ALL = (
    Reader("salesforce.users", "accounts", "C", "Salesforce User object (report or data export)", ("Id",)),
    Reader(
        "salesforce.login_history", "events", "B",
        "Salesforce login history: download in Setup (English, German) or LoginHistory from the API", ("user", "time"),
    ),
    Reader(
        "salesforce.event_log", "events", "A",
        "Salesforce EventLogFile (LightningPageView, URI, Login, Report, API …)", ("EVENT_TYPE", "USER_ID"),
    ),
    Reader("generic.users", "accounts", "C", "any user list (CSV, Excel) with last logins", ("user_id",)),
    Reader("generic.activity", "events", "A", "any log of views and writes per person and day", ("user_id", "date")),
    Reader(
        "generic.weeks", "events", "A", "person-weeks that the client's IT has counted itself", ("user_id", "week"),
    ),
    Reader("generic.logins", "events", "B", "any login log", ("user_id", "timestamp")),
    Reader("generic.changes", "events", "B", "any log of created and changed records", ("user_id", "timestamp")),
    Reader(
        "generic.aggregates", "aggregates", "E", "the client's own counts per unit and band",
        ("org_unit", "band", "n"),
    ),
)  # fmt: skip
READERS: dict[str, Reader] = {reader.name: reader for reader in _ALL}


def reader_of(name: str) -> Reader:
    """Return a reader by its name.

    Raises
    ------
    SettingsError
        If there is none of that name.
    """
    if name not in READERS:
        raise SettingsError(
            f"client.yml: reader `{name}` is not known.{did_you_mean(name, READERS)} Known: {listed(READERS)}."
        )
    return READERS[name]
