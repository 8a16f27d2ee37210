"""The command line: what it says, where, and with which exit code."""

import datetime as dt
import io
import os
import subprocess
import sys

import pytest

from crmkit import __version__
from crmkit.cli import main
from crmkit.cli.new import make_client_folder
from crmkit.errors import InputError
from crmkit.settings import read_settings

COMMANDS = ["new", "check", "prepare", "render", "verify", "readers"]


def test_help_names_every_command(crmkit):
    done = crmkit("--help")
    assert done.code == 0
    assert [command for command in COMMANDS if f"\n  {command} " not in done.out] == []
    assert "..." not in done.out.replace("ARGS]...", "")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(crmkit, command):
    done = crmkit(command, "--help")
    assert done.code == 0
    assert f"Example:\n    crmkit {command}" in done.out
    assert done.out.isascii()


def test_help_is_light():
    code = (
        "import sys; from crmkit.cli import main\n"
        "try: main(['render', '--help'])\n"
        "except SystemExit: print([m for m in ('pandas', 'polars', 'papermill', 'rich') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_version(crmkit):
    assert crmkit("--version") == (0, f"crmkit {__version__}\n", "")


WRONG = {
    ("frobnicate",): "No such command 'frobnicate'",
    ("render", "--colour"): "No such option: --colour",
    ("render", "x", "--jobs", "0"): "Invalid value for '--jobs'",
    ("check",): "Missing argument",
    ("verify",): "Missing argument",
}


@pytest.mark.parametrize("arguments", WRONG)
def test_a_wrong_call_is_2(crmkit, arguments):
    done = crmkit(*arguments)
    assert (done.code, done.out) == (2, "")
    assert WRONG[arguments] in done.err


@pytest.mark.parametrize("command", ["check", "prepare", "render"])
def test_no_such_folder(crmkit, command, tmp_path):
    nobody = tmp_path / "nobody"
    assert crmkit(command, nobody) == (
        2, "", f"error: {nobody}: no such folder. `crmkit new {nobody}` makes a client folder.\n",
    )  # fmt: skip


def test_wrong_date(crmkit, tmp_path):
    make_client_folder(tmp_path / "acme")
    done = crmkit("render", tmp_path / "acme", "--as-of", "28.6.2026", "--output", tmp_path / "reports")
    assert done == (2, "", 'error: as_of: "28.6.2026" is no date, write it as YYYY-MM-DD.\n')


@pytest.mark.parametrize("name", ["acme", 'Müller & Söhne: "Süd" #1', "yes", "{0}"])
def test_new_makes_a_folder_that_can_be_read(crmkit, tmp_path, name):
    folder = tmp_path / name
    done = crmkit("new", folder)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0] == str(folder / "client.yml")
    settings = read_settings(folder / "client.yml")
    assert (settings.name, settings.as_of) == (name, dt.date.today())
    assert "pseudonym.key" in (folder / ".gitignore").read_text()


def test_the_template_explains_every_key():
    """What is commented out is valid as well."""
    import re
    from importlib.resources import files

    from crmkit.settings import Settings

    text = (files("crmkit") / "new_client" / "client.yml").read_text(encoding="utf-8")
    explained = set(re.findall(r"^#? ?(\w+):", text, re.M))
    assert set(Settings.model_fields) - explained == set()


def test_everything_in_the_template_is_valid(tmp_path):
    make_client_folder(tmp_path, today=dt.date(2026, 6, 28))
    lines = (tmp_path / "client.yml").read_text(encoding="utf-8").split("# ------")[:-1]
    keys = "name|as_of|exports|language|timezone|country|subdivision|calendar|crm|retrospective|areas|roles|active"
    keys += "|accounts|reporting_units|privacy|goals|decisions|commitments|parallel|participants|next_date|survey|brand"
    import re

    text = "# ------".join(lines)
    text = re.sub(rf"^# ((?:{keys}):)", r"\1", text, flags=re.M)
    text = re.sub(r"^# (  .*|  - .*)$", r"\1", text, flags=re.M)
    text = re.sub(r"^  # (.*)$", r"  \1", text, flags=re.M)
    (tmp_path / "client.yml").write_text(text, encoding="utf-8")
    settings = read_settings(tmp_path / "client.yml")
    assert (len(settings.exports), settings.next_date, len(settings.goals)) == (3, dt.date(2026, 12, 10), 2)
    assert (settings.survey.n_invited, settings.survey.to_date) == (160, dt.date(2026, 5, 15))
    assert settings.privacy.missing == ("legal_basis", "purpose", "agreement", "delete_by", "delete_prepared_by")
    assert (settings.privacy.contact_role, settings.privacy.totals_only) == ("Data protection officer", True)


def test_new_changes_nothing_that_is_there(crmkit, tmp_path):
    make_client_folder(tmp_path)
    before = (tmp_path / "client.yml").read_text()
    assert crmkit("new", tmp_path) == (
        2,
        "",
        f"error: {tmp_path / 'client.yml'}: is there already, nothing was changed.\n",
    )
    assert (tmp_path / "client.yml").read_text() == before
    file = tmp_path / "file"
    file.write_text("")
    assert crmkit("new", file) == (2, "", f"error: {file}: cannot be made: not a directory.\n")


def test_verify(crmkit, tmp_path):
    good, bad = tmp_path / "good.html", tmp_path / "bad.html"
    good.write_text("<p>58 von 190</p>")
    bad.write_text("<p>a@b.example</p>")
    unchecked = "names were not looked for: the client's identities or key are not at hand"
    assert crmkit("verify", good) == (0, f"warning: {good}: {unchecked}\n", "")
    assert crmkit("verify", good, bad) == (
        1,
        f"warning: {good}: {unchecked}\nblock: {bad}: an e-mail address (line 1)\nwarning: {bad}: {unchecked}\n",
        "",
    )


def test_verify_wrong_calls(crmkit, tmp_path):
    missing, other = tmp_path / "a.html", tmp_path / "a.pdf"
    other.write_text("")
    assert crmkit("verify", missing) == (2, "", f"error: {missing}: no such file.\n")
    assert crmkit("verify", tmp_path)[0] == 2
    assert crmkit("verify", other) == (
        1, "", f"error: {other}: no file that the gate can read. It reads .csv, .htm, .html, .ipynb, .json, .md, .svg, "
        ".tsv, .txt, .xhtml, .xlsx, .xml.\n",
    )  # fmt: skip
    assert crmkit("verify", other, "--client", missing)[0] == 2


def test_errors_are_one_line_and_debug_shows_the_rest(crmkit, tmp_path, monkeypatch):
    make_client_folder(tmp_path / "acme")

    def fail(folder, *, key_file):
        raise ValueError("could not convert 'Sabine Winter' to a number")

    monkeypatch.setattr("crmkit.ingest.prepare", fail, raising=False)
    done = crmkit("prepare", tmp_path / "acme")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("error: ValueError: this is a bug in crmkit. `--debug` shows where it happened")
    assert "Winter" not in done.err
    assert done.err.count("\n") == 1
    with pytest.raises(ValueError, match="could not convert"):
        main(["prepare", str(tmp_path / "acme"), "--debug"])


def test_a_client_that_fails_does_not_stop_the_others(crmkit, tmp_path, monkeypatch):
    for name in ("a", "b", "c"):
        make_client_folder(tmp_path / name)

    def fail_for_b(folder, *, key_file):
        if folder.name == "b":
            raise InputError.empty("exports/users.csv")

    monkeypatch.setattr("crmkit.ingest.prepare", fail_for_b, raising=False)
    assert crmkit("prepare", tmp_path) == (
        1,
        f"{tmp_path / 'a' / 'prepared'}\n{tmp_path / 'c' / 'prepared'}\n",
        "error: exports/users.csv: the export is empty. Ask for it again, with its period and filters stated.\n",
    )


def test_a_console_that_lacks_letters(tmp_path, monkeypatch):
    """Windows: German names on a console of another code page."""
    console = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr(sys, "stderr", console)
    with pytest.raises(SystemExit):
        main(["check", str(tmp_path / "Łódź 日本")])
    console.flush()
    assert "?ódz ??".replace("z", "?") in console.buffer.getvalue().decode("cp1252")  # type: ignore[attr-defined]


def test_a_process_on_a_console_of_cp1252():
    done = subprocess.run(
        [sys.executable, "-m", "crmkit.cli", "check", "Łódź"],
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "cp1252"},
    )
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: ?\xf3d?: no such folder.")
