"""What a reader needs to know beside its file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

import polars as pl

from crmkit.ingest.bookkeeping import Book
from crmkit.ingest.times.dates import LAST_DAY, Clock
from crmkit.readers import folded, object_areas
from crmkit.settings import AccountMarks, Export, Settings

#: Objects that no map knows; they never become an area by guessing.
UNKNOWN_AREA = "other"
#: Days after `as_of` up to which an export may reach: it is prepared for a day, and taken later.
_AFTER = 366
DEFAULT_TIMEZONE = "Europe/Berlin"


@dataclass(frozen=True)
class Context:
    """Time zone, areas and known accounts of a client, and the book that readers write into.

    Attributes
    ----------
    timezone
        Name of the client's time zone.
    object_areas
        Object, `folded` → area of the CRM.
    principals
        Username or e-mail address, case folded → id of the account.
    by_system
        The same for each system that client.yml names.
    book
        The ledger in the making.
    has_ready_pseudonyms
        True if ids are pseudonyms already, so that nothing may name anybody.
    names
        What names a user, in one normal form; nothing where the exports are not here.
    min_days
        Days with work that make a week an active one.
    last_day
        Last day on which anything in an export can have happened.
    accounts
        What the client says of accounts that are not what they look like.
    """

    timezone: str = DEFAULT_TIMEZONE
    object_areas: dict[str, str] = field(default_factory=lambda: dict(object_areas()))
    principals: dict[str, str] = field(default_factory=dict)
    by_system: dict[str, dict[str, str]] = field(default_factory=dict)
    book: Book = field(default_factory=Book)
    has_ready_pseudonyms: bool = False
    min_days: int = 1
    last_day: dt.date = LAST_DAY
    accounts: AccountMarks = field(default_factory=AccountMarks)
    names: frozenset[str] = frozenset()

    def clock(self, export: Export) -> Clock:
        """Return where an export's times come from and go to."""
        return Clock(export.timezone or self.timezone, self.timezone)

    def of_system(self, system: str) -> Context:
        """Return the context of a system that client.yml names: names mean its accounts alone."""
        return replace(self, principals=self.by_system.get(system, {})) if system else self

    def area_of(self, objects: pl.Expr) -> pl.Expr:
        """Return the area of each object, whatever its case and punctuation."""
        form = objects.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars()
        return form.replace_strict(self.object_areas, default=UNKNOWN_AREA, return_dtype=pl.String)


def context_of(settings: Settings | None) -> Context:
    """Return the context of a client, or the kit's defaults."""
    if settings is None:
        return Context()
    return Context(
        settings.timezone,
        {**object_areas(), **{folded(name): area for name, area in settings.areas.items()}},
        has_ready_pseudonyms=settings.privacy.pseudonyms == "ready",
        min_days=settings.active.min_days,
        accounts=settings.accounts,
        last_day=min(settings.as_of + dt.timedelta(days=_AFTER), LAST_DAY),
    )
