"""`Canvas`: a chart as a sheet of pixels, drawn with matplotlib's patches, lines and texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, cast

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle

from crmkit.report.cells import MASKED
from crmkit.report.charts import style
from crmkit.report.palette import LIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

#: Baseline of a line of text below its middle, in font sizes.
_BASELINE = 0.36


@dataclass(frozen=True, eq=False)
class Canvas:
    """A sheet of `style.WIDTH` × height pixels, its origin at the top left. Colours are roles."""

    ax: Axes
    height: float

    @classmethod
    def of(cls, height: float, *, ax: Axes | None = None) -> Self:
        """Return an empty sheet, on the given axes or in a figure of its own."""
        if ax is None:
            figure = Figure(figsize=(style.WIDTH / 72, height / 72))
            ax = figure.add_axes((0, 0, 1, 1))
        ax.set_xlim(0, style.WIDTH)
        ax.set_ylim(height, 0)
        ax.set_axis_off()
        return cls(ax, height)

    @property
    def figure(self) -> Figure:
        """The figure that the sheet lies in."""
        return cast("Figure", self.ax.get_figure(root=True))

    def box(self, x: float, y: float, width: float, height: float, role: str) -> None:
        """Draw a filled box."""
        self.ax.add_patch(
            Rectangle((x, y), width, height, facecolor=LIGHT[role], edgecolor="none", linewidth=0, clip_on=False)
        )

    def masked(self, x: float, y: float, width: float, height: float) -> None:
        """Draw a hatched box with the sign of a masked number."""
        self.ax.add_patch(
            Rectangle(
                (x, y), width, height, facecolor="none", edgecolor=LIGHT["faint"], hatch="////", linewidth=0,
                clip_on=False,
            )
        )  # fmt: skip
        middle = (x + width / 2, y + height / 2)
        if width > style.LARGE:
            self.ax.plot(*middle, "o", color=LIGHT["ink"], markersize=5, clip_on=False)

    def text(
        self, x: float, y: float, words: str, *, role: str = "ink", size: float = style.BODY, bold: bool = False,
        align: str = "left",
    ) -> None:  # fmt: skip
        """Write one line whose middle lies at `y`; nothing for no words."""
        if not words:
            return
        self.ax.text(
            x, y + _BASELINE * size, words, color=LIGHT[role], fontsize=size, ha=align, va="baseline",
            fontweight=style.BOLD if bold else "normal", clip_on=False,
        )  # fmt: skip

    def lines(
        self, x: float, y: float, lines: Sequence[str], *, role: str = "ink", size: float = style.BODY,
        align: str = "left",
    ) -> None:  # fmt: skip
        """Write several lines around the middle `y`."""
        leading = size * 1.3
        for number, line in enumerate(lines):
            self.text(x, y + (number - (len(lines) - 1) / 2) * leading, line, role=role, size=size, align=align)

    def line(
        self, points: Sequence[tuple[float, float]], role: str, *, width: float = 1.0, dashed: bool = False
    ) -> None:
        """Draw a line through points."""
        xs, ys = zip(*points, strict=True)
        line = Line2D(xs, ys, color=LIGHT[role], linewidth=width, clip_on=False)
        if dashed:
            line.set_dashes((4, 3))
            line.set_dash_capstyle("butt")
        self.ax.add_line(line)

    def area(self, points: Sequence[tuple[float, float]], role: str, *, opacity: float) -> None:
        """Fill the area inside points."""
        self.ax.add_patch(
            Polygon(points, closed=True, facecolor=LIGHT[role], edgecolor="none", alpha=opacity, clip_on=False)
        )

    def dot(self, x: float, y: float, role: str, *, size: float = 7, shape: str = "o") -> None:
        """Draw a mark."""
        self.ax.plot(x, y, shape, color=LIGHT[role], markersize=size, markeredgewidth=0, clip_on=False)

    def ring(self, x: float, y: float, role: str, *, size: float = 7, shape: str = "o", width: float = 1.6) -> None:
        """Draw the outline of a mark."""
        self.ax.plot(
            x, y, shape, markersize=size - width, markerfacecolor="none", markeredgecolor=LIGHT[role],
            markeredgewidth=width, clip_on=False,
        )  # fmt: skip


def spread(starts: Sequence[float], widths: Sequence[float], *, low: float, high: float, gap: float) -> list[float]:
    """Return where labels of given widths stand if none may cover its neighbour, as near to `starts` as can be.

    Examples
    --------
    >>> spread([0, 10, 80], [40, 40, 40], low=0, high=120, gap=0)
    [0, 40, 80]
    """
    placed = list(starts)
    edge = low
    for position, width in enumerate(widths):
        placed[position] = max(placed[position], edge)
        edge = placed[position] + width + gap
    edge = high
    for position in reversed(range(len(placed))):
        placed[position] = min(placed[position], edge - widths[position])
        edge = placed[position] - gap
    return placed


__all__ = ["MASKED", "Canvas", "spread"]
