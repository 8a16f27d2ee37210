"""Charts: protected tables → pictures with alternative text, caption and finding."""

from crmkit.report.charts.aggregate_bars import aggregate_bars
from crmkit.report.charts.area_bar import area_bar
from crmkit.report.charts.breadth import breadth, role_breadth
from crmkit.report.charts.client_series import client_series
from crmkit.report.charts.definition_bars import definition_bars
from crmkit.report.charts.dumbbell import dumbbell
from crmkit.report.charts.effects import effects
from crmkit.report.charts.elsewhere import elsewhere
from crmkit.report.charts.firmness import firmness
from crmkit.report.charts.goal_path import goal_path
from crmkit.report.charts.licence_types import licence_types
from crmkit.report.charts.licence_waterfall import licence_waterfall
from crmkit.report.charts.login_bars import login_bars
from crmkit.report.charts.migration import migration
from crmkit.report.charts.outcomes import outcomes
from crmkit.report.charts.parallel_hours import parallel_hours
from crmkit.report.charts.retention import retention
from crmkit.report.charts.segment_bar import segment_bar
from crmkit.report.charts.small_series import small_series
from crmkit.report.charts.survey_bars import survey_bars
from crmkit.report.charts.survey_hurdles import survey_hurdles
from crmkit.report.charts.survey_scatter import survey_scatter
from crmkit.report.charts.survey_topics import survey_topics
from crmkit.report.charts.survey_units import survey_units
from crmkit.report.charts.unit_area import unit_area
from crmkit.report.charts.unit_bars import unit_bars
from crmkit.report.charts.usage_timeline import usage_timeline

__all__ = [
    "aggregate_bars",
    "area_bar",
    "breadth",
    "client_series",
    "definition_bars",
    "dumbbell",
    "effects",
    "elsewhere",
    "firmness",
    "goal_path",
    "licence_types",
    "licence_waterfall",
    "login_bars",
    "migration",
    "outcomes",
    "parallel_hours",
    "retention",
    "role_breadth",
    "segment_bar",
    "small_series",
    "survey_bars",
    "survey_hurdles",
    "survey_scatter",
    "survey_topics",
    "survey_units",
    "unit_area",
    "unit_bars",
    "usage_timeline",
]
