"""`crmkit purge`: what would be deleted, the question, the deletion; and what other commands say when it is due."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from crmkit import deletion
from crmkit.batch.lock import held
from crmkit.cli.paths import short_path
from crmkit.client import SETTINGS_FILE
from crmkit.deletion import Deletable, Kind
from crmkit.errors import CallError, CrmkitError, DeletionError
from crmkit.settings import Settings, read_settings

WORDS: dict[Kind, str] = {
    "raw": "raw exports", "prepared": "pseudonymous tables", "key": "key of the pseudonyms",
}  # fmt: skip
#: Setting → kind of files it is about, and the option that deletes them.
SETTING: dict[Kind, tuple[str, str]] = {
    "raw": ("delete_by", "--raw"), "prepared": ("delete_prepared_by", "--prepared"),
}  # fmt: skip
_MOST_NAMES = 20
#: An ending that says what a file is, and not part of a name.
_ENDING = re.compile(r"\.[A-Za-z]{2,4}[0-9]?")
_UNITS = ("bytes", "kB", "MB", "GB")


def kinds_of(*, raw: bool, prepared: bool, everything: bool) -> list[Kind]:
    """Return the kinds that the options of a call mean; without any the raw exports."""
    if everything:
        return [*deletion.KINDS]
    wanted: dict[Kind, bool] = {"raw": raw or not prepared, "prepared": prepared}
    return [kind for kind, is_meant in wanted.items() if is_meant]


def purge_client(
    folder: Path, kinds: Sequence[Kind], *, yes: bool, dry_run: bool, today: dt.date | None = None
) -> None:
    """Say what there is to delete, ask, delete it and say so.

    Parameters
    ----------
    folder
        The client folder.
    kinds
        From `kinds_of`.
    yes
        Do not ask.
    dry_run
        Delete nothing.
    today
        Day of the record; None: today.

    Raises
    ------
    CrmkitError
        If settings or record are wrong, a link leads elsewhere, or files cannot be deleted.
    """
    day = today or _today()
    settings = read_settings(folder / SETTINGS_FILE)
    with held(folder / SETTINGS_FILE):
        found = deletion.deletable(folder, settings, kinds)
        for line in _plan(folder, settings, found, kinds=kinds, day=day):
            typer.echo(line)
        if not found or dry_run:
            return
        if not (yes or _is_confirmed(sum(len(what.files) for what in found))):
            typer.echo("  nothing was deleted")
            return
        _delete(folder, found, day)


def due(folder: Path, *, today: dt.date | None = None) -> Iterator[str]:
    """Return a line for every agreed day of deletion that has passed while the files are still there.

    Parameters
    ----------
    folder
        The client folder; settings that cannot be read are reported elsewhere.
    today
        None: today.
    """
    try:
        settings = read_settings(folder / SETTINGS_FILE)
        late = deletion.overdue(folder, settings, today=today or _today())
    except (CrmkitError, OSError):
        return
    for kind, day in late:
        key, option = SETTING[kind]
        yield (
            f"`privacy.{key}` {day} has passed and the {WORDS[kind]} are still there: "
            f"`crmkit purge {short_path(folder)} {option}`"
        )


def _today() -> dt.date:
    return dt.date.today()


def _plan(
    folder: Path, settings: Settings, found: Sequence[Deletable], *, kinds: Sequence[Kind], day: dt.date
) -> Iterator[str]:
    entries = deletion.deletions(folder)
    yield f"{settings.name} ({short_path(folder)})"
    until = dict(deletion.agreed(settings.privacy))
    for what in found:
        agreed = f", agreed until {until[what.kind]}" if until.get(what.kind) else ""
        yield f"  {WORDS[what.kind]}: {_files_text(len(what.files))}, {size_text(what.n_bytes)}{agreed}"
        yield from _names(folder, what)
    for kind in kinds:
        if kind not in [what.kind for what in found]:
            nothing = "not in this folder" if kind == "key" else "nothing to delete"
            yield f"  {WORDS[kind]}: {nothing}{_earlier(entries, kind)}"
    yield from _unknown(folder, settings)
    yield from _consequences(folder, [what.kind for what in found])
    if entries and entries[-1]["date"] > day:
        yield f"  the clock says {day}, but the last deletion was recorded on {entries[-1]['date']}: is it right?"


def _names(folder: Path, what: Deletable) -> Iterator[str]:
    root = folder.resolve()
    for file in what.files[:_MOST_NAMES]:
        # a file may be called anything: no letter that plays tricks with a terminal
        name = "".join(letter if letter.isprintable() else "?" for letter in file.relative_to(root).as_posix())
        yield f"    {name}"
    if len(what.files) > _MOST_NAMES:
        yield f"    and {len(what.files) - _MOST_NAMES} more"


def _unknown(folder: Path, settings: Settings) -> Iterator[str]:
    """Return a line on files that stay because nobody has said what they are: how many, and of what kind."""
    left = deletion.unknown(folder, settings)
    endings = Counter(file.suffix.lower() if _ENDING.fullmatch(file.suffix) else "other" for file in left)
    if left:
        kinds = ", ".join(f"{n} {ending}" for ending, n in sorted(endings.items()))
        said = f"{_files_text(len(left))} ({kinds})"
        yield f"  left, and not known to the kit: {said}; copies of exports are yours to delete"


def _earlier(entries: list, kind: Kind) -> str:
    days = [entry["date"] for entry in entries if entry["kind"] == kind]
    return f" (deleted on {days[-1]})" if days else ""


def _consequences(folder: Path, kinds: list[Kind]) -> Iterator[str]:
    if "prepared" in kinds and ("raw" in kinds or not (folder / deletion.EXPORTS).is_dir()):
        yield "  after this no report can be made again; reports that are there stay"
        yield "  so does what the gate has blocked, in `.quarantine` beside them: it may name persons, delete it too"
    elif "raw" in kinds and not (folder / deletion.PREPARED / "users.parquet").is_file():
        yield "  these exports have not been prepared: after this no report can be made of them"
    elif "raw" in kinds and not _is_current(folder):
        yield "  exports or settings have changed since they were prepared: run `crmkit prepare` first to keep that"


def _is_current(folder: Path) -> bool:
    from crmkit import ingest

    try:
        return ingest.is_current(folder)
    except (CrmkitError, OSError):
        return False


def _is_confirmed(n_files: int) -> bool:
    """Ask; without somebody who can answer, say how to go on."""
    if not sys.stdin.isatty():
        raise CallError("purge asks before it deletes, and nobody can answer here. Say `--yes`, or `--dry-run` first.")
    try:
        return typer.confirm(f"  Delete {_files_text(n_files)}, for good?", default=False)
    except typer.Abort:
        return False


def _delete(folder: Path, found: Sequence[Deletable], day: dt.date) -> None:
    """Delete kind by kind: one that fails does not keep the others."""
    failed = []
    for what in found:
        try:
            entry = deletion.delete(folder, what, today=day)
            typer.echo(f"  deleted: {WORDS[what.kind]}, {_files_text(entry['n_files'])}, recorded in {deletion.RECORD}")
        except DeletionError as error:
            failed.append(error)
    if failed:
        raise failed[0]


def _files_text(n: int) -> str:
    return "1 file" if n == 1 else f"{n} files"


def size_text(n_bytes: int) -> str:
    """Return a size in the largest unit that gives at least one.

    Examples
    --------
    >>> size_text(999), size_text(12_345_678)
    ('999 bytes', '12.3 MB')
    """
    number, unit = float(n_bytes), 0
    while number >= 1000 and unit < len(_UNITS) - 1:  # noqa: PLR2004
        number, unit = number / 1000, unit + 1
    return f"{number:.1f} {_UNITS[unit]}" if unit else f"{n_bytes} bytes"
