"""`Definition`: the rule behind a segment, frozen and hashed, so that two results can be compared."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from typing import Literal, Self

from crmkit.errors import MethodError, did_you_mean

Rule = Literal["crmkit", "viva", "viva_4w", "mozilla", "frequency", "lifecycle"]
Evidence = Literal["views", "logins", "changes"]

#: Which kind of action proves use, best evidence first, with the tier of a source that shows it.
EVIDENCE_ACTIONS: dict[Evidence, tuple[str, ...]] = {
    "views": ("view", "write"),
    "changes": ("write",),
    "logins": ("login",),
}


@dataclass(frozen=True)
class Definition:
    """How segments are made. Equal definitions have equal hashes; the hash stands on every result.

    Attributes
    ----------
    rule
        Name of the rule.
    window_weeks
        Length of the window in complete ISO weeks.
    regular_share, occasional_share
        Smallest share of active in eligible weeks (0–1) of a regular and an occasional user.
        `regular_share` is 8/12 while absences are unknown, 0.75 when they are known: a person who uses
        the CRM in 90 % of the weeks present must not be called occasional for a holiday.
    min_eligible_weeks
        Fewer eligible weeks than this are not yet assessable.
    min_available_days
        Working days that make a week of a full-time contract eligible.
    onboarding_days
        Days since the first licence during which nobody is assessed.
    actions, channels
        What counts as work.
    evidence
        Kind of log behind it: ``views`` (tier A), ``changes`` or ``logins`` (tier B).
    """

    rule: Rule = "crmkit"
    window_weeks: int = 12
    regular_share: float = 8 / 12
    occasional_share: float = 0.25
    min_eligible_weeks: int = 4
    min_available_days: int = 3
    onboarding_days: int = 90
    actions: tuple[str, ...] = ("view", "write")
    channels: tuple[str, ...] = ("ui", "mobile", "addin")
    evidence: Evidence = "views"

    @property
    def hash(self) -> str:
        """Twelve hexadecimal digits that stand for this definition."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:12]

    @property
    def tier(self) -> str:
        """Data tier that this definition needs."""
        return "A" if self.evidence == "views" else "B"

    def for_evidence(self, evidence: Evidence) -> Self:
        """Return this definition on another kind of log."""
        return replace(self, evidence=evidence, actions=EVIDENCE_ACTIONS[evidence])


NAMED: dict[str, Definition] = {
    "crmkit": Definition(),
    "viva": Definition(rule="viva", regular_share=9 / 12),
    "viva_4w": Definition(rule="viva_4w", window_weeks=4, regular_share=1.0),
    "mozilla": Definition(rule="mozilla"),
    "frequency": Definition(rule="frequency"),
    "lifecycle": Definition(rule="lifecycle"),
}


def named(definition: str | Definition) -> Definition:
    """Return a definition by its name, or the definition itself.

    Raises
    ------
    MethodError
        If there is no definition of that name.
    """
    if isinstance(definition, Definition):
        return definition
    if definition not in NAMED:
        raise MethodError(
            f'definition "{definition}" is not known.{did_you_mean(definition, NAMED)} Known: {", ".join(NAMED)}.'
        )
    return NAMED[definition]
