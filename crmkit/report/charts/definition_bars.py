"""The same accounts under other definitions of use: a 100 % bar each, with the definition's own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmkit.report.cells import MASKED, require_protected
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import stacks, style
from crmkit.report.charts.canvas import Canvas
from crmkit.report.charts.making import Rows, Words, chart_of, grouped
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.text import firmness as sentences
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable

_TOP, _BAR, _UNDER, _LEADING, _GAP = 30, 20, 20, 20, 16
_LABEL, _LEFT, _RIGHT = 172, 182, 84
_PLOT = style.WIDTH - _LEFT - _RIGHT
#: Colours of the report's own segments; all other parts take steps of one colour, in order.
_OWN = ("regular", "occasional", "rare", "no_write_trace")
_STEPS = ("step_1", "step_2", "step_3", "step_4", "no_write_trace")


@dataclass(frozen=True)
class _Row:
    """A definition: its label, its parts, the words under its bar, and the share that counts as regular."""

    code: str
    label: list[str]
    parts: tuple[stacks.Part, ...]
    key: list[list[tuple[str, str, float]]]
    regular: str

    @property
    def height(self) -> float:
        return max(_BAR + _UNDER + _LEADING * (len(self.key) - 1), 18 * len(self.label)) + _GAP


def definition_bars(definitions: ProtectedTable, *, language: str = "de", ax: Axes | None = None) -> Chart | Block:
    """Draw a 100 % bar per definition of use, its segments named under it.

    Parameters
    ----------
    definitions
        Table `definitions`: definition, segment, n, n_total, share.
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        What counts as regular is underlined, and stands as a number at the end where a definition knows
        regular use. An absent block for an empty table.

    Raises
    ------
    PrivacyError
        If `definitions` is not protected.
    """
    t, table = language_of(language), require_protected(definitions, name="definition_bars")
    if table.frame.empty:
        return Block.absent(t.gettext("Zu anderen Definitionen der Nutzung liegen keine Daten vor."))
    groups = grouped(table, "definition")
    with style.applied():
        rows = [_row(code, cells, t) for code, cells in groups.items()]
        canvas = Canvas.of(_TOP + sum(row.height for row in rows) - _GAP + 6, ax=ax)
        canvas.text(style.WIDTH, 10, word(t, "segment", "regular"), role="muted", size=style.SMALL, align="right")
        y = float(_TOP)
        for row, cells in zip(rows, groups.values(), strict=True):
            _draw(canvas, row, cells, y)
            y += row.height
    shown = "; ".join(_spoken(code, cells, t) for code, cells in groups.items())
    caption = t.gettext("Dieselben Konten nach anderen Definitionen; unterstrichen: was als regelmäßig gilt")
    note = " ".join(word(t, "note", code) for code in table.notes if code == "differences_below_k")
    return chart_of(canvas, Words(sentences.definitions(table, t), caption, shown, note), (table,), t)


def _row(code: str, cells: Rows, t: Language) -> _Row:
    own = all(cell["segment"] in (*_OWN, "not_regular") for cell in cells)
    roles = [_role(cell["segment"]) for cell in cells] if own else list(_STEPS)
    parts = tuple(stacks.Part(role, stacks.share_of(cell)) for role, cell in zip(roles, cells, strict=False))
    key = [(part.role, _named(cell, t)) for part, cell in zip(parts, cells, strict=True)]
    regular = sentences.regular_share(code, cells)
    said = "–" if code not in sentences.REGULAR else MASKED if regular is None else t.percent(regular)
    label = style.wrapped(word(t, "definition", code), style.SMALL, _LABEL)
    return _Row(code, label, parts, stacks.key_lines(key, style.WIDTH - _LEFT + 20), said)


def _role(segment: str) -> str:
    return segment if segment in _OWN else "no_write_trace"


def _named(cell: dict[str, Any], t: Language) -> str:
    return f"{word(t, 'segment', cell['segment'])} {stacks.spoken(stacks.share_of(cell), t)}"


def _draw(canvas: Canvas, row: _Row, cells: Rows, top: float) -> None:
    middle, is_own = top + _BAR / 2, row.code == "crmkit"
    canvas.lines(0, top + max(_BAR, 17 * len(row.label)) / 2, row.label, size=style.SMALL)
    canvas.text(style.WIDTH, middle, row.regular, size=style.BODY, bold=is_own, align="right")
    x = float(_LEFT)
    for part, cell in zip(row.parts, cells, strict=True):
        length = (part.share or 0) * _PLOT
        if length:
            canvas.box(x, top, max(length - 1, 0.5), _BAR, part.role)
        if length and cell["segment"] in sentences.REGULAR.get(row.code, ()):
            canvas.box(x, top + _BAR + 2, max(length - 1, 0.5), 2, "ink")
        x += length
    if any(part.share is None for part in row.parts) and _LEFT + _PLOT - x > 1:
        canvas.masked(x, top, _LEFT + _PLOT - x, _BAR)
    stacks.write_key(canvas, row.key, left=_LEFT, top=top + _BAR + _UNDER - 5, leading=_LEADING)


def _spoken(code: str, cells: Rows, t: Language) -> str:
    return f"{word(t, 'definition', code)}: {', '.join(_named(cell, t) for cell in cells)}"
