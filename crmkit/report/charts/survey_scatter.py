"""Usage beside perceived benefit, a dot a unit: only where there are so many units that none stands out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report.cells import require_protected, rows_of, short_units
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import stacks, style
from crmkit.report.charts.canvas import Canvas
from crmkit.report.charts.making import Words, chart_of
from crmkit.report.language import Language
from crmkit.report.language import language as language_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable

#: Units below which dots suggest a pattern that nobody can see: then there is the table alone.
FEWEST = 8
_HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 420, 64, 30, 24, 52
_STEPS = (0.0, 0.25, 0.5, 0.75, 1.0)


def survey_scatter(
    survey_usage: ProtectedTable, survey_benefit: ProtectedTable, *, language: str = "de", ax: Axes | None = None
) -> Chart | Block:
    """Draw the usage rate and the benefit index of each organisational unit.

    Parameters
    ----------
    survey_usage
        Table `survey_usage`: org_unit, n, n_total, share.
    survey_benefit
        Table `survey_benefit`: org_unit, n_total, index_share.
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        An absent block where fewer than eight units can be shown.

    Raises
    ------
    PrivacyError
        If a table is not protected.
    """
    t = language_of(language)
    usage, benefit = (require_protected(table, name="survey_scatter") for table in (survey_usage, survey_benefit))
    dots = both(usage, benefit)
    if len(dots) < FEWEST:
        return Block.absent(t.gettext("Für ein Bild von Nutzung und Nutzen gibt es zu wenige Organisationseinheiten."))
    labels = short_units(dots)
    with style.applied():
        canvas = _axes(t, ax)
        for unit, (share, index) in dots.items():
            x, y = _x(share), _y(index)
            canvas.dot(x, y, "regular", size=9)
            canvas.text(x + 9, y, labels[unit], size=style.SMALL)
    finding = t.gettext(
        "{n} Organisationseinheiten, ihre Nutzung und ihre Antworten nebeneinander.", n=t.number(len(dots))
    )
    caption = t.gettext("Nutzungsquote und Themenindex „Nutzen“ je Organisationseinheit, nie je Person")
    shown = "; ".join(f"{labels[u]} {t.percent(share)}, {t.number(100 * index)}" for u, (share, index) in dots.items())
    return chart_of(canvas, Words(finding, caption, shown), (usage, benefit), t)


def both(usage: ProtectedTable, benefit: ProtectedTable) -> dict[str, tuple[float, float]]:
    """Return unit → usage rate and benefit index (0–1) of the units of which both are shown."""
    shares: dict[str, Any] = {row["org_unit"]: row for row in rows_of(usage)}
    found = [(row["org_unit"], shares.get(row["org_unit"]), row["index_share"]) for row in rows_of(benefit)]
    known = [(u, stacks.share_of(row), index) for u, row, index in found if row is not None and index is not None]
    return {unit: (share, index) for unit, share, index in known if share is not None}


def _axes(t: Language, ax: Axes | None) -> Canvas:
    canvas = Canvas.of(_HEIGHT, ax=ax)
    for step in _STEPS:
        canvas.line([(_LEFT, _y(step)), (style.WIDTH - _RIGHT, _y(step))], "rule")
        canvas.text(_LEFT - 10, _y(step), t.number(100 * step), role="muted", size=style.SMALL, align="right")
        canvas.text(_x(step), _y(0) + 18, t.percent(step), role="muted", size=style.SMALL, align="center")
    canvas.text(0, 8, t.gettext("Themenindex „Nutzen“"), role="muted", size=style.SMALL)
    canvas.text(
        style.WIDTH - _RIGHT, _y(0) + 40, t.gettext("Nutzungsquote"), role="muted", size=style.SMALL, align="right"
    )
    return canvas


def _x(share: float) -> float:
    return _LEFT + share * (style.WIDTH - _LEFT - _RIGHT)


def _y(share: float) -> float:
    return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)
