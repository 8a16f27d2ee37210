"""A decision as it stands in ``client.yml``."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from crmkit.settings.section import Section


class Decision(Section):
    """What is to be decided today; a text alone is its wording."""

    decision: str = Field(min_length=1)
    #: Role that sees to it, no name.
    owner_role: str = ""
    by: dt.date | None = None
