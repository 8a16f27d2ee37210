"""The sample clients, copied, prepared and rendered once for all tests of this room."""

import os
import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample"
CLIENTS = ["musterbau", "harbourfinch", "kleinod", "stadtwerke"]


@pytest.fixture(scope="session")
def samples(tmp_path_factory) -> Path:
    """Return a copy of the sample folder without anything prepared."""
    target = tmp_path_factory.mktemp("sample") / "clients"
    shutil.copytree(SAMPLE, target, ignore=shutil.ignore_patterns("prepared", "pseudonym.key"))
    return target


@pytest.fixture(scope="session")
def musterbau(samples):
    """Return Musterbau, prepared and opened."""
    import crmkit

    crmkit.ingest.prepare(samples / "musterbau")
    return crmkit.open_client(samples / "musterbau")


@pytest.fixture(scope="session")
def reports(samples, tmp_path_factory) -> Path:
    """Return a folder with the rendered reports of all sample clients."""
    from crmkit import batch

    output = tmp_path_factory.mktemp("reports")
    results = batch.render([samples], output=output)
    assert {result.client: result.message for result in results if result.status != "ok"} == {}
    return output


@pytest.fixture(scope="session")
def in_both_languages(samples, reports, tmp_path_factory) -> dict[tuple[str, str], Path]:
    """Return the folder of each sample's report by client and language; in the client's own it is of `reports`."""
    from crmkit import batch

    place = tmp_path_factory.mktemp("other_language")
    # as they were prepared for their own language
    shutil.copytree(samples, place / "clients")
    for file in place.glob("clients/*/client.yml"):
        file.write_text(_in_the_other_language(file.read_text(encoding="utf-8")), encoding="utf-8")
    results = batch.render([place / "clients"], output=place / "reports")
    assert {result.client: result.message for result in results if result.status != "ok"} == {}
    pages = [*reports.glob("*/*/retrospective.html"), *place.glob("reports/*/*/retrospective.html")]
    return {(page.parts[-3], _language_of(page)): page.parent for page in pages}


def _in_the_other_language(settings: str) -> str:
    other = {"de": "en", "en": "de"}
    changed, n = re.subn(r"(?m)^language: (de|en)\b", lambda found: f"language: {other[found[1]]}", settings)
    assert n == 1
    return changed


def _language_of(page: Path) -> str:
    return re.search(r'<html lang="(\w+)"', page.read_text(encoding="utf-8"))[1]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of a Chromium; in CI a missing one is a failure."""
    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("CI has no Chromium: .ci/run installs it")
    return found or pytest.skip("no Chromium on the PATH")
