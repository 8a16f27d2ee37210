"""Which file is which, and what is found in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import get_args

from crmkit.errors import PrivacyError, did_you_mean
from crmkit.letters import legible
from crmkit.privacy.gate.content import MOST_BYTES, Content, Finding, Hit, Kind, Piece, findings_of
from crmkit.privacy.gate.encodings import decoded
from crmkit.privacy.gate.html import read_html
from crmkit.privacy.gate.identities import Identities
from crmkit.privacy.gate.json_values import is_marked_data
from crmkit.privacy.gate.notebook import read_notebook
from crmkit.privacy.gate.plain import read_csv, read_json, read_text
from crmkit.privacy.gate.text import scan
from crmkit.privacy.gate.workbook import read_workbook

#: How an internal page says that it is one.
INTERNAL_MARK = '<meta name="crmkit-audience" content="internal">'

_KINDS: dict[str, Kind] = {
    ".html": "client_html", ".htm": "client_html", ".xhtml": "client_html", ".svg": "client_html",
    ".ipynb": "client_notebook", ".xlsx": "client_tables", ".csv": "client_text", ".tsv": "client_text",
    ".json": "client_text", ".md": "client_text", ".txt": "client_text", ".xml": "client_html",
}  # fmt: skip
#: The mark where a browser sees it, too: in the head, with nothing but other <meta> before it.
_MARKED_HEAD = re.compile(
    r"\s*(?:<!DOCTYPE html>\s*)?(?:<html(?:\s+lang=\"[\w-]*\")?>\s*)?(?:<head>\s*)?"
    rf"(?:<meta(?:\s+[\w-]+=\"[^\"<>]*\")*\s*/?>\s*)*?{re.escape(INTERNAL_MARK)}",
    re.I,
)
_LONGEST_HEAD = 4096
#: Names of sheets and sections in a place, and the longest place that is told (characters).
_QUOTED = re.compile(r"`[^`]*`|\"[^\"]*\"")
_LONGEST_PLACE = 200


def kind_of(path: str | Path, *, may_be_internal: bool = True) -> Kind:
    """Return the kind of a file by its ending, and for a page or data by their mark.

    Parameters
    ----------
    path
        The file.
    may_be_internal
        False: it is meant for a client, whatever mark it bears.

    Raises
    ------
    PrivacyError
        If the ending is none that the gate knows.
    """
    path = Path(path)
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        raise PrivacyError(f"{path}: no file that the gate can read. It reads {', '.join(sorted(set(_KINDS)))}.")
    may_be_internal = may_be_internal and path.suffix.lower() in (".html", ".htm", ".json")
    return "internal" if may_be_internal and _is_marked(path, _text(path)) else kind


def check_file(
    path: str | Path,
    *,
    kind: Kind,
    identities: Identities | None = None,
    other_clients: Sequence[str] = (),
) -> list[Finding]:
    """Check a file that is meant to leave.

    Parameters
    ----------
    path
        The file; any bytes are taken.
    kind
        ``client_html``, ``client_notebook``, ``client_tables``, ``client_text`` (CSV, JSON, Markdown, plain text)
        or ``internal``.
    identities
        The client's identities, from `Identities.of(folder)`. Without them or without the key only
        patterns are looked for, and a finding of severity ``warning`` says so.
    other_clients
        Names of other clients, which must not appear.

    Returns
    -------
    list of Finding
        One per rule that is broken; with none of severity ``block`` the file may leave.

    Raises
    ------
    PrivacyError
        If the file is not there, or the kind is not known.
    """
    path = Path(path)
    if kind not in get_args(Kind):
        raise PrivacyError(
            f'kind "{kind}" is not known.{did_you_mean(kind, get_args(Kind))} Known: {", ".join(get_args(Kind))}.'
        )
    if not path.is_file():
        raise PrivacyError(f"{path}: no such file.")
    content = _read(path, kind)
    content.apart.append(Piece("file name", path.stem))
    hits = content.hits + scan(content, kind=kind, identities=identities, other_clients=other_clients)
    return [replace(finding, where=_discreet(finding.where, identities)) for finding in findings_of(hits)]


def _discreet(where: str, identities: Identities | None) -> str:
    """Return a place without the name of a sheet or section that names a person itself."""
    shown = legible(where, longest=_LONGEST_PLACE)
    for form in (shown, _QUOTED.sub("…", shown)):
        if not any(finding.severity == "block" for finding in check_line(form, identities=identities)):
            return form
    return "a place that names a person itself"


def check_line(text: str, *, identities: Identities | None = None) -> list[Finding]:
    """Check a line that an internal page or the terminal shows: it may name clients and paths, but nobody.

    Parameters
    ----------
    text
        The line.
    identities
        The client's identities.

    Returns
    -------
    list of Finding
    """
    hits = scan(Content(running=[Piece("", text)]), kind="internal", identities=identities)
    return findings_of([hit for hit in hits if hit.rule != "identities_unchecked"])


def _read(path: Path, kind: Kind) -> Content:
    if path.stat().st_size > MOST_BYTES:
        return Content(hits=[Hit("unreadable", "larger than any report")])
    if kind == "client_tables":
        return read_workbook(path)
    text = _text(path)
    if kind == "client_notebook":
        return read_notebook(text)
    content = _read_text(path.suffix.lower(), text, kind)
    if kind == "internal" and not _is_marked(path, text):
        content.hits.append(Hit("unmarked", ""))
    return content


def _read_text(ending: str, text: str, kind: Kind) -> Content:
    """Return the content of a page or a text, which are read by their ending if they are not meant as a page."""
    if ending == ".json" and kind != "client_html":
        return read_json(text)
    if kind != "client_text":
        return read_html(text, relative=kind == "internal")
    return read_csv(text) if ending in (".csv", ".tsv") else read_text(text)


def _text(path: Path) -> str:
    return decoded(path.read_bytes()[: MOST_BYTES + 1])


def _is_marked(path: Path, text: str) -> bool:
    return is_marked_data(text) if path.suffix.lower() == ".json" else bool(_MARKED_HEAD.match(text[:_LONGEST_HEAD]))
