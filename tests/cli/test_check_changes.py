"""`crmkit check` on the change log: units that nobody is in, changes of the future."""

import pytest

SETTINGS = """
name: Acme GmbH
as_of: 2026-06-28
exports:
  - {file: exports/users.csv, reader: generic.users, exported: 2026-06-28}
"""


@pytest.fixture
def said(crmkit, tmp_path):
    """Return a function that runs `check` on a client with a change log, and returns its lines about it."""

    def run(*changes: str) -> list[str]:
        (tmp_path / "exports").mkdir()
        (tmp_path / "client.yml").write_text(SETTINGS, encoding="utf-8")
        people = [f"p{n},Person {n},{unit},2026-06-25" for n, unit in enumerate(["Sales/North", "Service"] * 3)]
        rows = ["user_id,name,org_unit,last_login", *people]
        (tmp_path / "exports" / "users.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        log = ["date,kind,title,org_unit", *changes]
        (tmp_path / "changes.csv").write_text("\n".join(log) + "\n", encoding="utf-8")
        done = crmkit("check", tmp_path)
        assert (done.code, done.err) == (0, "")
        return [line for line in done.out.splitlines() if line.startswith("  changes.csv: ")]

    return run


def test_units_of_changes(said):
    assert said(
        "2026-01-12,technical,Form,Sales", "2026-01-12,technical,Form,north", "2026-01-12,technical,Form,Servcie",
        "2026-01-12,technical,Form,",
    ) == ['  changes.csv: Servcie: nobody is in this unit. Did you mean "Service"?']  # fmt: skip


def test_changes_of_the_future(said):
    assert said("2026-07-06,technical,Form,", "2026-09-01,cultural,Training,", "2026-06-28,cultural,Today,") == [
        "  changes.csv: 2 after `as_of`, not in the report: the first on 2026-07-06"
    ]
