"""`prepare`: write a client's prepared tables, whole or not at all, and add them to what was there before."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crmkit import schema
from crmkit.client import PREPARED, SETTINGS_FILE
from crmkit.errors import SettingsError
from crmkit.ingest.days import accumulation
from crmkit.ingest.discretion.keys import STAMP, existing_key, read_key
from crmkit.ingest.discretion.pseudonyms import key_check
from crmkit.ingest.own.own_tables import handed_over, is_handed_over
from crmkit.ingest.preparation import Progress, read_exports
from crmkit.ingest.prepared import Prepared, in_fixed_order
from crmkit.ingest.stamps import contents, fingerprint, of_settings, stored
from crmkit.settings import Settings, read_settings

if TYPE_CHECKING:
    import pandas as pd


def prepare(folder: str | Path, *, progress: Progress | None = None, key_file: str | Path | None = None) -> Prepared:
    """Turn a client's raw exports into prepared tables: the only step that sees a name.

    Parameters
    ----------
    folder
        The client folder.
    progress
        Called with the name of each file before it is read.
    key_file
        Key of the pseudonyms, or a folder of keys; None: see `keys.key_file`.

    Returns
    -------
    Prepared
        As written to ``<folder>/prepared/``.

    Raises
    ------
    SettingsError, InputError
        If something is wrong, the exports are not there or the key is another; what was prepared before
        stays as it was.

    Notes
    -----
    Logs expire, prepared tables stay: days of a source that the exports no longer cover are kept from the
    last run, so the folder becomes the client's history. Delete ``prepared/`` to start afresh.
    """
    folder = Path(folder)
    settings = read_settings(folder / SETTINGS_FILE)
    if is_handed_over(folder, settings):
        raise SettingsError.no_exports(str(folder))
    stamp, before = fingerprint(folder, settings), stored(folder).get("pseudonyms")
    if before not in (None, settings.privacy.pseudonyms):
        raise SettingsError.other_pseudonyms(str(folder / SETTINGS_FILE), str(before))
    key = read_key(folder, key_file)
    made = read_exports(folder, progress=progress, key=key)
    stamp |= {"own": contents(folder), "pseudonyms": settings.privacy.pseudonyms, "key": key_check(key)}
    _write(folder, _with_history(folder, made.tables()), stamp)
    return made


def is_current(folder: str | Path) -> bool:
    """Tell whether the prepared tables are those of today's exports, settings and version of the kit."""
    folder = Path(folder)
    settings = read_settings(folder / SETTINGS_FILE)
    if is_handed_over(folder, settings):
        return True
    stamp, key, now = stored(folder), existing_key(folder), fingerprint(folder, settings)
    # A key that stays with somebody else is needed to prepare, not to use what was prepared.
    is_same_key = key is None or stamp.get("key") == key_check(key)
    return is_same_key and all(stamp.get(name) == value for name, value in now.items())


def bring_up_to_date(folder: str | Path) -> None:
    """Prepare a client whose exports or settings are newer than its prepared tables.

    Where the prepared tables were handed over alone, only the consultant's own tables can be newer.

    Parameters
    ----------
    folder
        The client folder.

    Raises
    ------
    SettingsError, InputError
        As `prepare`; and if settings were changed that the prepared tables can no longer follow.
    """
    folder = Path(folder)
    settings = read_settings(folder / SETTINGS_FILE)
    if not is_handed_over(folder, settings):
        if not is_current(folder):
            prepare(folder)
        return
    _check_settings(folder, settings)
    tables, changed = handed_over(folder, settings)
    if changed:
        _write(folder, tables.tables(), stored(folder) | {"own": stored(folder).get("own", {}) | contents(folder)})


def _check_settings(folder: Path, settings: Settings) -> None:
    if stored(folder).get("settings", of_settings(settings)) != of_settings(settings):
        raise SettingsError.changed_without_exports(str(folder / SETTINGS_FILE))


def _write(folder: Path, tables: dict[str, pd.DataFrame], stamp: dict[str, Any]) -> None:
    temporary = Path(tempfile.mkdtemp(prefix=".prepared-", dir=folder))
    try:
        for name, rows in tables.items():
            in_fixed_order(rows, name).to_parquet(temporary / f"{name}.parquet", index=False)
        (temporary / STAMP).write_text(json.dumps(stamp, indent=1), encoding="utf-8")
        _swap(temporary, folder / PREPARED)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _with_history(folder: Path, tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the tables with what today's exports no longer hold: earlier days, and whom a report may not name.

    They are of the same key.
    """
    if not stored(folder).get("key"):
        return tables
    earlier = {name: _before(folder, name) for name in ("activity", "coverage", "deliveries")}
    return tables | accumulation.together(earlier, tables) | {"identities": _with_leavers(folder, tables["identities"])}


def _with_leavers(folder: Path, identities: pd.DataFrame) -> pd.DataFrame:
    """Return the identities with those of people who are on no list any more: a report must not name them either."""
    import pandas as pd

    file = folder / PREPARED / "identities.parquet"
    before = [pd.read_parquet(file, columns=list(identities.columns))] if file.is_file() else []
    return pd.concat([*before, identities], ignore_index=True).drop_duplicates(ignore_index=True)


def _before(folder: Path, name: str) -> pd.DataFrame:
    import pandas as pd

    file = folder / PREPARED / f"{name}.parquet"
    return schema.conform(pd.read_parquet(file), name) if file.is_file() else schema.empty(name)


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
