"""Deletion: what is meant, what stays, and a record that tells no names and cannot be changed unnoticed."""

import datetime as dt
import hashlib
import os
import shutil
import sys

import pytest
import yaml

from crmkit import chain, deletion
from crmkit.errors import DeletionError
from crmkit.settings import read_settings

TODAY = dt.date(2026, 7, 1)
SETTINGS = """
name: Acme GmbH
as_of: 2026-06-28
exports:
  - {file: exports/users.csv, reader: generic.users}
  - {file: "log/*.csv", reader: generic.logins}
privacy: {delete_by: 2026-06-30, delete_prepared_by: 2026-12-31}
"""
FILES = {
    "exports/users.csv": "user_id\na\n", "exports/deep/Max Muster.txt": "x", "log/a.csv": "a", "log/b.csv": "b",
    "people.csv": "user_id\na\n", "availability.csv": "u", "survey.csv": "s",
    "prepared/users.parquet": "p", "prepared/prepared.json": "{}", ".prepared-x1/users.parquet": "half",
    "pseudonym.key": "k" * 64, "licences.csv": "licence\n", "log/readme.txt": "stays", "history/goals.yml": "[]\n",
    "commentary/glance.md": "words",
}  # fmt: skip
RAW = ["exports/deep/Max Muster.txt", "exports/users.csv", "log/a.csv", "log/b.csv", "people.csv",
       "availability.csv", "survey.csv"]  # fmt: skip
PREPARED = ["prepared/prepared.json", "prepared/users.parquet", ".prepared-x1/users.parquet"]


@pytest.fixture
def folder(tmp_path):
    """Return a client folder, beside a file that is nobody's business here."""
    client = tmp_path / "acme"
    for name, content in FILES.items():
        (client / name).parent.mkdir(parents=True, exist_ok=True)
        (client / name).write_text(content, encoding="utf-8")
    (client / "client.yml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "theirs.csv").write_text("theirs")
    return client


def found(folder, *kinds):
    return deletion.deletable(folder, read_settings(folder / "client.yml"), kinds or deletion.KINDS)


def names(folder, what):
    return [file.relative_to(folder.resolve()).as_posix() for file in what.files]


def left(folder):
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def delete_all(folder, today=TODAY):
    return [deletion.delete(folder, what, today=today) for what in found(folder)]


def test_what_is_meant(folder):
    raw, prepared, key = found(folder)
    assert (raw.kind, names(folder, raw), raw.n_bytes) == ("raw", RAW, 10 + 1 + 1 + 1 + 10 + 1 + 1)
    assert (prepared.kind, names(folder, prepared)) == ("prepared", PREPARED)
    assert (key.kind, names(folder, key)) == ("key", ["pseudonym.key"])


def test_everything_else_stays(folder):
    delete_all(folder)
    stays = ["client.yml", "commentary/glance.md", "history/deletions.yml", "history/goals.yml", "licences.csv",
             "log/readme.txt"]  # fmt: skip
    assert left(folder) == stays
    assert (folder / "exports").is_dir()
    assert not (folder / "exports" / "deep").exists()
    assert not (folder / "prepared").exists()
    assert not (folder / ".prepared-x1").exists()


def test_the_record_tells_what_but_no_names(folder):
    raw, prepared, key = delete_all(folder)
    assert (raw["date"], raw["n_files"], raw["n_bytes"], raw["n_left"]) == (TODAY, 7, 25, 0)
    assert raw["contents"] == []
    assert (key["n_files"], key["contents"]) == (1, [])
    text = (folder / deletion.RECORD).read_text(encoding="utf-8")
    assert not any(word in text for word in ("Muster", "users", ".csv", "kkk"))
    assert deletion.deletions(folder) == [raw, prepared, key]
    assert [entry["previous"] for entry in (raw, prepared, key)] == ["", raw["sha256"], prepared["sha256"]]


def test_what_could_be_guessed_has_no_hash(folder):
    """A list of few people can be written down and compared; a long export cannot."""
    (folder / "exports" / "users.csv").write_text("x" * 9_999)
    (folder / "log" / "a.csv").write_text("y" * 10_000)
    raw = deletion.delete(folder, *found(folder, "raw"), today=TODAY)
    assert raw["contents"] == [hashlib.sha256(b"y" * 10_000).hexdigest()]


def test_files_that_came_again(folder):
    settings = read_settings(folder / "client.yml")
    delete_all(folder)
    assert [entry["came_again"] for entry in deletion.told(folder, settings)] == [False, False, False]
    (folder / "exports" / "users.csv").write_text("user_id\na\n")
    told = deletion.told(folder, settings)
    assert {entry["kind"]: entry["came_again"] for entry in told} == {"raw": True, "prepared": False, "key": False}


def test_files_that_nobody_knows(folder):
    settings = read_settings(folder / "client.yml")
    assert [file.name for file in deletion.unknown(folder, settings)] == ["readme.txt"]
    (folder / "exports.old").mkdir()
    for name in ("exports.old/users.csv", "~$people.xlsx", "people.csv.bak"):
        (folder / name).write_text("Eva Winter")
    names = {file.name for file in deletion.unknown(folder, settings)}
    assert names == {"readme.txt", "users.csv", "~$people.xlsx", "people.csv.bak"}


def test_many_files_have_one_hash(folder):
    for number in range(21):
        (folder / "exports" / f"{number:02}.csv").write_text(f"{number:02}" * 5_000)
    entry = deletion.delete(folder, *found(folder, "raw"), today=TODAY)
    assert (entry["n_files"], len(entry["contents"])) == (28, 1)


def test_a_second_time_there_is_nothing(folder):
    delete_all(folder)
    assert found(folder) == []


def test_a_wide_pattern_meets_exports_only(folder):
    (folder / "client.yml").write_text(SETTINGS.replace("log/*.csv", "*"), encoding="utf-8")
    assert "licences.csv" in names(folder, found(folder, "raw")[0])
    delete_all(folder)
    assert {"client.yml", "history/goals.yml", "commentary/glance.md", "log/readme.txt"} <= set(left(folder))


@pytest.mark.parametrize("name", [".", "log", "exports/**x.csv", "[", "nobody.csv", "Client.yml", "log//a.csv"])
def test_odd_names_of_exports(folder, name):
    (folder / "client.yml").write_text(SETTINGS.replace("log/*.csv", name), encoding="utf-8")
    kept = [name for name in RAW if not name.startswith("log/")]
    more = ["log/a.csv"] if name == "log//a.csv" else []
    assert sorted(names(folder, found(folder, "raw")[0])) == sorted([*kept, *more])


def test_an_interrupt_is_recorded(folder, monkeypatch):
    unlink = type(folder).unlink

    def interrupted(path, missing_ok=False):
        if path.name == "b.csv":
            raise KeyboardInterrupt
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(type(folder), "unlink", interrupted)
    with pytest.raises(KeyboardInterrupt):
        deletion.delete(folder, *found(folder, "raw"), today=TODAY)
    assert [(entry["n_files"], entry["n_left"]) for entry in deletion.deletions(folder)] == [(3, 4)]


@pytest.mark.parametrize("kind", ["raw", "prepared"])
@pytest.mark.parametrize("target", ["outside", "outside/theirs.csv"])
def test_a_link_that_leads_elsewhere_stops_it(folder, refused, kind, target):
    place = {"raw": "exports", "prepared": "prepared"}[kind]
    (folder / place / "link").symlink_to(folder.parent / target)
    before = left(folder)
    message = (
        f"{place}/link: is a link or lies behind one, and nothing outside the client folder is deleted. Delete what it "
        "points to where that lies, then the link, and run `crmkit purge` again; nothing was deleted."
    )
    with refused(DeletionError, message):
        found(folder, kind)
    assert left(folder) == before
    assert (folder.parent / "outside" / "theirs.csv").read_text() == "theirs"


@pytest.mark.parametrize("name", ["exports", "log", "prepared", ".prepared-y", "pseudonym.key", "people.csv"])
def test_a_link_in_the_place_of_a_folder_stops_it(folder, name):
    if (folder / name).is_dir():
        (folder / name).rename(folder.parent / "moved")
        (folder / name).symlink_to(folder.parent / "moved")
    else:
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(folder.parent / "outside" / "theirs.csv")
    with pytest.raises(DeletionError, match="is a link or lies behind one"):
        found(folder)


def test_a_link_to_nothing_is_deleted(folder):
    (folder / "exports" / "link").symlink_to(folder.parent / "gone")
    assert deletion.delete(folder, *found(folder, "raw"), today=TODAY)["n_files"] == 8
    assert not (folder / "exports" / "link").is_symlink()


def test_a_linked_client_folder_is_the_client_folder(folder):
    (folder.parent / "link").symlink_to(folder)
    assert len(found(folder.parent / "link", "raw")[0].files) == 7


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes among files there")
def test_a_pipe_is_deleted_unread(folder):
    os.mkfifo(folder / "exports" / "pipe")
    entry = deletion.delete(folder, *found(folder, "raw"), today=TODAY)
    assert (entry["n_files"], len(entry["contents"]), (folder / "exports" / "pipe").exists()) == (8, 0, False)


def test_a_file_that_is_locked(folder, monkeypatch, refused):
    """As Windows does for a file that is open: all others go, and the record says how many are left."""
    unlink = type(folder).unlink

    def locked(path, missing_ok=False):
        if path.name == "b.csv":
            raise PermissionError(13, "Permission denied")
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(type(folder), "unlink", locked)
    message = (
        "log/b.csv: cannot be deleted: permission denied; 1 of 7 files are left. "
        "Close the programs that use them, see to their permissions, and run `crmkit purge` again."
    )
    with refused(DeletionError, message):
        deletion.delete(folder, *found(folder, "raw"), today=TODAY)
    assert [(entry["n_files"], entry["n_left"]) for entry in deletion.deletions(folder)] == [(6, 1)]
    assert deletion.deleted_on(deletion.deletions(folder), "raw", since=TODAY) is None
    monkeypatch.undo()
    assert deletion.delete(folder, *found(folder, "raw"), today=TODAY)["n_files"] == 1
    assert deletion.deleted_on(deletion.deletions(folder), "raw", since=TODAY) == TODAY


def test_without_a_record_nothing_is_deleted(folder, refused):
    shutil.rmtree(folder / "history")
    (folder / "history").write_text("in the way")
    before = left(folder)
    with refused(
        DeletionError,
        "history/deletions.yml: cannot be written: file exists. Nothing is deleted without a record.",
    ):
        deletion.delete(folder, *found(folder, "raw"), today=TODAY)
    assert left(folder) == before


@pytest.mark.parametrize(
    ("change", "number"),
    [
        (lambda entries: entries[1:], 1),
        (lambda entries: entries[::-1], 1),
        (lambda entries: [entries[0], {**entries[1], "n_files": 99}, entries[2]], 2),
        (lambda entries: [entries[0], {**entries[1], "date": "2026-07-01"}, entries[2]], 2),
        (lambda entries: [entries[0], {**entries[1], "kind": "reports"}, entries[2]], 2),
        (lambda entries: [entries[0], entries[2]], 2),
        (lambda entries: [{}, *entries], 1),
    ],
)
def test_a_changed_record_is_noticed(folder, refused, change, number):
    delete_all(folder)
    file = folder / deletion.RECORD
    file.write_text(yaml.safe_dump(change(yaml.safe_load(file.read_text()))))
    message = (
        f"history/deletions.yml: entry {number} is not what was recorded, or one before it is missing. "
        "Restore the file from a backup; nothing was deleted."
    )
    with refused(DeletionError, message):
        deletion.deletions(folder)


@pytest.mark.parametrize("content", ["a: [", "just words", "- 1", "[[1]]", "\x00", "&a [*a]", "7"])
def test_a_broken_record_is_noticed(folder, refused, content):
    (folder / deletion.RECORD).write_text(content)
    with refused(
        DeletionError,
        "history/deletions.yml: is no record of deletions. Restore it from a backup; nothing was deleted.",
    ):
        deletion.deletions(folder)


def test_deleted_since_the_retrospective():
    days = [dt.date(2026, 3, 1), dt.date(2026, 7, 1), dt.date(2026, 8, 1)]
    entries = [{"kind": "raw", "date": day, "n_left": 0} for day in days]
    assert deletion.deleted_on(entries, "raw", since=dt.date(2026, 6, 28)) == dt.date(2026, 8, 1)
    assert deletion.deleted_on(entries, "raw", since=dt.date(2026, 9, 1)) is None
    assert deletion.deleted_on(entries, "prepared", since=dt.date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("today", "kinds"),
    [("2026-06-30", []), ("2026-07-01", ["raw"]), ("2026-12-31", ["raw"]), ("2027-01-01", ["raw", "prepared"])],
)
def test_what_is_overdue(folder, today, kinds):
    settings = read_settings(folder / "client.yml")
    late = deletion.overdue(folder, settings, today=dt.date.fromisoformat(today))
    assert [kind for kind, _ in late] == kinds


def test_what_was_deleted_is_not_overdue(folder):
    delete_all(folder)
    assert deletion.overdue(folder, read_settings(folder / "client.yml"), today=dt.date(2030, 1, 1)) == []


def test_what_lies_behind_a_link_is_overdue(folder):
    (folder / "exports" / "link").symlink_to(folder.parent / "outside")
    settings = read_settings(folder / "client.yml")
    assert [kind for kind, _ in deletion.overdue(folder, settings, today=TODAY)] == ["raw"]


def test_entries_are_chained_as_baselines_are(folder):
    entry = delete_all(folder)[0]
    assert entry["sha256"] == chain.sha256(entry)
