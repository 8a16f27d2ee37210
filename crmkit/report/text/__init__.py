"""Words of a report: the first page, the agreed, the appendix; every sentence computed. No drawing here."""

from crmkit.report.text.agreed import decisions
from crmkit.report.text.appendix import glossary, method
from crmkit.report.text.commentary import commentary
from crmkit.report.text.data_protection import privacy
from crmkit.report.text.effects import before_after
from crmkit.report.text.glance import at_a_glance
from crmkit.report.text.goal_cards import goal_cards
from crmkit.report.text.goal_cohort import goal_cohort
from crmkit.report.text.last_time import last_time
from crmkit.report.text.outcomes import what_else
from crmkit.report.text.parallel import crm_lacks
from crmkit.report.text.quality import data_quality
from crmkit.report.text.title import title
from crmkit.report.text.voices import interviews

__all__ = [
    "at_a_glance",
    "before_after",
    "commentary",
    "crm_lacks",
    "data_quality",
    "decisions",
    "glossary",
    "goal_cards",
    "goal_cohort",
    "interviews",
    "last_time",
    "method",
    "privacy",
    "title",
    "what_else",
]
