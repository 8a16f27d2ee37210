"""The variables by which the kit's tables tell people apart, under the same names in all of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from crmkit.method import rules, units
from crmkit.method.definition import Definition
from crmkit.method.units import paths
from crmkit.method.whom import Values

if TYPE_CHECKING:
    from crmkit.client import Client

REGULAR: Values = frozenset({"regular"})
USED: Values = frozenset({"regular", "occasional"})
#: Details of those who have not used the CRM in the window.
IDLE: Values = frozenset({"dormant", "never"})
#: Who is within the onboarding time, and who has too few weeks that count for another reason.
ONBOARDING, NOT_ASSESSABLE = "onboarding", frozenset({"onboarding", "not_assessable"})
#: Who has left, or is not known to be there, and still has an account.
LEFT: Values = frozenset({"left"})
UNIT = "org_unit"
#: How the variable of a person's segment begins: the hash of the definition follows.
SEGMENT = "segment@"
#: The licences that somebody holds, all of them together one value.
LICENCES = "licences"
YES = "yes"
#: The universe of all numbers of a survey: those who answered.
RESPONDENTS = "respondents"


def segment(rule: Definition) -> str:
    """Return the variable of a person's segment under a definition; another definition is another variable."""
    return f"{SEGMENT}{rule.hash}"


def assessed(rule: Definition) -> Values:
    """Return the segments of people who can be assessed: without a write trace only where changes are the evidence."""
    without_trace = {"no_write_trace"} if rule.evidence != "changes" else set()
    return frozenset(rules.segments_of(rule)) - {"not_assessable"} - without_trace


def present(rule: Definition) -> Values:
    """Return the segments of everybody who is there, assessed or not."""
    return assessed(rule) | NOT_ASSESSABLE


def segment_values(segments: Iterable[str]) -> list[Values]:
    """Return for each segment its values in the variable `segment`."""
    return [NOT_ASSESSABLE if code == "not_assessable" else frozenset([code]) for code in segments]


def area_used(area: str) -> str:
    """Return the variable that says whether somebody worked in an area at all."""
    return f"used {area}"


def active_in(area: str) -> str:
    """Return the variable that says how regularly somebody works in an area."""
    return f"segment in {area}"


def shown_units(names: Iterable[str], client: Client) -> list[Values]:
    """Return for each reporting unit the units of the client's structure that it stands for."""
    known = _paths(client)
    reporting = units.reporting(known, client.settings.reporting_paths)
    members = {name: frozenset(group) for name, group in known.groupby(reporting)}
    return [members.get(name, frozenset([name])) for name in names]


def unit_with_parts(unit: str, client: Client) -> Values:
    """Return the units of the client's structure that are a unit or lie in it."""
    within = frozenset(path for path in _paths(client) if paths.is_within(path, unit))
    return within or frozenset([unit])


def _paths(client: Client) -> pd.Series:
    """Return all units in the structure of the client's ``as_of``."""
    if "paths" not in client.memory:
        known = client.assignments["org_unit"].fillna("").drop_duplicates()
        today = units.today(known, client.org_map, as_of=client.as_of)
        client.memory["paths"] = today.drop_duplicates().sort_values(ignore_index=True)
    return client.memory["paths"]
