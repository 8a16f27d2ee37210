"""The kernel's place, and what is said of a notebook that stopped."""

import sys
import tempfile
from pathlib import Path

import pytest

from crmkit.batch.engine import MOST_CHARACTERS, message_of
from crmkit.batch.kernel import LONGEST_SOCKET_PATH, OwnKernelManager, own_place


def place_of(config) -> Path:
    return Path(config["OwnKernelManager"]["connection_file"]).parent


def test_every_kernel_has_its_own_place_and_leaves_nothing():
    with own_place() as one, own_place() as two:
        places = [place_of(one), place_of(two)]
        assert len({*places}) == 2
        assert all(place.is_dir() for place in places)
    assert not any(place.exists() for place in places)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such sockets")
def test_a_socket_path_is_never_too_long(tmp_path, monkeypatch):
    deep = tmp_path / ("x" * 60) / ("y" * 60)
    deep.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    with own_place() as config:
        assert config["OwnKernelManager"]["transport"] == "ipc"
        assert len(config["OwnKernelManager"]["ip"].encode()) < LONGEST_SOCKET_PATH


def test_the_kernel_is_the_python_that_runs_this(tmp_path):
    manager = OwnKernelManager(kernel_name="julia", connection_file=str(tmp_path / "kernel.json"))
    assert manager.kernel_spec.argv[:3] == [sys.executable, "-m", "ipykernel_launcher"]
    assert manager.kernel_spec.env["IPYTHONDIR"] == str(tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("ValueError", "a\nb", "ValueError: a"),
        ("KeyError", "", "KeyError"),
        ("MethodError", "no week is covered.", "no week is covered."),
        ("ValueError", "x" * 1000, "ValueError: " + "x" * MOST_CHARACTERS + "…"),
    ],
)
def test_one_line_for_what_stopped_a_notebook(name, value, message):
    assert message_of(name, value) == message
