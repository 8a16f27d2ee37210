"""Reads an Excel file for the gate: every cell, sheet name, comment and property, hidden or not."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from crmkit.privacy.gate.content import MOST_BYTES, Content, Hit, Piece
from crmkit.privacy.gate.formulas import REACHING_OUT, is_formula_text
from crmkit.privacy.gate.pairs import pairs
from crmkit.privacy.gate.pictures import words_in

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
#: The same format under other names: "Strict Open XML" of Excel and others.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/", b"http://schemas.openxmlformats.org/spreadsheetml/2006/"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
#: Elements whose runs of letters are read as one text: paragraphs of drawings, comments.
_PARAGRAPHS = frozenset({"p", "text", "rich", "is"})
_ACTIVE = re.compile(
    r"vbaProject|activeX|embeddings/|externalLinks/|connections\.xml|queryTables/|pivotCache/|model/|macrosheets|customUI"
    r"|webextension|ctrlProps/|oleObject",
    re.I,
)
#: Height or width that nobody sees (points, letters).
_THINNEST = 0.5
#: How headers and footers say "left", "bold", a font or a size.
_HEADER_CODE = re.compile(r'&(?:[A-Za-z]|\d+|"[^"]*")')
#: Where a cell stands, which may read like a short user name: "A10", "B2:D40".
_ADDRESSES = re.compile(r"(?:\$?[A-Z]{1,3}\$?\d{1,7}[: ]?)+")
_IS_XML = (".xml", ".rels", ".vml")


class _UnreadableError(Exception):
    """The archive or a part of it cannot be read."""


def read_workbook(file: Path) -> Content:
    """Read an ``.xlsx`` file.

    Parameters
    ----------
    file
        The file; any bytes are taken, nothing is raised.

    Returns
    -------
    Content
    """
    content = Content()
    try:
        parts = _parts(file)
        sheets = _sheets(content, parts)
        shared = [_text_of(item) for item in _parsed(parts.get("xl/sharedStrings.xml")).iter(f"{_MAIN}si")]
    except _UnreadableError as problem:
        return Content(hits=[Hit("unreadable", str(problem))])
    content.apart.append(Piece("comment of the archive", parts.pop("")[:MOST_BYTES].decode("utf-8", "replace")))
    for name, raw in parts.items():
        _read_part(content, name, raw, sheet=sheets.get(name, ""), shared=shared)
    # also what no cell shows any more: every shared text, in the order of the cells
    content.apart.extend(Piece("shared texts", text) for text in shared)
    return content


def _parts(file: Path) -> dict[str, bytes]:
    """Unpack the archive, within bounds."""
    parts: dict[str, bytes] = {}
    left = MOST_BYTES
    try:
        with zipfile.ZipFile(file) as archive:
            parts[""] = archive.comment
            for info in archive.infolist():
                if info.filename in parts:
                    raise _UnreadableError("the same part twice")
                with archive.open(info) as stream:
                    parts[info.filename] = stream.read(left + 1)
                left -= len(parts[info.filename])
                if left < 0:
                    raise _UnreadableError("unpacks to more than any report")
    # damaged archives raise whatever their decompressor raises
    except _UnreadableError:
        raise
    except Exception as error:
        raise _UnreadableError(f"no Excel file: {type(error).__name__}") from None
    if "xl/workbook.xml" not in parts:
        raise _UnreadableError("no Excel file: no workbook in it")
    return parts


def _parsed(raw: bytes | None) -> ET.Element:
    if raw is None:
        return ET.Element("nothing")
    # other letters would hide what is searched for here
    if raw.count(0):
        raise _UnreadableError("written in letters of two bytes")
    for strict, usual in _STRICT:
        raw = raw.replace(strict, usual)
    # no part of an Excel file declares entities; a file that does wants to be unpacked without end
    if b"<!DOCTYPE" in raw:
        raise _UnreadableError("declares a document type")
    try:
        return ET.fromstring(raw)
    except (ET.ParseError, ValueError, LookupError) as error:
        raise _UnreadableError(f"damaged: {type(error).__name__}") from None


def _sheets(content: Content, parts: dict[str, bytes]) -> dict[str, str]:
    """Return part name → sheet name, and report sheets that are not shown."""
    relations = {
        relation.get("Id"): posixpath.normpath(posixpath.join("xl", relation.get("Target", "")).replace("xl//xl", "xl"))
        for relation in _parsed(parts.get("xl/_rels/workbook.xml.rels"))
    }
    names = {}
    workbook = _parsed(parts["xl/workbook.xml"])
    for name in workbook.iter(f"{_MAIN}definedName"):
        # a filter's own name is always hidden, and says nothing but where the filter is
        if name.get("hidden") in ("1", "true") and name.get("name") != "_xlnm._FilterDatabase":
            content.hits.append(Hit("hidden", "a defined name"))
        if REACHING_OUT.search(name.text or ""):
            content.hits.append(Hit("formula", "a defined name"))
    for sheet in workbook.iter(f"{_MAIN}sheet"):
        name = sheet.get("name", "")
        names[relations.get(sheet.get(_RELATION), "").lstrip("/")] = name
        content.running.append(Piece("sheet name", name))
        if sheet.get("state", "visible") != "visible":
            content.hits.append(Hit("hidden", f"sheet `{name}`"))
    if not names:
        content.hits.append(Hit("unreadable", "no sheet in it"))
    return names


def _read_part(content: Content, name: str, raw: bytes, *, sheet: str, shared: list[str]) -> None:
    if _ACTIVE.search(name):
        content.hits.append(Hit("embedded", name))
    content.apart.append(Piece("name of a part", name))
    # shared texts are read with the cells that show them
    if name == "xl/sharedStrings.xml":
        return
    if not name.lower().endswith(_IS_XML):
        content.apart.extend(Piece(name, words) for words in words_in(raw))
        return
    try:
        root = _parsed(raw)
    except _UnreadableError as problem:
        content.hits.append(Hit("unreadable", f"{name}: {problem}"))
        return
    if name.endswith(".rels") and any(relation.get("TargetMode") == "External" for relation in root):
        content.hits.append(Hit("external", name))
    if name.startswith("xl/theme/"):
        _read_theme(content, name, root)
        return
    if sheet and not root.tag.startswith(_MAIN):
        content.hits.append(Hit("unreadable", f"sheet `{sheet}`: no sheet"))
    if sheet:
        _read_sheet(content, root, sheet=sheet, shared=shared)
    else:
        content.running.extend(Piece(name, text) for text in root.itertext() if text.strip())
        paragraphs = (element for element in root.iter() if element.tag.rpartition("}")[2] in _PARAGRAPHS)
        content.apart.extend(Piece(name, _text_of(paragraph)) for paragraph in paragraphs)
    values = (value for element in root.iter() for value in element.attrib.values())
    named = (value for value in values if any(map(str.isalpha, value)) and not _ADDRESSES.fullmatch(value))
    content.apart.extend(Piece(name, value) for value in named)


def _read_theme(content: Content, name: str, root: ET.Element) -> None:
    """Read the names that somebody gave a theme, not the fonts and scripts that Excel lists in it."""
    content.apart.extend(Piece(name, text) for text in root.itertext() if text.strip())
    content.apart.extend(Piece(name, element.get("name", "")) for element in root.iter())


def _read_sheet(content: Content, root: ET.Element, *, sheet: str, shared: list[str]) -> None:
    content.hits.extend(Hit("hidden", f"sheet `{sheet}`") for element in root.iter() if _is_hidden(element))
    seen: set[str] = set()
    for row in root.iter(f"{_MAIN}row"):
        cells = [" ".join(_cell_texts(cell, shared)) for cell in row.iter(f"{_MAIN}c")]
        new = dict.fromkeys(pair for pair in pairs(cells) if pair not in seen)
        content.apart.extend(Piece(f"sheet `{sheet}`, row {row.get('r', '')}", pair) for pair in new)
        seen.update(new)
    for cell in root.iter(f"{_MAIN}c"):
        where = f"sheet `{sheet}`, cell {cell.get('r', '')}"
        formula = cell.findtext(f"{_MAIN}f") or ""
        if REACHING_OUT.search(formula):
            content.hits.append(Hit("formula", where))
        texts = list(_cell_texts(cell, shared))
        if any(map(is_formula_text, texts)) and not formula:
            content.hits.append(Hit("formula", where))
        content.running.extend(Piece(where, text) for text in texts)
    beside = (e for e in root if e.tag != f"{_MAIN}sheetData")
    texts = (_HEADER_CODE.sub(" ", text) for element in beside for text in element.itertext())
    content.running.extend(Piece(f"sheet `{sheet}`", text) for text in texts if text.strip())


def _is_hidden(element: ET.Element) -> bool:
    """Return whether a row or column is hidden, by its mark or by having no height or width."""
    if element.tag == f"{_MAIN}row":
        return element.get("hidden") in ("1", "true") or _is_nothing(element.get("ht"))
    if element.tag == f"{_MAIN}col":
        return element.get("hidden") in ("1", "true") or _is_nothing(element.get("width"))
    return False


def _is_nothing(size: str | None) -> bool:
    try:
        return size is not None and float(size) < _THINNEST
    except ValueError:
        return True


def _cell_texts(cell: ET.Element, shared: list[str]) -> Iterator[str]:
    value = cell.findtext(f"{_MAIN}v") or ""
    if cell.get("t") == "s" and value.strip().isdigit() and int(value) < len(shared):
        yield shared[int(value)]
    else:
        yield value
    yield cell.findtext(f"{_MAIN}f") or ""
    inline = cell.find(f"{_MAIN}is")
    if inline is not None:
        yield _text_of(inline)


def _text_of(item: ET.Element) -> str:
    """Return a rich text as one string: a name may be half bold."""
    return "".join(item.itertext())
