"""`prepared/` handed over alone, without exports and key: everything after works as before."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

import crmkit
from crmkit.batch.preparing import prepare_if_needed
from crmkit.cli.checking import report_on
from crmkit.errors import InputError, SettingsError

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
LIST = "{file: exports/users.csv, reader: generic.users, exported: 2026-06-28}"
USERS = "Kennung;Vorname;Nachname;Abteilung\nu1;Eva;Winter;Nord\nu2;Ann;Bee;Nord\n"
CHANGES = "date;kind;title\n2026-05-04;technical;Neue Maske\n"


@pytest.fixture
def handed_over(folder_of):
    folder = folder_of([LIST], {"exports/users.csv": USERS, "changes.csv": CHANGES})
    crmkit.ingest.prepare(folder)
    shutil.rmtree(folder / "exports")
    (folder / "pseudonym.key").unlink()
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def test_a_sample_renders_to_the_same_bytes(tmp_path):
    whole, handed = tmp_path / "whole" / "kleinod", tmp_path / "handed" / "kleinod"
    shutil.copytree(SAMPLE / "kleinod", whole, ignore=shutil.ignore_patterns("prepared", "pseudonym.key"))
    crmkit.ingest.prepare(whole)
    shutil.copytree(whole, handed, ignore=shutil.ignore_patterns("exports", "pseudonym.key"))
    before = contents(handed)
    results = [crmkit.batch.render(folder, output=tmp_path / f"of_{folder.parent.name}") for folder in (whole, handed)]
    assert [(result.status, result.message) for (result,) in results] == [("ok", "")] * 2
    one, other = (contents(tmp_path / f"of_{name}" / "kleinod" / "2026-04-26") for name in ("whole", "handed"))
    assert one == other
    assert sorted(one) == ["retrospective.html", "retrospective.ipynb", "tables.xlsx"]
    assert contents(handed) == before
    # The gate says that it could not look for names.
    assert {finding.rule for finding in results[1][0].findings} == {"identities_unchecked"}


def test_check_reads_what_was_prepared(handed_over):
    said = list(report_on(handed_over))
    assert said[3] == "  the exports are not here: said from what was prepared elsewhere"
    assert "    2 accounts of 2 holders: 2 person" in said


def test_prepare_says_what_is_missing(handed_over, refused):
    before = contents(handed_over)
    message = (
        f"{handed_over}: the exports are not here, so there is nothing to prepare; `prepared/` stays as it is. "
        "`crmkit render` works with it."
    )
    with refused(SettingsError, message):
        crmkit.ingest.prepare(handed_over)
    prepare_if_needed(handed_over)
    assert contents(handed_over) == before


def test_the_consultants_tables_are_read_anew(handed_over):
    (handed_over / "changes.csv").write_text(CHANGES + "2026-05-11;cultural;Sprechstunde\n")
    (handed_over / "voices.csv").write_text("theme;paraphrase;released\nZeit;Zu wenig Zeit;ja\n")
    prepare_if_needed(handed_over)
    client = crmkit.open_client(handed_over)
    assert client.changes["title"].tolist() == ["Neue Maske", "Sprechstunde"]
    assert (len(client.voices), len(client.users)) == (1, 2)
    assert client.ledger.set_index("source")["n_rows"].to_dict() == {"generic.users": 2, "changes": 2, "voices": 1}
    before = contents(handed_over)
    prepare_if_needed(handed_over)
    assert contents(handed_over) == before


def test_tables_that_were_left_behind_are_kept(handed_over):
    (handed_over / "changes.csv").unlink()
    prepare_if_needed(handed_over)
    assert crmkit.open_client(handed_over).changes["title"].tolist() == ["Neue Maske"]


def test_lists_of_people_need_the_exports(handed_over, refused):
    (handed_over / "people.csv").write_text("user_id;fte\nu1;50 %\n")
    message = (
        "people.csv: names people as the exports do, and these are not here. "
        "Prepare again where the exports are, or take the file away."
    )
    with refused(InputError, message):
        prepare_if_needed(handed_over)


def test_settings_that_cannot_be_followed(handed_over, refused):
    file = handed_over / "client.yml"
    file.write_text(file.read_text() + "decisions: [Weiter so]\nnext_date: 2026-12-01\n")
    prepare_if_needed(handed_over)
    file.write_text(file.read_text() + "timezone: Europe/Vienna\n")
    message = (
        f"{file}: `exports`, `timezone`, `areas` or `privacy.pseudonyms` have changed since `prepared/` was made, "
        "and the exports are not here. Undo the change, or prepare again where the exports are."
    )
    with refused(SettingsError, message):
        prepare_if_needed(handed_over)


def test_words_of_the_report_need_no_new_tables(folder_of):
    folder = folder_of([LIST], {"exports/users.csv": USERS})
    crmkit.ingest.prepare(folder)
    file = folder / "client.yml"
    file.write_text(file.read_text() + "decisions: [Weiter so]\n")
    assert crmkit.ingest.is_current(folder)
    file.write_text(file.read_text().replace("as_of: 2026-06-28", "as_of: 2026-06-29"))
    assert not crmkit.ingest.is_current(folder)


def test_one_export_of_two_is_an_error(folder_of):
    folder = folder_of(
        [LIST, LIST.replace("users.csv", "more.csv")], {"exports/users.csv": USERS, "exports/more.csv": USERS}
    )
    crmkit.ingest.prepare(folder)
    (folder / "exports" / "more.csv").unlink()
    with pytest.raises(SettingsError, match=r"more\.csv: no such file"):
        prepare_if_needed(folder)


def test_nothing_in_the_stamp_names_a_file(folder_of):
    export = LIST.replace("users.csv", "Export_Eva_Winter.csv")
    folder = folder_of([export], {"exports/Export_Eva_Winter.csv": USERS})
    crmkit.ingest.prepare(folder)
    assert "Winter" not in (folder / "prepared" / "prepared.json").read_text()
    assert len(pd.read_parquet(folder / "prepared" / "identities.parquet")) > 2
