"""Ctrl-C: it ends soon, leaves no process behind, and nothing untrue in the manifest."""

import os
import signal
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals to a group of processes")


def kernels_of(group: int) -> list[int]:
    """Return the kernels whose parent belongs to a group of processes; each kernel leads a session of its own."""
    listing = subprocess.run(["ps", "-eo", "pid,ppid,pgid,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 3) for line in listing.splitlines()[1:]]
    members = {row[0] for row in rows if row[2] == str(group)}
    return [int(row[0]) for row in rows if row[1] in members and "ipykernel_launcher" in row[3]]


def wait_for_kernels(group: int, n: int, *, seconds: float = 60) -> list[int]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if len(found := kernels_of(group)) >= n:
            return found
        time.sleep(0.1)
    raise AssertionError(f"{len(found)} kernels after {seconds} seconds")


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_an_interrupt_ends_everything(clients, output, notebook):
    folders = [clients(name) for name in ("one", "two", "three")]
    command = [sys.executable, "-m", "crmkit.cli", "render", *map(str, folders)]
    options = ["--notebook", str(notebook("sleeps")), "--output", str(output), "--jobs", "2"]
    with subprocess.Popen([*command, *options], stdout=subprocess.PIPE, start_new_session=True) as process:
        kernels = wait_for_kernels(process.pid, 2)
        # the kernels are up; give both a moment to begin with their cell
        time.sleep(1)
        os.killpg(process.pid, signal.SIGINT)
        out, _ = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, b"")
    assert [pid for pid in kernels if is_alive(pid)] == []
    assert not (output / "manifest.json").exists()
    assert list((output / ".staging").iterdir()) == []
