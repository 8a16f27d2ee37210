"""Blocks of the portfolio: all clients of a folder side by side, for the consultant alone.

They take what `open_clients` returns: of every client nothing but tables that are protected by its own rules, the same
as in its report. What they give is of the kind ``internal``, which a client's page leaves out (`report.sections`).
Clients stand in the order of their folders; nobody is ranked, and no sum goes over several of them.
"""

from crmkit.report.portfolio.dates import dates
from crmkit.report.portfolio.goals import goals
from crmkit.report.portfolio.licences import licences
from crmkit.report.portfolio.missing import missing
from crmkit.report.portfolio.not_opened import not_opened
from crmkit.report.portfolio.opened import NotOpened, Opened, Portfolio, open_clients
from crmkit.report.portfolio.page import variables
from crmkit.report.portfolio.standing import standing
from crmkit.report.portfolio.usage import usage

__all__ = [
    "NotOpened", "Opened", "Portfolio", "dates", "goals", "licences", "missing", "not_opened", "open_clients",
    "standing", "usage", "variables",
]  # fmt: skip
