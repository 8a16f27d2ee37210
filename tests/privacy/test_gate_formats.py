"""The gate reads pages, drawings, notebooks and workbooks as browsers and spreadsheets do, not as they are meant."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from crmkit.ingest.discretion.pseudonyms import identity_digest
from crmkit.privacy import gate
from crmkit.privacy.gate import Identities, check_file, kind_of

KEY = bytes(range(32))
KINDS: dict[str, frozenset[str]] = {identity_digest(KEY, "Eva Winter"): frozenset({"name"})}
KNOWN = Identities(KEY, KINDS)
SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:s="http://www.w3.org/2000/svg" aria-label="a"'
EVIL = "//evil.example/x"
STRICT = (
    (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
)


@pytest.fixture
def rules(tmp_path):
    """Return a function that writes a file and returns the rules it breaks."""

    def check(name, content):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return {finding.rule for finding in check_file(file, kind=kind_of(file), identities=KNOWN)}

    return check


MARK = gate.INTERNAL_MARK


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.html", f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">{MARK}', "internal"),
        ("a.html", f"<!DOCTYPE html><!-- {MARK} -->", "client_html"),
        ("a.html", f"<head><title>{MARK}</title>", "client_html"),
        ("a.html", f"<body><p>{MARK}", "client_html"),
        ("a.html", f"<meta name='{MARK}'>", "client_html"),
        ("a.svg", MARK, "client_html"),
        ("a.json", '{"audience": "internal"}', "internal"),
        ("a.json", '{"a": {"audience": "internal"}}', "client_text"),
        ("a.json", '{"a": "\\"audience\\": \\"internal\\""}', "client_text"),
        ("a.json", '["audience", "internal"]', "client_text"),
    ],
)
def test_only_a_mark_that_a_browser_sees_makes_a_file_internal(tmp_path, name, content, kind):
    (tmp_path / name).write_text(content)
    assert kind_of(tmp_path / name) == kind
    assert kind_of(tmp_path / name, may_be_internal=False) != "internal"


@pytest.mark.parametrize(
    "body",
    [
        f'<img alt=a srcset="data:image/svg+xml,%3Csvg/%3E 1x, {EVIL} 2x">',
        f'<img alt=a srcset="data:image/gif,x 1x (,), {EVIL} 2x">',
        f'<link rel=preload as=image imagesrcset="data:image/gif,x,  {EVIL}">',
        f'<svg aria-label=a><rect mask="URL({EVIL}#a)"/></svg>',
        f'<svg aria-label=a><rect filter="u\\72l({EVIL}#a)"/></svg>',
        f'<p style="background:Url({EVIL})">a</p>',
        f"<style>p{{background:src('{EVIL}')}}</style>",
        f"<style>p{{background:ur\\l({EVIL})}}</style>",
        f'<svg aria-label=a><image href="#"><set attributeName="href" to="{EVIL}"/></image></svg>',
        f'<svg aria-label=a><image><animate attributeName="xlink:href" values="#a;{EVIL}"/></image></svg>',
    ],
)
def test_what_a_browser_fetches(rules, body):
    assert "external" in rules("a.html", body)


def test_pictures_inside_the_page_pass(rules):
    page = '<style>.a{fill:url(#b)}</style><img alt=a srcset="data:image/gif;base64,R0lG 1x, data:image/gif,x 2x">'
    assert rules("a.html", page + '<svg aria-label=a><animate attributeName="x" to="3"/></svg>') == set()


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (f"<svg {SVG}><s:script>alert(1)</s:script></svg>", "script"),
        (f"<svg {SVG}><_:script>alert(1)</_:script></svg>", "script"),
        (f'<svg {SVG}><_:image href="{EVIL}"/></svg>', "unreadable"),
        (f'<svg {SVG}><style><s:image href="{EVIL}"/></style></svg>', "external"),
        (f'<svg {SVG}><s:style>@import "{EVIL}";</s:style></svg>', "external"),
        (f'<svg {SVG}><image q:href="{EVIL}"/></svg>', "external"),
        (f'<?xml version="1.0"?><?xml-stylesheet href="{EVIL}"?><svg {SVG}/>', "external"),
        (f'<!DOCTYPE svg [<!ENTITY e "Eva Win">]><svg {SVG}><text>&e;ter</text></svg>', "unreadable"),
        ('<h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:iframe/></h:html>', "embedded"),
    ],
)
def test_xml_is_read_by_the_names_behind_the_colon(rules, content, rule):
    assert rule in rules("a.svg", content)
    assert rule in rules("a.xhtml", content)


@pytest.mark.parametrize("start", ["<a ", "<!--", "<!a", "<a x='", "</a ", "<style>url("])
def test_an_open_tag_without_end_is_not_read_again_and_again(rules, start):
    assert "unreadable" in rules("a.html", start * (200_000 // len(start)))


def output(mime, value):
    return {"cell_type": "code", "source": "1", "outputs": [{"output_type": "display_data", "data": {mime: value}}]}


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        (output("TEXT/HTML", "<script>1</script>"), "script"),
        (output("text/html; charset=utf-8", "<script>1</script>"), "script"),
        (output("text/markdown", "<script>1</script>"), "script"),
        (output("text/markdown", f"![a]({EVIL})"), "external"),
        (output("text/markdown", "Eva **x** Eva Winter"), "identity"),
        (output("application/vnd.plotly.v1+json", {"data": [1]}), "embedded"),
        (output("text/latex", "\\href{a}{b}"), "embedded"),
        (output("application/pdf", "JVBERg=="), "embedded"),
        ({"cell_type": "raw", "source": "<script>1</script>"}, "script"),
        ({"cell_type": "markdown", "source": f"![a][b]\n\n[b]: https:{EVIL}"}, "external"),
        ({"cell_type": "markdown", "source": f"![a [b] c](https:{EVIL})"}, "external"),
        ({"cell_type": "markdown", "source": "[x](javascript:alert(1))"}, "script"),
        ({"cell_type": "markdown", "source": "[x](java&#115;cript&colon;alert(1))"}, "script"),
        ({"cell_type": "markdown", "source": "[x]: <data:text/html,a>\n\n[x]"}, "script"),
    ],
)
def test_outputs_of_notebooks(rules, cell, rule):
    assert rule in rules("a.ipynb", json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4}))


def test_ordinary_cells_pass(rules):
    cells = [
        output("text/plain", "31 %"),
        output("image/png", "MDA1YWJj"),
        {
            "cell_type": "markdown",
            "source": "JavaScript: [a](https://a.example) ![b](data:image/png;base64,AA)",
        },
    ]
    assert rules("a.ipynb", json.dumps({"cells": cells, "metadata": {}, "nbformat": 4})) == set()


@pytest.mark.parametrize(
    "body", ["<p>Eva\x00 Wi\x00nter</p>", "<p>E\x02va Wi\x01nter</p>", "<p>E\x1bva Win\x85ter</p>".replace("\x85", "")]
)
def test_control_characters_inside_a_name(rules, body):
    assert "identity" in rules("a.html", body)
    assert "identity" in rules("a.txt", body)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_wide_letters(rules, encoding):
    assert "identity" in rules("a.csv", "Näme;Anzahl\nEva Winter;3\n".encode(encoding))


@pytest.mark.parametrize(
    "body",
    [
        "<p><bdo dir=rtl>retniW avE</bdo></p>",
        '<p style="unicode-bidi:bidi-override;direction:rtl">retniW avE</p>',
        "<style>.h{display:none}</style><p class='a h'>3</p>",
        "<style>@media screen { td.h { visibility: hidden } }</style><td class=h>3</td>",
        "<dialog>3</dialog>",
        "<p popover>3</p>",
        '<p style="opacity:0%">3</p>',
        '<p style="color:red;opacity: 0.001 !important">3</p>',
        '<p style="display:/**/none">3</p>',
        '<p style="displa\\79:none">3</p>',
        '<svg aria-label=a><text display="none">3</text></svg>',
    ],
)
def test_what_nobody_sees(rules, body):
    assert "hidden" in rules("a.html", body)


@pytest.mark.parametrize(
    "body",
    [
        "<style>.h{display:none}</style><p class=a>3</p>",
        "<style>@media print { .h { display: none } }</style><p class=h>3</p>",
        "<style>@media (max-width: 40em) { .h { display: none } p { color: red } }</style><p class=h>3</p>",
        '<p style="opacity:0.06">3</p><p style="opacity:0.5">3</p>',
    ],
)
def test_what_is_seen_somewhere_passes(rules, body):
    assert rules("a.html", body) == set()


@pytest.mark.parametrize("text", ['a,b,c\n1;=HYPERLINK("x"),2,3\n', "a\n1;+cmd|x!A1\n", 'sep=^\na^=HYPERLINK("x")\n'])
def test_formulas_behind_any_delimiter(rules, text):
    assert "formula" in rules("a.csv", text)


def test_commas_in_a_text_make_no_formula(rules):
    assert rules("a.csv", 'a;b\n"Umsatz, -5 % (Vorjahr), = 3 (neu)";1\n') == set()


def test_the_two_halves_of_a_name_in_two_columns(rules, tmp_path):
    assert rules("a.csv", "Vorname;Team;Nachname\nEva;Vertrieb;Winter\n") == {"identity"}
    assert rules("a.csv", "Vorname;Team;Nachname\nEva;Vertrieb;Sommer\nJan;Service;Winter\n") == set()
    for between in (47, "Vertrieb"):
        book = written(tmp_path, lambda sheet, between=between: sheet.write_row(1, 0, ["Winter", between, "Eva"]))
        assert rules("a.xlsx", book.read_bytes()) == {"identity"}


def written(folder: Path, change) -> Path:
    book = xlsxwriter.Workbook(folder / "made.xlsx")
    change(book.add_worksheet("Nutzung"))
    book.close()
    return folder / "made.xlsx"


def replaced(file: Path, *pairs: tuple[bytes, bytes]) -> bytes:
    """Return an archive with some bytes replaced in all its parts."""
    new = BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(new, "w") as archive:
        for name in old.namelist():
            raw = old.read(name)
            for one, other in pairs:
                raw = raw.replace(one, other)
            archive.writestr(name, raw)
    return new.getvalue()


def test_strict_workbooks_are_read(rules, tmp_path):
    book = written(
        tmp_path, lambda sheet: (sheet.write(0, 0, "Eva Winter"), sheet.set_row(3, None, None, {"hidden": 1}))
    )
    assert rules("a.xlsx", replaced(book, *STRICT)) == {"identity", "hidden"}


def test_a_workbook_of_unknown_kind_is_unreadable(rules, tmp_path):
    book = written(tmp_path, lambda sheet: sheet.write(0, 0, 3))
    other = (STRICT[0][0], b"http://other.example/main")
    assert "unreadable" in rules("a.xlsx", replaced(book, other))


def test_text_boxes_and_themes(rules, tmp_path):
    book = written(tmp_path, lambda sheet: sheet.insert_textbox(1, 1, "Eva Winter"))
    runs = (b"<a:t>Eva Winter</a:t>", b"<a:t>Ev</a:t></a:r><a:r><a:t>a Winter</a:t>")
    assert rules("a.xlsx", replaced(book, runs)) == {"identity"}
    book = written(tmp_path, lambda sheet: sheet.write(0, 0, 3))
    assert rules("a.xlsx", replaced(book, (b'name="Office Theme"', b'name="Eva Winter"'))) == {"identity"}
    assert rules("a.xlsx", book.read_bytes()) == set()
