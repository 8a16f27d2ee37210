"""Whether a goal still fits: what the kit proposes, and why."""

import datetime as dt

import pytest

from crmkit.method.goals import Goal, GoalStatus
from crmkit.method.goals.fit import CODES, proposed_fit

DEADLINE = dt.date(2026, 9, 30)
GOAL = Goal(
    metric="active_users", change_value=0.2, change_unit="relative", direction="up", start=dt.date(2025, 12, 31),
    deadline=DEADLINE, org_unit="Nord",
)  # fmt: skip


def status(code, **more) -> GoalStatus:
    return GoalStatus(status=code, deadline=DEADLINE, **more)


MOVED = {"baseline": 60.0, "actual": 66.0, "noise": 3.0}
STILL = {"baseline": 60.0, "actual": 62.0, "noise": 3.0}
ALL = [
    (status("reached"), {}, ("reached", "reached")),
    (status("too_early"), {}, ("fits", "too_early")),
    (status("on_track"), {}, ("fits", "on_track")),
    (status("at_risk"), {"measures": ["done", "open"]}, ("fits", "at_risk_with_measures")),
    (status("at_risk"), {"measures": ["done", "dropped"]}, ("adjust", "at_risk_without_measures")),
    (status("at_risk"), {}, ("adjust", "at_risk_without_measures")),
    (status("off_track", **MOVED), {"measures": ["done"]}, ("adjust", "off_track")),
    # Nothing was done yet, or something is still to come: that nothing moved says nothing about the goal.
    (status("off_track", **STILL), {}, ("adjust", "off_track")),
    (status("off_track", **STILL), {"measures": ["dropped"]}, ("adjust", "off_track")),
    (status("off_track", **STILL), {"measures": ["done", "open"]}, ("adjust", "off_track")),
    (status("off_track", **STILL), {"measures": ["done", "dropped"]}, ("stop", "no_effect")),
    (status("missed", **STILL), {"measures": ["done"]}, ("stop", "no_effect")),
    (status("missed", **MOVED), {"measures": ["done"]}, ("adjust", "missed")),
    (status("missed"), {"measures": ["done"]}, ("adjust", "missed")),
    (status("not_measurable", reason="few_people"), {"measurable_in": "*"}, ("adjust", "larger_unit")),
    (status("not_measurable", reason="noise"), {"measurable_in": "Süd"}, ("adjust", "larger_unit")),
    (status("not_measurable", reason="noise"), {}, ("adjust", "larger_step")),
    (status("not_measurable", reason="few_people"), {}, (None, "cannot_tell")),
    (status("not_measurable", reason="coverage"), {}, (None, "cannot_tell")),
    (status("not_measurable", reason="baseline_zero"), {}, ("adjust", "state_a_number")),
    (status("not_measurable", reason="definition_break"), {}, ("adjust", "freeze_again")),
    (status("not_measurable", reason="target_not_beyond_baseline"), {}, ("reached", "met_at_start")),
    (status("not_measurable", reason="no_reading"), {"unit_gone": True}, ("stop", "unit_gone")),
]


@pytest.mark.parametrize(("where", "known", "proposal"), ALL)
def test_proposals(where, known, proposal):
    assert proposed_fit(GOAL, where, **known) == proposal


def test_every_code_has_its_case():
    assert {code for _, _, (_, code) in ALL} == set(CODES)


def test_less_is_a_gain_where_less_is_the_goal():
    less = Goal(**{**vars(GOAL), "direction": "down"})
    fewer = status("missed", baseline=60.0, actual=50.0, noise=3.0)
    assert proposed_fit(less, fewer, measures=["done"]) == ("adjust", "missed")
    assert proposed_fit(GOAL, fewer, measures=["done"]) == ("stop", "no_effect")


def test_what_is_kept_is_never_without_effect():
    keep = Goal(**{**vars(GOAL), "direction": "keep", "change_value": 0.0})
    assert proposed_fit(keep, status("off_track", **STILL), measures=["done"]) == ("adjust", "off_track")
