"""The consultant's own words on disk: ``commentary/<section>.md``, one file for each section of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from crmkit.errors import InputError, SettingsError, did_you_mean, listed

FOLDER = "commentary"
#: Keys of the report's sections, in its order.
SECTIONS = (
    "glance", "standing", "areas", "licences", "parallel", "changes", "last_time", "goals", "progress", "voices",
    "outcomes", "decisions", "data_quality",
)  # fmt: skip
#: Bytes of a file; a page of prose has about 3,000.
MOST_BYTES = 50_000
#: Strange files that are named one by one.
_MOST_STRANGERS = 5

#: Lines that editors keep at the head of a file, and remarks that nobody is meant to see.
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:[\w-]+:.*\n|[ \t-].*\n)*?---[ \t]*(?:\n|\Z)")
_REMARK = re.compile(r"<!--.*?-->", re.DOTALL)


def read(folder: Path) -> dict[str, str]:
    """Return the words (Markdown) of each section that has some.

    Parameters
    ----------
    folder
        The client folder.

    Returns
    -------
    dict of str to str
        Section → words, without what editors write at the head of a file and without HTML remarks; in the report's
        order. Files of other names are no section's: `faults` tells them.

    Raises
    ------
    SettingsError
        If a file is a link that leads out of the client folder.
    InputError
        If a file is not UTF-8, is too long or cannot be read.
    """
    files = {section: folder / FOLDER / f"{section}.md" for section in SECTIONS}
    words = {section: _words(file, folder) for section, file in files.items() if file.is_file()}
    return {section: text for section, text in words.items() if text}


def _words(file: Path, folder: Path) -> str:
    name = f"{FOLDER}/{file.name}"
    if not file.resolve().is_relative_to(folder.resolve()):
        raise SettingsError.outside(name)
    try:
        with file.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {(error.strerror or 'unknown fault').lower()}.") from None
    if len(raw) > MOST_BYTES:
        raise InputError(f"{name}: larger than {MOST_BYTES:,} bytes. A page of prose has about 3,000: shorten it.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{name}: no UTF-8 text. Save it as UTF-8.") from None
    lines = "\n".join(re.split(r"\r\n?|\n", text))
    return _REMARK.sub("", _FRONT_MATTER.sub("", lines)).strip()


def faults(folder: Path) -> Iterator[str]:
    """Return why a section's words cannot be read, and what lies in the folder and is not shown, a line each.

    Parameters
    ----------
    folder
        The client folder.
    """
    place = folder / FOLDER
    if not place.resolve().is_relative_to(folder.resolve()):
        yield str(SettingsError.outside(FOLDER))
        return
    for section in SECTIONS:
        yield from _fault(place / f"{section}.md", folder)
    strange = list(_strangers(place))
    yield from strange[:_MOST_STRANGERS]
    if len(strange) > _MOST_STRANGERS:
        yield f"{FOLDER}: {len(strange) - _MOST_STRANGERS} more entries are no sections and are not shown."


def _fault(file: Path, folder: Path) -> Iterator[str]:
    try:
        if file.is_file():
            _words(file, folder)
    except (InputError, SettingsError) as error:
        yield str(error)


def _strangers(place: Path) -> Iterator[str]:
    """Return what is no section's, with the name that may be meant."""
    for entry in sorted(place.iterdir()) if place.is_dir() else ():
        if entry.name.startswith("."):
            continue
        if entry.suffix != ".md" or entry.stem not in SECTIONS:
            hint = (
                did_you_mean(entry.stem.casefold(), SECTIONS) or f" Sections: {listed(SECTIONS, most=len(SECTIONS))}."
            )
            yield f"{FOLDER}/{_plain(entry.name)}: no section is called so, it is not shown.{hint}"
        elif not entry.is_file():
            yield f"{FOLDER}/{_plain(entry.name)}: is no file, it is not shown."


def _plain(name: str) -> str:
    return listed([name]).strip("`")
