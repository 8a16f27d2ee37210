"""What tables of movement prove: who is counted twice, what chance alone would do, how newcomers begin."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from crmkit.report.cells import rows_of, total_of
from crmkit.report.language import N_, Language
from crmkit.report.text.evidence import TOO_SMALL, according_to, out_of

if TYPE_CHECKING:
    from crmkit.privacy.protected import ProtectedTable

Rows = list[dict[str, Any]]

#: From the most to the least frequent use.
ORDER = ("regular", "occasional", "rare", "no_write_trace")
#: Changes beside those that chance would bring → what is said of them.
_BESIDE_CHANCE = {
    "same": N_(
        "Zwischen {before} und {after} wechselten {n} von {total} Konten ({share}) die Häufigkeit der Nutzung, etwa "
        "so viele, wie bei gleichen Gewohnheiten durch Zufall zu erwarten wären ({chance})."
    ),
    "more": N_(
        "Zwischen {before} und {after} wechselten {n} von {total} Konten ({share}) die Häufigkeit der Nutzung, "
        "deutlich mehr, als bei gleichen Gewohnheiten durch Zufall zu erwarten wären ({chance})."
    ),
    "less": N_(
        "Zwischen {before} und {after} wechselten {n} von {total} Konten ({share}) die Häufigkeit der Nutzung, "
        "deutlich weniger, als bei gleichen Gewohnheiten durch Zufall zu erwarten wären ({chance})."
    ),
}
#: Month after which newcomers are spoken of first.
_HALF_YEAR = 6


def direction(row: dict[str, Any]) -> str:
    """Return how use changed in a cell of `migration`: ``same``, ``more`` or ``less``."""
    before, after = ORDER.index(row["segment_before"]), ORDER.index(row["segment_after"])
    return "same" if before == after else "more" if after < before else "less"


def expected(row: dict[str, Any]) -> float | None:
    """Return how many accounts of a cell of `migration` would be there by chance alone."""
    if row["n_total"] is None or row["expected_share"] is None:
        return None
    return row["n_total"] * row["expected_share"]


def moved(table: ProtectedTable, t: Language) -> str:
    """Return how many accounts changed their frequency, beside how many would by chance; empty if not shown."""
    row_of = {row["kind"]: row for row in rows_of(table)}
    row, chance = row_of.get("moved"), row_of.get("expected")
    if row is None or chance is None or row["n"] is None or chance["n"] is None or not row["n_total"]:
        return ""
    said = t.gettext(
        _BESIDE_CHANCE[_beside_chance(row["n"], chance["n"], row["n_total"])],
        before=t.date(row["before_date"], short=True), after=t.date(row["after_date"], short=True),
        n=t.number(row["n"]), total=t.number(row["n_total"]), share=t.percent(row["n"] / row["n_total"]),
        chance=t.number(chance["n"]),
    )  # fmt: skip
    return according_to(table, t, said)


def _beside_chance(n: int, by_chance: int, total: int) -> str:
    """Return whether changes are ``more``, ``less`` or ``same``: the same within two deviations of chance."""
    deviation = math.sqrt(by_chance * max(1 - by_chance / total, 0))
    if abs(n - by_chance) <= 2 * deviation:
        return "same"
    return "more" if n > by_chance else "less"


def moved_and_where(table: ProtectedTable, matrix: ProtectedTable, t: Language) -> str:
    """Return what `moved` says, then the directions that the matrix shows; empty where `moved` says nothing."""
    said, rows = moved(table, t), rows_of(matrix)
    known = {way: n for way in ("more", "less") if (n := _in_direction(rows, way)) is not None}
    if not said or not known:
        return said
    return f"{said} {t.gettext('Davon werden {parts}.', parts=_ways(known, None, t))}"


def _in_direction(rows: Rows, way: str) -> int | None:
    return total_of(row for row in rows if direction(row) == way)


def migration(table: ProtectedTable, t: Language) -> str:
    """Return how many accounts changed their frequency in which direction, and how many would by chance."""
    rows = rows_of(table)
    # The total of a group stands in each of its rows; one that shows it is enough.
    totals = {row["segment_before"]: None for row in rows} | {
        row["segment_before"]: row["n_total"] for row in rows if row["n_total"] is not None
    }
    whole = None if None in totals.values() else sum(n for n in totals.values() if n is not None)
    known = {way: n for way in ("same", "more", "less") if (n := _in_direction(rows, way)) is not None}
    if not known or whole == 0:
        return t.gettext(TOO_SMALL)
    said = t.gettext(
        "Von {total} zu beiden Zeitpunkten ausgewerteten Konten werden {parts}",
        total=t.gettext("den") if whole is None else t.number(whole), parts=_ways(known, whole, t),
    )  # fmt: skip
    chance = _by_chance([row for row in rows if direction(row) == "same"], t)
    return according_to(table, t, f"{said}; {chance}." if chance else f"{said}.")


def _ways(known: dict[str, int], whole: int | None, t: Language) -> str:
    words = {"same": t.gettext("gleich häufig"), "more": t.gettext("häufiger"), "less": t.gettext("seltener")}
    shares = {way: f"{t.number(n)}\u00a0({t.percent(n / whole)})" if whole else t.number(n) for way, n in known.items()}
    (way, share), *others = shares.items()
    first = t.gettext("{n} {how} genutzt", n=share, how=words[way])
    return t.joined([first, *(f"{share} {words[way]}" for way, share in others)])


def _by_chance(stayed: Rows, t: Language) -> str:
    """Return how many changes unchanged habits would bring, empty unless all who would stay are known."""
    staying = [expected(row) for row in stayed]
    total = total_of(stayed, "n_total")
    if total is None or any(n is None for n in staying):
        return ""
    return t.ngettext(
        "allein durch Zufall wäre bei gleichen Gewohnheiten rund {n} Wechsel zu erwarten",
        "allein durch Zufall wären bei gleichen Gewohnheiten rund {n} Wechsel zu erwarten",
        round(total - sum(n for n in staying if n is not None)),
    )


def cohort(code: str, t: Language) -> str:
    """Return a quarter in words: ``3. Quartal 2025`` for ``2025-Q3``; any other text stands for itself."""
    found = re.fullmatch(r"(\d{4})-Q([1-4])", code)
    return t.gettext("{quarter}. Quartal {year}", quarter=found[2], year=found[1]) if found else code


def newcomers(time_to_regular: ProtectedTable, retention: ProtectedTable, t: Language) -> str:
    """Return when newcomers reach a first regular quarter, and how many of them still use the CRM later."""
    said = [
        according_to(table, t, sentence)
        for table, sentence in (
            (time_to_regular, _first_quarter(rows_of(time_to_regular), t)),
            (retention, _kept(rows_of(retention), t)),
        )
        if sentence
    ]
    return " ".join(said) or t.gettext(TOO_SMALL)


def _first_quarter(rows: Rows, t: Language) -> str:
    shown = [row for row in rows if row["n"] is not None and row["share"] is not None]
    if not shown:
        return ""
    last = shown[-1]
    early = next((row for row in shown if row["months"] == _HALF_YEAR and row is not last), None)
    first = early or last
    said = t.ngettext(
        "Einen Monat nach Beginn haben geschätzt {share} der neuen Konten ein erstes Quartal mit regelmäßiger Nutzung "
        "erreicht ({observed} noch beobachtet)",
        "{n} Monate nach Beginn haben geschätzt {share} der neuen Konten ein erstes Quartal mit regelmäßiger Nutzung "
        "erreicht ({observed} noch beobachtet)",
        first["months"], share=t.percent(first["share"]), observed=t.number(first["n"]),
    )  # fmt: skip
    if early is None:
        return f"{said}."
    later = t.gettext(
        "nach {months} Monaten {share} ({observed} noch beobachtet)",
        months=t.number(last["months"]), share=t.percent(last["share"]), observed=t.number(last["n"]),
    )  # fmt: skip
    return f"{said}, {later}."


def _kept(rows: Rows, t: Language) -> str:
    """Return use at the beginning and as late as can be, of the cohorts that are shown at both."""
    shown = {(row["cohort"], row["months"]): row for row in rows if row["n"] is not None and row["n_total"]}
    months = sorted({month for _, month in shown})
    for last, first in ((last, first) for last in reversed(months) for first in months if first < last):
        both = [code for code, month in shown if month == last and (code, first) in shown]
        if both:
            then, now = ([shown[code, month] for code in both] for month in (first, last))
            return t.ngettext(
                "In einem vergleichbaren Startquartal werden von den ausgewerteten Konten {early} {then} regelmäßig "
                "oder gelegentlich genutzt, {late} {now}.",
                "In {n} vergleichbaren Startquartalen werden von den ausgewerteten Konten {early} {then} regelmäßig "
                "oder gelegentlich genutzt, {late} {now}.",
                len(both), early=_after(first, t), late=_after(last, t), then=_sum(then, t), now=_sum(now, t),
            )  # fmt: skip
    return ""


def _after(months: int, t: Language) -> str:
    return t.gettext("nach {months} Monaten", months=t.number(months)) if months else t.gettext("zu Beginn")


def _sum(rows: Rows, t: Language) -> str:
    return out_of(sum(row["n"] for row in rows), sum(row["n_total"] for row in rows), t)


__all__ = ["ORDER", "cohort", "direction", "expected", "migration", "moved", "moved_and_where", "newcomers"]
