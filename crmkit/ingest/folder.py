"""`prepare`: write a client's prepared tables, whole or not at all, and add them to what was there before."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import crmkit
from crmkit import schema
from crmkit.client import PREPARED, SETTINGS_FILE
from crmkit.ingest import people
from crmkit.ingest.consultant import REQUIRED
from crmkit.ingest.events import expand
from crmkit.ingest.preparation import Prepared, Progress, read_exports
from crmkit.ingest.pseudonyms import existing_key, key_check, read_key
from crmkit.settings import read_settings

if TYPE_CHECKING:
    import pandas as pd

STAMP = "prepared.json"


def prepare(folder: str | Path, *, progress: Progress | None = None) -> Prepared:
    """Turn a client's raw exports into prepared tables: the only step that sees a name.

    Parameters
    ----------
    folder
        The client folder.
    progress
        Called with the name of each file before it is read.

    Returns
    -------
    Prepared
        As written to ``<folder>/prepared/``.

    Raises
    ------
    SettingsError, InputError
        If something is wrong; what was prepared before stays as it was.

    Notes
    -----
    Logs expire, prepared tables stay: days of a source that the exports no longer cover are kept from the
    last run, so the folder becomes the client's history. Delete ``prepared/`` to start afresh.
    """
    folder = Path(folder)
    stamp = _fingerprint(folder)
    made = read_exports(folder, progress=progress, key=read_key(folder))
    tables = _with_history(folder, made.tables())
    temporary = Path(tempfile.mkdtemp(prefix=".prepared-", dir=folder))
    try:
        for name, rows in tables.items():
            rows.to_parquet(temporary / f"{name}.parquet", index=False)
        (temporary / STAMP).write_text(json.dumps(stamp | {"key": _key(folder)}, indent=1), encoding="utf-8")
        _swap(temporary, folder / PREPARED)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return made


def is_current(folder: str | Path) -> bool:
    """Tell whether the prepared tables are those of today's exports, settings and version of the kit."""
    folder = Path(folder)
    try:
        stored = json.loads((folder / PREPARED / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    key = stored.pop("key", None)
    return stored == _fingerprint(folder) and key == _key(folder)


def _key(folder: Path) -> str:
    key = existing_key(folder)
    return key_check(key) if key else ""


def _fingerprint(folder: Path) -> dict[str, object]:
    """Return the kit's version and name, size and time of every input; settings by content."""
    settings = read_settings(folder / SETTINGS_FILE)
    files = [path for export in settings.exports for path in expand(folder / export.file)]
    beside = [*(f"{name}.csv" for name in REQUIRED), people.FILE]
    files += [folder / name for name in beside if (folder / name).is_file()]
    stamps = {os.path.relpath(f, folder).replace(os.sep, "/"): [f.stat().st_size, f.stat().st_mtime_ns] for f in files}
    content = hashlib.sha256((folder / SETTINGS_FILE).read_bytes()).hexdigest()
    return {"version": crmkit.__version__, "settings": content, "files": stamps}


def _with_history(folder: Path, tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the tables with earlier days that today's exports do not cover, if the key is still the same."""
    try:
        stored = json.loads((folder / PREPARED / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return tables
    if stored.get("key") != _key(folder):
        return tables
    return tables | {name: _extended(folder, name, tables) for name in ("activity", "coverage")}


def _extended(folder: Path, name: str, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    import pandas as pd

    before = schema.conform(pd.read_parquet(folder / PREPARED / f"{name}.parquet"), name)
    seen = pd.concat([tables["coverage"], tables["activity"]])[["source", "date"]].drop_duplicates()
    marked = before.merge(seen.assign(again=True), how="left", on=["source", "date"])
    kept = before[marked["again"].isna().to_numpy()]
    return pd.concat([kept, tables[name]], ignore_index=True)


def _swap(new: Path, place: Path) -> None:
    """Put a folder in its place; the old one is there until the new one is."""
    old = new.with_name(f"{new.name}-old")
    if place.exists():
        place.rename(old)
    try:
        new.rename(place)
    except OSError:
        if old.exists():
            old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)
