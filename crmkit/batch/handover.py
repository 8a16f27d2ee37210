"""The client's own copy of the notebook: code and results, nothing about how and where it was run."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from crmkit.privacy.gate import Finding
from crmkit.report.chart import METADATA_KEY
from crmkit.report.sections import about, key_of, present

if TYPE_CHECKING:
    from nbformat import NotebookNode

_PARAMETER_TAGS = frozenset({"parameters", "injected-parameters"})
#: What papermill, the kernel and editors leave behind: paths, parameters, times, screen states.
_CELL_TRACES = ("papermill", "execution", "ExecuteTime", "jupyter", "collapsed", "scrolled", "trusted")
_NOTEBOOK_KEPT = ("kernelspec", "language_info", "crmkit")


def without_traces(notebook: NotebookNode) -> NotebookNode:
    """Return a notebook without the parameters, error streams and traces of its run.

    Parameters
    ----------
    notebook
        An executed notebook; not changed.

    Returns
    -------
    nbformat.NotebookNode
    """
    clean = deepcopy(notebook)
    clean.cells = [cell for cell in clean.cells if not _PARAMETER_TAGS & set(cell.metadata.get("tags", []))]
    clean.metadata = type(clean.metadata)({k: v for k, v in clean.metadata.items() if k in _NOTEBOOK_KEPT})
    for cell in clean.cells:
        for trace in _CELL_TRACES:
            cell.metadata.pop(trace, None)
        if not cell.metadata.get("tags", True):
            del cell.metadata["tags"]
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if not _is_error_stream(output)]
    return clean


def answered(notebook: NotebookNode) -> NotebookNode:
    """Return a notebook without sections and cells whose question the client's data cannot answer.

    Parameters
    ----------
    notebook
        An executed notebook; not changed.

    Returns
    -------
    nbformat.NotebookNode
        With the code that the results rest on, also where it shows nothing itself.
    """
    kept = {entry["key"] for entry in present(notebook).metadata[METADATA_KEY]["contents"]}
    shown, section = deepcopy(notebook), ""
    cells = []
    for cell in shown.cells:
        section = key_of(cell) or section
        if section in kept | {""} and not _is_absent(cell):
            cells.append(cell)
    shown.cells = cells
    return shown


def _is_absent(cell: NotebookNode) -> bool:
    outputs = cell.get("outputs", [])
    return bool(outputs) and all(about(output).get("kind") == "absent" for output in outputs)


def error_streams(notebook: NotebookNode) -> list[Finding]:
    """Return a warning if cells wrote to their error stream: nobody would see it otherwise."""
    own = [cell for cell in notebook.cells if "injected-parameters" not in cell.metadata.get("tags", [])]
    cells = [number for number, cell in enumerate(own, start=1) if any(map(_is_error_stream, cell.get("outputs", [])))]
    return [Finding("stderr", "warning", f"cell {cells[0]}", len(cells))] if cells else []


def _is_error_stream(output: NotebookNode) -> bool:
    return output.output_type == "stream" and output.name == "stderr"
