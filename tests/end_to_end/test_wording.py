"""The rendered files keep the rules of wording, and speak one language: what the client wrote itself left aside."""

import re
from html import unescape

import pytest
from openpyxl import load_workbook

from tests.end_to_end.conftest import CLIENTS
from tests.wording.page import kit_words_of
from tests.wording.rules import FOREIGN, around, broken


@pytest.fixture(params=[(client, language) for client in CLIENTS for language in FOREIGN], ids="-".join)
def report(request, in_both_languages, samples):
    """Return language, folder of the report and folder of the client."""
    client, language = request.param
    return language, in_both_languages[client, language], samples / client


def test_the_page(report):
    language, folder, client = report
    text = kit_words_of((folder / "retrospective.html").read_text(encoding="utf-8"), client)
    assert len(text) > 5000
    assert broken(text) == []
    assert around(FOREIGN[language], text) == []


def test_the_workbook_of_tables(report):
    language, folder, client = report
    workbook = load_workbook(folder / "tables.xlsx", read_only=True)
    cells = [cell for sheet in workbook for row in sheet.iter_rows(values_only=True) for cell in row]
    workbook.close()
    said = [*workbook.sheetnames, *(cell for cell in cells if isinstance(cell, str))]
    text = kit_words_of("<td>".join(said), client)
    assert len(said) > 50
    # a code of the kit that nobody worded
    assert [cell for cell in said if re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", cell)] == []
    assert broken(text) == []
    assert around(FOREIGN[language], text) == []


def test_a_masked_number_has_its_footnote(report):
    language, folder, _ = report
    page = unescape((folder / "retrospective.html").read_text(encoding="utf-8"))
    if re.search(r"<td[^>]*masked[^>]*>\s*·", page):
        assert {"de": "„·“ ist nicht gezeigt", "en": "“·” is not shown"}[language] in page
