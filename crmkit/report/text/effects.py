"""What followed each change, in words: twelve weeks before and after, and what the interrupted time series says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report import tables
from crmkit.report.cells import require_protected, rows_of
from crmkit.report.chart import Block
from crmkit.report.language import N_, Language
from crmkit.report.language import language as language_of
from crmkit.report.table_block import Cell, Column, block_of
from crmkit.report.table_notes import notes_of
from crmkit.report.text.evidence import according_to, out_of
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from crmkit.privacy.protected import ProtectedTable

Rows = list[dict[str, Any]]

#: Whether the share of a unit is higher, lower or the same → what is said of it.
_OF_UNIT = {
    1: N_(
        "In den 12 Wochen danach lag der Anteil der Personen dieser Organisationseinheit, die in einer Woche im CRM "
        "arbeiteten, im Mittel um {points} höher als in den 12 Wochen davor."
    ),
    -1: N_(
        "In den 12 Wochen danach lag der Anteil der Personen dieser Organisationseinheit, die in einer Woche im CRM "
        "arbeiteten, im Mittel um {points} niedriger als in den 12 Wochen davor."
    ),
    0: N_(
        "In den 12 Wochen danach lag der Anteil der Personen dieser Organisationseinheit, die in einer Woche im CRM "
        "arbeiteten, im Mittel ebenso hoch wie in den 12 Wochen davor."
    ),
}
#: What stands for a number of a unit that must not be shown.
HIDDEN = N_("Dazu wird nichts gezeigt: Die Gruppe ist zu klein, oder anderes wäre daraus zu errechnen.")
_INNER = str.maketrans("„“”", "‚‘’")
_SEASONS = {
    "before": N_("In den Wochen davor liegen Ferien oder Feiertage."),
    "after": N_("In den Wochen danach liegen Ferien oder Feiertage."),
    "both": N_("In beiden Zeiträumen liegen Ferien oder Feiertage."),
}


def before_after(before_after: ProtectedTable, change_log: ProtectedTable, *, language: str = "de") -> Block:
    """Return for each change a sentence: who worked in the twelve weeks before it, and who in the twelve after.

    Parameters
    ----------
    before_after
        Table `before_after`.
    change_log
        Table `change_log`, shown instead where nothing may be followed over time.
    language
        ``de`` or ``en``.

    Returns
    -------
    Block
        A row a change, oldest first, with what else changed in that time; an absent block without changes.

    Raises
    ------
    PrivacyError
        If a table is not protected.
    """
    t, table = language_of(language), require_protected(before_after, name="text.before_after")
    log = require_protected(change_log, name="text.before_after")
    if table.frame.empty:
        return tables.html(log, language=language)
    changes = grouped(table)
    columns = [t.gettext(said) for said in (N_("Was sich geändert hat"), N_("Davor und danach"), N_("Zugleich"))]
    body = [
        [_what(rows[0], t), Cell(said(rows, t), "prose"), Cell(together(rows[0]), _together_css(rows[0]))]
        for rows in changes
    ]
    title = t.gettext("Änderungen, und wie viele davor und danach im CRM arbeiteten")
    notes = [*notes_of(table.name, table, t), t.gettext(REMARK)]
    return block_of(
        title, [Column(heading, numeric=False) for heading in columns], body, notes, (table, log),
        finding=finding(changes, table, t), stacked=True,
    )  # fmt: skip


#: What must not be read into a table of what came after what.
REMARK = N_(
    "Danach heißt nicht dadurch: Was zur selben Zeit sonst geschah, steht unter „Zugleich“; Ferien und Feiertage "
    "senken den Anteil jedes Jahr. Gezählt ist, wer in einer Woche im CRM gearbeitet hat, im Mittel der Wochen."
)


def grouped(table: ProtectedTable) -> list[Rows]:
    """Return the rows of each change, oldest first."""
    groups: dict[tuple[Any, ...], Rows] = {}
    for row in rows_of(table):
        groups.setdefault((row["date"], row["kind"], row["title"], row["org_unit"]), []).append(row)
    return list(groups.values())


def inner(title: str) -> str:
    """Return a title as it stands in quotation marks: its own ones are single."""
    return title.translate(_INNER)


def together(row: dict[str, Any]) -> str:
    """Return the titles of other changes at the same time."""
    return row["together"] or ""


def about(row: dict[str, Any], t: Language) -> str:
    """Return date, kind and unit of a change."""
    unit = (row["org_unit"] or "").replace("/", " › ")
    return " · ".join(part for part in (t.date(row["date"], short=True), word(t, "change", row["kind"]), unit) if part)


def _together_css(row: dict[str, Any]) -> str:
    # without a word for nothing the cell is left out where the page is narrow
    return "prose" if together(row) else "nothing"


def _what(row: dict[str, Any], t: Language) -> Cell:
    return Cell(row["title"], note=about(row, t))


def said(rows: Rows, t: Language) -> str:
    """Return the sentences of a change: before and after, a year earlier, holidays; or why that cannot be told."""
    moments = {row["moment"]: row for row in rows}
    after = moments.get("after")
    if after is None:
        return t.gettext("Lässt sich nicht sagen: {why}", why=word(t, "effect_reason", rows[0]["reason"]))
    numbers = {moment: _numbers(row, t) for moment, row in moments.items()}
    parts = [
        t.gettext(
            "In den 12 Wochen davor arbeiteten je Woche im Mittel {before} im CRM, in den 12 Wochen danach {after}.",
            before=numbers["before"], after=numbers["after"],
        ) if numbers.get("before") and numbers["after"] else _unit(after, t)
    ]  # fmt: skip
    if numbers.get("year_before") and numbers.get("year_after"):
        year = N_("Ein Jahr früher waren es zur selben Zeit {before} und {after}.")
        parts.append(t.gettext(year, before=numbers["year_before"], after=numbers["year_after"]))
    elif (change := moments.get("year_after", {}).get("change_share")) is not None:
        year = N_("Ein Jahr früher lag zwischen denselben Wochen ein Unterschied von {points} Prozentpunkten.")
        parts.append(t.gettext(year, points=t.signed(round(100 * change))))
    if after["season"]:
        parts.append(t.gettext(_SEASONS[after["season"]]))
    return " ".join(parts)


def _numbers(row: dict[str, Any], t: Language) -> str:
    return "" if row["n"] is None or not row["n_total"] else out_of(row["n"], row["n_total"], t)


def _unit(after: dict[str, Any], t: Language) -> str:
    """Return what is said of a unit, whose people are not counted in words."""
    change = after["change_share"]
    if change is None:
        return t.gettext(HIDDEN)
    points = round(100 * change)
    return t.gettext(_OF_UNIT[(points > 0) - (points < 0)], points=in_points(abs(points), t))


def in_points(points: int, t: Language) -> str:
    """Return a number of percentage points."""
    return t.ngettext("{n} Prozentpunkt", "{n} Prozentpunkte", points)


def signed_points(share: float, t: Language) -> str:
    """Return a change of a share in percentage points, with its sign."""
    return t.gettext("{value} Prozentpunkte", value=t.signed(round(100 * share)))


def finding(changes: list[Rows], table: ProtectedTable, t: Language) -> str:
    """Return before and after of the last change of the whole client that has both; empty without one."""
    for rows in reversed(changes):
        moments = {row["moment"]: _numbers(row, t) for row in rows}
        if moments.get("before") and moments.get("after"):
            others = t.gettext("Zugleich änderte sich anderes.") if together(rows[0]) else ""
            return f"{according_to(table, t, _after(rows[0], moments, t))} {others}".rstrip()
    return ""


def _after(row: dict[str, Any], numbers: dict[str, str], t: Language) -> str:
    return t.gettext(
        "Nach „{title}“ ({date}) arbeiteten je Woche im Mittel {after} im CRM, in den 12 Wochen davor {before}.",
        title=inner(row["title"]), date=t.date(row["date"], short=True), before=numbers["before"],
        after=numbers["after"],
    )  # fmt: skip


#: What an interrupted time series is, and what it is not.
METHOD = N_(
    "Eine unterbrochene Zeitreihe fragt, ob sich der Anteil der Personen mit Arbeit im CRM in der Woche der Änderung "
    "stärker verschoben hat, als Trend, kurze Wochen, Ferien und Zufall erwarten lassen. Zum Vergleich rechnet sie "
    "dasselbe für viele andere Tage; festgestellt ist nur, was fast alle davon übertrifft (95 %). Danach heißt auch "
    "dann nicht dadurch, und allmähliche oder kleine Verschiebungen bleiben unbemerkt."
)


def estimates(table: ProtectedTable, t: Language) -> str:
    """Return of how many changes something can be told, and what."""
    rows = rows_of(table)
    results = [row["result"] for row in rows]
    n_told = sum(result not in (None, "cannot_tell") for result in results)
    if not n_told:
        return t.gettext(
            "Von keiner der Änderungen lässt sich sagen, ob sich die Nutzung mit ihr über das Übliche hinaus "
            "verschoben hat."
        )
    found = [row for row in rows if row["result"] in ("found_up", "found_down")]
    first = t.ngettext(
        "Von einer Änderung lässt sich sagen, ob sich die Nutzung mit ihr über das Übliche hinaus verschoben hat:",
        "Von {n} der {total} Änderungen lässt sich sagen, ob sich die Nutzung mit ihnen über das Übliche hinaus "
        "verschoben hat:", n_told, total=t.number(len(rows)),
    )  # fmt: skip
    parts = [_found(row, t) for row in found]
    if len(found) < n_told:
        parts.append(_not_found(n_told - len(found), t, alone=not found))
    return according_to(table, t, f"{first} {'; '.join(parts)}.")


def _found(row: dict[str, Any], t: Language) -> str:
    return t.gettext(
        "nach „{title}“ ({date}) um {points} ({low} bis {high})", title=inner(row["title"]),
        date=t.date(row["date"], short=True), points=signed_points(row["level_share"], t),
        low=t.signed(round(100 * row["low_share"])), high=t.signed(round(100 * row["high_share"])),
    )  # fmt: skip


def _not_found(n: int, t: Language, *, alone: bool) -> str:
    if alone and n == 1:
        return t.gettext("es ist nichts festzustellen")
    if alone:
        return t.gettext("bei keiner ist etwas festzustellen")
    return t.ngettext("bei einer ist nichts festzustellen", "bei {n} ist nichts festzustellen", n)
