"""The sheet that works council and data protection officer get before any data are pulled: one page of A4."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.markup import fill
from crmkit.report.page import TEMPLATE, TEMPLATES
from crmkit.report.text import data_protection as words
from crmkit.report.text.words import word
from crmkit.settings import SMALLEST_K

if TYPE_CHECKING:
    from crmkit.settings import Brand, Settings

#: Longest text of one line of the sheet, of a name, and of the columns of all exports; the report shows the whole.
MOST_LETTERS, MOST_NAME_LETTERS, MOST_COLUMN_LETTERS = 200, 80, 990
#: Most kinds of exports on the sheet; up to three share the room for columns evenly.
MOST_EXPORTS, ROOMY_EXPORTS = 5, 3
#: With more exports than these, or longer words, the type is smaller in print.
ROOMY_LETTERS = 600
#: Made-up people per unit where k is 5: regular, occasional, rare. A small unit is hidden, and a second one with it,
#: from which the small one would follow by the total.
_SAMPLE = ((17, 12, 9), (3, 4, 4), (11, 14, 10), (9, 8, 6))
_HIDDEN = "BD"
SEGMENTS = ("regular", "occasional", "rare")


@dataclass(frozen=True)
class Row:
    """A unit of the sample: its parts with their colours, and all its people; nothing of a hidden one."""

    unit: str
    parts: tuple[tuple[str, int], ...] = ()
    total: int | None = None


@dataclass(frozen=True)
class Sample:
    """Made-up figures as a report shows them, and what it hides."""

    caption: str
    key: tuple[tuple[str, str], ...]
    headings: tuple[str, str, str]
    rows: tuple[Row, ...]
    note: str


@dataclass(frozen=True)
class Sheet:
    """What stands on the sheet, in words."""

    language: str
    is_dense: bool
    title: str
    style: Any
    consultant: str
    draft: str
    kicker: str
    name: str
    facts: str
    headings: dict[str, str]
    agreed: list[tuple[str, str]]
    read: list[tuple[str, ...]]
    dropped: list[str]
    audiences: list[tuple[str, ...]]
    analyses: list[words.Analysis]
    switch: dict[bool, str]
    masking: str
    sample: Sample


def privacy_sheet(
    settings: Settings, *, deletions: list[dict[str, Any]] | None = None, language: str | None = None
) -> str:
    """Return the sheet as a page of HTML: nothing is loaded, nothing runs.

    Parameters
    ----------
    settings
        The client's settings; nothing else is needed, no exports and no prepared tables.
    deletions
        The record of deletions, if there is one.
    language
        ``de`` or ``en``; None: the client's.

    Raises
    ------
    SettingsError
        If the language is not known.
    """
    return fill("privacy_sheet", page=sheet_of(settings, language_of(language or settings.language), deletions or []))


def sheet_of(settings: Settings, t: Language, deletions: list[dict[str, Any]]) -> Sheet:
    """Return the words of the sheet."""
    kicker = t.gettext("Datenblatt für Betriebsrat und Datenschutz")
    agreed = [(term, cut(said)) for term, said in words.agreed_pairs(settings, t, deletions, since=settings.as_of)]
    read = _read(settings, t)
    return Sheet(
        language=t.code,
        is_dense=len(read) > ROOMY_EXPORTS or sum(len(said) for _, said in agreed) > ROOMY_LETTERS,
        title=f"{kicker} – {cut(settings.name, MOST_NAME_LETTERS)}",
        style=_style(settings.brand),
        consultant=cut(settings.brand.consultant, MOST_NAME_LETTERS),
        draft=words.draft_label(settings, t),
        kicker=kicker,
        name=cut(settings.name, MOST_NAME_LETTERS),
        facts=_facts(settings, t),
        headings=_headings(t),
        agreed=agreed,
        read=read,
        dropped=[words.dropped(settings, t), words.never(t)],
        audiences=[tuple(cut(part) for part in row) for row in words.audiences(settings, t)],
        analyses=words.analyses(settings, t),
        switch={True: t.gettext("an"), False: t.gettext("aus")},
        masking=words.masking(settings, t),
        sample=_sample(settings, t),
    )


def cut(text: str, most: int = MOST_LETTERS) -> str:
    """Return a text that is at most so long, cut between words.

    Examples
    --------
    >>> cut("to improve the use of the CRM", 16)
    'to improve the …'
    """
    short = textwrap.shorten(text, most, placeholder=" …") if len(text) > most else text
    return short if len(short) > len(" …") or len(text) <= most else f"{text[: most - 2]} …"


def _style(brand: Brand) -> Any:
    from markupsafe import Markup

    folder = TEMPLATES / TEMPLATE
    sheets = [(folder / name).read_text(encoding="utf-8") for name in ("style.css", "sheet.css")]
    # colours are checked with the settings: a sign and six digits
    colours = f":root {{ --primary: {brand.primary}; --accent: {brand.accent}; }}"
    return Markup("\n".join([*sheets, colours]))


def _facts(settings: Settings, t: Language) -> str:
    number = t.gettext("CRM-Retrospektive Nr. {number}", number=t.number(settings.retrospective))
    day = t.gettext("Stichtag {date}", date=t.date(settings.as_of))
    return " · ".join(filter(None, [number, day, cut(settings.crm, MOST_NAME_LETTERS)]))


def _headings(t: Language) -> dict[str, str]:
    return {
        "agreed": t.gettext("Was vereinbart ist"),
        "read": t.gettext("Was gelesen wird"),
        "dropped": t.gettext("Was vorher entfernt wird"),
        "audiences": t.gettext("Wer was sieht"),
        "analyses": t.gettext("Auswertungen"),
        "sample": t.gettext("So sieht eine Auswertung aus"),
    }


def _read(settings: Settings, t: Language) -> list[tuple[str, ...]]:
    *rows, beside = words.read_rows(settings, t)
    room = MOST_COLUMN_LETTERS // max(ROOMY_EXPORTS, min(len(rows), MOST_EXPORTS))
    shown = [(cut(name, MOST_NAME_LETTERS), files, cut(columns, room)) for name, files, columns in rows[:MOST_EXPORTS]]
    left = len(rows) - len(shown)
    more = t.ngettext("und {n} weiterer Export", "und {n} weitere Exporte", left)
    return [*shown, *([(more, "", t.gettext("Der Bericht nennt sie alle."))] if left else []), beside]


def _sample(settings: Settings, t: Language) -> Sample:
    # more people where the smallest group is larger, so that the sample keeps the rule that it explains
    counts = [tuple(round(n * settings.privacy.k / SMALLEST_K) for n in numbers) for numbers in _SAMPLE]
    units = [
        Row(t.gettext("Einheit {letter}", letter=letter)) if letter in _HIDDEN else _row(letter, numbers, t)
        for letter, numbers in zip("ABCD", counts, strict=True)
    ]
    whole = tuple(sum(column) for column in zip(*counts, strict=True))
    everybody = Row(t.gettext("alle zusammen"), tuple(zip(SEGMENTS, whole, strict=True)), sum(whole))
    return Sample(
        t.gettext("Erfundene Zahlen: Personen nach Häufigkeit der Nutzung"),
        tuple((code, word(t, "segment", code)) for code in SEGMENTS),
        (t.gettext("Einheit"), t.gettext("Nutzung"), t.gettext("Personen")),
        (*([] if settings.privacy.totals_only else units), everybody),
        _sample_note(settings, t),
    )


def _row(letter: str, numbers: tuple[int, ...], t: Language) -> Row:
    parts = tuple(zip(SEGMENTS, numbers, strict=True))
    return Row(t.gettext("Einheit {letter}", letter=letter), parts, sum(numbers))


def _sample_note(settings: Settings, t: Language) -> str:
    if settings.privacy.totals_only:
        return t.gettext("Vereinbart sind Gesamtzahlen: Einheiten stehen nicht im Bericht.")
    return t.gettext(
        "In Einheit B wären es in einzelnen Feldern weniger als {k} Personen; Einheit D ist mit verborgen, da sich B sonst aus "  # noqa: E501
        "der Summe errechnen ließe.",
        k=t.number(settings.privacy.k),
    )


def file_name(language: str) -> str:
    """Return the name of the sheet's file."""
    return f"privacy_sheet_{language}.html"
