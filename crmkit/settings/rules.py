"""What was agreed before results are seen: roles, the rule of an active week, working days."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from pydantic import Field, field_validator, model_validator

from crmkit.settings.section import Action, Area, Channel, Rhythm, Section

#: Smallest share of weeks (0–1) of regular use: a holiday must not make anyone occasional where nobody states it.
REGULAR_KNOWN, REGULAR_UNKNOWN = 0.75, 8 / 12


class Role(Section):
    """What is expected of a role, agreed before results are seen."""

    areas: list[Area] = []
    rhythm: Rhythm = "weekly"


class AccountMarks(Section):
    """Accounts that are not what they look like: patterns (``svc-*``) of logins, e-mail addresses or names."""

    service: list[str] = []
    portal: list[str] = []
    test: list[str] = []
    #: People whose account looks like a machine's.
    person: list[str] = []


class ActiveRule(Section):
    """Which actions make a week an active one (agreed before results are seen)."""

    actions: list[Action] = ["view", "write"]
    channels: list[Channel] = ["ui", "mobile", "addin"]
    #: True only if `availability` lists the absences: then regular is 75 % of weeks, else 8 of 12.
    absences_known: bool = False
    #: Smallest share of weeks (0–1) of regular use; None: 0.75 or 8/12, see `absences_known`.
    regular_share: float | None = Field(default=None, gt=0, le=1)
    #: Smallest share of weeks (0–1) of occasional use.
    occasional_share: float = Field(default=0.25, gt=0, lt=1)
    #: Days with work that make a week an active one.
    min_days: int = Field(default=1, ge=1, le=5)

    @model_validator(mode="after")
    def _segments_do_not_overlap(self) -> Self:
        regular = self.regular_share or (REGULAR_KNOWN if self.absences_known else REGULAR_UNKNOWN)
        if self.occasional_share >= regular:
            raise ValueError(
                f"`occasional_share` {self.occasional_share:g} is not below `regular_share` {regular:.3g}: "
                "the segments overlap"
            )
        return self


class Calendar(Section):
    """Working days that public holidays do not tell: a company's own free days and half days."""

    #: Days off for everybody, as date or, each year, as month and day (``12-24``).
    free_days: list[str] = []
    #: Days of which half is worked.
    half_days: list[str] = []

    @field_validator("free_days", "half_days", mode="before")
    @classmethod
    def _days_are_days(cls, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        for day in map(str, value):
            text = day if len(day) > len("12-24") else f"2024-{day}"
            try:
                dt.date.fromisoformat(text)
            except ValueError:
                raise ValueError(f'"{day}" is no day, write it as 2026-12-24, or 12-24 for every year') from None
        return [str(day) for day in value]
