"""The usage rate of each unit at the last retrospective and today: two marks on a line, in organisational order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report.cells import MASKED, require_protected, rows_of, short_units
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import style
from crmkit.report.charts.canvas import Canvas
from crmkit.report.charts.making import Words, chart_of
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.text import compared
from crmkit.report.text.evidence import TOO_SMALL

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable

_HEAD, _ROW, _FOOT = 34, 46, 26
_LEFT, _RIGHT = 240, 150
#: Pixels beside a mark that its number needs.
_BESIDE = 14
_RADIUS = 6
Pair = tuple[str, float | None, float | None, str]


def dumbbell(
    comparison: ProtectedTable, comparison_units: ProtectedTable, *, language: str = "de", ax: Axes | None = None
) -> Chart | Block:
    """Draw the usage rate then and today, of everybody and of each reporting unit.

    Parameters
    ----------
    comparison
        Table `comparison`: metric, date, n, n_total, share.
    comparison_units
        Table `comparison_units`: org_unit, date, n, n_total, share.
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        A ring stands for then, a dot for today; a unit of which either is masked is hatched. An absent block, with
        the reason, where the last retrospective is not comparable.

    Raises
    ------
    PrivacyError
        If a table is not protected.
    """
    t = language_of(language)
    everybody, units = (require_protected(table, name="dumbbell") for table in (comparison, comparison_units))
    if everybody.frame.empty:
        reason = compared.refused(everybody, t)
        return Block.absent(reason or t.gettext("Verglichen wird ab der nächsten Retrospektive."))
    pairs = _pairs(everybody, units, t)
    with style.applied():
        canvas = _draw(pairs, len(everybody.frame) // 2, _days(everybody, t), t, ax=ax)
    tables = tuple(table for table in (everybody, units) if len(table.frame))
    return chart_of(canvas, _words(everybody, units, pairs, t), tables, t)


def _pairs(everybody: ProtectedTable, units: ProtectedTable, t: Language) -> list[Pair]:
    metrics = {"active": t.gettext("Alle ausgewerteten Konten"), "regular": t.gettext("davon regelmäßig genutzt")}
    rows_by_metric = {metric: [row for row in rows_of(everybody) if row["metric"] == metric] for metric in metrics}
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows_of(units):
        groups.setdefault(row["org_unit"], []).append(row)
    labels = short_units(groups)
    whole = [_pair(metrics[metric], rows, t) for metric, rows in rows_by_metric.items() if rows]
    return [*whole, *(_pair(labels[unit], rows, t) for unit, rows in groups.items())]


def _pair(label: str, rows: list[dict[str, Any]], t: Language) -> Pair:
    before, after = (None if row["n"] is None or not row["n_total"] else row["n"] / row["n_total"] for row in rows)
    totals = " → ".join(MASKED if row["n_total"] is None else t.number(row["n_total"]) for row in rows)
    return label, before, after, totals


def _days(table: ProtectedTable, t: Language) -> tuple[str, str]:
    days = sorted({row["date"] for row in rows_of(table)})
    return t.date(days[0], short=True), t.date(days[-1], short=True)


def _draw(pairs: list[Pair], n_whole: int, days: tuple[str, str], t: Language, *, ax: Axes | None) -> Canvas:
    labels = [style.wrapped(label, style.BODY, _LEFT - 20) for label, *_ in pairs]
    heights = [max(_ROW, 22 * len(lines) + 14) for lines in labels]
    canvas = Canvas.of(_HEAD + sum(heights) + _FOOT, ax=ax)
    _key(canvas, days, t)
    bottom = _HEAD + sum(heights)
    for step in (0, 0.25, 0.5, 0.75, 1):
        canvas.line([(_x(step), _HEAD), (_x(step), bottom)], "rule")
        canvas.text(_x(step), bottom + 14, t.percent(step), role="muted", size=style.SMALL, align="center")
    top = float(_HEAD)
    for (_, before, after, totals), lines, height in zip(pairs, labels, heights, strict=True):
        middle = top + height / 2
        canvas.lines(0, middle, lines)
        canvas.text(style.WIDTH, middle, totals, role="muted", size=style.SMALL, align="right")
        _marks(canvas, before, after, middle, t)
        top += height
    below = _HEAD + sum(heights[:n_whole])
    if len(pairs) > n_whole:
        canvas.line([(0, below), (style.WIDTH, below)], "rule")
    return canvas


def _key(canvas: Canvas, days: tuple[str, str], t: Language) -> None:
    canvas.ring(_LEFT + 5, 12, "muted", size=11, width=2)
    canvas.text(_LEFT + 18, 12, days[0], role="muted", size=style.SMALL)
    after = _LEFT + 18 + style.width_of(days[0], style.SMALL) + 28
    canvas.dot(after, 12, "regular", size=11)
    canvas.text(after + 13, 12, days[1], role="muted", size=style.SMALL)
    canvas.text(style.WIDTH, 12, t.gettext("Konten"), role="muted", size=style.SMALL, align="right")


def _x(share: float) -> float:
    return _LEFT + share * (style.WIDTH - _LEFT - _RIGHT)


def _marks(canvas: Canvas, before: float | None, after: float | None, y: float, t: Language) -> None:
    """Draw then and today with their numbers outside of the line between them."""
    if before is None or after is None:
        canvas.masked(_x(0), y - 8, _x(1) - _x(0), 16)
        return
    way = 1 if after >= before else -1
    if abs(_x(after) - _x(before)) > _RADIUS:
        canvas.line([(_x(before) + way * _RADIUS, y), (_x(after), y)], "occasional", width=3.0)
    canvas.ring(_x(before), y, "muted", size=11, width=2)
    canvas.dot(_x(after), y, "regular", size=11)
    for share, bold, right in ((before, False, way < 0), (after, True, way > 0)):
        x = _x(share) + (_BESIDE if right else -_BESIDE)
        canvas.text(x, y, t.percent(share), size=style.SMALL, bold=bold, align="left" if right else "right")


def _words(everybody: ProtectedTable, units: ProtectedTable, pairs: list[Pair], t: Language) -> Words:
    said = [compared.whole(everybody, t)]
    if len(units.frame) and (by_unit := compared.by_unit(units, t)) != t.gettext(TOO_SMALL):
        said.append(by_unit)
    shown = "; ".join(
        f"{label}: {MASKED if before is None or after is None else f'{t.percent(before)} → {t.percent(after)}'}"
        for label, before, after, _ in pairs
    )
    caption = t.gettext("Nutzungsquote bei der letzten Retrospektive und heute, in heutiger Struktur")
    return Words(" ".join(said), caption, shown)
