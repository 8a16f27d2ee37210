"""Which parts of an executed notebook a reader sees: sections with an answer, figures numbered in order."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from crmkit.report.chart import METADATA_KEY

Notebook = Any
Cell = Any

#: Tag of the Markdown cell that begins a section: ``section:KEY``.
SECTION_TAG = "section:"
#: Kinds of output that a reader sees.
SHOWN_KINDS = ("chart", "block", "table", "glance", "commentary")
#: Kind of output that only the consultant sees; a notebook that has some says so in its ``metadata["crmkit"]``.
INTERNAL = "internal"


def present(notebook: Notebook, *, kinds: tuple[str, ...] = SHOWN_KINDS) -> Notebook:
    """Return a copy of an executed notebook with nothing but what a reader sees.

    Parameters
    ----------
    notebook
        A notebook node or dictionary; it is not changed.
    kinds
        Kinds of output that this reader sees.

    Returns
    -------
    Notebook
        Without sections whose code answers nothing (all outputs absent), without outputs that the kit did
        not make, without empty cells. Charts carry their number in ``metadata["crmkit"]["number"]``, in
        reading order; ``metadata["crmkit"]["contents"]`` lists key and title of the sections.
    """
    shown = deepcopy(notebook)
    sections = [_shown_cells(section, kinds) for section in _split(shown["cells"]) if _has_answer(section, kinds)]
    shown["cells"] = [cell for section in sections for cell in section]
    _number_figures(shown["cells"])
    contents = [{"key": key_of(section[0]), "title": _title_of(section[0])} for section in sections if section]
    about = shown["metadata"].setdefault(METADATA_KEY, {})
    about["contents"] = [entry for entry in contents if entry["key"]]
    return shown


def key_of(cell: Cell) -> str:
    """Return the key of the section that a cell begins, empty if it begins none."""
    if cell["cell_type"] != "markdown":
        return ""
    tags = cell["metadata"].get("tags", [])
    return next((tag.removeprefix(SECTION_TAG) for tag in tags if tag.startswith(SECTION_TAG)), "")


def _split(cells: list[Cell]) -> list[list[Cell]]:
    """Return the cells in sections; what stands before the first is one of its own."""
    sections: list[list[Cell]] = [[]]
    for cell in cells:
        if key_of(cell):
            sections.append([])
        sections[-1].append(cell)
    return sections


def _has_answer(section: list[Cell], kinds: tuple[str, ...]) -> bool:
    """Return False for a section that asks something and shows nothing."""
    begins_one = bool(section) and bool(key_of(section[0]))
    asks = any(cell["cell_type"] == "code" for cell in section)
    return not begins_one or not asks or any(_shown_outputs(cell, kinds) for cell in section)


def _shown_outputs(cell: Cell, kinds: tuple[str, ...]) -> list[Any]:
    if cell["cell_type"] != "code":
        return []
    outputs = [output for output in cell["outputs"] if "data" in output]
    return [output for output in outputs if about(output).get("kind") in kinds]


def about(output: Any) -> dict[str, Any]:
    """Return what the kit says of an output, empty for an output of something else."""
    return output.get("metadata", {}).get(METADATA_KEY, {})


def _shown_cells(section: list[Cell], kinds: tuple[str, ...]) -> list[Cell]:
    """Return the cells that show something, their outputs reduced to what is shown."""
    for cell in section:
        if cell["cell_type"] == "code":
            cell["outputs"] = _shown_outputs(cell, kinds)
    return [
        cell
        for cell in section
        if (cell["cell_type"] == "markdown" and cell["source"].strip())
        or (cell["cell_type"] == "code" and cell["outputs"])
    ]


def _number_figures(cells: list[Cell]) -> None:
    charts = [
        about(output)
        for cell in cells
        for output in _shown_outputs(cell, ("chart",))
        if about(output)["kind"] == "chart"
    ]
    for number, chart in enumerate(charts, start=1):
        chart["number"] = number


def _title_of(cell: Cell) -> str:
    """Return the first heading of a Markdown cell."""
    lines = cell["source"].splitlines() if cell["cell_type"] == "markdown" else []
    return next((line.lstrip("#").strip() for line in lines if line.startswith("#")), "")
