"""`crmkit portfolio`: one page for all clients; who cannot be opened is named."""

import shutil
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


@pytest.fixture
def clients(tmp_path, crmkit) -> Path:
    place = tmp_path / "clients"
    shutil.copytree(SAMPLE / "stadtwerke", place / "a", ignore=shutil.ignore_patterns("prepared", "pseudonym.key"))
    assert crmkit("prepare", place / "a").code == 0
    return place


def test_page(crmkit, clients, tmp_path):
    page = tmp_path / "reports" / "portfolio.html"
    done = crmkit("portfolio", clients, "--output", tmp_path / "reports", "--language", "en")
    assert done == (0, f"{page}\n", "")
    assert '<html lang="en">' in page.read_text(encoding="utf-8")
    assert [file.name for file in (tmp_path / "reports").iterdir() if not file.name.startswith(".")] == [
        "portfolio.html"
    ]
    assert crmkit("verify", page).code == 0


def test_a_client_that_was_never_prepared(crmkit, clients, tmp_path):
    (clients / "b").mkdir()
    shutil.copy(clients / "a" / "client.yml", clients / "b")
    done = crmkit("portfolio", clients, "--output", tmp_path / "reports")
    assert done.code == 1
    assert done.err == "error: b: not prepared yet, run `crmkit prepare b`.\n"
    page = (tmp_path / "reports" / "portfolio.html").read_text(encoding="utf-8")
    assert "not prepared yet, run `crmkit prepare b`." in page
    assert "Stadtwerke Beispielstadt" in page


def test_wrong_calls(crmkit, tmp_path, clients):
    (tmp_path / "empty").mkdir()
    done = crmkit("portfolio", tmp_path / "empty", "--output", tmp_path / "reports")
    why = f"error: {tmp_path / 'empty'}: no `client.yml` in it or in the folders below. `crmkit new DIR` makes a client folder.\n"  # noqa: E501
    assert (done.code, done.err) == (2, why)
    done = crmkit("portfolio", clients, "--output", tmp_path / "reports", "--language", "fr")
    assert (done.code, done.err) == (1, 'error: language: "fr" is not known. Known: `de`, `en`.\n')
    assert not (tmp_path / "reports").exists()
