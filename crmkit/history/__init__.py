"""What is kept from retrospective to retrospective in ``history/``."""

from crmkit.history.baselines import BASELINES, baselines, keep_baselines
from crmkit.history.became import STATUSES, Decided
from crmkit.history.closed import SETTINGS, TABLES, Closed, closed, keep_closed
from crmkit.history.released import PEOPLE, RELEASED, keep_release, releases

__all__ = [
    "BASELINES",
    "PEOPLE",
    "RELEASED",
    "SETTINGS",
    "STATUSES",
    "TABLES",
    "Closed",
    "Decided",
    "baselines",
    "closed",
    "keep_baselines",
    "keep_closed",
    "keep_release",
    "releases",
]
