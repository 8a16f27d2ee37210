"""How long ago people logged in last, per organisational unit (tier C): nothing about regularity follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmkit.report.cells import count, require_protected, short_units
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

#: Band → role: steps of one colour, since the bands are no segments.
ROLES = {
    "within_4_weeks": "step_1", "weeks_5_12": "step_2", "over_12_weeks": "step_3", "never": "step_4",
    "after_as_of": "not_assessable",
}  # fmt: skip


def login_bars(logins_by_unit: ProtectedTable, *, language: str = "de", ax: Axes | None = None) -> Chart | Block:
    """Draw a 100 % bar of bands of the last login per organisational unit.

    Parameters
    ----------
    logins_by_unit
        Table `logins_by_unit`: org_unit, band, n, n_total, share.
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        Units stand in the table's order; what is masked is hatched. An absent block for an empty table.

    Raises
    ------
    PrivacyError
        If `logins_by_unit` is not protected.
    """
    t, table = language_of(language), require_protected(logins_by_unit, name="login_bars")
    if table.frame.empty:
        return Block.absent(t.gettext("Eine Aufteilung nach Organisationseinheiten ist nicht darstellbar."))
    units = grouped(table, "org_unit")
    labels = short_units(units)
    rows = [_row(labels[unit], cells, t) for unit, cells in units.items()]
    drawn = {cell["band"] for cells in units.values() for cell in cells}
    key = [(role, word(t, "band", code)) for code, role in ROLES.items() if code in drawn]
    with style.applied():
        canvas = stacks.draw(rows, key, t, note=t.gettext("Konten"), ax=ax)
    shown = "; ".join(_spoken(labels[unit], cells, t) for unit, cells in units.items())
    caption = t.gettext("Konten je Organisationseinheit nach der Zeit seit der letzten Anmeldung")
    return chart_of(canvas, Words(sentences.logins_by_unit(table, t), caption, shown), (table,), t)


def _row(label: str, cells: Rows, t: Language) -> stacks.Row:
    parts = tuple(stacks.Part(ROLES[cell["band"]], stacks.share_of(cell)) for cell in cells)
    total = cells[0]["n_total"]
    return stacks.Row(label, parts, count(total, t))


def _spoken(label: str, cells: Rows, t: Language) -> str:
    shares = [f"{word(t, 'band', cell['band'])} {stacks.spoken(stacks.share_of(cell), t)}" for cell in cells]
    return f"{label}: {', '.join(shares)}"
