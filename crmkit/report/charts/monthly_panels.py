"""Monthly shares as small multiples, all on one time axis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from crmkit.report.charts import panels, stacks, style
from crmkit.report.charts.canvas import Canvas
from crmkit.report.charts.making import Rows
from crmkit.report.language import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_COLUMNS = (4, 3)


def draw(shown: Sequence[tuple[str, Rows]], t: Language, *, ax: Axes | None = None) -> Canvas:
    """Draw a panel for each series, in the order given.

    Parameters
    ----------
    shown
        Name of each series, and its rows in order of time: month, n, n_total, share.
    t
        The language.
    ax
        Axes to draw on; None: a figure of its own.
    """
    days = [row["month"] for _, rows in shown for row in rows]
    first, last = min(days), max(days)
    small = [
        panels.Panel(name, tuple((_place(row["month"], first, last), stacks.share_of(row)) for row in rows))
        for name, rows in shown
    ]
    columns = min(_COLUMNS, key=lambda number: -len(small) % number)  # as few empty places as can be
    canvas = Canvas.of(panels.height_of(small, columns, style.WIDTH) + 2, ax=ax)
    ends = (t.month(first, short=True), t.month(last, short=True))
    panels.draw(canvas, small, (0, 0, style.WIDTH), t, columns=columns, ends=ends)
    return canvas


def _place(day: dt.date, first: dt.date, last: dt.date) -> float:
    return (day - first).days / max((last - first).days, 1)


def spoken(shown: Sequence[tuple[str, Rows]], t: Language) -> str:
    """Return the first and the last share of each series in words."""
    return "; ".join(f"{name}: {', '.join(_ends(rows, t))}" for name, rows in shown)


def _ends(rows: Rows, t: Language) -> list[str]:
    ends = [rows[0], rows[-1]] if len(rows) > 1 else rows
    return [f"{t.month(row['month'])} {stacks.spoken(stacks.share_of(row), t)}" for row in ends]
