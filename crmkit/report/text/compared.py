"""What the last retrospective beside this one proves, and why it may not be laid beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report.cells import records_of, rows_of
from crmkit.report.language import N_, Language
from crmkit.report.text.evidence import TOO_SMALL, according_to, out_of

if TYPE_CHECKING:
    from crmkit.privacy.protected import ProtectedTable

#: Share points within which a unit's use counts as about the same.
_SAME = 0.05
#: Why two retrospectives are not compared → what is said.
REFUSED = {
    "not_kept": N_("Von der letzten Retrospektive sind keine Zahlen festgehalten; verglichen wird ab heute."),
    "crm_changed": N_(
        "Seit der letzten Retrospektive wurde das CRM-System gewechselt: Die Zahlen sind nicht vergleichbar."
    ),
    "too_close": N_(
        "Die letzte Retrospektive liegt weniger als ein Auswertungsfenster zurück; beide würden sich überschneiden."
    ),
    "no_log": N_("Für den Stichtag der letzten Retrospektive liegt kein Protokoll vor; verglichen wird nicht."),
    "definition_changed": N_(
        "Die letzte Retrospektive wurde nach einer anderen Definition ausgewertet und lässt sich mit den heutigen "
        "Daten nicht neu berechnen: Die Zahlen sind nicht vergleichbar."
    ),
}  # fmt: skip


def refused(table: ProtectedTable, t: Language) -> str:
    """Return why nothing is compared, empty for a first retrospective."""
    return next((t.gettext(REFUSED[note]) for note in table.notes if note in REFUSED), "")


def whole(table: ProtectedTable, t: Language) -> str:
    """Return the usage rate of everybody, then and today."""
    rows = [row for row in rows_of(table) if row["metric"] == "active"]
    if len(rows) != 2 or any(row["n"] is None or not row["n_total"] for row in rows):  # noqa: PLR2004
        return refused(table, t) or t.gettext(TOO_SMALL)
    before, after = rows
    points = 100 * (after["n"] / after["n_total"] - before["n"] / before["n_total"])
    said = t.gettext(
        "Nutzungsquote am {then} {before}, am {now} {after}: {change}.",
        then=t.date(before["date"], short=True), now=t.date(after["date"], short=True),
        before=out_of(before["n"], before["n_total"], t), after=out_of(after["n"], after["n_total"], t),
        change=points_of(points, t),
    )  # fmt: skip
    return according_to(table, t, said)


def points_of(points: float, t: Language) -> str:
    """Return a change in percentage points with its sign."""
    return t.gettext("{points} Prozentpunkte", points=t.signed(points, 1))


def by_unit(table: ProtectedTable, t: Language) -> str:
    """Return in how many units the usage rate is higher or lower by five points or more; no unit is named."""
    changes = list(_changes(table).values())
    if not changes:
        return t.gettext(TOO_SMALL)
    up, down = sum(change >= _SAME for change in changes), sum(change <= -_SAME for change in changes)
    return t.gettext(
        "In {up} von {total} dargestellten Organisationseinheiten liegt die Nutzungsquote mindestens 5 Prozentpunkte "
        "höher als bei der letzten Retrospektive, in {down} mindestens 5 Prozentpunkte niedriger.",
        up=t.number(up), down=t.number(down), total=t.number(len(changes)),
    )  # fmt: skip


def _changes(table: ProtectedTable) -> dict[str, float]:
    units: dict[str, list[float]] = {}
    for row in rows_of(table):
        if row["n"] is not None and row["n_total"]:
            units.setdefault(row["org_unit"], []).append(row["n"] / row["n_total"])
    return {unit: shares[1] - shares[0] for unit, shares in units.items() if len(shares) == 2}  # noqa: PLR2004


def licences(table: ProtectedTable, t: Language) -> str:
    """Return how many licences were bought then and are today, and what they cost, currency by currency."""
    rows = records_of(table.frame)
    before, after = (sum(row[column] or 0 for row in rows) for column in ("n_purchased_before", "n_purchased"))
    said = t.gettext(
        "Gekauft waren damals {before} Lizenzen, heute {after}", before=t.number(before), after=t.number(after)
    )
    sums = [_sums([row for row in rows if row["currency"] == code], code, t) for code in _currencies(rows)]
    sums = [part for part in sums if part]
    return f"{said}; {t.joined(sums)}." if sums else f"{said}."


def _currencies(rows: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(row["currency"] for row in rows if row["currency"]))


def _sums(rows: list[dict[str, Any]], currency: str, t: Language) -> str:
    """Return the contract sum then and today; empty where a price is not known."""
    pairs = (("n_purchased_before", "cost_year_before"), ("n_purchased", "cost_year"))
    sums = [[row[cost] for row in rows if row[n]] for n, cost in pairs]
    if any(None in costs for costs in sums):
        return ""
    before, after = (t.money(sum(costs), currency) for costs in sums)
    return t.gettext("Vertragssumme im Jahr {before}, heute {after}", before=before, after=after)
