"""The units of the report."""

from __future__ import annotations

from typing import Annotated

from pydantic import Discriminator, Field, Tag

from crmkit.settings.findings import TAGS
from crmkit.settings.section import Section


class ReportingUnit(Section):
    """A unit of the report: one or several organisational units with everything below them, under one name."""

    name: str = Field(min_length=1)
    units: tuple[Annotated[str, Field(min_length=1)], ...] = Field(min_length=1)


#: One entry of ``reporting_units``: a path, which is its own name, or a group.
UnitEntry = Annotated[
    Annotated[str, Field(min_length=1), Tag(TAGS[0])] | Annotated[ReportingUnit, Tag(TAGS[1])],
    Discriminator(lambda entry: TAGS[isinstance(entry, (dict, ReportingUnit))]),
]
