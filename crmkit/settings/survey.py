"""How the survey was run: when, how many were invited, and the smallest group that is shown."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from pydantic import ConfigDict, Field, field_validator, model_validator

from crmkit.settings.privacy import SURVEY_K
from crmkit.settings.section import Section


class Survey(Section):
    """The pulse survey; YAML keys ``from``, ``to``, ``invited``, ``k``."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    from_date: dt.date | None = Field(default=None, alias="from")
    to_date: dt.date | None = Field(default=None, alias="to")
    #: People who were invited: a number, or one for each organisational unit (kept under "" if it is a number).
    invited: dict[str, int] = {}
    #: Smallest number of people whom a number of the survey may describe, at least 7.
    k: int = Field(default=SURVEY_K, ge=SURVEY_K)

    @field_validator("invited", mode="before")
    @classmethod
    def _people_are_counted(cls, value: Any) -> Any:
        by_unit = value if isinstance(value, dict) else {"": value}
        if not all(isinstance(n, int) and not isinstance(n, bool) and n > 0 for n in by_unit.values()):
            raise ValueError("write a number of people, or one for each organisational unit: {Sales: 60, Service: 40}")
        return by_unit

    @model_validator(mode="after")
    def _it_ends_after_it_began(self) -> Self:
        if self.from_date and self.to_date and self.to_date < self.from_date:
            raise ValueError(f"`to` {self.to_date} lies before `from` {self.from_date}")
        return self

    @property
    def n_invited(self) -> int | None:
        """How many were invited in all, None where that is not known."""
        return sum(self.invited.values()) or None
