"""Blocks of the data check: what was delivered, what it is worth, and what to ask the client for next.

For the consultant alone. They take what `examine` returns, raw and unprotected, and nothing that a client's report
has; what they give is of the kind ``internal``, which a client's page leaves out (`report.sections`).
"""

from crmkit.report.data_check.accounts import accounts
from crmkit.report.data_check.columns import columns
from crmkit.report.data_check.coverage import coverage
from crmkit.report.data_check.dropped import dropped
from crmkit.report.data_check.examined import Examined, examine
from crmkit.report.data_check.objects import objects
from crmkit.report.data_check.page import variables
from crmkit.report.data_check.questions import questions
from crmkit.report.data_check.request import request
from crmkit.report.data_check.sources import sources
from crmkit.report.data_check.standing import standing

__all__ = [
    "Examined",
    "accounts",
    "columns",
    "coverage",
    "dropped",
    "examine",
    "objects",
    "questions",
    "request",
    "sources",
    "standing",
    "variables",
]
