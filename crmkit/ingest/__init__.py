"""Raw exports → prepared tables: the only room that sees a name, and the only one that uses polars.

The public calls are imported when they are first used, so that this package stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

_HOME = {
    "READERS": "readers",
    "Reader": "readers",
    "Prepared": "prepared",
    "read_exports": "preparation",
    "exports_are_here": "own.own_tables",
    "prepare": "folder",
    "is_current": "folder",
    "bring_up_to_date": "folder",
    "reader_for": "headers.recognition",
    "unnamed_files": "headers.unnamed",
    "read_events": "events",
    "daily": "days.person_days",
    "normalise": "discretion.pseudonyms",
    "identity_digest": "discretion.pseudonyms",
    "read_key": "discretion.keys",
    "existing_key": "discretion.keys",
    "key_file": "discretion.keys",
}
__all__ = [*_HOME]  # noqa: PLE0604  # pyright: ignore

if TYPE_CHECKING:
    from crmkit.ingest.days.person_days import daily as daily
    from crmkit.ingest.discretion.keys import existing_key as existing_key
    from crmkit.ingest.discretion.keys import key_file as key_file
    from crmkit.ingest.discretion.keys import read_key as read_key
    from crmkit.ingest.discretion.pseudonyms import identity_digest as identity_digest
    from crmkit.ingest.discretion.pseudonyms import normalise as normalise
    from crmkit.ingest.events import read_events as read_events
    from crmkit.ingest.folder import bring_up_to_date as bring_up_to_date
    from crmkit.ingest.folder import is_current as is_current
    from crmkit.ingest.folder import prepare as prepare
    from crmkit.ingest.headers.recognition import reader_for as reader_for
    from crmkit.ingest.headers.unnamed import unnamed_files as unnamed_files
    from crmkit.ingest.own.own_tables import exports_are_here as exports_are_here
    from crmkit.ingest.preparation import read_exports as read_exports
    from crmkit.ingest.prepared import Prepared as Prepared
    from crmkit.ingest.readers import READERS as READERS
    from crmkit.ingest.readers import Reader as Reader


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name in _HOME:
        return getattr(import_module(f"crmkit.ingest.{_HOME[name]}"), name)
    raise AttributeError(f"module 'crmkit.ingest' has no attribute '{name}'")


def __dir__() -> list[str]:
    """List the public names, imported or not."""
    return sorted(__all__)
