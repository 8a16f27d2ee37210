"""Licences bought, per type: how they are used, and how many are free – all types on one scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmkit.report.cells import count, require_protected, rows_of
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import stacks, style
from crmkit.report.charts.canvas import Canvas
from crmkit.report.charts.making import Words, chart_of
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.text import licence_types as sentences
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable

_TOP, _ROW, _BAR = 40, 42, 24
_LEADING = 18
_MOST_LABEL, _GAP, _RIGHT = 230, 18, 84
_SEGMENTS = ("regular", "occasional", "rare", "no_write_trace", "not_assessable")
#: Role of assigned licences that no person holds (technical, double); small ones are not to be counted.
_REST = "step_3"


@dataclass(frozen=True)
class _Part:
    """A part of a licence type's bar: its role in the palette, its words, its licences (None: masked)."""

    role: str
    name: str
    n: int | None


@dataclass(frozen=True)
class _Row:
    """A licence type: its label in lines, its parts, what was bought, and a remark under the bar."""

    label: list[str]
    parts: list[_Part]
    bought: int | None
    length: int
    remark: str

    @property
    def height(self) -> float:
        return max(_ROW + (_LEADING if self.remark else 0), _LEADING * len(self.label) + 14)


def licence_types(licence_use: ProtectedTable, *, language: str = "de", ax: Axes | None = None) -> Chart | Block:
    """Draw a bar of licences per licence type: used how often, not yet assessable, free.

    Parameters
    ----------
    licence_use
        Table `licence_use`: licence, n_purchased, n_assigned, in tiers A and B n_regular, n_occasional,
        n_rare, n_no_write_trace, n_not_assessable.
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        Without a log of use only assigned and free licences. An absent block for an empty table.

    Raises
    ------
    PrivacyError
        If `licence_use` is not protected.
    """
    t, table = language_of(language), require_protected(licence_use, name="licence_types")
    if table.frame.empty:
        return Block.absent(t.gettext("Zu den Lizenzen liegen keine Daten vor."))
    codes = [code for code in _SEGMENTS if table.tier in ("A", "B") and f"n_{code}" in table.frame]
    rows = [_row(row, codes, t) for row in rows_of(table)]
    with style.applied():
        canvas = _draw(rows, t, ax)
    shown = "; ".join(_spoken(row, cell["licence"], t) for row, cell in zip(rows, rows_of(table), strict=True))
    caption = t.gettext("Gekaufte Lizenzen je Lizenzart")
    if codes:
        caption = t.gettext("Gekaufte Lizenzen je Lizenzart nach Häufigkeit der Nutzung")
    return chart_of(canvas, Words(sentences.licence_types(table, t), caption, shown), (table,), t)


def _row(row: dict[str, Any], codes: list[str], t: Language) -> _Row:
    bought, assigned = row["n_purchased"], row["n_assigned"]
    parts = [_Part(code, word(t, "segment", code), row[f"n_{code}"]) for code in codes]
    if not codes:
        parts = [_Part("step_2", t.gettext("vergeben"), assigned)]
    elif assigned is not None and all(part.n is not None for part in parts):
        parts.append(_Part(_REST, t.gettext("sonst vergeben"), _rest(assigned, parts)))
    free = None if bought is None or assigned is None else max(bought - assigned, 0)
    parts.append(_Part("track", t.gettext("frei"), free))
    length = max(bought or 0, assigned or 0, sum(part.n or 0 for part in parts))
    label = style.wrapped(row["licence"], style.BODY, _MOST_LABEL)
    return _Row(label, parts, bought, length, sentences.more_assigned(row, t))


def _rest(assigned: int, parts: list[_Part]) -> int:
    """Return the assigned licences of accounts that are not counted as people."""
    return max(assigned - sum(part.n or 0 for part in parts), 0)


def _draw(rows: list[_Row], t: Language, ax: Axes | None) -> Canvas:
    named = {part.role: part.name for row in rows for part in row.parts if part.n != 0}
    order = [*_SEGMENTS, "step_2", _REST, "track"]
    key = stacks.key_lines([(role, named[role]) for role in order if role in named])
    top = _TOP + 24 * (len(key) - 1)
    canvas = Canvas.of(top + sum(row.height for row in rows) + 4, ax=ax)
    stacks.write_key(canvas, key)
    for number, line in enumerate(key):
        for x in (x for role, _, x in line if role == "track"):
            _outline(canvas, x, 6 + 24 * number, 12, 12)
    canvas.text(style.WIDTH, top - _TOP + 12, t.gettext("gekauft"), role="muted", size=style.SMALL, align="right")
    left = max(style.width_of(line, style.BODY) for row in rows for line in row.label) + _GAP
    scale = (style.WIDTH - _RIGHT - left) / max([row.length for row in rows] + [1])
    y = float(top)
    for row in rows:
        middle = y + _ROW / 2
        canvas.lines(0, y + row.height / 2 if len(row.label) > 1 else middle, row.label)
        bought = count(row.bought, t)
        canvas.text(style.WIDTH, middle, bought, bold=True, align="right")
        _bar(canvas, row, (left, middle - _BAR / 2), scale, t)
        canvas.text(left, middle + _BAR / 2 + 12, row.remark, role="muted", size=style.SMALL)
        y += row.height
    return canvas


def _bar(canvas: Canvas, row: _Row, at: tuple[float, float], scale: float, t: Language) -> None:
    """Draw one bar; what is masked stands hatched before the free licences."""
    x, y = at
    hidden = row.length - sum(part.n or 0 for part in row.parts)
    for part in row.parts:
        if part.role == "track" and any(other.n is None for other in row.parts) and hidden * scale > 1:
            canvas.masked(x, y, hidden * scale - 1, _BAR)
            x += hidden * scale
        length = (part.n or 0) * scale
        if not length:
            continue
        canvas.box(x, y, max(length - 1, 0.5), _BAR, part.role)
        if part.role == "track":
            _outline(canvas, x, y, max(length - 1, 0.5), _BAR)
        words, role = t.number(part.n or 0), "muted" if part.role == "track" else f"on_{part.role}"
        if part.role != _REST and style.width_of(words, style.SMALL) + 8 < length:
            canvas.text(x + length / 2, y + _BAR / 2, words, role=role, size=style.SMALL, align="center")
        x += length


def _outline(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    """Draw the edge of free licences, which are as light as the page."""
    x, y, width, height = x + 0.5, y + 0.5, max(width - 1, 0), height - 1
    corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
    canvas.line(corners, "faint")


def _spoken(row: _Row, licence: str, t: Language) -> str:
    said = [f"{part.name} {count(part.n, t)}" for part in row.parts if part.n != 0 and part.role != _REST]
    return f"{licence}: {', '.join(said)}" if said else licence
