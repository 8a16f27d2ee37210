"""Rendered reports in a real browser, and what must never stand in them."""

import base64
import csv
import gzip
import json
import re
import zipfile
from html import unescape
from io import BytesIO, StringIO
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from crmkit.privacy import gate

CLIENTS = ["musterbau", "harbourfinch", "kleinod", "stadtwerke"]


@pytest.fixture(params=CLIENTS)
def folder(request, reports) -> Path:
    return next((reports / request.param).iterdir())


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


#: Columns of any export that name a person or an account, in the words of the samples.
IDENTITY = re.compile(
    r"^(id|user_?id|username|user|e-?mail|name|full name|login name|benutzerkennung|benutzername|benutzer"
    r"|changed by|employeenumber|user_id_derived|source ?ip|quell-ip(-adresse)?|client_ip)$",
    re.IGNORECASE,
)


def rows_of(file: Path) -> list[dict[str, str]]:
    """Return the rows of an export, read without the kit."""
    if file.suffix == ".xlsx":
        header, *cells = load_workbook(file).active.iter_rows(values_only=True)
        return [dict(zip(map(str, header), map(str, row), strict=True)) for row in cells]
    raw = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    encoding = "utf-8-sig" if b"\xff" not in raw[:2] and _is_utf8(raw) else "cp1252"
    text = raw.decode(encoding)
    first = text.splitlines()[0] if text else ""
    return list(csv.DictReader(StringIO(text), delimiter=max(",;\t", key=first.count)))


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def identities(client: str, samples: Path) -> set[str]:
    """Return every full name, address, login, id and IP address that the raw exports of a client know."""
    files = [file for file in (samples / client / "exports").rglob("*") if file.is_file()]
    rows = [row for file in files for row in rows_of(file)]
    named = {value for row in rows for header, value in row.items() if value and IDENTITY.match(str(header).strip())}
    pairs = (("Vorname", "Nachname"), ("FirstName", "LastName"))
    named |= {f"{row[a]} {row[b]}" for row in rows for a, b in pairs if row.get(a) and row.get(b)}
    turned = {" ".join(reversed(name.split())) for name in named if " " in name}
    # one of the logs was joined together from several and repeats its header
    return {name for name in named | turned if len(name) > 5 and not IDENTITY.match(name)}


def everything_in(file: Path) -> str:
    """Return all that a file says: as it is, unpacked, with its entities and embedded pictures decoded."""
    raw = file.read_bytes()
    if file.suffix == ".xlsx":
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        raw = b"\n".join([*map(str.encode, parts), *parts.values()])
    text = raw.decode("utf-8", "replace")
    embedded = (found[1] for found in re.finditer(r"base64,([A-Za-z0-9+/=]{8,})", text))
    decoded = [base64.b64decode(body + "==").decode("latin-1") for body in embedded]
    pictures = re.findall(r'"image/png":\s*"([A-Za-z0-9+/=\\n]{8,})"', text)
    decoded += [base64.b64decode(body.replace("\\n", "")).decode("latin-1") for body in pictures]
    plain = json.dumps(json.loads(text), ensure_ascii=False) if file.suffix in (".ipynb", ".json") else ""
    spaced = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text))
    return "\n".join([text, unescape(text), plain, spaced, *decoded])


def tokens(text: str) -> list[str]:
    """Return the words of a text: what stands between spaces and marks, case folded."""
    return [word for raw in re.findall(r"[\w.@'-]+", text.casefold()) if (word := raw.strip(".'-"))]


def test_nobody_is_named(reports, samples):
    """No name, address, id or pseudonym of any client stands in any file below the folder of reports."""
    known = {identity for client in CLIENTS for identity in identities(client, samples)}
    assert len(known) > 1000
    named = {" ".join(tokens(identity)) for identity in known}
    files = [file for file in reports.rglob("*") if file.is_file()]
    assert len(files) >= 3 * len(CLIENTS) + 2
    for file in files:
        text = everything_in(file)
        words = tokens(text)
        runs = {" ".join(words[at : at + n]) for n in range(1, 6) for at in range(len(words))}
        assert runs & named == set(), file.name
        assert not re.search(r"[\w.+-]+@[\w-]+\.\w+", text), file.name
        assert not re.search(r"\b[up]_[0-9a-f]{20}\b|\b005[0-9A-Za-z]{12,15}\b", text), file.name


def test_no_pseudonym_of_the_prepared_tables_is_told(reports, samples):
    """Not even without the letter before it."""
    tables = [file for client in CLIENTS for file in (samples / client / "prepared").glob("*.parquet")]
    frames = [pd.read_parquet(file) for file in tables]
    ids = {str(value) for rows in frames for column in ("user_id", "person_id", "digest", "respondent")
           if column in rows for value in rows[column].unique()}  # fmt: skip
    digits = {value.split("_")[-1] for value in ids if re.fullmatch(r"(\w_)?[0-9a-f]{16,32}", value)}
    assert len(digits) > 1000
    for file in [file for file in reports.rglob("*") if file.is_file()]:
        found = set(re.findall(r"[0-9a-f]{16,32}", everything_in(file)))
        assert found & digits == set(), file.name


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
    assert "Draft – still open: Legal basis, Agreement, Deletion date" in english
    assert "Entwurf –" not in german


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
