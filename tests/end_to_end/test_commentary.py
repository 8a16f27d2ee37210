"""The consultant's words in a rendered report: seen where they belong, held back where they name somebody."""

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from crmkit import batch


@pytest.fixture
def kleinod(samples, tmp_path) -> Path:
    folder = tmp_path / "kleinod"
    shutil.copytree(samples / "kleinod", folder, ignore=shutil.ignore_patterns("prepared", "pseudonym.key"))
    return folder


def name_of_a_user(folder: Path) -> str:
    header, first, *_ = load_workbook(folder / "exports" / "Benutzerliste.xlsx").active.iter_rows(values_only=True)
    row = dict(zip(header, first, strict=True))
    return f"{row['Vorname']} {row['Nachname']}" if "Vorname" in row else str(row["Name"])


def test_words_that_name_a_user_are_held_back(kleinod, tmp_path):
    words = f"Besonders gut arbeitet {name_of_a_user(kleinod)} mit dem CRM.\n"
    (kleinod / "commentary" / "data_quality.md").write_text(words, encoding="utf-8")
    (result,) = batch.render([kleinod], output=tmp_path / "reports")
    assert result.status == "blocked"
    assert not list((tmp_path / "reports" / "kleinod").glob("*"))


def test_words_stand_under_their_section_and_links_are_words(kleinod, tmp_path):
    words = "Die Liste ist vollständig. [Mehr](https://x.example/a)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    (kleinod / "commentary" / "data_quality.md").write_text(words, encoding="utf-8")
    (result,) = batch.render([kleinod], output=tmp_path / "reports")
    assert (result.status, result.message) == ("ok", "")
    page = next(file for file in result.files if file.suffix == ".html").read_text(encoding="utf-8")
    section = page[page.index('<section id="data_quality">') : page.index('<section id="appendix">')]
    assert "Die Liste ist vollständig. Mehr (https://x.example/a)" in section
    assert "<td>1</td>" in section


def test_a_report_of_another_day_is_without_them(kleinod, tmp_path):
    (kleinod / "commentary" / "glance.md").write_text("Nur für heute geschrieben.\n", encoding="utf-8")
    today, earlier = (
        batch.render([kleinod], output=tmp_path / "reports", as_of=day)[0] for day in (None, "2026-04-19")
    )
    pages = [next(file for file in result.files if file.suffix == ".html") for result in (today, earlier)]
    assert ["Nur für heute" in page.read_text(encoding="utf-8") for page in pages] == [True, False]
