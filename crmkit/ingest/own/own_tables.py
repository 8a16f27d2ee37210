"""What is not the client's export: the consultant's own tables, which can be read where the exports are not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from crmkit.client import PREPARED
from crmkit.errors import InputError, SurveyError
from crmkit.ingest.accounts import people
from crmkit.ingest.client_files import are_here, beside
from crmkit.ingest.context import Context, context_of
from crmkit.ingest.own import consultant
from crmkit.ingest.prepared import OWN, Prepared
from crmkit.ingest.stamps import contents, stored
from crmkit.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

#: Tables that need nothing of the exports.
TABLES = tuple(name for name in consultant.REQUIRED if name not in ("availability", "aggregates"))
#: Lists that name accounts as the exports do: without these nobody knows who is meant.
_NEED_EXPORTS = ("availability.csv", people.FILE)


def read(folder: Path, context: Context) -> dict[str, pd.DataFrame]:
    """Return the consultant's tables that are there."""
    return {name: rows for name in TABLES if (rows := _read(folder, name, context)) is not None}


def _read(folder: Path, name: str, context: Context) -> pd.DataFrame | None:
    file = own_file(folder, name)
    return None if file is None else consultant.read(file, name, context)


def own_file(folder: Path, name: str) -> Path | None:
    """Return the file of one of the consultant's tables, None where there is none; the survey may be a workbook.

    Raises
    ------
    SurveyError
        If the survey lies there twice.
    """
    files = [file for end in consultant.ENDS.get(name, (".csv",)) if (file := beside(folder, f"{name}{end}"))]
    if len(files) > 1:
        raise SurveyError.two_files(files[0].name, files[1].name)
    return files[0] if files else None


def exports_are_here(folder: str | Path, settings: Settings) -> bool:
    """Tell whether a client folder has exports; one with nothing but prepared tables was handed over so.

    Parameters
    ----------
    folder
        The client folder.
    settings
        Its settings.
    """
    return are_here(Path(folder), [export.file for export in settings.exports])


def is_handed_over(folder: Path, settings: Settings) -> bool:
    """Tell whether there are prepared tables but no exports to make them from."""
    return (folder / PREPARED / "users.parquet").is_file() and not exports_are_here(folder, settings)


def handed_over(folder: Path, settings: Settings) -> tuple[Prepared, set[str]]:
    """Return prepared tables that came without their exports, and the names of those that are new.

    Parameters
    ----------
    folder
        The client folder.
    settings
        Its settings.

    Returns
    -------
    tables : Prepared
        As they came; the consultant's tables from her own files, where these are there and newer.
    changed : set of str
        Names of tables that were read again.

    Raises
    ------
    InputError
        If one of her tables is wrong, or has to be read together with the exports.
    """
    known = stored(folder).get("own", {})
    now = contents(folder)
    for name in _NEED_EXPORTS:
        if name in now and now[name] != known.get(name):
            raise InputError.needs_exports(name)
    files = {name: [f"{name}{end}" for end in consultant.ENDS.get(name, (".csv",))] for name in TABLES}
    changed = {name for name in TABLES if any(now.get(file, "") not in ("", known.get(file)) for file in files[name])}
    tables, context = _kept(folder), context_of(settings)
    others = {name: rows for name in sorted(changed) if (rows := _read(folder, name, context)) is not None}
    context.book.check()
    if changed:
        import pandas as pd

        kept = tables["ledger"][~tables["ledger"]["source"].isin(changed)]
        tables["ledger"] = pd.concat([kept, context.book.frame()], ignore_index=True)
    own: dict[str, Any] = {name: tables.pop(name) for name in OWN}
    return Prepared(**own, others=tables | others), changed


def _kept(folder: Path) -> dict[str, pd.DataFrame]:
    import pandas as pd

    from crmkit import schema

    files = {name: folder / PREPARED / f"{name}.parquet" for name in (*OWN, *TABLES)}
    found = {name: pd.read_parquet(file) for name, file in files.items() if file.is_file()}
    identities = {"identities": pd.DataFrame({"kind": [], "digest": []}, dtype="str")}
    return {name: schema.empty(name) for name in OWN if name in schema.TABLES} | identities | found
