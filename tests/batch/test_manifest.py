"""The manifest: the last run and all good reports of every client, and an internal page over them."""

import datetime as dt
import json
from pathlib import Path

import crmkit
from crmkit.batch.manifest import owner_of, read_manifest, record
from crmkit.batch.result import Result
from crmkit.privacy.gate import Finding, check_file

NOON = dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC)
DAY = dt.date(2026, 6, 28)
OK = Result(
    "acme", Path("/clients/acme"), DAY, "ok", name="Acme GmbH", tier="B", seconds=4.321, hashes={"r.html": "f00"},
    findings=(Finding("surname", "warning", "r.html, line 3", 2),),
)  # fmt: skip


def publish(output, result):
    place = output / result.client / result.as_of.isoformat()
    place.mkdir(parents=True, exist_ok=True)
    for name in result.hashes:
        (place / name).write_text("<p>")
    record(output, [result], now=NOON)


def test_a_good_report(tmp_path):
    publish(tmp_path, OK)
    assert json.loads((tmp_path / "manifest.json").read_text()) == {
        "audience": "internal",
        "crmkit": crmkit.__version__,
        "clients": {
            "acme": {
                "name": "Acme GmbH",
                "folder": "/clients/acme",
                "last_run": {
                    "status": "ok",
                    "as_of": "2026-06-28",
                    "message": "",
                    "cell": None,
                    "seconds": 4.32,
                    "finished": "2026-07-01T12:00:00+00:00",
                    "findings": [{"rule": "surname", "severity": "warning", "where": "r.html, line 3", "n": 2}],
                },
                "reports": {
                    "2026-06-28": {
                        "files": {"acme/2026-06-28/r.html": "f00"},
                        "tier": "B",
                        "draft": False,
                        "finished": "2026-07-01T12:00:00+00:00",
                    }
                },
            }
        },
    }


def test_a_failure_keeps_the_last_good_report(tmp_path):
    publish(tmp_path, OK)
    record(tmp_path, [Result("acme", Path("/clients/acme"), None, "failed", "no YAML.")], now=NOON)
    entry = read_manifest(tmp_path)["clients"]["acme"]
    assert (entry["name"], entry["last_run"]["status"], list(entry["reports"])) == (
        "Acme GmbH",
        "failed",
        ["2026-06-28"],
    )
    page = (tmp_path / "index.html").read_text()
    assert "the last good one" in page
    assert "no YAML." in page


def test_a_report_that_was_deleted_is_no_longer_listed(tmp_path):
    publish(tmp_path, OK)
    (tmp_path / "acme" / "2026-06-28" / "r.html").unlink()
    record(tmp_path, [Result("other", Path("/clients/other"), DAY, "failed", "x")], now=NOON)
    assert read_manifest(tmp_path)["clients"]["acme"]["reports"] == {}


def test_owner(tmp_path):
    assert owner_of(tmp_path, "acme") is None
    publish(tmp_path, OK)
    assert owner_of(tmp_path, "acme") == ("Acme GmbH", Path("/clients/acme"))


def test_a_damaged_manifest_is_kept_aside(tmp_path):
    for text in ("{", "[]", '{"clients": 3}', '{"clients": {"a": {}}}', '{"clients": {"a": 1}}'):
        (tmp_path / "manifest.json").write_text(text)
        assert read_manifest(tmp_path) == {"clients": {}}
        assert (tmp_path / "manifest.broken.json").read_text() == text
    record(tmp_path, [OK], now=NOON)
    assert list(read_manifest(tmp_path)["clients"]) == ["acme"]


def test_the_index_page_is_internal_and_escapes_what_clients_are_called(tmp_path):
    hostile = Result("a'b\"c #1", Path("/x"), DAY, "ok", name="<script>alert(1)</script>", hashes={"r.html": "f00"})
    publish(tmp_path, hostile)
    record(tmp_path, [Result("zzz", Path("/z"), DAY, "blocked", "<b>", cell=3)], now=NOON)
    found = check_file(tmp_path / "index.html", kind="internal")
    assert [finding.rule for finding in found] == ["identities_unchecked"]
    page = (tmp_path / "index.html").read_text()
    assert "&lt;script&gt;" in page
    assert 'href="a%27b%22c%20%231/2026-06-28/r.html"' in page
    assert "1 of 2 clients rendered in their last run." in page
