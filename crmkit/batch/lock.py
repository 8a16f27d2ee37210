"""A lock on a file that works between threads, processes and runs; the system releases it for a process that dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Hold the lock of a file, which is not changed.

    Parameters
    ----------
    file
        The file; it must be there, and can be read and written by others all the while.
    """
    with _opened(file) as stream:
        _lock(stream.fileno())
        try:
            yield
        finally:
            _unlock(stream.fileno())


def _opened(file: Path) -> BinaryIO:
    try:
        # some network file systems lock only what is open for writing
        return file.open("r+b")
    except PermissionError:
        return file.open("rb")


if sys.platform == "win32":
    import msvcrt

    #: Windows locks bytes against everybody: one that no file has.
    _BEYOND = 2**30

    def _lock(descriptor: int) -> None:
        while True:
            os.lseek(descriptor, _BEYOND, os.SEEK_SET)
            try:
                # waits for ten seconds, then gives up
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
            except OSError:
                continue
            return

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, _BEYOND, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
