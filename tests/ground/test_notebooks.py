"""Committed notebooks: narrative and calls, without outputs."""

import ast
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


def code_cells(file: Path) -> list:
    return [cell for cell in nbformat.read(file, as_version=4).cells if cell.cell_type == "code"]


@pytest.fixture(params=NOTEBOOKS, ids=lambda file: file.stem)
def notebook(request):
    return request.param


def test_is_valid_and_has_no_outputs(notebook):
    nbformat.validate(nbformat.read(notebook, as_version=4))
    assert all(not cell.outputs and cell.execution_count is None for cell in code_cells(notebook))


def test_calls_and_nothing_else(notebook):
    for cell in code_cells(notebook):
        tree = ast.parse(cell.source)
        banned = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.If, ast.With, ast.Try, ast.Lambda)
        assert not any(isinstance(node, banned) for node in ast.walk(tree)), cell.source
        assert len(cell.source.splitlines()) <= 10, cell.source


def test_no_name_is_bound_twice(notebook):
    bound = [
        node.id
        for cell in code_cells(notebook)
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    ]
    assert len(bound) == len(set(bound))


def test_one_parameters_cell_of_typed_literals(notebook):
    cells = [cell for cell in code_cells(notebook) if "parameters" in cell.metadata.get("tags", [])]
    assert len(cells) == 1
    for node in ast.parse(cells[0].source).body:
        assert isinstance(node, ast.AnnAssign)
        assert isinstance(node.value, ast.Constant)


def test_no_number_is_typed_into_text(notebook):
    cells = [cell for cell in nbformat.read(notebook, as_version=4).cells if cell.cell_type == "markdown"]
    assert not [cell.source for cell in cells if any(letter.isdigit() for letter in cell.source)]
