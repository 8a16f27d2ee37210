"""The two lists of packages agree, the import is light, the walls between the rooms stand."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
#: PyPI name → conda-forge name, where they differ.
CONDA_NAMES = {"duckdb": "python-duckdb", "tzdata": "python-tzdata", "playwright": "playwright-python"}
ROOMS = ["ingest", "method", "privacy", "report", "batch"]
#: Library → the rooms that may import it (the roof may use every room, but no library of theirs).
RESERVED = {
    "polars": {"ingest"},
    "python_calamine": {"ingest"},
    "matplotlib": {"report"},
    "seaborn": {"report"},
    "papermill": {"batch"},
    "nbconvert": {"batch"},
}


def requirements(lines: list[str]) -> dict[str, str]:
    return {re.split(r"[><=\[]", line)[0].strip(): line[line.index(">=") :] for line in lines if ">=" in line}


def test_conda_and_pip_name_the_same_packages():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    pip = requirements(project["dependencies"] + project["optional-dependencies"]["test"])
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    conda = requirements(environment)
    assert conda.pop("python") == project["requires-python"]
    assert conda == {CONDA_NAMES.get(name, name): version for name, version in pip.items()}


def test_every_dependency_is_pinned_without_a_host():
    text = (ROOT / "constraints.txt").read_text().lower()
    pinned = {line.split("==")[0].replace("_", "-") for line in text.splitlines() if "==" in line}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    wanted = requirements(project["dependencies"] + extras["test"] + extras["dev"])
    assert {name.lower() for name in wanted} - pinned == set()
    assert not re.search(r"https?:|@ ", text)


def test_import_loads_nothing_heavy():
    code = "import crmkit, sys; print([m for m in ('pandas', 'polars', 'matplotlib', 'pydantic') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_every_public_name_can_be_had():
    import crmkit

    assert all(getattr(crmkit, name) is not None for name in crmkit.__all__)
    with pytest.raises(AttributeError, match="module 'crmkit' has no attribute 'segment'"):
        _ = crmkit.segment


def imports_of(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def room_of(file: Path) -> str:
    inside = file.relative_to(ROOT / "crmkit").parts
    return inside[0] if inside[0] in ROOMS else ("roof" if inside[0] in ("cli", "cli.py", "workshop") else "ground")


FILES = sorted((ROOT / "crmkit").rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_walls(file):
    """A room imports only from rooms before it and from the ground floor."""
    room = room_of(file)
    if room == "roof" or file == ROOT / "crmkit" / "__init__.py":
        return
    allowed = set(ROOMS[: ROOMS.index(room) + 1]) if room in ROOMS else set()
    used = {name.split(".")[1] for name in imports_of(file) if name.startswith("crmkit.")}
    assert used & set(ROOMS) <= allowed


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_libraries_stay_in_their_rooms(file):
    used = {name.split(".")[0] for name in imports_of(file)}
    room = room_of(file)
    assert {library for library in used & set(RESERVED) if room not in RESERVED[library]} == set()


def test_only_charts_draw():
    drawing = [f for f in FILES if {"matplotlib", "seaborn"} & {name.split(".")[0] for name in imports_of(f)}]
    homes = {"/".join(f.relative_to(ROOT / "crmkit").parts[:2]) for f in drawing}
    assert homes <= {"report/charts", "report/chart.py"}
