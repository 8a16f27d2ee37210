"""How accounts moved between two dates: a matrix of before and after, beside it what chance alone would do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.patches import Rectangle

from crmkit.report.cells import MASKED, count, require_protected, rows_of
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import stacks, style
from crmkit.report.charts.canvas import Canvas
from crmkit.report.charts.making import Rows, Words, chart_of, grouped
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.palette import LIGHT
from crmkit.report.text import movement as sentences
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable

_KEY, _HEAD, _ROW, _PAD = 34, 50, 72, 4
_LEFT, _RIGHT = 180, 70
#: How use changed → role of its cells.
_ROLES = {"same": "neutral", "more": "occasional", "less": "rare"}
#: Tint of a cell: at no account, and what the share of all who were there before adds.
_FAINT, _ADDED = 0.18, 0.62


def migration(
    migration: ProtectedTable, movement: ProtectedTable | None = None, *, language: str = "de", ax: Axes | None = None
) -> Chart | Block:
    """Draw segments before × segments after, in each cell the accounts and how many chance alone would bring.

    Parameters
    ----------
    migration
        Table `migration`: before_date, after_date, segment_before, segment_after, n, n_total, share,
        expected_share.
    movement
        Table `movement`; with it the finding says whether more changed than chance would bring.
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        Cells of more and of less frequent use differ in colour. An absent block for an empty table.

    Raises
    ------
    PrivacyError
        If a table is not protected.
    """
    t, tables = language_of(language), _protected(migration, movement)
    table = tables[0]
    if table.frame.empty:
        return Block.absent(t.gettext("Für einen Vergleich zweier Zeitpunkte liegen keine Daten vor."))
    groups = grouped(table, "segment_before")
    with style.applied():
        canvas = _draw(groups, t, ax=ax)
    first = rows_of(table)[0]
    caption = t.gettext(
        "Zu beiden Zeitpunkten ausgewertete Konten nach Häufigkeit der Nutzung, Stand {before} und {after}",
        before=t.date(first["before_date"], short=True), after=t.date(first["after_date"], short=True),
    )  # fmt: skip
    shown = "; ".join(_spoken(segment, cells, t) for segment, cells in groups.items())
    return chart_of(canvas, Words(_finding(tables, t), caption, shown), tables, t)


def _protected(*given: ProtectedTable | None) -> tuple[ProtectedTable, ...]:
    return tuple(require_protected(table, name="migration") for table in given if table is not None)


def _finding(tables: tuple[ProtectedTable, ...], t: Language) -> str:
    table, *others = tables
    said = (sentences.moved_and_where(other, table, t) for other in others)
    return next((sentence for sentence in said if sentence), "") or sentences.migration(table, t)


def _draw(groups: dict[str, Rows], t: Language, *, ax: Axes | None) -> Canvas:
    after = list(dict.fromkeys(cell["segment_after"] for cells in groups.values() for cell in cells))
    top = float(_KEY + _HEAD)
    canvas = Canvas.of(top + _ROW * len(groups) + 2, ax=ax)
    width = (style.WIDTH - _LEFT - _RIGHT) / len(after)
    _write_heads(canvas, next(iter(groups.values()))[0], after, width, t)
    for segment, cells in groups.items():
        canvas.text(0, top + _ROW / 2, word(t, "segment", segment))
        for cell in cells:
            x = _LEFT + width * after.index(cell["segment_after"]) + _PAD
            _cell(canvas, cell, (x, top + _PAD, width - 2 * _PAD, _ROW - 2 * _PAD), t)
        total = cells[0]["n_total"]
        words = count(total, t)
        canvas.text(style.WIDTH, top + _ROW / 2, words, role="muted", size=style.SMALL, align="right")
        top += _ROW
    return canvas


def _write_heads(canvas: Canvas, first: dict[str, Any], after: list[str], width: float, t: Language) -> None:
    """Write the key, and over the matrix which side is before and which after."""
    words = {
        "same": t.gettext("gleich häufig genutzt"),
        "more": t.gettext("häufiger genutzt"),
        "less": t.gettext("seltener genutzt"),
    }
    stacks.write_key(canvas, stacks.key_lines([(_ROLES[way], said) for way, said in words.items()]))
    note = t.gettext("erwartet: allein durch Zufall bei gleichen Gewohnheiten")
    canvas.text(style.WIDTH, 12, note, role="muted", size=style.SMALL, align="right")
    then, now = (t.date(first[name], short=True) for name in ("before_date", "after_date"))
    high, low = _KEY + 12, _KEY + 33
    canvas.text(
        _LEFT + _PAD, high, t.gettext("Nutzung nachher, Stand {date}", date=now), role="muted", size=style.SMALL
    )
    canvas.text(0, high, t.gettext("Nutzung vorher,"), role="muted", size=style.SMALL)
    canvas.text(0, low, t.gettext("Stand {date}", date=then), role="muted", size=style.SMALL)
    canvas.text(style.WIDTH, low, t.gettext("Konten"), role="muted", size=style.SMALL, align="right")
    for number, segment in enumerate(after):
        canvas.text(_LEFT + width * (number + 0.5), low, word(t, "segment", segment), align="center")


def _cell(canvas: Canvas, cell: dict[str, Any], place: tuple[float, float, float, float], t: Language) -> None:
    x, y, width, height = place
    share = stacks.share_of(cell)
    if share is None:
        canvas.masked(*place)
        return
    colour = LIGHT[_ROLES[sentences.direction(cell)]]
    tint = _FAINT + _ADDED * share
    canvas.ax.add_patch(Rectangle((x, y), width, height, facecolor=colour, alpha=tint, linewidth=0, clip_on=False))
    expected = sentences.expected(cell)
    middle = y + height / 2
    raised = 0 if expected is None else 10
    canvas.text(x + width / 2, middle - raised, t.number(cell["n"]), size=style.LARGE, bold=True, align="center")
    if expected is not None:
        words = t.gettext("erwartet rund {n}", n=t.number(round(expected)))
        canvas.text(x + width / 2, middle + 14, words, size=style.SMALL, align="center")


def _spoken(segment: str, cells: Rows, t: Language) -> str:
    counts = [
        f"{word(t, 'segment', cell['segment_after'])} {MASKED if cell['n'] is None else t.number(cell['n'])}"
        for cell in cells
    ]
    return t.gettext(
        "vorher {segment}, nachher {counts}", segment=word(t, "segment", segment), counts=", ".join(counts)
    )
