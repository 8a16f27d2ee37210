"""In how many areas people work, per segment: the other side of frequency; in all of them, or in those of a role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmkit.report.cells import count, require_protected
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import stacks, style
from crmkit.report.charts.making import Rows, Words, chart_of, grouped
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.text import depth, sentences
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable
    from crmkit.report.charts.canvas import Canvas

#: Number of areas → role, the broadest use first and darkest.
_ROLES = {"3+": "step_1", "2": "step_2", "1": "step_3", "0": "step_4"}
#: Which of the areas meant for a role → role in the palette.
_RELEVANT = {"all": "step_1", "some": "step_3", "none": "step_4"}


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
    canvas, shown = _drawn(table, "n_areas", _ROLES, t, ax=ax)
    caption = t.gettext("Zahl der genutzten CRM-Bereiche nach Häufigkeit der Nutzung")
    return chart_of(canvas, Words(sentences.breadth(table, t), caption, shown), (table,), t)


def role_breadth(role_breadth: ProtectedTable, *, language: str = "de", ax: Axes | None = None) -> Chart | Block:
    """Draw a 100 % bar of how many of the areas meant for their role people work in, per segment.

    Parameters
    ----------
    role_breadth
        Table `role_breadth`: segment, relevant (``none``, ``some``, ``all``), n, n_total, share.
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
        If `role_breadth` is not protected.
    """
    t, table = language_of(language), require_protected(role_breadth, name="role_breadth")
    if table.frame.empty:
        return Block.absent(t.gettext("Welche CRM-Bereiche für welche Rolle vorgesehen sind, ist nicht bestätigt."))
    canvas, shown = _drawn(table, "relevant", _RELEVANT, t, ax=ax)
    caption = t.gettext("Genutzte unter den für die Rolle vorgesehenen CRM-Bereichen nach Häufigkeit der Nutzung")
    return chart_of(canvas, Words(depth.role_breadth(table, t), caption, shown), (table,), t)


def _drawn(
    table: ProtectedTable, column: str, roles: dict[str, str], t: Language, *, ax: Axes | None
) -> tuple[Canvas, str]:
    """Return the bars of a column's codes per segment, and the same in words."""
    segments = grouped(table, "segment")
    rows = [_row(segment, cells, (column, roles), t) for segment, cells in segments.items()]
    key = [(role, word(t, column, code)) for code, role in roles.items()]
    with style.applied():
        canvas = stacks.draw(rows, key, t, note=t.gettext("Konten"), ax=ax)
    return canvas, "; ".join(_spoken(segment, cells, column, t) for segment, cells in segments.items())


def _row(segment: str, cells: Rows, coded: tuple[str, dict[str, str]], t: Language) -> stacks.Row:
    column, roles = coded
    in_order = sorted(cells, key=lambda cell: list(roles).index(cell[column]))
    parts = tuple(stacks.Part(roles[cell[column]], stacks.share_of(cell)) for cell in in_order)
    total = cells[0]["n_total"]
    return stacks.Row(word(t, "segment", segment), parts, count(total, t))


def _spoken(segment: str, cells: Rows, column: str, t: Language) -> str:
    shares = [f"{word(t, column, cell[column])} {stacks.spoken(stacks.share_of(cell), t)}" for cell in cells]
    return f"{word(t, 'segment', segment)}: {', '.join(shares)}"
