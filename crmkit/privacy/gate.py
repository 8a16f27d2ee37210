"""The gate: what no file that leaves may hold, whoever wrote the file.

Every kind of file has its rules; what is found is named by rule and place, never shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from crmkit.errors import PrivacyError, did_you_mean
from crmkit.privacy.gate_content import MOST_BYTES, Content, Finding, Hit, Kind, Severity, findings_of
from crmkit.privacy.gate_html import read_html
from crmkit.privacy.gate_identities import Identities
from crmkit.privacy.gate_notebook import read_notebook
from crmkit.privacy.gate_text import scan
from crmkit.privacy.gate_workbook import read_workbook

__all__ = ["Finding", "Identities", "Kind", "Severity", "check_file", "kind_of"]

#: How an internal page says that it is one.
INTERNAL_MARK = '<meta name="crmkit-audience" content="internal">'

_KINDS: dict[str, Kind] = {
    ".html": "client_html", ".htm": "client_html", ".ipynb": "client_notebook", ".xlsx": "client_tables",
}  # fmt: skip


def kind_of(path: str | Path) -> Kind:
    """Return the kind of a file by its ending, and for a page by its mark.

    Raises
    ------
    PrivacyError
        If the ending is none that the gate knows.
    """
    path = Path(path)
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        raise PrivacyError(f"{path}: no file that the gate can read. It reads .html, .ipynb and .xlsx.")
    return "internal" if kind == "client_html" and _is_marked(_text(path)) else kind


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
        ``client_html``, ``client_notebook``, ``client_tables`` or ``internal``.
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
    hits = content.hits + scan(content, kind=kind, identities=identities, other_clients=other_clients)
    return findings_of(hits)


def _read(path: Path, kind: Kind) -> Content:
    if path.stat().st_size > MOST_BYTES:
        return Content(hits=[Hit("unreadable", "larger than any report")])
    if kind == "client_tables":
        return read_workbook(path)
    text = _text(path)
    if kind == "client_notebook":
        return read_notebook(text)
    content = read_html(text, relative=kind == "internal")
    if kind == "internal" and not _is_marked(text):
        content.hits.append(Hit("unmarked", ""))
    return content


def _text(path: Path) -> str:
    """Return the text of a file in UTF-8 or, with its mark, UTF-16; wrong bytes are replaced."""
    raw = path.read_bytes()[: MOST_BYTES + 1]
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return raw.decode(encoding, "replace")


def _is_marked(text: str) -> bool:
    return bool(re.search(re.escape(INTERNAL_MARK), text[:4096]))
