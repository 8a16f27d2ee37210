"""`manifest.json`: the truth about every client, also about those that an earlier run rendered."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import crmkit
from crmkit.batch.index import index_page
from crmkit.batch.result import Result
from crmkit.whole_files import write_whole

MANIFEST = "manifest.json"
INDEX = "index.html"

Manifest = dict[str, Any]
_FIELDS = {"name", "folder", "last_run", "reports"}


def read_manifest(output: Path) -> Manifest:
    """Read the manifest of an output folder.

    Returns
    -------
    dict
        ``clients``: folder name → ``name``, ``folder``, ``last_run`` and ``reports`` (as_of → files with
        their SHA-256). Empty where there is none, or none that can be read: that one is kept aside.
    """
    manifest = peek_manifest(output)
    if manifest is not None:
        return manifest
    with suppress(FileNotFoundError):
        (output / MANIFEST).replace(output / MANIFEST.replace(".json", ".broken.json"))
    return {"clients": {}}


def peek_manifest(output: Path) -> Manifest | None:
    """Return the manifest of a folder, empty where there is none, None where it is none of the kit's."""
    try:
        manifest = json.loads((output / MANIFEST).read_text(encoding="utf-8"))
        entries = manifest["clients"].values()
        if all(set(entry) >= _FIELDS and isinstance(entry["reports"], dict) for entry in entries):
            return manifest
    except FileNotFoundError:
        return {"clients": {}}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    return None


def owner_of(output: Path, client: str) -> tuple[str, Path] | None:
    """Return whose reports lie under a name: the client's own name and folder; None if nobody's do."""
    entry = read_manifest(output)["clients"].get(client)
    return (entry["name"], Path(entry["folder"])) if entry and entry["reports"] else None


def record(output: Path, results: list[Result], *, now: dt.datetime | None = None) -> None:
    """Enter results into the manifest and write it and the index page; the caller holds the lock.

    Parameters
    ----------
    output
        The folder of all reports.
    results
        What happened.
    now
        Time of the entry; None: now, in UTC.
    """
    moment = (now or dt.datetime.now(dt.UTC)).isoformat(timespec="seconds")
    manifest = read_manifest(output)
    for result in results:
        earlier = manifest["clients"].get(result.client, {"name": "", "reports": {}})
        manifest["clients"][result.client] = _entry(result, earlier, moment)
    kept = {name: _still_there(output, entry) for name, entry in sorted(manifest["clients"].items())}
    manifest = {"audience": "internal", "crmkit": crmkit.__version__, "clients": kept}
    write_whole(output / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
    write_whole(output / INDEX, index_page(manifest))


def _entry(result: Result, earlier: dict[str, Any], moment: str) -> dict[str, Any]:
    reports = dict(earlier["reports"])
    day = result.as_of.isoformat() if result.as_of else ""
    if result.status == "ok":
        files = {f"{result.client}/{day}/{name}": digest for name, digest in result.hashes.items()}
        reports[day] = {"files": files, "tier": result.tier, "draft": result.draft, "finished": moment}
    last_run = {
        "status": result.status, "as_of": day, "message": result.message, "cell": result.cell,
        "seconds": round(result.seconds, 2), "finished": moment,
        "findings": [{"rule": f.rule, "severity": f.severity, "where": f.where, "n": f.n} for f in result.findings],
    }  # fmt: skip
    name = result.name or earlier["name"] or result.client
    return {"name": name, "folder": str(result.folder), "last_run": last_run, "reports": dict(sorted(reports.items()))}


def _still_there(output: Path, entry: dict[str, Any]) -> dict[str, Any]:
    """Leave out reports that somebody has deleted since."""
    reports = {
        day: report
        for day, report in entry["reports"].items()
        if all((output / name).is_file() for name in report["files"])
    }
    return entry | {"reports": reports}
