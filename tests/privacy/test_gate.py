"""The gate: every rule catches its leak, in every kind of file, and lets ordinary reports pass."""

import json
import zipfile
from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment

from crmkit.errors import PrivacyError
from crmkit.ingest.discretion.pseudonyms import identity_digest
from crmkit.privacy import gate
from crmkit.privacy.gate import Finding, Identities, check_file, kind_of

KEY = bytes(range(32))
PEOPLE = {
    "name": ["Sabine Winter", "Winter Sabine", "Hans-Peter Müller", "Ana Maria de Souza Lima", "Dr. Uwe Klein"],
    "email": ["sabine.winter@musterbau.example"],
    "username": ["swinter", "winter", "service"],
    "id": ["00D5e000000AbCd", "4711002233"],
    "surname": ["Winter", "Müller", "Klein"],
}


def digests(people):
    kinds: dict[str, frozenset[str]] = {}
    for kind, texts in people.items():
        for text in texts:
            digest = identity_digest(KEY, text)
            kinds[digest] = kinds.get(digest, frozenset()) | {kind}
    return kinds


KNOWN = Identities(KEY, digests(PEOPLE))


@pytest.fixture
def page(tmp_path):
    """Return a function that writes HTML and returns the rules it breaks."""

    def check(body, *, kind="client_html", identities=KNOWN, other_clients=()):
        file = tmp_path / "page.html"
        file.write_bytes(body if isinstance(body, bytes) else body.encode())
        return {f.rule for f in check_file(file, kind=kind, identities=identities, other_clients=other_clients)}

    return check


@pytest.fixture
def notebook(tmp_path):
    """Return a function that writes a notebook of one code cell and returns the rules it breaks."""

    def check(*, source="1 + 1", outputs=(), metadata=None, cell_metadata=None, other_clients=()):
        cell = {"cell_type": "code", "source": source, "outputs": list(outputs), "metadata": cell_metadata or {}}
        file = tmp_path / "retrospective.ipynb"
        file.write_text(json.dumps({"cells": [cell], "metadata": metadata or {}, "nbformat": 4}))
        return {f.rule for f in check_file(file, kind="client_notebook", identities=KNOWN, other_clients=other_clients)}

    return check


@pytest.fixture
def workbook(tmp_path):
    """Return a function that writes an Excel file and returns the rules it breaks."""

    def check(change, *, other_clients=()):
        book = Workbook()
        book.active.title = "Nutzung"
        book.active.append(["Segment", "Anzahl"])
        change(book)
        file = tmp_path / "tables.xlsx"
        book.save(file)
        return {f.rule for f in check_file(file, kind="client_tables", identities=KNOWN, other_clients=other_clients)}

    return check


SVG = '<svg role="img" aria-label="Drei Balken" xmlns="http://www.w3.org/2000/svg"><path d="M 0 1 L 2 3"/></svg>'
HARMLESS = [
    f"<style>a {{ fill: url(#a); background: url('data:image/png;base64,AAAA') }}</style>{SVG}",
    '<img src="data:image/png;base64,0055e000001AbCd=" alt="Ein Bild"><a href="#standing">weiter</a>',
    "<p>Im Winter sank die Nutzung, im Service stieg sie.</p>",
    "<p>Von 4711 Fällen und/oder 12 Vorgängen: 31 % (58 von 190), Verhältnis 1:2, Vertrieb/Nord</p>",
    '<svg><title>Zwei Linien</title><g clip-path="url(#p1)"><svg></svg></g></svg>',
    "<p>siehe https://example.com (nur als Text)</p>",
    "",
]


@pytest.mark.parametrize("body", HARMLESS)
def test_an_ordinary_page_passes(page, body):
    assert page(body) <= {"surname"}


LEAKS = {
    "<script>1</script>": "script",
    "<SCRIPT src='data:text/javascript,1'></SCRIPT>": "script",
    '<a href="java\nscript:alert(1)">x</a>': "script",
    '<a href="data:text/html,x">x</a>': "script",
    '<p onclick="x()">a</p>': "handler",
    "<svg aria-label='x' OnLoad=x()></svg>": "handler",
    "<iframe></iframe>": "embedded",
    "<object></object>": "embedded",
    "<embed>": "embedded",
    "<form></form>": "embedded",
    "<base href='#'>": "embedded",
    '<img alt="a" src="http://a.example/b.png">': "external",
    '<img alt="a" src="//a.example/b.png">': "external",
    '<img alt="a" src="#" srcset="b.png 2x">': "external",
    '<link rel="stylesheet" href="style.css">': "external",
    '<a href="https://a.example">a</a>': "external",
    "<style>@import 'a.css';</style>": "external",
    '<style>p { background: url( "a.png" ) }</style>': "external",
    '<p style="background: url(//a.example/b)">a</p>': "external",
    '<svg aria-label="a"><rect fill="url(https://a.example/#b)"/></svg>': "external",
    '<svg aria-label="a"><use xlink:href="other.svg#a"/></svg>': "external",
    '<meta http-equiv="Refresh" content="0; url=#a">': "external",
    '<img src="data:image/png;base64,AA==">': "alternative_text",
    '<img alt=" " src="#a">': "alternative_text",
    "<svg></svg>": "alternative_text",
    "<svg><title> </title>": "alternative_text",
    '<div class="jp-InputArea"><pre>x</pre></div>': "code",
    '<div class="highlight hl-ipython3">x</div>': "code",
    "<pre>In [3]: people</pre>": "code",
    "<pre>from crmkit import panel</pre>": "code",
    "<pre>client_dir = 1</pre>": "parameters",
    "<p>/home/uwe/clients</p>": "path",
    "<!-- C:\\Users\\uwe -->": "path",
    "<p>D:\\Kunden</p>": "path",
    "<p>\\\\server\\kunden$</p>": "path",
    "<p>file:///srv/a</p>": "path",
    "<p title='/Users/uwe/x'>a</p>": "path",
    "<pre>Traceback (most recent call last):</pre>": "traceback",
    '<pre>  File "a.py", line 3</pre>': "traceback",
    "<pre>\x1b[31mKeyError</pre>": "traceback",
    '<div data-mime-type="application/vnd.jupyter.stderr">x</div>': "traceback",
    "<p>jemand@example.org</p>": "email",
    '<a title="jemand@example.org">x</a>': "email",
    "<p>Konto 0055e000001AbCdEFG</p>": "crm_id",
    "<p>0055e000001AbCd</p>": "crm_id",
    "<p>u_0123456789abcdef0123</p>": "pseudonym",
    "<p id=p_0123456789abcdef0123>a</p>": "pseudonym",
    '<div type="application/vnd.jupyter.widget-state+json">{}</div>': "widget_state",
    "<p>Sabine Winter</p>": "identity",
    "<p>WINTER, Sabine.</p>": "identity",
    "<td><b>Sabine</b></td><td>Winter</td>": "identity",
    "<p>Sabine\u00a0Win\u00adter</p>": "identity",
    "<p>Sa\u200bbine Winter</p>": "identity",
    "<p>Hans\u2011Peter M&uuml;ller sagt</p>": "identity",
    "<p>Ana Maria de Souza Lima</p>": "identity",
    "<p>von Dr. Uwe Klein.</p>": "identity",
    "<!-- Sabine Winter -->": "identity",
    "<style>p::after { content: 'Sabine Winter' }</style>": "identity",
    '<svg aria-label="Balken von Sabine Winter"></svg>': "identity",
    '<svg aria-label="a"><text d="Sabine Winter">x</text></svg>': "identity",
    "<p>Konto swinter</p>": "identity",
    "<p>sabine.winter@musterbau.example</p>": "identity",
    "<p>00d5e000000abcd</p>": "identity",
    "<p>4711002233</p>": "identity",
    '<img alt="a" src="data:image/svg+xml,%3Ctext%3ESabine Winter%3C/text%3E">': "identity",
    '<img alt="a" src="data:image/svg+xml;base64,PHRleHQ+U2FiaW5lIFdpbnRlcjwvdGV4dD4=">': "identity",
    "<p>Winter</p>": "surname",
    "<![x Sabine Winter>": "unreadable",
    "<!-- Sabine Winter": "identity",
    "<p title='Sabine Winter": "identity",
    "<style>Sabine Winter": "identity",
}


@pytest.mark.parametrize("body", LEAKS)
def test_a_leak_in_a_page_is_caught(page, body):
    assert LEAKS[body] in page(body)


def test_other_clients(page):
    others = ["Harbour & Finch Ltd", "Stadtwerke", "Kleinod Metallbau GmbH & Co. KG"]
    assert page("<p>wie bei Harbour &amp; Finch Ltd.</p>", other_clients=others) == {
        "other_client",
        "other_client_short",
    }
    assert page("<p>wie bei harbour finch</p>", other_clients=others) == {"other_client_short"}
    assert page("<p>die STADTWERKE</p>", other_clients=others) == {"other_client"}
    assert page("<p>Kleinod Metallbau</p>", other_clients=others) == {"other_client_short"}
    assert page("<p>ein Kleinod, die Stadt werke, Harbour</p>", other_clients=others) == set()


def test_findings_name_rule_place_and_number_and_never_the_text(tmp_path):
    file = tmp_path / "page.html"
    file.write_text('<section id="standing">\n<p>a@b.example</p>\n<p>a@b.example</p></section><p>Winter</p>')
    found = check_file(file, kind="client_html", identities=KNOWN)
    assert found == [
        Finding("email", "block", 'line 2, section "standing"', 2),
        Finding("surname", "warning", 'line 3, section "standing"', 1),
    ]
    assert found[0].message == 'an e-mail address (line 2, section "standing" and 1 more)'


def test_a_user_name_that_is_a_surname_or_an_ordinary_word_does_not_block(page):
    """Someone's login is "winter", a shared account is "service"."""
    assert page("<p>Winter im Service</p>") == {"surname"}


def test_without_key_or_identities_only_patterns_are_looked_for(page, tmp_path):
    for identities in (None, Identities(None, KNOWN.kinds), Identities(KEY, {}, is_listed=False)):
        assert page("<p>Sabine Winter, a@b.example</p>", identities=identities) == {"email", "identities_unchecked"}
    assert page("<p>Sabine Winter</p>", identities=Identities(KEY, {})) == set()
    (tmp_path / "client").mkdir()
    assert not Identities.of(tmp_path / "client").can_compare


def test_identities_are_read_from_a_client_folder(tmp_path):
    import pandas as pd

    (tmp_path / "prepared").mkdir()
    rows = [(kind, identity_digest(KEY, text)) for kind, texts in PEOPLE.items() for text in texts]
    pd.DataFrame(rows, columns=["kind", "digest"]).to_parquet(tmp_path / "prepared" / "identities.parquet")
    (tmp_path / "pseudonym.key").write_text(KEY.hex())
    (tmp_path / "pseudonym.key").chmod(0o600)
    assert Identities.of(tmp_path) == Identities(KEY, KNOWN.kinds, tmp_path)


def test_the_client_folder_is_a_path(page, tmp_path):
    known = Identities(KEY, KNOWN.kinds, tmp_path)
    assert page(f"<p>{tmp_path}</p>", identities=known) == {"path"}


def test_an_internal_page_names_clients_and_paths_but_nobody(page):
    mark = gate.INTERNAL_MARK
    body = f'{mark}<p>Harbour &amp; Finch Ltd, /home/uwe</p><a href="a/b.html">a</a>'
    assert page(body, kind="internal", other_clients=["Harbour & Finch Ltd"]) == set()
    assert page(body, kind="internal", identities=None) == {"identities_unchecked"}
    assert page("<p>x</p>", kind="internal") == {"unmarked"}
    assert page(f"{mark}<p>Sabine Winter a@b.example</p>", kind="internal") == {"identity", "email", "surname"}
    for target in ("https://a.example", "//a.example/b", "mailto:x", "file:///x"):
        assert page(f'{mark}<a href="{target}">a</a>', kind="internal") == {"external"}


def test_a_notebook_may_show_code(notebook):
    source = "from crmkit import panel\nclient = open_client(client_dir, as_of=as_of)"
    shown = {"output_type": "execute_result", "data": {"text/html": ["<p>31 %</p>\n", SVG], "image/png": "MDA1YWJj"}}
    assert notebook(source=source, outputs=[shown]) == set()


NOTEBOOK_LEAKS = [
    ({"source": ["x = 1\n", 'client_dir: str = "../a"\n']}, "parameters"),
    ({"cell_metadata": {"tags": ["injected-parameters"]}}, "parameters"),
    ({"metadata": {"papermill": {"parameters": {}}}}, "parameters"),
    ({"cell_metadata": {"papermill": {}}}, "parameters"),
    ({"metadata": {"widgets": {}}}, "widget_state"),
    ({"source": 'open("/home/uwe/a")'}, "path"),
    ({"source": r'open("C:\\Users\\uwe")'}, "path"),
    ({"metadata": {"a": {"b": ["/tmp/x"]}}}, "path"),
    ({"source": "# für Sabine Winter"}, "identity"),
    ({"metadata": {"Sabine Winter": 1}}, "identity"),
    ({"cell_metadata": {"crmkit": {"tables": [{"rows": [["Sabine Winter", 3]]}]}}}, "identity"),
    ({"outputs": [{"output_type": "stream", "text": ["Sabine ", "Winter\n"]}]}, "identity"),
    ({"outputs": [{"output_type": "display_data", "data": {"text/html": "<b>Sabine</b> Winter"}}]}, "identity"),
    ({"outputs": [{"output_type": "display_data", "metadata": {"alt": "a@b.example"}, "data": {}}]}, "email"),
    ({"outputs": [{"output_type": "display_data", "data": {"application/json": {"a": ["u_" + "0" * 20]}}}]},
     "pseudonym"),
    ({"outputs": [{"output_type": "display_data", "data": {"text/html": "<script></script>"}}]}, "script"),
    ({"outputs": [{"output_type": "display_data", "data": {"application/javascript": "1"}}]}, "script"),
    ({"outputs": [{"output_type": "display_data", "data": {"image/svg+xml": "<svg></svg>"}}]}, "alternative_text"),
    ({"outputs": [{"output_type": "display_data", "data": {"application/vnd.jupyter.widget-view+json": {}}}]},
     "widget_state"),
    ({"outputs": [{"output_type": "error", "ename": "E", "evalue": "", "traceback": []}]}, "traceback"),
    ({"source": "# wie bei Stadtwerke Beispielstadt", "other_clients": ["Stadtwerke Beispielstadt"]}, "other_client"),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "rule"), NOTEBOOK_LEAKS)
def test_a_leak_in_a_notebook_is_caught(notebook, parts, rule):
    assert rule in notebook(**parts)


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"cells": 1}', '{"cells": [1]}', "[" * 100_000, "\x00", '{"cells": [{"outputs": [1]}]}']
)
def test_what_is_no_notebook_is_unreadable(tmp_path, text):
    file = tmp_path / "a.ipynb"
    file.write_text(text)
    assert "unreadable" in {finding.rule for finding in check_file(file, kind="client_notebook", identities=KNOWN)}


def test_numbers_pass(workbook):
    assert workbook(lambda book: book.active.append(["regelmäßig", 58, 0.31, "·", "-5", "=1+1"])) == set()


def hide(book):
    book.create_sheet("Hilfe").sheet_state = "veryHidden"


WORKBOOK_LEAKS = [
    (lambda book: book.active.append(["Sabine Winter"]), "identity"),
    (lambda book: book.active.append(["Sabine", "Winter"]), "identity"),
    (lambda book: book.active.append([4711002233]), "identity"),
    (lambda book: book.active.append(["a@b.example"]), "email"),
    (lambda book: book.active.append(["0055e000001AbCd"]), "crm_id"),
    (lambda book: book.active.append(["/home/uwe"]), "path"),
    (lambda book: book.create_sheet("Sabine Winter"), "identity"),
    (lambda book: setattr(book.active["A1"], "comment", Comment("fragen", "Sabine Winter")), "identity"),
    (lambda book: setattr(book.properties, "creator", "Sabine Winter"), "identity"),
    (lambda book: setattr(book.active.oddHeader.center, "text", "Sabine Winter"), "identity"),
    (hide, "hidden"),
    (lambda book: setattr(book.active.column_dimensions["B"], "hidden", True), "hidden"),
    (lambda book: setattr(book.active.row_dimensions[1], "hidden", True), "hidden"),
    (lambda book: book.active.append(['=HYPERLINK("https://a.example")']), "formula"),
    (lambda book: setattr(book.active["A1"], "hyperlink", "https://a.example"), "external"),
    (lambda book: book.active.append(["wie Stadtwerke Beispielstadt"]), "other_client"),
]


@pytest.mark.parametrize(("change", "rule"), WORKBOOK_LEAKS)
def test_a_leak_in_a_workbook_is_caught(workbook, change, rule):
    assert rule in workbook(change, other_clients=["Stadtwerke Beispielstadt"])


def test_the_cell_is_named(tmp_path):
    book = Workbook()
    book.active.title = "Nutzung"
    book.active["C7"] = "Sabine Winter"
    book.save(tmp_path / "tables.xlsx")
    found = check_file(tmp_path / "tables.xlsx", kind="client_tables", identities=KNOWN)
    assert found[0] == Finding("identity", "block", "sheet `Nutzung`, cell C7", 1)


def test_shared_texts_are_read_with_their_cells_and_without(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "tables.xlsx")
    page = book.add_worksheet("Nutzung")
    page.write_string("B4", "Sabine Winter")
    page.write_rich_string("B5", "Sabine Win", book.add_format({"bold": True}), "ter")
    book.close()
    found = check_file(tmp_path / "tables.xlsx", kind="client_tables", identities=KNOWN)
    assert found[0] == Finding("identity", "block", "sheet `Nutzung`, cell B4", 3)


def zipped(**parts):
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return raw.getvalue()


@pytest.mark.parametrize(
    "raw",
    [b"", b"PK", zipped(a="<a/>"), zipped(xl__workbook="<a"), zipped(xl__workbook='<!DOCTYPE a [<!ENTITY b "c">]><a/>'),
     zipped(xl__workbook="<a/>", xl__other="<b")],
)  # fmt: skip
def test_what_is_no_workbook_is_unreadable(tmp_path, raw):
    file = tmp_path / "a.xlsx"
    file.write_bytes(raw)
    assert "unreadable" in {finding.rule for finding in check_file(file, kind="client_tables", identities=KNOWN)}


def test_an_archive_that_unpacks_without_end_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr("crmkit.privacy.gate.workbook.MOST_BYTES", 1000)
    file = tmp_path / "a.xlsx"
    file.write_bytes(zipped(xl__workbook="<a>" + " " * 2000 + "</a>"))
    found = check_file(file, kind="client_tables", identities=KNOWN)
    assert found[0] == Finding("unreadable", "block", "unpacks to more than any report")


def test_macros_and_embedded_objects(tmp_path):
    file = tmp_path / "a.xlsx"
    file.write_bytes(zipped(xl__workbook="<a/>", xl__vbaProject="<a/>"))
    assert {f.rule for f in check_file(file, kind="client_tables", identities=KNOWN)} == {"embedded", "unreadable"}


@given(raw=st.binary(max_size=300) | st.text(alphabet="<>!-/[]&;=\"'#x0ascript svg\x00", max_size=300).map(str.encode))
def test_any_bytes_give_findings_and_never_a_crash(raw, tmp_path_factory):
    file = tmp_path_factory.getbasetemp() / "any.bin"
    file.write_bytes(raw)
    for kind in ("client_html", "client_notebook", "client_tables", "internal"):
        assert isinstance(check_file(file, kind=kind, identities=KNOWN), list)


def test_utf_16_and_wrong_bytes(page):
    assert "identity" in page("<p>Sabine Winter</p>".encode("utf-16"))
    assert "identity" in page(b"\xef\xbb\xbf\xff\xfe<p>Sabine Winter</p>")


def test_kinds_follow_from_the_ending_and_the_mark(tmp_path, refused):
    internal = tmp_path / "index.html"
    internal.write_text(gate.INTERNAL_MARK)
    shared = tmp_path / "a.HTML"
    shared.write_text("<p>")
    assert [kind_of(f) for f in (internal, shared, "a.ipynb", "a.xlsx")] == [
        "internal", "client_html", "client_notebook", "client_tables",
    ]  # fmt: skip
    known = ".csv, .htm, .html, .ipynb, .json, .md, .svg, .tsv, .txt, .xhtml, .xlsx, .xml"
    with refused(PrivacyError, f"a.pdf: no file that the gate can read. It reads {known}."):
        kind_of("a.pdf")


def test_wrong_calls(tmp_path, refused):
    missing = tmp_path / "a.html"
    with refused(PrivacyError, f"{missing}: no such file."):
        check_file(missing, kind="client_html")
    with refused(
        PrivacyError,
        'kind "client_htm" is not known. Did you mean "client_html"? '
        "Known: client_html, client_notebook, client_tables, client_text, internal.",
    ):
        check_file(missing, kind="client_htm")
