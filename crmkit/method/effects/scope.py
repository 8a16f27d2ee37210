"""Whom a change concerns: everybody or a unit; what else changed for the same people; and why nothing can be told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from crmkit.method import changes, units
from crmkit.method.units import paths
from crmkit.method.units.spelling import key

if TYPE_CHECKING:
    from crmkit.client import Client


@dataclass(frozen=True)
class Scope:
    """A change and the people whom it concerns.

    Attributes
    ----------
    on, kind, title, org_unit
        As in the change log; the unit empty where units are not shown.
    members
        Paths of today's structure that the change concerns; None: everybody.
    reporting
        The reporting units that these are, taken together.
    reason
        Why nothing can be told of it: ``units_hidden``, ``unknown_unit``, ``unit_not_reported``; else empty.
    """

    on: dt.date
    kind: str
    title: str
    org_unit: str
    members: frozenset[str] | None = None
    reporting: tuple[str, ...] = ()
    reason: str = ""

    def concerns(self, other: Scope) -> bool:
        """Return whether another change concerned some of the same people; what is not known may."""
        if None in (self.members, other.members):
            return True
        return bool((self.members or frozenset()) & (other.members or frozenset()))

    def beside(self, others: Sequence[Scope], *, weeks: int) -> list[Scope]:
        """Return the other changes for the same people fewer than so many weeks away."""
        span = dt.timedelta(weeks=weeks)
        return [other for other in others if other is not self and self._is_near(other, span)]

    def _is_near(self, other: Scope, span: dt.timedelta) -> bool:
        return abs(other.on - self.on) < span and self.concerns(other)


def scopes(client: Client) -> list[Scope]:
    """Return the client's changes up to ``as_of``, oldest first, with whom they concern.

    Parameters
    ----------
    client
        The client.

    Raises
    ------
    MethodError
        If a kind of change is not known.

    Notes
    -----
    A unit that nobody is in, by its path or its name in any spelling, is ``unknown_unit``: a slip of the pen in the
    change log stops no report. What is told of a unit is told of whole reporting units only: then its people are told
    of elsewhere in the report too, and no remainder of a few follows.
    """
    log = changes.log(client).frame
    given = client.changes.loc[client.changes["date"] <= pd.Timestamp(client.as_of)]
    given = given.sort_values("date", kind="stable")["org_unit"].tolist()
    return [
        _scope(row, unit, client) for row, unit in zip(log.itertuples(index=False), given, strict=True)
    ]  # fmt: skip


def _scope(row: tuple, unit: str, client: Client) -> Scope:
    date, kind, title, shown = row[:4]
    about = (date.date(), kind, title, shown)
    if not unit:
        return Scope(*about)
    known = paths_on(client.assignments["org_unit"], client.org_map, client.as_of)
    members = members_of(unit, known, client.org_map, as_of=client.as_of)
    if not members:
        return Scope(*about, members=frozenset(), reason="unknown_unit" if shown else "units_hidden")
    if not shown:
        return Scope(*about, members=members, reason="units_hidden")
    names = units.reporting(known, client.settings.reporting_paths)
    mine = set(names[known.isin(members)])
    is_whole = "" not in mine and set(known[names.isin(mine)]) <= members
    return Scope(*about, members, tuple(sorted(mine)) if is_whole else (), "" if is_whole else "unit_not_reported")


def members_of(unit: str, known: pd.Series, org_map: pd.DataFrame, *, as_of: dt.date) -> frozenset[str]:
    """Return the paths in a unit, which is written as a path of then or today, or by its name in any spelling.

    Parameters
    ----------
    unit
        As in the change log.
    known
        From `paths_on`.
    org_map, as_of
        The client's structure on the day.

    Returns
    -------
    frozenset of str
        Empty where nobody is in such a unit, or the name stands for several.
    """
    today = str(units.today(pd.Series([unit]), org_map, as_of=as_of).iloc[0])
    inside = [path for path in known if today and paths.is_within(path, today)]
    if not inside:
        above = {"/".join(path.split("/")[:n]) for path in known for n in range(1, paths.depth(path) + 2)}
        named = [path for path in above if key(unit) in (key(path), key(path.rpartition("/")[2]))]
        inside = [path for path in known if len(named) == 1 and paths.is_within(path, named[0])]
    return frozenset(inside)


def paths_on(org_units: pd.Series, org_map: pd.DataFrame, as_of: dt.date) -> pd.Series:
    """Return all units in the structure of a day that somebody was ever in."""
    today = units.today(org_units.fillna("").drop_duplicates(), org_map, as_of=as_of).drop_duplicates()
    return today[today != ""].sort_values(ignore_index=True)
