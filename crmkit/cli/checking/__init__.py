"""`crmkit check`: what was delivered, and what it allows; a file for each kind of thing that is looked at."""

from crmkit.cli.checking.delivery import report_on
from crmkit.cli.checking.page import write_page

__all__ = ["report_on", "write_page"]
