"""Retrospectives that were closed: ``history/R<n>/``, sealed by a hash and tied to the one before.

``retrospective.yml`` says what was agreed and under which definition was counted; ``tables.json`` what the report
showed, ``client.yml`` the settings of that day. None of them is changed afterwards. What became of the decisions is
noted in ``became.yml``, the only file of the folder that is written by hand.

A file without a seal may stand for a retrospective that was held before the kit was there: its number, its day and
its decisions. Nothing is compared with it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from crmkit import chain
from crmkit.errors import HistoryError
from crmkit.history.became import BECAME, Decided, became, blank, day_of
from crmkit.whole_files import write_whole
from crmkit.yaml_files import YamlFaultError, first_line, read_yaml

SEALED, TABLES, SETTINGS = "retrospective.yml", "tables.json", "client.yml"
_FOLDER = re.compile(r"R([1-9]\d{0,3})")
_HEAD = """\
# Retrospective {number}, closed by `crmkit close` and sealed: nothing is changed here.
# What became of the decisions is noted in became.yml beside it.
"""


@dataclass(frozen=True)
class Closed:
    """A retrospective that was closed.

    Attributes
    ----------
    folder
        ``history/R<n>``, absolute.
    number
        The how-manyth it was.
    as_of
        Its day.
    said
        What ``retrospective.yml`` says, as plain values.
    """

    folder: Path
    number: int
    as_of: dt.date
    said: Mapping[str, Any] = field(repr=False)

    @property
    def is_sealed(self) -> bool:
        """Whether the kit has closed it; else somebody wrote down what was decided."""
        return "sha256" in self.said

    @property
    def sha256(self) -> str:
        """Hash of what it says, empty without a seal."""
        return str(self.said.get("sha256", ""))

    @property
    def next_date(self) -> dt.date | None:
        """Day that was agreed for the one after it."""
        return day_of(self.said.get("next_date"))

    @property
    def closed_on(self) -> dt.date | None:
        """Day on which it was closed."""
        return day_of(self.said.get("closed_on"))

    @cached_property
    def decisions(self) -> list[Decided]:
        """What was decided and what has become of it.

        Raises
        ------
        HistoryError
            If ``became.yml`` cannot be read, or speaks of what was not decided.
        """
        return became(self.folder, self.said.get("decisions"))

    @cached_property
    def tables(self) -> dict[str, dict[str, Any]]:
        """What the report showed: name → columns, rows, tier, definition; masked numbers are None."""
        return json.loads((self.folder / TABLES).read_text(encoding="utf-8")) if self.is_sealed else {}

    def entries(self, key: str) -> list[dict[str, Any]]:
        """Return the goals, measures or licences that it kept; none of what somebody wrote down by hand."""
        return [dict(entry) for entry in self.said.get(key) or []] if self.is_sealed else []


def closed(folder: Path, *, names: Collection[str] = ()) -> list[Closed]:
    """Return the retrospectives of a client that were closed, oldest first.

    Parameters
    ----------
    folder
        The client folder.
    names
        The client's name and former names; empty: not looked at.

    Raises
    ------
    HistoryError
        If a file cannot be read or is not what was sealed, one is missing, or it is another client's.
    """
    found = sorted((_read(place, int(number)) for place, number in _places(folder)), key=lambda one: one.number)
    before: Closed | None = None
    for one in found:
        _check_seal(one)
        _check_client(one, names)
        _check_order(one, before)
        before = one
    return found


def keep_closed(folder: Path, said: Mapping[str, Any], files: Mapping[str, str]) -> Path:
    """Seal a retrospective; its folder appears as a whole or not at all.

    Parameters
    ----------
    folder
        The client folder.
    said
        Plain values: ``number``, ``as_of``, ``decisions`` and what else is to be kept.
    files
        Name → content of what lies beside it.

    Returns
    -------
    pathlib.Path
        ``history/R<n>``.

    Raises
    ------
    HistoryError
        If it cannot be written, or is there already.
    """
    history = folder / "history"
    target = history / f"R{said['number']}"
    earlier = [one for one in closed(folder) if one.number < said["number"]]
    hashes = {name: _sha256(text.encode()) for name, text in sorted(files.items())}
    entry = {**said, "files": hashes, "previous": earlier[-1].sha256 if earlier else ""}
    entry |= {"sha256": chain.sha256(entry)}
    texts = {**files, SEALED: _HEAD.format(**said) + _yaml(entry), BECAME: blank(said["number"], said["decisions"])}
    try:
        _appear(target, texts)
    except OSError as error:
        where = f"history/{target.name}"
        raise HistoryError.unwritable(where, error.strerror or type(error).__name__) from None
    return target


def _appear(target: Path, texts: Mapping[str, str]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(dir=target.parent, prefix=".closing-"))
    try:
        for name, text in texts.items():
            write_whole(staging / name, text)
        staging.chmod(0o755)
        # onto an empty folder or none: a folder with something in it is refused by the system
        with suppress(OSError):
            target.rmdir()
        staging.rename(target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _yaml(entry: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(entry), allow_unicode=True, sort_keys=False, width=120)


def _places(folder: Path) -> Iterator[tuple[Path, str]]:
    for place in sorted((folder / "history").glob("R*")):
        number = _FOLDER.fullmatch(place.name)
        if number and (place / SEALED).is_file():
            yield place, number[1]


def _read(place: Path, number: int) -> Closed:
    file = f"history/{place.name}/{SEALED}"
    try:
        said = read_yaml(place / SEALED)
    except (YamlFaultError, OSError) as error:
        raise HistoryError.no_yaml(file, first_line(error)) from None
    day = day_of(said.get("as_of")) if isinstance(said, dict) else None
    if day is None:
        raise HistoryError.no_day(file)
    if str(said.get("number", number)) != str(number):
        raise HistoryError.wrong_number(file, number)
    return Closed(place, number, day, said)


def _check_seal(one: Closed) -> None:
    """Refuse what is not what was sealed; beside kept tables a missing seal was taken off."""
    file = f"history/{one.folder.name}/{SEALED}"
    if not one.is_sealed:
        if (one.folder / TABLES).exists():
            raise HistoryError.changed(file)
        return
    if one.sha256 != chain.sha256(one.said):
        raise HistoryError.changed(file)
    for name, digest in dict(one.said.get("files") or {}).items():
        if not (one.folder / name).is_file() or _sha256((one.folder / name).read_bytes()) != digest:
            raise HistoryError.changed(f"history/{one.folder.name}/{name}")


def _check_client(one: Closed, names: Collection[str]) -> None:
    if one.is_sealed and names and _even(str(one.said.get("client", ""))) not in {_even(name) for name in names}:
        raise HistoryError.other_client(f"history/{one.folder.name}/{SEALED}")


def _check_order(one: Closed, before: Closed | None) -> None:
    file = f"history/{one.folder.name}/{SEALED}"
    if one.is_sealed and str(one.said.get("previous") or "") != (before.sha256 if before else ""):
        raise HistoryError.missing_before(file, one.number)
    if before and one.as_of <= before.as_of:
        raise HistoryError.order(file, before.number)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _even(name: str) -> str:
    return " ".join(name.casefold().split())
