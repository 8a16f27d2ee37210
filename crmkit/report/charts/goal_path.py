"""Goals on their way: readings against the target path, one panel a goal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report.cells import require_protected, rows_of
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import style
from crmkit.report.charts.canvas import Canvas
from crmkit.report.charts.making import Rows, Words, chart_of, grouped
from crmkit.report.charts.timeplot import Reading, TimePlot
from crmkit.report.language import Language, tight
from crmkit.report.language import language as language_of
from crmkit.report.text import goals as goal_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable

Places = list[tuple[float, float]]

_LEFT, _END = 62, 178
#: Between a title and its plot a word has room above the highest value.
_TITLE, _ROOM, _PLOT, _MONTHS, _BETWEEN = 24, 22, 170, 20, 26


def goal_path(
    goal_path: ProtectedTable, goals: ProtectedTable, *, language: str = "de", ax: Axes | None = None
) -> Chart | Block:
    """Draw the readings of each goal against its target path.

    Parameters
    ----------
    goal_path
        Table `goal_path`: goal_id, month, path (``reading`` or a target path), n_total, value.
    goals
        Table `goals`: goal_id, wording, metric, status, start, deadline, baseline, target, actual.
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        An absent block without a reading or a path.

    Raises
    ------
    PrivacyError
        If a table is not protected.
    """
    t, paths = language_of(language), require_protected(goal_path, name="goal_path")
    overview = require_protected(goals, name="goal_path")
    of_goal = {goal["goal_id"]: goal for goal in rows_of(overview)}
    panels = {key: rows for key, rows in grouped(paths, "goal_id").items() if key in of_goal}
    if not panels:
        return Block.absent(t.gettext("Zu den Zielen gibt es noch keine Messwerte."))
    with style.applied():
        canvas = _draw(panels, of_goal, t, ax=ax)
    shown = "; ".join(goal_words.spoken(of_goal[key], t) for key in panels)
    caption = t.gettext("Messwerte (Punkte) und Zielpfad (gestrichelt); jeder Punkt steht für 12 Wochen")
    return chart_of(canvas, Words(goal_words.finding(overview, t), caption, shown), (paths, overview), t)


def _draw(panels: dict[str, Rows], of_goal: dict[str, dict[str, Any]], t: Language, *, ax: Axes | None) -> Canvas:
    titles = {key: style.wrapped(tight(of_goal[key]["wording"]), style.BODY, style.WIDTH - 20) for key in panels}
    heights = {key: _TITLE * len(titles[key]) + _ROOM + _PLOT + _MONTHS + _BETWEEN for key in panels}
    canvas = Canvas.of(sum(heights.values()) - _BETWEEN, ax=ax)
    top = 0.0
    for key, rows in panels.items():
        for number, line in enumerate(titles[key]):
            canvas.text(0, top + 10 + 20 * number, line, bold=True)
        _panel(canvas, of_goal[key], rows, top + _TITLE * len(titles[key]) + _ROOM, t)
        top += heights[key]
    return canvas


def _panel(canvas: Canvas, goal: dict[str, Any], rows: Rows, top: float, t: Language) -> None:
    points = sorted((Reading(row["month"], row["value"], row["path"]) for row in rows), key=lambda point: point.day)
    readings = [point for point in points if point.series in goal_words.READINGS]
    targets = [point for point in points if point.series not in goal_words.READINGS]
    values = [point.value for point in points if point.value is not None]
    if not values:
        canvas.masked(0, top, style.WIDTH, _PLOT)
        return
    levels = goal_words.levels_of(values, goal["metric"])
    edges = (_LEFT, style.WIDTH - _END, top, top + _PLOT - 10)
    plot = TimePlot(*edges, points[0].day, points[-1].day, levels[-1], levels[0])
    plot.grid(canvas, [(level, goal_words.amount(level, goal["metric"], t)) for level in levels])
    plot.months(canvas, plot.bottom + 17, t)
    places = [(plot.x(day), plot.y(value)) for day, value, _ in targets if value is not None]
    if len(places) > 1:
        canvas.line(places, "target", width=2, dashed=True)
    _draw_readings(canvas, plot.runs(readings))
    _name_target(canvas, plot, goal, places, t)
    shown = [reading for reading in readings if reading.value is not None]
    if shown:
        value = t.gettext("Ist {value}", value=goal_words.amount(shown[-1].value, goal["metric"], t))
        _name_reading(canvas, plot.runs(shown)[-1][-1], places, value)


def _draw_readings(canvas: Canvas, runs: list[Places]) -> None:
    for run in runs:
        if len(run) > 1:
            canvas.line(run, "regular", width=2.6)
        for x, y in run:
            canvas.dot(x, y, "regular", size=5.5)


def _name_target(canvas: Canvas, plot: TimePlot, goal: dict[str, Any], path: Places, t: Language) -> None:
    """Write the target at the end of its path."""
    if goal["target"] is None or not path:
        return
    x, y = path[-1]
    words = t.gettext("Ziel {target}", target=goal_words.amount(goal["target"], goal["metric"], t))
    canvas.dot(x, y, "target", size=8)
    canvas.text(plot.right + 14, y - 8, words, size=style.LARGE, bold=True)
    canvas.text(plot.right + 14, y + 11, t.date(goal["deadline"], short=True), role="muted", size=style.SMALL)


def _name_reading(canvas: Canvas, place: tuple[float, float], path: Places, words: str) -> None:
    """Write the last reading on the far side of the path (the sheet's y runs downwards)."""
    x, y = place
    below = bool(path) and y > min(path, key=lambda point: abs(point[0] - x))[1]
    near_end = x > style.WIDTH - _END - style.HUGE
    canvas.text(x, y + (19 if below else -17), words, bold=True, align="right" if near_end else "center")
