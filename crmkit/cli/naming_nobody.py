"""What `crmkit close` keeps for years names nobody: not in what was agreed, not in tables, not in the settings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from crmkit.errors import HistoryError
from crmkit.privacy import gate
from crmkit.yaml_files import read_yaml

_SETTINGS = "client.yml"
#: Settings by which accounts are told apart: logins, addresses and names. Nothing of a closed retrospective needs them.
_ACCOUNTS = "accounts"


def require_nobody(folder: Path, said: Mapping[str, Any], tables: Mapping[str, Any]) -> None:
    """Refuse to keep a text that names one of the client's users.

    Parameters
    ----------
    folder
        The client folder, prepared.
    said
        What was agreed, as plain values.
    tables
        What the report shows, as plain values under the names of the tables.

    Raises
    ------
    HistoryError
        Naming the first such place, never the text.
    """
    identities = gate.Identities.of(folder)
    places = {f"`{key}`": value for key, value in said.items()} | {f"table `{key}`": it for key, it in tables.items()}
    for place, value in places.items():
        if _names_somebody(json.dumps(value, ensure_ascii=False, default=str), identities):
            raise HistoryError.names_somebody(place)


def kept_settings(folder: Path) -> str:
    """Return the settings as they are kept: as they stand in the file, without accounts if somebody is named there.

    Parameters
    ----------
    folder
        The client folder, prepared.

    Raises
    ------
    HistoryError
        If somebody is named elsewhere in them.
    """
    text, identities = (folder / _SETTINGS).read_text(encoding="utf-8-sig"), gate.Identities.of(folder)
    if not _names_somebody(text, identities):
        return text
    content = {key: value for key, value in read_yaml(folder / _SETTINGS).items() if key != _ACCOUNTS}
    for key, value in content.items():
        if _names_somebody(json.dumps(value, ensure_ascii=False, default=str), identities):
            raise HistoryError.names_somebody(f"`{key}`")
    # remarks in the file may name somebody, too
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)


def _names_somebody(text: str, identities: gate.Identities) -> bool:
    return any(finding.severity == "block" for finding in gate.check_line(text, identities=identities))
