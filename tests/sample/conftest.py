"""The committed sample, a fresh run of the generator, and raw rows read without the kit."""

import csv
import gzip
import io
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CLIENTS = ("musterbau", "harbourfinch", "kleinod", "stadtwerke")


@pytest.fixture(scope="session")
def clients():
    return CLIENTS


@pytest.fixture(scope="session")
def sample() -> Path:
    return ROOT / "data" / "sample"


@pytest.fixture(scope="session")
def generate():
    """Return a function that runs the generator's command."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(ROOT / "data" / "generator"), *arguments]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)

    return run


@pytest.fixture(scope="session")
def generated(generate, tmp_path_factory) -> Path:
    """Return a folder with all committed clients, made anew."""
    folder = tmp_path_factory.mktemp("generated")
    done = generate("--output", str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.fixture(scope="session")
def rows_of():
    """Return a function that reads the rows of a CSV file, compressed or not."""

    def read(file: Path, *, delimiter: str = ",", encoding: str = "utf-8") -> list[dict[str, str]]:
        content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        return list(csv.DictReader(io.StringIO(content.decode(encoding), newline=""), delimiter=delimiter))

    return read


@pytest.fixture(scope="session")
def truth_of(rows_of):
    """Return a function that reads the truth of a client: account → row."""

    def read(client: str) -> dict[str, dict[str, str]]:
        return {row["account"]: row for row in rows_of(ROOT / "tests" / "truth" / f"{client}.csv")}

    return read
