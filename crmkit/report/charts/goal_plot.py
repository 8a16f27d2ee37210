"""The plot of a goal: readings, baseline, target path, what is to be expected, and the status month by month."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from crmkit.report.cells import MASKED
from crmkit.report.charts import status_marks, style
from crmkit.report.charts.canvas import spread
from crmkit.report.charts.timeplot import MOST_DAYS_BETWEEN, Reading, TimePlot
from crmkit.report.text.goal_units import GoalUnit

if TYPE_CHECKING:
    from crmkit.report.charts.canvas import Canvas
    from crmkit.report.charts.making import Rows
    from crmkit.report.language import Language

Places = list[tuple[float, float]]

#: Heights: what stands above the plot, months and status under it, a plot of which nothing is shown.
_ABOVE, _MONTHS, _HISTORY, _MASKED = 48, 26, 24, 64
#: Heights of the two names at the right end: target with its date, range.
_NAMES = (40, 18)
_MARK, _MARK_APART = 7.5, 8.5
#: Readings longer before the start than this stand in the table only (days).
_BEFORE = 366
#: Own figures are read when somebody writes them down; readings this close are joined (days).
_FIGURE_DAYS = 200


@dataclass(frozen=True)
class GoalPlot:
    """What is drawn of a goal: its row of `goals`, its rows of `goal_path` and `goal_history`, and the room."""

    goal: dict[str, Any]
    path: Rows
    history: Rows
    width: float
    plot_height: float
    t: Language

    @cached_property
    def unit(self) -> GoalUnit:
        """In what the goal is counted."""
        return GoalUnit.of(self.goal)

    @cached_property
    def values(self) -> list[float]:
        """All values that the plot must hold; empty if none is shown."""
        fan = [point for points in self.fan or () for point in points]
        values = [point.value for point in (*self.points("actual"), *self.target_path, *fan)]
        return [value for value in values if value is not None]

    @property
    def hides(self) -> bool:
        """True if something of it is masked."""
        return not self.values or any(row["value"] is None for row in self.path)

    @property
    def height(self) -> float:
        """How high plot, months and history are, with the room above them."""
        if not self.values:
            return _ABOVE / 2 + _MASKED
        return _ABOVE + self.plot_height + _MONTHS + (_HISTORY if self.history else 0)

    def points(self, name: str) -> list[Reading]:
        """Return the points of a path up to the deadline, in order of time."""
        rows = [row for row in self.path if row["path"] == name]
        points = sorted((Reading(row["month"], row["value"], name) for row in rows), key=lambda point: point.day)
        if name == "actual":
            first = self.goal["start"] - dt.timedelta(days=_BEFORE)
            return [point for point in points if point.day >= first] or points
        return [point for point in points if point.day <= self.goal["deadline"]]

    @cached_property
    def target_path(self) -> list[Reading]:
        """The path from the baseline at the start to the target at the deadline."""
        goal, points = self.goal, self.points("target")
        if goal["baseline"] is None or goal["target"] is None:
            return [point for point in points if point.value is not None]
        between = [point for point in points if goal["start"] < point.day < goal["deadline"]]
        return [Reading(goal["start"], goal["baseline"]), *between, Reading(goal["deadline"], goal["target"])]

    @cached_property
    def fan(self) -> tuple[list[Reading], list[Reading], list[Reading]] | None:
        """Lower limit, middle and upper limit of what is to be expected; None where there is no forecast."""
        low, middle, high = (self.points(name) for name in ("fan_low", "fan_mid", "fan_high"))
        shown = [point.value for point in (*low, *middle, *high)]
        return (low, middle, high) if len(low) > 1 and None not in shown else None

    @cached_property
    def range_words(self) -> str:
        """Between which values the reading at the deadline is to be expected, empty without a forecast."""
        low, high = self.goal["low"], self.goal["high"]
        if self.fan is None or low is None or high is None:
            return ""
        return self.t.gettext("Spanne {range}", range=self.unit.span(low, high, self.t))

    @cached_property
    def target_words(self) -> tuple[str, str]:
        """The target and its date; empty without a target."""
        if self.goal["target"] is None:
            return "", ""
        target = self.t.gettext("Ziel {target}", target=self.unit.amount(self.goal["target"], self.t))
        return target, self.t.date(self.goal["deadline"], short=True)

    def placed(self, left: float, top: float) -> TimePlot:
        """Return where days and values lie: between the scale at the left and the names at the right."""
        levels = self.unit.levels(self.values)
        beside = [self.unit.amount(level, self.t) for level in levels] + ([_stand(self.t)] if self.history else [])
        scale = max(style.width_of(words, style.SMALL) for words in beside) + 12
        target, date = self.target_words
        small = max(style.width_of(words, style.SMALL) for words in (date, self.range_words))
        named = max(style.width_of(target, style.LARGE, bold=True), small) + 18
        days = [point.day for point in (*self.points("actual"), *self.target_path)]
        edges = (left + scale, left + self.width - named, top + _ABOVE, top + _ABOVE + self.plot_height)
        return TimePlot(*edges, min(days), max(days), levels[-1], levels[0])


def draw(canvas: Canvas, goal: GoalPlot, left: float, top: float) -> None:
    """Draw the plot from its top left corner; a hatched box where nothing of it is shown."""
    if not goal.values:
        canvas.masked(left, top + _ABOVE / 2, goal.width, _MASKED)
        return
    plot = goal.placed(left, top)
    plot.grid(canvas, [(level, goal.unit.amount(level, goal.t)) for level in goal.unit.levels(goal.values)])
    plot.months(canvas, plot.bottom + 17, goal.t)
    _draw_fan(canvas, goal, plot)
    _draw_start(canvas, goal, plot, left)
    _draw_target(canvas, goal, plot)
    _draw_readings(canvas, goal, plot)
    _name_ends(canvas, goal, plot)
    _draw_history(canvas, goal, plot)


def _draw_fan(canvas: Canvas, goal: GoalPlot, plot: TimePlot) -> None:
    """Draw what is to be expected as a soft band with its middle."""
    if goal.fan is None:
        return
    low, middle, high = (_places(points, plot) for points in goal.fan)
    canvas.area([*low, *reversed(high)], "regular", opacity=0.13)
    canvas.line(middle, "occasional", width=1.4)


def _draw_start(canvas: Canvas, goal: GoalPlot, plot: TimePlot, left: float) -> None:
    """Mark the start with a fine line that says baseline and day; the unit stands at the left of it."""
    t, x, y = goal.t, plot.x(goal.goal["start"]), plot.top - 34
    unit = style.wrapped(goal.unit.name, style.SMALL, goal.width * 0.4)[0]
    canvas.text(left, y, unit, role="muted", size=style.SMALL)
    words = t.gettext("Start {date}", date=t.date(goal.goal["start"], short=True))
    if goal.goal["baseline"] is not None:
        baseline = t.gettext("Ausgangsbasis {baseline}", baseline=goal.unit.amount(goal.goal["baseline"], t))
        words = f"{baseline} · {t.date(goal.goal['start'], short=True)}"
    widest = plot.right + 8 - style.width_of(words, style.SMALL)
    least = left + (style.width_of(unit, style.SMALL) + 14 if unit else 0)
    canvas.line([(x, y + 11), (x, plot.bottom)], "faint")
    canvas.text(max(min(x - 4, widest), least), y, words, role="muted", size=style.SMALL)


def _draw_target(canvas: Canvas, goal: GoalPlot, plot: TimePlot) -> None:
    path = _places(goal.target_path, plot)
    if len(path) > 1:
        canvas.line(path, "target", width=2, dashed=True)
        canvas.dot(*path[-1], "target", size=8)
    if goal.goal["baseline"] is not None:
        place = (plot.x(goal.goal["start"]), plot.y(goal.goal["baseline"]))
        canvas.dot(*place, "target", size=7, shape="D")


def _draw_readings(canvas: Canvas, goal: GoalPlot, plot: TimePlot) -> None:
    """Draw the readings, name the last one, and mark those that are masked."""
    readings = goal.points("actual")
    # of a unit there is one reading a quarter
    is_monthly = goal.goal["n_total"] is not None and not goal.goal["org_unit"]
    most_days = MOST_DAYS_BETWEEN if is_monthly else _FIGURE_DAYS
    for run in plot.runs(readings, most_days=most_days):
        if len(run) > 1:
            canvas.line(run, "regular", width=2.6)
        for x, y in run:
            canvas.dot(x, y, "regular", size=5.5)
    for reading in readings:
        if reading.value is None:
            canvas.text(plot.x(reading.day), plot.bottom - 9, MASKED, role="muted", bold=True, align="center")
    _name_reading(canvas, goal, plot)


def _name_reading(canvas: Canvas, goal: GoalPlot, plot: TimePlot) -> None:
    """Write the last reading on the far side of the path, clear of its neighbours (the sheet's y runs downwards)."""
    shown = [point for point in goal.points("actual") if point.value is not None]
    if not shown:
        return
    words = goal.t.gettext("Ist {value}", value=goal.unit.amount(shown[-1].value, goal.t))
    width, path = style.width_of(words, style.BODY, bold=True), _places(goal.target_path, plot)
    (x, y), places = _places(shown, plot)[-1], _places(shown, plot)
    right, start = min(x + width / 4, plot.right + 8), plot.x(goal.goal["start"])
    if right - width < start < right:
        right = start + 6 + width
    beside = [y, *(place[1] for place in places if place[0] > right - width)]
    is_below = bool(path) and y > min(path, key=lambda point: abs(point[0] - x))[1] and max(beside) + 22 < plot.bottom
    canvas.text(right, max(beside) + 19 if is_below else min(beside) - 17, words, bold=True, align="right")


def _name_ends(canvas: Canvas, goal: GoalPlot, plot: TimePlot) -> None:
    """Write target and range at the right, each at its height unless they would cover each other."""
    target, date = goal.target_words
    names = [(plot.y(goal.goal["target"]), _NAMES[0], target)] if target else []
    if goal.range_words and goal.fan:
        names.append((_places(goal.fan[1], plot)[-1][1], _NAMES[1], goal.range_words))
    names.sort()
    heights = [height for _, height, _ in names]
    starts = [middle - height / 2 for middle, height, _ in names]
    tops = spread(starts, heights, low=plot.top - 20, high=plot.bottom + 12, gap=2)
    for top, (_, height, words) in zip(tops, names, strict=True):
        if words != target:
            canvas.text(plot.right + 14, top + height / 2, words, role="muted", size=style.SMALL)
            continue
        canvas.text(plot.right + 14, top + 11, words, size=style.LARGE, bold=True)
        canvas.text(plot.right + 14, top + 31, date, role="muted", size=style.SMALL)


def _draw_history(canvas: Canvas, goal: GoalPlot, plot: TimePlot) -> None:
    """Draw the status of each month as a row of small marks under the months, as many as fit."""
    if not goal.history:
        return
    y = plot.bottom + _MONTHS + 15
    canvas.text(plot.left - 10, y, _stand(goal.t), role="muted", size=style.SMALL, align="right")
    last_x = plot.right + _MARK_APART
    for row in sorted(goal.history, key=lambda row: row["month"], reverse=True):
        x = min(max(plot.x(row["month"]), plot.left), plot.right)
        if last_x - x >= _MARK_APART:
            status_marks.draw(canvas, row["status"], x, y, size=_MARK)
            last_x = x


def _stand(t: Language) -> str:
    return t.gettext("Stand")


def _places(points: list[Reading], plot: TimePlot) -> Places:
    return [(plot.x(day), plot.y(value)) for day, value, _ in points if value is not None]
