"""`crmkit purge`: says, asks, deletes, records; and what other commands say when it is due."""

import datetime as dt
import io
import shutil
from pathlib import Path

import pytest

from crmkit import deletion
from crmkit.cli import purging

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "kleinod"
DUE = "`privacy.delete_by` 2026-06-30 has passed and the raw exports are still there: `crmkit purge {folder} --raw`"
PLAN = """\
Kleinod Metallbau GmbH ({folder})
  raw exports: 1 file, 7.5 kB, agreed until 2026-06-30
    exports/Benutzerliste.xlsx
"""
UNPREPARED = "  these exports have not been prepared: after this no report can be made of them\n"


class Terminal(io.StringIO):
    """Somebody who answers."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def kleinod(tmp_path, monkeypatch) -> Path:
    """Return a copy of a sample whose data were to be deleted by June 2026, seen on 1 July 2026."""
    folder = tmp_path / "kleinod"
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("prepared", "pseudonym.key", ".prepared-*"))
    text = (folder / "client.yml").read_text(encoding="utf-8")
    (folder / "client.yml").write_text(text.replace("delete_by: 2030-12-31", "delete_by: 2026-06-30"), encoding="utf-8")
    monkeypatch.setattr(purging, "_today", lambda: dt.date(2026, 7, 1))
    return folder


def test_dry_run(crmkit, kleinod):
    done = crmkit("purge", kleinod, "--dry-run")
    assert done == (0, PLAN.format(folder=kleinod) + UNPREPARED, "")
    assert (kleinod / "exports" / "Benutzerliste.xlsx").is_file()
    assert not (kleinod / "history").exists()


def test_nobody_can_answer(crmkit, kleinod, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    message = "error: purge asks before it deletes, and nobody can answer here. Say `--yes`, or `--dry-run` first.\n"
    assert crmkit("purge", kleinod) == (2, PLAN.format(folder=kleinod) + UNPREPARED, message)
    assert (kleinod / "exports" / "Benutzerliste.xlsx").is_file()


@pytest.mark.parametrize(("answer", "is_gone"), [("y\n", True), ("n\n", False), ("\n", False), ("", False)])
def test_it_asks(crmkit, kleinod, monkeypatch, answer, is_gone):
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    crmkit("purge", kleinod)
    assert (not (kleinod / "exports" / "Benutzerliste.xlsx").exists()) == is_gone
    assert (kleinod / deletion.RECORD).exists() == is_gone


def test_all(crmkit, kleinod):
    crmkit("prepare", kleinod)
    done = crmkit("purge", kleinod, "--all", "--yes")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[-5:] == [
        "  after this no report can be made again; reports that are there stay",
        "  so does what the gate has blocked, in `.quarantine` beside them: it may name persons, delete it too",
        "  deleted: raw exports, 1 file, recorded in history/deletions.yml",
        f"  deleted: pseudonymous tables, {deletion.deletions(kleinod)[1]['n_files']} files, recorded in "
        "history/deletions.yml",
        "  deleted: key of the pseudonyms, 1 file, recorded in history/deletions.yml",
    ]
    assert not (kleinod / "prepared").exists()
    assert not (kleinod / "pseudonym.key").exists()
    done = crmkit("purge", kleinod, "--all", "--yes")
    assert done == (
        0,
        f"Kleinod Metallbau GmbH ({kleinod})\n"
        "  raw exports: nothing to delete (deleted on 2026-07-01)\n"
        "  pseudonymous tables: nothing to delete (deleted on 2026-07-01)\n"
        "  key of the pseudonyms: not in this folder (deleted on 2026-07-01)\n",
        "",
    )


def test_a_report_can_be_made_without_the_raw_exports(crmkit, kleinod, tmp_path):
    crmkit("prepare", kleinod)
    assert "since they were prepared" not in crmkit("purge", kleinod, "--raw", "--yes").out
    done = crmkit("render", kleinod, "--output", tmp_path / "reports", "--jobs", "1")
    assert done.code == 0
    assert "due:" not in done.err
    html = next((tmp_path / "reports").rglob("retrospective.html")).read_text(encoding="utf-8")
    assert "gelöscht am 1. Juli 2026" in html


def test_changes_that_were_not_prepared_are_named(crmkit, kleinod):
    crmkit("prepare", kleinod)
    shutil.copy(kleinod / "licences.csv", kleinod / "licences.new")
    (kleinod / "licences.new").replace(kleinod / "licences.csv")
    text = (kleinod / "client.yml").read_text(encoding="utf-8")
    (kleinod / "client.yml").write_text(text.replace("subdivision: NW", "subdivision: BY"), encoding="utf-8")
    done = crmkit("purge", kleinod, "--dry-run")
    assert done.out.endswith(
        "  exports or settings have changed since they were prepared: run `crmkit prepare` first to keep that\n"
    )


def test_a_clock_that_was_set_back(crmkit, kleinod):
    deletion.delete(kleinod, *deletion.deletable(kleinod, _settings(kleinod), ["raw"]), today=dt.date(2026, 12, 24))
    shutil.copy(SAMPLE / "exports" / "Benutzerliste.xlsx", kleinod / "exports")
    done = crmkit("purge", kleinod, "--yes")
    assert "  the clock says 2026-07-01, but the last deletion was recorded on 2026-12-24: is it right?\n" in done.out
    assert done.code == 0


def test_a_name_that_plays_with_the_terminal(crmkit, kleinod):
    (kleinod / "exports" / "a\x1b[2J\nb.csv").write_text("x")
    assert "    exports/a?[2J?b.csv\n" in crmkit("purge", kleinod, "--dry-run").out


def test_one_client_that_fails_does_not_stop_the_others(crmkit, kleinod):
    other = kleinod.parent / "another"
    shutil.copytree(kleinod, other)
    (other / "exports" / "link").symlink_to(kleinod)
    done = crmkit("purge", kleinod.parent, "--yes")
    assert done.code == 1
    assert done.err.startswith("error: exports/link: is a link or lies behind one")
    assert (other / "exports" / "Benutzerliste.xlsx").is_file()
    assert not (kleinod / "exports" / "Benutzerliste.xlsx").exists()


def test_check_and_render_say_when_it_is_due(crmkit, kleinod, tmp_path):
    line = DUE.format(folder=kleinod)
    assert f"  due: {line}\n" in crmkit("check", kleinod).out
    done = crmkit("render", kleinod, "--output", tmp_path / "reports", "--jobs", "1")
    assert f"due: kleinod: {line}\n" in done.err
    crmkit("purge", kleinod, "--yes")
    assert list(purging.due(kleinod)) == []


@pytest.mark.parametrize(
    ("options", "kinds"),
    [
        ({}, ["raw"]),
        ({"raw": True}, ["raw"]),
        ({"prepared": True}, ["prepared"]),
        ({"raw": True, "prepared": True}, ["raw", "prepared"]),
        ({"everything": True}, ["raw", "prepared", "key"]),
    ],
)
def test_options(options, kinds):
    assert purging.kinds_of(**{"raw": False, "prepared": False, "everything": False} | options) == kinds


def _settings(folder):
    from crmkit.settings import read_settings

    return read_settings(folder / "client.yml")


def test_copies_that_lie_about_are_counted_but_not_named(crmkit, kleinod):
    for name in ("people.csv.bak", "~$people.xlsx", "people.xlsx", "Eva.Winter"):
        (kleinod / name).write_text("Eva Winter")
    said = crmkit("purge", kleinod, "--dry-run").out
    line = (
        "  left, and not known to the kit: 4 files (1 .bak, 2 .xlsx, 1 other); copies of exports are yours to delete\n"
    )
    assert line in said
    assert "Winter" not in said
