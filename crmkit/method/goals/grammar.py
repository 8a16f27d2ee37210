"""What a goal sentence is made of, in any language: the form of the tables in `german` and `english`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Literal

from crmkit.errors import did_you_mean
from crmkit.method.goals.goal import METRICS

#: Gap that a part of the sentence leaves when it has been understood.
GAP = "\x00"
#: Stands before and after the letter of a quoted name.
QUOTE = "\x01"
#: Letter that stands for the first quoted name; it is for private use, no word and no number.
FIRST_NAME = "\ue000"
#: A name in quotation marks.
QUOTED = f"{QUOTE}[{FIRST_NAME}-\uf8ff]{QUOTE}"
#: Letters that are also written in another way.
_SPELLINGS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
#: A shorter word is like too many others to be taken for a slip of the pen.
_LEAST_LETTERS = 5
#: Likeness (0–1, see `difflib`) from which on a word is a misspelled one; below it is another.
_LEAST_LIKENESS = 0.8

Action = Literal["up", "down", "improve", "keep", "reach", "double", "triple", "quadruple", "halve"]


@dataclass(frozen=True)
class Numerals:
    """How a language writes numbers.

    Attributes
    ----------
    below_100
        Words for 1 to 99.
    alone
        Words that stand alone: articles, "anderthalb".
    scales
        "tausend" and "hundert" with their values, the largest first.
    joint
        Pattern of what joins a scale and what follows it.
    before
        What stands between a scale and the number before it.
    group
        Separator of thousands; the other one of ``.`` and ``,`` is the decimal separator.
    """

    below_100: Mapping[str, Fraction]
    alone: Mapping[str, Fraction]
    scales: Mapping[str, int]
    joint: str
    before: str
    group: str

    @cached_property
    def pattern(self) -> str:
        """Pattern of a number in digits or words."""
        groups = "|".join(rf"(?:{re.escape(mark)}\d{{3}})+" for mark in (self.group, " ", "'", "’"))
        digits = rf"\d{{1,3}}(?:{groups})(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
        below = words([*self.below_100, *self.alone])
        scaled = "".join(rf"(?:(?:(?:{below}){self.before})?{scale}(?:{self.joint})?)?" for scale in self.scales)
        # Every part of a number in words may be missing, but not all: the last letter is its own.
        composed = rf"(?=[^\W\d]){scaled}(?:{words(self.below_100)})?(?<=[^\W\d])(?!\w)"
        # "One and a half" is no "one", "a hundred" is no "a".
        several, single = (words(word for word in self.alone if (" " in word) == long) for long in (True, False))
        return rf"(?<![\d.,+−-])(?:{digits}|(?:{several})(?!\w)|{composed}|(?:{single})(?!\w))(?![.,]?\d)"

    @cached_property
    def known(self) -> Mapping[str, Fraction]:
        """Words → number, in one spelling."""
        return {folded(word): number for word, number in {**self.below_100, **self.alone}.items()}

    def value(self, text: str) -> Fraction:
        """Return the number that `pattern` matched."""
        word = folded(text)
        if word in self.known:
            return self.known[word]
        if word[0].isdigit():
            grouped = re.fullmatch(rf"(\d{{1,3}}(?:[{self.group} '’]\d{{3}})+)([.,]\d+)?", word)
            plain = re.sub(r"\D", "", grouped[1]) + (grouped[2] or "") if grouped else word
            return Fraction(plain.replace(",", "."))
        return self._composed(word)

    def _composed(self, word: str) -> Fraction:
        total = Fraction(0)
        for scale, size in self.scales.items():
            head, found, tail = word.partition(scale)
            if found:
                total += size * (self.known[head.strip()] if head.strip() else 1)
                word = re.sub(rf"^(?:{self.joint})", "", tail)
        return total + (self.known[word] if word else 0)


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
    numerals
        How numbers are written.
    fractions
        Fraction ("ein Viertel") → fraction of one.
    months
        Names of the months, January first, each with its abbreviations.
    quarters
        How a quarter of the year is written → its number.
    terms
        Ways to state a term; groups ``n`` and ``period``.
    periods
        Pattern of a period → its length and ``months`` or ``days``.
    dates
        Ways to state a last day; groups ``year``, ``next`` (the year after that of the start), ``month`` (number
        or name), ``day``, ``quarter``; without a day the period's end is meant, without a year that of the start.
    unclear_dates
        Ways to state a day that can be read in two ways → how to write it.
    percent, points, of_all, people, measures, currency
        Units of a change; ``of_all`` behind percent: of all people, ``currency`` may stand before the number.
        A measure is accepted for a client's own figure, which has its unit already.
    by, to, of
        Prepositions before an amount of change, a target, a target after "reach".
    least, most
        Words between preposition and number: so much or more, so much or less.
    more, fewer
        Words behind an amount that give its direction.
    level
        Ways to say "as today", with "keep".
    unclear_amounts
        Amounts that are no number → how to write them.
    unclear
        Other things that are not a goal as they stand → how to write it.
    metrics
        Metric → its synonyms; longer ones first where one contains another. Group ``outcome`` is the name of a
        client's own figure.
    verbs
        What is to happen → the verbs for it.
    modal
        Verbs that make "shall be at 80 %" a target.
    areas
        Code of a CRM area → its names, the first one for writing.
    in_area, in_unit, in_place
        Ways to name a CRM area, an organisational unit, or a place that may be either. ``<NAME>`` is a name that
        begins with a capital letter, ``<ANY>`` may begin with any, ``<WORDS>`` are up to four words.
    everywhere
        Ways to say that the whole client is meant.
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
    numerals: Numerals
    fractions: Mapping[str, Fraction]
    months: tuple[tuple[str, ...], ...]
    quarters: Mapping[str, int]
    terms: tuple[str, ...]
    periods: Mapping[str, tuple[int, str]]
    dates: tuple[str, ...]
    unclear_dates: Mapping[str, str]
    percent: str
    points: str
    of_all: str
    people: str
    measures: str
    currency: str
    by: str
    to: str
    of: str
    least: str
    most: str
    more: str
    fewer: str
    level: str
    unclear_amounts: Mapping[str, str]
    unclear: Mapping[str, str]
    metrics: Mapping[str, tuple[str, ...]]
    verbs: Mapping[Action, str]
    modal: str
    areas: Mapping[str, tuple[str, ...]]
    in_area: tuple[str, ...]
    in_unit: tuple[str, ...]
    in_place: tuple[str, ...]
    everywhere: str
    in_crm: str
    joining: str
    no_names: str
    fillers: tuple[str, ...]
    written: Mapping[str, str]

    @cached_property
    def metric_names(self) -> tuple[str, ...]:
        """All metrics as a person names them."""
        name = self.written["quoted"].format(name="…")
        return tuple(self.written[metric].format(name=name) for metric in METRICS)

    @cached_property
    def vocabulary(self) -> tuple[str, ...]:
        """Words of goal sentences, in one spelling each."""
        months = [name for names in self.months for name in names]
        metrics = [word for name in self.metric_names for word in re.findall(r"\w+", name)]
        verbs = [word for some in self.verbs.values() for word in re.findall(r"\w+", some)]
        return tuple(dict.fromkeys([*metrics, *months, *verbs, *self.markers.split()]))

    def area_of(self, name: str) -> str | None:
        """Return the code of the CRM area of that name."""
        wanted = name.casefold()
        return next((code for code, names in self.areas.items() if wanted in {n.casefold() for n in names}), None)

    def hint(self, text: str) -> str:
        """Return `` Did you mean "x"?`` for every word that is nearly one of the vocabulary."""
        known = {folded(word) for word in self.vocabulary}
        unknown = [word for word in re.findall(r"[^\W\d_]+", text) if folded(word) not in known]
        return "".join(dict.fromkeys(self._hint(word) for word in unknown if len(word) >= _LEAST_LETTERS))

    def _hint(self, word: str) -> str:
        """Return the hint for a word; one with another first letter is another word."""
        known = {folded(word): word for word in self.vocabulary}
        alike = [form for form in known if form[0] == folded(word)[0]]
        nearest = get_close_matches(folded(word), alike, n=1, cutoff=_LEAST_LIKENESS)
        return did_you_mean(word, [known[form] for form in nearest])


@lru_cache(maxsize=1024)
def spelt(pattern: str) -> re.Pattern[str]:
    """Return a pattern compiled as whole words, ä also as ae and ß as ss."""
    for letter, other in _SPELLINGS.items():
        pattern = pattern.replace(letter, f"(?:{letter}|{other})")
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


def folded(word: str) -> str:
    """Return a word in one of its spellings, in small letters."""
    word = word.casefold()
    for letter, other in _SPELLINGS.items():
        word = word.replace(letter, other)
    return word


def words(known: Iterable[str]) -> str:
    """Return a pattern for some words, longer ones first."""
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(known, key=len, reverse=True))
