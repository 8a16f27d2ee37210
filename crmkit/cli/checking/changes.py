"""What `crmkit check` says of the change log: units that nobody is in, changes that the report cannot show yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from crmkit import schema
from crmkit.errors import did_you_mean

if TYPE_CHECKING:
    from crmkit.ingest import Prepared
    from crmkit.settings import Settings


def lines(settings: Settings, tables: Prepared) -> Iterator[str]:
    """Return what is odd in the change log, a line each; nothing where all is well.

    Parameters
    ----------
    settings
        Day of the retrospective.
    tables
        Spans of accounts, the change log, and the map of units.
    """
    from crmkit.method.effects.scope import members_of, paths_on

    changes = tables.others.get("changes", schema.empty("changes"))
    org_map = tables.others.get("org_map", schema.empty("org_map"))
    known = paths_on(tables.assignments["org_unit"], org_map, settings.as_of)
    for unit in sorted(set(changes["org_unit"]) - {""}):
        if not members_of(unit, known, org_map, as_of=settings.as_of):
            yield f"  changes.csv: {unit}: nobody is in this unit.{did_you_mean(unit, known.tolist())}"
    later = changes.loc[changes["date"].dt.date > settings.as_of, "date"]
    if len(later):
        yield f"  changes.csv: {len(later)} after `as_of`, not in the report: the first on {later.min():%Y-%m-%d}"
