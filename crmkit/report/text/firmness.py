"""How firm the reported figures are, and how much hangs on the definition: sentences of the two checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report.cells import rows_of, total_of
from crmkit.report.language import N_, Language
from crmkit.report.text.evidence import TOO_SMALL, according_to, holidays, out_of

if TYPE_CHECKING:
    from crmkit.privacy.protected import ProtectedTable

Rows = list[dict[str, Any]]

#: Definition → the segments that count as regular use; definitions without such a segment are not compared.
REGULAR: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("crmkit", "crmkit_known_absences", "crmkit_two_days", "crmkit_8_weeks", "crmkit_16_weeks", "mozilla"),
        ("regular",),
    ),
    **dict.fromkeys(("viva", "viva_4w"), ("power", "habitual")),
}
_METRICS = {
    "usage_rate": N_("Die Nutzungsquote von {share} ({n} von {total})"),
    "regular_share": N_("Der Anteil regelmäßiger Nutzung von {share} ({n} von {total})"),
}
#: What matters, as the subject of a sentence.
_REASONS = {
    "threshold": N_("die Höhe der Schwellen"),
    "window": N_("die Länge des Fensters"),
    "behaviour": N_("der Zufall bei gleichen Gewohnheiten"),
    "data": N_("die offene Nutzung der noch nicht auswertbaren Konten"),
}
#: Notes of a table that say that its window holds holiday time.


def firmness(table: ProtectedTable, t: Language) -> str:
    """Return between which values the figures lie, what matters most, and whether the window holds holiday time."""
    rows = rows_of(table)
    said = [_between([row for row in rows if row["metric"] == metric], t) for metric in _METRICS]
    known = " ".join(sentence for sentence in said if sentence)
    first = according_to(table, t, known) if known else t.gettext(TOO_SMALL)
    return " ".join([first, *holidays(table.notes, t)])


def _between(rows: Rows, t: Language) -> str:
    """Return the sentence of a metric, empty where nothing of it can be shown."""
    known = [row for row in rows if None not in (row["n"], row["n_total"], row["low_share"], row["high_share"])]
    if not known or not known[0]["n_total"]:
        return ""
    n, total = known[0]["n"], known[0]["n_total"]
    numbers = {"share": t.percent(n / total), "n": t.number(n), "total": t.number(total)}
    what = t.gettext(_METRICS[known[0]["metric"]], **numbers)
    low, high = min(row["low_share"] for row in known), max(row["high_share"] for row in known)
    if t.percent(low) == t.percent(high):
        return t.gettext("{what} bleibt unter allen geprüften Annahmen gleich.", what=what)
    widest = max(known, key=lambda row: row["high_share"] - row["low_share"])
    return t.gettext(
        "{what} liegt je nach Annahme zwischen {low} und {high}; am meisten macht {reason} aus.",
        what=what, low=t.percent(low), high=t.percent(high), reason=t.gettext(_REASONS[widest["kind"]]),
    )  # fmt: skip


def definitions(table: ProtectedTable, t: Language) -> str:
    """Return how many count as regular, between the definitions that know regular use, and in this report."""
    groups: dict[str, Rows] = {}
    for row in rows_of(table):
        groups.setdefault(row["definition"], []).append(row)
    shares = [share for code, rows in groups.items() if (share := regular_share(code, rows)) is not None]
    own = next((row for row in groups.get("crmkit", []) if row["segment"] == "regular"), None)
    here = "" if own is None or own["n"] is None or not own["n_total"] else out_of(own["n"], own["n_total"], t)
    if len(shares) < 2:  # noqa: PLR2004
        return _one_definition(table, here, t)
    low, high = t.percent(min(shares)), t.percent(max(shares))
    if low == high:
        said = t.gettext("Nach allen Definitionen gelten {share} der Konten als regelmäßig genutzt", share=low)
    else:
        said = t.gettext(
            "Je nach Definition gelten zwischen {low} und {high} der Konten als regelmäßig genutzt", low=low, high=high
        )
    more = t.gettext("; nach der Definition dieses Berichts sind es {rate}", rate=here) if here else ""
    return according_to(table, t, f"{said}{more}.")


def _one_definition(table: ProtectedTable, here: str, t: Language) -> str:
    if not here:
        return t.gettext(TOO_SMALL)
    said = t.gettext("Nach der Definition dieses Berichts gelten {rate} Konten als regelmäßig genutzt.", rate=here)
    return according_to(table, t, said)


def regular_share(definition: str, rows: Rows) -> float | None:
    """Return the share (0–1) that counts as regular under a definition, None where that is masked or unknown."""
    counted = [row for row in rows if row["segment"] in REGULAR.get(definition, ())]
    n = total_of(counted)
    if not counted or n is None or not counted[0]["n_total"]:
        return None
    return n / counted[0]["n_total"]
