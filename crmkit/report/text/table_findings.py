"""The sentence that stands above a table: computed from its shown cells alone, nothing where they say too little."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report.cells import rows_of, total_of
from crmkit.report.language import N_, Language
from crmkit.report.text import compared, goals, movement
from crmkit.report.text.evidence import according_to
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmkit.privacy.protected import ProtectedTable

Rows = list[dict[str, Any]]

#: Oddity of accounts → what is said of it.
_ACCOUNTS = {
    "ends_before_start": N_("Bei {accounts} liegt ein Ende vor dem Beginn; sie sind nicht ausgewertet."),
    "contradicting": N_("Bei {accounts} gelten vom selben Tag an zwei Angaben; sie sind nicht ausgewertet."),
    "fte_zero": N_("Bei {accounts} ist die Arbeitszeit zeitweise 0 %; diese Wochen zählen nicht."),
    "fte_above_one": N_("Bei {accounts} liegt die Arbeitszeit über 100 %; sie gilt als Vollzeit."),
    "overlapping": N_("Bei {accounts} überschneiden sich Zeiträume; der später begonnene gilt."),
    "assumed_span": N_("Bei {accounts} sind Beginn oder Ende nicht angegeben, sondern aus Benutzerlisten angenommen."),
    "licence_not_listed": N_("Bei {accounts} steht die Lizenz nicht in der Liste der gekauften."),
    "role_without_areas": N_("Bei {accounts} sind für die Rolle keine CRM-Bereiche vorgesehen."),
    "place_unknown": N_("Bei {accounts} ist das Bundesland unbekannt; es gelten nur bundesweite Feiertage."),
    "unit_not_shown": N_("{accounts} gehören zu keiner Berichtseinheit."),
}  # fmt: skip
_LOG = {
    "log_starts_after_window": N_(
        "Das Protokoll beginnt erst nach dem Zeitraum; ohne vollständiges Protokoll sind {weeks}."
    ),
    "log_ends_before_window": N_("Das Protokoll endet vor dem Zeitraum; ohne vollständiges Protokoll sind {weeks}."),
    "weeks_without_log": N_("Ohne vollständiges Protokoll sind {weeks}; sie zählen nicht."),
    "absences_missing": N_("Abwesenheiten gelten als bekannt, im Zeitraum ist aber keine angegeben."),
}  # fmt: skip


def finding(table: ProtectedTable, t: Language) -> str:
    """Return the finding of a table, empty for tables that say nothing by a sentence."""
    said = FINDINGS.get(table.name)
    return said(table, t) if said is not None and len(table.frame) else ""


def _details(table: ProtectedTable, t: Language) -> str:
    """Return how many of the rarely used accounts are without use at present, and how many so far."""
    n = {row["detail"]: row["n"] for row in rows_of(table)}
    dormant, never, rare = (n.get(code) for code in ("dormant", "never", "rare"))
    if dormant is None or never is None or rare is None or not rare + dormant + never:
        return ""
    total = rare + dormant + never
    if rare == total:
        said = t.gettext("Alle {total} selten genutzten Konten wurden im Zeitraum genutzt.", total=t.number(total))
        return according_to(table, t, said)
    said = t.gettext(
        "Von {total} selten genutzten Konten sind {idle} ({share}) derzeit ohne Nutzung: {dormant} wurden früher "
        "genutzt, {never} bisher nicht.", total=t.number(total), idle=t.number(dormant + never),
        share=t.percent((dormant + never) / total), dormant=t.number(dormant), never=t.number(never),
    )  # fmt: skip
    return according_to(table, t, said)


def _intensity(table: ProtectedTable, t: Language) -> str:
    """Return how many work in the CRM on two days or more in a week with use."""
    shown = [row for row in rows_of(table) if row["n"] is not None and row["n_total"]]
    if not shown:
        return ""
    first, *others = shown
    said = t.gettext(
        "Von {total} {how} genutzten Konten werden {n} ({share}) an mindestens zwei Tagen je Woche mit Nutzung genutzt",
        **_counts(first, t),
    )
    parts = [said, *(t.gettext("von {total} {how} genutzten {n} ({share})", **_counts(row, t)) for row in others)]
    return according_to(table, t, "; ".join(parts) + ".")


def _counts(row: dict[str, Any], t: Language) -> dict[str, str]:
    return {
        "n": t.number(row["n"]), "total": t.number(row["n_total"]), "share": t.percent(row["n"] / row["n_total"]),
        "how": word(t, "segment", row["segment"]),
    }  # fmt: skip


def _main_area(table: ProtectedTable, t: Language) -> str:
    """Return for how many accounts each CRM area is the main one, of those that are shown."""
    shown = [row for row in rows_of(table) if row["n"] and row["n_total"]]
    if not shown:
        return ""
    first, *others = sorted(shown, key=lambda row: -row["n"])
    said = t.gettext(
        "Von {total} Konten mit Nutzung werden {n} ({share}) an den meisten Tagen im CRM-Bereich {area} genutzt",
        total=t.number(first["n_total"]), n=t.number(first["n"]), share=t.percent(first["n"] / first["n_total"]),
        area=word(t, "area", first["area"]),
    )  # fmt: skip
    more = [
        f"{t.number(row['n'])}\u00a0({t.percent(row['n'] / row['n_total'])}) {word(t, 'area', row['area'])}"
        for row in others
    ]
    return according_to(table, t, f"{t.joined([said, *more])}.")


def _licence_figures(table: ProtectedTable, t: Language) -> str:
    """Return what a licence costs, and what it costs by those that are used; one sentence a currency."""
    rows = rows_of(table)
    currencies = dict.fromkeys(row["currency"] for row in rows if row["currency"])
    said = (_prices({row["metric"]: row for row in rows if row["currency"] == code}, t) for code in currencies)
    return " ".join(sentence for sentence in said if sentence)


def _prices(row_of: dict[str, dict[str, Any]], t: Language) -> str:
    """Return the mean contract price, which is the cost by used account times the share of these."""
    known = {
        metric: row for metric, row in row_of.items() if row["value"] is not None and row["n"] and row["n_total"]
    }  # fmt: skip
    if not known:
        return ""
    row = next(iter(known.values()))
    money = {"price": t.money(row["value"] * row["n"] / row["n_total"], row["currency"])}
    money |= {metric: t.money(row["value"], row["currency"]) for metric, row in known.items()}
    if len(known) == 1 and "cost_per_using_year" in known:
        return t.gettext(
            "Eine Lizenz kostet im Mittel {price} im Jahr; je genutztem Konto sind es {cost_per_using_year}.", **money
        )
    if len(known) == 1:
        return t.gettext(
            "Eine Lizenz kostet im Mittel {price} im Jahr; je regelmäßig genutztem Konto sind es "
            "{cost_per_regular_year}.", **money,
        )  # fmt: skip
    return t.gettext(
        "Eine Lizenz kostet im Mittel {price} im Jahr; je regelmäßig genutztem Konto sind es {cost_per_regular_year}, "
        "je regelmäßig oder gelegentlich genutztem {cost_per_using_year}.", **money,
    )  # fmt: skip


def _licence_cost(table: ProtectedTable, t: Language) -> str:
    """Return what licences without recognisable use cost; one sentence a currency, never added across them."""
    said: dict[str, Rows] = {}
    for row in rows_of(table):
        if row["kind"] == "without_use":
            said.setdefault(row["currency"], []).append(row)
    sentences = [_without_use(total_of(rows), total_of(rows, "cost_year"), code, t) for code, rows in said.items()]
    known = [sentence for sentence in sentences if sentence]
    if not known:
        return ""
    overlap = t.gettext("Die drei Beträge überschneiden sich.")
    return according_to(table, t, " ".join([*known, overlap]))


def _without_use(n: int | None, cost: float | None, currency: str, t: Language) -> str:
    if n is None or cost is None:
        return ""
    return t.ngettext(
        "{n} Lizenz ohne erkennbare Nutzung kostet {cost} im Jahr.",
        "{n} Lizenzen ohne erkennbare Nutzung kosten {cost} im Jahr.",
        n, cost=t.money(cost, currency),
    )  # fmt: skip


def _licence_scenario(table: ProtectedTable, t: Language) -> str:
    """Return what a step in the middle would change for the first licence type of which it can be shown."""
    types: dict[str, Rows] = {}
    for row in rows_of(table):
        if None not in (row["n"], row["n_total"], row["share"]):
            types.setdefault(row["licence"], []).append(row)
    for rows in types.values():
        now, *steps = rows
        if steps and not now["n_reassigned"]:
            return _reassigned(now, steps[len(steps) // 2], t)
    return ""


def _reassigned(now: dict[str, Any], then: dict[str, Any], t: Language) -> str:
    said = t.gettext(
        "Annahme: Würden {n} freie oder ungenutzte Lizenzen „{licence}“ neu vergeben und genutzt, stiege der "
        "genutzte Anteil von {now} auf {then}", n=t.number(then["n_reassigned"]), licence=then["licence"],
        now=_share(now, t), then=_share(then, t),
    )  # fmt: skip
    before, after = now["cost_per_using_year"], then["cost_per_using_year"]
    if before is None or after is None:
        return f"{said}."
    money = {"before": t.money(before, now["currency"]), "after": t.money(after, now["currency"])}
    cost = t.gettext("je genutzter Lizenz wären es {after} im Jahr statt {before}", **money)
    return f"{said}; {cost}."


def _share(row: dict[str, Any], t: Language) -> str:
    return t.gettext(
        "{share} ({n} von {total})",
        share=t.percent(row["n"] / row["n_total"]), n=t.number(row["n"]), total=t.number(row["n_total"]),
    )  # fmt: skip


def _accounts(table: ProtectedTable, t: Language) -> str:
    """Return the oddity of most accounts, of those that are shown."""
    shown = [row for row in rows_of(table) if row["n"] and row["n_total"] and row["finding"] in _ACCOUNTS]
    if not shown:
        return ""
    row = max(shown, key=lambda row: row["n"])
    accounts = t.gettext(
        "{n} von {total} Konten ({share})",
        n=t.number(row["n"]), total=t.number(row["n_total"]), share=t.percent(row["n"] / row["n_total"]),
    )  # fmt: skip
    return t.gettext(_ACCOUNTS[row["finding"]], accounts=accounts)


def _log(table: ProtectedTable, t: Language) -> str:
    said = []
    for row in rows_of(table):
        weeks = t.gettext("{n} von {total} Wochen", n=t.number(row["n_weeks"]), total=t.number(row["n_weeks_total"]))
        said.append(t.gettext(_LOG[row["finding"]], weeks=weeks))
    return " ".join(said)


#: Name of a table → its finding.
FINDINGS: dict[str, Callable[[ProtectedTable, Language], str]] = {
    "details": _details,
    "intensity": _intensity,
    "main_area": _main_area,
    "licence_figures": _licence_figures,
    "licence_cost": _licence_cost,
    "licence_cost_types": _licence_cost,
    "licence_scenario": _licence_scenario,
    "movement": movement.moved,
    "licence_changes": compared.licences,
    "findings": _accounts,
    "log_findings": _log,
    "goals": goals.pace_finding,
}
