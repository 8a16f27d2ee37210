"""A client's history, written by the kit itself: the first retrospective closed, later the baselines of goals frozen.

`first/<client>/` holds what differed then: settings, licences, and what has become of the decisions since.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
from pathlib import Path

_HERE = Path(__file__).resolve().parent
FIRST = _HERE / "first"
#: Client → the day on which its first retrospective was closed.
CLOSED_ON = {"musterbau": dt.date(2025, 7, 3)}
#: Client → the day on which the baselines of its goals were frozen.
FROZEN_ON = {"musterbau": dt.date(2026, 1, 31)}
_KEPT = ("R1", "released")
_BASELINES = "goals.yml"


def as_it_was(name: str, sample: Path, folder: Path) -> None:
    """Make the folder of a client as it was before its first retrospective was closed.

    Parameters
    ----------
    name
        The client.
    sample
        Its folder today.
    folder
        Where to.
    """
    folder.mkdir(parents=True)
    shutil.copytree(sample / "exports", folder / "exports")
    for file in ("client.yml", "licences.csv"):
        shutil.copyfile(FIRST / name / file, folder / file)


def write_history(name: str, sample: Path) -> None:
    """Close the first retrospective of a client and keep what it told, without anybody's pseudonym.

    Parameters
    ----------
    name
        The client.
    sample
        Its folder, made already; its hand-written files get the history, too.
    """
    from crmkit.cli.closing import close

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / name
        as_it_was(name, sample, folder)
        list(close(folder, today=CLOSED_ON[name]))
        shutil.copyfile(FIRST / name / "became.yml", folder / "history" / "R1" / "became.yml")
        for target in _histories(name, sample):
            for kept in _KEPT:
                shutil.rmtree(target / kept, ignore_errors=True)
                without_people = shutil.ignore_patterns("*.people.json")
                shutil.copytree(folder / "history" / kept, target / kept, ignore=without_people)


def freeze_baselines(name: str, sample: Path) -> None:
    """Freeze the baselines of a client's goals on the day on which that was done.

    Parameters
    ----------
    name
        The client.
    sample
        Its folder, made already; its hand-written files get the baselines, too.
    """
    from crmkit.cli.register import register_of

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / name
        shutil.copytree(sample, folder, ignore=shutil.ignore_patterns("prepared", _BASELINES))
        settings = folder / "client.yml"
        text = settings.read_text(encoding="utf-8")
        today = re.sub(r"^as_of: .*$", f"as_of: {FROZEN_ON[name]}", text, count=1, flags=re.MULTILINE)
        settings.write_text(today, encoding="utf-8")
        list(register_of(folder, freeze=True))
        for target in _histories(name, sample):
            shutil.copyfile(folder / "history" / _BASELINES, target / _BASELINES)


def _histories(name: str, sample: Path) -> tuple[Path, Path]:
    return sample / "history", _HERE / "folders" / name / "history"
