"""Where a client stands, as one bar: segments (tiers A, B) or bands of the last login (tier C)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmkit.report.cells import count, require_protected, rows_of
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import style
from crmkit.report.charts.canvas import Canvas, spread
from crmkit.report.charts.login_bars import ROLES
from crmkit.report.charts.making import Rows, Words, chart_of
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.text import sentences
from crmkit.report.text.evidence import holidays, limit, out_of
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable

_NAME, _COUNT, _TOP, _BAR, _BRACE = 10, 31, 52, 68, 134
_GAP, _MASKED_WIDTH, _LABEL_GAP = 28, 48, 12
#: Parts that stand apart from the bar.
_APART = ("no_write_trace", "not_assessable")


@dataclass(frozen=True)
class _Part:
    code: str
    name: str
    n: int | None
    share: float | None
    x: float
    width: float

    @property
    def role(self) -> str:
        return ROLES.get(self.code, self.code)


def segment_bar(standing: ProtectedTable, *, language: str = "de", ax: Axes | None = None) -> Chart | Block:
    """Draw one stacked bar of where the client stands.

    Parameters
    ----------
    standing
        Table `standing`: segment, n, n_total, share (tiers A, B), or band (tier C).
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        Accounts without a write trace, and those not yet assessable, stand apart. An absent block where
        there is neither a segment nor a band of the last login.

    Raises
    ------
    PrivacyError
        If `standing` is not protected.
    """
    t, table = language_of(language), require_protected(standing, name="segment_bar")
    if table.frame.empty or table.tier not in ("A", "B", "C"):
        return Block.absent(t.gettext("Zur Regelmäßigkeit der Nutzung liegen keine Daten vor."))
    kind = "segment" if "segment" in table.frame else "band"
    parts = _parts(rows_of(table), kind, t)
    with style.applied():
        canvas = Canvas.of(_BRACE + 26 if kind == "segment" else _BRACE - 10, ax=ax)
        _draw(canvas, parts, t)
        _brace(canvas, parts, rows_of(table), t)
    captions = {
        "segment": t.gettext("Konten nach Häufigkeit der Nutzung"),
        "band": t.gettext("Konten nach der Zeit seit der letzten Anmeldung"),
    }
    shown = ", ".join(f"{part.name} {count(part.n, t)}" for part in parts)
    finding = sentences.standing(table, t)
    if kind == "band":
        finding = f"{finding} {limit(table.tier, table.definition, t)}"
    words = Words(finding, captions[kind], shown, " ".join(holidays(table.notes, t)))
    return chart_of(canvas, words, (table,), t)


def _parts(rows: Rows, kind: str, t: Language) -> list[_Part]:
    """Return the parts with their place; a masked one is as wide as any other masked one."""
    apart = [row for row in rows if row[kind] in _APART and row["n"] != 0]
    bar = [row for row in rows if row[kind] not in _APART]
    n_hidden = sum(row["n"] is None for row in [*bar, *apart])
    n_known = sum(row["n"] or 0 for row in [*bar, *apart])
    room = style.WIDTH - _GAP * len(apart)
    # Without a number beside them the masked parts have all the room.
    masked_width = _MASKED_WIDTH if n_known else room / max(n_hidden, 1)
    scale = (room - masked_width * n_hidden) / max(n_known, 1)
    parts, x = [], 0.0
    for row in [*bar, *apart]:
        x += _GAP if row in apart else 0
        width = masked_width if row["n"] is None else row["n"] * scale
        share = row["n"] / row["n_total"] if row["n"] and row["n_total"] and row[kind] != "not_assessable" else None
        parts.append(_Part(row[kind], word(t, kind, row[kind]), row["n"], share, x, width))
        x += width
    return parts


def _draw(canvas: Canvas, parts: list[_Part], t: Language) -> None:
    above = [part for part in parts if part.code != "not_assessable"]
    widths = [
        max(style.width_of(part.name, style.BODY, bold=True), style.width_of(_count(part, t), style.SMALL))
        for part in above
    ]
    places = spread([part.x for part in above], widths, low=0, high=style.WIDTH, gap=_LABEL_GAP)
    for part, x in zip(above, places, strict=True):
        canvas.text(x, _NAME, part.name, bold=True)
        canvas.text(x, _COUNT, _count(part, t), role="muted", size=style.SMALL)
        if not part.x <= x <= part.x + part.width and part.width:
            middle = part.x + part.width / 2
            canvas.line([(x + 6, _COUNT + 9), (middle, _TOP - 2)], "faint")
    for part in parts:
        _bar(canvas, part, t)
        if part not in above:
            words = f"{part.name}: {_count(part, t)}"
            canvas.text(style.WIDTH, _BRACE + 16, words, role="muted", size=style.SMALL, align="right")


def _count(part: _Part, t: Language) -> str:
    return t.gettext("· nicht gezeigt") if part.n is None else t.ngettext("{n} Konto", "{n} Konten", part.n)


def _bar(canvas: Canvas, part: _Part, t: Language) -> None:
    if part.n is None:
        canvas.masked(part.x, _TOP, part.width - 2, _BAR)
    elif part.n:
        canvas.box(part.x, _TOP, max(part.width - 2, 1), _BAR, part.role)
    words = "" if part.share is None else t.percent(part.share)
    for size in (style.HUGE, style.BODY):
        if words and style.width_of(words, size, bold=True) + 12 < part.width:
            middle = (part.x + part.width / 2 - 1, _TOP + _BAR / 2)
            canvas.text(*middle, words, role=f"on_{part.role}", size=size, bold=True, align="center")
            return


def _brace(canvas: Canvas, parts: list[_Part], rows: Rows, t: Language) -> None:
    """Write the usage rate under the two parts that make it."""
    used = [part for part in parts if part.code in ("regular", "occasional") and part.n is not None]
    total = rows[0]["n_total"]
    if len(used) != 2 or not total:  # noqa: PLR2004
        return
    end = used[-1].x + used[-1].width - 2
    if end > style.SMALL:
        canvas.line([(0, _BRACE - 6), (0, _BRACE), (end, _BRACE), (end, _BRACE - 6)], "faint")
    rate = out_of(sum(part.n or 0 for part in used), total, t)
    canvas.text(0, _BRACE + 16, t.gettext("Nutzungsquote {rate}", rate=rate), role="muted", size=style.SMALL)
