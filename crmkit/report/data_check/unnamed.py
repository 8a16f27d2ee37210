"""Files that lie among the exports, but stand nowhere in client.yml: nobody has read them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crmkit import ingest

if TYPE_CHECKING:
    from crmkit.settings import Settings


def unnamed_files(folder: Path, settings: Settings) -> tuple[tuple[str, str], ...]:
    """Return the files that client.yml does not name, each with the reader that it looks like.

    Parameters
    ----------
    folder
        The client folder.
    settings
        Its settings.

    Returns
    -------
    tuple of tuple of str
        Path below the client folder, and name of a reader, empty where none is known.
    """
    return tuple((found.file, found.reader) for found in ingest.unnamed_files(folder, settings))
