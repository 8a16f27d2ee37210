"""`crmkit check --page`: beside what the command says, a page, and nothing in the client folder."""

import shutil
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


@pytest.fixture
def kleinod(tmp_path) -> Path:
    folder = tmp_path / "kleinod"
    shutil.copytree(SAMPLE / "kleinod", folder, ignore=shutil.ignore_patterns("prepared", "pseudonym.key"))
    return folder


def test_page(crmkit, kleinod, tmp_path):
    output = tmp_path / "reports"
    plain = crmkit("check", kleinod)
    done = crmkit("check", kleinod, "--page", "--language", "en", "--output", output)
    page = output / "kleinod" / "2026-04-26" / "data_check.html"
    assert done == (0, f"{plain.out}  page, internal: {page}\n", "")
    assert '<html lang="en">' in page.read_text(encoding="utf-8")
    assert not (kleinod / "prepared").exists()
    assert not (output / "manifest.json").exists()
    assert not (output / "index.html").exists()


def test_without_the_option_nothing_is_written(crmkit, kleinod, tmp_path):
    assert crmkit("check", kleinod, "--output", tmp_path / "reports").code == 0
    assert not (tmp_path / "reports").exists()


def test_unknown_language(crmkit, kleinod, tmp_path):
    done = crmkit("check", kleinod, "--page", "--language", "fr", "--output", tmp_path / "reports")
    assert (done.code, done.err) == (1, 'error: language: "fr" is not known. Known: `de`, `en`.\n')
    assert not (tmp_path / "reports").exists()
