"""The gate reads what hides: spellings, encodings, pictures, other tools' files; and it stays discreet itself."""

import json

import pandas as pd
import pytest
from openpyxl import Workbook

from crmkit.ingest.discretion.pseudonyms import identity_digest
from crmkit.privacy import gate
from crmkit.privacy.gate import Finding, Identities, check_file, check_line, kind_of

KEY = bytes(range(32))
PEOPLE = {
    "name": ["Jörg Weiß", "Weiß Jörg", "Hans-Peter Müller", "Ana María Souza", "Jose Garcia"],
    "id": ["a10", "4711002233"],
    "surname": ["Weiß", "Müller", "von der Heide"],
}
KINDS: dict[str, frozenset[str]] = {
    identity_digest(KEY, text): frozenset({kind}) for kind, texts in PEOPLE.items() for text in texts
}
KNOWN = Identities(KEY, KINDS)


@pytest.fixture
def rules(tmp_path):
    """Return a function that writes a file and returns the rules it breaks."""

    def check(name, content):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return {finding.rule for finding in check_file(file, kind=kind_of(file), identities=KNOWN)}

    return check


@pytest.mark.parametrize(
    "text",
    [
        "Jörg Weiß", "JÖRG WEISS", "Weiß, Jörg", "Joerg Weiss", "Jo\u0308rg Weiß", "Jörg K. Weiß", "jörg_weiß.pdf",
        "Jörg Weiß.pdf", "Hans Peter Müller", "Hans\u2011Peter Mueller", "J\u00f6rg\u2003Wei\u00df", "Jör\u00adg Weiß",
        "\uff2a\u00f6rg Weiß", "José García", "Joſé Garçia",
    ],
)  # fmt: skip
def test_a_name_in_any_spelling(rules, text):
    assert "identity" in rules("page.html", f"<p>{text}</p>")


@pytest.mark.parametrize("text", ["Weiß", "weiss", "von der Heide", "weiß.png"])
def test_a_surname_alone_only_warns(rules, text):
    assert rules("page.html", f"<p>{text}</p>") == {"surname"}


@pytest.mark.parametrize(
    "text",
    [
        "Jörg schreibt Weiß auf Schwarz", "1.200.300.400 €", "Version 7.17.2", "28.06.2026", "12:30:45", "a::before",
        "100 %ig", "C&A &amp; B", "Donaudampfschifffahrtsgesellschaft", "siehe 1.2.3", "@media", "\\frac{a}{b}",
    ],
)  # fmt: skip
def test_what_only_looks_alike_passes(rules, text):
    assert rules("page.html", f"<p>{text}</p>") <= {"surname"}


def test_a_short_id_is_no_address_of_a_cell(rules, tmp_path):
    book = Workbook()
    book.active["A10"] = 3
    book.active.auto_filter.ref = "A10:B12"
    book.save(tmp_path / "tables.xlsx")
    assert rules("tables.xlsx", (tmp_path / "tables.xlsx").read_bytes()) == set()
    assert rules("page.html", "<p>A10</p>") == {"identity"}


def test_the_file_name_is_read_too(rules):
    assert rules("Jörg Weiß.html", "<p>x</p>") == {"identity", "surname"}


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("a.csv", "Name;Anzahl\nJörg Weiß;3\n", "identity"),
        ("a.csv", "Jörg;Weiß;3\n", "identity"),
        ("a.csv", 'a,b\n"=HYPERLINK(""http://a"")",1\n', "formula"),
        ("a.tsv", "a\tb\n@SUM(A1)\t1\n", "formula"),
        ("a.json", json.dumps({"a": [{"b": "J\u00f6rg Weiß"}]}), "identity"),
        ("a.json", '{"a": 1, "a": 2}', "unreadable"),
        ("a.json", "{", "unreadable"),
        ("a.md", "# x\n\nJörg Weiß", "identity"),
        ("a.txt", "Jörg Weiß".encode("utf-16"), "identity"),
        ("a.txt", "4711002233", "identity"),
        ("a.svg", "<svg aria-label='x'><text>Jörg Weiß</text></svg>", "identity"),
        ("a.html", "<meta charset=windows-1252><p>Jörg Weiß</p>".encode("cp1252"), "identity"),
        ("a.html", "<p>Jörg Weiß</p>".encode("cp1252"), "identity"),
        ("a.html", "<meta charset=nonsense-1><p>J\xf6rg Wei\xdf</p>".encode("latin-1"), "identity"),
    ],
)
def test_files_of_other_tools(rules, name, content, rule):
    assert rule in rules(name, content)


def test_ordinary_files_of_other_tools_pass(rules, tmp_path):
    assert rules("a.csv", "Einheit,Anzahl,Veränderung\nVertrieb,12,-3\nService,+4,-5 %\n") == set()
    assert rules("a.json", json.dumps({"n": 12, "where": "Vertrieb/Nord"})) == set()
    pd.DataFrame({"Einheit": ["Vertrieb"], "n": [12]}).to_excel(tmp_path / "a.xlsx")
    assert rules("a.xlsx", (tmp_path / "a.xlsx").read_bytes()) == set()
    word = '<html xmlns:o="urn:schemas-microsoft-com:office:office"><style>p.Mso {margin:0cm}</style><p>12</p></html>'
    assert rules("a.htm", word) == set()


def test_plain_nbconvert_pages_say_what_is_wrong_with_them(rules):
    from nbconvert import HTMLExporter
    from nbformat.v4 import new_code_cell, new_notebook

    page, _ = HTMLExporter(template_name="lab").from_notebook_node(new_notebook(cells=[new_code_cell("1 + 1")]))
    assert {"script", "external", "code"} <= rules("a.html", page)


def test_internal_data_are_known_by_their_mark(tmp_path):
    file = tmp_path / "manifest.json"
    file.write_text('{"audience": "internal", "clients": {}}')
    assert kind_of(file) == "internal"
    assert check_file(file, kind="internal", identities=KNOWN) == []
    assert [finding.rule for finding in check_file(file, kind="internal")] == ["identities_unchecked"]
    file.write_text("{}")
    assert kind_of(file) == "client_text"
    assert [finding.rule for finding in check_file(file, kind="internal", identities=KNOWN)] == ["unmarked"]


def test_a_place_that_names_a_person_is_not_told(tmp_path):
    book = Workbook()
    book.active.title = "Jörg Weiß"
    book.active["C7"] = "Hans-Peter Müller"
    book.save(tmp_path / "a.xlsx")
    found = check_file(tmp_path / "a.xlsx", kind="client_tables", identities=KNOWN)
    assert found[0] == Finding("identity", "block", "sheet name", 3)
    page = tmp_path / "a.html"
    page.write_text('<section id="Jörg Weiß"><p>a@b.example</p></section>')
    found = check_file(page, kind="client_html", identities=KNOWN)
    assert {finding.rule: finding.where for finding in found}["email"] == "line 1, section …"


def test_a_place_holds_no_control_characters(tmp_path):
    file = tmp_path / "a.html"
    file.write_text('<section id="a\x1b[31m\nb"><p>a@b.example</p></section>')
    (where,) = [f.where for f in check_file(file, kind="client_html", identities=KNOWN) if f.rule == "email"]
    assert where.isprintable()


def test_a_line_may_name_clients_and_places_but_nobody():
    assert check_line("/data/clients/acme: Harbour & Finch Ltd", identities=KNOWN) == []
    assert [finding.rule for finding in check_line("KeyError: 'Jörg Weiß'", identities=KNOWN)] == [
        "identity",
        "surname",
    ]
    assert [finding.rule for finding in check_line("a@b.example")] == ["email"]
    assert [finding.rule for finding in check_line(KEY.hex(), identities=KNOWN)] == ["key"]


def test_kinds_are_words():
    assert gate.Finding("ip_address", "block", "line 1").message == "an address of a computer (line 1)"
