"""Files that lie among the exports, but stand nowhere in client.yml: nobody has read them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crmkit.errors import CrmkitError
from crmkit.ingest import reader_for
from crmkit.ingest.client_files import below

if TYPE_CHECKING:
    from crmkit.settings import Settings

_EXPORTS = "exports"
#: How files begin that no client sends: hidden ones, and locks of open workbooks.
_NOT_SENT = (".", "~$")


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
    named = {path for export in settings.exports for path in _below(folder, export.file)}
    found = [path for path in sorted((folder / _EXPORTS).rglob("*")) if path.is_file() and path not in named]
    sent = [path for path in found if not path.name.startswith(_NOT_SENT)]
    return tuple((path.relative_to(folder).as_posix(), _reader(path)) for path in sent)


def _reader(path: Path) -> str:
    try:
        return reader_for(path)
    except CrmkitError:
        return ""


def _below(folder: Path, file: str) -> list[Path]:
    try:
        return below(folder, file)
    except CrmkitError:
        return []
