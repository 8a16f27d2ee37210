"""A large client whose works council wants totals only: no unit beside a number, no empty section, one sentence why."""

import re
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from crmkit import batch
from crmkit.report.markup import as_text

SENTENCE = "Vereinbart sind Gesamtzahlen: Organisationseinheiten zeigt der Bericht nicht."


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Return the report of Musterbau with totals only."""
    sample = Path(__file__).parents[2] / "data" / "sample" / "musterbau"
    client = tmp_path_factory.mktemp("totals") / "musterbau"
    shutil.copytree(sample, client, ignore=shutil.ignore_patterns("prepared", "pseudonym.key"))
    text = (client / "client.yml").read_text(encoding="utf-8")
    (client / "client.yml").write_text(text.replace("privacy:\n", "privacy:\n  totals_only: true\n"), encoding="utf-8")
    result = batch.render(client, output=client.parent / "reports", jobs=1)[0]
    assert (result.status, result.message) == ("ok", "")
    return client.parent / "reports" / "musterbau" / "2026-06-28"


def test_one_sentence_on_the_first_page(folder):
    html = (folder / "retrospective.html").read_text(encoding="utf-8")
    assert html.count(SENTENCE) == 1
    assert SENTENCE in html[html.index('id="glance"') : html.index('id="standing"')]


def test_nothing_by_unit(folder):
    html = (folder / "retrospective.html").read_text(encoding="utf-8")
    drawn = set(re.findall(r'class="chart chart-([a-z-]+)"', html))
    assert "standing" in drawn
    assert not drawn & {"by-unit", "unit-area", "unit-series", "logins-by-unit"}
    sheets = load_workbook(folder / "tables.xlsx")
    words = [str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [
        word for word in words if word.startswith(("Nutzung je Organisationseinheit", "Nutzungsquote je Org"))
    ] == []
    parallel = as_text(html[html.index('id="parallel"') : html.index('id="changes"')])
    assert "Organisationseinheit" not in parallel


def test_goals_of_units_are_not_measurable(folder):
    text = as_text((folder / "retrospective.html").read_text(encoding="utf-8"))
    assert "Zu Organisationseinheiten zeigt dieser Bericht keine Zahlen." in text


def test_no_empty_section_and_no_reference_to_nothing(folder):
    html = (folder / "retrospective.html").read_text(encoding="utf-8")
    sections = re.findall(r'<section id="([a-z_]+)">(.*?)</section>', html, re.DOTALL)
    assert all(re.search(r'class="(chart|block)[ "]', body) for key, body in sections if key != "appendix")
    targets = set(re.findall(r'href="#([a-z_]+)"', html))
    assert targets == {key for key, _ in sections}
    assert "In heutiger Struktur" not in html


def test_a_draft_says_what_is_off(reports):
    english = next((reports / "harbourfinch").glob("*/retrospective.html")).read_text(encoding="utf-8")
    assert (
        "Not worked out while no agreement is named: use over time per organisational unit, course of goals of single "
        "organisational units, changes between two dates, use before and after changes, time of new accounts to "
        "regular use and how many new accounts stay." in english
    )
    assert "chart-unit-series" not in english
    assert "chart-retention" not in english
