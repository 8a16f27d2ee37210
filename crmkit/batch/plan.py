"""What is to be done: which clients, with which settings, all checked before the first kernel starts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from crmkit.batch.result import Result
from crmkit.batch.source import Source
from crmkit.client import SETTINGS_FILE
from crmkit.client_folders import client_folders_at
from crmkit.errors import CallError, SettingsError
from crmkit.ingest.discretion.pseudonyms import normalise
from crmkit.privacy.discretion import naming_nobody
from crmkit.settings import Settings, read_settings

#: Seconds that the notebook of one report may take in all; the largest sample needs about ten.
DEADLINE_SECONDS = 900.0
#: Names that the output folder needs for itself.
RESERVED = frozenset({"index.html", "manifest.json", "portfolio.html", "readme.md"})


@dataclass(frozen=True)
class Job:
    """One report to make; everything a worker needs, and nothing that cannot be sent to one.

    Attributes
    ----------
    folder
        The client folder, absolute.
    client
        Its name.
    settings
        Its settings as they were checked.
    as_of
        Day of the retrospective.
    source
        The notebook.
    output
        The folder of all reports, absolute.
    other_clients
        Names that must not appear in this report.
    deadline_seconds
        For the notebook as a whole.
    """

    folder: Path
    client: str
    settings: Settings
    as_of: dt.date
    source: Source
    output: Path
    other_clients: tuple[str, ...]
    deadline_seconds: float


Clients = str | Path | Iterable[str | Path]


def client_folders(clients: Clients) -> list[Path]:
    """Return the client folders meant: those named, and those inside folders of client folders.

    Parameters
    ----------
    clients
        One or several folders.

    Returns
    -------
    list of Path
        Absolute, in the order named, inside a folder by name; none twice.

    Raises
    ------
    CallError
        If a folder is not there, is a file, or holds no client.
    """
    named = [clients] if isinstance(clients, str | Path) else list(clients)
    found = [folder for one in named for folder in client_folders_at(Path(one))]
    folders = list(dict.fromkeys(folder.resolve() for folder in found))
    _check_names(folders)
    return folders


def _check_names(folders: Sequence[Path]) -> None:
    """Refuse names under which reports would overwrite each other, also where file names ignore case."""
    seen: dict[str, Path] = {}
    for folder in folders:
        name = folder.name.casefold()
        if not name or name.startswith(".") or name in RESERVED:
            raise CallError.reserved_name(str(folder), folder.name)
        if name in seen:
            raise CallError.same_name(folder.name, str(seen[name]), str(folder))
        seen[name] = folder


def jobs_of(
    folders: Sequence[Path],
    *,
    source: Source,
    output: Path,
    as_of: dt.date | None,
    known_names: Sequence[str] = (),
) -> tuple[list[Job], list[Result]]:
    """Check all settings and return what can be done, and the results of what cannot.

    Parameters
    ----------
    folders
        Client folders from `client_folders`.
    source
        The notebook.
    output
        The folder of all reports.
    as_of
        Day of the retrospective; None: as in each client's settings.
    known_names
        Names of clients that earlier runs rendered into the same folder.

    Returns
    -------
    tuple of list of Job and list of Result
    """
    settings: dict[Path, Settings] = {}
    failed = []
    for folder in folders:
        try:
            settings[folder] = read_settings(folder / SETTINGS_FILE)
        except SettingsError as error:
            failed.append(Result(folder.name, folder, None, "failed", naming_nobody(str(error), folder)))
    names = [*(known.name for known in settings.values()), *known_names]
    jobs = [
        Job(
            folder,
            folder.name,
            known,
            as_of or known.as_of,
            source,
            output,
            others_of(known.name, names),
            DEADLINE_SECONDS,
        )
        for folder, known in settings.items()
    ]
    return jobs, failed


def others_of(name: str, names: Sequence[str]) -> tuple[str, ...]:
    """Return the names that a report must not hold; one that is part of the client's own cannot be told from it."""
    own = f" {normalise(name)} "
    return tuple(other for other in dict.fromkeys(names) if f" {normalise(other)} " not in own)


def as_date(value: str | dt.date | None) -> dt.date | None:
    """Return a day given as text or date; None or an empty text: the one in the settings.

    Raises
    ------
    CallError
        If the text is no date.
    """
    if not value:
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise CallError.wrong_date("as_of", str(value)) from None
