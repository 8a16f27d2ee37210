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
