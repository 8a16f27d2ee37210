"""Which reader a file is for, from its headers alone: nothing of its rows is kept."""

from __future__ import annotations

from pathlib import Path

from crmkit.errors import InputError, SettingsError
from crmkit.ingest.files import open_file
from crmkit.ingest.headers.columns import mapping_of
from crmkit.ingest.headers.layouts import pairs_of
from crmkit.readers import of_no_use, recognise
from crmkit.settings import Export

#: Reader for any system → columns of which all must be there.
_TELLING = (
    ("generic.aggregates", ("org_unit", "band", "n")),
    ("generic.weeks", ("user_id", "week")),
    ("generic.activity", ("user_id", "date", "n_view")),
    ("generic.activity", ("user_id", "date", "n_write")),
    ("generic.users", ("last_login",)),
    ("generic.licences", ("licence", "n_purchased")),
    ("generic.logins", ("user_id", "timestamp")),
    ("generic.users", ("user_id", "first_name", "last_name")),
    ("generic.users", ("user_id", "licence")),
    ("generic.users", ("user_id", "active")),
    ("generic.users", ("email", "last_name")),
    ("generic.users", ("email", "name")),
)


def reader_for(path: str | Path) -> str:
    """Return the reader that a file is for, empty if its headers do not tell.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    InputError
        If it is no table, or an export that tells nothing of use.
    """
    path = Path(path)
    headers = open_file(path, Export(file=path.name, reader="generic.users")).columns
    what = of_no_use(headers)
    if what:
        raise InputError.of_no_use(path.name, what)
    return recognise(headers) or _of_no_system(headers, path.name)


def _of_no_system(headers: list[str], file: str) -> str:
    if pairs_of("generic.changes", headers):
        return "generic.changes"
    return next((reader for reader, needed in _TELLING if _has(headers, reader, needed, file)), "")


def _has(headers: list[str], reader: str, needed: tuple[str, ...], file: str) -> bool:
    try:
        return set(needed) <= {*mapping_of(headers, Export(file=file, reader=reader), needed, file).headers}
    except (InputError, SettingsError):
        return False
