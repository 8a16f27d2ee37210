"""The kernel that a notebook runs in: this very Python, in an own temporary directory."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets.config import Config

#: A socket's path may have about 100 bytes; what the kernel appends needs a few of them.
LONGEST_SOCKET_PATH = 90


class OwnKernelManager(AsyncKernelManager):
    """Starts the interpreter that crmkit itself runs in, whatever kernels the user has installed.

    A kernel called ``python3`` in the user's own folder may belong to another environment.
    """

    @property
    def kernel_spec(self) -> KernelSpec:
        """The command and the environment of the kernel."""
        return KernelSpec(
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            display_name="Python 3",
            language="python",
            env={
                # figures are shown by what a cell returns; the inline backend would show them a second time
                "MPLBACKEND": "agg",
                # nobody's start-up files or history, and no lock on a shared history file
                "IPYTHONDIR": str(Path(self.connection_file).parent),
                # sets in the same order every time: same input, same bytes
                "PYTHONHASHSEED": "0",
            },
        )


@contextmanager
def own_place() -> Iterator[Config]:
    """Make a directory for one kernel's sockets and files, and remove it afterwards.

    Kernels that share a directory get each other's messages over IPC, and kernels that share a machine
    can collide on TCP ports; neither happens when each has its own directory.

    Yields
    ------
    traitlets.config.Config
        Where a kernel manager finds its place; TCP where there is no IPC (Windows) or no short path.
    """
    place = Path(tempfile.mkdtemp(prefix="crmkit-", dir=_short_parent()))
    try:
        yield Config(OwnKernelManager=_connection(place))
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _connection(place: Path) -> dict[str, Any]:
    connection: dict[str, Any] = {"connection_file": str(place / "kernel.json")}
    if sys.platform != "win32" and _is_short(place):
        connection |= {"transport": "ipc", "ip": str(place / "k")}
    return connection


def _short_parent() -> str | None:
    """Return the temporary directory to use; None is the system's own."""
    if sys.platform == "win32" or _is_short(Path(tempfile.gettempdir()) / "crmkit-12345678"):
        return None
    return "/tmp" if Path("/tmp").is_dir() else None


def _is_short(place: Path) -> bool:
    return len(str(place).encode()) + len("/k-10") <= LONGEST_SOCKET_PATH
