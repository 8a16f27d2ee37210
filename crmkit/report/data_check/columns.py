"""The files, and which header each of the kit's columns was read from; what is merely alike, as lines to paste."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmkit.readers import readers
from crmkit.report.chart import Block
from crmkit.report.data_check.examined import Examined, require_examined
from crmkit.report.data_check.making import MARKS, internal, paste, shown, source_name, table
from crmkit.report.language import Language
from crmkit.report.markup import fill
from crmkit.report.table_block import NOTHING, Cell
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from crmkit.ingest.bookkeeping import FileRead
    from crmkit.settings import Export

#: How a column was found → the mark of what is to settle.
_OPEN = {"alike": MARKS["amber"], "open": MARKS["red"]}
#: Files and headers that are named one by one.
_MOST = 3
_MOST_HEADERS = 40


@dataclass(frozen=True)
class Read:
    """Files that were read alike."""

    files: tuple[str, ...]
    export: Export
    headers: tuple[str, ...]
    found: Mapping[str, str] | None
    how: Mapping[str, str]
    open: Mapping[str, tuple[str, ...]]
    looks_like: str = ""

    @property
    def is_settled(self) -> bool:
        """Whether nothing rests on likeness."""
        return not self.open and "alike" not in self.how.values()


def columns(examined: Examined) -> Block:
    """Return how each column of each file was found, and what client.yml should say so that nothing is guessed.

    Parameters
    ----------
    examined
        From `examine`.
    """
    known = require_examined(examined, name="columns")
    reads, t = reads_of(known), known.t
    parts = [part for read in reads for part in _parts(read, t)]
    return internal(*parts, _unopened(known, t), _unnamed(known, t), finding=_finding(reads, t))


def reads_of(known: Examined) -> list[Read]:
    """Return the files of the book; those with the same reader, headers and findings together."""
    groups: dict[tuple[object, ...], list[FileRead]] = {}
    for file in known.prepared.book.files:
        found = file.mapping
        told = (tuple(found.headers.items()), tuple(found.how.items())) if found else ()
        groups.setdefault((file.export.reader, file.headers, told), []).append(file)
    return [_read(files) for files in groups.values()]


def _read(files: list[FileRead]) -> Read:
    first = files[0]
    names = tuple(dict.fromkeys(file.file for file in files))
    if first.mapping is None:
        return Read(names, first.export, first.headers, None, {}, {}, first.looks_like)
    undecided = {name: tuple(headers) for name, headers in first.mapping.open.items()}
    said = first.export.columns
    # of a pair of columns the layout has told the reader what a client would say
    how = {
        name: "layout" if code == "client" and name not in said else code for name, code in first.mapping.how.items()
    }
    return Read(names, first.export, first.headers, first.mapping.headers, how, undecided, first.looks_like)


def _finding(reads: list[Read], t: Language) -> str:
    how = [code for read in reads for code in (*read.how.values(), *("open" for _ in read.open))]
    n_guessed = sum(code in _OPEN for code in how)
    if not how:
        return t.gettext("Keine Datei mit frei benannten Spalten wurde gelesen.")
    if n_guessed:
        return t.gettext(
            "{n} von {total} Spalten sind nur an ähnlichen Überschriften erkannt oder offen; client.yml kann es sagen.",
            n=t.number(n_guessed),
            total=t.number(len(how)),
        )
    return t.ngettext("Die eine Spalte ist sicher erkannt.", "Alle {n} Spalten sind sicher erkannt.", len(how))


def _parts(read: Read, t: Language) -> list[str]:
    title = f"{source_name(read.export.reader, t)}: {_listed(read.files, _MOST, t)}"
    if read.found is None:
        said = t.gettext(
            "Der Reader kennt die Spalten selbst; in der Datei stehen: {headers}.",
            headers=_listed(read.headers, _MOST_HEADERS, t),
        )
        return [fill("described", title=title, paragraphs=[said, _likely(read, t)])]
    headings = {
        t.gettext("Bedeutung"): False,
        t.gettext("Name in client.yml"): False,
        t.gettext("Überschrift in der Datei"): False,
        t.gettext("erkannt"): False,
    }
    part = table(title, headings, list(_rows(read, t)), _unread(read, t), _likely(read, t), stacked=True)
    return [part or fill("described", title=title, paragraphs=[_unread(read, t)]), _to_settle(read, t)]


def _rows(read: Read, t: Language) -> Iterable[list[Cell]]:
    """Return the columns, those to settle first."""
    guessed = [(name, ", ".join(headers), "open") for name, headers in read.open.items()]
    found = [(name, header, read.how[name]) for name, header in (read.found or {}).items()]
    for name, header, how in sorted(
        [*guessed, *found], key=lambda row: list(_OPEN)[::-1].index(row[2]) if row[2] in _OPEN else 9
    ):
        said = word(t, "how", how)
        yield [Cell(word(t, "column", name)), Cell(name), Cell(shown(header)), Cell(said, status=_OPEN.get(how, ""))]
    for name, value in read.export.constants.items():
        yield [
            Cell(word(t, "column", name)),
            Cell(name),
            Cell(NOTHING),
            Cell(t.gettext("fest: {value}", value=shown(value))),
        ]


def _unread(read: Read, t: Language) -> str:
    used = {*(read.found or {}).values(), *(header for headers in read.open.values() for header in headers)}
    left = [header for header in read.headers if header not in used]
    return t.gettext("Nicht gelesen: {headers}.", headers=_listed(left, _MOST_HEADERS, t)) if left else ""


def _likely(read: Read, t: Language) -> str:
    """Return which other reader the headers look like."""
    if not read.looks_like:
        return ""
    return t.gettext(
        "Die Überschriften sehen aus wie: {title}. Stimmt das, dann in client.yml: reader: {reader}",
        title=source_name(read.looks_like, t),
        reader=read.looks_like,
    )


def _unnamed(known: Examined, t: Language) -> str:
    """Return the files that client.yml does not name, and what to write for those that a reader is known for."""
    if not known.unnamed:
        return ""
    body = [
        [Cell(shown(file)), Cell(source_name(reader, t) if reader else t.gettext("kein Reader erkannt"))]
        for file, reader in known.unnamed
    ]
    headings = {t.gettext("Datei"): False, t.gettext("sieht aus wie"): False}
    listed = table(t.gettext("Dateien, die in client.yml fehlen und nicht gelesen wurden"), headings, body)
    entries = [{"file": file, "reader": reader} for file, reader in known.unnamed if reader]
    words = t.gettext("Sollen sie gelesen werden, dann in client.yml unter exports ergänzen:")
    return "\n".join((listed, paste(words, entries) if entries else ""))


def _listed(names: Iterable[str], most: int, t: Language) -> str:
    """Return names, the first ones one by one."""
    known = [shown(name) for name in names]
    more = [t.gettext("{n} weitere", n=t.number(len(known) - most))] if len(known) > most else []
    return ", ".join([*known[:most], *more])


def _to_settle(read: Read, t: Language) -> str:
    if read.is_settled:
        return ""
    alike = {name: header for name, header in (read.found or {}).items() if read.how[name] == "alike"}
    undecided = {name: headers[0] for name, headers in read.open.items()}
    words = t.gettext("Stimmt die Zuordnung, dann in client.yml unter exports so eintragen:")
    if undecided:
        choices = "; ".join(f"{name}: {', '.join(map(shown, headers))}" for name, headers in read.open.items())
        words = f"{words} {t.gettext('Zur Wahl stehen {choices}.', choices=choices)}"
    return paste(words, [entry(read.export, alike | undecided)])


def entry(export: Export, found: Mapping[str, str]) -> dict[str, Any]:
    """Return an export as client.yml has it, with further columns settled."""
    said = export.model_dump(by_alias=True, exclude_defaults=True)
    return said | {"columns": {**export.columns, **found}}


def _unopened(known: Examined, t: Language) -> str:
    """Return a line for each reader whose files the book does not describe: they have fixed columns."""
    told = {file.export.reader for file in known.prepared.book.files}
    named: dict[str, list[str]] = {}
    for export in known.settings.exports:
        if export.reader not in told and export.reader in readers():
            named.setdefault(export.reader, []).append(export.file.replace("\\", "/").rsplit("/", 1)[-1])
    lines = [
        fill("described", title=f"{source_name(reader, t)}: {_listed(files, _MOST, t)}", paragraphs=[_fixed(reader, t)])
        for reader, files in named.items()
    ]
    return "\n".join(lines)


def _fixed(reader: str, t: Language) -> str:
    headers = _listed(readers()[reader].headers, _MOST_HEADERS, t)
    return t.gettext("Der Reader kennt die Spalten selbst und liest: {headers}.", headers=headers)
