"""The generator repeats itself, and what is committed is what it makes."""

import gzip
import re
import zipfile
from pathlib import Path

import pytest

from crmkit import schema
from crmkit.settings import read_settings

ROOT = Path(__file__).parents[2]
#: Made by `crmkit prepare`, never by the generator.
OWN = ("prepared", "pseudonym.key")


def files_of(folder: Path) -> dict[str, Path]:
    """Return the files of a folder by their path in it, without what the kit itself has made there."""
    found = {file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*")) if file.is_file()}
    return {name: file for name, file in found.items() if not set(OWN) & set(name.split("/"))}


def content_of(file: Path) -> bytes | dict[str, bytes]:
    """Return what a file says: another zlib may pack the same content into other bytes."""
    if file.suffix == ".gz":
        return gzip.decompress(file.read_bytes())
    if file.suffix == ".xlsx":
        with zipfile.ZipFile(file) as book:
            return {name: book.read(name) for name in book.namelist()}
    return file.read_bytes()


def test_two_runs_give_the_same_bytes(generate, generated, tmp_path):
    generate("--output", str(tmp_path))
    first, second = files_of(generated), files_of(tmp_path)
    assert list(first) == list(second)
    assert [name for name in first if first[name].read_bytes() != second[name].read_bytes()] == []


def test_committed_is_generated(generated, sample, clients):
    made = files_of(generated)
    committed = {f"{client}/{name}": file for client in clients for name, file in files_of(sample / client).items()}
    committed |= {f"truth/{name}": file for name, file in files_of(ROOT / "tests" / "truth").items()}
    assert sorted(committed) == sorted(made)
    assert [name for name in made if content_of(made[name]) != content_of(committed[name])] == []


def test_small_enough_to_commit(sample, clients):
    sizes = {name: file.stat().st_size for client in clients for name, file in files_of(sample / client).items()}
    total = sum(file.stat().st_size for client in clients for file in files_of(sample / client).values())
    assert max(sizes.values()) < 2_000_000
    assert total < 8_000_000


def test_addresses_belong_to_nobody(sample, clients):
    """Every domain ends in .example, which is reserved; ids of the licence manager are no addresses."""
    domains = set()
    for client in clients:
        for file in files_of(sample / client).values():
            content = content_of(file)
            parts = content.values() if isinstance(content, dict) else [content]
            text = b"\n".join(parts).decode("utf-8", errors="replace")
            # "segment@" and the hash of a definition say whom a released number counts
            domains |= set(re.findall(r"(?!segment@)\b[\w.+-]+@([\w.-]+)", text))
    assert {domain for domain in domains if not domain.endswith(".example")} == {"00d200000abcdb"}


def test_a_large_client_is_made_by_command_only(generate):
    done = generate("--client", "grossbau")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        "python data/generator: error: grossbau is not committed: say where to with --output DIR."
    )


@pytest.mark.parametrize("client", ["musterbau", "harbourfinch", "kleinod", "stadtwerke"])
def test_settings_are_valid_and_their_exports_exist(sample, client):
    settings = read_settings(sample / client / "client.yml")
    assert [export.file for export in settings.exports if not (sample / client / export.file).is_file()] == []
    listed = {export.file for export in settings.exports}
    assert {name for name in files_of(sample / client) if name.startswith("exports/")} == listed


def test_the_settings_of_the_large_client_are_valid():
    settings = read_settings(ROOT / "data" / "generator" / "folders" / "grossbau" / "client.yml")
    assert len(settings.exports) == 29


def test_only_the_draft_has_no_agreement(sample, clients):
    drafts = [client for client in clients if read_settings(sample / client / "client.yml").is_draft]
    assert drafts == ["harbourfinch"]


def test_tables_of_the_consultant_keep_their_contract(sample, clients, rows_of):
    for client in clients:
        for file in (sample / client).glob("*.csv"):
            assert list(rows_of(file)[0]) == list(schema.TABLES[file.stem]), file.name


def test_survey_is_anonymous_and_plausible(sample, rows_of):
    rows = rows_of(sample / "musterbau" / "survey.csv")
    assert len({row["respondent"] for row in rows}) == 118
    assert {row["item"] for row in rows} == {str(item) for item in range(1, 15)}
    assert {row["org_unit"] for row in rows} == {"Vertrieb", "Marketing", "Service"}
    scale = {row["answer"] for row in rows if row["item"] not in ("12", "13")}
    assert scale == {"1", "2", "3", "4", "5", "cannot_judge"}
    elsewhere = {row["answer"] for row in rows if row["item"] == "12"}
    assert elsewhere == {"never", "rarely", "monthly", "weekly", "daily"}
