"""The portfolio of the sample clients and of broken ones: written, marked, in a real browser, and nobody's report."""

import re
import shutil
from datetime import date
from pathlib import Path

import nbformat
import pytest

from crmkit import batch
from crmkit.batch.all_clients import write_portfolio
from crmkit.batch.source import PORTFOLIO, own_notebook
from crmkit.errors import CallError
from crmkit.privacy import gate
from tests.end_to_end.conftest import CLIENTS
from tests.wording.page import kit_words_of
from tests.wording.rules import FOREIGN, around, broken

MARKS = {"de": "Intern – nicht weitergeben", "en": "Internal – do not pass on"}
DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def folder(samples, reports, tmp_path_factory) -> Path:
    """Return the samples, prepared, with a twin of one, a broken client, and one that was never prepared."""
    place = tmp_path_factory.mktemp("portfolio") / "clients"
    shutil.copytree(samples, place)
    shutil.copytree(place / "kleinod", place / "kleinod_zwei")
    for name, text in {"kaputt": "name: [", "unbekannt": "name: X\nas_off: 2026-01-01\n"}.items():
        (place / name).mkdir()
        (place / name / "client.yml").write_text(text, encoding="utf-8")
    (place / "neu").mkdir()
    shutil.copy(place / "kleinod" / "client.yml", place / "neu")
    return place


@pytest.fixture(scope="module")
def pages(folder, tmp_path_factory) -> dict[str, tuple[Path, list[str]]]:
    """Return page and failures in both languages."""
    output = tmp_path_factory.mktemp("out")
    return {code: write_portfolio(folder, output=output / code, today=DAY, language=code) for code in MARKS}


@pytest.mark.parametrize("language", MARKS)
def test_the_page_is_marked_and_loads_nothing(language, pages):
    page, failed = pages[language]
    html = page.read_text(encoding="utf-8")
    assert page.name == "portfolio.html"
    assert f'<html lang="{language}">' in html
    assert f'<p class="internal-mark">{MARKS[language]}</p>' in html
    assert gate.kind_of(page) == "internal"
    assert not re.search(r"<script|<link|<iframe|@import|<[^>]*(javascript:|\son\w+=|url\((?!#))", html)
    assert not re.search(r'<[^>]* (?:src|href)="(?!#)', html)
    assert html.count("<section id=") == 7
    assert len(re.findall(r'<svg[^>]*aria-label="[^"]{40,}', html)) == 1
    assert [line.split(":")[0] for line in failed] == ["kaputt", "neu", "unbekannt"]


def test_every_client_stands_on_it_and_no_small_number(pages, folder):
    html = pages["de"][0].read_text(encoding="utf-8")
    names = ["Harbour &amp; Finch Ltd", "Kleinod Metallbau GmbH", "Musterbau GmbH", "Stadtwerke Beispielstadt"]
    assert [name for name in names if name not in html] == []
    assert html.count("kleinod_zwei") >= 5
    shares = [int(n) for n in re.findall(r"<small>(\d+) von \d+</small>", html)]
    assert shares and min(shares) >= 5
    assert str(folder) not in html
    for client in CLIENTS:
        found = gate.check_file(pages["de"][0], kind="internal", identities=gate.Identities.of(folder / client))
        assert [finding for finding in found if finding.severity == "block"] == []


@pytest.mark.parametrize("language", MARKS)
def test_it_keeps_the_rules_of_wording_and_speaks_one_language(language, pages, folder):
    html = pages[language][0].read_text(encoding="utf-8")
    # why a client could not be opened is said as on the command line, in English
    text = re.sub(r'<section id="not_opened">.*?</section>', "", html, flags=re.S)
    for client in CLIENTS:
        text = kit_words_of(text, folder / client)
    assert len(text) > 1000
    assert broken(text) == []
    assert around(FOREIGN[language], text) == []


def test_numbers_are_those_of_the_reports(pages, reports):
    html = pages["de"][0].read_text(encoding="utf-8")
    report = (reports / "musterbau" / "2026-06-28" / "retrospective.html").read_text(encoding="utf-8")
    used, regular = re.search(r"Nutzungsquote (\d+ von \d+)[^.]*, davon regelmäßig (\d+ von \d+)", report).groups()
    assert f"<small>{used}</small>" in html
    assert f"<small>{regular}</small>" in html


def test_it_never_passes_for_a_clients_page(pages):
    found = gate.check_file(pages["de"][0], kind="client_html", other_clients=("Musterbau GmbH",))
    assert "block" in {finding.severity for finding in found}


def test_it_lies_beside_the_reports_and_changes_nothing(folder, reports, samples):
    before = {file: file.read_bytes() for file in reports.rglob("*") if file.is_file()}
    written, _ = write_portfolio(samples, output=reports, today=DAY)
    try:
        assert written == reports / "portfolio.html"
        assert {file: file.read_bytes() for file in before} == before
        assert not list((reports / ".staging").iterdir())
    finally:
        written.unlink()


def test_no_client_report_is_made_of_it(samples, tmp_path, refused):
    with refused(
        CallError, "portfolio: is for you alone, no client's report. `crmkit portfolio FOLDER` makes its page."
    ):
        batch.render(samples / "kleinod", notebook=own_notebook(PORTFOLIO), output=tmp_path)


def test_the_notebook_runs_as_it_is(folder, monkeypatch):
    """As in JupyterLab: from its own folder, one answer a cell."""
    notebook = nbformat.read(own_notebook(PORTFOLIO), as_version=4)
    monkeypatch.chdir(own_notebook(PORTFOLIO).parent)
    names: dict[str, object] = {}
    blocks = []
    for cell in (cell for cell in notebook.cells if cell.cell_type == "code"):
        if cell.source.startswith("portfolio."):
            blocks.append(eval(cell.source, names))
        else:
            exec(cell.source, names)
            if "parameters" in cell.metadata.get("tags", []):
                names["folder"] = str(folder)
    assert {block.kind for block in blocks} == {"internal"}
    assert all(block.finding for block in blocks)
    assert len(blocks) == 7


@pytest.mark.browser
def test_in_a_browser(pages, chromium):
    from playwright.sync_api import sync_playwright

    faults: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(offline=True).new_page()
        page.on("request", lambda request: None if request.url.startswith("file:") else faults.append(request.url))
        page.on("console", lambda message: faults.append(message.text))
        beyond = {}
        for language in MARKS:
            page.goto(pages[language][0].as_uri())
            for width in (1440, 768, 390):
                page.set_viewport_size({"width": width, "height": 900})
                beyond[language, width] = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert page.locator(".internal-mark").bounding_box()["y"] == 0
        browser.close()
    assert faults == []
    assert set(beyond.values()) == {0}
