"""`Definition`: the rule behind a segment, frozen and hashed, so that two results can be compared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, Self, get_args

from crmkit.errors import MethodError, did_you_mean
from crmkit.method.window import WORKDAYS
from crmkit.settings import REGULAR_KNOWN, REGULAR_UNKNOWN

if TYPE_CHECKING:
    from crmkit.settings import Rhythm

Rule = Literal["crmkit", "viva", "viva_4w", "mozilla", "frequency", "lifecycle"]
Evidence = Literal["views", "logins", "changes"]

#: Which kind of action proves use, best evidence first, with the tier of a source that shows it.
EVIDENCE_ACTIONS: dict[Evidence, tuple[str, ...]] = {
    "views": ("view", "write"),
    "changes": ("write",),
    "logins": ("login",),
}
ACTIONS = ("login", "view", "write", "export")
CHANNELS = ("ui", "mobile", "addin", "api", "background")
RHYTHMS = ("daily", "weekly", "monthly")


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
    min_active_days
        Days with work that make a week an active one; 2 asks for intensity beside regularity.
    rhythms
        Pairs of role and rhythm for roles whose work is not weekly. ``daily``: a week is active if there was
        work on half of the available days. ``monthly``: a week is active if there was work in it or in one of
        the four weeks before, the longest time between two ends of a month.

    Raises
    ------
    MethodError
        If the segments overlap, a number is out of range, or a rule, action, channel or rhythm is not known.
    """

    rule: Rule = "crmkit"
    window_weeks: int = 12
    regular_share: float = REGULAR_UNKNOWN
    occasional_share: float = 0.25
    min_eligible_weeks: int = 4
    min_available_days: int = 3
    onboarding_days: int = 90
    actions: tuple[str, ...] = ("view", "write")
    channels: tuple[str, ...] = ("ui", "mobile", "addin")
    evidence: Evidence = "views"
    min_active_days: int = 1
    rhythms: tuple[tuple[str, Rhythm], ...] = ()

    def __post_init__(self) -> None:
        """Refuse limits between which a person would fall, or which overlap; order and repeats do not matter."""
        _check_known("rule", (self.rule,), get_args(Rule))
        _check_known("evidence", (self.evidence,), get_args(Evidence))
        for name, known in (("actions", ACTIONS), ("channels", CHANNELS)):
            given = tuple(getattr(self, name))
            _check_known(name, given, known)
            object.__setattr__(self, name, tuple(word for word in known if word in given))
        object.__setattr__(self, "rhythms", tuple(sorted((str(role), rhythm) for role, rhythm in self.rhythms)))
        self._check_shares()
        for name in ("regular_share", "occasional_share"):
            object.__setattr__(self, name, float(getattr(self, name)))
        self._check_counts()
        _check_known("rhythms", tuple(rhythm for _, rhythm in self.rhythms), RHYTHMS, may_be_empty=True)
        roles = [role for role, _ in self.rhythms]
        if len(set(roles)) < len(roles):
            raise MethodError("definition: `rhythms`: a role stands twice.")

    @property
    def hash(self) -> str:
        """Twelve hexadecimal digits that stand for this definition."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:12]

    @property
    def tier(self) -> str:
        """Data tier that this definition needs."""
        return "A" if self.evidence == "views" else "B"

    @classmethod
    def from_dict(cls, parts: Mapping[str, Any]) -> Self:
        """Return the definition that `dataclasses.asdict` has written, also after a way through JSON."""
        rhythms = tuple((role, rhythm) for role, rhythm in parts.get("rhythms", ()))
        lists = {name: tuple(parts[name]) for name in ("actions", "channels") if name in parts}
        return cls(**{**parts, **lists, "rhythms": rhythms})

    def for_evidence(self, evidence: Evidence) -> Self:
        """Return this definition on another kind of log."""
        return replace(self, evidence=evidence, actions=EVIDENCE_ACTIONS[evidence])

    def _check_shares(self) -> None:
        for name in ("regular_share", "occasional_share"):
            share = getattr(self, name)
            if not isinstance(share, int | float) or not 0 < share <= 1:
                raise MethodError(f"definition: `{name}` is {share}, expected a share above 0 and up to 1.")
        if self.occasional_share >= self.regular_share:
            raise MethodError(
                f"definition: `occasional_share` {self.occasional_share:g} is not below `regular_share` "
                f"{self.regular_share:g}: the segments overlap."
            )

    def _check_counts(self) -> None:
        limits = {
            "window_weeks": (1, None), "min_eligible_weeks": (1, self.window_weeks), "onboarding_days": (0, None),
            "min_available_days": (1, WORKDAYS), "min_active_days": (1, WORKDAYS),
        }  # fmt: skip
        for name, (least, most) in limits.items():
            value = getattr(self, name)
            if not isinstance(value, int) or value < least or (most is not None and value > most):
                expected = f"at least {least}" if most is None else f"{least} to {most}"
                raise MethodError(f"definition: `{name}` is {value}, expected a whole number, {expected}.")


def _check_known(name: str, given: tuple[str, ...], known: tuple[str, ...], *, may_be_empty: bool = False) -> None:
    if not given and not may_be_empty:
        raise MethodError(f"definition: `{name}` is empty. Known: {', '.join(known)}.")
    for word in given:
        if word not in known:
            raise MethodError(
                f'definition: `{name}`: "{word}" is not known.{did_you_mean(word, known)} Known: {", ".join(known)}.'
            )


NAMED: dict[str, Definition] = {
    "crmkit": Definition(),
    "crmkit_known_absences": Definition(regular_share=REGULAR_KNOWN),
    "crmkit_two_days": Definition(min_active_days=2),
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
    if not isinstance(definition, str) or definition not in NAMED:
        raise MethodError(
            f'definition "{definition}" is not known.{did_you_mean(str(definition), NAMED)} Known: {", ".join(NAMED)}.'
        )
    return NAMED[definition]
