"""The first retrospective of a client, closed by the kit itself: what it kept is copied into the client's folder.

`first/<client>/` holds what differed then: settings, licences, and what has become of the decisions since.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from pathlib import Path

_HERE = Path(__file__).resolve().parent
FIRST = _HERE / "first"
#: Client → the day on which its first retrospective was closed.
CLOSED_ON = {"musterbau": dt.date(2025, 7, 3)}
_KEPT = ("R1", "released")


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
        for target in (sample / "history", _HERE / "folders" / name / "history"):
            for kept in _KEPT:
                shutil.rmtree(target / kept, ignore_errors=True)
                without_people = shutil.ignore_patterns("*.people.json")
                shutil.copytree(folder / "history" / kept, target / kept, ignore=without_people)
