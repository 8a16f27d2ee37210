"""Which files of a client folder are read: ordinary ones below it."""

import os
import sys

import pytest

import crmkit
from crmkit.errors import SettingsError
from crmkit.ingest.client_files import below, beside

LIST = "{file: exports/users.csv, reader: generic.users, exported: 2026-06-28}"
USERS = "Kennung;Abteilung\nu1;Nord\nu2;Nord\n"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")


@pytest.fixture
def elsewhere(tmp_path_factory):
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "users.csv").write_text(USERS)
    return folder


def test_a_link_does_not_lead_out(folder_of, elsewhere, refused):
    folder = folder_of([LIST], {})
    (folder / "exports" / "users.csv").symlink_to(elsewhere / "users.csv")
    message = f"{folder}/exports/users.csv: leads out of the client folder (a link). Put the file itself there."
    with refused(SettingsError, message):
        crmkit.ingest.prepare(folder)


def test_neither_does_a_linked_folder_or_pattern(folder_of, elsewhere):
    folder = folder_of([LIST], {})
    (folder / "linked").symlink_to(elsewhere)
    for name in ("linked/users.csv", "linked/*.csv", "l*/u*.csv"):
        with pytest.raises(SettingsError, match="leads out of the client folder"):
            below(folder, name)


def test_links_inside_are_fine(folder_of):
    folder = folder_of([LIST], {"exports/list.csv": USERS})
    (folder / "exports" / "users.csv").symlink_to(folder / "exports" / "list.csv")
    assert len(crmkit.ingest.prepare(folder).users) == 2


def test_tables_beside_client_yml_too(folder_of, elsewhere, refused):
    folder = folder_of([LIST], {"exports/users.csv": USERS})
    (folder / "people.csv").symlink_to(elsewhere / "users.csv")
    message = f"{folder}/people.csv: leads out of the client folder (a link). Put the file itself there."
    with refused(SettingsError, message):
        crmkit.ingest.prepare(folder)


@pytest.mark.parametrize("make", ["mkfifo", "mkdir"])
def test_no_ordinary_file(folder_of, make, refused):
    folder = folder_of([LIST], {})
    for name in ("exports/users.csv", "survey.csv"):
        getattr(os, make)(folder / name)
    hint = "is no ordinary file. Name a file, or a pattern such as `exports/*.csv`."
    with refused(SettingsError, f"{folder}/exports/users.csv: {hint}"):
        crmkit.ingest.prepare(folder)
    with refused(SettingsError, f"{folder}/survey.csv: {hint}"):
        beside(folder, "survey.csv")


def test_a_device(folder_of):
    folder = folder_of([LIST], {})
    (folder / "exports" / "users.csv").symlink_to("/dev/zero")
    with pytest.raises(SettingsError, match="is no ordinary file"):
        crmkit.ingest.prepare(folder)


def test_a_folder_with_a_name_like_a_pattern(tmp_path):
    folder = tmp_path / "[acme] *"
    (folder / "exports").mkdir(parents=True)
    (folder / "exports" / "b.csv").touch()
    (folder / "exports" / "a.csv").touch()
    assert [file.name for file in below(folder, "exports/*.csv")] == ["a.csv", "b.csv"]


def test_commentary_is_the_consultants_own(folder_of, elsewhere, refused):
    from crmkit.report.text import commentary

    folder = folder_of([LIST], {"exports/users.csv": USERS})
    crmkit.ingest.prepare(folder)
    (folder / "commentary").mkdir()
    (folder / "commentary" / "glance.md").symlink_to(elsewhere / "users.csv")
    message = "commentary/glance.md: leads out of the client folder (a link). Put the file itself there."
    with refused(SettingsError, message):
        commentary(crmkit.open_client(folder), "glance")
    with refused(SettingsError, message):
        _ = crmkit.open_client(folder).commentary
