"""A cell of a matrix: tinted by its share, with the share in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.patches import Rectangle

from crmkit.report.palette import LIGHT

if TYPE_CHECKING:
    from crmkit.report.charts.canvas import Canvas
    from crmkit.report.language import Language

#: Share from which the tint is so strong that words stand light on it.
STRONG = 0.68


def cell(
    canvas: Canvas, share: float | None, place: tuple[float, float, float, float], t: Language, *, role: str,
    raised: float = 0,
) -> None:  # fmt: skip
    """Draw a cell, hatched where its share is masked.

    Parameters
    ----------
    canvas
        The sheet.
    share
        0–1, None where it is masked.
    place
        Left, top, width and height in pixels.
    t
        Language of the number.
    role
        Colour's role of the tint.
    raised
        Pixels by which the number stands above the middle.
    """
    x, y, width, height = place
    if share is None:
        canvas.masked(*place)
        return
    canvas.box(*place, "track")
    canvas.ax.add_patch(
        Rectangle((x, y), width, height, facecolor=LIGHT[role], alpha=share, linewidth=0, clip_on=False)
    )
    canvas.text(x + width / 2, y + height / 2 - raised, t.percent(share), role=words_on(share, role), align="center")


def words_on(share: float, role: str) -> str:
    """Return the role of words on a tint."""
    return f"on_{role}" if share >= STRONG else "ink"
