"""Who holds which licences today, and as whom the numbers of licences count them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from crmkit.method import counted, tiers
from crmkit.method.definition import Definition
from crmkit.method.described import current_assignments
from crmkit.method.population import as_persons, population_of
from crmkit.method.whom import Box, Values, box, people_on

if TYPE_CHECKING:
    from crmkit.client import Client


@dataclass(frozen=True, eq=False)
class Holders:
    """The people who hold licences on the day of a retrospective.

    Attributes
    ----------
    held
        licence, user_id (the person), segment and detail, one row a working account and licence.
    ended
        licence, user_id and is_there of persons none of whose accounts works although a licence is assigned to it;
        is_there: they are among the people, and have not left as most of them have.
    universe
        Everybody of whom the numbers could speak.
    rule
        The definition of the segments.
    """

    held: pd.DataFrame
    ended: pd.DataFrame
    universe: str
    rule: Definition

    @classmethod
    def of(cls, people: pd.DataFrame, client: Client) -> Holders:
        """Return the holders of a client's licences.

        Parameters
        ----------
        people
            From `segments.assign` or `standing.describe`; `detail` is there after the second only.
        client
            The client.
        """
        described = people.filter(["user_id", "segment", "detail"])
        held = _persons_and_licences(population_of(client).spans, client).merge(described, on="user_id")
        accounts = client.assignments
        human = client.users.loc[client.users["account_type"] == "person", "user_id"]
        assigned = _persons_and_licences(accounts[accounts["user_id"].isin(human)], client)
        ended = assigned[~assigned["user_id"].isin(held["user_id"])].drop_duplicates(ignore_index=True)
        ended = ended.assign(is_there=ended["user_id"].isin(people["user_id"]))
        return cls(held, ended, people_on(client.as_of), tiers.rule_of(people, client))

    def persons(self, licences: Collection[str] | None = None, *, ended: bool = False) -> set[str]:
        """Return who holds one of some licences, or any.

        Parameters
        ----------
        licences
            The licences; None: any.
        ended
            True: also who has left.
        """
        rows = pd.concat([self.held, self.ended]) if ended else self.held
        return set(rows["user_id"] if licences is None else rows.loc[rows["licence"].isin(licences), "user_id"])

    def box(
        self,
        licences: Collection[str] | None,
        segments: Values,
        more: Mapping[str, str | Values] | None = None,
        *,
        ended: bool = False,
    ) -> Box:
        """Return the box of those holders of some licences who are in some segments.

        Parameters
        ----------
        licences
            The licences; None: any.
        segments
            Values of the variable `segment`.
        more
            Further variables.
        ended
            True: also who has left.
        """
        where = {counted.segment(self.rule): segments, counted.LICENCES: self._values(licences, ended), **(more or {})}
        return box(self.universe, where)

    @property
    def assessed(self) -> Values:
        """Segments of those who are assessed."""
        return counted.assessed(self.rule)

    @property
    def present(self) -> Values:
        """Segments of those who are there."""
        return counted.present(self.rule)

    def splits(self, licences: Collection[str] | None, people: pd.DataFrame) -> tuple[str, ...]:
        """Return `counted.LICENCES` if everybody holds one of some licences: then these split the people."""
        return (counted.LICENCES,) if people["user_id"].isin(self.persons(licences, ended=True)).all() else ()

    def _values(self, licences: Collection[str] | None, ended: bool) -> Values:
        """Return the sets of licences that people hold and in which one of some licences is."""
        sets = {**self._sets, **(self._ended_sets if ended else {})}
        found = frozenset(value for value, held in sets.items() if licences is None or not held.isdisjoint(licences))
        return found or frozenset(sorted(licences or [""]))

    @cached_property
    def _sets(self) -> dict[str, frozenset[str]]:
        return {" + ".join(sorted(one)): one for one in self.held.groupby("user_id")["licence"].agg(frozenset)}

    @cached_property
    def _ended_sets(self) -> dict[str, frozenset[str]]:
        sets = self.ended.groupby("user_id")["licence"].agg(frozenset)
        there = set(self.ended.loc[self.ended["is_there"], "user_id"])
        # who has left is told apart by the segment
        return {" + ".join(sorted(one)) + (" (ended)" if user in there else ""): one for user, one in sets.items()}


def _persons_and_licences(spans: pd.DataFrame, client: Client) -> pd.DataFrame:
    """Return licence (empty where it is not known) and user_id (the person), one row an account and licence."""
    rows = current_assignments(spans, client)[["user_id", "licence"]].fillna({"licence": ""}).drop_duplicates()
    return rows.assign(user_id=as_persons(rows["user_id"], client.users))
