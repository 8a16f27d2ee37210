"""Reads a notebook for the gate: code is allowed, what betrays this computer or a person is not."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from crmkit.privacy.gate.content import Content, Hit, Piece
from crmkit.privacy.gate.html import read_html
from crmkit.privacy.gate.json_values import TwiceError, parsed, strings
from crmkit.privacy.gate.markdown import read_markdown
from crmkit.privacy.gate.pictures import words_in

_HTML_TYPES = ("text/html", "image/svg+xml")
_SCRIPT_TYPES = (
    "application/javascript", "text/javascript", "application/ecmascript", "application/vnd.bokehjs_exec.v0+json",
)  # fmt: skip
#: In base64.
_PICTURE_TYPES = ("image/png", "image/jpeg")
#: Read as what they are; whatever else a cell shows is drawn by a program that nobody has read.
_TEXT_TYPES = ("text/plain", "application/json")
_PARAMETER_TAGS = {"parameters", "injected-parameters"}


def read_notebook(text: str) -> Content:
    """Read a notebook file.

    Parameters
    ----------
    text
        The file's text; anything is taken, nothing is raised.

    Returns
    -------
    Content
    """
    content = Content()
    try:
        notebook = parsed(text)
    except TwiceError as twice:
        return Content(hits=[Hit("unreadable", str(twice))])
    except (ValueError, RecursionError):
        return Content(hits=[Hit("unreadable", "")])
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        return Content(hits=[Hit("unreadable", "no list of cells")])
    for number, cell in enumerate(notebook["cells"], start=1):
        _read_cell(content, cell, where=f"cell {number}")
    rest = {key: value for key, value in notebook.items() if key != "cells"}
    _read_metadata(content, rest.get("metadata"), where="metadata")
    content.apart.extend(Piece("metadata", string) for string in strings(rest))
    return content


def _read_cell(content: Content, cell: Any, *, where: str) -> None:
    if not isinstance(cell, dict):
        content.hits.append(Hit("unreadable", where))
        return
    source = _joined(cell.get("source"))
    content.running.append(Piece(where, source))
    # raw cells go into a page as they are
    if cell.get("cell_type") in ("markdown", "raw"):
        content.add(read_markdown(source), where=where)
    _read_attachments(content, cell.get("attachments"), where=where)
    _read_metadata(content, cell.get("metadata"), where=where)
    rest = {key: value for key, value in cell.items() if key not in ("source", "outputs", "attachments")}
    content.apart.extend(Piece(where, string) for string in strings(rest))
    outputs = cell.get("outputs")
    for number, output in enumerate(outputs if isinstance(outputs, list) else (), start=1):
        _read_output(content, output, where=f"{where}, output {number}")


def _read_attachments(content: Content, attachments: Any, *, where: str) -> None:
    for name, bundle in attachments.items() if isinstance(attachments, dict) else ():
        content.apart.append(Piece(where, name))
        for mime, value in bundle.items() if isinstance(bundle, dict) else ():
            _read_shown(content, mime, value, where=where)


def _read_metadata(content: Content, metadata: Any, *, where: str) -> None:
    if not isinstance(metadata, dict):
        return
    tags = metadata.get("tags")
    if "papermill" in metadata or _PARAMETER_TAGS & set(strings(tags)):
        content.hits.append(Hit("parameters", where))
    if "widgets" in metadata:
        content.hits.append(Hit("widget_state", where))


def _read_output(content: Content, output: Any, *, where: str) -> None:
    if not isinstance(output, dict):
        content.hits.append(Hit("unreadable", where))
        return
    if output.get("output_type") == "error":
        content.hits.append(Hit("traceback", where))
    shown = output.get("data")
    for mime, value in shown.items() if isinstance(shown, dict) else ():
        _read_shown(content, mime, value, where=where)
    content.running.append(Piece(where, _joined(output.get("text"))))
    rest = {key: value for key, value in output.items() if key not in ("data", "text")}
    content.apart.extend(Piece(where, string) for string in strings(rest))


def _read_shown(content: Content, mime: str, value: Any, *, where: str) -> None:
    kind = mime.partition(";")[0].strip().lower()
    if kind in _HTML_TYPES:
        content.add(read_html(_joined(value)), where=where)
    elif kind in _PICTURE_TYPES:
        _read_bytes(content, _joined(value), where=where)
    else:
        content.running.extend(Piece(where, string) for string in strings(value))
        content.apart.append(Piece(where, mime))
        if kind == "text/markdown":
            content.add(read_markdown(_joined(value)), where=where)
        elif kind not in _TEXT_TYPES:
            content.hits.append(Hit(_rule_of(kind), where))


def _rule_of(kind: str) -> str:
    """Return the rule that an output breaks that is neither text nor picture."""
    if kind in _SCRIPT_TYPES:
        return "script"
    return "widget_state" if kind.startswith("application/vnd.jupyter.widget") else "embedded"


def _read_bytes(content: Content, text: str, *, where: str) -> None:
    """Read what a picture in base64 says beside what it shows."""
    try:
        content.apart.extend(Piece(where, words) for words in words_in(base64.b64decode(text)))
    except (binascii.Error, ValueError):
        content.hits.append(Hit("unreadable", where))


def _joined(value: Any) -> str:
    """Return a text that notebooks keep as one string or as a list of lines."""
    return value if isinstance(value, str) else "".join(strings(value))
