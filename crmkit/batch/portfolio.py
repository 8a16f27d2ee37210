"""All clients: planned, made side by side, and every outcome told."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from crmkit.batch.manifest import read_manifest, record
from crmkit.batch.places import locked, prepare_output
from crmkit.batch.plan import Clients, Job, as_date, client_folders, jobs_of
from crmkit.batch.result import Result
from crmkit.batch.source import read_source
from crmkit.errors import CallError

Told = Callable[[Result], None]
_CRASHED = (
    "the process that made the report died (out of memory, or ended by a library); "
    'in a script, call render below `if __name__ == "__main__":`, or with jobs=1'
)


def render(
    clients: Clients,
    *,
    notebook: str | Path | None = None,
    output: str | Path,
    as_of: str | dt.date | None = None,
    jobs: int | None = None,
    executor: Executor | None = None,
) -> list[Result]:
    """Render the reports of one or many clients.

    Parameters
    ----------
    clients
        Client folders, or folders of client folders; one or several.
    notebook
        The notebook; None: the kit's own retrospective.
    output
        The folder of all reports: ``<client>/<as_of>/`` with HTML, notebook and tables, beside them
        ``index.html`` and ``manifest.json`` for the consultant. What was rendered before stays until
        its successor is whole and has passed the gate.
    as_of
        Day of the retrospective (ISO text or date); None: as in each client's settings.
    jobs
        How many clients at a time; None: as many as there are cores. With 1 all is done in this process.
    executor
        Any ``concurrent.futures`` executor to use instead of own processes.

    Returns
    -------
    list of Result
        One per client, in the order named. A client that fails does not stop the others.

    Raises
    ------
    CallError
        If the call itself is wrong: no such folder, no client in it, two of the same name, a notebook
        without parameters, an output folder that cannot be written.

    Examples
    --------
    >>> results = render("data/sample", output="reports")  # doctest: +SKIP
    >>> [result.client for result in results if result.status != "ok"]  # doctest: +SKIP
    []
    """
    return render_told(
        clients, notebook=notebook, output=output, as_of=as_of, jobs=jobs, executor=executor, on_result=None
    )


def render_told(
    clients: Clients,
    *,
    notebook: str | Path | None,
    output: str | Path,
    as_of: str | dt.date | None,
    jobs: int | None,
    executor: Executor | None,
    on_result: Told | None,
) -> list[Result]:
    """Render as `render` does, and tell every result as soon as it is there.

    Parameters
    ----------
    clients, notebook, output, as_of, jobs, executor
        As in `render`.
    on_result
        Called in this process, once per client.

    Returns
    -------
    list of Result
    """
    if jobs is not None and jobs < 1:
        raise CallError(f"jobs: {jobs} is too few, at least 1 is needed.")
    folders = client_folders(clients)
    source, day = read_source(notebook), as_date(as_of)
    place = prepare_output(Path(output))
    known = [entry["name"] for entry in read_manifest(place)["clients"].values()]
    planned, failed = jobs_of(folders, source=source, output=place, as_of=day, known_names=known)
    if failed:
        with locked(place):
            record(place, failed)
    results = []
    for result in _results(planned, failed, jobs=jobs, executor=executor):
        results.append(result)
        if on_result:
            on_result(result)
    return sorted(results, key=lambda result: folders.index(result.folder))


def n_clients(clients: Clients) -> int:
    """Return how many clients a call means.

    Raises
    ------
    CallError
        As `render` does.
    """
    return len(client_folders(clients))


def _results(
    planned: list[Job], failed: list[Result], *, jobs: int | None, executor: Executor | None
) -> Iterator[Result]:
    yield from failed
    n = min(jobs or _n_cores(), len(planned))
    if executor is not None:
        for job, future in _finished(planned, executor, at_once=len(planned)):
            yield _result_of(job, future)
    elif n <= 1:
        yield from map(_make, planned)
    else:
        yield from _in_processes(planned, n)


def _in_processes(planned: list[Job], n: int) -> Iterator[Result]:
    """Make reports in own processes; those that a dying one took along get a second chance, alone."""
    unfinished = []
    with _processes(n) as pool:
        for job, future in _finished(planned, pool, at_once=n):
            if isinstance(future.exception(), BrokenProcessPool):
                unfinished.append(job)
            else:
                yield _result_of(job, future)
    for job in unfinished:
        with _processes(1) as pool:
            yield from (_result_of(*done) for done in _finished([job], pool, at_once=1))


def _finished(planned: list[Job], executor: Executor, *, at_once: int) -> Iterator[tuple[Job, Future[Result]]]:
    """Return each job with its future when it is done, handing in a new one for each that is.

    An interrupted pool works off what it has been handed; so it gets no more than it works on.
    """
    waiting = iter(planned)
    running = {_submitted(job, executor): job for job in islice(waiting, at_once)}
    while running:
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            yield running.pop(future), future
        running |= {_submitted(job, executor): job for job in islice(waiting, len(done))}


def _submitted(job: Job, executor: Executor) -> Future[Result]:
    try:
        return executor.submit(_make, job)
    except BrokenProcessPool as broken:
        refused: Future[Result] = Future()
        refused.set_exception(broken)
        return refused


def _result_of(job: Job, future: Future[Result]) -> Result:
    """Return a job's result, also where the executor lost it: `make` itself raises nothing."""
    error = future.exception()
    if not isinstance(error, Exception):
        return future.result()
    why = _CRASHED if isinstance(error, BrokenProcessPool) else f"the executor gave no result: {type(error).__name__}"
    result = Result(job.client, job.folder, job.as_of, "failed", why, name=job.settings.name)
    with locked(job.output):
        record(job.output, [result])
    return result


def _make(job: Job) -> Result:
    # papermill and nbconvert are loaded where they work, not where others are told to
    from crmkit.batch.workbook import make

    return make(job)


@contextmanager
def _processes(n: int) -> Iterator[Executor]:
    # spawn: a forked child of a process with threads may hang, and polars starts threads
    pool = ProcessPoolExecutor(n, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield pool
    finally:
        # after an interrupt nothing new is begun; what runs ends with its own interrupt
        pool.shutdown(wait=True, cancel_futures=True)


def _n_cores() -> int:
    """Return the cores that this process may use, which in a container are fewer than there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
