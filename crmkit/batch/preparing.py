"""Preparing a client, one run at a time."""

from __future__ import annotations

import threading
from pathlib import Path

from crmkit.batch.lock import held
from crmkit.client import SETTINGS_FILE

#: polars calls back into Python from threads of its own; two calls in one process can wait for each other forever.
_ONE_AT_A_TIME = threading.Lock()


def prepare_if_needed(folder: Path) -> None:
    """Prepare a client whose exports or settings are newer than its prepared tables.

    Where only the prepared tables were handed over, they are used as they are.

    Parameters
    ----------
    folder
        The client folder. Of two runs that come together one prepares and the other waits for it.

    Raises
    ------
    CrmkitError
        As `ingest.prepare` does.
    """
    from crmkit import ingest

    # the settings file is the one that every client folder has: no lock file of its own lies about
    with _ONE_AT_A_TIME, held(folder / SETTINGS_FILE):
        ingest.bring_up_to_date(folder)


def prepare_again(folder: Path, *, key_file: Path | None = None) -> None:
    """Prepare a client, whether it is needed or not.

    Parameters
    ----------
    folder
        The client folder.
    key_file
        Key of the pseudonyms, or a folder of keys; None: see `ingest.key_file`.

    Raises
    ------
    CrmkitError
        As `ingest.prepare` does.
    """
    from crmkit import ingest
    from crmkit.settings import read_settings

    read_settings(folder / SETTINGS_FILE)
    with _ONE_AT_A_TIME, held(folder / SETTINGS_FILE):
        ingest.prepare(folder, key_file=key_file)
