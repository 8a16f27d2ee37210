"""`crmkit verify` knows whose file it reads, and leaves what is not the kit's alone."""

from pathlib import Path

import pytest

NOTEBOOKS = Path(__file__).parents[1] / "batch" / "notebooks"
SETTINGS = """
name: {name}
as_of: 2026-06-28
exports:
  - file: exports/users.csv
    reader: generic.users
    exported: 2026-06-28
    columns: {{user_id: Login, name: Name, last_login: Last login}}
"""
USERS = "Login,Name,Last login\n{login},{name},2026-06-25\n"


@pytest.fixture
def reports(crmkit, tmp_path) -> Path:
    """Return the reports of two clients; that of Beta was blocked."""
    for folder, login, name in (("alpha", "swinter", "Sabine Winter"), ("beta", "hklein", "Hans Klein")):
        place = tmp_path / "clients" / folder
        (place / "exports").mkdir(parents=True)
        (place / "exports" / "users.csv").write_text(USERS.format(login=login, name=name), encoding="utf-8")
        (place / "client.yml").write_text(SETTINGS.format(name=f"{folder} works"), encoding="utf-8")
        crmkit("render", place, "--notebook", NOTEBOOKS / "works.ipynb", "--output", tmp_path / "reports")
    return tmp_path / "reports"


def test_an_internal_page_names_nobody_of_any_client(crmkit, reports):
    for name in ("index.html", "manifest.json"):
        file = reports / name
        assert crmkit("verify", file) == (0, f"ok (internal page, not for the client): {file}\n", "")
        text = file.read_text(encoding="utf-8")
        for person in ("Sabine Winter", "Hans Klein"):
            file.write_text(text.replace("alpha works", f"alpha works {person}"), encoding="utf-8")
            done = crmkit("verify", file)
            assert done.code == 1
            assert done.out.startswith(f"block: {file}: a full name")
            assert person not in done.out
        file.write_text(text, encoding="utf-8")


def test_a_file_in_quarantine_is_still_its_clients(crmkit, reports):
    file = reports / ".quarantine" / "alpha" / "works.html"
    file.parent.mkdir(parents=True)
    file.write_text("<p>Sabine Winter, beta works</p>", encoding="utf-8")
    done = crmkit("verify", file)
    assert done.code == 1
    assert "a full name" in done.out
    assert "the name of another client" in done.out


def test_a_manifest_of_something_else_is_left_alone(crmkit, tmp_path):
    for content in ('{"name": "web app"}', "{", "[]"):
        (tmp_path / "manifest.json").write_text(content)
        page = tmp_path / "page.html"
        page.write_text("<p>x</p>")
        assert crmkit("verify", page).code == 0
        assert [file.name for file in sorted(tmp_path.glob("manifest*"))] == ["manifest.json"]


def test_files_of_other_tools(crmkit, tmp_path):
    table, other = tmp_path / "a.csv", tmp_path / "a.docx"
    table.write_text('a,b\n"=WEBSERVICE(""http://a"")",1\n')
    other.write_text("x")
    done = crmkit("verify", table)
    found = "a formula that reaches outside the file, or a text that a spreadsheet takes for one"
    assert done.code == 1
    assert done.out.startswith(f"block: {table}: {found} (row 2, column 1)\n")
    assert crmkit("verify", other).err.startswith(f"error: {other}: no file that the gate can read. It reads .csv, ")


MARKED = '<!DOCTYPE html><html lang="en"><head><meta name="crmkit-audience" content="internal"></head><p>beta works</p>'


def test_no_mark_makes_a_clients_file_internal(crmkit, reports, tmp_path):
    file = reports / "alpha" / "2026-06-28" / "marked.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(MARKED)
    assert crmkit("verify", file).out == f"block: {file}: the name of another client (line 1)\n"
    loose = tmp_path / "loose.html"
    loose.write_text(MARKED)
    unchecked = "names were not looked for: the client's identities or key are not at hand"
    assert crmkit("verify", loose) == (0, f"warning: {loose}: {unchecked}\n", "")


def test_a_client_may_be_called_like_a_part_of_another(crmkit, reports):
    """Alpha works is no other client in a file of Alpha works Nord: its own name holds it."""
    manifest = reports / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("beta works", "alpha works Nord"))
    file = reports / "beta" / "2026-06-28" / "page.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("<p>alpha works Nord</p>")
    assert crmkit("verify", file) == (0, f"ok: {file}\n", "")
