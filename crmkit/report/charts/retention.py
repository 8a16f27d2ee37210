"""How newcomers begin: when they first use the CRM regularly, and how many still use it later."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from crmkit.report.cells import count, require_protected, rows_of
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import panels, stacks, style
from crmkit.report.charts.canvas import Canvas
from crmkit.report.charts.making import Rows, Words, chart_of, grouped
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.text import movement

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable

_TITLE, _PLOT, _MOST_PLOT, _FOOT = 34, 210, 300, 56
_SCALE, _INSET, _BETWEEN = 50, 12, 44
#: Width of the left figure where both are drawn, and how many cohorts stand beside each other.
_LEFT, _COLUMNS, _MOST_COLUMNS = 400, 2, 4
_YEAR = 12
#: Room for a value over its point; of points closer than this the later is labelled.
_LABEL = 44


def retention(
    time_to_regular: ProtectedTable, retention: ProtectedTable, *, language: str = "de", ax: Axes | None = None
) -> Chart | Block:
    """Draw how newcomers reach a first regular quarter, and use by the quarter of the first licence.

    Parameters
    ----------
    time_to_regular
        Table `time_to_regular`: months, n, share.
    retention
        Table `retention`: cohort, months, n, n_total, share.
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        Where one table is empty, the other is drawn alone; an absent block where both are.

    Raises
    ------
    PrivacyError
        If a table is not protected.
    """
    t = language_of(language)
    tables = tuple(require_protected(table, name="retention") for table in (time_to_regular, retention))
    reached, kept = rows_of(tables[0]), grouped(tables[1], "cohort")
    if not reached and not kept:
        return Block.absent(t.gettext("Zu neuen Konten liegen keine Daten vor."))
    with style.applied():
        canvas = _draw(reached, kept, t, ax=ax)
    caption = t.gettext("Neue Konten: Zeit bis zum ersten Quartal mit regelmäßiger Nutzung, und Nutzung danach")
    words = Words(movement.newcomers(tables[0], tables[1], t), caption, _spoken(reached, kept, t))
    return chart_of(canvas, words, tuple(table for table in tables if len(table.frame)), t)


def _draw(reached: Rows, kept: dict[str, Rows], t: Language, *, ax: Axes | None) -> Canvas:
    small = [
        panels.Panel(movement.cohort(code, t), tuple((row["months"] / _YEAR, stacks.share_of(row)) for row in rows))
        for code, rows in kept.items()
    ]
    columns = _COLUMNS if reached else _MOST_COLUMNS
    left = _LEFT + _BETWEEN if reached else 0
    beside = panels.height_of(small, columns, style.WIDTH - left) if small else 0.0
    plot = min(max(_PLOT, beside - _FOOT), _MOST_PLOT) if reached else 0.0
    canvas = Canvas.of(_TITLE + max(beside, plot + _FOOT if reached else 0) + 2, ax=ax)
    if reached:
        _draw_reached(canvas, reached, (_LEFT if small else style.WIDTH, plot), t)
    if small:
        title = t.gettext("Nutzung nach Startquartal (Quartal der ersten Lizenz)")
        canvas.lines(left, 12, style.wrapped(title, style.SMALL, style.WIDTH - left), role="muted", size=style.SMALL)
        ends = (t.gettext("Beginn"), t.gettext("{n} Monate", n=t.number(_YEAR)))
        panels.draw(canvas, small, (left, _TITLE, style.WIDTH - left), t, columns=columns, ends=ends)
    return canvas


def _draw_reached(canvas: Canvas, rows: Rows, size: tuple[float, float], t: Language) -> None:
    """Draw the share that has reached a first regular quarter; under the months how many are still observed."""
    width, height = size[0] - _SCALE - 40, size[1]
    top = _TITLE + 12
    title = t.gettext("Erstes Quartal mit regelmäßiger Nutzung erreicht")
    canvas.text(0, 12, title, role="muted", size=style.SMALL)
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = top + height * (1 - share)
        canvas.line([(_SCALE, y), (_SCALE + width, y)], "rule")
        canvas.text(_SCALE - 8, y, t.percent(share), role="muted", size=style.SMALL, align="right")
    _draw_line(canvas, rows, (_SCALE, top, width, height), t)
    below = top + height
    canvas.text(0, below + 16, t.gettext("Monate"), role="muted", size=style.SMALL)
    canvas.text(0, below + 36, t.gettext("Konten"), role="muted", size=style.SMALL)
    for row in rows:
        x = _SCALE + _INSET + row["months"] / _YEAR * (width - _INSET)
        canvas.text(x, below + 16, t.number(row["months"]), role="muted", size=style.SMALL, align="center")
        observed = count(row["n"], t)
        canvas.text(x, below + 36, observed, role="muted", size=style.SMALL, align="center")


def _draw_line(canvas: Canvas, rows: Rows, place: tuple[float, float, float, float], t: Language) -> None:
    left, top, width, height = place
    if all(row["n"] is None or row["share"] is None for row in rows):
        canvas.masked(left, top, width, height)
        return
    for run in panels.runs([(row["months"], None if row["n"] is None else row["share"]) for row in rows]):
        points = [(left + _INSET + months / _YEAR * (width - _INSET), top + height * (1 - at)) for months, at in run]
        steps = points[:1]
        for (_, before), (x, y) in pairwise(points):
            steps += [(x, before), (x, y)]
        canvas.line(steps, "regular", width=2.4)
        right = style.WIDTH + _LABEL
        for (_, share), (x, y) in reversed(list(zip(run, points, strict=True))):
            canvas.dot(x, y, "regular", size=6)
            if right - x >= _LABEL:
                canvas.text(x, y - 15, t.percent(share), size=style.SMALL, align="center")
                right = x


def _spoken(reached: Rows, kept: dict[str, Rows], t: Language) -> str:
    parts = [
        t.gettext(
            "bis Monat {months}: {share}", months=t.number(row["months"]),
            share=stacks.spoken(None if row["n"] is None else row["share"], t),
        )
        for row in reached
    ]  # fmt: skip
    said = [t.gettext("erstes Quartal erreicht {parts}", parts=", ".join(parts))] if parts else []
    for code, rows in kept.items():
        shares = [f"{t.number(row['months'])} {stacks.spoken(stacks.share_of(row), t)}" for row in rows]
        words = {"cohort": movement.cohort(code, t), "shares": ", ".join(shares)}
        said.append(t.gettext("{cohort}, Nutzung nach Monaten {shares}", **words))
    return "; ".join(said)
