"""What each source covers: a lane a source over time, the window shaded, gaps marked. Internal: no protected table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from crmkit.report.cells import plain, records_of
from crmkit.report.chart import Chart
from crmkit.report.charts import style
from crmkit.report.charts.canvas import Canvas
from crmkit.report.charts.timeplot import TimePlot
from crmkit.report.language import Language
from crmkit.report.language import language as language_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TOP, _LANE, _BAR, _MONTHS, _RIGHT = 30, 58, 16, 30, 120
#: Most days before the end of the window that are drawn.
_MOST_DAYS = 750
#: Tier → colour of what is covered.
_ROLES = {"A": "regular", "B": "occasional", "C": "rare"}
_WEEKS = 12
#: Mark of a gap, in pixels.
_MARK = 5

Span = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Lane:
    """A source: its name, tier, spans covered, gaps, and the share of the window's weeks that it covers."""

    name: str
    tier: str
    covered: tuple[Span, ...]
    gaps: tuple[Span, ...]
    share: float | None


def source_lanes(
    coverage: pd.DataFrame,
    overview: pd.DataFrame,
    gaps: pd.DataFrame,
    *,
    window: Span,
    names: Mapping[str, str],
    language: str = "de",
    ax: Axes | None = None,
) -> Chart:
    """Draw what each source covers.

    Parameters
    ----------
    coverage
        Contract `coverage`.
    overview, gaps
        From `method.sources`; a lane for each row of the overview.
    window
        First and last day of the window.
    names
        Source → what it is called.
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart
        Covered days as bars, open days between them empty with a mark, states of a list as diamonds. Days more
        than two years before the end of the window are left out, which the caption says.
    """
    t = language_of(language)
    lanes = [_lane(row, coverage, gaps, names) for row in records_of(overview)]
    first = min(span[0] for lane in lanes for span in lane.covered)
    begin = max(first, window[1] - dt.timedelta(days=_MOST_DAYS))
    end = max([window[1], *(span[1] for lane in lanes for span in lane.covered)])
    with style.applied():
        canvas = _draw(lanes, window, _with_room(min(begin, window[0]), end), t, ax=ax)
    caption = t.gettext("Abgedeckte Tage je Quelle; grau hinterlegt der Zeitraum {span}", span=t.span(window))
    cut = t.gettext("Frühere Tage als {day} sind nicht gezeigt", day=t.date(begin)) if begin > first else ""
    shown = "; ".join(_said(lane, t) for lane in lanes)
    return Chart(
        canvas.figure, f"{caption}: {shown}.", ". ".join(filter(None, (caption, cut))), _finding(lanes, window, t)
    )


def _lane(row: dict[str, Any], coverage: pd.DataFrame, gaps: pd.DataFrame, names: Mapping[str, str]) -> Lane:
    days = coverage[(coverage["source"] == row["source"]) & coverage["complete"]]["date"]
    own = gaps[gaps["source"] == row["source"]]
    missing = tuple((plain(start), plain(end)) for start, end in zip(own["from_date"], own["to_date"], strict=True))
    return Lane(names[row["source"]], row["tier"], _spans(days), missing, row["covered_share"])


def _spans(days: pd.Series) -> tuple[Span, ...]:
    """Return runs of days as first and last day."""
    dates = days.drop_duplicates().sort_values()
    run = (dates.diff() != pd.Timedelta(days=1)).cumsum()
    return tuple((plain(each.iloc[0]), plain(each.iloc[-1])) for _, each in dates.groupby(run))


def _with_room(begin: dt.date, end: dt.date) -> Span:
    """Return a span that begins early enough for the name of its first month to stand below it."""
    return begin - dt.timedelta(days=(end - begin).days * 3 // 100), end


def _draw(lanes: Sequence[Lane], window: Span, span: Span, t: Language, *, ax: Axes | None) -> Canvas:
    bottom = _TOP + _LANE * len(lanes)
    canvas = Canvas.of(bottom + _MONTHS, ax=ax)
    plot = TimePlot(0, style.WIDTH - _RIGHT, _TOP, bottom, *span, high=1.0)
    _window(canvas, plot, window, t)
    for number, lane in enumerate(lanes):
        _bars(canvas, plot, lane, _TOP + number * _LANE, t)
    canvas.line([(0, bottom), (plot.right, bottom)], "rule")
    plot.months(canvas, bottom + 17, t)
    return canvas


def _window(canvas: Canvas, plot: TimePlot, window: Span, t: Language) -> None:
    left, right = (plot.x(day) for day in window)
    canvas.box(left, plot.top - 4, right - left, plot.bottom - plot.top + 4, "track")
    words = t.gettext("Zeitraum")
    canvas.text(right, plot.top - 16, words, role="muted", size=style.SMALL, align="right")
    canvas.text(style.WIDTH, plot.top - 16, t.gettext("Wochen"), role="muted", size=style.SMALL, align="right")


def _bars(canvas: Canvas, plot: TimePlot, lane: Lane, top: float, t: Language) -> None:
    """Draw a lane: its name above, its days below, its weeks at the end."""
    y = top + 30
    tier = t.gettext("Datenstufe {tier}", tier=lane.tier)
    room = plot.right - style.width_of(tier, style.SMALL) - 24
    name = style.wrapped(lane.name, style.SMALL, room)[0]
    canvas.text(0, top + 15, name, size=style.SMALL)
    canvas.text(style.width_of(name, style.SMALL) + 14, top + 15, tier, role="muted", size=style.SMALL)
    canvas.box(0, y + _BAR / 2 - 0.5, plot.right, 1, "rule")
    for start, end in (span for span in lane.covered if span[1] >= plot.first):
        left, right = plot.x(max(start, plot.first)), plot.x(end)
        if lane.tier == "C":
            canvas.dot(left, y + _BAR / 2, "rare", size=11, shape="D")
        else:
            canvas.box(left, y, max(right - left, 2), _BAR, _ROLES[lane.tier])
    for start, end in (span for span in lane.gaps if span[1] >= plot.first):
        _gap(canvas, plot.x(max(start, plot.first)), plot.x(end), y)
    if lane.share is not None:
        weeks = t.gettext("{n} von {total}", n=t.number(round(lane.share * _WEEKS)), total=t.number(_WEEKS))
        canvas.text(style.WIDTH, y + _BAR / 2, weeks, align="right", bold=lane.share < 1)


def _gap(canvas: Canvas, left: float, right: float, y: float) -> None:
    """Draw open days: no bar, a line in its place, and a mark above that is seen however short they are."""
    canvas.line([(left, y + _BAR / 2), (max(right, left + 1), y + _BAR / 2)], "alarm", width=2, dashed=True)
    middle = (left + right) / 2
    points = [(middle - _MARK, y - _MARK - 3), (middle + _MARK, y - _MARK - 3), (middle, y - 1)]
    canvas.area(points, "alarm", opacity=1)


def _said(lane: Lane, t: Language) -> str:
    if lane.tier == "C":
        days = t.joined([t.date(start) for start, _ in lane.covered])
        return f"{lane.name}: {t.gettext('Stand {days}', days=days)}"
    weeks = round((lane.share or 0) * _WEEKS)
    said = t.gettext("{n} von {total} Wochen", n=t.number(weeks), total=t.number(_WEEKS))
    spans = t.joined([t.span(span) for span in lane.covered])
    missing = t.joined([t.span(span) for span in lane.gaps])
    open_days = t.gettext("offen {spans}", spans=missing) if missing else ""
    return f"{lane.name}: {', '.join(filter(None, (spans, said, open_days)))}"


def _finding(lanes: Sequence[Lane], window: Span, t: Language) -> str:
    logs = [lane for lane in lanes if lane.share is not None]
    whole = [lane for lane in logs if lane.share == 1]
    if not logs:
        return t.gettext("Kein Protokoll ist geliefert, nur der Stand von Listen.")
    n_open = sum(any(end >= window[0] and start <= window[1] for start, end in lane.gaps) for lane in logs)
    if len(logs) == 1:
        return _of_one(whole=bool(whole), has_gaps=n_open > 0, t=t)
    said = t.gettext(
        "{n} von {total} Protokollen decken den Zeitraum ganz ab.", n=t.number(len(whole)), total=t.number(len(logs))
    )
    gaps = t.ngettext("Eines hat darin Lücken.", "{n} haben darin Lücken.", n_open) if n_open else ""
    return " ".join(filter(None, (said, gaps)))


def _of_one(*, whole: bool, has_gaps: bool, t: Language) -> str:
    if whole:
        return t.gettext("Das Protokoll deckt den Zeitraum ganz ab.")
    if has_gaps:
        return t.gettext("Das Protokoll deckt den Zeitraum nicht ganz ab und hat darin Lücken.")
    return t.gettext("Das Protokoll deckt den Zeitraum nicht ganz ab.")
