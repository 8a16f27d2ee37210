"""The client's own aggregates (tier E), printed as delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmkit.report.cells import count, require_protected, short_units
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import stacks, style
from crmkit.report.charts.making import Rows, Words, chart_of, grouped
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.text import sentences

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmkit.privacy.protected import ProtectedTable

#: Colours of the bands, in their order; further ones begin again.
_ROLES = ("step_1", "step_2", "step_3", "step_4", "no_write_trace", "rare", "occasional")


def aggregate_bars(standing: ProtectedTable, *, language: str = "de", ax: Axes | None = None) -> Chart | Block:
    """Draw a 100 % bar of the client's own bands, per organisational unit.

    Parameters
    ----------
    standing
        Table `standing` of tier E: org_unit, band, definition, n, n_total, share.
    language
        ``de`` or ``en``.
    ax
        Axes to draw on; None: a figure of its own.

    Returns
    -------
    Chart or Block
        Bands in the order and words of the client. An absent block for other tiers.

    Raises
    ------
    PrivacyError
        If `standing` is not protected.
    """
    t, table = language_of(language), require_protected(standing, name="aggregate_bars")
    if table.frame.empty or table.tier != "E":
        return Block.absent(t.gettext("Der Auftraggeber hat keine eigene Auswertung geliefert."))
    units = grouped(table, "org_unit")
    bands = grouped(table, "band")
    roles = {band: _ROLES[number % len(_ROLES)] for number, band in enumerate(bands)}
    labels = short_units(units)
    rows = [_row(labels[unit], cells, roles, t) for unit, cells in units.items()]
    with style.applied():
        key = [(roles[band], str(band)) for band in bands]
        canvas = stacks.draw(rows, key, t, note=t.gettext("Personen"), ax=ax)
    caption = t.gettext("Personen je Organisationseinheit, wie vom Auftraggeber geliefert")
    meaning = _meaning(bands)
    caption = f"{caption} ({meaning})" if meaning else caption
    shown = "; ".join(_spoken(labels[unit], cells, t) for unit, cells in units.items())
    return chart_of(canvas, Words(sentences.aggregates(table, t), caption, shown), (table,), t)


def _meaning(bands: dict[str, Rows]) -> str:
    """Return what the client means by its bands."""
    meanings = {band: cells[0]["definition"] for band, cells in bands.items() if cells[0]["definition"]}
    if len(set(meanings.values())) < 2:  # noqa: PLR2004
        return next(iter(meanings.values()), "")
    return "; ".join(f"{band}: {meaning}" for band, meaning in meanings.items())


def _row(label: str, cells: Rows, roles: dict[str, str], t: Language) -> stacks.Row:
    parts = tuple(stacks.Part(roles[cell["band"]], stacks.share_of(cell)) for cell in cells)
    total = cells[0]["n_total"]
    return stacks.Row(label, parts, count(total, t))


def _spoken(label: str, cells: Rows, t: Language) -> str:
    shares = [f"{cell['band']} {stacks.spoken(stacks.share_of(cell), t)}" for cell in cells]
    return f"{label}: {', '.join(shares)}"
