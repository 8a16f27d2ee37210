"""Musterbau from its first retrospective to its second, by the commands that a consultant gives."""

import json
import re
import shutil
import sys

import pytest
import yaml

from crmkit.cli.commands import app

from .conftest import ROOT, SAMPLE

sys.path.insert(0, str(ROOT / "data"))
#: What is not the consultant's to prepare for the second retrospective.
OWN = shutil.ignore_patterns("history", "prepared", "pseudonym.key", "exports")


def run(*arguments) -> str:
    from typer.testing import CliRunner

    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert done.exit_code == 0, done.output
    return done.output


def page_of(output, day: str) -> str:
    html = (output / "musterbau" / day / "retrospective.html").read_text(encoding="utf-8")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html).replace("&nbsp;", " ").replace("\u00a0", " "))


@pytest.fixture(scope="module")
def second(tmp_path_factory):
    """Render R1, close it, set up R2, render it; return client folder and output folder."""
    from generator import closing

    place = tmp_path_factory.mktemp("two")
    folder, output = place / "musterbau", place / "reports"
    sample = SAMPLE / "musterbau"
    closing.as_it_was("musterbau", sample, folder)
    run("render", folder, "--output", output)
    assert "Ausgangsmessung" in page_of(output, "2025-06-29")
    run("close", folder)
    shutil.copyfile(closing.FIRST / "musterbau" / "became.yml", folder / "history/R1/became.yml")
    shutil.copytree(sample, folder, ignore=OWN, dirs_exist_ok=True)
    run("render", folder, "--output", output)
    return folder, output


def test_decisions_of_the_first_and_what_has_become_of_them(second):
    page = page_of(second[1], "2026-06-28")
    assert "3 Beschlüsse: 2 erledigt und 1 offen." in page
    assert "Trainingsreihe mit echten Vorgängen der Teams beginnen" in page
    assert "Als nächster Termin war der 25. Juni 2026 vereinbart." in page


def test_use_then_and_today_under_one_definition(second):
    page = page_of(second[1], "2026-06-28")
    said = "Laut Anmeldungen: Nutzungsquote am 29.06.2025 106 von 190 (56 %), am 28.06.2026 113 von 190 (59 %)"
    # on the first page, and above the figure
    assert page.count(said) == 2


def test_flows_and_licences(second):
    page = page_of(second[1], "2026-06-28")
    assert "Zwischen 29.06.2025 und 28.06.2026 wechselten" in page
    assert "Gekauft waren damals 215 Lizenzen, heute 220; Vertragssumme im Jahr 366.960 €, heute 353.520 €." in page


def test_what_is_committed_is_what_the_command_keeps(second):
    """The sample's first retrospective was closed by the kit; only the day of closing differs."""
    kept, committed = (folder / "history/R1" for folder in (second[0], SAMPLE / "musterbau"))
    one, other = (yaml.safe_load((place / "retrospective.yml").read_text("utf-8")) for place in (kept, committed))
    beside = {"closed_on", "files", "sha256"}
    assert {key: value for key, value in one.items() if key not in beside} == {
        key: value for key, value in other.items() if key not in beside
    }
    tables = [json.loads((place / "tables.json").read_text("utf-8")) for place in (kept, committed)]
    assert [table["standing"] for table in tables[:1]] == [table["standing"] for table in tables[1:]]
    assert tables[0]["by_unit"] == tables[1]["by_unit"]


def test_another_definition_without_the_log_of_then_is_refused(second, tmp_path):
    """The logins of 2025 are gone: what was counted by logins cannot be laid beside what is counted by views."""
    folder = tmp_path / "musterbau"
    shutil.copytree(second[0], folder, ignore=shutil.ignore_patterns("prepared"))
    (folder / "exports/LoginHistory_2025H1.csv").unlink()
    text = (folder / "client.yml").read_text(encoding="utf-8")
    lines = re.sub(r"  - file: exports/LoginHistory_2025H1.csv\n.*\n.*\n", "", text)
    (folder / "client.yml").write_text(lines, encoding="utf-8")
    run("render", folder, "--output", tmp_path / "reports")
    page = page_of(tmp_path / "reports", "2026-06-28")
    assert "nach einer anderen Definition ausgewertet und lässt sich mit den heutigen Daten nicht neu berechnen" in page
    assert "am 29.06.2025 106 von 190" not in page
    assert "3 Beschlüsse: 2 erledigt und 1 offen." in page


def test_nobody_stands_in_the_history(second):
    kept = "\n".join(file.read_text("utf-8") for file in (second[0] / "history/R1").iterdir())
    assert not re.search(r"\bu_[0-9a-z]{6,}", kept)
