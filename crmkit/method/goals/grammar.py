"""What a goal sentence is made of, in any language: the form of the tables in `german` and `english`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

#: Gap that a part of the sentence leaves when it has been understood.
GAP = "\x00"
#: Stands before and after the number of a quoted name.
QUOTE = "\x01"
#: A name in quotation marks.
QUOTED = rf"{QUOTE}\d+{QUOTE}"

Action = Literal["up", "down", "keep", "reach", "double", "halve"]


@dataclass(frozen=True)
class Grammar:
    """One language of goal sentences as data; all patterns are regular expressions without regard to case.

    Attributes
    ----------
    example
        A sentence that works, for error messages.
    parts
        What the parts of a goal are called in an error message → an example of each.
    markers
        Words that give the language away, separated by blanks.
    numbers, fractions
        Number word → number; fraction ("ein Viertel") → fraction of one.
    group
        Separator of thousands; the other one of ``.`` and ``,`` is the decimal separator.
    months
        Names of the months, January first, each with its abbreviations.
    quarters
        How a quarter of the year is written; group ``quarter`` is its number.
    terms
        Ways to state a term; groups ``n`` and ``period``.
    periods
        Pattern of a period → its length and ``months`` or ``days``.
    dates
        Ways to state a last day; groups ``year``, ``month`` (number or name), ``day``, ``quarter``; without a
        day the period's end is meant, without a year that of the start.
    unclear_dates
        Ways to state a day that can be read in two ways → how to write it.
    percent, points, people
        Units of a change.
    by, to, of
        Prepositions before an amount of change, a target, a target after "reach".
    more, fewer
        Words behind an amount that give its direction.
    level
        Ways to say "as today", with "keep".
    given_baseline
        Ways to state the value of today, which is measured instead.
    metrics
        Metric → its synonyms; longer ones first where one contains another.
    verbs
        What is to happen → the verbs for it.
    modal
        Verbs that make "shall be at 80 %" a target.
    areas
        Code of a CRM area → its names, the first one for writing.
    in_area, in_unit, in_place
        Ways to name a CRM area, an organisational unit, or a place that may be either. ``<NAME>`` is a name that
        begins with a capital letter, ``<ANY>`` may begin with any, ``<WORDS>`` are up to four words.
    in_crm
        Ways to say that the CRM is meant, which is always so.
    joining
        Small words inside names.
    no_names
        Words with a capital letter that are times, not places, unless they are quoted or called an area.
    fillers
        Words without a meaning of their own.
    written
        Templates of a sentence and its parts, for writing.
    """

    language: str
    example: str
    parts: Mapping[str, str]
    markers: str
    numbers: Mapping[str, Fraction]
    fractions: Mapping[str, Fraction]
    group: str
    months: tuple[tuple[str, ...], ...]
    terms: tuple[str, ...]
    periods: Mapping[str, tuple[int, str]]
    dates: tuple[str, ...]
    unclear_dates: Mapping[str, str]
    percent: str
    points: str
    people: str
    by: str
    to: str
    of: str
    more: str
    fewer: str
    level: str
    given_baseline: str
    metrics: Mapping[str, tuple[str, ...]]
    verbs: Mapping[Action, str]
    modal: str
    areas: Mapping[str, tuple[str, ...]]
    in_area: tuple[str, ...]
    in_unit: tuple[str, ...]
    in_place: tuple[str, ...]
    in_crm: str
    joining: str
    no_names: str
    fillers: tuple[str, ...]
    written: Mapping[str, str]

    @property
    def number(self) -> str:
        """Pattern of a number in digits or words."""
        return number_pattern(self.numbers, self.group)

    def area_of(self, name: str) -> str | None:
        """Return the code of the CRM area of that name."""
        wanted = name.casefold()
        return next((code for code, names in self.areas.items() if wanted in {n.casefold() for n in names}), None)


@lru_cache(maxsize=1024)
def spelt(pattern: str) -> re.Pattern[str]:
    """Return a pattern compiled as whole words, any white space between them, ä also as ae and ß as ss."""
    for letter, other in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        pattern = pattern.replace(letter, f"(?:{letter}|{other})")
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


def words(mapping: Mapping[str, object]) -> str:
    """Return a pattern for the keys of a table, longer ones first."""
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(mapping, key=len, reverse=True))


def number_pattern(numbers: Mapping[str, object], group: str) -> str:
    """Return the pattern of a number in digits or words."""
    separator = re.escape(group)
    digits = rf"\d{{1,3}}(?:{separator}\d{{3}})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
    return rf"(?<![\d.,+−-])(?:{digits}|{words(numbers)})(?![.,]?\d)"


def number_of(text: str, grammar: Grammar) -> Fraction:
    """Return the number that `number_pattern` matched."""
    word = text.casefold()
    spellings = {key.replace("ü", "ue").replace("ö", "oe").replace("ß", "ss"): n for key, n in grammar.numbers.items()}
    known = {**spellings, **grammar.numbers}
    if word in known:
        return known[word]
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(grammar.group)}\d{{3}})+(?:[.,]\d+)?", word):
        word = word.replace(grammar.group, "")
    return Fraction(word.replace(",", "."))
