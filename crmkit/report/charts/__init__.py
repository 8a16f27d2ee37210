"""Charts: protected tables → pictures with alternative text, caption and finding."""

from crmkit.report.charts.aggregate_bars import aggregate_bars
from crmkit.report.charts.area_bar import area_bar
from crmkit.report.charts.breadth import breadth
from crmkit.report.charts.goal_path import goal_path
from crmkit.report.charts.licence_waterfall import licence_waterfall
from crmkit.report.charts.segment_bar import segment_bar
from crmkit.report.charts.survey_bars import survey_bars
from crmkit.report.charts.unit_area import unit_area
from crmkit.report.charts.unit_bars import unit_bars
from crmkit.report.charts.usage_timeline import usage_timeline

__all__ = [
    "aggregate_bars",
    "area_bar",
    "breadth",
    "goal_path",
    "licence_waterfall",
    "segment_bar",
    "survey_bars",
    "unit_area",
    "unit_bars",
    "usage_timeline",
]
