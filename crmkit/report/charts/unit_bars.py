"""How often the CRM is used per organisational unit: 100 % bars in organisational order, never ranked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report.cells import count, require_protected, short_units, used_of
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import stacks, style
from crmkit.report.charts.making import Rows, Words, chart_of, grouped
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.text import sentences
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable

_SEGMENTS = ("regular", "occasional", "rare", "no_write_trace")
_BOTH = ("regular", "occasional")


def unit_bars(by_unit: ProtectedTable, *, language: str = "de", ax: Axes | None = None) -> Chart | Block:
    """Draw a 100 % bar of segments per organisational unit.

    Parameters
    ----------
    by_unit
        Table `by_unit`: org_unit, segment, n, n_total, share.
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        Units stand in the table's order; what is masked is hatched. Where regular and occasional use are
        masked but not their sum, they are one part. An absent block for an empty table.

    Raises
    ------
    PrivacyError
        If `by_unit` is not protected.
    """
    t, table = language_of(language), require_protected(by_unit, name="unit_bars")
    if table.frame.empty:
        return Block.absent(t.gettext("Eine Aufteilung nach Organisationseinheiten ist nicht darstellbar."))
    units = {unit: _counted(cells) for unit, cells in grouped(table, "org_unit").items()}
    labels = short_units(units)
    rows = [_row(labels[unit], cells, t) for unit, cells in units.items()]
    drawn = {cell["segment"] for cells in units.values() for cell in cells}
    codes = [code for code in (*_BOTH, "used", *_SEGMENTS[2:]) if code in drawn]
    key = [(code, word(t, "segment", code)) for code in codes]
    with style.applied():
        canvas = stacks.draw(rows, key, t, note=t.gettext("Konten"), ax=ax)
    shown = "; ".join(_spoken(labels[unit], cells, t) for unit, cells in units.items())
    caption = t.gettext("Ausgewertete Konten je Organisationseinheit nach Häufigkeit der Nutzung")
    return chart_of(canvas, Words(sentences.by_unit(table, t), caption, shown), (table,), t)


def _counted(cells: Rows) -> Rows:
    """Return the cells to draw; regular and occasional use as one where only their sum can be shown."""
    counted = [cell for cell in cells if cell["segment"] in _SEGMENTS]
    used = used_of(counted)
    if used is None or all(cell["n"] is not None for cell in counted if cell["segment"] in _BOTH):
        return counted
    together: dict[str, Any] = {**counted[0], "segment": "used", "n": used}
    return [together, *(cell for cell in counted if cell["segment"] not in _BOTH)]


def _row(label: str, cells: Rows, t: Language) -> stacks.Row:
    parts = tuple(stacks.Part(cell["segment"], stacks.share_of(cell)) for cell in cells)
    total = cells[0]["n_total"]
    return stacks.Row(label, parts, count(total, t))


def _spoken(label: str, cells: Rows, t: Language) -> str:
    shares = [f"{word(t, 'segment', cell['segment'])} {stacks.spoken(stacks.share_of(cell), t)}" for cell in cells]
    return f"{label}: {', '.join(shares)}"
