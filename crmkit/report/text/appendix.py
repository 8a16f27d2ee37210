"""The appendix: method and parameters, glossary."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from crmkit.method import tiers
from crmkit.method.units.sizes import RATE_PEOPLE, SEGMENTS_PEOPLE
from crmkit.method.window import days_of
from crmkit.method.withheld import n_people, without_units
from crmkit.report.chart import Block
from crmkit.report.language import N_, Language
from crmkit.report.language import language as language_of
from crmkit.report.markup import as_text, fill
from crmkit.report.text.evidence import limit, tier_label
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from crmkit.client import Client
    from crmkit.method.definition import Definition

#: 8/12 has no exact float, and of 12 weeks it must be 8.
_SLACK = 1e-9

#: Term → meaning, in the order of the appendix.
GLOSSARY: tuple[tuple[str, str], ...] = (
    (
        N_("Ausgewertetes Konto"),
        N_("Konto mit Lizenz und genügend auswertbaren Wochen. Mehrere Konten einer Person zählen einmal."),
    ),
    (
        N_("Auswertbare Woche"),
        N_("Kalenderwoche mit Lizenz, genügend Arbeitstagen und vollständigem Protokoll."),
    ),
    (
        N_("Regelmäßig, gelegentlich, selten"),
        N_("Häufigkeit der Nutzung: Anteil der Wochen mit Nutzung an den auswertbaren Wochen."),
    ),
    (
        N_("Noch nicht auswertbar"),
        N_("Zu wenige auswertbare Wochen, oder die erste Lizenz ist noch keine 90 Tage alt. Steht immer für sich."),
    ),
    (
        N_("Ohne Schreibspur"),
        N_("Im Zeitraum angemeldet, aber ohne Änderung an Daten. Ob gelesen wurde, zeigt die Quelle nicht."),
    ),
    (
        N_("Nutzungsquote"),
        N_("Anteil der regelmäßig oder gelegentlich genutzten an den ausgewerteten Konten."),
    ),
    (
        N_("CRM-Bereich"),
        N_("Aufgabe, für die das CRM genutzt wird: Vertrieb, Marketing, Service oder übergreifend."),
    ),
    (
        N_("Organisationseinheit"),
        N_("Team oder Abteilung. Einheiten stehen in der Reihenfolge der Organisation, nie als Rangliste."),
    ),
    (
        N_("Datenstufe"),
        N_("Was die gelieferten Daten zu sagen erlauben, von A (Ansichten und Änderungen) bis E (eigene Auswertung)."),
    ),
    (
        N_("Lizenzkosten ohne erkennbare Nutzung"),
        N_("Vertragspreis der Lizenzen, deren Konten bisher oder derzeit ohne Nutzung sind."),
    ),
    (
        N_("Zum Vertragstermin anpassbar"),
        N_("Vertragspreis der Lizenzen, die beim nächsten Kündigungstermin nicht gebraucht würden."),
    ),
    (
        N_("Belastbarkeit"),
        N_("Spanne, in der eine Zahl läge, wenn Grenzen, Zeitraum, Zufall oder fehlende Konten anders wären."),
    ),
    (
        N_("Bei gleichen Gewohnheiten zu erwarten"),
        N_("Was sich zwischen zwei Zeitpunkten allein dadurch ändert, dass Urlaub und ruhige Wochen anders fallen."),
    ),
    (
        N_("In heutiger Struktur"),
        N_("Frühere Zeiträume sind in den Organisationseinheiten von heute gezählt."),
    ),
    (
        N_("Ausgangsbasis"),
        N_(
            "Wovon ein Ziel ausgeht: der mittlere der letzten drei Messwerte vor dem Start. Einmal festgeschrieben, "
            "ändert sie sich nicht mehr."
        ),
    ),
    (
        N_("Vorläufig"),
        N_("Die Ausgangsbasis beruht auf einem einzigen Messwert, da es mehr noch nicht gab."),
    ),
    (
        N_("Zielpfad"),
        N_(
            "Linie von der Ausgangsbasis zum Ziel, gerade oder als S-Kurve (langsam, schnell, langsam); an ihr wird "
            "der Messwert abgelesen."
        ),
    ),
    (
        N_("Soll-Tempo, Ist-Tempo"),
        N_("Änderung je Monat: die bis zur Frist nötige, und die seit dem Start beobachtete."),
    ),
    (
        N_("Spanne"),
        N_(
            "Fläche vom letzten Messwert bis zur Frist: Bei 10 ähnlichen Verläufen lägen etwa 8 darin. Sie setzt fort, "
            "was war, und kennt keine Maßnahmen, die noch kommen."
        ),
    ),
    (
        N_("Aussicht"),
        N_("Wie viele von 10 ähnlichen Verläufen das Ziel bis zur Frist erreichen; eine Schätzung, keine Zusage."),
    ),
    (
        N_("Stammgruppe"),
        N_("Wer zum Start eines Ziels ausgewertet war und es heute noch ist; so zählt kein Kommen und Gehen mit."),
    ),
)
#: Terms that a report of totals only does not need.
_OF_UNITS = ("Organisationseinheit", "In heutiger Struktur")


def method(client: Client, definition: Definition | None = None, *, language: str | None = None) -> Block:
    """Return the rule behind the numbers: in words, with its parameters and its hash.

    Parameters
    ----------
    client
        The client.
    definition
        The rule; None: the client's own on the best evidence it has.
    language
        ``de`` or ``en``; None: the client's.
    """
    t, tier = language_of(language or client.language), tiers.of_client(client)
    pairs = [(t.gettext("Stichtag"), t.date(client.as_of)), (t.gettext("Grundlage"), _basis(client, t))]
    if tier in ("A", "B") or definition is not None:
        pairs += _rule(definition or tiers.definition_of(client), client, t)
    pairs.append((t.gettext("Kleinste gezeigte Gruppe"), t.gettext("{k} Personen", k=t.number(client.k))))
    title = t.gettext("Methode und Parameter")
    html = fill("pairs", title=title, paragraphs=[], pairs=pairs, notes=[_census(t)])
    return Block(html, as_text(html))


def _basis(client: Client, t: Language) -> str:
    tier = tiers.of_client(client)
    definition = tiers.definition_of(client) if tier in ("A", "B") else None
    return f"{tier_label(tier, definition, t)}. {limit(tier, definition, t)}"


def _census(t: Language) -> str:
    return t.gettext("Gezählt sind alle Konten, keine Stichprobe; Stichprobenfehler gibt es deshalb nicht.")


def _rule(rule: Definition, client: Client, t: Language) -> list[tuple[str, str]]:
    """Return what counts, and from which window."""
    weeks = t.number(rule.window_weeks)
    window = t.span(days_of(client.as_of, weeks=rule.window_weeks))
    actions = t.joined([word(t, "action", code) for code in rule.actions])
    channels = t.joined([word(t, "channel", code) for code in rule.channels])
    known = t.gettext("bekannt") if client.settings.active.absences_known else t.gettext("nicht bekannt")
    return [
        (t.gettext("Zeitraum"), t.gettext("{weeks} volle Kalenderwochen, {window}", window=window, weeks=weeks)),
        (t.gettext("Als Nutzung zählt"), t.gettext("{actions}; über: {channels}", actions=actions, channels=channels)),
        *_thresholds(rule, client, t),
        (t.gettext("Abwesenheiten"), known),
        (t.gettext("Kennung der Definition"), rule.hash),
    ]


def _thresholds(rule: Definition, client: Client, t: Language) -> list[tuple[str, str]]:
    """Return who is in which segment, which weeks count, and which units are shown."""
    weeks = t.number(rule.window_weeks)
    regular, occasional = (
        t.number(_weeks_of(share, rule.window_weeks)) for share in (rule.regular_share, rule.occasional_share)
    )
    said = {
        "regular": t.gettext("Nutzung in mindestens {n} von {weeks} Wochen", n=regular, weeks=weeks),
        "occasional": t.gettext("Nutzung in mindestens {n} von {weeks} Wochen", n=occasional, weeks=weeks),
        "rare": t.gettext("Nutzung in weniger Wochen; bei fehlenden Wochen gilt der Anteil"),
        "not_assessable": t.gettext(
            "weniger als {least} auswertbare Wochen, oder erste Lizenz vor weniger als {days} Tagen",
            least=t.number(rule.min_eligible_weeks), days=t.number(rule.onboarding_days),
        ),
    }  # fmt: skip
    if rule.min_active_days > 1:
        n_days = t.number(rule.min_active_days)
        said[t.gettext("Woche mit Nutzung")] = t.gettext("Nutzung an mindestens {days} Tagen", days=n_days)
    for role, rhythm in rule.rhythms:
        said[t.gettext("Rhythmus „{role}“", role=role)] = word(t, "rhythm", rhythm)
    return [*((word(t, "segment", code), words) for code, words in said.items()), *_counted(rule, client, t)]


def _counted(rule: Definition, client: Client, t: Language) -> list[tuple[str, str]]:
    """Return which weeks count, and which units are shown."""
    days, many, few = (t.number(n) for n in (rule.min_available_days, SEGMENTS_PEOPLE, RATE_PEOPLE))
    week = t.gettext("mindestens {days} Arbeitstage, Lizenz, Protokoll vollständig", days=days)
    units = t.gettext(
        "Häufigkeiten ab {many}, nur die Nutzungsquote ab {few} Konten; kleinere Einheiten nicht", many=many, few=few
    )
    if without_units(client, n_people(client)):
        units = t.gettext("keine, nur Gesamtzahlen")
    return [(t.gettext("Auswertbare Woche"), week), (t.gettext("Organisationseinheiten"), units)]


def _weeks_of(share: float, weeks: int) -> int:
    """Return the smallest number of weeks that makes a share of the window."""
    return math.ceil(share * weeks - _SLACK)


def glossary(client: Client | None = None, *, language: str | None = None) -> Block:
    """Return the terms of the report with their meaning.

    Parameters
    ----------
    client
        Whose language is taken if none is given.
    language
        ``de`` or ``en``; None: the client's, without a client German.
    """
    t = language_of(language or (client.language if client else "de"))
    left_out = _OF_UNITS if client and without_units(client, n_people(client)) else ()
    pairs = [(t.gettext(term), t.gettext(meaning)) for term, meaning in GLOSSARY if term not in left_out]
    html = fill("pairs", title=t.gettext("Begriffe"), paragraphs=[], pairs=pairs, notes=[])
    return Block(html, as_text(html))
