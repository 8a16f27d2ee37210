"""The settings of one client, ``client.yml``: every default once, with its unit and reason.

Read in this order: `section`, `exports`, `rules`, `privacy`, `goals`, `decisions`, `units`, `client`;
`findings` says what is wrong.
"""

from crmkit.settings.client import Brand, Settings, read_settings
from crmkit.settings.decisions import Decision
from crmkit.settings.exports import Export
from crmkit.settings.goals import GoalEntry
from crmkit.settings.privacy import SMALL_CLIENT_PEOPLE, SMALLEST_K, SURVEY_K, Privacy
from crmkit.settings.rules import REGULAR_KNOWN, REGULAR_UNKNOWN, AccountMarks, Calendar
from crmkit.settings.section import Area, Channel, Rhythm

__all__ = [
    "REGULAR_KNOWN",
    "REGULAR_UNKNOWN",
    "SMALLEST_K",
    "SMALL_CLIENT_PEOPLE",
    "SURVEY_K",
    "AccountMarks",
    "Area",
    "Brand",
    "Calendar",
    "Channel",
    "Decision",
    "Export",
    "GoalEntry",
    "Privacy",
    "Rhythm",
    "Settings",
    "read_settings",
]
