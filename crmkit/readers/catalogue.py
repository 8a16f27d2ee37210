"""The readers: which export each of them reads, which data tier that carries, and what to ask a client for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import Field

from crmkit.errors import SettingsError, did_you_mean
from crmkit.readers.layout import Kind, Layout, folded
from crmkit.settings.section import Area, Section
from crmkit.yaml_files import read_yaml

#: What the knowledge of a layout rests on.
Verified = Literal["any file", "real file", "source code", "documentation", "hearsay"]
#: Column of a layout whose headers are all read, each for itself.
EVERY = "every"
#: Letters of a reader's name that tell what it reads.
_BEGINS = 4
_MAKES = {"users": "accounts", "licences": "licences", "aggregates": "aggregates"}


class Words(Section):
    """A text in both languages."""

    de: str
    en: str


class Reader(Section):
    """A reader of one kind of export.

    Attributes
    ----------
    name
        As written in client.yml.
    crm
        The system, as it calls itself; empty for any.
    kind
        What a row of the export is.
    code
        Module of `crmkit.ingest.systems` that reads it; empty: the layout is enough.
    tier
        Data tier that the export carries.
    title
        What the export is called.
    needs
        Columns without which it cannot be read.
    layout
        Headers and words.
    ask
        Where the client's administrator clicks: a text to send.
    shows, lacks
        What the export can and cannot show.
    keeps_days
        For how long the system keeps the log (days); None: for ever, or not known.
    verified
        What the knowledge of the layout rests on.
    """

    name: str
    crm: str = ""
    kind: Kind
    code: str = ""
    tier: str = Field(pattern=r"^[A-E]$")
    title: Words
    needs: tuple[str, ...] = ()
    layout: Layout = Layout()
    ask: Words
    shows: str
    lacks: str
    keeps_days: int | None = None
    verified: Verified

    @property
    def makes(self) -> str:
        """What comes out: events, accounts, licences or aggregates."""
        return _MAKES.get(self.kind, "events")

    @property
    def description(self) -> str:
        """What the export is called, in English."""
        return self.title.en

    @property
    def named(self) -> tuple[str, ...]:
        """One header of each column that is read: what the export calls it in English, where there are several."""
        layout = self.layout
        every = layout.columns.get(EVERY, [])
        columns = [headers[0] for name, headers in layout.columns.items() if name != EVERY]
        pairs = [headers[0] for pair in layout.pairs for headers in pair.values()]
        marks = [mark.columns[0] for mark in (*layout.drop, *layout.kinds)]
        return tuple(dict.fromkeys([*every, *columns, *pairs, *marks]))

    @property
    def headers(self) -> tuple[str, ...]:
        """All headers that the layout names."""
        named = [*self.layout.columns.values(), *(headers for pair in self.layout.pairs for headers in pair.values())]
        marks = [mark.columns for mark in (*self.layout.drop, *self.layout.kinds)]
        return tuple(dict.fromkeys(header for headers in (*named, *marks) for header in headers))


class OfNoUse(Section):
    """An export that looks like a log of use and is none."""

    headers: list[str] = Field(min_length=1)
    #: What it is, and why it tells nothing of use.
    what: str


class System(Section):
    """One CRM: its readers, and which area its objects belong to."""

    crm: str = ""
    #: What the tier of a first client usually is, and what lifts it: for docs.
    note: str = ""
    areas: dict[str, Area] = {}
    of_no_use: list[OfNoUse] = []
    readers: dict[str, dict]


@cache
def systems() -> tuple[System, ...]:
    """Return all systems, whatever belongs to no system first, the others by name."""
    folder = Path(str(files("crmkit.readers") / "systems"))
    found = [System.model_validate(read_yaml(file)) for file in folder.glob("*.yml")]
    return tuple(sorted(found, key=lambda system: system.crm.casefold()))


@cache
def _catalogue() -> tuple[Mapping[str, Reader], Mapping[str, Area]]:
    readers: dict[str, Reader] = {}
    areas: dict[str, Area] = {}
    for system in systems():
        for name, entry in system.readers.items():
            readers[name] = Reader.model_validate({"name": name, "crm": system.crm, **entry})
        areas |= {folded(name): area for name, area in system.areas.items()}
    return readers, areas


def readers() -> Mapping[str, Reader]:
    """Return all readers by their names."""
    return _catalogue()[0]


def object_areas() -> Mapping[str, Area]:
    """Return the area of every object that the kit knows, by its `folded` name, in German and English."""
    return _catalogue()[1]


def reader_of(name: str) -> Reader:
    """Return a reader by its name.

    Raises
    ------
    SettingsError
        If there is none of that name.
    """
    known = readers()
    if name not in known:
        raise SettingsError(
            f"client.yml: reader `{name}` is not known.{_hint(name, known)} `crmkit readers` lists all."
        )
    return known[name]


def _hint(name: str, known: Iterable[str]) -> str:
    """Return the nearest reader; of the same system and beginning first."""
    system, _, what = name.partition(".")
    begins = [reader for reader in known if reader.startswith(f"{system}.{what[:_BEGINS]}")]
    return did_you_mean(name, begins or known)


def recognise(headers: Iterable[str], *, apart_from: str = "") -> str:
    """Return the reader whose exports have such headers, an empty string if none is known to.

    Parameters
    ----------
    headers
        Headers of the file.
    apart_from
        Reader that is out of the question.
    """
    found = {folded(header) for header in headers}
    fits = [
        (len(signature), name)
        for name, reader in readers().items()
        if name != apart_from
        for signature in reader.layout.signatures
        if {folded(header) for header in signature} <= found
    ]
    return max(fits, key=lambda fit: fit[0])[1] if fits else ""


def of_no_use(headers: Iterable[str]) -> str:
    """Return what an export is that looks like a log of use and is none; empty for any other."""
    found = {folded(header) for header in headers}
    known = (export for system in systems() for export in system.of_no_use)
    return next((export.what for export in known if {folded(header) for header in export.headers} <= found), "")
