"""`TimePlot`: a part of a canvas with days from left to right and a measure from bottom to top."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from crmkit.report.charts import style

if TYPE_CHECKING:
    from crmkit.report.charts.canvas import Canvas
    from crmkit.report.language import Language

#: Readings further apart than this are not joined: the months between have no log (days).
MOST_DAYS_BETWEEN = 45
_MOST_TICKS = 9
#: Room that the name of a month needs.
_TICK = 54
_MONTHS = 12


class Reading(NamedTuple):
    """A reading on a day, None where it is masked; of which series."""

    day: dt.date
    value: float | None
    series: str = ""


@dataclass(frozen=True)
class TimePlot:
    """Where days and values lie on a canvas, in pixels."""

    left: float
    right: float
    top: float
    bottom: float
    first: dt.date
    last: dt.date
    high: float
    low: float = 0.0

    def x(self, day: dt.date) -> float:
        """Return the place of a day."""
        days = max((self.last - self.first).days, 1)
        return self.left + (day - self.first).days / days * (self.right - self.left)

    def y(self, value: float) -> float:
        """Return the place of a value."""
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)

    def grid(self, canvas: Canvas, values: Sequence[tuple[float, str]]) -> None:
        """Draw level lines with their values."""
        for value, words in values:
            y = self.y(value)
            canvas.line([(self.left, y), (self.right, y)], "rule")
            canvas.text(self.left - 10, y, words, role="muted", size=style.SMALL, align="right")

    def months(self, canvas: Canvas, y: float, t: Language) -> None:
        """Write the months under the plot, each under its middle, as many as fit."""
        days, most = _mid_months(self.first, self.last), min(_MOST_TICKS, (self.right - self.left) / _TICK)
        step = next(step for step in (1, 2, 3, 4, 6, 12, 24, 1000) if len(days) / step <= most)
        for day in days[::step]:
            canvas.text(self.x(day), y, t.month(day, short=True), role="muted", size=style.SMALL, align="center")

    def runs(
        self, readings: Sequence[Reading], *, most_days: int = MOST_DAYS_BETWEEN
    ) -> list[list[tuple[float, float]]]:
        """Return the readings as places, in runs without a gap; those further apart than `most_days` are not joined."""
        runs: list[list[tuple[float, float]]] = []
        before: dt.date | None = None
        for day, value, _ in readings:
            if value is None:
                before = None
                continue
            if before is None or (day - before).days > most_days:
                runs.append([])
            runs[-1].append((self.x(day), self.y(value)))
            before = day
        return runs


def _mid_months(first: dt.date, last: dt.date) -> list[dt.date]:
    months = range(first.year * _MONTHS + first.month - 1, last.year * _MONTHS + last.month)
    middles = [dt.date(month // _MONTHS, month % _MONTHS + 1, 15) for month in months]
    return [day for day in middles if first <= day <= last] or [first]
