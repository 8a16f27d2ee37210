"""`Portfolio`: the clients of a folder, each opened and protected by its own rules, or the reason why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crmkit.client import open_client
from crmkit.client_folders import client_folders_at
from crmkit.errors import CrmkitError, PrivacyError
from crmkit.letters import legible
from crmkit.method import retrospective
from crmkit.method.window import day_of
from crmkit.privacy import protect, releases
from crmkit.privacy.discretion import naming_nobody
from crmkit.report.language import Language
from crmkit.report.language import language as language_of

if TYPE_CHECKING:
    from crmkit.client import Client
    from crmkit.privacy.protected import ProtectedTable

#: Letters of a client's or a folder's name, and of a reason.
_LONGEST_NAME, _LONGEST_REASON = 120, 400


@dataclass(frozen=True, eq=False)
class Opened:
    """A client and its tables as its report shows them: masked together, by its own k."""

    client: Client
    shown: Mapping[str, ProtectedTable]

    @property
    def name(self) -> str:
        """Name of the client, legible and not endless."""
        return legible(self.client.settings.name, longest=_LONGEST_NAME)

    @property
    def folder(self) -> str:
        """Name of its folder: two clients may have one name."""
        return legible(self.client.folder.name, longest=_LONGEST_NAME)


@dataclass(frozen=True)
class NotOpened:
    """A client folder that could not be opened, and why, in one line that names nobody."""

    folder: str
    reason: str


@dataclass(frozen=True, eq=False)
class Portfolio:
    """All clients of a folder, in the order of their folders.

    Attributes
    ----------
    clients
        Those that could be opened.
    failed
        The others.
    today
        The day to look from: what lies before it is over.
    t
        Language of the page.
    """

    clients: tuple[Opened, ...]
    failed: tuple[NotOpened, ...]
    today: dt.date
    t: Language


def open_clients(folder: str | Path, *, as_of: str | dt.date = "", language: str = "") -> Portfolio:
    """Open all clients of a folder; one that cannot be opened is named and does not stop the others.

    Parameters
    ----------
    folder
        A folder of prepared client folders, or one of these.
    as_of
        The day to look from; empty: today. Each client stands on the day of its own retrospective.
    language
        ``de`` or ``en``; empty: German.

    Returns
    -------
    Portfolio

    Raises
    ------
    CallError
        If there is no such folder, or no client in it.
    MethodError
        If `as_of` is no date.
    SettingsError
        If the language is not known.

    Examples
    --------
    >>> opened = open_clients("data/sample")  # doctest: +SKIP
    >>> [one.name for one in opened.clients]  # doctest: +SKIP
    ['Harbour & Finch Ltd', 'Kleinod Metallbau GmbH', 'Musterbau GmbH', 'Stadtwerke Beispielstadt']
    """
    spoken, today = language_of(language or "de"), day_of(as_of) if as_of else dt.date.today()
    opened = [_opened(one) for one in client_folders_at(Path(folder))]
    return Portfolio(
        tuple(one for one in opened if isinstance(one, Opened)),
        tuple(one for one in opened if isinstance(one, NotOpened)),
        today,
        spoken,
    )


def _opened(folder: Path) -> Opened | NotOpened:
    try:
        client = open_client(folder)
        shown = protect(retrospective.tables(client), k=client.k, releases=releases.of_client(client))
    except CrmkitError as error:
        # the page stands where paths of this machine mean nothing, and beside the name of the folder
        reason = str(error).replace(f"{folder.parent}/", "").removeprefix(f"{folder.name}: ")
    except Exception as error:
        # the type alone: the message of somebody else's exception may quote a client's data
        reason = f"{type(error).__name__}: its prepared tables cannot be read, run `crmkit prepare {folder.name}`."
    else:
        return Opened(client, shown)
    name = legible(folder.name, longest=_LONGEST_NAME)
    return NotOpened(name, legible(naming_nobody(reason, folder), longest=_LONGEST_REASON))


def require_portfolio(value: object, *, name: str) -> Portfolio:
    """Return `value` if it is what `open_clients` returns.

    Raises
    ------
    PrivacyError
        If it is anything else, such as the client of a report.
    """
    if not isinstance(value, Portfolio):
        raise PrivacyError(
            f"portfolio.{name}: expected what `portfolio.open_clients` returns, found a {type(value).__name__}. "
            "The portfolio is internal and takes nothing that a report has."
        )
    return value
