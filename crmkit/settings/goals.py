"""A goal as it stands in ``client.yml``."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from crmkit.settings.section import Area, Section

#: Keys of a goal that is not written as a sentence.
GOAL_FIELDS = (
    "metric", "outcome", "org_unit", "area", "direction", "change_value", "change_unit", "percent", "months",
    "deadline",
)  # fmt: skip


class GoalEntry(Section):
    """A goal: its sentence, or the same as fields, and what was agreed on it."""

    #: Short name, unique; ``measures.csv`` refers to it. Without it one is made from the content.
    id: str = Field(default="", max_length=60)
    sentence: str = ""
    #: Instead of a sentence; meaning and units as in `crmkit.Goal`.
    metric: str | None = None
    outcome: str = ""
    org_unit: str | None = None
    area: Area | None = None
    direction: Literal["up", "down", "keep"] | None = None
    change_value: float | None = None
    change_unit: Literal["relative", "points", "absolute", "target"] | None = None
    percent: bool = False
    #: Term in calendar months from the start, or its last day.
    months: int | None = Field(default=None, ge=1, le=120)
    deadline: dt.date | None = None
    start: dt.date | None = None
    #: Way from baseline to target: straight, or in an S that begins with the first measure's effect.
    path: Literal["linear", "s_curve"] = "linear"
    effect_from: dt.date | None = None
    owner_role: str = ""
    #: Answers to the four questions: needs, gain, value, hurdles.
    answers: dict[Literal["needs", "gain", "value", "hurdles"], str] = {}
    fit: Literal["fits", "adjust", "reached", "stop"] | None = None
    fit_reason: str = ""

    @field_validator("change_value", mode="before")
    @classmethod
    def _truth_is_no_number(cls, value: Any) -> Any:
        if isinstance(value, bool):
            raise ValueError("a truth value is no number")
        return value

    @model_validator(mode="after")
    def _sentence_or_fields(self) -> Self:
        values = {name: getattr(self, name) for name in GOAL_FIELDS}
        stated = {name for name, value in values.items() if value not in (None, "") and value is not False}
        if self.sentence and stated:
            raise ValueError(f"`{min(stated)}` stands beside a sentence; write a goal as sentence or as fields")
        if self.sentence:
            return self
        if not stated:
            raise ValueError("`sentence` is missing")
        kept_as_is = self.direction == "keep" and self.change_unit != "target" and self.change_value is None
        needed = ("metric", "direction") if kept_as_is else ("metric", "direction", "change_unit", "change_value")
        missing = [name for name in needed if name not in stated]
        if missing:
            raise ValueError(f"`{missing[0]}` is missing; a goal without a sentence needs it")
        if (self.months is None) == (self.deadline is None):
            raise ValueError("a goal without a sentence needs either `months` or `deadline`")
        return self
