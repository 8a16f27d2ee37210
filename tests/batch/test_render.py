"""Rendering from folder to report: what is published, what is kept back, and what is said about it."""

import asyncio
import hashlib
import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from crmkit.batch import render
from crmkit.batch.plan import jobs_of
from crmkit.errors import CallError

DAY = "2026-06-28"


def tree(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def manifest(output):
    return json.loads((output / "manifest.json").read_text(encoding="utf-8"))["clients"]


def test_a_report_is_three_files_a_manifest_and_an_index(clients, output, notebook):
    folder = clients("acme", name="Acme GmbH")
    [result] = render(folder, notebook=notebook("shows_a_table"), output=output, jobs=1)
    assert (result.client, result.status, result.message) == ("acme", "ok", "")
    assert (result.name, result.tier, result.draft) == ("Acme GmbH", "C", True)
    assert tree(output) == [
        ".lock",
        f"acme/{DAY}/shows_a_table.html",
        f"acme/{DAY}/shows_a_table.ipynb",
        f"acme/{DAY}/tables.xlsx",
        "index.html",
        "manifest.json",
    ]
    assert [file.name for file in result.files] == list(result.hashes)


def test_what_failed_is_told_and_the_others_are_rendered(clients, output, notebook):
    clients("acme")
    broken = clients("broken", settings="langage: de\n")
    results = render(broken.parent, notebook=notebook("shows_a_table"), output=output, jobs=1)
    assert [(result.client, result.status) for result in results] == [("acme", "ok"), ("broken", "failed")]
    assert results[1].message.startswith(f'{broken / "client.yml"}: unknown key `langage`. Did you mean "language"?')
    assert manifest(output)["broken"]["last_run"]["message"] == results[1].message


FAULTS = {
    "raises": ("failed", 3, "ValueError: the panel is empty"),
    "refuses": ("failed", 3, "no week is covered."),
    "dies": ("kernel_died", 3, "the kernel died (out of memory, or ended by a library)"),
    "exits": ("failed", 2, "SystemExit: 0"),
    "may_fail": ("failed", 2, "ZeroDivisionError: division by zero"),
    "prints_name": ("blocked", None, "a full name, e-mail address, user name or id of one of the client's users"),
    "prints_path": ("blocked", None, "a path of this computer"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_gets_its_word_and_the_last_good_report_stays(clients, output, notebook, fault, tmp_path):
    folder = clients("acme")
    good = tmp_path / f"{fault}.ipynb"
    good.write_text(notebook("shows_a_table").read_text())
    [before] = render(folder, notebook=good, output=output, jobs=1)
    [result] = render(folder, notebook=notebook(fault), output=output, jobs=1)
    status, cell, message = FAULTS[fault]
    assert (result.status, result.cell, result.files) == (status, cell, ())
    assert result.message.startswith(message)
    assert all(file.is_file() for file in before.files)
    entry = manifest(output)["acme"]
    assert (entry["last_run"]["status"], entry["last_run"]["cell"]) == (status, cell)
    assert list(entry["reports"]) == [DAY]
    assert (output / ".quarantine" / "acme" / f"{fault}.ipynb").is_file()
    assert list((output / ".staging").iterdir()) == []


def test_a_deadline_ends_an_endless_cell(clients, output, notebook, monkeypatch):
    monkeypatch.setattr("crmkit.batch.plan.DEADLINE_SECONDS", 2.0)
    [result] = render(clients("acme"), notebook=notebook("sleeps"), output=output, jobs=1)
    assert (result.status, result.cell, result.message) == ("timed_out", 2, "not done after 2 seconds")


def test_success_clears_the_quarantine(clients, output, notebook):
    folder = clients("acme")
    render(folder, notebook=notebook("raises"), output=output, jobs=1)
    assert (output / ".quarantine" / "acme").is_dir()
    render(folder, notebook=notebook("works"), output=output, jobs=1)
    assert not (output / ".quarantine" / "acme").exists()


def test_the_client_notebook_has_no_trace_of_its_run(clients, output, notebook):
    folder = clients("acme")
    [result] = render(folder, notebook=notebook("shows_a_table"), output=output, jobs=1)
    text = result.files[1].read_text(encoding="utf-8")
    for trace in ("papermill", "injected-parameters", "client_dir: str", 'execution"', str(folder), "iopub"):
        assert trace not in text


def test_the_same_input_gives_the_same_bytes(clients, output, notebook):
    folder = clients("acme")
    first = render(folder, notebook=notebook("shows_a_table"), output=output, jobs=1)[0].hashes
    second = render(folder, notebook=notebook("shows_a_table"), output=output, jobs=1)[0].hashes
    assert first == second


def test_the_table_file_holds_numbers(clients, output, notebook):
    [result] = render(clients("acme"), notebook=notebook("shows_a_table"), output=output, jobs=1)
    overview, sheet = load_workbook(result.files[2])
    assert overview["A1"].value == "CRM-Retrospektive acme"
    assert [cell.value for cell in sheet[2]] == ["regelmäßig", 58, 0.305]
    assert [cell.value for cell in sheet[3]][1:] == ["·", "·"]
    assert sheet.freeze_panes == "A2"


def test_an_error_stream_is_left_out_and_told(clients, output, notebook):
    [result] = render(clients("acme"), notebook=notebook("warns"), output=output, jobs=1)
    assert result.status == "ok"
    assert ("stderr", "warning", "cell 3") in [(f.rule, f.severity, f.where) for f in result.findings]
    assert "a warning" not in result.files[1].read_text()


def test_another_client_is_named(clients, output, notebook, tmp_path):
    clients("one", name="Eins GmbH")
    folder = clients("two", name="Zwei GmbH")
    text = notebook("prints_name").read_text().replace("Sabine Winter", "wie bei Eins GmbH")
    (tmp_path / "names.ipynb").write_text(text)
    results = render(folder.parent, notebook=tmp_path / "names.ipynb", output=output, jobs=1)
    assert [(result.client, result.status) for result in results] == [("one", "ok"), ("two", "blocked")]
    # the folder of reports remembers whose reports it holds
    [alone] = render(folder, notebook=tmp_path / "names.ipynb", output=output, jobs=1)
    assert alone.status == "blocked"


def test_day_of_the_retrospective(clients, output, notebook):
    folder = clients("acme")
    render(folder, notebook=notebook("works"), output=output, jobs=1)
    [result] = render(folder, notebook=notebook("works"), output=output, as_of="2026-03-29", jobs=1)
    assert result.files[0] == output / "acme" / "2026-03-29" / "works.html"
    assert list(manifest(output)["acme"]["reports"]) == ["2026-03-29", DAY]


def test_reports_of_another_client_are_not_overwritten(clients, output, notebook):
    folder = clients("a/acme", name="Acme GmbH")
    other = clients("b/acme", name="Ganz anders AG")
    render(folder, notebook=notebook("works"), output=output, jobs=1)
    [result] = render(other, notebook=notebook("works"), output=output, jobs=1)
    assert result.status == "failed"
    assert result.message == f"{output / 'acme'} holds the reports of another client: Acme GmbH, {folder}."


def test_any_executor_will_do(clients, output, notebook):
    folders = [clients(name) for name in ("one", "two", "three")]
    with ThreadPoolExecutor(3) as threads:
        results = render(folders, notebook=notebook("works"), output=output, executor=threads)
    assert [(result.client, result.status) for result in results] == [("one", "ok"), ("two", "ok"), ("three", "ok")]


def test_side_by_side_in_processes(clients, output, notebook):
    folders = [clients(name) for name in ("one", "two", "three")]
    results = render(folders, notebook=notebook("works"), output=output, jobs=2)
    assert [(result.client, result.status) for result in results] == [("one", "ok"), ("two", "ok"), ("three", "ok")]


class Bomb:
    """Kills the process that unpacks it."""

    def __reduce__(self):
        return os._exit, (9,)


def test_a_worker_that_dies_takes_no_other_client_along(clients, output, notebook, monkeypatch):
    folders = [clients(name) for name in ("one", "two", "three")]
    monkeypatch.setattr("crmkit.batch.portfolio.jobs_of", _with_a_bomb)
    results = render(folders, notebook=notebook("works"), output=output, jobs=2)
    assert [(result.client, result.status) for result in results] == [("one", "ok"), ("two", "failed"), ("three", "ok")]
    assert results[1].message.startswith("the process that made the report died")
    assert manifest(output)["two"]["last_run"]["status"] == "failed"


def _with_a_bomb(*given, **options):
    planned, failed = jobs_of(*given, **options)
    return [replace(job, deadline_seconds=Bomb()) if job.client == "two" else job for job in planned], failed


def test_inside_a_running_loop(clients, output, notebook):
    """JupyterLab has one."""

    async def cell():
        return render(clients("acme"), notebook=notebook("works"), output=output, jobs=1)

    assert asyncio.run(cell())[0].status == "ok"


def test_exports_that_cannot_be_read(clients, output, notebook):
    folder = clients("acme")
    (folder / "exports" / "users.csv").unlink()
    [result] = render(folder, notebook=notebook("works"), output=output, jobs=1)
    assert (result.status, result.cell) == ("failed", None)
    assert "users.csv" in result.message


def test_a_fault_of_the_kit_is_told_without_what_it_says(clients, output, notebook, monkeypatch):
    """The message of somebody else's exception may quote a client's data."""

    def fail(folder):
        raise ValueError("could not convert 'Sabine Winter'")

    monkeypatch.setattr("crmkit.ingest.bring_up_to_date", fail)
    [result] = render(clients("acme"), notebook=notebook("works"), output=output, jobs=1)
    assert result.message == "ValueError: this is a bug in crmkit; its place is in quarantine"
    kept = (output / ".quarantine" / "acme" / "traceback.txt").read_text()
    assert "in _written" in kept
    assert "could not convert" not in kept.replace("raise ValueError(\"could not convert 'Sabine Winter'\")", "")


def test_two_renders_at_once_into_the_same_folder(clients, output, notebook):
    """All finish; every file is whole and is the one that the manifest names."""
    folders = [clients(name) for name in ("one", "two")]

    def once(_):
        return render(folders, notebook=notebook("shows_a_table"), output=output, jobs=1)

    with ThreadPoolExecutor(3) as threads:
        runs = list(threads.map(once, range(3)))
    assert {result.status for run in runs for result in run} == {"ok"}
    entries = manifest(output)
    named = {name: digest for entry in entries.values() for name, digest in entry["reports"][DAY]["files"].items()}
    assert len(named) == 6
    assert {name: hashlib.sha256((output / name).read_bytes()).hexdigest() for name in named} == named
    assert list((output / ".staging").iterdir()) == []


def test_wrong_calls(clients, output, notebook, tmp_path, refused):
    folder = clients("acme")
    nobody = tmp_path / "nobody"
    with refused(CallError, f"{nobody}: no such folder. `crmkit new {nobody}` makes a client folder."):
        render(nobody, output=output)
    file = folder / "client.yml"
    with refused(CallError, f"{file}: is a file, expected a client folder. Did you mean `{folder}`?"):
        render(file, output=output)
    nobody.mkdir()
    with refused(
        CallError,
        f"{nobody}: no `client.yml` in it or in the folders below. `crmkit new DIR` makes a client folder.",
    ):
        render(nobody, output=output)
    other = clients("b/Acme")
    with refused(
        CallError,
        f"two client folders are called `Acme`: {folder} and {other}. "
        "Rename one, or render them into different output folders.",
    ):
        render([folder, other], output=output)
    with refused(CallError, 'as_of: "28.06.2026" is no date, write it as YYYY-MM-DD.'):
        render(folder, output=output, as_of="28.06.2026")
    with refused(CallError, "jobs: 0 is too few, at least 1 is needed."):
        render(folder, output=output, jobs=0)
    with refused(CallError, f"{file}: cannot be used as output folder: it is a file, or lies below one."):
        render(folder, output=file)
    with refused(CallError, f"{file / 'x'}: cannot be used as output folder: it is a file, or lies below one."):
        render(folder, output=file / "x")
    assert not output.exists()


def test_a_folder_with_exports_but_no_settings_is_a_broken_client(clients, output, notebook):
    folder = clients("acme")
    (folder.parent / "forgotten" / "exports").mkdir(parents=True)
    (folder.parent / "notes").mkdir()
    results = render(folder.parent, notebook=notebook("works"), output=output, jobs=1)
    assert [(result.client, result.status) for result in results] == [("acme", "ok"), ("forgotten", "failed")]


def test_wrong_notebooks(clients, output, notebook, tmp_path, refused):
    folder, none = clients("acme"), tmp_path / "none.ipynb"
    with refused(CallError, f"{none}: no notebook to render: no such file."):
        render(folder, notebook=none, output=output)
    for text in ("<html>", "[]", "{}", '{"worksheets": []}'):
        none.write_text(text)
        with refused(CallError, f"{none}: no notebook to render: not a notebook file of format 4."):
            render(folder, notebook=none, output=output)
    none.write_text('{"cells": [1]}')
    with refused(CallError, f"{none}: no notebook to render: its cells are damaged."):
        render(folder, notebook=none, output=output)
    file = notebook("no_parameters")
    with refused(
        CallError,
        f"{file}: no code cell has the tag `parameters`. Add one with "
        '`client_dir: str = ""`, `as_of: str = ""` and `language: str = ""`.',
    ):
        render(folder, notebook=file, output=output)
    file = notebook("half_parameters")
    with refused(
        CallError,
        f"{file}: the parameters cell does not declare `as_of`, `language`. Declared: `client_dir`.",
    ):
        render(folder, notebook=file, output=output)
    file = notebook("bad_parameters")
    with refused(CallError, f"{file}: no notebook to render: line 1 of the parameters cell is no Python."):
        render(folder, notebook=file, output=output)
    assert not output.exists()


@pytest.mark.parametrize("name", ["Müller & Söhne (Süd) {0}", "a'b\"c #1", "  leer", "日本"])
def test_odd_names_of_folders(clients, output, notebook, name):
    [result] = render(clients(name, name="Acme"), notebook=notebook("works"), output=output, jobs=1)
    assert (result.status, result.message) == ("ok", "")
    assert result.files[0].is_file()


def test_a_message_that_names_a_person_is_not_told(clients, output, notebook):
    """A notebook of the consultant's own may fail on a row and quote it."""
    [result] = render(clients("acme"), notebook=notebook("raises_name"), output=output, jobs=1)
    assert (result.status, result.cell) == ("failed", 3)
    assert result.message == (
        "what stopped the notebook names a person and is not shown; it stands in the notebook in quarantine"
    )
    for name in ("manifest.json", "index.html"):
        assert "Winter" not in (output / name).read_text(encoding="utf-8")
    assert "Sabine Winter" in (output / ".quarantine" / "acme" / "raises_name.ipynb").read_text(encoding="utf-8")
