"""The key of the pseudonyms: made once, for its owner only, and never swapped unnoticed."""

import os
import stat
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

import crmkit
from crmkit.errors import SettingsError
from crmkit.ingest.discretion.keys import existing_key, key_file, read_key

LIST = "{file: exports/users.csv, reader: generic.users, exported: 2026-06-28}"
USERS = {"exports/users.csv": "Kennung;Abteilung\nu1;Nord\nu2;Nord\n"}
OTHER = "0123456789abcdef" * 4
posix = pytest.mark.skipif(sys.platform == "win32", reason="file modes of Windows differ")


@pytest.fixture
def folder(folder_of):
    return folder_of([LIST], USERS)


def put(file, text, mode=0o600):
    file.write_text(text)
    file.chmod(mode)
    return file


@posix
def test_made_once_for_its_owner(folder):
    with ThreadPoolExecutor(8) as runs:
        keys = set(runs.map(lambda _: read_key(folder), range(32)))
    assert len(keys) == 1
    assert stat.S_IMODE((folder / "pseudonym.key").stat().st_mode) == 0o600
    assert sorted(file.name for file in folder.iterdir()) == ["client.yml", "exports", "pseudonym.key"]


@posix
def test_others_may_not_read_it(folder, refused):
    file = put(folder / "pseudonym.key", OTHER, 0o640)
    message = f"{file}: others than its owner may read the key (mode 0640). Run `chmod 600 {file}`."
    with refused(SettingsError, message):
        crmkit.ingest.prepare(folder)


@pytest.mark.parametrize("content", ["", "abc", "0" * 64, "ab" * 33, "\x00\xff", "g" * 64, "7" * 10_000_000])
def test_what_is_no_key(folder, content, refused):
    file = put(folder / "pseudonym.key", content)
    with refused(
        SettingsError,
        f"{file}: holds no key (64 random hexadecimal digits). "
        "Restore it, or delete it and `prepared/` and prepare all exports again.",
    ):
        read_key(folder)


@posix
def test_a_pipe_is_no_key(folder):
    os.mkfifo(folder / "pseudonym.key")
    with pytest.raises(SettingsError, match="holds no key"):
        read_key(folder)


def test_it_may_lie_elsewhere(folder, tmp_path_factory, monkeypatch):
    elsewhere = tmp_path_factory.mktemp("officer")
    made = crmkit.ingest.prepare(folder, key_file=elsewhere / "a.key")
    assert not (folder / "pseudonym.key").exists()
    assert crmkit.ingest.is_current(folder)
    monkeypatch.setenv("CRMKIT_KEY_FILE", str(elsewhere / "a.key"))
    assert existing_key(folder) == read_key(folder)
    assert crmkit.ingest.prepare(folder).users["user_id"].tolist() == made.users["user_id"].tolist()
    monkeypatch.setenv("CRMKIT_KEY_FILE", str(elsewhere))
    assert key_file(folder) == elsewhere / f"{folder.name}.key"


def test_another_key_is_refused(folder, tmp_path_factory, refused):
    crmkit.ingest.prepare(folder)
    before = {file.name: file.read_bytes() for file in (folder / "prepared").iterdir()}
    other = put(tmp_path_factory.mktemp("officer") / "b.key", OTHER)
    message = (
        f"{other}: is not the key that `prepared/` was made with. Use that key (`crmkit prepare --key FILE`, or "
        "CRMKIT_KEY_FILE in the environment), or delete `prepared/` to start afresh."
    )
    with refused(SettingsError, message):
        crmkit.ingest.prepare(folder, key_file=other)
    with refused(SettingsError, message):
        existing_key(folder, other)
    assert {file.name: file.read_bytes() for file in (folder / "prepared").iterdir()} == before


def test_a_lost_key_is_not_made_anew(folder, refused):
    crmkit.ingest.prepare(folder)
    (folder / "pseudonym.key").unlink()
    assert crmkit.ingest.is_current(folder)
    message = (
        f"{folder / 'pseudonym.key'}: no such file, but `prepared/` was made with a key. Name it (`crmkit prepare "
        "--key FILE`, or CRMKIT_KEY_FILE in the environment), or delete `prepared/` to start afresh."
    )
    with refused(SettingsError, message):
        crmkit.ingest.prepare(folder)
    assert not (folder / "pseudonym.key").exists()


def test_not_where_it_would_be_handed_on(folder, refused):
    file = folder / "prepared" / "x.key"
    with refused(SettingsError, f"{file}: no place for the key: `prepared/` is handed on without it."):
        crmkit.ingest.prepare(folder, key_file=file)
    nowhere = folder / "nowhere" / "x.key"
    with refused(SettingsError, f"{nowhere}: no place for the key: no such file or directory."):
        crmkit.ingest.prepare(folder, key_file=nowhere)


def test_on_the_command_line(folder, tmp_path_factory, capsys):
    from crmkit.cli import main

    file = tmp_path_factory.mktemp("officer") / "a.key"
    assert run(main, "prepare", folder, "--key", file) == 0
    assert (file.exists(), (folder / "pseudonym.key").exists()) == (True, False)
    put(file, OTHER)
    assert run(main, "prepare", folder, "--key", file) == 1
    assert capsys.readouterr().err.startswith(f"error: {file}: is not the key that `prepared/` was made with.")
    assert run(main, "prepare", folder, folder_beside(folder), "--key", file) == 2
    message = "error: --key: one key for several clients would make them comparable. Name a folder of keys.\n"
    assert capsys.readouterr().err == message


def folder_beside(folder):
    other = folder.with_name("other")
    (other / "exports").mkdir(parents=True)
    return other


def run(main, *arguments) -> int:
    with pytest.raises(SystemExit) as left:
        main([str(argument) for argument in arguments])
    return int(left.value.code or 0)
