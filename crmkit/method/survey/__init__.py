"""The pulse survey and the interviews: shares of agreement, never joined to persons, never an overall score.

Everything is counted on the same number of people, those who answered at all: a question left blank counts as "cannot
judge", since the difference of two totals would tell of the few who left it out.
"""

from crmkit.method.survey.groups import benefit_by_unit, beside_usage, by_unit, other_units
from crmkit.method.survey.hurdles import elsewhere, hurdles
from crmkit.method.survey.interviews import quotes, themes
from crmkit.method.survey.items import ANSWERS, items, topics
from crmkit.method.survey.response import bounds, response

__all__ = [
    "ANSWERS",
    "benefit_by_unit",
    "beside_usage",
    "bounds",
    "by_unit",
    "elsewhere",
    "hurdles",
    "items",
    "other_units",
    "quotes",
    "response",
    "themes",
    "topics",
]
