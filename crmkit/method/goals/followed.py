"""`Followed`: a goal with everything that is known of it; what the tables of goals are made of."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from crmkit import schema
from crmkit.method.goals.fit import Proposal
from crmkit.method.goals.frozen import Frozen
from crmkit.method.goals.goal import Goal
from crmkit.method.goals.readings import Baseline
from crmkit.method.goals.tracking import GoalStatus

#: Codes of `Followed.changed`.
CHANGES = ("no_start", "goal_changed", "path_changed", "frozen_again", "definition_changed", "baseline_drifted")
_NO_PROPOSAL = Proposal(None, "cannot_tell")
_FINGERPRINT = 8
#: Stands for the whole client where a unit is named.
WHOLE = "*"


@dataclass(frozen=True, eq=False)
class Followed:
    """A goal and where it stands.

    Attributes
    ----------
    goal, status
        The goal, its place resolved, and where it stands.
    series
        The readings that the status was made of, contract `series`.
    frozen
        Its frozen baseline, None if there is none that is still meant.
    changed
        Codes of what is no longer as it was frozen, of `CHANGES`.
    agreed
        The sentence that was frozen before, if the goal has been changed or its baseline frozen again.
    reason_again
        Why its baseline was frozen again.
    drifted_baseline
        What today's data give, if that is another baseline than the frozen one; in the metric's unit.
    measurable_in
        Larger unit in which the goal would be measurable, `WHOLE` for the client; empty: none, or not needed.
    proposal
        Whether it still fits.
    unit
        Unit of the client's own figure.
    """

    goal: Goal
    status: GoalStatus
    series: pd.DataFrame = field(default_factory=lambda: schema.empty("series"))
    frozen: Frozen | None = None
    changed: tuple[str, ...] = ()
    agreed: str = ""
    reason_again: str = ""
    drifted_baseline: float | None = None
    measurable_in: str = ""
    proposal: Proposal = _NO_PROPOSAL
    unit: str = ""

    @property
    def fingerprint(self) -> str:
        """First signs of the hash of the frozen baseline; a printed report proves it."""
        return self.frozen.sha256[:_FINGERPRINT] if self.frozen else ""

    @property
    def baseline(self) -> Baseline | None:
        """The frozen baseline, None if that of the readings holds."""
        return self.frozen.baseline if self.frozen else None
