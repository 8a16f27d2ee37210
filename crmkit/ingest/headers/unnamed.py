"""Files that lie among the exports, but stand nowhere in client.yml: nobody has read them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crmkit.errors import CrmkitError, SettingsError
from crmkit.ingest.client_files import below
from crmkit.ingest.headers.recognition import reader_for

if TYPE_CHECKING:
    from crmkit.settings import Settings

#: Folder in which exports lie.
_EXPORTS = "exports"
#: How files begin that no client sends: hidden ones, and locks of open workbooks.
_NOT_SENT = (".", "~$")


@dataclass(frozen=True)
class Unnamed:
    """A file that client.yml does not name.

    Attributes
    ----------
    file
        Its path below the client folder.
    reader
        The reader that it looks like, empty where none is known.
    problem
        Why it cannot be read at all, empty where it can.
    """

    file: str
    reader: str = ""
    problem: str = ""


def unnamed_files(folder: str | Path, settings: Settings) -> tuple[Unnamed, ...]:
    """Return the files among the exports that client.yml does not name.

    Parameters
    ----------
    folder
        The client folder.
    settings
        Its settings.
    """
    folder = Path(folder)
    named = {path for export in settings.exports for path in _below(folder, export.file)}
    found = [path for path in sorted((folder / _EXPORTS).rglob("*")) if path not in named and path.is_file()]
    return tuple(_looked_at(path, folder) for path in found if not path.name.startswith(_NOT_SENT))


def _looked_at(path: Path, folder: Path) -> Unnamed:
    file = path.relative_to(folder).as_posix()
    try:
        return Unnamed(file, reader=reader_for(path))
    except CrmkitError as error:
        return Unnamed(file, problem=str(error))


def _below(folder: Path, file: str) -> list[Path]:
    try:
        return below(folder, file)
    except SettingsError:
        return []
