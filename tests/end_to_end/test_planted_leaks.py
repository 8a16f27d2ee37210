"""Leaks planted into really rendered files: every rule of the gate, in every kind of file, catches its own.

The files are those of Musterbau. Who is named is one of its employees, taken from the raw export.
"""

import base64
import json
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from crmkit.ingest.discretion.pseudonyms import identity_digest
from crmkit.privacy import gate

NAME, FIRST, LAST = "Inga Schönschläger", "Inga", "Schönschläger"
LOGIN, CRM_ID = "inga.schoenschlaeger@musterbau.example", "0050900000001LIAAY"
OTHER = "Harbour & Finch Ltd"
DAY = "2026-06-28"
PSEUDONYM = "u_0123456789abcdef0123"


def png(**chunks: bytes) -> bytes:
    """Return a picture of one pixel with further chunks."""
    parts = {
        "IHDR": struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0),
        **chunks,
        "IDAT": zlib.compress(b"\0\0"),
        "IEND": b"",
    }
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind.encode() + body + struct.pack(">I", zlib.crc32(kind.encode() + body))
        for kind, body in parts.items()
    )


def in_base64(raw: bytes | str) -> str:
    return base64.b64encode(raw.encode() if isinstance(raw, str) else raw).decode()


PLAIN = png()
AUTHOR = png(tEXt=b"Author\0" + NAME.encode())
PACKED = png(zTXt=b"Author\0\0" + zlib.compress(NAME.encode()))
BEHIND = PLAIN + NAME.encode("utf-16-le")
JPEG = b"\xff\xd8\xff\xfe" + struct.pack(">H", len(NAME.encode()) + 2) + NAME.encode() + b"\xff\xd9"


def picture(raw: bytes, mime: str = "image/png") -> str:
    return f'<img alt="Ein Bild" src="data:{mime};base64,{in_base64(raw)}">'


@pytest.fixture(scope="module")
def folder(reports) -> Path:
    return reports / "musterbau" / DAY


@pytest.fixture(scope="module")
def known(samples) -> gate.Identities:
    """Return Musterbau's identities, and those of an Eva Winter that it might employ."""
    known = gate.Identities.of(samples / "musterbau")
    winter = {"name": ["Eva Winter", "Winter Eva"], "surname": ["Winter"], "email": ["eva.winter@musterbau.example"],
              "id": ["0055e000001AbCdEFG"], "username": ["winter"]}  # fmt: skip
    kinds = dict(known.kinds)
    for kind, text in ((kind, text) for kind, texts in winter.items() for text in texts):
        digest = identity_digest(known.key, text)
        kinds[digest] = kinds.get(digest, frozenset()) | {kind}
    return replace(known, kinds=kinds)


def places(file: Path, rule: str, known: gate.Identities) -> list[str]:
    """Return where a rule is broken, to the point of a block."""
    found = gate.check_file(file, kind=gate.kind_of(file), identities=known, other_clients=[OTHER])
    return [finding.where for finding in found if finding.rule == rule and finding.severity == "block"]


PAGE_LEAKS = {
    "a name": (f"<p>{NAME}</p>", "identity"),
    "a name turned round": (f"<p>{LAST}, {FIRST}</p>", "identity"),
    "a name in upper case": (f"<p>{NAME.upper()}</p>", "identity"),
    "a name without umlauts": ("<p>Inga Schoenschlaeger</p>", "identity"),
    "a name with one umlaut written out": ("<p>Inga Schönschlaeger</p>", "identity"),
    "a name in decomposed letters": (f"<p>{unicodedata.normalize('NFD', NAME)}</p>", "identity"),
    "a name with a middle initial": (f"<p>{FIRST} M. {LAST}</p>", "identity"),
    "a name in two cells": (f"<table><tr><td>{FIRST}</td><td>{LAST}</td></tr></table>", "identity"),
    "a name with a large initial": ("<p><b>I</b>nga <b>S</b>chönschläger</p>", "identity"),
    "a name with an invisible letter": ("<p>Inga Schön\u200bschl\u00ad\ufeffäger</p>", "identity"),
    "a name with a foreign letter": ("<p>Ing\u0430 Schönschläger</p>", "identity"),
    "a name in entities": (f"<p>{''.join(f'&#{ord(letter)};' for letter in NAME)}</p>", "identity"),
    "a name in doubled entities": ("<p>Inga Sch&amp;ouml;nschl&amp;auml;ger</p>", "identity"),
    "a name with percent signs": (f'<p title="{quote(NAME)}">x</p>', "identity"),
    "a name in base64": (f'<p data-x="{in_base64("Kontakt: " + NAME)}">x</p>', "identity"),
    "a name in escapes": (r'<p data-x="Inga Sch\u00f6nschl\u00e4ger">x</p>', "identity"),
    "a name read from right": (f"<p>\u202e{NAME[::-1]}\u202c</p>", "identity"),
    "a name in a comment": (f"<!-- <b>{FIRST}</b> {LAST} -->", "identity"),
    "a name in a file name": ('<p title="inga_schönschläger_2026.png">x</p>', "identity"),
    "a name in a style sheet": (f"<style>p::after {{ content: '{NAME}' }}</style>", "identity"),
    "a name in a drawing's metadata": (
        f'<svg aria-label="x"><metadata><creator>{NAME}</creator></metadata></svg>', "identity"),
    "a name in an embedded drawing": (picture(f"<svg><text>{NAME}</text></svg>".encode(), "image/svg+xml"), "identity"),
    "a picture's author": (picture(AUTHOR), "identity"),
    "a picture's packed author": (picture(PACKED), "identity"),
    "a name behind a picture": (picture(BEHIND), "identity"),
    "a photograph's comment": (picture(JPEG, "image/jpeg"), "identity"),
    "a picture's author in a style sheet": (
        f"<style>p {{ background: url(data:image/png;base64,{in_base64(AUTHOR)}) }}</style>", "identity"),
    "an id": (f"<p>{CRM_ID}</p>", "identity"),
    "an id of fifteen letters": (f"<p>{CRM_ID[:15]}</p>", "identity"),
    "a user name": (f"<p>{LOGIN}</p>", "identity"),
    "somebody else's id": ("<p>0055e000001ZzZz</p>", "crm_id"),
    "somebody else's address": ("<p>jemand@example.org</p>", "email"),
    "an address in disguise": ("<p>jemand (at) example.org</p>", "email"),
    "a computer's address": ("<p>10.12.0.7</p>", "ip_address"),
    "a computer's long address": ("<p>2001:db8:0:0:0:0:0:1</p>", "ip_address"),
    "a pseudonym": (f"<p data-u={PSEUDONYM}>x</p>", "pseudonym"),
    "another client": ("<p>wie bei Harbour &amp; Finch Ltd</p>", "other_client"),
    "a path": ("<!-- /home/berater/kunden -->", "path"),
    "a traceback": ("<pre>Traceback (most recent call last):</pre>", "traceback"),
    "source code": ("<pre>import pandas as pd</pre>", "code"),
    "parameters": ("<p>client_dir</p>", "parameters"),
    "a script": ("<script>1</script>", "script"),
    "a script that only browsers see": ("<!--> <script>alert(1)</script> -->", "script"),
    "a script in a title": ('<title><p title="</title><script>1</script>"></title>', "script"),
    "a script in an address": ('<a href="java&#x01;script:alert(1)">x</a>', "script"),
    "an event handler": ('<p onclick="x()">x</p>', "handler"),
    "a frame": ("<iframe></iframe>", "embedded"),
    "a file to be saved": (f'<a href="data:application/octet-stream;base64,{in_base64("x" * 30)}">x</a>', "embedded"),
    "a picture from outside": ('<img alt="x" src="https://a.example/b.png">', "external"),
    "a style from outside": ("<style>@import '//a.example/b.css';</style>", "external"),
    "a style from outside in escapes": (r"<style>p { background: \75rl(//a.example/b) }</style>", "external"),
    "saved controls": ('<p type="application/vnd.jupyter.widget-state+json">x</p>', "widget_state"),
    "a picture without words": ('<img src="#a">', "alternative_text"),
    "a hidden table": ('<table hidden><tr><td>4</td></tr></table>', "hidden"),
    "a table that is not displayed": ('<table style="display: none"><tr><td>4</td></tr></table>', "hidden"),
    "a template": ("<template><p>4</p></template>", "hidden"),
}  # fmt: skip


@pytest.mark.parametrize("leak", PAGE_LEAKS)
def test_in_a_page(folder, known, tmp_path, leak):
    planted, rule = PAGE_LEAKS[leak]
    page = (folder / "retrospective.html").read_text(encoding="utf-8")
    before, after = page.split("</section>", 1)
    file = tmp_path / "retrospective.html"
    file.write_text(f"{before}{planted}</section>{after}", encoding="utf-8")
    (where,) = places(file, rule, known)
    assert where == f'line {before.count(chr(10)) + 1}, section "glance"' or leak.startswith(("saved", "a script"))


def code_cell(notebook):
    return next(cell for cell in notebook["cells"] if cell["cell_type"] == "code" and cell["outputs"])


def source(text: str):
    return lambda notebook: code_cell(notebook).update(source=text)


def output(**shown):
    def plant(notebook):
        code_cell(notebook)["outputs"].append({"output_type": "display_data", "metadata": {}, "data": shown})

    return plant


def markdown(text: str, **more):
    def plant(notebook):
        cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "markdown")
        cell.update(source=text, **more)

    return plant


NOTEBOOK_LEAKS = {
    "a name in code": (source(f"# für {NAME}"), "identity"),
    "a name in words": (markdown(f"Dank an {LAST}, {FIRST}"), "identity"),
    "a name in metadata": (lambda notebook: notebook["metadata"].update(author=NAME), "identity"),
    "a name in a table": (output(**{"text/html": f"<td>{FIRST}</td><td>{LAST}</td>"}), "identity"),
    "a name in data": (output(**{"application/json": {"rows": [[NAME]]}}), "identity"),
    "a picture's author": (output(**{"image/png": in_base64(AUTHOR)}), "identity"),
    "an attached picture's author": (
        markdown("![x](attachment:a.png)", attachments={"a.png": {"image/png": in_base64(AUTHOR)}}), "identity"),
    "an id": (source(f'people.query("id == {CRM_ID!r}")'), "identity"),
    "an address": (source("# jemand@example.org"), "email"),
    "somebody else's id": (source("0055e000001ZzZz"), "crm_id"),
    "a computer's address": (source("# 10.12.0.7"), "ip_address"),
    "a pseudonym": (output(**{"text/plain": PSEUDONYM}), "pseudonym"),
    "another client": (markdown(f"wie bei {OTHER}"), "other_client"),
    "parameters": (source('client_dir = "../x"'), "parameters"),
    "parameters of the run": (lambda notebook: notebook["metadata"].update(papermill={}), "parameters"),
    "a path": (source('open("C:\\\\Kunden\\\\a")'), "path"),
    "a traceback": (lambda notebook: code_cell(notebook)["outputs"].append({"output_type": "error"}), "traceback"),
    "saved controls": (lambda notebook: notebook["metadata"].update(widgets={}), "widget_state"),
    "a script": (output(**{"application/javascript": "1"}), "script"),
    "a script in words": (markdown("<script>1</script>"), "script"),
    "a picture from outside": (markdown("![x](https://a.example/b.png)"), "external"),
    "a picture without words": (output(**{"image/svg+xml": "<svg></svg>"}), "alternative_text"),
    "a hidden table": (output(**{"text/html": "<table hidden></table>"}), "hidden"),
}  # fmt: skip


@pytest.mark.parametrize("leak", NOTEBOOK_LEAKS)
def test_in_a_notebook(folder, known, tmp_path, leak):
    plant, rule = NOTEBOOK_LEAKS[leak]
    notebook = json.loads((folder / "retrospective.ipynb").read_text(encoding="utf-8"))
    plant(notebook)
    file = tmp_path / "retrospective.ipynb"
    file.write_text(json.dumps(notebook), encoding="utf-8")
    (where,) = places(file, rule, known)
    assert re.fullmatch(r"cell \d+(, output \d+)?|metadata", where)


def test_a_key_that_stands_twice_in_a_notebook(folder, known, tmp_path):
    text = (folder / "retrospective.ipynb").read_text(encoding="utf-8")
    file = tmp_path / "retrospective.ipynb"
    file.write_text(text.replace('"cells":', f'"cells": ["{NAME}"], "cells":', 1), encoding="utf-8")
    assert places(file, "unreadable", known) == ["the same key twice"]


def cell(text: str | float):
    return lambda book: book.worksheets[1].__setitem__("H9", text)


def defined_name(book):
    book.defined_names["x"] = DefinedName("x", attr_text=f'"{NAME}"')


def validation(book):
    rule = DataValidation(type="list", formula1=f'"{NAME},x"')
    rule.add("H9")
    book.worksheets[1].add_data_validation(rule)


SHEET_LEAKS: dict[str, tuple[Callable, str, str]] = {
    "a name": (cell(NAME), "identity", r"sheet `.*`, cell H9"),
    "a name in two cells": (lambda book: book.worksheets[1].append([FIRST, LAST]), "identity", "sheet `.*`, cell .*"),
    "a sheet's name": (lambda book: book.create_sheet(NAME), "identity", "sheet name"),
    "a comment": (lambda book: setattr(book.worksheets[1]["A1"], "comment", Comment(NAME, "x")), "identity", "xl/.*"),
    "the author of a comment": (
        lambda book: setattr(book.worksheets[1]["A1"], "comment", Comment("x", NAME)), "identity", "xl/.*"),
    "a header": (lambda book: setattr(book.worksheets[1].oddHeader.left, "text", NAME), "identity", "sheet `.*`"),
    "the author": (lambda book: setattr(book.properties, "creator", NAME), "identity", "docProps/core.xml"),
    "a defined name": (defined_name, "identity", "xl/workbook.xml"),
    "a list to choose from": (validation, "identity", "sheet `.*`"),
    "an address": (cell("jemand@example.org"), "email", r"sheet `.*`, cell H9"),
    "a computer's address": (cell("10.12.0.7"), "ip_address", r"sheet `.*`, cell H9"),
    "somebody else's id": (cell("0055e000001ZzZz"), "crm_id", r"sheet `.*`, cell H9"),
    "a pseudonym": (cell(PSEUDONYM), "pseudonym", r"sheet `.*`, cell H9"),
    "a path": (cell("/home/berater"), "path", r"sheet `.*`, cell H9"),
    "a traceback": (cell('File "a.py", line 3'), "traceback", r"sheet `.*`, cell H9"),
    "parameters": (cell("client_dir"), "parameters", r"sheet `.*`, cell H9"),
    "another client": (cell(OTHER), "other_client", r"sheet `.*`, cell H9"),
    "a formula that fetches": (cell('=WEBSERVICE("https://a.example")'), "formula", r"sheet `.*`, cell H9"),
    "a link": (lambda book: setattr(book.worksheets[1]["A1"], "hyperlink", "https://a.example"), "external", "xl/.*"),
    "a hidden sheet": (lambda book: setattr(book.worksheets[1], "sheet_state", "hidden"), "hidden", "sheet `.*`"),
    "a hidden row": (
        lambda book: setattr(book.worksheets[1].row_dimensions[2], "hidden", True), "hidden", "sheet `.*`"),
    "a row of no height": (
        lambda book: setattr(book.worksheets[1].row_dimensions[2], "height", 0.1), "hidden", "sheet `.*`"),
    "a hidden column": (
        lambda book: setattr(book.worksheets[1].column_dimensions["B"], "hidden", True), "hidden", "sheet `.*`"),
}  # fmt: skip


@pytest.mark.parametrize("leak", SHEET_LEAKS)
def test_in_a_table_file(folder, known, tmp_path, leak):
    plant, rule, place = SHEET_LEAKS[leak]
    book = load_workbook(folder / "tables.xlsx")
    plant(book)
    book.save(tmp_path / "tables.xlsx")
    (where,) = places(tmp_path / "tables.xlsx", rule, known)
    assert re.fullmatch(place, where)


PARTS = {
    "own data": ("customXml/item1.xml", f"<a>{NAME}</a>".encode(), "identity"),
    "a picture": ("xl/media/image1.png", AUTHOR, "identity"),
    "a printer": ("xl/printerSettings/printerSettings1.bin", "\\\\server\\druck".encode("utf-16-le"), "path"),
    "the name of a part": (f"xl/{NAME}.xml", b"<a/>", "identity"),
    "a macro": ("xl/vbaProject.bin", b"x", "embedded"),
    "another file": ("xl/embeddings/a.xlsx", b"x", "embedded"),
    "rows behind a pivot table": ("xl/pivotCache/pivotCacheRecords1.xml", b"<a/>", "embedded"),
    "a link to another file": ("xl/externalLinks/externalLink1.xml", b"<a/>", "embedded"),
    "entities": ("xl/a.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', "unreadable"),
}


@pytest.mark.parametrize("leak", PARTS)
def test_in_a_part_of_a_table_file(folder, known, tmp_path, leak):
    name, raw, rule = PARTS[leak]
    file = tmp_path / "tables.xlsx"
    file.write_bytes((folder / "tables.xlsx").read_bytes())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, raw)
    assert places(file, rule, known) != []


def test_in_the_comment_of_the_archive_and_in_a_part_that_is_there_twice(folder, known, tmp_path):
    file = tmp_path / "tables.xlsx"
    raw = BytesIO((folder / "tables.xlsx").read_bytes())
    with zipfile.ZipFile(raw, "a") as archive:
        archive.comment = NAME.encode()
    file.write_bytes(raw.getvalue())
    assert places(file, "identity", known) == ["comment of the archive"]
    with zipfile.ZipFile(raw, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", b"<a/>")
    file.write_bytes(raw.getvalue())
    assert places(file, "unreadable", known) == ["the same part twice"]


INTERNAL_LEAKS = {
    "a name": (NAME, "identity"),
    "an address": ("jemand@example.org", "email"),
    "an id": ("0055e000001ZzZz", "crm_id"),
    "a pseudonym": (PSEUDONYM, "pseudonym"),
    "a computer's address": ("10.12.0.7", "ip_address"),
}


@pytest.mark.parametrize("name", ["index.html", "manifest.json"])
@pytest.mark.parametrize("leak", INTERNAL_LEAKS)
def test_in_an_internal_file(reports, known, tmp_path, name, leak):
    planted, rule = INTERNAL_LEAKS[leak]
    text = (reports / name).read_text(encoding="utf-8")
    file = tmp_path / name
    file.write_text(text.replace("Musterbau GmbH", f"Musterbau GmbH {planted}", 1), encoding="utf-8")
    assert len(places(file, rule, known)) == 1


@pytest.mark.parametrize("name", ["retrospective.html", "retrospective.ipynb", "tables.xlsx"])
def test_the_key_of_the_pseudonyms(folder, known, tmp_path, name):
    file = tmp_path / name
    if name == "tables.xlsx":
        book = load_workbook(folder / name)
        book.worksheets[1]["H9"] = known.key.hex()
        book.save(file)
    elif name.endswith(".ipynb"):
        notebook = json.loads((folder / name).read_text(encoding="utf-8"))
        code_cell(notebook).update(source=known.key.hex())
        file.write_text(json.dumps(notebook), encoding="utf-8")
    else:
        file.write_text((folder / name).read_text(encoding="utf-8") + f"<!-- {known.key.hex()} -->", encoding="utf-8")
    assert len(places(file, "key", known)) == 1


@pytest.mark.parametrize("client", ["musterbau", "harbourfinch", "kleinod", "stadtwerke"])
def test_all_samples_pass(reports, samples, client):
    names = {"musterbau": "Musterbau GmbH", "harbourfinch": OTHER}
    (report,) = (reports / client).iterdir()
    for file in [*report.iterdir(), reports / "index.html", reports / "manifest.json"]:
        others = [name for key, name in names.items() if key != client]
        known = gate.Identities.of(samples / client)
        found = gate.check_file(file, kind=gate.kind_of(file), identities=known, other_clients=others)
        assert [finding for finding in found if finding.severity == "block"] == []


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ("Im Winter sank die Nutzung.", {"surname"}),
        ("winter", {"surname"}),
        ("Winterdienst und Wintergeschäft", set()),
        ("Eva Winter", {"identity", "surname"}),
        ("Winter, Eva", {"identity", "surname"}),
        ("EVA\u00a0WINTER", {"identity", "surname"}),
        ("eva.winter", {"identity"}),
        ("eva.winter@musterbau.example", {"identity", "email"}),
        ("0055e000001AbCdEFG", {"identity", "crm_id"}),
    ],
)
def test_an_employee_called_winter(folder, known, tmp_path, words, rules):
    """The season may be mentioned; she, her address and her id may not."""
    page = (folder / "retrospective.html").read_text(encoding="utf-8")
    file = tmp_path / "retrospective.html"
    file.write_text(page.replace("</main>", f"<p>{words}</p></main>"), encoding="utf-8")
    found = gate.check_file(file, kind="client_html", identities=known)
    assert {finding.rule for finding in found} == rules
    assert {finding.rule for finding in found if finding.severity == "warning"} == rules & {"surname"}
