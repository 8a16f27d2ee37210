"""Reads a notebook for the gate: code is allowed, what betrays this computer or a person is not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from crmkit.privacy.gate_content import Content, Hit, Piece
from crmkit.privacy.gate_html import read_html

_HTML_TYPES = ("text/html", "image/svg+xml")
_SCRIPT_TYPES = ("application/javascript", "text/javascript", "application/ecmascript")
#: Bytes of a picture in base64: no text.
_BYTES_TYPES = ("image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf")
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
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        return Content(hits=[Hit("unreadable", "")])
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        return Content(hits=[Hit("unreadable", "no list of cells")])
    for number, cell in enumerate(notebook["cells"], start=1):
        _read_cell(content, cell, where=f"cell {number}")
    rest = {key: value for key, value in notebook.items() if key != "cells"}
    _read_metadata(content, rest.get("metadata"), where="metadata")
    content.apart.extend(Piece("metadata", string) for string in _strings(rest))
    return content


def _read_cell(content: Content, cell: Any, *, where: str) -> None:
    if not isinstance(cell, dict):
        content.hits.append(Hit("unreadable", where))
        return
    content.running.append(Piece(where, _joined(cell.get("source"))))
    _read_metadata(content, cell.get("metadata"), where=where)
    rest = {key: value for key, value in cell.items() if key not in ("source", "outputs")}
    content.apart.extend(Piece(where, string) for string in _strings(rest))
    outputs = cell.get("outputs")
    for number, output in enumerate(outputs if isinstance(outputs, list) else (), start=1):
        _read_output(content, output, where=f"{where}, output {number}")


def _read_metadata(content: Content, metadata: Any, *, where: str) -> None:
    if not isinstance(metadata, dict):
        return
    tags = metadata.get("tags")
    if "papermill" in metadata or _PARAMETER_TAGS & set(_strings(tags)):
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
    content.apart.extend(Piece(where, string) for string in _strings(rest))


def _read_shown(content: Content, mime: str, value: Any, *, where: str) -> None:
    if mime in _SCRIPT_TYPES:
        content.hits.append(Hit("script", where))
    if mime.startswith("application/vnd.jupyter.widget"):
        content.hits.append(Hit("widget_state", where))
    if mime in _HTML_TYPES:
        content.add(read_html(_joined(value)), where=where)
    elif mime not in _BYTES_TYPES:
        content.running.extend(Piece(where, string) for string in _strings(value))


def _joined(value: Any) -> str:
    """Return a text that notebooks keep as one string or as a list of lines."""
    return value if isinstance(value, str) else "".join(_strings(value))


def _strings(value: Any) -> Iterator[str]:
    """Return all texts inside a JSON value, keys of mappings too, from the outside in."""
    pending = [value]
    while pending:
        one = pending.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            pending.extend([part for pair in one.items() for part in pair][::-1])
        elif isinstance(one, list):
            pending.extend(one[::-1])
