"""The data check of every sample client: rendered, marked, in a real browser, and no part of a client's report."""

import re
from pathlib import Path

import nbformat
import pytest

from crmkit.batch.data_check import write_data_check
from crmkit.errors import CallError, PrivacyError
from crmkit.privacy import gate
from tests.end_to_end.conftest import CLIENTS
from tests.end_to_end.hostile_exports import make
from tests.wording.page import kit_words_of
from tests.wording.rules import FOREIGN, around, broken

MARKS = {"de": "Intern – nicht weitergeben", "en": "Internal – do not pass on"}


@pytest.fixture(scope="module")
def pages(samples, tmp_path_factory) -> dict[tuple[str, str], Path]:
    """Return the pages of all sample clients, and of a hostile one, in both languages."""
    hostile = make(tmp_path_factory.mktemp("hostile") / "hof")
    folders = [*(samples / name for name in CLIENTS), hostile]
    return {
        (folder.name, language): write_data_check(folder, output=tmp_path_factory.mktemp("out"), language=language)
        for folder in folders
        for language in MARKS
    }


@pytest.mark.parametrize("language", MARKS)
@pytest.mark.parametrize("client", [*CLIENTS, "hof"])
def test_pages_are_marked_and_load_nothing(client, language, pages):
    html = pages[client, language].read_text(encoding="utf-8")
    assert f'<html lang="{language}">' in html
    assert f'<p class="internal-mark">{MARKS[language]}</p>' in html
    assert gate.kind_of(pages[client, language]) == "internal"
    assert not re.search(r"<script|<link|<iframe|@import|<[^>]*(javascript:|\son\w+=|url\((?!#))", html)
    assert not re.search(r'<[^>]* (?:src|href)="(?!#)', html)
    assert html.count("<section id=") == 8
    assert len(re.findall(r'<svg[^>]*aria-label="[^"]{40,}', html)) == (client != "stadtwerke")


@pytest.mark.parametrize("client", [*CLIENTS, "hof"])
def test_english_pages_are_english(client, pages):
    html = pages[client, "en"].read_text(encoding="utf-8")
    assert not re.search(r"Quelle|Datenstufe|Zeitraum|Konten|Überschrift in|Bitte|Auftraggeber", html)


@pytest.mark.parametrize("language", MARKS)
@pytest.mark.parametrize("client", CLIENTS)
def test_pages_keep_the_rules_of_wording(client, language, pages, samples):
    html = pages[client, language].read_text(encoding="utf-8")
    # a key of client.yml is the same in every language
    html = re.sub(r'<td data-heading="Name in client.yml">.*?</td>', "<td></td>", html)
    text = kit_words_of(html, samples / client)
    assert len(text) > 1000
    assert broken(text) == []
    assert around(FOREIGN[language], text) == []


@pytest.mark.browser
@pytest.mark.parametrize("client", [*CLIENTS, "hof"])
def test_in_a_browser(client, pages, chromium):
    from playwright.sync_api import sync_playwright

    faults: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(offline=True).new_page()
        page.on("request", lambda request: None if request.url.startswith("file:") else faults.append(request.url))
        page.on("console", lambda message: faults.append(message.text))
        page.on("dialog", lambda dialog: faults.append(dialog.message))
        beyond = {}
        for language in MARKS:
            page.goto(pages[client, language].as_uri())
            for width in (1440, 768, 390):
                page.set_viewport_size({"width": width, "height": 900})
                beyond[language, width] = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        mark = page.locator(".internal-mark")
        assert mark.bounding_box()["y"] == 0
        browser.close()
    assert faults == []
    assert set(beyond.values()) == {0}


def test_the_notebook_runs_as_it_is(monkeypatch):
    """As in JupyterLab: its own parameters, from its own folder, one answer a cell."""
    from crmkit.batch.source import DATA_CHECK, own_notebook

    notebook = nbformat.read(own_notebook(DATA_CHECK), as_version=4)
    monkeypatch.chdir(own_notebook(DATA_CHECK).parent)
    names: dict[str, object] = {}
    blocks = []
    for cell in (cell for cell in notebook.cells if cell.cell_type == "code"):
        if cell.source.startswith("data_check."):
            blocks.append(eval(cell.source, names))
        else:
            exec(cell.source, names)
    assert len(blocks) == 9
    assert {block.kind for block in blocks} == {"internal"}
    assert all(block.finding for block in blocks)


def test_what_the_samples_are_asked_for(pages):
    said = {client: pages[client, "en"].read_text(encoding="utf-8") for client in CLIENTS}
    assert "please go on saving it, next time on 28 July 2026 at the latest" in said["musterbau"]
    assert "1. A log of views per person and day." in said["harbourfinch"]
    assert "1. A login history or a log of changes." in said["kleinod"]
    assert "So far only sums have been released" in said["stadtwerke"]


def test_hostile_names_stand_as_text(pages):
    html = pages["hof", "de"].read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "&lt;img src=x onerror=" in html
    assert "Hof &amp; Söhne &lt;b&gt;GmbH&lt;/b&gt;" in html
    assert "{{ 7 * 7 }}" in html
    assert "<b>oder" not in html
    assert "\u202e" not in html


def test_a_client_report_stays_as_it_is(samples, reports):
    place = reports / "musterbau" / "2026-06-28"
    before = {file: file.read_bytes() for file in [*place.iterdir(), reports / "index.html", reports / "manifest.json"]}
    written = write_data_check(samples / "musterbau", output=reports)
    assert written == place / "data_check.html"
    try:
        assert {file: file.read_bytes() for file in before} == before
        assert not list((reports / ".staging").iterdir())
    finally:
        written.unlink()


def test_no_client_report_is_made_of_it(samples, tmp_path, refused):
    from crmkit import batch
    from crmkit.batch.source import DATA_CHECK, own_notebook

    message = "data_check: is for you alone, no client's report. `crmkit check CLIENT --page` makes its page."
    with refused(CallError, message):
        batch.render(samples / "kleinod", notebook=own_notebook(DATA_CHECK), output=tmp_path)


def test_a_file_called_like_a_user_blocks_the_page(tmp_path):
    import crmkit

    folder = make(tmp_path / "hof")
    text = (folder / "client.yml").read_text(encoding="utf-8")
    (folder / "client.yml").write_text(text.replace("Liste*", "u001@hof.example*"), encoding="utf-8")
    next((folder / "exports").glob("Liste*")).rename(folder / "exports" / "u001@hof.example.csv")
    crmkit.ingest.prepare(folder)
    with pytest.raises(PrivacyError, match="the page is blocked by the gate"):
        write_data_check(folder, output=tmp_path / "reports")
    assert (tmp_path / "reports" / ".quarantine" / "hof" / "data_check.html").is_file()
