"""Goals on their way: readings against the target path and what is to be expected, one panel a goal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmkit.method.withheld import NEEDS_AGREEMENT
from crmkit.report.cells import require_protected, rows_of
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import goal_panel, style
from crmkit.report.charts.canvas import Canvas
from crmkit.report.charts.goal_panel import Panel
from crmkit.report.charts.making import Words, chart_of, grouped
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.text import goals as goal_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable

#: So many goals stand below each other over the whole width; more stand in two columns, on one sheet of paper.
_MOST_WIDE = 3
_HIGH, _LOW = 170, 116
_BETWEEN, _GUTTER = 40, 44


def goal_path(
    goal_path: ProtectedTable,
    goals: ProtectedTable,
    goal_history: ProtectedTable | None = None,
    *,
    language: str = "de",
    ax: Axes | None = None,
) -> Chart | Block:
    """Draw the readings of each goal against its target path.

    Parameters
    ----------
    goal_path
        Table `goal_path`: goal_id, month, path (``actual``, ``target``, ``fan_low``, ``fan_mid``,
        ``fan_high``), value.
    goals
        Table `goals`: one row a goal, with status, baseline, target, reading, paces and chance.
    goal_history
        Table `goal_history`: goal_id, month, status; None: without it.
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        A panel a goal, in the table's order; goals that are not measurable follow with the reason. An absent
        block where no goal has a reading or a path.

    Raises
    ------
    PrivacyError
        If a table is not protected.
    """
    t, paths = language_of(language), require_protected(goal_path, name="goal_path")
    overview = require_protected(goals, name="goal_path")
    history = None if goal_history is None else require_protected(goal_history, name="goal_path")
    panels = _panels(paths, overview, history, t)
    if not any(panel.has_plot for panel in panels):
        return Block.absent(_why_nothing(goal_path.notes, t))
    with style.applied():
        canvas = _draw(panels, ax=ax)
    tables = tuple(table for table in (paths, overview, history) if table is not None)
    shown = "; ".join(goal_words.spoken(panel.goal, t) for panel in panels)
    hides = any(panel.has_plot and panel.plot.hides for panel in panels)
    words = Words(goal_words.finding(overview, t), t.gettext("Ziele im Verlauf"), shown, _legend(panels, t), hides)
    return chart_of(canvas, words, tables, t)


def _why_nothing(notes: tuple[str, ...], t: Language) -> str:
    if NEEDS_AGREEMENT in notes:
        return t.gettext("Messwerte einzelner Organisationseinheiten über die Zeit setzen eine Vereinbarung voraus.")
    return t.gettext("Zu den Zielen gibt es noch keine Messwerte.")


def _panels(
    paths: ProtectedTable, overview: ProtectedTable, history: ProtectedTable | None, t: Language
) -> list[Panel]:
    """Return the panels, those with a plot first."""
    goals, path_of = rows_of(overview), grouped(paths, "goal_id")
    history_of = {} if history is None else grouped(history, "goal_id")
    n_plots = sum(bool(path_of.get(goal["goal_id"])) and not goal["reason"] for goal in goals)
    is_wide = n_plots <= _MOST_WIDE
    width, plot = (style.WIDTH, _HIGH) if is_wide else ((style.WIDTH - _GUTTER) / 2, _LOW)
    panels = [
        Panel(goal, path_of.get(goal["goal_id"], []), history_of.get(goal["goal_id"], []), width, plot, t)
        for goal in goals
    ]
    return sorted(panels, key=lambda panel: not panel.has_plot)


def _draw(panels: list[Panel], *, ax: Axes | None) -> Canvas:
    """Draw panels in rows, those with a plot first; the plots of a row stand at one height."""
    n_columns = round(style.WIDTH / panels[0].width)
    groups = [[panel for panel in panels if panel.has_plot is has_plot] for has_plot in (True, False)]
    rows = [group[first : first + n_columns] for group in groups for first in range(0, len(group), n_columns)]
    canvas = Canvas.of(sum(_height(row) for row in rows) + _BETWEEN * (len(rows) - 1), ax=ax)
    top = 0.0
    for row in rows:
        for column, panel in enumerate(row):
            left = column * (panel.width + _GUTTER)
            goal_panel.draw(canvas, panel, left, top, head_height=_head_height(row))
        top += _height(row) + _BETWEEN
    return canvas


def _head_height(row: list[Panel]) -> float:
    return max(panel.head_height for panel in row)


def _height(row: list[Panel]) -> float:
    return _head_height(row) + max(panel.plot.height if panel.has_plot else 0.0 for panel in row)


def _legend(panels: list[Panel], t: Language) -> str:
    """Return what points, lines and areas stand for, as far as they are drawn."""
    plots = [panel.plot for panel in panels if panel.has_plot]
    said = [t.gettext("Punkte: Messwerte, jeder aus dem Protokoll steht für 12 Wochen; gestrichelt: Zielpfad")]
    if any(plot.fan for plot in plots):
        said.append(
            t.gettext("Fläche: Spanne, in der bei 10 ähnlichen Verläufen etwa 8 lägen, mit ihrer Mitte als Linie")
        )
    if any(plot.history for plot in plots):
        said.append(t.gettext("Zeichen unter den Monaten: Stand des Ziels in diesem Monat"))
    return ". ".join(said)
