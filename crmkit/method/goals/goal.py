"""`Goal`: what a client wants to change, by how much and until when."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from crmkit.errors import GoalError, did_you_mean
from crmkit.method.goals.days import FARTHEST, add_months, day_of
from crmkit.method.goals.names import tidy

if TYPE_CHECKING:
    from crmkit.client import Client

ChangeUnit = Literal["relative", "points", "absolute", "target"]
Direction = Literal["up", "down", "keep"]
Fit = Literal["fits", "adjust", "reached", "stop"]
Shape = Literal["linear", "s_curve"]

#: Metrics that count people; the others are shares (0–1).
COUNT_METRICS = ("active_users", "regular_users")
#: Metrics behind which a number of people stands.
PEOPLE_METRICS = (*COUNT_METRICS, "usage_rate")
#: A figure of the client's own (`Goal.outcome`): revenue, complaints, satisfaction.
OUTCOME = "outcome"
METRICS = (*PEOPLE_METRICS, "breadth", "data_quality", OUTCOME)
#: Metrics that no usage log shows; they are read from the client's own figures.
FIGURE_METRICS = ("data_quality", OUTCOME)
QUESTIONS = ("needs", "gain", "value", "hurdles")
CHANGE_UNITS = ("relative", "points", "absolute", "target")
DIRECTIONS = ("up", "down", "keep")
SHAPES = ("linear", "s_curve")
#: Larger numbers are slips of the pen.
LARGEST_CHANGE = 1e12
#: A change is kept as a float; read back with this largest denominator, 0.2 is one fifth and ⅓ a third.
LARGEST_DENOMINATOR = 10**6


class Answers(Mapping[str, str]):
    """The answers to the four questions of a goal: a mapping that never changes and can be hashed."""

    def __init__(self, answers: Mapping[str, str] | None = None) -> None:
        self._pairs = tuple(sorted((answers or {}).items()))

    def __getitem__(self, question: str) -> str:
        return dict(self._pairs)[question]

    def __iter__(self) -> Iterator[str]:
        return iter(dict(self._pairs))

    def __len__(self) -> int:
        return len(self._pairs)

    def __hash__(self) -> int:
        return hash(self._pairs)

    def __repr__(self) -> str:
        return f"Answers({dict(self._pairs)})"


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A goal; made by `goals.parse`, or from its fields.

    Attributes
    ----------
    metric
        ``active_users`` (regular + occasional), ``regular_users``, ``usage_rate``, ``breadth``,
        ``data_quality``, or ``outcome``: a figure of the client's own.
    change_value
        Size of the change, ≥ 0. A share (0–1) for ``relative`` (20 % is 0.2), ``points`` (20 percentage
        points are 0.2) and targets of shares; people for ``absolute`` and for targets of counts. A target
        of a count metric that is at most 1 is a share of all assessed people. For an outcome ``absolute``
        and ``target`` are in its own unit, unless `percent`.
    change_unit
        ``relative`` to the baseline, percentage ``points``, ``absolute`` number of people, or ``target``.
    direction
        ``up``, ``down``, or ``keep``: at the deadline at or above the target, or not below the baseline by more than
        readings move by chance.
    start, deadline
        Day of the decision and last day of the term.
    wording
        The sentence as the client wrote it.
    place
        Where, as it is written; empty once `resolve` has found what it is, or for the whole client.
    org_unit, area
        Path of an organisational unit; code of a CRM area.
    outcome, percent
        Name of the client's own figure, only with that metric; True if its target is stated in percent (the
        value is a share then).
    shape, effect_from
        Path from baseline to target: ``linear`` from the start, or ``s_curve`` from the day on which the first
        measure takes effect (None: the start). Chosen at the start, not part of the sentence.
    owner_role, answers, fit, fit_reason
        From the client's settings: who answers for it, answers to `QUESTIONS`, whether it still fits.
    notes
        Codes of what was decided on reading: ``unit_before_area`` (a place that is both was taken as unit).
    id
        Made from the content, readable; stays when the place is resolved.

    Raises
    ------
    GoalError
        If a field cannot be.
    """

    metric: str
    change_value: float
    change_unit: ChangeUnit
    direction: Direction
    start: dt.date
    deadline: dt.date
    wording: str = ""
    place: str = ""
    org_unit: str | None = None
    area: str | None = None
    outcome: str = ""
    percent: bool = False
    shape: Shape = "linear"
    effect_from: dt.date | None = None
    owner_role: str = ""
    answers: Mapping[str, str] = field(default_factory=Answers)
    fit: Fit | None = None
    fit_reason: str = ""
    notes: tuple[str, ...] = ()
    id: str = ""

    def __post_init__(self) -> None:
        """Check the fields, freeze the answers, make the id."""
        for name in ("start", "deadline"):
            object.__setattr__(self, name, day_of(getattr(self, name), name=name))
        for name, value in _tidied(self).items():
            object.__setattr__(self, name, value)
        _known("metric", self.metric, METRICS)
        _known("change_unit", self.change_unit, CHANGE_UNITS)
        _known("direction", self.direction, DIRECTIONS)
        _known("shape", self.shape, SHAPES)
        for question in self.answers:
            _known("answers", question, QUESTIONS)
        object.__setattr__(self, "answers", Answers(self.answers))
        _check_outcome(self)
        _check_change(self)
        if self.deadline <= self.start:
            raise GoalError.wrong_field("deadline", f"{self.deadline} is not after the start {self.start}")
        if self.deadline > add_months(self.start, FARTHEST):
            raise GoalError.wrong_field("deadline", f"{self.deadline} is more than {FARTHEST // 12} years away")
        if self.effect_from is not None:
            object.__setattr__(self, "effect_from", _within_term(self))
        object.__setattr__(self, "id", self.id or _slug(self))

    @property
    def change(self) -> Fraction:
        """The change as an exact number: 0.2 is one fifth, so that 60 people and 20 % more are 72, not 73."""
        return Fraction(self.change_value).limit_denominator(LARGEST_DENOMINATOR)

    @property
    def judged_as_share(self) -> bool:
        """True if the goal speaks of a share of people, though its metric may count them."""
        is_share = self.change_unit == "points" or (self.change_unit == "target" and self.change_value <= 1)
        return self.metric not in COUNT_METRICS or is_share

    @property
    def states_share(self) -> bool:
        """True if the number of the goal is a share (0–1), written in percent or percentage points."""
        if self.change_unit in ("relative", "points"):
            return True
        return self.percent if self.metric == OUTCOME else self.judged_as_share

    @property
    def meaning(self) -> tuple[object, ...]:
        """What two sentences must agree in to be the same goal."""
        where = (self.place, self.org_unit, self.area)
        change = (self.change, self.change_unit, self.direction, self.percent)
        return (self.metric, self.outcome, *where, *change, self.start, self.deadline)

    def sentence(self, language: str = "de") -> str:
        """Return the goal as one sentence, ``de`` or ``en``; `goals.parse` reads it back.

        Raises
        ------
        GoalError
            If the language is not known.
        """
        from crmkit.method.goals.write import write

        return write(self, language)

    def resolve(self, known: Client | Iterable[str]) -> Goal:
        """Return the goal with its place found among the client's units and the areas of the CRM.

        Parameters
        ----------
        known
            A client, or the paths of its organisational units; with a client an outcome is found among its figures.

        Raises
        ------
        GoalError
            If the place is neither a unit nor an area, or several units answer to it; if the client has no such
            figure, or its unit does not fit the change.
        """
        from crmkit.method.goals.places import resolve

        return resolve(self, known)


def _tidied(goal: Goal) -> dict[str, str | None]:
    """Return the names of a goal in one spelling, and one unit for what is kept as it is."""
    kept_as_is = goal.direction == "keep" and goal.change_value == 0 and goal.change_unit != "target"
    return {
        "id": tidy(goal.id),
        "outcome": tidy(goal.outcome),
        "place": tidy(goal.place),
        "org_unit": tidy(goal.org_unit or "") or None,
        "area": goal.area or None,
        "change_unit": "relative" if kept_as_is and goal.change_unit in CHANGE_UNITS else goal.change_unit,
    }


def _known(key: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        hint = did_you_mean(str(value), known)
        raise GoalError.wrong_field(key, f'"{value}" is not known.{hint} Known: {", ".join(known)}')


def _within_term(goal: Goal) -> dt.date:
    day = day_of(goal.effect_from, name="effect_from")  # type: ignore[arg-type]
    if not goal.start <= day < goal.deadline:
        raise GoalError.wrong_field("effect_from", f"{day} is not within the term {goal.start} to {goal.deadline}")
    return day


def _check_outcome(goal: Goal) -> None:
    if (goal.metric == OUTCOME) != bool(goal.outcome.strip()):
        problem = "the name of the client's own figure is missing" if goal.metric == OUTCOME else "no outcome is meant"
        raise GoalError.wrong_field("outcome", problem)
    if goal.metric == OUTCOME and (goal.place or goal.org_unit or goal.area):
        raise GoalError.wrong_field("outcome", "a figure of the whole client, neither of a unit nor of a CRM area")
    if goal.percent and (goal.metric != OUTCOME or goal.change_unit != "target"):
        raise GoalError.wrong_field("percent", "only the target of an outcome needs it")


def _check_change(goal: Goal) -> None:
    value, unit = goal.change_value, goal.change_unit
    counts, is_outcome = goal.metric in COUNT_METRICS, goal.metric == OUTCOME
    by_people = not is_outcome and (unit == "absolute" or (unit == "target" and value > 1))
    # A smaller number than `Goal.change` can hold is none.
    is_none = 0 <= value < float("inf") and goal.change == 0 and (goal.direction != "keep" or unit == "target")
    if not 0 <= value < float("inf") or is_none:
        raise GoalError.wrong_field("change_value", f"{value:g} is no change")
    if value > LARGEST_CHANGE:
        raise GoalError.wrong_field("change_value", f"{value:g} cannot be meant")
    if goal.direction == "keep" and unit != "target" and value != 0:
        raise GoalError.wrong_field("change_value", f"{value:g}: what is kept does not change")
    if by_people and not counts:
        raise GoalError.wrong_field("change_unit", f"`{goal.metric}` is a share, not a number of people")
    if by_people and value != int(value):
        raise GoalError.wrong_field("change_value", f"{value:g} is no whole number of people")
    if value > 1 and (unit == "points" or goal.percent or (unit == "relative" and goal.direction == "down")):
        raise GoalError.wrong_field("change_value", f"{value:g} is more than the whole, 20 % are 0.2")


def _slug(goal: Goal) -> str:
    """Return a readable id: what, where, how much, until when."""
    number = f"{float(goal.change * (100 if goal.states_share else 1)):g}"
    percent = "pct" if goal.states_share else ""
    suffix = {"relative": "pct", "points": "pp", "absolute": "", "target": percent}[goal.change_unit]
    link = "to-" if goal.change_unit == "target" else ""
    where = goal.place or "-".join(part for part in (goal.area, goal.org_unit) if part)
    words = [goal.outcome or goal.metric, where, f"{goal.direction}-{link}{number}{suffix}", goal.deadline.isoformat()]
    text = unicodedata.normalize("NFC", "-".join(word for word in words if word)).casefold()
    plain = unicodedata.normalize("NFKD", text.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"))
    ascii_only = plain.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")
