"""Agreement by organisational unit: a matrix of questions and units, each cell with its value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report.cells import count, require_protected, short_units
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import stacks, style, tint
from crmkit.report.charts.canvas import Canvas
from crmkit.report.charts.making import Rows, Words, chart_of, grouped
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.text import voices
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable

_LEFT, _ROW, _PAD, _LINE = 330, 44, 3, 17


def survey_units(survey_by_unit: ProtectedTable, *, language: str = "de", ax: Axes | None = None) -> Chart | Block:
    """Draw questions × organisational units, the share that agrees in each cell.

    Parameters
    ----------
    survey_by_unit
        Table `survey_by_unit`: org_unit, item, n, n_total, share.
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        Questions in the order of the survey, units in the client's. An absent block for an empty table.

    Raises
    ------
    PrivacyError
        If `survey_by_unit` is not protected.
    """
    t, table = language_of(language), require_protected(survey_by_unit, name="survey_units")
    if table.frame.empty:
        return Block.absent(t.gettext("Antworten nach Organisationseinheiten sind nicht darstellbar."))
    units, items = grouped(table, "org_unit"), list(grouped(table, "item"))
    with style.applied():
        canvas = _draw(units, items, t, ax=ax)
    caption = t.gettext("Anteil, der zustimmt, je Frage und Organisationseinheit")
    note = t.gettext(
        "Einheiten mit weniger als {n} Antworten und die Frage nach den Führungskräften stehen nur im Ganzen",
        n=t.number(2 * table.k),
    )
    labels = short_units(units)
    shown = "; ".join(_spoken(labels[unit], cells, t) for unit, cells in units.items())
    return chart_of(canvas, Words(voices.by_unit(table, t), caption, shown, note), (table,), t)


def _draw(units: dict[str, Rows], items: list[str], t: Language, *, ax: Axes | None) -> Canvas:
    column = (style.WIDTH - _LEFT) / len(units)
    heads = {unit: style.wrapped(label, style.SMALL, column - 8) for unit, label in short_units(units).items()}
    head = _LINE * (1 + max(len(lines) for lines in heads.values())) + 10
    canvas = Canvas.of(head + _ROW * len(items) + 2, ax=ax)
    for number, (unit, cells) in enumerate(units.items()):
        middle = _LEFT + column * (number + 0.5)
        answers = t.gettext("{n} Antworten", n=count(cells[0]["n_total"], t))
        canvas.lines(middle, (head - _LINE - 10) / 2, heads[unit], size=style.SMALL, align="center")
        canvas.text(middle, head - _LINE / 2 - 8, answers, role="muted", size=style.SMALL - 1, align="center")
        by_item = {cell["item"]: cell for cell in cells}
        for row, item in enumerate(items):
            place = (_LEFT + column * number + _PAD, head + _ROW * row + _PAD, column - 2 * _PAD, _ROW - 2 * _PAD)
            tint.cell(canvas, _share(by_item.get(item)), place, t, role="agree")
    for row, item in enumerate(items):
        lines = style.wrapped(word(t, "item", item), style.SMALL, _LEFT - 20)
        canvas.lines(0, head + _ROW * (row + 0.5), lines, size=style.SMALL)
    return canvas


def _share(cell: dict[str, Any] | None) -> float | None:
    return None if cell is None else stacks.share_of(cell)


def _spoken(label: str, cells: Rows, t: Language) -> str:
    shares = [f"{word(t, 'item', cell['item'])} {stacks.spoken(_share(cell), t)}" for cell in cells]
    return f"{label}: {', '.join(shares)}"
