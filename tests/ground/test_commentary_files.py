"""The consultant's words on disk: which are read, which are refused, which nobody would see."""

import os
from pathlib import Path

import nbformat
import pytest

from crmkit import commentary_files
from crmkit.commentary_files import SECTIONS
from crmkit.errors import InputError, SettingsError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def written(tmp_path):
    """Return a function that writes files into the commentary of a client folder, and returns that folder."""

    def write(**files: bytes | str) -> Path:
        (tmp_path / "commentary").mkdir(exist_ok=True)
        for section, content in files.items():
            raw = content if isinstance(content, bytes) else content.encode()
            (tmp_path / "commentary" / f"{section}.md").write_bytes(raw)
        return tmp_path

    return write


def test_in_the_order_of_the_report(written):
    assert list(commentary_files.read(written(voices="a", glance="b", goals="c"))) == ["glance", "goals", "voices"]


def test_nothing_there(tmp_path, written):
    assert commentary_files.read(tmp_path) == {}
    assert list(commentary_files.faults(tmp_path)) == []
    assert commentary_files.read(written(glance="", areas=" \n\t", goals="<!-- später -->")) == {}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xef\xbb\xbfGut.\n", "Gut."),
        (b"eins\r\nzwei\rdrei", "eins\nzwei\ndrei"),
        ("---\ntitle: Entwurf\ntags:\n  - crm\n---\nGut.", "Gut."),
        ("---\r\ntitle: Entwurf\r\n---\r\nGut.", "Gut."),
        ("---\n---\nGut.", "Gut."),
        ("---\nEin Satz ohne Schlüssel.\n---\nGut.", "---\nEin Satz ohne Schlüssel.\n---\nGut."),
        ("Gut.\n---\ntitle: x\n---\n", "Gut.\n---\ntitle: x\n---"),
        ("Gut.<!-- noch\nprüfen --> Wirklich.", "Gut. Wirklich."),
        ("Gut. <!-- nie zu Ende", "Gut. <!-- nie zu Ende"),
    ],
)
def test_words(written, content, words):
    assert commentary_files.read(written(glance=content)) == {"glance": words}


@pytest.mark.parametrize("raw", ["Größe".encode("cp1252"), "Größe".encode("utf-16")])
def test_another_encoding(written, refused, raw):
    with refused(InputError, "commentary/areas.md: no UTF-8 text. Save it as UTF-8."):
        commentary_files.read(written(areas=raw))


def test_a_megabyte(written, refused):
    message = "commentary/goals.md: larger than 50,000 bytes. A page of prose has about 3,000: shorten it."
    with refused(InputError, message):
        commentary_files.read(written(goals=b"a" * 1_000_000))
    assert len(commentary_files.read(written(goals=b"a" * 50_000))["goals"]) == 50_000


def test_a_link_that_leads_out(written, tmp_path_factory, refused):
    folder, secret = written(), tmp_path_factory.mktemp("elsewhere") / "secret.md"
    secret.write_text("geheim")
    (folder / "commentary" / "glance.md").symlink_to(secret)
    message = "commentary/glance.md: leads out of the client folder (a link). Put the file itself there."
    with refused(SettingsError, message):
        commentary_files.read(folder)


def test_a_folder_of_commentary_that_leads_out(tmp_path, refused):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "glance.md").write_text("geheim")
    (tmp_path / "client").mkdir()
    (tmp_path / "client" / "commentary").symlink_to(tmp_path / "elsewhere")
    with refused(
        SettingsError, "commentary/glance.md: leads out of the client folder (a link). Put the file itself there."
    ):
        commentary_files.read(tmp_path / "client")


def test_what_is_no_file_is_not_read_and_named(written):
    folder = written()
    (folder / "commentary" / "glance.md").mkdir()
    os.mkfifo(folder / "commentary" / "areas.md")
    (folder / "commentary" / "goals.md").symlink_to("goals.md")
    assert commentary_files.read(folder) == {}
    assert list(commentary_files.faults(folder)) == [
        "commentary/areas.md: is no file, it is not shown.",
        "commentary/glance.md: is no file, it is not shown.",
        "commentary/goals.md: is no file, it is not shown.",
    ]


def test_names_that_are_no_sections(written):
    folder = written(glanze="x", Goals="x", glance="x", **{".entwurf": "x"})
    (folder / "commentary" / "areas.txt").write_text("x")
    (folder / "commentary" / "a\nb.md").write_text("x")
    sections = ", ".join(f"`{section}`" for section in SECTIONS)
    assert list(commentary_files.faults(folder)) == [
        'commentary/Goals.md: no section is called so, it is not shown. Did you mean "goals"?',
        f"commentary/a b.md: no section is called so, it is not shown. Sections: {sections}.",
        'commentary/areas.txt: no section is called so, it is not shown. Did you mean "areas"?',
        'commentary/glanze.md: no section is called so, it is not shown. Did you mean "glance"?',
    ]


def test_every_section_of_the_notebook_has_a_commentary():
    section, asked = "", []
    keys = []
    for cell in nbformat.read(ROOT / "notebooks" / "retrospective.ipynb", as_version=4).cells:
        found = [tag.removeprefix("section:") for tag in cell.metadata.get("tags", []) if tag.startswith("section:")]
        section = found[0] if found else section
        keys += found
        if cell.source == f'text.commentary(client, "{section}")':
            asked.append(section)
    assert asked == [key for key in keys if key != "appendix"]
    assert asked == [key for key in SECTIONS if key in asked]


def test_a_new_client_folder_names_every_section():
    text = (ROOT / "crmkit" / "new_client" / "client.yml").read_text(encoding="utf-8")
    explained = text[text.index("commentary/*.md") :]
    assert [section for section in SECTIONS if section not in explained] == []
