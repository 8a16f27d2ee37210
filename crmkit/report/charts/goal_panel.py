"""A goal on its way, as a panel: its wording, its status, and under them the plot."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from crmkit.report.charts import goal_plot, status_marks, style
from crmkit.report.charts.goal_plot import GoalPlot
from crmkit.report.language import tight
from crmkit.report.text import goals as words
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from crmkit.report.charts.canvas import Canvas
    from crmkit.report.charts.making import Rows
    from crmkit.report.language import Language

#: Heights of a line of the title, of the status, and of a line under it.
_TITLE, _STATUS, _LINE = 21, 25, 19
#: Widest title: what a phone shows of a chart before it is pushed.
_WIDEST = 490
_MARK = 11


@dataclass(frozen=True)
class Panel:
    """A goal with its paths and its history, and how much room there is for them."""

    goal: dict[str, Any]
    path: Rows
    history: Rows
    width: float
    plot_height: float
    t: Language

    @property
    def has_plot(self) -> bool:
        """False for a goal that is not measurable: no empty plot, only the reason."""
        return bool(self.path) and not self.goal["reason"]

    @cached_property
    def plot(self) -> GoalPlot:
        """The plot under the head."""
        return GoalPlot(self.goal, self.path, self.history, self.width, self.plot_height, self.t)

    @cached_property
    def title(self) -> list[str]:
        """The wording in lines."""
        return style.wrapped(tight(self.goal["wording"]), style.BODY, min(self.width, _WIDEST))

    @cached_property
    def status(self) -> str:
        """The word for the status."""
        return word(self.t, "status", self.goal["status"])

    @cached_property
    def beside(self) -> str:
        """The chance, if there is one and it has room beside the status."""
        chance = words.outlook(self.goal, self.t)
        width = _MARK + 18 + style.width_of(self.status, style.BODY, bold=True) + style.width_of(chance, style.SMALL)
        return chance if width <= min(self.width, _WIDEST) else ""

    @cached_property
    def said(self) -> list[str]:
        """What stands under the status, in lines: tendency, chance, paces; or why there is no plot."""
        if not self.has_plot:
            return style.wrapped(words.status_line(self.goal, self.t), style.SMALL, min(self.width, _WIDEST))
        chance = "" if self.beside else words.outlook(self.goal, self.t)
        lines = (words.tendency(self.goal, self.t), chance, words.pace_line(self.goal, self.t))
        return [line for line in lines if line]

    @property
    def head_height(self) -> float:
        """How high title and status are."""
        return _TITLE * len(self.title) + _STATUS + _LINE * len(self.said)


def draw(canvas: Canvas, panel: Panel, left: float, top: float, *, head_height: float) -> None:
    """Draw a panel from its top left corner; its plot begins under a head of the given height."""
    y = top
    for line in panel.title:
        canvas.text(left, y + 9, line, bold=True)
        y += _TITLE
    _draw_status(canvas, panel, left, y + 11)
    y += _STATUS
    for line in panel.said:
        canvas.text(left, y + 8, line, role="muted", size=style.SMALL)
        y += _LINE
    if panel.has_plot:
        goal_plot.draw(canvas, panel.plot, left, top + head_height)


def _draw_status(canvas: Canvas, panel: Panel, left: float, y: float) -> None:
    """Write the status with its mark, and the chance beside it."""
    x = left + _MARK + 8
    status_marks.draw(canvas, panel.goal["status"], left + _MARK / 2, y, size=_MARK)
    canvas.text(x, y, panel.status, bold=True)
    beside = x + style.width_of(panel.status, style.BODY, bold=True) + 10
    canvas.text(beside, y, panel.beside, role="muted", size=style.SMALL)
