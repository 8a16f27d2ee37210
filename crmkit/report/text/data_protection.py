"""What was agreed on privacy, in words: for the watermark, the report's appendix and the sheet that comes before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmkit import deletion
from crmkit.method.withheld import NEEDS_AGREEMENT, n_people
from crmkit.report.chart import Block
from crmkit.report.language import N_, Language
from crmkit.report.language import language as language_of
from crmkit.report.markup import as_text, fill
from crmkit.report.table_block import Cell, Column
from crmkit.report.text.exports_read import exports_read
from crmkit.settings import SMALL_CLIENT_PEOPLE

if TYPE_CHECKING:
    from crmkit.client import Client
    from crmkit.settings import Settings

#: Key of `settings.APPROVALS` → what it is called.
APPROVAL_WORDS: Mapping[str, str] = {
    "legal_basis": N_("Rechtsgrundlage"),
    "purpose": N_("Zweck"),
    "agreement": N_("Vereinbarung"),
    "delete_by": N_("Löschdatum"),
    "delete_prepared_by": N_("Frist der pseudonymen Tabellen"),
}
#: Analyses that are off until an agreement is named: table → what it is called.
NEED_AGREEMENT: Mapping[str, str] = {
    "unit_series": N_("Verlauf der Nutzung je Organisationseinheit"),
    "goal_path": N_("Verlauf von Zielen einzelner Organisationseinheiten"),
    "movement": N_("Wechsel zwischen zwei Zeitpunkten"),
    "before_after": N_("Nutzung vor und nach Änderungen"),
    "time_to_regular": N_("Zeit neuer Konten bis zur regelmäßigen Nutzung"),
    "retention": N_("Verbleib neuer Konten"),
}


@dataclass(frozen=True)
class Analysis:
    """An analysis: what it is called, whether it is on, and why it is not."""

    name: str
    is_on: bool
    why: str = ""


def draft_label(settings: Settings, t: Language) -> str:
    """Return what the watermark of a draft says: what is missing to make it a report; empty if nothing is."""
    names = [t.gettext(APPROVAL_WORDS[key]) for key in settings.privacy.missing]
    return t.gettext("Entwurf – noch offen: {missing}", missing=", ".join(names)) if names else ""


def privacy(client: Client, *, language: str | None = None) -> Block:
    """Return the paper for works council and data protection: what was agreed, read, dropped, and who sees what.

    Parameters
    ----------
    client
        The client.
    language
        ``de`` or ``en``; None: the client's.
    """
    t, settings = language_of(language or client.language), client.settings
    pairs = agreed_pairs(settings, t, client.deletions, since=client.as_of)
    title = t.gettext("Unterlage für die Abstimmung mit Betriebsrat und Datenschutz")
    paragraphs = [dropped(settings, t), never(t), masking(settings, t)]
    parts = [
        fill("pairs", title=title, paragraphs=paragraphs, pairs=pairs, notes=[]),
        _table(t.gettext("Was gelesen wird"), read_headings(t), read_rows(settings, t)),
        _table(t.gettext("Wer was sieht"), [t.gettext("Wer"), t.gettext("sieht")], audiences(settings, t)),
        _table(t.gettext("Auswertungen"), [t.gettext("Auswertung"), t.gettext("Stand")], _switched(client, t)),
    ]
    html = "\n".join(parts)
    return Block(html, as_text(html))


def agreed_pairs(
    settings: Settings, t: Language, deletions: list[dict[str, Any]], *, since: dt.date
) -> list[tuple[str, str]]:
    """Return what was agreed, as pairs of term and words; what is missing is called open.

    Parameters
    ----------
    settings
        The client's settings.
    t
        The language.
    deletions
        The record of deletions.
    since
        Day of the retrospective.
    """
    agreed, nothing = settings.privacy, t.gettext("offen")
    until = dict(deletion.agreed(agreed))
    kept = t.gettext("ohne Frist – offen")
    pairs = [
        (t.gettext("Zweck"), agreed.purpose or nothing),
        (t.gettext("Rechtsgrundlage"), agreed.legal_basis or nothing),
        (t.gettext("Vereinbarung"), agreed.agreement or nothing),
        (t.gettext("Ansprechstelle"), agreed.contact_role),
        (t.gettext("Rohdaten"), _deletion("raw", until["raw"], deletions, since, t) or nothing),
        (t.gettext("Pseudonyme Tabellen"), _deletion("prepared", until["prepared"], deletions, since, t) or kept),
        (t.gettext("Kleinste gezeigte Gruppe"), t.gettext("{k} Personen", k=t.number(agreed.k))),
    ]
    return [(term, words) for term, words in pairs if words]


def _deletion(
    kind: deletion.Kind, until: dt.date | None, deletions: list[dict[str, Any]], since: dt.date, t: Language
) -> str:
    """Return when something was deleted, or else until when it is to be."""
    done = deletion.deleted_on(deletions, kind, since=since)
    if done and any(entry["kind"] == kind and entry.get("came_again") for entry in deletions):
        return t.gettext("gelöscht am {date}; seither neu geliefert", date=t.date(done))
    if done:
        return t.gettext("gelöscht am {date}", date=t.date(done))
    return t.gettext("werden bis {date} gelöscht", date=t.date(until)) if until else ""


def dropped(settings: Settings, t: Language) -> str:
    """Return what is removed before anything is worked out."""
    if settings.privacy.pseudonyms == "ready":
        return t.gettext(
            "Der Auftraggeber liefert Pseudonyme statt Namen; Dateien mit Namen werden abgewiesen. Ausgewertet werden "
            "Personentage; Uhrzeiten, IP-Adressen und Inhalte werden vor der Auswertung entfernt."
        )
    return t.gettext(
        "Ausgewertet werden pseudonyme Personentage: Namen, E-Mail-Adressen, IP-Adressen, Uhrzeiten und Inhalte "
        "werden vor der Auswertung entfernt. Namen dienen nur dazu, die Exporte einander zuzuordnen; von ihnen bleiben "
        "mit dem Schlüssel gebildete Prüfsummen, an denen erkannt wird, ob ein Name in einen Bericht geraten ist. Der "
        "Schlüssel liegt sonst neben den Tabellen im Ordner der Retrospektive; er kann auch anderswo liegen, etwa beim "
        "Datenschutz des Auftraggebers."
    )


def never(t: Language) -> str:
    """Return what is never read or shown."""
    return t.gettext(
        "Nie gelesen: Gründe von Abwesenheit, Inhalte von Kundendaten, Nachrichten und Notizen. Nie gezeigt: einzelne "
        "Personen und Uhrzeiten; keine Ranglisten."
    )


def masking(settings: Settings, t: Language) -> str:
    """Return what the smallest group and the dot mean."""
    return t.gettext(
        "Keine Zahl beschreibt weniger als {k} Personen. „·“ heißt: nicht gezeigt, da die Gruppe kleiner ist oder "
        "sich eine kleinere daraus errechnen ließe; das kann auch eine große Gruppe treffen.",
        k=t.number(settings.privacy.k),
    )


def read_headings(t: Language) -> list[str]:
    """Return the headings over `read_rows`."""
    return [t.gettext("Export"), t.gettext("Umfang"), t.gettext("Spalten")]


def read_rows(settings: Settings, t: Language) -> list[tuple[str, ...]]:
    """Return the exports with their extent and the columns that are read of them."""
    return [(read.name, read.files, read.columns) for read in exports_read(settings, t)]


def audiences(settings: Settings, t: Language) -> list[tuple[str, ...]]:
    """Return who sees what."""
    consultant = settings.brand.consultant
    advice = t.gettext("Beratung ({name})", name=consultant) if consultant else t.gettext("Beratung")
    k = t.number(settings.privacy.k)
    return [
        (
            t.gettext("IT des Auftraggebers"),
            t.gettext("die Exporte, die sie liefert; sie kann auch selbst pseudonymisieren und nur das übergeben"),
        ),
        (advice, t.gettext("die Exporte bis zur Löschung, die pseudonymen Tabellen, den Bericht")),
        (
            t.gettext("Leitung, Führungskräfte, Teilnehmende"),
            t.gettext("nur den Bericht: Gruppen ab {k} Personen, keine Namen, keine Pseudonyme", k=k),
        ),
        (t.gettext("Betriebsrat, Datenschutz"), t.gettext("diese Unterlage, den Bericht, das Löschprotokoll")),
    ]


def analyses(settings: Settings, t: Language, *, n_people: int | None = None) -> list[Analysis]:
    """Return the analyses of a report, and which of them are on; `n_people` of the client, if they are known yet."""
    agreed, small = settings.privacy, t.number(SMALL_CLIENT_PEOPLE)
    no_units = t.gettext("weniger als {n} Personen", n=small) if _is_small(n_people) else ""
    no_units = t.gettext("vereinbart sind nur Gesamtzahlen") if agreed.totals_only else no_units
    no_agreement = "" if agreed.agreement else t.gettext("erst wenn eine Vereinbarung genannt ist")
    named = [
        (t.gettext("Häufigkeit der Nutzung, CRM-Bereiche, Lizenzen und Ziele im Ganzen"), ""),
        (t.gettext("dasselbe je Organisationseinheit, ab {n} Personen", n=small), no_units),
        (t.gettext("Verlauf je Organisationseinheit, auch ihrer Ziele, nur vierteljährlich"), no_units or no_agreement),
        (t.gettext("Wechsel aller Konten zwischen zwei Zeitpunkten, nur als Summen"), no_agreement),
        (t.gettext("Einstieg und weitere Nutzung neuer Konten, nur als Gruppe"), no_agreement),
        (t.gettext("anonyme Befragung, ab {k} Antworten", k=t.number(max(settings.survey.k, agreed.k))), ""),
    ]
    return [Analysis(name, not why, why) for name, why in named]


def _is_small(n_people: int | None) -> bool:
    return n_people is not None and n_people < SMALL_CLIENT_PEOPLE


def switched_off(notes: Mapping[str, tuple[str, ...]], t: Language) -> str:
    """Return the line that says which analyses are off and why; empty if none is.

    Parameters
    ----------
    notes
        Table → its notes.
    t
        The language.
    """
    names = [t.gettext(name) for table, name in NEED_AGREEMENT.items() if NEEDS_AGREEMENT in notes.get(table, ())]
    if not names:
        return ""
    return t.gettext("Nicht ausgewertet, solange keine Vereinbarung genannt ist: {names}.", names=t.joined(names))


def _switched(client: Client, t: Language) -> list[tuple[str, ...]]:
    found = analyses(client.settings, t, n_people=n_people(client) or None)
    said = {True: t.gettext("eingeschaltet"), False: t.gettext("ausgeschaltet")}
    return [(one.name, ": ".join(filter(None, [said[one.is_on], one.why]))) for one in found]


def _table(title: str, headings: list[str], rows: list[tuple[str, ...]]) -> str:
    columns = [Column(heading, numeric=False) for heading in headings]
    body = [[Cell(text) for text in row] for row in rows]
    return fill("table", title=title, columns=columns, rows=body, notes=[])
