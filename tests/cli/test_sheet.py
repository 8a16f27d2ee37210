"""`crmkit sheet`: one page before any export is there, through the gate."""

import shutil
from pathlib import Path

import pytest

from crmkit.cli.new import make_client_folder
from crmkit.settings import read_settings

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


@pytest.fixture
def acme(tmp_path) -> Path:
    make_client_folder(tmp_path / "acme")
    return tmp_path / "acme"


def sheet_in(folder: Path, output: Path, language: str = "de") -> Path:
    day = read_settings(folder / "client.yml").as_of.isoformat()
    return output / folder.name / day / f"privacy_sheet_{language}.html"


def test_before_any_export_is_there(crmkit, acme, tmp_path):
    output = tmp_path / "reports"
    assert crmkit("sheet", acme, "--output", output) == (0, f"{sheet_in(acme, output)}\n", "")
    html = sheet_in(acme, output).read_text(encoding="utf-8")
    assert "Entwurf – noch offen: Rechtsgrundlage, Zweck, Vereinbarung, Löschdatum" in html
    assert not (acme / "prepared").exists()
    assert not (acme / "pseudonym.key").exists()
    assert not list((output / ".staging").iterdir())


def test_languages_stand_beside_each_other(crmkit, acme, tmp_path):
    output = tmp_path / "reports"
    for language in ("de", "en", "en"):
        assert crmkit("sheet", acme, "--output", output, "--language", language).code == 0
    assert sheet_in(acme, output, "de").is_file()
    assert '<html lang="en">' in sheet_in(acme, output, "en").read_text(encoding="utf-8")
    done = crmkit("sheet", acme, "--output", output, "--language", "fr")
    assert done == (1, "", 'error: language: "fr" is not known. Known: `de`, `en`.\n')


def test_a_name_in_it_blocks_and_the_last_good_one_stays(crmkit, tmp_path):
    output, folder = tmp_path / "reports", tmp_path / "kleinod"
    shutil.copytree(SAMPLE / "kleinod", folder, ignore=shutil.ignore_patterns("prepared", "pseudonym.key"))
    assert crmkit("sheet", folder, "--output", output).code == 0
    before = sheet_in(folder, output).read_bytes()
    text = (folder / "client.yml").read_text(encoding="utf-8")
    leak = text.replace("contact_role: Geschäftsleitung", "contact_role: eva.winter@kleinod.example")
    (folder / "client.yml").write_text(leak, encoding="utf-8")
    done = crmkit("sheet", folder, "--output", output)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("error: kleinod: the sheet is blocked by the gate: ")
    assert "eva.winter" not in done.err
    assert sheet_in(folder, output).read_bytes() == before
    assert (output / ".quarantine" / "kleinod" / "privacy_sheet_de.html").is_file()


def test_wrong_settings(crmkit, acme, tmp_path):
    (acme / "client.yml").write_text("name: x\n", encoding="utf-8")
    done = crmkit("sheet", acme, "--output", tmp_path / "reports")
    assert done.code == 1
    assert done.err.startswith(f"error: {acme / 'client.yml'}: the key `as_of` is missing.")
    assert not (tmp_path / "reports").exists()


def test_a_good_one_leaves_quarantine_and_what_else_lies_there_stays(crmkit, tmp_path):
    output, folder = tmp_path / "reports", tmp_path / "kleinod"
    shutil.copytree(SAMPLE / "kleinod", folder, ignore=shutil.ignore_patterns("prepared", "pseudonym.key"))
    text = (folder / "client.yml").read_text(encoding="utf-8")
    leak = text.replace("contact_role: Geschäftsleitung", "contact_role: eva.winter@kleinod.example")
    quarantine = output / ".quarantine" / "kleinod"
    for is_beside in (False, True):
        (folder / "client.yml").write_text(leak, encoding="utf-8")
        assert crmkit("sheet", folder, "--output", output).code == 1
        if is_beside:
            (quarantine / "retrospective.html").write_text("blocked")
        (folder / "client.yml").write_text(text, encoding="utf-8")
        assert crmkit("sheet", folder, "--output", output).code == 0
        left = [file.name for file in quarantine.iterdir()] if quarantine.exists() else []
        assert left == ["retrospective.html"] * is_beside


def test_another_client_in_it_blocks(crmkit, acme, tmp_path):
    output, other = tmp_path / "reports", tmp_path / "other"
    shutil.copytree(SAMPLE / "kleinod", other, ignore=shutil.ignore_patterns("prepared", "pseudonym.key"))
    assert crmkit("render", other, "--output", output, "--jobs", "1").code == 0
    text = (acme / "client.yml").read_text(encoding="utf-8")
    name = read_settings(other / "client.yml").name
    text = text.replace('purpose: ""', f'purpose: "Ein Vergleich mit {name}"')
    (acme / "client.yml").write_text(text, encoding="utf-8")
    done = crmkit("sheet", acme, "--output", output)
    assert (done.code, "the name of another client" in done.err) == (1, True)
    assert name not in done.err
