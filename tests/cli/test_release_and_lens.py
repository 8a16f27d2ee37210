"""`crmkit release` and `crmkit lens` on a sample client."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crmkit.cli.commands import app

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "musterbau"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clients") / "musterbau"
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("prepared", "pseudonym.key"))
    return folder


@pytest.fixture
def client(sample):
    """Return the sample of which nothing has been handed out yet."""
    shutil.rmtree(sample / "history" / "released", ignore_errors=True)
    return sample


def test_what_was_handed_out_is_kept(client):
    done = CliRunner().invoke(app, ["release", str(client)])
    assert (done.exit_code, done.output.strip().endswith("history/released/2026-06-28.json")) == (0, True)
    kept = json.loads((client / "history/released/2026-06-28.json").read_text(encoding="utf-8"))
    everybody = next(group for group in kept if group["day"] == "2026-06-28" and not group["unit"])
    assert everybody["n_people"] == 190
    people = json.loads((client / "history/released/2026-06-28.people.json").read_text(encoding="utf-8"))
    assert len(people) == len(kept)
    # nobody knows who answered the survey
    assert {said["universe"] for said, group in zip(kept, people, strict=True) if group is None} == {"respondents"}
    assert all(one.startswith("u_") for group in people if group is not None for one in group)


def test_units_that_few_people_changed_are_not_told_of_twice(client):
    """Two people moved from one sales team to the other since 24 May: both teams' figures go."""
    before = shown_at_5(client, "by_unit")
    CliRunner().invoke(app, ["release", str(client), "--as-of", "2026-05-24"])
    after = shown_at_5(client, "by_unit")
    assert (before, after) == (34, 29)


def shown_at_5(client: Path, table: str) -> int:
    lines = CliRunner().invoke(app, ["lens", str(client)]).output.splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{table} "))


def test_fewer_numbers_at_a_higher_k(client):
    done = CliRunner().invoke(app, ["lens", str(client)])
    lines = done.output.strip().splitlines()
    assert lines[0] == "Musterbau GmbH: numbers shown"
    assert lines[1].split() == ["k=5", "k=7", "k=10"]
    five, seven, ten = map(int, lines[-1].split()[-3:])
    assert five > seven > ten > 0
