"""The pulse survey, once: its questions and answers in both languages, and how they are known again in an export."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from crmkit.readers import folded

Kind = Literal["unit", "scale", "how_often", "hurdles", "open"]

#: Key of the question that asks for the organisational unit; all others are numbers.
UNIT = "org_unit"
#: Topics in the order of the survey.
TOPICS = (
    "benefit", "ease", "data_quality", "support", "leadership", "culture", "joy", "customers", "voluntariness",
)  # fmt: skip
#: The item on managers: in a unit it describes one person, so it is shown for the client as a whole only.
MANAGERS = "7"
ELSEWHERE, HURDLES, OPEN = "12", "13", "15"
#: Hurdles that a respondent is asked to tick at most.
MOST_HURDLES = 3
#: What is ticked by whoever has no view, and what a question left blank is counted as.
CANNOT_JUDGE, NO_HURDLE = "cannot_judge", "none"


@dataclass(frozen=True)
class Item:
    """A question of the survey.

    Attributes
    ----------
    key
        Its number as text, `UNIT` for the organisational unit.
    kind
        How it is answered: ``scale`` (1–5), ``how_often``, ``hurdles`` (several), ``open`` (words), ``unit``.
    topic
        One of `TOPICS`, empty where it is of none.
    de, en
        Its wording.
    is_on
        False for a question that is asked only if the client wants it.
    """

    key: str
    kind: Kind
    topic: str
    de: str
    en: str
    is_on: bool = True

    def wording(self, language: str) -> str:
        """Return the question in a language."""
        return self.en if language == "en" else self.de


@dataclass(frozen=True)
class Answer:
    """An answer that can be ticked: its code, its words, and other words by which survey tools know it."""

    code: str
    de: str
    en: str
    others: tuple[str, ...] = ()

    def wording(self, language: str) -> str:
        """Return the answer in a language."""
        return self.en if language == "en" else self.de


ITEMS = (
    Item(
        UNIT, "unit", "", "In welcher Organisationseinheit arbeiten Sie?", "Which organisational unit do you work in?"
    ),
    Item(
        "1", "scale", "benefit", "Das CRM hilft mir, meine Aufgaben besser zu erledigen.",
        "The CRM helps me do my tasks better.",
    ),
    Item(
        "2", "scale", "benefit", "Ich finde im CRM Kundeninformationen, die mir sonst fehlen würden.",
        "I find customer information in the CRM that I would otherwise lack.",
    ),
    Item(
        "3", "scale", "ease", "Häufige Arbeitsschritte gehen im CRM leicht von der Hand.",
        "Frequent steps are easy in the CRM.",
    ),
    Item(
        "4", "scale", "ease", "Der Aufwand im CRM steht in einem guten Verhältnis zum Nutzen.",
        "The effort in the CRM is fair for what I get out of it.",
    ),
    Item(
        "5", "scale", "data_quality", "Auf die Daten im CRM kann ich mich verlassen.",
        "I can rely on the data in the CRM.",
    ),
    Item(
        "6", "scale", "support", "Bei Fragen zum CRM bekomme ich schnell Hilfe.",
        "I get help quickly with questions on the CRM.",
    ),
    Item(
        "7", "scale", "leadership", "Unsere Führungskräfte arbeiten selbst mit dem CRM.",
        "Our managers work with the CRM themselves.",
    ),
    Item("8", "scale", "leadership", "Ich kenne unsere Ziele für das CRM.", "I know our goals for the CRM."),
    Item(
        "9", "scale", "culture", "Wissen über Kunden zu teilen ist bei uns selbstverständlich.",
        "Sharing customer knowledge is normal here.",
    ),
    Item("10", "scale", "joy", "Ich arbeite gern mit dem CRM.", "I like working with the CRM."),
    Item(
        "11", "scale", "customers", "Unsere Kunden haben etwas davon, dass wir mit dem CRM arbeiten.",
        "Our customers benefit from our working with the CRM.",
    ),
    Item(
        ELSEWHERE, "how_often", "", "Wie oft führen Sie Kundendaten auch außerhalb des CRM?",
        "How often do you keep customer data outside the CRM as well?",
    ),
    Item(
        HURDLES, "hurdles", "", "Was erschwert Ihnen die Arbeit mit dem CRM am meisten?",
        "What makes working with the CRM hardest for you?",
    ),
    Item(
        "14", "scale", "voluntariness", "Auch bei freier Wahl würde ich weiter mit dem CRM arbeiten.",
        "Given a free choice, I would keep using the CRM.",
    ),
    Item(
        OPEN, "open", "", "Was würde Ihnen die Arbeit mit dem CRM erleichtern?",
        "What would make working with the CRM easier for you?", is_on=False,
    ),
)  # fmt: skip

_CANNOT_JUDGE = Answer(
    CANNOT_JUDGE, "kann ich nicht beurteilen", "cannot judge",
    ("cannot_judge", "I cannot judge", "can't judge", "keine Angabe", "weiß nicht", "don't know", "n/a", "k. A."),
)  # fmt: skip
#: Kind of question → the answers that can be ticked, in the order of the sheet.
ANSWERS: Mapping[Kind, tuple[Answer, ...]] = {
    "scale": (
        Answer("1", "stimme gar nicht zu", "strongly disagree", ("stimme überhaupt nicht zu", "trifft gar nicht zu")),
        Answer(
            "2", "stimme eher nicht zu", "disagree",
            ("stimme nicht zu", "somewhat disagree", "rather disagree", "trifft eher nicht zu"),
        ),
        Answer(
            "3", "teils, teils", "neither agree nor disagree",
            ("neutral", "weder noch", "partly", "neither", "unentschieden"),
        ),
        Answer("4", "stimme eher zu", "agree", ("stimme zu", "somewhat agree", "rather agree", "trifft eher zu")),
        Answer(
            "5", "stimme voll zu", "strongly agree",
            ("stimme voll und ganz zu", "stimme völlig zu", "stimme vollkommen zu", "trifft voll zu"),
        ),
        _CANNOT_JUDGE,
    ),
    "how_often": (
        Answer("never", "nie", "never"),
        Answer("rarely", "selten", "rarely"),
        Answer("monthly", "monatlich", "monthly"),
        Answer("weekly", "wöchentlich", "weekly"),
        Answer("daily", "täglich", "daily"),
        _CANNOT_JUDGE,
    ),
    "hurdles": (
        Answer("time", "Zeit im Tagesgeschäft", "time in day-to-day work", ("Zeit",)),
        Answer("handling", "Bedienung", "handling"),
        Answer("data_quality", "Qualität der Daten", "quality of the data", ("Datenqualität", "data quality")),
        Answer("missing_feature", "eine Funktion fehlt", "a missing feature", ("fehlende Funktion",)),
        Answer("mobile_offline", "unterwegs oder ohne Netz", "on the road or offline", ("mobile/offline", "mobil")),
        Answer("training", "Schulung und Übung", "training and practice", ("Schulung",)),
        Answer(
            "benefit_unclear", "Nutzen ist nicht klar", "the benefit is unclear", ("benefit unclear", "Nutzen unklar")
        ),
        Answer("double_entry", "Daten doppelt erfassen", "entering data twice", ("double entry", "Doppelerfassung")),
        Answer(NO_HURDLE, "nichts davon", "none of these", ("nichts", "keine")),
    ),
}  # fmt: skip

_NUMBER = re.compile(
    r"^\s*(?:(?:frage|question|item|punkt|nr|no|q|f)[. ]*)?(\d{1,2})(?!\d)\s*[.):–-]*\s*", re.IGNORECASE
)
_BY_KEY = {item.key: item for item in ITEMS}


def item(key: str) -> Item:
    """Return a question by its key."""
    return _BY_KEY[key]


def of_kind(*kinds: Kind) -> tuple[Item, ...]:
    """Return the questions that are answered in some ways, in the order of the survey."""
    return tuple(each for each in ITEMS if each.kind in kinds)


def item_of(heading: str) -> Item | None:
    """Return the question that a heading asks, None where it is none of the survey's.

    Parameters
    ----------
    heading
        Wording in either language, with or without a number before it and a hint behind it; or a number alone.

    Examples
    --------
    >>> item_of("7. I like working with the CRM.").key, item_of("Frage 3").key, item_of("Was fehlt?")
    ('10', '3', None)
    """
    found = _NUMBER.match(heading)
    rest = folded(heading[found.end() :] if found else heading)
    if found and not rest:
        return _BY_KEY.get(str(int(found.group(1))))
    known = next((one for words, one in _wordings() if rest == words or rest.startswith(f"{words} ")), None)
    return known or (_BY_KEY[UNIT] if rest in _UNIT_HEADINGS else None)


def answer_of(kind: Kind, text: str) -> str | None:
    """Return the code of an answer in either language, None where it is none.

    Examples
    --------
    >>> answer_of("scale", "Stimme eher zu"), answer_of("scale", "4.0"), answer_of("scale", "6")
    ('4', '4', None)
    """
    words = folded(re.sub(r"^\s*([1-5])[.,]0+\s*$", r"\1", text))
    labelled = re.fullmatch(r"([1-5]) (\D+)", words) if kind == "scale" else None
    return _codes(kind).get(labelled.group(2) if labelled else words)


def wording(key: str, language: str) -> str:
    """Return a question in a language; a key that the survey does not have stands for itself."""
    return _BY_KEY[key].wording(language) if key in _BY_KEY else key


def answer_wording(kind: Kind, code: str, language: str) -> str:
    """Return an answer in a language; a code that the survey does not have stands for itself."""
    return next((each.wording(language) for each in ANSWERS[kind] if each.code == code), code)


_UNIT_HEADINGS = frozenset({
    "org unit", "organisationseinheit", "abteilung", "einheit", "organisational unit", "organizational unit",
    "department", "unit", "team",
})  # fmt: skip


@cache
def _wordings() -> tuple[tuple[str, Item], ...]:
    return tuple((folded(words), each) for each in ITEMS for words in (each.de, each.en))


@cache
def _codes(kind: Kind) -> dict[str, str]:
    return {folded(words): each.code for each in ANSWERS[kind] for words in (each.code, each.de, each.en, *each.others)}
