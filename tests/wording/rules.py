"""How a report speaks: what no text says that a client may read, each rule with an example that breaks it.

Held against them: catalogue, notebooks, templates, texts shipped as data, sheets, documents, and the rendered pages. A
rule that finds too much is made exact here, with the reason beside it; the texts are never excepted one by one.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """What must not be said, an example of it, and what is said instead."""

    pattern: str
    breaks: str
    instead: str

    def broken_by(self, text: str) -> list[str]:
        """Return what breaks the rule in a text."""
        return [found[0] for found in re.finditer(self.pattern, text, re.IGNORECASE)]


RULES = (
    # nobody is blamed
    Rule(r"Verweiger|refus", "Verweigerer im Vertrieb", "Hürden, ohne Personen"),
    Rule(r"Nicht-?nutzer|non-?users?\b", "12 Nichtnutzer", "derzeit ohne Nutzung"),
    Rule(r"\bfaul|\blazy\b", "faule Konten", "nichts davon"),
    Rule(r"verschwende|\bwast(?:e|ed|ing)\b", "verschwendete Lizenzen", "Lizenzkosten ohne erkennbare Nutzung"),
    Rule(r"inaktiv|\binactive", "inaktive Konten", "derzeit ohne Nutzung"),
    # a report shows what followed, never what caused it
    Rule(r"führt(?:e|en)? zu\b|\bleads? to\b|\bled to\b", "Das Training führte zu mehr Nutzung", "nach"),
    Rule(r"bewirk|verursach|\bcaus(?:e|es|ed|ing)\b", "Das bewirkt mehr Nutzung", "nach"),
    Rule(r"\bweil\b|\bbecause\b|\baufgrund\b|\bthanks to\b|\bdank (?:der|des|dem)\b",
         "gestiegen, weil geschult wurde", "nach"),
    Rule(r"unverzichtbar|indispensable", "Das CRM ist unverzichtbar", "nur als Zitat"),
    # one word for one thing
    Rule(r"Reichweite", "Reichweite 63 %", "Nutzungsquote"),
    Rule(r"nicht bewertbar|not ratable", "10 nicht bewertbar", "noch nicht auswertbar"),
    Rule(r"\bSitze\b|\bseats?\b", "220 Sitze", "Lizenzen"),
    Rule(r"Gleitpfad|glide ?path", "Gleitpfad", "Zielpfad"),
    # the question that heads a section, "In welchen Bereichen wird damit gearbeitet?", leaves open which of the two
    Rule(r"(?<!CRM-)(?<!In welchen )\bBereich(?:e|en|s)?\b", "Nutzung je Bereich",
         "Organisationseinheit oder CRM-Bereich"),
    # nobody and no unit is ranked; a promise that there is no ranking is none
    Rule(r"\bPlatz \d|Spitzenreiter|Schlusslicht|(?<!keine )(?<!ohne )(?<!nie als )Rang(?:liste|folge)",
         "Platz 1: Nord", "Reihenfolge der Organisation"),
    Rule(r"(?<!\bno )(?<!without )(?<!never as a )\brank(?:ed|ings?)\b", "units ranked by use", "organisational order"),
    Rule(r"\b(?:beste|schlechteste|stärkste|schwächste)[rsn]? (?:\w+ )?(?:Organisationseinheit|Einheit|Team|Abteilung)",
         "die beste Einheit", "Reihenfolge der Organisation"),
    Rule(r"\b(?:best|worst|weakest|strongest|top) (?:\w+ )?(?:units?|teams?|users?|performers?)\b",
         "our top users", "no comparison"),
    Rule(r"\bTop-?(?:Nutzer|User)", "Top-Nutzer", "kein Vergleich"),
    # a share changes by percentage points
    Rule(r"(?:Nutzungsquote|Anteil|Quote)\b[^.:„“]{0,40}\bum \d+(?:,\d+)?\s*%(?! relativ)",
         "Die Nutzungsquote stieg um 5 %", "Prozentpunkte"),
    Rule(r"(?:usage rate|share)\b[^.:“”]{0,40}\b(?:rose|fell|risen|fallen|up|down)\b[^.:]{0,15}\bby \d+(?:\.\d+)?\s*%",
         "The usage rate rose by 5%", "percentage points"),
    # nobody's consent is foretold
    Rule(r"Betriebsrat[^.]{0,40}\b(?:wird (?:unterschreiben|zustimmen)|stimmt zu|hat zugestimmt|"
         r"hat freigegeben|genehmigt)",
         "Der Betriebsrat wird zustimmen", "Unterlage für die Abstimmung mit Betriebsrat und Datenschutz"),
    Rule(r"works council[^.]{0,40}\b(?:will (?:sign|agree|approve)|agrees|approves|has (?:agreed|approved|signed))",
         "The works council has approved it", "paper for the works council"),
)  # fmt: skip


def broken(text: str) -> list[str]:
    """Return what a text says that it must not, each with what is said instead."""
    return [f"{found} → {rule.instead}" for rule in RULES for found in rule.broken_by(text)]


#: Words that give a language away; none of them is a word of the other, and none a name in a system.
GERMAN = re.compile(
    r"\b(?:der|die|das|den|dem|des|und|oder|nicht|noch|ist|sind|wird|werden|wurden?|eine[rmns]?|keine[rmns]?|von|vom|mit|"
    r"für|aus|nach|bei|über|im|zum|zur|je|auf|durch|ohne|Konten|Nutzung|Lizenzen|Ziele?|Datenstufe|Wochen|Anmeldung|"
    r"regelmäßig|gelegentlich|selten|Organisationseinheit(?:en)?)\b|\b\w*[äöüß]\w*",
    re.IGNORECASE,
)
ENGLISH = re.compile(
    r"\b(?:the|and|of|with|without|is|are|were|has|have|been|which|that|this|these|from|to|by|at|on|its|who|what|how|"
    r"users|licences?|goals?|weeks|regularly|occasionally|rarely|usage|accounts?|data tier|not yet)\b",
    re.IGNORECASE,
)
#: By the language that is spoken, words of the other.
FOREIGN = {"de": ENGLISH, "en": GERMAN}


def around(pattern: re.Pattern[str], text: str) -> list[str]:
    """Return what is found in a text with the words beside it, to be read where a test fails."""
    return [text[max(found.start() - 40, 0) : found.end() + 40] for found in pattern.finditer(text)]
