"""`crmkit render`: progress while it runs, and the outcome at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from crmkit.cli import purging
from crmkit.cli.paths import short_path

if TYPE_CHECKING:
    from crmkit.batch.result import Result

_WORDS = {
    "ok": "ok", "failed": "failed", "blocked": "blocked by the gate", "timed_out": "timed out",
    "kernel_died": "kernel died",
}  # fmt: skip


def render_with_progress(
    clients: list[Path], *, output: Path, jobs: int | None, as_of: str, notebook: Path | None
) -> bool:
    """Render, show progress, print what came of it; return whether some client failed.

    Parameters
    ----------
    clients, output, jobs, as_of, notebook
        As in `batch.render`.

    Returns
    -------
    bool
        True if a client has no new report.
    """
    from crmkit.batch.portfolio import n_clients, render_told

    with _progress(n_clients(clients)) as told:
        results = render_told(
            clients, notebook=notebook, output=output, as_of=as_of, jobs=jobs, executor=None, on_result=told
        )
    for result in results:
        _print_trouble(result)
    for result in results:
        for line in purging.due(result.folder):
            typer.echo(f"due: {result.client}: {line}", err=True)
    for result in results:
        for file in result.files:
            if file.suffix == ".html":
                typer.echo(short_path(file))
    return any(result.status != "ok" for result in results)


@contextmanager
def _progress(n: int) -> Iterator[Callable[[Result], None]]:
    """Show a bar on a terminal, and a line per client elsewhere."""
    if not sys.stderr.isatty():
        yield lambda result: typer.echo(f"{result.client}: {_WORDS[result.status]}, {result.seconds:.1f} s", err=True)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("rendering", total=n)
        yield lambda result: bar.update(task, advance=1, description=result.client.replace("[", r"\["))


def _print_trouble(result: Result) -> None:
    """Name a client that has no new report with the reason, and what the gate warns of."""
    if result.status != "ok":
        cell = f" in cell {result.cell}" if result.cell else ""
        typer.echo(f"{_WORDS[result.status]}: {result.client}{cell}: {result.message}", err=True)
    for finding in result.findings:
        if finding.severity == "warning" or result.status == "blocked":
            typer.echo(f"gate, {finding.severity}: {result.client}: {finding.message}", err=True)
