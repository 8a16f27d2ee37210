"""The notebook that is rendered: found, read, checked and translated before any kernel starts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from symtable import symtable
from typing import TYPE_CHECKING, Any

from crmkit.errors import CallError

if TYPE_CHECKING:
    from nbformat import NotebookNode

DEFAULT_NOTEBOOK = "retrospective.ipynb"
DATA_CHECK = "data_check.ipynb"
PORTFOLIO = "portfolio.ipynb"
#: What `render` hands in; a notebook that does not declare one of them would silently ignore it.
PARAMETERS = ("client_dir", "as_of", "language")
PORTFOLIO_PARAMETERS = ("folder", "as_of", "language")


@dataclass(frozen=True)
class Source:
    """A notebook as text, checked.

    Attributes
    ----------
    name
        Name of the file without its ending; the reports are called so.
    text
        The notebook's JSON.
    """

    name: str
    text: str


def read_source(path: str | Path | None, *, parameters: tuple[str, ...] | None = None) -> Source:
    """Find, read and check a notebook.

    Parameters
    ----------
    path
        The notebook; None: the kit's own retrospective.
    parameters
        What its parameters cell has to declare; None: what `render` hands in, and it must be for clients.

    Returns
    -------
    Source

    Raises
    ------
    CallError
        If there is no such notebook, it cannot be read, its parameters cell does not declare all of
        `parameters`, or it is for the consultant alone and no client's report.
    """
    file = own_notebook(DEFAULT_NOTEBOOK) if path is None else Path(path)
    try:
        text = file.read_text(encoding="utf-8")
        cells = json.loads(text)["cells"]
    except FileNotFoundError:
        raise CallError.no_notebook(str(file), "no such file") from None
    except OSError as error:
        raise CallError.no_notebook(str(file), (error.strerror or type(error).__name__).lower()) from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise CallError.no_notebook(str(file), "not a notebook file of format 4") from None
    if parameters is None:
        _require_for_clients(file.stem, text)
    _check_parameters(str(file), cells, parameters or PARAMETERS)
    return Source(file.stem, text)


def notebook_in(source: Source, *, language: str) -> NotebookNode:
    """Return the notebook with its Markdown cells in a language."""
    import nbformat

    from crmkit.report.language import language as language_of

    spoken = language_of(language)
    notebook = nbformat.reads(source.text, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = spoken.markdown(cell.source)
    return notebook


def _require_for_clients(name: str, text: str) -> None:
    try:
        audience = json.loads(text)["metadata"]["crmkit"]["audience"]
    except (KeyError, TypeError):
        return
    if audience == "internal":
        raise CallError.internal_notebook(name)


def own_notebook(name: str) -> Path:
    """Return one of the kit's notebooks: inside the wheel, or beside the package in the source tree."""
    package = Path(str(files("crmkit")))
    shipped = package / "notebooks" / name
    return shipped if shipped.is_file() else package.parent / "notebooks" / name


def _check_parameters(file: str, cells: Any, parameters: tuple[str, ...]) -> None:
    try:
        code = next(
            _text(c) for c in cells if c["cell_type"] == "code" and "parameters" in c["metadata"].get("tags", [])
        )
    except StopIteration:
        raise CallError.no_parameters(file) from None
    except (KeyError, TypeError, AttributeError):
        raise CallError.no_notebook(file, "its cells are damaged") from None
    declared = _names_bound_in(file, code)
    missing = [name for name in parameters if name not in declared]
    if missing:
        raise CallError.undeclared(file, missing, declared)


def _text(cell: dict[str, Any]) -> str:
    """Return a cell's source, which files keep as one text or as lines."""
    return cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])


def _names_bound_in(file: str, code: str) -> list[str]:
    try:
        # not `ast`, which in Python 3.11 fails now and then when several threads use it
        symbols = symtable(code, file, "exec").get_symbols()
    except SyntaxError as error:
        raise CallError.no_notebook(file, f"line {error.lineno} of the parameters cell is no Python") from None
    return [symbol.get_name() for symbol in symbols if symbol.is_assigned()]
