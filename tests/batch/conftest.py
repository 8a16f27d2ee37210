"""Small client folders, and notebooks named for their fault."""

from pathlib import Path

import pytest

NOTEBOOKS = Path(__file__).parent / "notebooks"

SETTINGS = """
name: {name}
as_of: 2026-06-28
exports:
  - file: exports/users.csv
    reader: generic.users
    exported: 2026-06-28
    columns: {{user_id: Login, name: Name, last_login: Last login}}
"""
USERS = "Login,Name,Last login\nswinter,Sabine Winter,2026-06-25\nhklein,Hans Klein,2026-05-20\n"


@pytest.fixture
def clients(tmp_path):
    """Return a function that makes a client folder with a list of two users."""

    def make(folder: str, *, name: str = "", settings: str = "") -> Path:
        place = tmp_path / "clients" / folder
        (place / "exports").mkdir(parents=True)
        (place / "exports" / "users.csv").write_text(USERS, encoding="utf-8")
        (place / "client.yml").write_text(SETTINGS.format(name=name or folder) + settings, encoding="utf-8")
        return place

    return make


@pytest.fixture
def output(tmp_path):
    """Return the folder for reports."""
    return tmp_path / "reports"


@pytest.fixture
def notebook():
    """Return a function that gives the path of a notebook named for its fault."""
    return lambda name: NOTEBOOKS / f"{name}.ipynb"
