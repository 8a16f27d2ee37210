"""One client: prepared, run, written, checked, published – or the reason why not."""

from __future__ import annotations

import datetime as dt
import hashlib
import time
import traceback
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crmkit.batch.engine import ENGINE, NotebookStoppedError
from crmkit.batch.handover import answered, error_streams, without_traces
from crmkit.batch.html import to_html
from crmkit.batch.manifest import owner_of, record
from crmkit.batch.places import locked, quarantine, release, replace_all, staged
from crmkit.batch.plan import Job
from crmkit.batch.preparing import prepare_if_needed
from crmkit.batch.result import Result
from crmkit.batch.sheets import write_sheets
from crmkit.batch.source import notebook_in
from crmkit.client import Client, open_client
from crmkit.errors import CrmkitError, RenderError
from crmkit.method import tiers
from crmkit.privacy import gate
from crmkit.privacy.discretion import naming_nobody
from crmkit.report.chart import METADATA_KEY
from crmkit.report.page import variables
from crmkit.report.sections import present

if TYPE_CHECKING:
    from nbformat import NotebookNode

TABLES = "tables.xlsx"
#: Instead of a message from inside a notebook that the gate does not let pass.
STOPPED_NOT_SHOWN = "what stopped the notebook names a person and is not shown; it stands in the notebook in quarantine"


def make(job: Job) -> Result:
    """Make one client's report and enter the outcome into the manifest.

    Parameters
    ----------
    job
        What to do.

    Returns
    -------
    Result
        Nothing is raised for a client that fails: the result says why.
    """
    started = time.perf_counter()
    draft = job.settings.is_draft
    blank = Result(job.client, job.folder, job.as_of, "failed", name=job.settings.name, draft=draft)
    try:
        with staged(job.output) as staging:
            result = _attempt(job, blank, staging)
            result = replace(result, seconds=time.perf_counter() - started)
            return _settled(job, result, staging)
    except OSError as error:
        # the output folder is gone or full: not even the manifest can be written
        return replace(blank, message=_system_message(error), seconds=time.perf_counter() - started)


def _attempt(job: Job, blank: Result, staging: Path) -> Result:
    """Return the result before publishing: its files, still staged, if it is ok or blocked."""
    try:
        return _written(job, blank, staging)
    except NotebookStoppedError as stopped:
        _keep(stopped.notebook, staging / f"{job.source.name}.ipynb")
        message = naming_nobody(str(stopped), job.folder, otherwise=STOPPED_NOT_SHOWN)
        return replace(blank, status=stopped.status, message=message, cell=stopped.cell)
    except CrmkitError as error:
        return replace(blank, message=naming_nobody(str(error), job.folder))
    except OSError as error:
        return replace(blank, message=naming_nobody(_system_message(error), job.folder))
    except Exception as error:
        # the frames, not the message: that one may quote a client's data
        (staging / "traceback.txt").write_text("".join(traceback.format_tb(error.__traceback__)), encoding="utf-8")
        return replace(blank, message=f"{type(error).__name__}: this is a bug in crmkit; its place is in quarantine")


def _written(job: Job, blank: Result, staging: Path) -> Result:
    prepare_if_needed(job.folder)
    done = _executed(job)
    client = open_client(job.folder, as_of=job.as_of)
    done.metadata[METADATA_KEY] = variables(client)
    files = _write(done, client, staging, name=job.source.name)
    findings = [*_checked(job, files), *error_streams(done)]
    blocking = next((finding for finding in findings if finding.severity == "block"), None)
    result = replace(blank, files=tuple(files), findings=tuple(findings), tier=tiers.of_client(client))
    return replace(result, status="blocked", message=blocking.message) if blocking else replace(result, status="ok")


def executed(
    notebook: NotebookNode, folder: Path, *, as_of: dt.date, language: str, deadline_seconds: float
) -> NotebookNode:
    """Return a notebook after it has run for a client.

    Parameters
    ----------
    notebook
        With a parameters cell.
    folder, as_of, language
        The parameters.
    deadline_seconds
        For the notebook as a whole.

    Raises
    ------
    NotebookStoppedError
        If it does not run to its end.
    """
    parameters = {"client_dir": str(folder), "as_of": as_of.isoformat(), "language": language}
    return executed_with(notebook, parameters, deadline_seconds=deadline_seconds)


def executed_with(notebook: NotebookNode, parameters: Mapping[str, Any], *, deadline_seconds: float) -> NotebookNode:
    """Return a notebook after it has run with the given parameters; see `executed`."""
    import papermill

    return papermill.execute_notebook(
        notebook,
        # in memory: nothing on disk before it is whole, and no path that papermill would take for a format string
        None,
        parameters=dict(parameters),
        engine_name=ENGINE,
        request_save_on_cell_execute=False,
        progress_bar=False,
        deadline_seconds=deadline_seconds,
    )


def _executed(job: Job) -> NotebookNode:
    language = job.settings.language
    notebook = notebook_in(job.source, language=language)
    return executed(notebook, job.folder, as_of=job.as_of, language=language, deadline_seconds=job.deadline_seconds)


def _write(executed: NotebookNode, client: Client, staging: Path, *, name: str) -> list[Path]:
    """Write the three files of a report."""
    page, notebook, tables = staging / f"{name}.html", staging / f"{name}.ipynb", staging / TABLES
    page.write_text(to_html(without_traces(present(executed))), encoding="utf-8", newline="\n")
    _keep(without_traces(answered(executed)), notebook)
    write_sheets(executed, tables, language=client.language, k=client.k)
    return [page, notebook, tables]


def _keep(notebook: NotebookNode, file: Path) -> None:
    import nbformat

    file.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")


def _checked(job: Job, files: list[Path]) -> list[gate.Finding]:
    identities = gate.Identities.of(job.folder)
    kinds: dict[str, gate.Kind] = {".html": "client_html", ".ipynb": "client_notebook", ".xlsx": "client_tables"}
    return [
        replace(finding, where=f"{file.name}, {finding.where}".rstrip(", "))
        for file in files
        for finding in gate.check_file(
            file, kind=kinds[file.suffix], identities=identities, other_clients=job.other_clients
        )
    ]


def _settled(job: Job, result: Result, staging: Path) -> Result:
    """Publish or quarantine what is staged and enter the result, all under the lock: they always agree."""
    with locked(job.output):
        try:
            result = _published(job, result) if result.status == "ok" else _quarantined(job, result, staging)
        except (CrmkitError, OSError) as error:
            message = str(error) if isinstance(error, CrmkitError) else _system_message(error)
            message = naming_nobody(message, job.folder)
            result = replace(result, status="failed", message=message, files=(), hashes={})
        record(job.output, [result])
    return result


def _published(job: Job, result: Result) -> Result:
    owner = owner_of(job.output, job.client)
    if owner and owner[0] != job.settings.name and owner[1] != job.folder:
        raise RenderError(f"{job.output / job.client} holds the reports of another client: {owner[0]}, {owner[1]}.")
    hashes = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in result.files}
    target = job.output / job.client / job.as_of.isoformat()
    spare = result.files[0].parent / "before"
    spare.mkdir()
    files = replace_all(list(result.files), target, spare=spare)
    release(job.output, job.client)
    return replace(result, files=tuple(files), hashes=hashes)


def _quarantined(job: Job, result: Result, staging: Path) -> Result:
    left = [file for file in sorted(staging.iterdir()) if file.is_file()]
    if left:
        quarantine(job.output, job.client, left)
    return replace(result, files=())


def _system_message(error: OSError) -> str:
    """Return what the operating system refused, with the file."""
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{(error.strerror or type(error).__name__).lower()}."
