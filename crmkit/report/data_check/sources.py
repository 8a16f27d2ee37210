"""The sources: rows, days, weeks covered, data tier, and a light with its reasons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crmkit.report.cells import records_of
from crmkit.report.chart import Block
from crmkit.report.data_check.examined import WEEKS, Examined, keeps_days, require_examined
from crmkit.report.data_check.making import MARKS, internal, source_name, table
from crmkit.report.language import Language
from crmkit.report.table_block import NOTHING, Cell
from crmkit.report.text.words import word


def sources(examined: Examined) -> Block:
    """Return a row a source: what was read of it, what it covers, and how far it can be relied on.

    Parameters
    ----------
    examined
        From `examine`.
    """
    known = require_examined(examined, name="sources")
    t, rows = known.t, records_of(known.overview)
    headings = {
        t.gettext("Quelle"): False,
        t.gettext("Urteil"): False,
        t.gettext("Datenstufe"): False,
        t.gettext("Zeilen"): True,
        t.gettext("Personentage"): True,
    }
    body = [_cells(row, t) for row in rows]
    return internal(table(t.gettext("Was die Quellen tragen"), headings, body, stacked=True), finding=_finding(rows, t))


def _finding(rows: list[dict[str, Any]], t: Language) -> str:
    n_fine = sum(row["light"] == "green" for row in rows)
    if not rows:
        return t.gettext("Keine Quelle wurde gelesen.")
    if n_fine == len(rows) == 1:
        return t.gettext("Die eine Quelle ist in Ordnung.")
    if not n_fine:
        return t.ngettext(
            "Die eine Quelle trägt nur mit Vorbehalt.", "Keine der {n} Quellen ist in Ordnung.", len(rows)
        )
    return t.gettext("{n} von {total} Quellen sind in Ordnung.", n=t.number(n_fine), total=t.number(len(rows)))


def _cells(row: dict[str, Any], t: Language) -> list[Cell]:
    said = "; ".join(reason(row, code, t) for code in row["reasons"])
    return [
        Cell(source_name(row["source"], t), note=_days(row, t)),
        Cell(word(t, "light", row["light"]), status=MARKS[row["light"]], note=said),
        Cell(NOTHING if "not_counted" in row["reasons"] else row["tier"] or NOTHING),
        Cell(t.number(row["n_rows"]), "num"),
        Cell(t.number(row["n_person_days"]) if row["n_person_days"] else NOTHING, "num"),
    ]


def _days(row: dict[str, Any], t: Language) -> str:
    if row["first_date"] is None:
        return ""
    last = t.date(row["last_date"], short=True)
    if row["tier"] == "C":
        return t.gettext("Stand {days}", days=last)
    return f"{t.date(row['first_date'], short=True)} – {last}"


def reason(row: dict[str, Any], code: str, t: Language) -> str:
    """Return a reason of a light in words, a part of a sentence."""
    return WORDS_OF_REASONS[code](row, t)


def weeks(row: dict[str, Any], t: Language) -> str:
    """Return how many weeks of the window a source covers: ``10 von 12``."""
    return t.gettext("{n} von {total}", n=t.number(round(row["covered_share"] * WEEKS)), total=t.number(WEEKS))


def _expires(row: dict[str, Any], t: Language) -> str:
    return t.gettext(
        "das System hebt es nur {n} Tage auf: bis {day} erneut sichern",
        n=t.number(keeps_days(row["source"]) or 0),
        day=t.date(row["expires_date"], short=True),
    )


#: Reason of a light → its words.
WORDS_OF_REASONS: dict[str, Callable[[dict[str, Any], Language], str]] = {
    "covers_window": lambda row, t: t.gettext("deckt alle {n} Wochen des Zeitraums ab", n=t.number(WEEKS)),
    "covers_part": lambda row, t: t.gettext("deckt {weeks} Wochen des Zeitraums ab", weeks=weeks(row, t)),
    "covers_nothing": lambda row, t: t.gettext("deckt keine Woche des Zeitraums ab"),
    "gaps": lambda row, t: t.ngettext(
        "im Zeitraum fehlt {n} Arbeitstag", "im Zeitraum fehlen {n} Arbeitstage", row["n_gap_days"]
    ),
    "gaps_outside": lambda row, t: t.gettext("Lücken nur außerhalb des Zeitraums"),
    "perhaps_cut_off": lambda row, t: t.gettext("vielleicht abgeschnitten: die Zahl der Zeilen ist eine Obergrenze"),
    "logins_missing": lambda row, t: t.gettext("letzte Anmeldungen aus der Benutzerliste fehlen darin"),
    "many_unknown": lambda row, t: t.gettext("viele Zeilen ohne bekannten Benutzer, Zeitpunkt oder Art"),
    "expires_soon": _expires,
    "not_counted": lambda row, t: t.gettext("zählt nicht als Beleg für Nutzung"),
    "current_list": lambda row, t: t.gettext("Stand ist aktuell"),
    "old_list": lambda row, t: t.gettext("Stand ist älter als vier Wochen"),
    "no_last_logins": lambda row, t: t.gettext("ohne letzte Anmeldungen"),
    "delivered": lambda row, t: t.gettext("wird gezeigt wie geliefert"),
}
