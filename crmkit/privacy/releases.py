"""What readers already hold: the numbers of earlier reports, and who was behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from crmkit import history
from crmkit.errors import HistoryError
from crmkit.privacy.differences import Group, Said, groups_of
from crmkit.privacy.protected import ProtectedTable
from crmkit.privacy.statements import statements_of

if TYPE_CHECKING:
    from pathlib import Path

    from crmkit.client import Client


def keep(folder: Path, tables: Mapping[str, ProtectedTable], *, as_of: dt.date) -> Path:
    """Note that a report has been handed out: later ones must not tell, beside it, of a few people.

    Parameters
    ----------
    folder
        The client folder.
    tables
        What the report shows.
    as_of
        Its day; what another report of the same day told is kept, too.

    Returns
    -------
    pathlib.Path
        The file, ``history/released/<as_of>.json``. The pseudonyms of the people behind the numbers lie beside it, in
        a file that `crmkit purge` deletes.

    Raises
    ------
    HistoryError
        If the files cannot be written.
    """
    groups = groups_of_tables(tables)
    said = [{**_plain(group), "n_people": len(group.people or ())} for group in groups]
    people = [None if group.people is None else sorted(group.people) for group in groups]
    return history.keep_release(folder, as_of, said, people)


def of_client(client: Client) -> list[Group]:
    """Return what the reports that were handed out told, also an earlier one of the same day.

    Raises
    ------
    HistoryError
        If a file cannot be read.
    """
    kept = history.releases(client.folder)
    return [_group(said, people) for entry in kept for said, people in entry]


def groups_of_tables(tables: Mapping[str, ProtectedTable]) -> list[Group]:
    """Return what protected tables tell of units and of everybody."""
    return groups_of(statements_of(tables, 1), tables.values())


def told_by(releases: Iterable[ProtectedTable | Group]) -> list[Group]:
    """Return what releases tell, given as tables or as they were kept."""
    given = list(releases)
    tables = {f"{one.name} {n}": one for n, one in enumerate(given) if isinstance(one, ProtectedTable)}
    return [*(one for one in given if isinstance(one, Group)), *groups_of_tables(tables)]


def _plain(group: Group) -> dict[str, Any]:
    return {
        "universe": group.universe, "unit": sorted(group.unit), "day": group.day.isoformat(), "weeks": group.weeks,
        "definition": group.definition,
        "told": sorted([_plain_said(said), n] for said, n in group.told.items()),
    }  # fmt: skip


def _plain_said(said: Said) -> list[list[Any]]:
    return [[name, sorted(values)] for name, values in said]


def _group(said: Mapping[str, Any], people: list[str] | None) -> Group:
    try:
        told = {tuple((name, frozenset(values)) for name, values in about): n for about, n in said["told"]}
        return Group(
            said["universe"], frozenset(said["unit"]), dt.date.fromisoformat(said["day"]), said["weeks"],
            said["definition"], None if people is None else frozenset(people), told,
        )  # fmt: skip
    except (KeyError, TypeError, ValueError):
        raise HistoryError.unreadable(history.RELEASED) from None
