"""The output folder: where reports, staged files and failed ones lie, and the lock that keeps two runs apart."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from crmkit.batch.lock import held
from crmkit.errors import CallError, RenderError
from crmkit.whole_files import require_writable, write_whole

STAGING = ".staging"
QUARANTINE = ".quarantine"
LOCK = ".lock"
#: Folders of a report below the folder of all reports: client and day.
_DEPTH = 2
#: Age of staged files of a run that was killed, after which a later run clears them away (seconds).
STALE_SECONDS = 24 * 60 * 60

_WARNING = "What lies here failed or was blocked by the gate. It may name persons. Never share it.\n"


def prepare_output(output: Path) -> Path:
    """Make the output folder and see whether it can be written.

    Parameters
    ----------
    output
        The folder of all reports.

    Returns
    -------
    Path
        Absolute.

    Raises
    ------
    CallError
        If it is a file or cannot be written.
    """
    output = output.absolute()
    try:
        require_writable(output / STAGING)
        _clear_stale(output / STAGING)
    except (FileExistsError, NotADirectoryError):
        raise CallError.wrong_output(str(output), "it is a file, or lies below one") from None
    except OSError as error:
        raise CallError.wrong_output(str(output), (error.strerror or type(error).__name__).lower()) from None
    return output


def _clear_stale(staging: Path) -> None:
    for left in staging.iterdir():
        try:
            if time.time() - left.stat().st_mtime > STALE_SECONDS:
                shutil.rmtree(left, ignore_errors=True)
        except FileNotFoundError:
            # another run has just cleared it
            continue


@contextmanager
def staged(output: Path) -> Iterator[Path]:
    """Make a folder of one's own on the same file system as the reports, and remove it afterwards."""
    (output / STAGING).mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(dir=output / STAGING))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def locked(output: Path) -> Iterator[None]:
    """Hold the output folder's lock: only one process at a time publishes and writes the manifest."""
    (output / LOCK).touch()
    with held(output / LOCK):
        yield


def replace_all(files: list[Path], target: Path, *, spare: Path) -> list[Path]:
    """Move files into a folder; if one cannot be moved, all that were there before come back.

    Parameters
    ----------
    files
        What is moved, on the same file system as `target`.
    target
        The folder; made if it is not there.
    spare
        A folder for copies of what is replaced.

    Returns
    -------
    list of Path
        The files at their new place.
    """
    _make_inside(target)
    before = {
        file.name: Path(shutil.copy2(target / file.name, spare)) for file in files if (target / file.name).exists()
    }
    moved: list[Path] = []
    try:
        for file in files:
            moved.append(file.replace(target / file.name))  # noqa: PERF401
    except OSError:
        for file in moved:
            if file.name in before:
                before[file.name].replace(file)
            else:
                file.unlink(missing_ok=True)
        raise
    return moved


def quarantine(output: Path, client: str, files: list[Path]) -> Path:
    """Keep what failed where nobody shares it; what lay there before goes.

    Returns
    -------
    Path
        The folder.
    """
    root = output / QUARANTINE
    _make_inside(root)
    root.chmod(0o700)
    write_whole(root / "DO_NOT_SHARE.txt", _WARNING)
    place = root / client
    shutil.rmtree(place, ignore_errors=True)
    _make_inside(place)
    place.chmod(0o700)
    for file in files:
        file.replace(place / file.name)
    return place


def release(output: Path, client: str, *, name: str = "") -> None:
    """Remove what an earlier run of a client left in quarantine, or one file of it."""
    place = output / QUARANTINE / client
    if not name:
        shutil.rmtree(place, ignore_errors=True)
    elif place.is_dir() and not place.is_symlink():
        (place / name).unlink(missing_ok=True)
        with suppress(OSError):
            # what else lies there stays
            place.rmdir()


def _make_inside(place: Path) -> None:
    """Make a folder below the folder of reports; a link in its way would lead what is written elsewhere.

    Raises
    ------
    RenderError
        If the folder or one above it, up to the folder of reports, is a link.
    """
    for part in (place, *list(place.parents)[: _DEPTH - 1]):
        if part.is_symlink():
            raise RenderError(f"{part}: is a link, which may lead out of the folder of reports. Remove it.")
    place.mkdir(parents=True, exist_ok=True)
