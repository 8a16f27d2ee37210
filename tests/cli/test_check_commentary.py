"""`crmkit check` names files of commentary that no reader would see."""

import shutil
from pathlib import Path

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "kleinod"


def test_a_name_that_is_no_section(crmkit, tmp_path):
    folder = tmp_path / "kleinod"
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("prepared", "pseudonym.key"))
    before = crmkit("check", folder).out.splitlines()
    (folder / "commentary" / "glanze.md").write_text("Gut.\n", encoding="utf-8")
    done = crmkit("check", folder)
    said = [line for line in done.out.splitlines() if line not in before]
    line = '  commentary/glanze.md: no section is called so, it is not shown. Did you mean "glance"?'
    assert (done.code, said) == (0, [line])


def said_by(crmkit, tmp_path, spoil) -> list[str]:
    """Return the lines on commentary after a client's folder was spoilt."""
    folder = tmp_path / "kleinod"
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("prepared", "pseudonym.key"))
    spoil(folder)
    done = crmkit("check", folder)
    assert done.code == 0
    return [line for line in done.out.splitlines() if line.startswith("  commentary")]


def test_what_render_would_refuse(crmkit, tmp_path):
    def spoil(folder):
        (folder / "commentary/glance.md").write_bytes(b"\xff\xfe\x00")
        (folder / "commentary/goals.md").write_text("a" * 50_001)
        (folder / "commentary/standing.md").symlink_to(SAMPLE / "commentary/glance.md")

    assert said_by(crmkit, tmp_path, spoil) == [
        "  commentary/glance.md: no UTF-8 text. Save it as UTF-8.",
        "  commentary/standing.md: leads out of the client folder (a link). Put the file itself there.",
        "  commentary/goals.md: larger than 50,000 bytes. A page of prose has about 3,000: shorten it.",
    ]


def test_a_folder_elsewhere_is_not_listed(crmkit, tmp_path):
    def spoil(folder):
        shutil.rmtree(folder / "commentary")
        (folder / "commentary").symlink_to("/etc")

    assert said_by(crmkit, tmp_path, spoil) == [
        "  commentary: leads out of the client folder (a link). Put the file itself there."
    ]


def test_many_strange_files_are_counted(crmkit, tmp_path):
    def spoil(folder):
        for number in range(9):
            (folder / f"commentary/notes_{number}.md").write_text("x")

    lines = said_by(crmkit, tmp_path, spoil)
    assert len(lines) == 6
    assert lines[-1] == "  commentary: 4 more entries are no sections and are not shown."
