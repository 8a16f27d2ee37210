"""The page: nothing is loaded, nothing runs, and the sheet of colours is the palette."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import nbformat
import pytest

from crmkit.privacy import gate
from crmkit.report import charts, page, palette, sections, tables, text

CSS = (page.TEMPLATES / page.TEMPLATE / "style.css").read_text(encoding="utf-8")
AGREED = """
language: {language}
retrospective: 2
privacy: {{legal_basis: "Art. 6", purpose: Alltag, agreement: "{agreement}", delete_by: 2026-12-31,
          delete_prepared_by: 2028-12-31}}
brand: {{consultant: "Beratung & Söhne", primary: "#224466", accent: "#aa5500"}}
"""


def cell_of(result):
    data, metadata = result._repr_mimebundle_()
    output = nbformat.v4.new_output("execute_result", data=data, metadata=metadata)
    return nbformat.v4.new_code_cell("secret_code = 1", outputs=[output])


@pytest.fixture
def html_of(client_of, people_tables, shown):
    """Return a function that renders a small report of a client."""

    def render(*, language: str = "de", agreement: str = "BV 1") -> str:
        from nbconvert.exporters.html import HTMLExporter

        client = client_of(settings=AGREED.format(language=language, agreement=agreement), **people_tables(["a"]))
        cells = [
            nbformat.v4.new_markdown_cell("# Titel\n\n*Frage?*", metadata={"tags": ["title"]}),
            nbformat.v4.new_markdown_cell("## Auf einen Blick", metadata={"tags": ["section:glance"]}),
            cell_of(text.at_a_glance(client, shown)),
            nbformat.v4.new_markdown_cell("## Stand\n\nWorte.", metadata={"tags": ["section:standing"]}),
            cell_of(charts.segment_bar(shown["standing"], language=client.language)),
            cell_of(charts.unit_bars(shown["by_unit"], language=client.language)),
            cell_of(tables.html(shown["details"], language=client.language)),
            nbformat.v4.new_markdown_cell("## Leer", metadata={"tags": ["section:empty"]}),
            cell_of(text.last_time(client)),
        ]
        notebook = nbformat.v4.new_notebook(cells=cells, metadata={"crmkit": page.variables(client)})
        exporter = HTMLExporter(
            template_name=page.TEMPLATE, extra_template_basedirs=[str(page.TEMPLATES)], exclude_anchor_links=True
        )
        return exporter.from_notebook_node(sections.present(notebook))[0]

    return render


class Shape(HTMLParser):
    """Tags that are open, and what is wrong with them."""

    VOID = frozenset({"meta", "br", "link", "img", "input", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)


def test_is_well_formed_with_ids_of_its_own(html_of):
    shape = Shape()
    shape.feed(html_of())
    assert (shape.open, shape.faults) == ([], [])
    assert len(shape.ids) == len(set(shape.ids))


def test_nothing_is_loaded_and_nothing_runs(html_of):
    html = html_of()
    assert not re.search(r"<script|javascript:|\son\w+=|<link|<iframe|@import|url\((?!#)", html)
    assert not re.search(r"(?:src|href)=\"(?!#)", html)
    assert "default-src 'none'" in html
    assert "secret_code" not in html


def test_the_gate_lets_it_pass(html_of, tmp_path):
    file = tmp_path / "report.html"
    file.write_text(html_of(), encoding="utf-8")
    assert [found for found in gate.check_file(file, kind="client_html") if found.severity == "block"] == []


def test_frame(html_of):
    html = html_of()
    assert '<html lang="de">' in html
    assert "<title>CRM-Retrospektive Muster GmbH</title>" in html
    assert "<h1>Muster GmbH</h1>" in html
    assert html.count("<h1") == 1
    assert "Beratung &amp; Söhne" in html
    assert "CRM-Retrospektive Nr. 2" in html
    assert "28. Juni 2026" in html
    assert "--primary: #224466; --accent: #aa5500;" in html
    assert re.findall(r'<a href="#(\w+)">([^<]+)</a>', html) == [("glance", "Auf einen Blick"), ("standing", "Stand")]
    assert re.findall(r'<section id="(\w+)">', html) == ["glance", "standing"]
    assert "¶" not in html


def test_figures_have_finding_number_and_source(html_of):
    html = html_of().replace("\u00a0", " ")
    assert re.findall(r"<b>(Abbildung \d)</b>", html) == ["Abbildung 1", "Abbildung 2"]
    first = html[html.index("<figure") : html.index("</figure>")]
    assert '<p class="finding">58 von 190 ausgewerteten Konten (31 %)' in first
    assert "· Datenstufe A (Ansichten und Änderungen)</figcaption>" in first
    assert first.index("finding") < first.index("<svg") < first.index("<figcaption")


def test_english(html_of):
    html = html_of(language="en")
    assert '<html lang="en">' in html
    assert "CRM retrospective no. 2" in html
    assert "<b>Figure 1</b>" in html
    assert not re.search(r"Abbildung|Datenstufe|Lizenzen|regelmäßig|Entwurf", html)


def test_draft(html_of):
    assert html_of(agreement="").count("Entwurf – noch offen: Vereinbarung") == 2
    assert html_of(agreement="", language="en").count("Draft – still open: Agreement") == 2
    assert "Entwurf" not in html_of()


def test_a_draft_says_everything_that_is_missing(client_of):
    labels = page.variables(client_of())["labels"]
    assert labels["draft"] == (
        "Entwurf – noch offen: Rechtsgrundlage, Zweck, Vereinbarung, Löschdatum, Frist der pseudonymen Tabellen"
    )
    half = client_of(settings="privacy: {purpose: Alltag, agreement: BV 7/2025, delete_by: 2026-12-31}")
    said = "Entwurf – noch offen: Rechtsgrundlage, Frist der pseudonymen Tabellen"
    assert page.variables(half)["labels"]["draft"] == said


def test_variables_are_plain(client_of):
    import json

    client = client_of()
    variables = page.variables(client, language="en")
    assert json.loads(json.dumps(variables)) == variables
    assert variables["labels"]["contents"] == "Contents"
    assert variables["draft"] is True


# colours


@pytest.mark.parametrize("colours", [palette.LIGHT, palette.DARK], ids=["light", "dark"])
def test_the_sheet_has_the_palette(colours):
    wanted = {f"{palette.css_name(role)}: {colour};" for role, colour in colours.items()}
    assert [declaration for declaration in wanted if declaration not in CSS] == []


def test_every_role_has_two_colours_and_every_colour_one_role():
    assert set(palette.LIGHT) == set(palette.DARK)
    assert len(set(palette.LIGHT.values())) == len(palette.LIGHT)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("colours", "paper"), [(palette.LIGHT, "#ffffff"), (palette.DARK, "#11161c")], ids=["light", "dark"]
)
def test_words_can_be_read(colours, paper):
    """Contrast of 4.5 for words, of 3 for large words, as the accessibility guidelines ask."""
    assert contrast(colours["ink"], paper) >= 7
    assert contrast(colours["muted"], paper) >= 4.5
    on = {role.removeprefix("on_"): role for role in colours if role.startswith("on_")}
    low = {role: contrast(colours[role], colours[words]) for role, words in on.items()}
    assert {role: ratio for role, ratio in low.items() if ratio < 4} == {}


@pytest.mark.parametrize("colours", [palette.LIGHT, palette.DARK], ids=["light", "dark"])
def test_segments_differ_in_lightness(colours):
    """Whoever sees no hue, or prints grey, still tells the parts apart."""
    shades = sorted(luminance(colours[role]) for role in ("regular", "occasional", "rare"))
    assert all(high - low > 0.08 for low, high in pairwise(shades))
