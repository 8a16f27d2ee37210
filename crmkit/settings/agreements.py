"""What was agreed around the figures: the client's own hourly rate, and what managers commit themselves to."""

from __future__ import annotations

import datetime as dt
import re

from pydantic import Field, field_validator

from crmkit.settings.section import Section


class Parallel(Section):
    """How hours in parallel structures become money; without a rate hours alone are printed."""

    #: The client's own rate for an hour of work, in `currency`; the report calls the result an assumption.
    hourly_rate: float | None = Field(default=None, gt=0, le=1000)
    currency: str = "EUR"

    @field_validator("currency")
    @classmethod
    def _is_a_code(cls, value: str) -> str:
        if not re.fullmatch("[A-Z]{3}", value):
            raise ValueError(f'"{value}" is no code of a currency such as EUR')
        return value


class Commitment(Section):
    """What managers commit themselves to, by role."""

    role: str = Field(min_length=1)
    commitment: str = Field(min_length=1)
    by: dt.date | None = None
