"""The sentence that a table proves: with numerator and denominator, nothing ranked but CRM areas and questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report.cells import rows_of, total_of, used_of
from crmkit.report.language import N_, Language
from crmkit.report.text import depth
from crmkit.report.text.evidence import TOO_SMALL, according_to, out_of
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from crmkit.privacy.protected import ProtectedTable

#: Half of the people of a unit: where use in a unit counts as usual.
HALF = 0.5
NOBODY_YET = N_("Noch ist kein Konto auswertbar.")

Rows = list[dict[str, Any]]


def standing(table: ProtectedTable, t: Language) -> str:
    """Return where the client stands, by whatever the tier allows."""
    if table.tier in ("A", "B") and len(table.frame):
        return according_to(table, t, _segments(rows_of(table), t))
    if table.tier == "C" and len(table.frame):
        return _last_logins(rows_of(table), t)
    if table.tier == "E" and len(table.frame):
        return aggregates(table, t)
    return t.gettext("Zur Nutzung liegen keine Daten vor.")


def _segments(rows: Rows, t: Language) -> str:
    shown = {row["segment"]: row["n"] for row in rows if row["n"] is not None}
    used = {code: shown[code] for code in ("regular", "occasional", "rare") if code in shown}
    total = next((row["n_total"] for row in rows if row["n_total"] is not None), None)
    if total == 0:
        return t.gettext(NOBODY_YET)
    if not used or total is None:
        return t.gettext(TOO_SMALL)
    said = _frequencies(used, total, t)
    n = shown.get("no_write_trace", 0)
    if not n:
        return f"{said}."
    return t.gettext(
        "{parts}; {n} ({share}) sind ohne Schreibspur.", parts=said, n=t.number(n), share=t.percent(n / total)
    )


def nobody_assessed(table: ProtectedTable) -> bool:
    """Return whether the log says that nobody can be assessed yet, which is not the same as too few."""
    return table.tier in ("A", "B") and any(row["n_total"] == 0 for row in rows_of(table))


def _frequencies(used: dict[str, int], total: int, t: Language) -> str:
    """Return how many accounts are used how often; the first names the whole."""
    (code, n), *others = used.items()
    first = t.gettext(
        "{n} von {total} ausgewerteten Konten ({share}) werden {how} genutzt",
        n=t.number(n), total=t.number(total), share=t.percent(n / total), how=word(t, "segment", code),
    )  # fmt: skip
    more = [f"{t.number(n)}\u00a0({t.percent(n / total)}) {word(t, 'segment', code)}" for code, n in others]
    return t.joined([first, *more])


def _last_logins(rows: Rows, t: Language) -> str:
    recent, never = (next((row for row in rows if row["band"] == band), None) for band in ("within_4_weeks", "never"))
    if recent is None or recent["n"] is None or not recent["n_total"]:
        return t.gettext(TOO_SMALL)
    said = t.gettext(
        "Bei {n} von {total} Konten ({share}) liegt die letzte Anmeldung höchstens 4 Wochen zurück.",
        n=t.number(recent["n"]), total=t.number(recent["n_total"]), share=t.percent(recent["n"] / recent["n_total"]),
    )  # fmt: skip
    if never is None or never["n"] is None:
        return said
    never_said = t.ngettext("{n} Konto war noch nie angemeldet.", "{n} Konten waren noch nie angemeldet.", never["n"])
    return f"{said} {never_said}"


def usage_rate(table: ProtectedTable, t: Language) -> str:
    """Return usage rate and regular share in one line, empty where they cannot be shown."""
    if table.tier not in ("A", "B") or table.frame.empty:
        return ""
    rows = {row["segment"]: row for row in rows_of(table)}
    used = total_of([rows[code] for code in ("regular", "occasional")])
    total = rows["regular"]["n_total"]
    if used is None or not total:
        return ""
    return t.gettext(
        "Nutzungsquote {rate}, davon regelmäßig {regular}.",
        rate=out_of(used, total, t), regular=out_of(rows["regular"]["n"], total, t),
    )  # fmt: skip


def by_unit(table: ProtectedTable, t: Language) -> str:
    """Return in how many units at least half work with the CRM; units are never ranked."""
    units: dict[str, Rows] = {}
    for row in rows_of(table):
        units.setdefault(row["org_unit"], []).append(row)
    known = {unit: used_of(rows) for unit, rows in units.items() if rows[0]["n_total"]}
    shown = {unit: n for unit, n in known.items() if n is not None}
    if not shown:
        return t.gettext(TOO_SMALL)
    half = sum(n >= HALF * units[unit][0]["n_total"] for unit, n in shown.items())
    said = t.gettext(
        "In {n} von {total} dargestellten Organisationseinheiten wird mindestens die Hälfte der Konten "
        "regelmäßig oder gelegentlich genutzt.", n=t.number(half), total=t.number(len(shown)),
    )  # fmt: skip
    said = according_to(table, t, said)
    return _with_hidden(said, len(units) - len(shown), t)


def logins_by_unit(table: ProtectedTable, t: Language) -> str:
    """Return in how many units at least half of the accounts were logged in within four weeks; never ranked."""
    recent = [row for row in rows_of(table) if row["band"] == "within_4_weeks"]
    shown = [row for row in recent if row["n"] is not None and row["n_total"]]
    if not shown:
        return t.gettext(TOO_SMALL)
    n = sum(row["n"] >= HALF * row["n_total"] for row in shown)
    said = t.gettext(
        "In {n} von {total} dargestellten Organisationseinheiten liegt bei mindestens der Hälfte der Konten die letzte "
        "Anmeldung höchstens 4 Wochen zurück.", n=t.number(n), total=t.number(len(shown)),
    )  # fmt: skip
    return _with_hidden(said, len(recent) - len(shown), t)


def _with_hidden(said: str, n_hidden: int, t: Language) -> str:
    """Return a sentence with how many more units cannot be shown."""
    if not n_hidden:
        return said
    hidden = t.ngettext("{n} weitere ist nicht darstellbar.", "{n} weitere sind nicht darstellbar.", n_hidden)
    return f"{said} {hidden}"


def area_usage(table: ProtectedTable, t: Language) -> str:
    """Return which CRM area is used by most and which by fewest."""
    shown = [row for row in rows_of(table) if row["n"] is not None and row["n_total"]]
    functions = [row for row in shown if row["area"] in ("sales", "marketing", "service")]
    ranked = sorted(functions or shown, key=lambda row: -row["n"])
    if not ranked:
        return t.gettext(TOO_SMALL)
    most, least = ranked[0], ranked[-1]
    said = t.gettext(
        "Im CRM-Bereich {area} wird mit {n} von {total} ausgewerteten Konten ({share}) gearbeitet",
        area=word(t, "area", most["area"]), n=t.number(most["n"]), total=t.number(most["n_total"]),
        share=t.percent(most["n"] / most["n_total"]),
    )  # fmt: skip
    deep = depth.of_area(most, t)
    end = f"; {deep}." if deep else "."
    if least is most:
        return according_to(table, t, f"{said}{end}")
    other = t.gettext(
        "im CRM-Bereich {area} mit {n} ({share})",
        area=word(t, "area", least["area"]), n=t.number(least["n"]), share=t.percent(least["n"] / least["n_total"]),
    )  # fmt: skip
    return according_to(table, t, f"{said}, {other}{end}")


def breadth(table: ProtectedTable, t: Language) -> str:
    """Return in how many areas those work who use the CRM occasionally, else those who do regularly."""
    rows = rows_of(table)
    for segment in ("occasional", "regular", "rare"):
        narrow = [row for row in rows if row["segment"] == segment and row["n_areas"] in ("0", "1")]
        n = total_of(narrow)
        if narrow and n is not None and narrow[0]["n_total"]:
            said = t.gettext(
                "{n} der {total} {how} genutzten Konten ({share}) werden in höchstens einem CRM-Bereich genutzt.",
                n=t.number(n), total=t.number(narrow[0]["n_total"]), how=word(t, "segment", segment),
                share=t.percent(n / narrow[0]["n_total"]),
            )  # fmt: skip
            return according_to(table, t, said)
    return t.gettext(TOO_SMALL)


def unit_area(table: ProtectedTable, t: Language) -> str:
    """Return in how many units at least one area is used by half of the people."""
    units: dict[str, Rows] = {}
    for row in rows_of(table):
        if row["n"] is not None and row["n_total"]:
            units.setdefault(row["org_unit"], []).append(row)
    if not units:
        return t.gettext(TOO_SMALL)
    usual = [[row for row in rows if row["n"] >= HALF * row["n_total"]] for rows in units.values()]
    n = sum(bool(rows) for rows in usual)
    said = t.gettext(
        "In {n} von {total} dargestellten Organisationseinheiten gibt es mindestens einen CRM-Bereich, "
        "in dem mit der Hälfte der Konten oder mehr gearbeitet wird", n=t.number(n), total=t.number(len(units)),
    )  # fmt: skip
    deep = depth.of_units([rows for rows in usual if rows], t)
    return according_to(table, t, f"{said}; {deep}." if deep else f"{said}.")


def waterfall(table: ProtectedTable, t: Language) -> str:
    """Return how many licences are bought, assigned and assessed."""
    n = {row["step"]: row["n"] for row in rows_of(table)}
    bought, assigned, assessed = (n.get(step) for step in ("purchased", "assigned", "assessed"))
    numbers = {
        name: t.number(value)
        for name, value in {"bought": bought, "assigned": assigned, "assessed": assessed}.items()
        if value is not None
    }
    if len(numbers) == 3:  # noqa: PLR2004
        return t.gettext(
            "Von {bought} gekauften Lizenzen sind {assigned} vergeben; {assessed} Konten sind ausgewertet.", **numbers
        )
    if assigned is not None and assessed is not None:
        return t.gettext("{assigned} Lizenzen sind vergeben; {assessed} Konten sind ausgewertet.", **numbers)
    return t.gettext(TOO_SMALL)


def usage_series(table: ProtectedTable, t: Language) -> str:
    """Return first and last usage rate; one reading is a baseline."""
    shown = [row for row in rows_of(table) if row["metric"] == "active" and row["n"] is not None and row["n_total"]]
    shown.sort(key=lambda row: row["month"])
    if not shown:
        return t.gettext(TOO_SMALL)
    first, last = shown[0], shown[-1]
    now = {"now": t.month(last["month"]), "rate": t.percent(last["n"] / last["n_total"])}
    now |= {"n": t.number(last["n"]), "total": t.number(last["n_total"])}
    if first is last:
        said = t.gettext("Ausgangsmessung {now}: Nutzungsquote {rate} ({n} von {total}).", **now)
        return according_to(table, t, said)
    said = t.gettext(
        "Nutzungsquote im {then} {rate_then} ({n_then} von {total_then}), im {now} {rate} ({n} von {total}).",
        then=t.month(first["month"]), rate_then=t.percent(first["n"] / first["n_total"]),
        n_then=t.number(first["n"]), total_then=t.number(first["n_total"]), **now,
    )  # fmt: skip
    return according_to(table, t, said)


def change_log(table: ProtectedTable, t: Language) -> str:
    """Return how many changes of which kind there were, and since when."""
    rows = rows_of(table)
    kinds = [row["kind"] for row in rows]
    counts = [
        f"{t.number(kinds.count(kind))} {word(t, 'change', kind)}"
        for kind in ("technical", "organisational", "cultural")
        if kind in kinds
    ]
    n = t.ngettext("{n} Änderung", "{n} Änderungen", len(rows))
    since = t.month(min(row["date"] for row in rows))
    return t.gettext("{changes} seit {month}: {counts}.", changes=n, month=since, counts=t.joined(counts))


def aggregates(table: ProtectedTable, t: Language) -> str:
    """Return what was delivered (tier E); nothing is added up that is masked."""
    rows = rows_of(table)
    units = {row["org_unit"]: row["n_total"] for row in rows}
    n_people = None if any(n is None for n in units.values()) else sum(units.values())
    counts = {"units": t.number(len(units)), "bands": t.number(len({row["band"] for row in rows}))}
    if not n_people:
        return t.gettext(
            "Der Auftraggeber hat {units} Organisationseinheiten ausgezählt, in {bands} Gruppen.", **counts
        )
    if table.n_suppressed:
        return t.gettext(
            "Der Auftraggeber hat {people} Personen in {units} Organisationseinheiten ausgezählt, in {bands} Gruppen.",
            **counts, people=t.number(n_people),
        )  # fmt: skip
    parts = [f"{t.number(n)}\u00a0({t.percent(n / n_people)}) {band}" for band, n in _band_totals(rows).items()]
    return t.gettext(
        "Vom Auftraggeber gezählt, von {people} Personen: {parts}.", people=t.number(n_people), parts=t.joined(parts)
    )


def _band_totals(rows: Rows) -> dict[str, int]:
    totals: dict[str, int] = {}
    for row in rows:
        totals[row["band"]] = totals.get(row["band"], 0) + row["n"]
    return totals
