"""Section 13: what is missing and which export would bring it, what the sources cover, what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from crmkit.method import tiers
from crmkit.report.cells import MASKED, plain, records_of, require_protected
from crmkit.report.chart import Block
from crmkit.report.language import N_, Language
from crmkit.report.language import language as language_of
from crmkit.report.markup import as_text, fill
from crmkit.report.table_block import NOTHING, Cell, Column
from crmkit.report.text.data_protection import switched_off
from crmkit.report.text.evidence import limit, tier_label
from crmkit.report.text.words import WORDS, word
from crmkit.settings import SURVEY_K

if TYPE_CHECKING:
    from crmkit.client import Client
    from crmkit.privacy.protected import ProtectedTable

Shown = Mapping[str, "ProtectedTable"]

#: Sources whose rows are no people.
_THINGS = ("licences", "changes", "measures", "parallel_lists", "outcomes", "org_map")

#: Table → what a report without it does not show, and what would bring it.
MISSING: dict[str, tuple[str, str]] = {
    "by_unit": (
        N_("Nutzung je Organisationseinheit"),
        N_("Organisationseinheiten in der Benutzerliste und mindestens 60 Konten"),
    ),
    "area_usage": (N_("Genutzte CRM-Bereiche"), N_("ein Protokoll, das Objekte oder Seiten nennt")),
    "licence_use": (
        N_("Lizenzen und Vertrag"),
        N_("eine Liste der Lizenzen mit Anzahl, Preis und Kündigungstermin"),
    ),
    "licence_cost": (N_("Lizenzkosten"), N_("die Preise der Lizenzen")),
    "parallel_lists": (N_("Parallelstrukturen"), N_("eine Bestandsaufnahme im Workshop")),
    "usage_series": (N_("Verlauf der Nutzung"), N_("Protokolle mehrerer Monate")),
    "change_log": (N_("Änderungen"), N_("eine Liste der Änderungen mit Datum")),
    "goals": (N_("Stand der Ziele"), N_("vereinbarte Ziele mit Messwerten")),
    "survey_items": (N_("Stimmen aus dem Team"), N_("eine anonyme Befragung")),
    "survey_bounds": (
        N_("Beteiligung an der Befragung"),
        N_("wie viele eingeladen waren; bis dahin ist die Befragung ein Stimmungsbild"),
    ),
    "survey_hurdles": (N_("Was die Arbeit mit dem CRM erschwert"), N_("die Frage nach den Hürden in der Befragung")),
    "interview_quotes": (N_("Themen aus Interviews"), N_("kurze Interviews, sinngemäß notiert und freigegeben")),
    "outcomes": (N_("Begleitende Kennzahlen"), N_("Zahlen zu Arbeitsfreude, Kunden oder Umsatz")),
}


def data_quality(client: Client, shown: Shown, *, language: str | None = None) -> Block:
    """Return what is missing and which export would bring it, the tier, the sources and the ledger.

    Parameters
    ----------
    client
        The client.
    shown
        Name → protected table; any may be missing or empty.
    language
        ``de`` or ``en``; None: the client's.

    Raises
    ------
    PrivacyError
        If a table is not protected.
    """
    t = language_of(language or client.language)
    there = {name: require_protected(table, name="text.data_quality") for name, table in shown.items()}
    off = switched_off({name: table.notes for name, table in _told(client, there).items()}, t)
    parts = [
        fill("paragraphs", paragraphs=[line for line in (" ".join(_tier_lines(client, t)), off) if line]),
        _missing_table(client, there, t),
        _sources_table(client, t),
        _ledger_table(client, t),
    ]
    html = "\n".join(part for part in parts if part)
    return Block(html, as_text(html))


def _told(client: Client, shown: Shown) -> Shown:
    """Return the tables whose notes mean something: without a log there is nothing that an agreement would bring."""
    if tiers.of_client(client) not in ("A", "B"):
        return {}
    no_units = "by_unit" not in shown or shown["by_unit"].frame.empty
    return {name: table for name, table in shown.items() if not (name == "unit_series" and no_units)}


def _tier_lines(client: Client, t: Language) -> list[str]:
    tier = tiers.of_client(client)
    definition = tiers.definition_of(client) if tier in ("A", "B") else None
    said = [f"{tier_label(tier, definition, t)}.", limit(tier, definition, t)]
    lift = tiers.lift(tier)
    if lift:
        said.append(t.gettext("Die nächste Datenstufe bringt: {export}.", export=word(t, "export", lift)))
    return said


def missing(client: Client, shown: Shown, t: Language) -> list[tuple[str, str]]:
    """Return what the report does not show, and what would bring it."""
    tier = tiers.of_client(client)
    rows = []
    if tier not in ("A", "B"):
        rows.append((t.gettext("Häufigkeit der Nutzung"), word(t, "export", tiers.lift(tier))))
    absent = [name for name in MISSING if name not in shown or shown[name].frame.empty]
    if tier not in ("A", "B"):
        absent = [name for name in absent if name not in ("by_unit", "licence_cost")]
    if client.settings.privacy.totals_only:
        absent = [name for name in absent if name != "by_unit"]
    if "survey_items" in absent:
        absent = [name for name in absent if name not in ("survey_bounds", "survey_hurdles")]
    if "licence_use" in absent:
        absent = [name for name in absent if name != "licence_cost"]
    rows += [(t.gettext(MISSING[name][0]), t.gettext(MISSING[name][1])) for name in absent]
    return rows


def _missing_table(client: Client, shown: Shown, t: Language) -> str:
    body = [[Cell(what), Cell(brings)] for what, brings in missing(client, shown, t)]
    columns = [Column(t.gettext("Fehlt in diesem Bericht"), False), Column(t.gettext("Das brächte es"), False)]
    return fill("table", title=t.gettext("Was fehlt"), columns=columns, rows=body, notes=[]) if body else ""


def _sources_table(client: Client, t: Language) -> str:
    covered = client.coverage[client.coverage["complete"]]
    body = []
    for source, days in covered.groupby("source", sort=True):
        first, last = (plain(day) for day in (days["date"].min(), days["date"].max()))
        n_days = Cell(t.number(days["date"].nunique()), "num")
        body.append([
            Cell(_source_name(str(source))), Cell(t.date(first, short=True)), Cell(t.date(last, short=True)), n_days,
            Cell(str(days["tier"].min())),
        ])  # fmt: skip
    headings = [t.gettext("Quelle"), t.gettext("erster Tag"), t.gettext("letzter Tag"), t.gettext("Tage")]
    columns = [Column(heading, heading == headings[-1]) for heading in headings]
    columns.append(Column(t.gettext("Datenstufe"), False))
    return (
        fill("table", title=t.gettext("Was die Quellen abdecken"), columns=columns, rows=body, notes=[]) if body else ""
    )


def _ledger_table(client: Client, t: Language) -> str:
    rows = records_of(client.ledger)
    hidden = any(_is_masked(row, client.k) for row in rows)
    body = [_ledger_cells(row, client.k, t) for row in rows]
    headings = [t.gettext("Quelle"), t.gettext("Schritt"), t.gettext("Grund"), t.gettext("Zeilen"), t.gettext("Anteil")]
    columns = [Column(heading, number >= 3) for number, heading in enumerate(headings)]  # noqa: PLR2004
    notes = [t.gettext("„·“ ist nicht gezeigt: weniger als {k} Zeilen", k=t.number(client.k))] if hidden else []
    title = t.gettext("Was gelesen, ausgelassen und geändert wurde")
    return fill("table", title=title, columns=columns, rows=body, notes=notes) if body else ""


def _ledger_cells(row: dict[str, Any], k: int, t: Language) -> list[Cell]:
    masked = _is_masked(row, k)
    share = NOTHING if row["share"] is None or row["step"] == "read" else t.percent(row["share"], 1)
    step = row["step"] if row["step"] in WORDS["ledger_step"] else "filter"
    reason = word(t, "reason", row["reason"]) if row["reason"] in WORDS["reason"] else t.gettext("anderer Grund")
    return [
        Cell(word(t, "source", _source_name(row["source"]))),
        Cell(word(t, "ledger_step", step)),
        Cell(reason),
        Cell(MASKED if masked else t.number(row["n_rows"]), "num"),
        Cell(MASKED if masked else share, "num"),
    ]


def _is_masked(row: dict[str, Any], k: int) -> bool:
    """Return whether so few rows may be so few people; lists of things have none."""
    least = max(k, SURVEY_K) if row["source"] == "survey" else k
    return row["source"] not in _THINGS and 0 < row["n_rows"] < least


def _source_name(source: str) -> str:
    """Return a source without the folders that it lies in."""
    return source.replace("\\", "/").rsplit("/", 1)[-1]
