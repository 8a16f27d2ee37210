"""Rendered reports in a real browser, and what must never stand in them."""

import csv
import json
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from crmkit.privacy import gate

CLIENTS = ["musterbau", "harbourfinch", "kleinod", "stadtwerke"]


@pytest.fixture(params=CLIENTS)
def folder(request, reports) -> Path:
    return next((reports / request.param).iterdir())


def everything_in(folder: Path) -> str:
    """Return all text of the three files of a report."""
    texts = [(folder / name).read_text(encoding="utf-8") for name in ("retrospective.html", "retrospective.ipynb")]
    book = load_workbook(folder / "tables.xlsx")
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    return "\n".join([*texts, *book.sheetnames, *cells])


def test_files_of_a_report(folder):
    assert sorted(file.name for file in folder.iterdir()) == [
        "retrospective.html",
        "retrospective.ipynb",
        "tables.xlsx",
    ]


@pytest.mark.browser
def test_opens_without_network_or_error(folder, chromium):
    from playwright.sync_api import sync_playwright

    faults: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.on("requestfailed", lambda request: faults.append(request.url))
        page.on(
            "request",
            lambda request: None if request.url.startswith(("file:", "data:")) else faults.append(request.url),
        )
        page.on(
            "console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto((folder / "retrospective.html").as_uri())
        sections = page.locator("section").count()
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        page.set_viewport_size({"width": 390, "height": 844})
        narrow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        browser.close()
    assert faults == []
    assert sections >= 3
    assert (wide, narrow) == (0, 0)


IDENTITY = re.compile(r"^(id|username|e-?mail|name|full name|login name|benutzerkennung)$", re.IGNORECASE)


def user_lists(client: str, samples: Path) -> list[dict[str, str]]:
    """Return the rows of all user lists of a client, read without the kit."""
    rows: list[dict[str, str]] = []
    for file in (samples / client / "exports").glob("*sers*.csv"):
        with file.open(encoding="utf-8-sig") as lines:
            rows += csv.DictReader(lines)
    for file in (samples / client / "exports").glob("*.xlsx"):
        header, *cells = load_workbook(file).active.iter_rows(values_only=True)
        rows += [dict(zip(header, row, strict=True)) for row in cells]
    return rows


def identities(client: str, samples: Path) -> set[str]:
    """Return every full name, address, login and id that the raw exports of a client know."""
    rows = user_lists(client, samples)
    named = {value for row in rows for header, value in row.items() if value and IDENTITY.match(header.strip())}
    return named | {f"{row['Vorname']} {row['Nachname']}" for row in rows if row.get("Vorname")}


def test_nobody_is_named(folder, samples):
    text = everything_in(folder)
    known = identities(folder.parent.name, samples)
    assert {identity for identity in known if identity in text} == set()
    assert not re.search(r"[\w.+-]+@[\w-]+\.\w+", text)
    assert not re.search(r"\bu_[0-9a-f]{20}\b|\b005[0-9A-Za-z]{12,15}\b", text)


def test_identities_are_known_to_this_test(samples):
    n_known = {client: len(identities(client, samples)) for client in CLIENTS}
    assert n_known["musterbau"] > 600
    assert n_known["harbourfinch"] > 250
    assert n_known["kleinod"] > 90
    assert n_known["stadtwerke"] == 0


def test_the_gate_agrees(folder):
    for name, kind in {
        "retrospective.html": "client_html",
        "retrospective.ipynb": "client_notebook",
        "tables.xlsx": "client_tables",
    }.items():
        assert [finding for finding in gate.check_file(folder / name, kind=kind) if finding.severity == "block"] == []


def test_language_of_the_report(reports):
    english = next((reports / "harbourfinch").glob("*/retrospective.html")).read_text(encoding="utf-8")
    german = next((reports / "musterbau").glob("*/retrospective.html")).read_text(encoding="utf-8")
    assert '<html lang="en"' in english
    assert "Where do we stand" in english
    assert not re.search(r"Datenstufe|Lizenzen|regelmäßig|Auf einen Blick", english)
    assert '<html lang="de"' in german
    assert "Wo stehen wir heute?" in german


def test_without_agreement_it_is_a_draft(reports):
    english = next((reports / "harbourfinch").glob("*/retrospective.html")).read_text(encoding="utf-8")
    german = next((reports / "musterbau").glob("*/retrospective.html")).read_text(encoding="utf-8")
    assert "Draft – approval pending" in english
    assert "Freigabe offen" not in german


def test_manifest_tells_the_truth(reports):
    manifest = json.loads((reports / "manifest.json").read_text(encoding="utf-8"))
    text = json.dumps(manifest)
    assert all(client in text for client in CLIENTS)
    assert (reports / "index.html").is_file()


def test_tier_e_and_c_say_what_they_cannot(reports):
    tier_c = next((reports / "kleinod").glob("*/retrospective.html")).read_text(encoding="utf-8")
    tier_e = next((reports / "stadtwerke").glob("*/retrospective.html")).read_text(encoding="utf-8")
    assert "Datenstufe C" in tier_c
    assert "Aussagen zur Regelmäßigkeit sind nicht möglich" in tier_c
    assert "Datenstufe E" in tier_e


def test_the_first_retrospective_knew_logins_only(samples, tmp_path):
    from crmkit import batch

    (result,) = batch.render([samples / "musterbau"], output=tmp_path, as_of="2025-06-29")
    assert (result.status, result.message) == ("ok", "")
    text = (tmp_path / "musterbau" / "2025-06-29" / "retrospective.html").read_text(encoding="utf-8")
    assert "Datenstufe B" in text
    assert "Laut Anmeldungen" in text
    # what was agreed a year later does not stand in it
    assert "Lizenzumfang vor dem Kündigungstermin" not in text
