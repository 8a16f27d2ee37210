"""The survey on paper: one sheet of A4 to be filled in by pen, and the words of the template to type it into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmkit import questionnaire
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.markup import fill
from crmkit.report.page import TEMPLATE, TEMPLATES
from crmkit.report.text import data_protection

if TYPE_CHECKING:
    from crmkit.questionnaire import Item, Kind
    from crmkit.settings import Settings

#: Signs of the scale above the circles: words stand at its ends only.
_ENDS = ("1", "5", questionnaire.CANNOT_JUDGE)
#: How many times the smallest group a unit must have answered to be shown.
_UNIT_TIMES = 2


@dataclass(frozen=True)
class Question:
    """A question with its number on the sheet, the answers to tick, and a hint."""

    number: str
    wording: str
    answers: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True)
class SurveySheet:
    """What stands on the sheet, in words."""

    language: str
    title: str
    style: Any
    consultant: str
    draft: str
    kicker: str
    name: str
    lead: str
    points: list[tuple[str, str]]
    unit: Question
    scale: tuple[str, ...]
    instruction: str
    scaled: list[Question]
    ticked: list[Question]
    last: list[Question]
    open: list[Question]
    thanks: str


def survey_sheet(settings: Settings, *, with_open: bool = False, language: str | None = None) -> str:
    """Return the survey as a page of HTML to print: nothing is loaded, nothing runs.

    Parameters
    ----------
    settings
        The client's settings: name, when the survey runs, the units that are invited, the smallest group shown.
    with_open
        True: with the question that is answered in words; what is written there is never read by the kit.
    language
        ``de`` or ``en``; None: the client's.

    Raises
    ------
    SettingsError
        If the language is not known.
    """
    t = language_of(language or settings.language)
    return fill("survey_sheet", page=sheet_of(settings, t, with_open=with_open))


def sheet_of(settings: Settings, t: Language, *, with_open: bool = False) -> SurveySheet:
    """Return the words of the sheet."""
    kicker = t.gettext("Kurzbefragung zum CRM")
    scaled = [_asked(item, t) for item in questionnaire.of_kind("scale")]
    return SurveySheet(
        language=t.code,
        title=f"{kicker} – {settings.name}",
        style=_style(settings),
        consultant=settings.brand.consultant,
        draft=data_protection.draft_label(settings, t),
        kicker=kicker,
        name=settings.name,
        lead=t.gettext("Wie arbeitet es sich mit dem CRM, und was würde helfen? Fünf Minuten genügen."),
        points=_points(settings, t),
        unit=_unit(settings, t),
        scale=scale_words(t),
        instruction=t.gettext("Wie sehr stimmen Sie zu? Bitte je Zeile ein Kreuz."),
        scaled=scaled[:-1],
        ticked=[
            _choice(questionnaire.ELSEWHERE, "how_often", t.gettext("Ein Kreuz."), t),
            _choice(questionnaire.HURDLES, "hurdles", t.gettext("Höchstens drei Kreuze."), t),
        ],
        last=scaled[-1:],
        open=[_asked(questionnaire.item(questionnaire.OPEN), t, t.gettext("Bitte keine Namen."))] if with_open else [],
        thanks=_thanks(settings, t),
    )


def scale_words(t: Language) -> tuple[str, ...]:
    """Return the words above the circles."""
    return tuple(answer.wording(t.code) if answer.code in _ENDS else "" for answer in questionnaire.ANSWERS["scale"])


def unit_names(settings: Settings) -> list[str]:
    """Return the organisational units that can be ticked: those of which client.yml says how many are invited."""
    return [unit for unit in settings.survey.invited if unit]


def _asked(item: Item, t: Language, hint: str = "") -> Question:
    return Question(item.key, item.wording(t.code), hint=hint)


def _choice(key: str, kind: Kind, hint: str, t: Language) -> Question:
    item = questionnaire.item(key)
    answers = tuple(answer.wording(t.code) for answer in questionnaire.ANSWERS[kind])
    return Question(key, item.wording(t.code), answers, hint)


def _unit(settings: Settings, t: Language) -> Question:
    hint = t.gettext(
        "Freiwillig; für sich gezeigt wird eine Einheit erst ab {n} Antworten.", n=t.number(_UNIT_TIMES * _k(settings))
    )
    wording = questionnaire.wording(questionnaire.UNIT, t.code)
    return Question("", wording, tuple(name.replace("/", " › ") for name in unit_names(settings)), hint)


def _k(settings: Settings) -> int:
    return max(settings.privacy.k, settings.survey.k)


def _points(settings: Settings, t: Language) -> list[tuple[str, str]]:
    k = t.number(_k(settings))
    return [
        (t.gettext("Freiwillig"), t.gettext("Sie können jede Frage auslassen; niemand erfährt, wer geantwortet hat.")),
        (
            t.gettext("Anonym"),
            t.gettext("Bitte keinen Namen angeben. Antworten werden nie mit Nutzungsdaten einer Person verbunden."),
        ),
        (
            t.gettext("Wer was sieht"),
            t.gettext(
                "Den Bogen sieht nur, wer auswertet. Gezeigt werden Zahlen, hinter denen mindestens {k} Personen "
                "stehen; die Frage nach den Führungskräften nur im Ganzen.", k=k,
            ),
        ),
        (t.gettext("Wozu"), settings.privacy.purpose or t.gettext("Um die Arbeit mit dem CRM zu erleichtern.")),
    ]  # fmt: skip


def _thanks(settings: Settings, t: Language) -> str:
    said = t.gettext("Vielen Dank.")
    run, contact = settings.survey, settings.privacy.contact_role
    back = t.gettext("Rückgabe bis {date}.", date=t.date(run.to_date)) if run.to_date else ""
    asks = t.gettext("Fragen zum Datenschutz beantwortet: {role}.", role=contact) if contact else ""
    return " ".join(part for part in (said, back, asks) if part)


def _style(settings: Settings) -> Any:
    from markupsafe import Markup

    folder = TEMPLATES / TEMPLATE
    sheets = [(folder / name).read_text(encoding="utf-8") for name in ("style.css", "survey.css")]
    # colours are checked with the settings: a sign and six digits
    colours = f":root {{ --primary: {settings.brand.primary}; --accent: {settings.brand.accent}; }}"
    return Markup("\n".join([*sheets, colours]))


def file_name(language: str) -> str:
    """Return the name of the sheet's file."""
    return f"survey_sheet_{language}.html"
