"""The first page fits one sheet of A4, whatever a client may have to say, in both languages."""

import re
from pathlib import Path

import pytest

#: Goals of about 140 letters, decisions of about 160, a long name: the most that a page has to bear.
GOALS = {
    "de": "Wir wollen die Nutzungsquote im Vertrieb und im Innendienst der Niederlassungen bis zum 31.12.2026 auf "
    "{n} % steigern und dauerhaft dort halten.",
    "en": "We want to increase the usage rate in sales and in the inside service of all branch offices to {n} % by the "
    "end of the year and keep it there.",
}
DECISIONS = {
    "de": "Soll der Lizenzumfang vor dem Kündigungstermin um die derzeit ohne erkennbare Nutzung vergebenen Lizenzen "
    "angepasst oder sollen sie neu vergeben werden ({n})?",
    "en": "Should the number of licences be adjusted before the notice date by those that are without recognisable "
    "use, or should they be assigned to other teams ({n})?",
}
NAME = "Süddeutsche Maschinen- und Anlagenbau Beteiligungs- und Verwaltungsgesellschaft mbH & Co. KG"


def sheets_of(pdf: bytes) -> int:
    """Return how many sheets a printed page has."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.fixture(scope="module", params=["de", "en"])
def page(request, tmp_path_factory) -> Path:
    """Return a report whose first page says as much as it ever does, wrapped as any report."""
    import nbformat

    from crmkit import open_client
    from crmkit.batch.html import to_html
    from crmkit.privacy import protect
    from crmkit.report import text
    from crmkit.report.chart import METADATA_KEY
    from crmkit.report.page import variables
    from crmkit.report.sections import present
    from tests.report import conftest as made

    code, folder = request.param, tmp_path_factory.mktemp("sheet")
    client = client_in(folder, code)
    goals = [
        made.RATE | {"goal_id": str(n), "wording": GOALS[code].format(n=70 + n)} | {"status": status}
        for n, status in enumerate(("off_track", "at_risk", "missed", "on_track", "too_early", "reached"))
    ]
    tables = [
        made.standing_of(58, 61, 71, 10),
        made.series_of(),
        made.changes_of(),
        made.licence_use_of(),
        made.goals_of(goals),
    ]
    block = text.at_a_glance(client, {table.name: protect(table) for table in tables}, language=code)
    data, meta = block._repr_mimebundle_()
    cells = [
        nbformat.v4.new_markdown_cell("## A", metadata={"tags": ["section:glance"]}),
        nbformat.v4.new_code_cell("x", outputs=[nbformat.v4.new_output("display_data", data, metadata=meta)]),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={METADATA_KEY: variables(client, language=code)})
    file = folder / "report.html"
    file.write_text(to_html(present(notebook)), encoding="utf-8")
    assert open_client(folder).settings.name == NAME
    return file


def client_in(folder: Path, code: str):
    from crmkit import open_client, schema

    decisions = "".join(f"  - {DECISIONS[code].format(n=n)!r}\n" for n in (1, 2, 3))
    settings = (
        f"name: {NAME}\nas_of: 2026-06-28\nlanguage: {code}\nretrospective: 2\nnext_date: 2026-12-10\n"
        "exports: [{file: exports/users.csv, reader: generic.users}]\n"
        f"goals: [Wir wollen die Nutzungsquote bis 31.12.2026 auf 75 % steigern.]\ndecisions:\n{decisions}"
    )
    (folder / "client.yml").write_text(settings, encoding="utf-8")
    (folder / "prepared").mkdir()
    schema.empty("users").to_parquet(folder / "prepared" / "users.parquet")
    return open_client(folder)


@pytest.mark.browser
def test_the_longest_first_page_is_one_sheet(page, chromium):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        shown = browser.new_context(offline=True).new_page()
        shown.goto(page.as_uri())
        n = sheets_of(shown.pdf(prefer_css_page_size=True))
        browser.close()
    assert n == 1


@pytest.mark.browser
def test_a_second_sheet_would_be_counted(tmp_path, chromium):
    from playwright.sync_api import sync_playwright

    file = tmp_path / "two.html"
    file.write_text("<p style='break-after: page'>1</p><p>2</p>", encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        shown = browser.new_context(offline=True).new_page()
        shown.goto(file.as_uri())
        n = sheets_of(shown.pdf())
        browser.close()
    assert n == 2
