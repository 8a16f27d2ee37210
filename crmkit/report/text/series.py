"""What tables of one measure over time prove: CRM areas by name, organisational units only counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report.cells import rows_of
from crmkit.report.language import N_, Language
from crmkit.report.text.evidence import TOO_SMALL, according_to, out_of
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from crmkit.privacy.protected import ProtectedTable

#: Change of a share from which a unit counts as higher or lower.
_NOTABLE = 0.05
#: What rounding may take from it.
_ROUNDING = 1e-9

Rows = list[dict[str, Any]]
Ends = tuple[dict[str, Any], dict[str, Any]]


def small_series(table: ProtectedTable, t: Language) -> str:
    """Return what changed between first and last reading: per CRM area, or in how many units."""
    key = "area" if "area" in table.frame else "org_unit"
    shown: dict[str, Rows] = {row[key]: [] for row in rows_of(table)}
    for row in rows_of(table):
        if row["n"] is not None and row["n_total"]:
            shown[row[key]].append(row)
    if not any(shown.values()):
        return t.gettext(TOO_SMALL)
    ends = {code: _ends(rows) for code, rows in shown.items() if len(rows) > 1}
    if not ends:
        return t.gettext("Noch ist kein Vergleich möglich: Je Verlauf gibt es erst einen Messwert.")
    said = _areas(ends, t) if key == "area" else _units(ends, len(shown) - len(ends), t)
    return according_to(table, t, said)


def _ends(rows: Rows) -> Ends:
    in_order = sorted(rows, key=lambda row: row["month"])
    return in_order[0], in_order[-1]


def change(ends: Ends) -> float:
    """Return by how much the share of the last reading differs from that of the first."""
    first, last = ends
    return last["n"] / last["n_total"] - first["n"] / first["n_total"]


def _areas(ends: dict[str, Ends], t: Language) -> str:
    most, least = max(ends, key=lambda area: change(ends[area])), min(ends, key=lambda area: change(ends[area]))
    rise = N_("Am stärksten gestiegen ist die Nutzung im CRM-Bereich {area}, um {points}: {then}, {now}.")
    fall = N_("Am stärksten gesunken ist die Nutzung im CRM-Bereich {area}, um {points}: {then}, {now}.")
    said = [
        _area(text, area, ends[area], t)
        for text, area, sign in ((rise, most, 1), (fall, least, -1))
        if _points(ends[area]) * sign > 0
    ]
    return " ".join(said) or t.gettext("In keinem CRM-Bereich hat sich der Anteil um einen Prozentpunkt verändert.")


def _area(text: str, area: str, ends: Ends, t: Language) -> str:
    then, now = (
        t.gettext("im {month} {share}", month=t.month(row["month"]), share=out_of(row["n"], row["n_total"], t))
        for row in ends
    )
    points = t.ngettext("{n} Prozentpunkt", "{n} Prozentpunkte", abs(_points(ends)))
    return t.gettext(text, area=word(t, "area", area), then=then, now=now, points=points)


def _points(ends: Ends) -> int:
    """Return the change in percentage points between the percentages as they are written."""
    first, last = (round(100 * row["n"] / row["n_total"]) for row in ends)
    return last - first


def _units(ends: dict[str, Ends], n_others: int, t: Language) -> str:
    changes = [change(pair) for pair in ends.values()]
    said = t.gettext(
        "In {up} von {total} vergleichbaren Organisationseinheiten liegt die Nutzungsquote beim letzten Messwert "
        "mindestens 5 Prozentpunkte höher als beim ersten, in {down} mindestens 5 Prozentpunkte niedriger.",
        up=t.number(sum(step >= _NOTABLE - _ROUNDING for step in changes)), total=t.number(len(ends)),
        down=t.number(sum(-step >= _NOTABLE - _ROUNDING for step in changes)),
    )  # fmt: skip
    if not n_others:
        return said
    others = t.ngettext("{n} weitere ist nicht vergleichbar.", "{n} weitere sind nicht vergleichbar.", n_others)
    return f"{said} {others}"
