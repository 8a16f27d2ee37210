"""What `crmkit check` says is odd in the data: spans that cannot be right, roles and licences that match nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from crmkit import schema

if TYPE_CHECKING:
    from crmkit.ingest import Prepared
    from crmkit.settings import Settings

#: Code of a finding → what it means, and what to do.
MEANINGS = {
    "ends_before_start": "a span ends before it starts: not assessed; correct the user list or people.csv",
    "contradicting": "two units, roles, states or working times from one day on: not assessed",
    "fte_zero": "working time 0 %: these weeks do not count",
    "fte_above_one": "working time above 100 %: taken as full time",
    "overlapping": "spans in different units or working times overlap: the one begun last holds",
    "assumed_span": "start or end is not in the user lists and was assumed; people.csv can state it",
    "licence_not_listed": "the licence is not in licences.csv",
    "role_without_areas": "the role has no areas in client.yml: `roles`",
    "place_unknown": "public holidays of the state are not known: nationwide ones are taken",
    "unit_not_shown": "the unit is in none of the `reporting_units`",
    "log_starts_after_window": "the log starts after the window: `as_of` is too early for it",
    "log_ends_before_window": "the log ends before the window: `as_of` is too late for it",
    "absences_missing": "`absences_known` is true, but availability.csv states none in the window",
    "weeks_without_log": "weeks of the window without a complete log do not count",
}


def lines(settings: Settings, tables: Prepared) -> Iterator[str]:
    """Return what is odd, a line each; nothing where all is well.

    Parameters
    ----------
    settings
        Day, country, roles and reporting units.
    tables
        Accounts, their spans, coverage, licences and the map of units.
    """
    from crmkit.method import findings, population

    people = population.population_of(
        {
            "users": tables.users,
            "assignments": tables.assignments,
            "coverage": tables.coverage,
            "availability": tables.availability,
        }
    )
    others = {name: tables.others.get(name, schema.empty(name)) for name in ("licences", "org_map")}
    accounts = findings.of_accounts(people, others["licences"], others["org_map"], settings, as_of=settings.as_of)
    stated = tables.availability if settings.active.absences_known else None
    log = findings.of_log(tables.coverage, stated, as_of=settings.as_of)
    said = [f"{row.n} of {row.n_total} accounts: {MEANINGS[str(row.finding)]}" for row in accounts.itertuples()]
    said += [f"{row.n_weeks} of {row.n_weeks_total} weeks: {MEANINGS[str(row.finding)]}" for row in log.itertuples()]
    if said:
        yield "  odd:"
        yield from (f"    {line}" for line in said)
