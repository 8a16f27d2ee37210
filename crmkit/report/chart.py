"""`Chart` and `Block`: what a notebook cell shows, with everything a reader or exporter needs of it."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from crmkit.report import svg as svg_text
from crmkit.report.cells import plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from crmkit.privacy.protected import ProtectedTable

#: Where a cell's output carries what belongs to it (caption, finding, the table behind it).
METADATA_KEY = "crmkit"


def sheet_of(table: ProtectedTable) -> dict[str, Any]:
    """Return a protected table as plain data, for the workbook's table file.

    ``suppressed`` says per row whether something is masked in it: None elsewhere is a value that is not there.
    """
    frame = table.frame.drop(columns="suppressed")
    return {
        "name": table.name,
        "columns": list(frame.columns),
        "rows": [[_plain(value) for value in row] for row in frame.itertuples(index=False)],
        "suppressed": [bool(is_masked) for is_masked in table.frame["suppressed"]],
        "counts": list(table.counts),
        "tier": table.tier,
    }


def _plain(value: Any) -> Any:
    """Return a cell as JSON knows it: None for a masked one, ISO text for a date."""
    known = plain(value)
    return known.isoformat() if hasattr(known, "isoformat") else known


@dataclass(frozen=True, eq=False)
class Chart:
    """A figure with its alternative text, caption and finding, computed from the table it shows.

    Attributes
    ----------
    figure
        The matplotlib figure.
    alt
        What the figure shows, for those who do not see it.
    caption
        What is shown: metric, population, window.
    finding
        The sentence that the figure proves.
    source
        Tier and log behind it, in the report's language.
    tables
        The protected tables it draws.
    number
        Number of the figure; given by the exporter, in reading order.
    """

    figure: Figure
    alt: str
    caption: str
    finding: str
    source: str = ""
    tables: tuple[ProtectedTable, ...] = field(default=())
    number: int | None = None

    def svg(self) -> str:
        """Return the figure as an ``<svg>`` element with its alternative text; same data, same bytes."""
        import warnings

        import matplotlib as mpl

        buffer = io.StringIO()
        with mpl.rc_context({"svg.hashsalt": "crmkit", "svg.fonttype": "none"}), warnings.catch_warnings():
            # Fonts only measure here: the page has its own, which may know more letters.
            warnings.filterwarnings("ignore", message="Glyph .* missing")
            self.figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
        return svg_text.embeddable(buffer.getvalue(), self.alt)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, Any], dict[str, Any]]:
        meta = {
            "kind": "chart", "alt": self.alt, "caption": self.caption, "finding": self.finding, "source": self.source,
            "tables": [sheet_of(table) for table in self.tables],
        }  # fmt: skip
        return {"image/svg+xml": self.svg(), "text/plain": self.alt}, {METADATA_KEY: meta}


@dataclass(frozen=True, eq=False)
class Block:
    """A piece of HTML made by the kit: a table, a paragraph, the first page.

    Attributes
    ----------
    html
        The element, styled by the report's own sheet.
    plain
        The same as plain text.
    kind
        ``block``, ``table``, ``glance``, ``commentary`` – or ``absent`` where the data are not there.
    tables
        The protected tables it shows.
    finding
        The sentence that it proves; part of `html` and `plain`.
    """

    html: str
    plain: str
    kind: str = "block"
    tables: tuple[ProtectedTable, ...] = field(default=())
    finding: str = ""

    @classmethod
    def absent(cls, reason: str) -> Block:
        """Return the block of a question that this client's data cannot answer; exporters leave it out."""
        return cls(f'<p class="absent">{escape(reason)}</p>', reason, kind="absent")

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, Any], dict[str, Any]]:
        meta = {"kind": self.kind, "tables": [sheet_of(table) for table in self.tables]}
        return {"text/html": self.html, "text/plain": self.plain}, {METADATA_KEY: meta}
