"""A papermill engine that tells the truth: what stops a notebook is raised, never written into its metadata."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from jupyter_core.utils import ensure_async
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from papermill.engines import Engine, papermill_engines

from crmkit.batch.kernel import OwnKernelManager, own_place
from crmkit.batch.result import Status
from crmkit.errors import CrmkitError, RenderError

if TYPE_CHECKING:
    from nbformat import NotebookNode

ENGINE = "crmkit"
#: Seconds that a kernel may take to answer for the first time.
START_SECONDS = 60
#: Most characters of a message from inside a notebook.
MOST_CHARACTERS = 300

_log = logging.getLogger("crmkit.batch")
# what these lines would say on the terminal is in the result, with the client's name
_log.addHandler(logging.NullHandler())


class NotebookStoppedError(RenderError):
    """A notebook did not run to its end.

    Attributes
    ----------
    status
        What happened to it.
    cell
        Number of the code cell, counted as ``In [n]`` in JupyterLab; None before the first one.
    notebook
        The half-executed notebook.
    """

    def __init__(self, message: str, *, status: Status, cell: int | None, notebook: NotebookNode) -> None:
        super().__init__(message)
        self.status: Status = status
        self.cell = cell
        self.notebook = notebook


class StrictClient(NotebookClient):
    """Runs the cells in order and remembers which one it has reached."""

    reached: int = 0

    async def run_cells(self) -> None:
        """Start the kernel and run all cells up to the first that fails."""
        self.reset_execution_trackers()
        await self.async_start_new_kernel()
        await self.async_start_new_kernel_client()
        for index, cell in enumerate(self.nb.cells):
            self.reached = index
            await self.async_execute_cell(cell, index)

    async def end_kernel(self) -> None:
        """End the kernel at once, whatever state it is in."""
        if self.kc is not None:
            self.kc.stop_channels()
        if self.km is not None:
            if self.km.has_kernel:
                await ensure_async(self.km.shutdown_kernel(now=True))
            await ensure_async(self.km.cleanup_resources())


class StrictEngine(Engine):
    """Papermill's way to run a notebook, on an own kernel, with a deadline for the whole of it."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> NotebookNode:
        """Run a notebook that papermill has filled with parameters.

        Parameters
        ----------
        nb_man
            Papermill's manager of the notebook.
        kernel_name
            Not used: the kernel is always the Python that runs this.
        **options
            ``deadline_seconds`` for the whole notebook; what else papermill hands on is not used.

        Returns
        -------
        nbformat.NotebookNode

        Raises
        ------
        NotebookStoppedError
            If a cell fails, the kernel dies or the deadline passes.
        """
        with own_place() as config:
            client = StrictClient(
                nb_man.nb, kernel_name="python3", kernel_manager_class=OwnKernelManager, config=config, log=_log,
                startup_timeout=START_SECONDS, record_timing=False, store_widget_state=False,
            )  # fmt: skip
            _in_own_loop(_run(client, options["deadline_seconds"]))
        return _without_errors(client)


papermill_engines.register(ENGINE, StrictEngine)


async def _run(client: StrictClient, deadline_seconds: float) -> None:
    client.create_kernel_manager()
    deadline = asyncio.timeout(deadline_seconds)
    try:
        async with deadline:
            await client.run_cells()
    except Exception as error:
        # nbclient takes any cancellation, by the deadline or by Ctrl-C, for a dead kernel
        if deadline.expired():
            raise _stopped(client, "timed_out", f"not done after {deadline_seconds:g} seconds") from None
        if _is_interrupted():
            raise asyncio.CancelledError from None
        raise _explained(client, error) from None
    finally:
        await client.end_kernel()


def _is_interrupted() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _in_own_loop(work: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine in a loop that is closed afterwards, also where a loop is running already (JupyterLab)."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        _finish(work)
    else:
        with ThreadPoolExecutor(1) as thread:
            thread.submit(_finish, work).result()


def _finish(work: Coroutine[Any, Any, None]) -> None:
    # a selector loop also on Windows, whose own kind does not know the kernel's sockets
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        runner.run(work)


def _explained(client: StrictClient, error: Exception) -> NotebookStoppedError:
    """Return what stopped a notebook, in one line."""
    if isinstance(error, CellExecutionError):
        return _stopped(client, "failed", message_of(str(error.ename), error.evalue))
    if isinstance(error, DeadKernelError):
        return _stopped(client, "kernel_died", "the kernel died (out of memory, or ended by a library)")
    if client.reached == 0:
        return _stopped(client, "kernel_died", f"the kernel did not start: {message_of(type(error).__name__, error)}")
    return _stopped(client, "failed", message_of(type(error).__name__, error))


def _without_errors(client: StrictClient) -> NotebookNode:
    """Return the executed notebook, unless a cell that is allowed to fail did: its traceback is no report."""
    for index, cell in enumerate(client.nb.cells):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                client.reached = index
                raise _stopped(client, "failed", message_of(output.ename, output.evalue))
    return client.nb


def _stopped(client: StrictClient, status: Status, message: str) -> NotebookStoppedError:
    return NotebookStoppedError(message, status=status, cell=_number(client), notebook=client.nb)


def _number(client: StrictClient) -> int | None:
    """Return the number of the code cell reached, as the notebook counts without papermill's cell."""
    cells = client.nb.cells[: client.reached + 1]
    own = [c for c in cells if c.cell_type == "code" and "injected-parameters" not in c.metadata.get("tags", [])]
    return len(own) or None


def message_of(name: str, value: object) -> str:
    """Return one line for an exception; an error of crmkit speaks for itself."""
    line = next(iter(str(value).strip().splitlines()), "")
    line = line if len(line) <= MOST_CHARACTERS else line[:MOST_CHARACTERS] + "…"
    if name in _own_errors():
        return line
    return f"{name}: {line}" if line else name


def _own_errors() -> set[str]:
    pending, names = [CrmkitError], set()
    while pending:
        kind = pending.pop()
        names.add(kind.__name__)
        pending.extend(kind.__subclasses__())
    return names
