"""The output folder: whole files or none, and one writer at a time."""

import os
import subprocess
import sys
import time

import pytest

from crmkit.batch import places
from crmkit.batch.lock import held
from crmkit.batch.places import STAGING, prepare_output, quarantine, release, replace_all, staged
from crmkit.errors import RenderError
from crmkit.whole_files import write_whole


def write(folder, **texts):
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{name}.txt" for name in texts]
    for file, text in zip(files, texts.values(), strict=True):
        file.write_text(text)
    return files


def texts_in(folder):
    return {file.stem: file.read_text() for file in sorted(folder.iterdir())}


def test_files_are_moved_together(tmp_path):
    files = write(tmp_path / "new", a="1", b="2")
    (tmp_path / "spare").mkdir()
    assert replace_all(files, tmp_path / "to" / "day", spare=tmp_path / "spare") == [
        tmp_path / "to" / "day" / "a.txt",
        tmp_path / "to" / "day" / "b.txt",
    ]
    assert texts_in(tmp_path / "to" / "day") == {"a": "1", "b": "2"}


def test_if_one_cannot_be_moved_all_stay_as_they_were(tmp_path, monkeypatch):
    """Excel on Windows keeps a file open and nobody may replace it."""
    files = write(tmp_path / "new", a="new", b="new", c="new")
    write(tmp_path / "to", a="old", c="old")
    (tmp_path / "spare").mkdir()
    replace = os.replace

    def refuse_c(source, target):
        if str(source).endswith("new/c.txt"):
            raise PermissionError("open elsewhere")
        replace(source, target)

    monkeypatch.setattr(os, "replace", refuse_c)
    with pytest.raises(PermissionError):
        replace_all(files, tmp_path / "to", spare=tmp_path / "spare")
    assert texts_in(tmp_path / "to") == {"a": "old", "c": "old"}


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    file = tmp_path / "manifest.json"
    write_whole(file, "old")

    def fail(source, target):
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_whole(file, "new")
    assert texts_in(tmp_path) == {"manifest": "old"}


def test_quarantine_holds_the_last_failure_and_says_what_it_is(tmp_path):
    quarantine(tmp_path, "acme", write(tmp_path / "one", a="1"))
    place = quarantine(tmp_path, "acme", write(tmp_path / "two", b="2"))
    assert texts_in(place) == {"b": "2"}
    assert "Never share it" in (tmp_path / ".quarantine" / "DO_NOT_SHARE.txt").read_text()
    assert (tmp_path / ".quarantine").stat().st_mode & 0o077 == 0
    release(tmp_path, "acme")
    release(tmp_path, "acme")
    assert not place.exists()


def test_what_a_killed_run_left_is_cleared_after_a_day(tmp_path):
    output = prepare_output(tmp_path / "reports")
    for name, age in {"old": places.STALE_SECONDS + 60, "running": 60}.items():
        (output / STAGING / name).mkdir()
        then = time.time() - age
        os.utime(output / STAGING / name, (then, then))
    prepare_output(output)
    assert [left.name for left in (output / STAGING).iterdir()] == ["running"]


def test_staging_is_removed_also_after_a_fault(tmp_path):
    with pytest.raises(ValueError, match="x"), staged(tmp_path) as place:
        (place / "a").write_text("1")
        raise ValueError("x")
    assert list((tmp_path / STAGING).iterdir()) == []


ADD = """
import sys
from pathlib import Path
from crmkit.batch.places import locked
folder = Path(sys.argv[1])
for _ in range(100):
    with locked(folder):
        file = folder / "count.txt"
        file.write_text(str(int(file.read_text()) + 1))
"""


def test_one_process_at_a_time(tmp_path):
    (tmp_path / "count.txt").write_text("0")
    workers = [subprocess.Popen([sys.executable, "-c", ADD, str(tmp_path)]) for _ in range(4)]
    assert [worker.wait() for worker in workers] == [0] * 4
    assert (tmp_path / "count.txt").read_text() == "400"


def test_a_lock_changes_nothing_in_the_file(tmp_path):
    file = tmp_path / "client.yml"
    file.write_text("name: x")
    before = file.stat().st_mtime_ns
    with held(file):
        assert file.read_text() == "name: x"
    assert (file.read_text(), file.stat().st_mtime_ns) == ("name: x", before)


def test_a_link_does_not_lead_reports_out_of_their_folder(tmp_path, refused):
    """Somebody with access to the share could send another client's report, or a blocked one, elsewhere."""
    output, elsewhere = tmp_path / "reports", tmp_path / "elsewhere"
    for folder in (output / ".quarantine", elsewhere, tmp_path / "spare"):
        folder.mkdir(parents=True)
    (output / "acme").symlink_to(elsewhere)
    (output / ".quarantine" / "acme").symlink_to(elsewhere)
    message = "{}: is a link, which may lead out of the folder of reports. Remove it."
    with refused(RenderError, message.format(output / "acme")):
        replace_all(write(tmp_path / "new", a="1"), output / "acme" / "2026-06-28", spare=tmp_path / "spare")
    with refused(RenderError, message.format(output / ".quarantine" / "acme")):
        quarantine(output, "acme", write(tmp_path / "new", a="1"))
    assert list(elsewhere.iterdir()) == []


def test_one_file_of_a_quarantine_is_released(tmp_path):
    place = quarantine(tmp_path, "acme", write(tmp_path / "new", a="1", b="2"))
    names = sorted(file.name for file in place.iterdir())
    release(tmp_path, "acme", name=names[0])
    assert [file.name for file in place.iterdir()] == names[1:]
    release(tmp_path, "acme", name=names[1])
    release(tmp_path, "acme", name=names[1])
    assert not place.exists()
