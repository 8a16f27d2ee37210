"""The sheet in a real browser: no request, no overflow, and one page of A4 whatever stands in client.yml."""

from pathlib import Path

import pytest

from crmkit.report.privacy_sheet import privacy_sheet
from crmkit.settings import Settings, read_settings

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
LONG = dict.fromkeys(("legal_basis", "purpose", "agreement"), "Verhältnismäßigkeitsprüfung der Auswertung " * 200)
MANY = [
    {"file": f"{n}.csv", "reader": "generic.users", "covers": {"from": "2026-01-01", "to": "2026-06-28"},
     "columns": {"user_id": f"Überschrift der Spalte {n}", "name": "W" * 900}}
    for n in range(12)
]  # fmt: skip
WORST = {
    "name": "W" * 10_000, "as_of": "2026-06-28", "exports": MANY, "crm": "M" * 500, "brand": {"consultant": "W" * 500},
    "privacy": {**LONG, "contact_role": "W" * 5000, "totals_only": True, "delete_prepared_by": "2028-12-31"},
}  # fmt: skip
SETTINGS = {name: read_settings(SAMPLE / name / "client.yml") for name in ("musterbau", "harbourfinch", "kleinod")}
SETTINGS["worst"] = Settings.model_validate(WORST)


@pytest.mark.browser
@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("client", SETTINGS)
def test_one_page_that_fits(client, language, chromium, tmp_path):
    from playwright.sync_api import sync_playwright

    file, faults = tmp_path / "sheet.html", []
    file.write_text(privacy_sheet(SETTINGS[client], language=language), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(offline=True, viewport={"width": 1280, "height": 900}).new_page()
        page.on("request", lambda request: None if request.url.startswith("file:") else faults.append(request.url))
        page.on("console", lambda message: faults.append(message.text))
        page.goto(file.as_uri())
        beyond = []
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 844})
            beyond.append(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
        pdf = page.pdf(prefer_css_page_size=True, print_background=True)
        browser.close()
    assert faults == []
    assert beyond == [0, 0]
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page\r") == 1
