"""What all parts of the settings are, and the words that several of them use."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Area = Literal["sales", "marketing", "service", "shared"]


Rhythm = Literal["daily", "weekly", "monthly"]


Action = Literal["login", "view", "write", "export"]


Channel = Literal["ui", "mobile", "addin", "api", "background"]


class Section(BaseModel):
    """A part of the settings: unknown keys are errors, values never change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Span(Section):
    """A span of days, both ends included; YAML keys ``from`` and ``to``."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    from_date: dt.date = Field(alias="from")
    to_date: dt.date = Field(alias="to")
