"""`Examined`: a client's exports as they were read, and what they are worth; for internal pages only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from crmkit.client import SETTINGS_FILE
from crmkit.errors import PrivacyError
from crmkit.ingest import read_exports
from crmkit.method import requests, sources, tiers
from crmkit.method.definition import Definition
from crmkit.method.window import day_of, days_of
from crmkit.readers import readers
from crmkit.report.data_check.unnamed import unnamed_files
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.settings import read_settings

if TYPE_CHECKING:
    import pandas as pd

    from crmkit.ingest import Prepared
    from crmkit.settings import Settings

#: Weeks of the window.
WEEKS = 12


@dataclass(frozen=True, eq=False)
class Examined:
    """What the data check shows: unprotected, so no block of a client's report takes it.

    Attributes
    ----------
    settings
        The client's settings.
    as_of
        Day of the retrospective.
    t
        The language.
    prepared
        The tables and the book that tells how they were read.
    overview
        A row a source, see `method.sources.overview`.
    gaps
        Days that logs leave open, see `method.sources.gaps`.
    tier
        Data tier of the window.
    unnamed
        Files among the exports that client.yml does not name, each with the reader that it looks like.
    """

    settings: Settings
    as_of: dt.date
    t: Language
    prepared: Prepared
    overview: pd.DataFrame
    gaps: pd.DataFrame
    tier: str
    unnamed: tuple[tuple[str, str], ...] = ()

    @property
    def window(self) -> tuple[dt.date, dt.date]:
        """First and last day of the window."""
        return days_of(self.as_of, weeks=WEEKS)

    @property
    def definition(self) -> Definition | None:
        """The definition on the evidence that carries the window; None where no log does."""
        if self.tier not in ("A", "B"):
            return None
        tables = self.prepared
        evidence = tiers.evidence_of(tables.activity, tables.coverage, as_of=self.as_of, weeks=WEEKS)
        return Definition().for_evidence(evidence)

    @property
    def requests(self) -> list[requests.Request]:
        """What to ask the client for."""
        tables = self.prepared
        return requests.wanted(
            self.overview,
            tables.coverage,
            as_of=self.as_of,
            weeks=WEEKS,
            aggregates=tables.aggregates,
            licences=tables.others.get("licences"),
        )


def examine(client_dir: str | Path, *, as_of: str | dt.date = "", language: str = "") -> Examined:
    """Read a client's exports and say what they are worth; nothing is written.

    Parameters
    ----------
    client_dir
        The client folder.
    as_of
        Day of the retrospective; empty: as in client.yml.
    language
        ``de`` or ``en``; empty: as in client.yml.

    Returns
    -------
    Examined

    Raises
    ------
    SettingsError, InputError
        If the settings or the exports are wrong.
    MethodError
        If `as_of` is no date.
    """
    folder = Path(client_dir)
    settings = read_settings(folder / SETTINGS_FILE)
    spoken = language_of(language or settings.language)
    known = examined(read_exports(folder), settings, as_of=day_of(as_of or settings.as_of), t=spoken)
    return replace(known, unnamed=unnamed_files(folder, settings))


def examined(prepared: Prepared, settings: Settings, *, as_of: dt.date, t: Language) -> Examined:
    """Return prepared tables together with what they are worth."""
    people = prepared.users[prepared.users["account_type"] == "person"]
    overview = sources.overview(
        prepared.coverage,
        prepared.activity,
        prepared.ledger,
        as_of=as_of,
        weeks=WEEKS,
        last_logins=bool(people["last_login"].notna().any()),
        tier_of={source: tier_of(source) for source in prepared.ledger["source"]},
        keeps_days={source: days for source in prepared.coverage["source"].unique() if (days := keeps_days(source))},
    )
    tier = tiers.of_window(prepared.coverage, as_of=as_of, weeks=WEEKS, aggregates=prepared.aggregates)
    return Examined(settings, as_of, t, prepared, overview, sources.gaps(prepared.coverage), tier)


def tier_of(source: str) -> str:
    """Return the data tier of a source's export, empty for what is no export."""
    if source == "aggregates":
        return "E"
    known = readers().get(source.partition(":")[0])
    return known.tier if known else ""


def keeps_days(source: str) -> int | None:
    """Return for how long the system keeps a source (days), None if that is not known."""
    known = readers().get(source.partition(":")[0])
    return known.keeps_days if known else None


def require_examined(value: object, *, name: str) -> Examined:
    """Return `value` if it is what `examine` returns.

    Raises
    ------
    PrivacyError
        If it is anything else, such as the client of a report.
    """
    if not isinstance(value, Examined):
        raise PrivacyError(
            f"data_check.{name}: expected what `data_check.examine` returns, found a {type(value).__name__}. "
            "The data check is internal and takes nothing that a report has."
        )
    return value
