"""What prepared tables were made from, so that it is known when they are no longer today's.

The stamp lies in ``prepared/`` and is handed on with it: it holds hashes only, since names of exports may name people.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import crmkit
from crmkit.client import PREPARED
from crmkit.ingest.accounts import people
from crmkit.ingest.client_files import below, beside
from crmkit.ingest.discretion.keys import STAMP
from crmkit.ingest.own.consultant import ENDS, REQUIRED
from crmkit.settings import Settings

#: What of the settings is worked into the prepared tables.
_WORKED_IN = ("exports", "timezone", "areas", "accounts")


def fingerprint(folder: Path, settings: Settings) -> dict[str, Any]:
    """Return version of the kit, hashes of the settings, and of name, size and time of every input."""
    files = [path for export in settings.exports for path in below(folder, export.file)]
    files += [file for name in _beside() if (file := beside(folder, name))]
    stamps = {os.path.relpath(f, folder).replace(os.sep, "/"): [f.stat().st_size, f.stat().st_mtime_ns] for f in files}
    return {
        "version": crmkit.__version__,
        "as_of": settings.as_of.isoformat(),
        "settings": of_settings(settings),
        "files": _hash(stamps),
    }


def of_settings(settings: Settings) -> str:
    """Return a hash of what of the settings is worked into the prepared tables."""
    worked_in = {name: settings.model_dump(mode="json")[name] for name in _WORKED_IN}
    return _hash(worked_in | {"pseudonyms": settings.privacy.pseudonyms})


def contents(folder: Path) -> dict[str, str]:
    """Return the hash of the content of every table that lies beside client.yml."""
    files = {name: file for name in _beside() if (file := beside(folder, name))}
    return {name: hashlib.sha256(file.read_bytes()).hexdigest()[:16] for name, file in files.items()}


def stored(folder: Path) -> dict[str, Any]:
    """Return the stamp of the prepared tables, empty if there is none that can be read."""
    try:
        stamp = json.loads((folder / PREPARED / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _beside() -> tuple[str, ...]:
    return (*(f"{name}{end}" for name in REQUIRED for end in ENDS.get(name, (".csv",))), people.FILE)


def _hash(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
