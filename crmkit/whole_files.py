"""Files that are there as a whole or as they were: written beside their place first."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

#: Readable for everybody whom the folder lets in, as an ordinary file is.
_MODE = 0o644


def write_whole(file: Path, text: str) -> None:
    """Write a file so that a reader sees the old or the new one, never a part; its folder is made first.

    Parameters
    ----------
    file
        The file.
    text
        Its new content; UTF-8, lines end as on Unix.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        part.chmod(_MODE)
        part.replace(file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def require_writable(folder: Path) -> None:
    """Raise OSError if no file could be written into a folder, which is made first."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        pass
