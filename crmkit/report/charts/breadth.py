"""In how many areas people work, per segment: the other side of frequency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmkit.report.cells import MASKED, require_protected
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

#: Number of areas → role, the broadest use first and darkest.
_ROLES = {"3+": "step_1", "2": "step_2", "1": "step_3", "0": "step_4"}


def breadth(breadth: ProtectedTable, *, language: str = "de", ax: Axes | None = None) -> Chart | Block:
    """Draw a 100 % bar of the number of CRM areas used, per segment.

    Parameters
    ----------
    breadth
        Table `breadth`: segment, n_areas (``0``, ``1``, ``2``, ``3+``), n, n_total, share.
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        An absent block for an empty table.

    Raises
    ------
    PrivacyError
        If `breadth` is not protected.
    """
    t, table = language_of(language), require_protected(breadth, name="breadth")
    if table.frame.empty:
        return Block.absent(t.gettext("Zu den genutzten CRM-Bereichen liegen keine Daten vor."))
    segments = grouped(table, "segment")
    rows = [_row(segment, cells, t) for segment, cells in segments.items()]
    key = [(role, word(t, "n_areas", code)) for code, role in _ROLES.items()]
    with style.applied():
        canvas = stacks.draw(rows, key, t, note=t.gettext("Konten"), ax=ax)
    shown = "; ".join(_spoken(segment, cells, t) for segment, cells in segments.items())
    caption = t.gettext("Zahl der genutzten CRM-Bereiche nach Häufigkeit der Nutzung")
    return chart_of(canvas, Words(sentences.breadth(table, t), caption, shown), (table,), t)


def _row(segment: str, cells: Rows, t: Language) -> stacks.Row:
    in_order = sorted(cells, key=lambda cell: list(_ROLES).index(cell["n_areas"]))
    parts = tuple(stacks.Part(_ROLES[cell["n_areas"]], stacks.share_of(cell)) for cell in in_order)
    total = cells[0]["n_total"]
    return stacks.Row(word(t, "segment", segment), parts, MASKED if total is None else t.number(total))


def _spoken(segment: str, cells: Rows, t: Language) -> str:
    shares = [f"{word(t, 'n_areas', cell['n_areas'])} {stacks.spoken(stacks.share_of(cell), t)}" for cell in cells]
    return f"{word(t, 'segment', segment)}: {', '.join(shares)}"
