"""What was agreed with works council and data protection officer, and the floors nobody can go below."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator

from crmkit.approvals import named, visible
from crmkit.settings.section import Section

#: No published number may describe fewer people; works councils commonly agree on five.
SMALLEST_K = 5


#: A free-text survey says more about a person than a count does, hence a higher floor.
SURVEY_K = 7


#: Below this many people a breakdown describes single persons: totals only.
SMALL_CLIENT_PEOPLE = 60


#: What has to be settled before a report is more than a draft, in the order in which it is asked for.
APPROVALS = ("legal_basis", "purpose", "agreement", "delete_by", "delete_prepared_by")


class Privacy(Section):
    """What was agreed with works council and data protection officer."""

    k: int = Field(default=SMALLEST_K, ge=SMALLEST_K)
    legal_basis: str = ""
    purpose: str = ""
    #: Without one, analyses that follow people over time or by unit are off.
    agreement: str = ""
    #: Role that answers questions about the data, no name.
    contact_role: str = ""
    #: Day by which the raw exports are gone (`crmkit purge`).
    delete_by: dt.date | None = None
    #: The same for the pseudonymous tables.
    delete_prepared_by: dt.date | None = None
    #: True: no units at all, also for a large client.
    totals_only: bool = False
    #: ready: the client's own IT has put pseudonyms in the place of all names; files with names are refused.
    pseudonyms: Literal["made", "ready"] = "made"

    @field_validator("legal_basis", "purpose", "agreement", "contact_role", mode="after")
    @classmethod
    def _what_nobody_sees_says_nothing(cls, value: str) -> str:
        return visible(value)

    @field_validator("legal_basis", "purpose", "agreement", mode="after")
    @classmethod
    def _what_stands_open_is_not_named(cls, value: str, info: ValidationInfo) -> str:
        return named(value, may_deny=info.field_name == "purpose")

    @property
    def missing(self) -> tuple[str, ...]:
        """The keys of `APPROVALS` that are not filled in."""
        return tuple(name for name in APPROVALS if not getattr(self, name))
