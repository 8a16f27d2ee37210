"""Commands on real, small client folders."""

import datetime as dt
from pathlib import Path

import pytest

NOTEBOOKS = Path(__file__).parents[1] / "batch" / "notebooks"
SETTINGS = """
name: Acme GmbH
as_of: 2026-06-28
exports:
  - file: exports/users.csv
    reader: generic.users
    exported: 2026-06-28
    columns: {user_id: Login, name: Name, last_login: Last login}
"""
USERS = "Login,Name,Last login\nswinter,Sabine Winter,2026-06-25\nhklein,Hans Klein,2026-05-20\n"


@pytest.fixture
def acme(tmp_path) -> Path:
    folder = tmp_path / "clients" / "acme"
    (folder / "exports").mkdir(parents=True)
    (folder / "client.yml").write_text(SETTINGS, encoding="utf-8")
    (folder / "exports" / "users.csv").write_text(USERS, encoding="utf-8")
    return folder


@pytest.fixture
def broken(acme) -> Path:
    folder = acme.parent / "broken"
    folder.mkdir()
    (folder / "client.yml").write_text(SETTINGS + "langage: de\n", encoding="utf-8")
    return folder


def test_check_says_what_was_read_and_what_would_lift_the_tier(crmkit, acme):
    assert crmkit("check", acme) == (
        0,
        f"Acme GmbH ({acme})\n"
        "  tier C: last logins only: how long ago people logged in last, nothing about regularity\n"
        "  window: 2026-04-06 to 2026-06-28, 12 complete weeks before 2026-06-28\n"
        "  read:\n"
        "    generic.users: 2 rows, tier C, state of 2026-06-28\n"
        "    2 accounts of 2 holders: 2 person\n"
        "  dropped or changed:\n"
        "    nothing\n"
        "  would lift the tier: the login history of the whole window, one row a login "
        "(Salesforce: Setup, Login History)\n"
        "  draft: missing in client.yml: `privacy.legal_basis`, `privacy.purpose`, `privacy.agreement`, "
        "`privacy.delete_by`, `privacy.delete_prepared_by`\n"
        "  off until `privacy.agreement` names one: use and goals by unit over time, movement between two days, how "
        "newcomers begin and stay\n",
        "",
    )
    assert not (acme / "prepared").exists()


def test_check_goes_on_after_a_broken_client(crmkit, acme, broken):
    done = crmkit("check", acme.parent)
    assert done.code == 1
    assert done.out.startswith("Acme GmbH (")
    assert done.err.startswith(f'error: {broken / "client.yml"}: unknown key `langage`. Did you mean "language"?')


def test_prepare(crmkit, acme):
    assert crmkit("prepare", acme) == (0, f"{acme / 'prepared'}\n", "")
    assert (acme / "prepared" / "users.parquet").is_file()


def test_readers(crmkit):
    done = crmkit("readers")
    assert done.code == 0
    assert "\nsalesforce.login_history " in done.out
    assert "needs Id" in done.out


def test_render_ends_with_paths_and_names_who_failed(crmkit, acme, broken, tmp_path):
    reports = tmp_path / "reports"
    done = crmkit("render", acme.parent, "--notebook", NOTEBOOKS / "works.ipynb", "--output", reports, "--jobs", 1)
    assert done.code == 1
    assert done.out == f"{reports / 'acme' / '2026-06-28' / 'works.html'}\n"
    assert f'failed: broken: {broken / "client.yml"}: unknown key `langage`. Did you mean "language"?' in done.err


def test_render_says_what_the_gate_found(crmkit, acme, tmp_path):
    options = ["--notebook", NOTEBOOKS / "prints_name.ipynb", "--output", tmp_path / "reports"]
    done = crmkit("render", acme, *options)
    found = "a full name, e-mail address, user name or id of one of the client's users"
    assert (done.code, done.out) == (1, "")
    assert f"blocked by the gate: acme: {found} (prints_name.ipynb, cell 2" in done.err
    assert "gate, warning: acme: a word that is also the surname" in done.err
    assert "Sabine" not in done.err


def test_verify_finds_the_client_by_the_manifest(crmkit, acme, tmp_path):
    reports = tmp_path / "reports"
    crmkit("render", acme, "--notebook", NOTEBOOKS / "works.ipynb", "--output", reports)
    page = reports / "acme" / "2026-06-28" / "works.html"
    said = f"ok: {page}\nok (internal page, not for the client): {reports / 'index.html'}\n"
    assert crmkit("verify", page, reports / "index.html") == (0, said, "")
    page.write_text("<p>Sabine Winter</p>", encoding="utf-8")
    done = crmkit("verify", page)
    assert done.code == 1
    assert done.out.startswith(f"block: {page}: a full name")
    elsewhere = tmp_path / "page.html"
    elsewhere.write_text("<p>Sabine Winter</p>", encoding="utf-8")
    assert crmkit("verify", elsewhere)[0] == 0
    assert crmkit("verify", elsewhere, "--client", acme)[0] == 1


def test_day_and_default_folder(crmkit, acme, tmp_path, monkeypatch):
    monkeypatch.chdir(acme.parent)
    done = crmkit("render", "--notebook", NOTEBOOKS / "works.ipynb", "--as-of", "2026-03-29", "--jobs", 1)
    assert (done.code, done.out) == (0, f"{Path('reports', 'acme', '2026-03-29', 'works.html')}\n")
    assert dt.date(2026, 3, 29).isoformat() in (acme.parent / "reports" / "manifest.json").read_text()


def test_check_prints_the_agreement_that_switches_analyses_on(crmkit, acme):
    with (acme / "client.yml").open("a", encoding="utf-8") as settings:
        settings.write("privacy: {agreement: Works agreement no. 7 of 12 May 2025}\n")
    said = crmkit("check", acme).out
    assert said.endswith(
        "  on by `privacy.agreement`: use and goals by unit over time, movement between two days, how newcomers begin "
        "and stay; it says: Works agreement no. 7 of 12 May 2025\n"
    )
