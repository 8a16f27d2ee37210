"""`crmkit new`: a client folder to fill in."""

from __future__ import annotations

import datetime as dt
import json
from importlib.resources import files
from pathlib import Path

from crmkit.client import SETTINGS_FILE
from crmkit.errors import CallError

#: Days to the next retrospective in the example, about half a year.
_NEXT_DAYS = 165
_IGNORED = "# raw data, pseudonymous data and their key are never committed\nexports/\nprepared/\npseudonym.key\n"


def make_client_folder(folder: Path, *, today: dt.date | None = None) -> list[Path]:
    """Make a client folder.

    Parameters
    ----------
    folder
        Where; may exist, but must not be a client folder yet.
    today
        Day to begin with; None: today.

    Returns
    -------
    list of Path
        What was made.

    Raises
    ------
    CallError
        If there is a client already, or the folder cannot be made.
    """
    settings = folder / SETTINGS_FILE
    if settings.exists():
        raise CallError(f"{settings}: is there already, nothing was changed.")
    template = (files("crmkit") / "new_client" / SETTINGS_FILE).read_text(encoding="utf-8")
    # a JSON string is a YAML string, whatever the folder is called
    name = json.dumps(folder.absolute().name, ensure_ascii=False)
    day = today or dt.date.today()
    text = template.format(name=name, as_of=day, next_date=day + dt.timedelta(days=_NEXT_DAYS))
    try:
        for inside in ("exports", "commentary"):
            (folder / inside).mkdir(parents=True, exist_ok=True)
        settings.write_text(text, encoding="utf-8")
        (folder / ".gitignore").write_text(_IGNORED, encoding="utf-8")
    except OSError as error:
        raise CallError(f"{folder}: cannot be made: {(error.strerror or type(error).__name__).lower()}.") from None
    return [settings, folder / "exports", folder / "commentary", folder / ".gitignore"]
