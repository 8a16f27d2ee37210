"""The storyline of the report: every section is filled for some sample client, in both languages.

A section is filled by what the kit says, a figure, a table, a computed sentence; the consultant's commentary alone is
not enough. What has to be there stands below for each section of the notebook.
"""

import json
import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest

from crmkit.report.language import language as language_of
from tests.end_to_end.conftest import CLIENTS, ROOT

LANGUAGES = ("de", "en")
#: The sample client whose own language it is, with everything that a report can show.
NATIVE = {"de": "musterbau", "en": "harbourfinch"}


@dataclass(frozen=True)
class Figure:
    """A drawing with its finding, alternative text and caption, which says what is drawn."""

    name: str
    de: str
    en: str

    def is_in(self, section: str, language: str) -> bool:
        found = re.search(rf'<figure class="chart chart-{self.name}">.*?</figure>', section, re.S)
        inside = found[0] if found else ""
        caption = re.search(r"<figcaption><b>\w+ \d+</b> · (.*?)</figcaption>", inside, re.S)
        is_drawn = re.search(r'<svg[^>]*aria-label="[^"]{20,}"', inside) and re.search(r'class="finding">[^<]', inside)
        return bool(is_drawn and caption and getattr(self, language) in caption[1])


@dataclass(frozen=True)
class Rows:
    """A table with its caption and a row at least."""

    de: str
    en: str

    def is_in(self, section: str, language: str) -> bool:
        tables = re.findall(r"<table>\s*<caption>(.*?)</caption>(.*?)</table>", section, re.S)
        return any(
            re.search(getattr(self, language), caption) and re.search(r"<tbody>.*<td", rows, re.S)
            for caption, rows in tables
        )


@dataclass(frozen=True)
class Words:
    """A sentence, wherever it stands."""

    de: str
    en: str

    def is_in(self, section: str, language: str) -> bool:
        text = " ".join(re.sub(r"<[^>]*>", " ", re.sub(r"<svg.*?</svg>", " ", section, flags=re.S)).split())
        return bool(re.search(getattr(self, language), text))


BEFORE_AND_AFTER = Words(
    r"Nach „.+?“ \(\S+\) arbeiteten je Woche im Mittel \d+ von \d+ .* davor",
    r"After “.+?” \(.+?\), on average \d+ of \d+ .* before it",
)
#: Section → what has to be there, for one client at least.
NEEDED = {
    "glance": (
        Words(r"\d+ von \d+ ausgewerteten Konten \(\d+ %\)", r"\d+ of \d+ accounts assessed \(\d+%\)"),
        Words(r"Von \d+ Lizenzen[^:]*: \d+ regelmäßig ·", r"Of \d+ licences[^:]*: \d+ regularly ·"),
        Words(r"Ziele (auf Kurs|so nicht erreichbar|gefährdet)", r"Goals (on track|off track|at risk)"),
        Words(r"Heute zu entscheiden (?!Heute ist keine)", r"To decide today (?!No decision)"),
        Words(r"Vertragssumme .+?; nächster Kündigungstermin \d", r"contract sum .+?; next notice date \d"),
        Words(r"Nächste Retrospektive: \d+\. ", r"Next retrospective: \d+ "),
    ),
    "standing": (
        Figure("standing", "Konten nach Häufigkeit der Nutzung", "Accounts by frequency of use"),
        Figure("by-unit", "je Organisationseinheit", "by organisational unit"),
        Rows("Seltene Nutzung im Einzelnen", "Rare use in detail"),
    ),
    "areas": (
        Figure("area-usage", "im CRM-Bereich gearbeitet", "in the CRM area"),
        Figure("breadth", "Zahl der genutzten CRM-Bereiche", "Number of CRM areas used"),
    ),
    "licences": (
        Figure("waterfall", "Von gekauften Lizenzen", "From licences bought"),
        Figure("licence-use", "Gekaufte Lizenzen je Lizenzart", "Licences bought by licence type"),
        Rows("Lizenzkosten in drei Blickwinkeln", "Licence cost from three angles"),
    ),
    "parallel": (
        Figure("parallel-lists", "Geschätzte Stunden im Monat", "Estimated hours a month"),
        Rows("Was außerhalb des CRM geführt wird", "What is kept outside the CRM"),
        Words("Was dem CRM dafür fehlt", "What the CRM lacks for it"),
        Figure("survey-elsewhere", "außerhalb des CRM geführt", "kept outside the CRM"),
    ),
    "changes": (
        Figure("usage-series", "je Monat; jeder Punkt", "by month; each dot"),
        Rows("^Änderungen", "^Changes"),
        BEFORE_AND_AFTER,
        Figure("comparison", "bei der letzten Retrospektive und heute", "at the last retrospective and today"),
    ),
    "last_time": (
        Rows(r"Beschlüsse der 1\. Retrospektive", r"Decisions of retrospective no\. 1"),
        Words(r"\d Beschlüsse: \d erledigt und \d offen\.", r"\d decisions: \d done and \d open\."),
        Words(r"Stand .+ erledigt .+ offen", r"Status .+ done .+ open"),
    ),
    "goals": (
        Words(r"Was brauchen die Teams dafür\? \w", r"What do the teams need\? \w"),
        Words(r"Vorschlag: (passt|anpassen)", r"Suggestion: (fits|to adjust)"),
        Words(r"Ausgangsbasis \d", r"Baseline \d"),
    ),
    "progress": (
        Figure("goal-path", "Ziele im Verlauf", "Goals over time"),
        Rows("Ziele und ihr Stand", "Goals and their status"),
    ),
    "voices": (
        Figure("survey-items", "Antworten der anonymen Befragung", "Answers to the anonymous survey"),
        Figure("survey-hurdles", "Bis zu drei Nennungen", "Up to three were ticked"),
        Words(r"Aus \d+ Interviews; .+ in \d Interview", r"From \d+ interviews; .+ in \d interview"),
    ),
    "outcomes": (
        Figure("outcomes", "Eigene Kennzahlen des Auftraggebers", "The client's own figures over time"),
        Rows("Begleitende Kennzahlen", "Accompanying figures"),
        Words("Was sonst noch dafür spricht oder dagegen", "What else speaks for it, or against it"),
    ),
    "decisions": (
        Words(r"Heute zu entscheiden \w", r"To decide today \w"),
        Rows("^Maßnahmen$", "^Measures$"),
        Rows("Was die Führung zusagt", "What managers commit to"),
        Words(r"Nächste Retrospektive: \d+\. ", r"Next retrospective: \d+ "),
    ),
    "data_quality": (
        Words(r"Datenstufe [A-E] \(", r"Data tier [A-E] \("),
        Rows("Was die Quellen abdecken", "What the sources cover"),
        Rows("Was gelesen, ausgelassen und geändert wurde", "What was read, left out and changed"),
    ),
    "appendix": (
        Words(r"Methode und Parameter Stichtag \d", r"Method and parameters As of \d"),
        Figure("firmness", "Belastbarkeit der Zahlen", "How firm the figures are"),
        Words("Unterlage für die Abstimmung mit Betriebsrat und Datenschutz", "Paper for"),
        Words(r"Begriffe Ausgewertetes Konto", r"Terms Account assessed"),
    ),
}
#: What a client does not show in its own language. Harbour & Finch has not agreed on the use before and after changes.
LACKING = {"de": {}, "en": {"changes": [BEFORE_AND_AFTER]}}


def headings() -> dict[str, str]:
    """Return key → heading of the sections in the notebook."""
    cells = json.loads((ROOT / "notebooks" / "retrospective.ipynb").read_text(encoding="utf-8"))["cells"]
    found = {}
    for cell in cells:
        keys = [tag for tag in cell["metadata"].get("tags", []) if tag.startswith("section:")]
        if keys:
            found[keys[0].removeprefix("section:")] = "".join(cell["source"])
    return found


SECTIONS = headings()


@pytest.fixture(scope="session")
def sections(in_both_languages) -> dict[tuple[str, str], dict[str, str]]:
    """Return by client and language the sections of its page, without commentary and without their opening words."""
    return {key: sections_of(folder / "retrospective.html") for key, folder in in_both_languages.items()}


def sections_of(page: Path) -> dict[str, str]:
    html = unescape(page.read_text(encoding="utf-8")).replace("\u00a0", " ")
    html = re.sub(r'<aside class="commentary">.*?</aside>', "", html, flags=re.S)
    found = dict(re.findall(r'<section id="(\w+)">(.*?)</section>', html, re.S))
    opening = re.compile(r'\s*<div class="words">.*?</div>\s*', re.S)
    return {key: opening.sub("", section, count=1) for key, section in found.items()}


def lacking(key: str, section: str, language: str) -> list:
    """Return what a section needs and does not have."""
    return [part for part in NEEDED[key] if not part.is_in(section, language)]


def test_thirteen_sections_and_an_appendix():
    assert list(SECTIONS) == list(NEEDED)
    assert len(SECTIONS) == 14
    assert list(SECTIONS)[-1] == "appendix"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", NEEDED)
def test_every_section_is_filled(key, language, sections):
    missing = {client: lacking(key, sections[client, language].get(key, ""), language) for client in CLIENTS}
    assert [] in missing.values(), missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_client_of_that_language_fills_them(language, sections):
    client = NATIVE[language]
    found = {key: lacking(key, sections[client, language].get(key, ""), language) for key in NEEDED}
    assert {key: parts for key, parts in found.items() if parts} == LACKING[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("client", CLIENTS)
def test_sections_stand_in_order_under_their_heading(client, language, in_both_languages):
    html = (in_both_languages[client, language] / "retrospective.html").read_text(encoding="utf-8")
    found = re.findall(r'<section id="(\w+)">\s*<div class="words">\s*<h2>(.*?)</h2>', html)
    t = language_of(language)
    expected = {key: t.gettext(source.strip()).splitlines()[0].removeprefix("## ") for key, source in SECTIONS.items()}
    assert found == [(key, expected[key]) for key in SECTIONS if key in dict(found)]
    assert {"glance", "standing", "decisions", "data_quality", "appendix"} <= dict(found).keys()


def test_commentary_alone_fills_nothing(tmp_path):
    page = tmp_path / "page.html"
    aside = '<aside class="commentary"><p>Nächste Retrospektive: 10. Dezember 2026.</p></aside>'
    page.write_text(f'<section id="glance"><div class="words"><h2>x</h2></div>{aside}</section>', encoding="utf-8")
    assert sections_of(page) == {"glance": ""}
    assert lacking("glance", "", "de") == list(NEEDED["glance"])
