"""`Left`: what is left of a goal sentence while its parts are taken out one by one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Self

from crmkit.errors import GoalError
from crmkit.method.goals.grammar import FIRST_NAME, GAP, QUOTE, QUOTED, Grammar, spelt

#: Opening quotation mark → the marks that close it.
QUOTATION_MARKS = {
    "„": "“”", "“": "”“", '"': '"', "»": "«", "«": "»", "‹": "›", "›": "‹", "‚": "‘’", "‘": "’", "'": "'",
}  # fmt: skip
#: Longest sentence that is read (characters); a longer one is no sentence.
LONGEST = 1000
_APOSTROPHES = "'’"
_PUNCTUATION = " .,;:!?–—()-"


@dataclass(frozen=True)
class Left:
    """The rest of a sentence: what was understood has left a gap.

    Attributes
    ----------
    sentence
        The whole sentence, for error messages.
    grammar
        The language it is read in.
    rest
        What has not been understood yet; each quoted name stands as one letter.
    names
        The quoted names, in their quotation marks.
    """

    sentence: str
    grammar: Grammar
    rest: str
    names: tuple[str, ...]

    @classmethod
    def of(cls, sentence: str, grammar: Grammar) -> Self:
        """Return a whole sentence, its quoted names set aside, its white space evened out.

        Raises
        ------
        GoalError
            If it is longer than any sentence.
        """
        if len(sentence) > LONGEST:
            raise GoalError.too_long(len(sentence), LONGEST)
        text = unquoted(" ".join(unicodedata.normalize("NFC", sentence).replace(GAP, " ").replace(QUOTE, " ").split()))
        names: list[str] = []

        def set_aside(match: re.Match[str]) -> str:
            names.append(match.group())
            return f"{QUOTE}{chr(ord(FIRST_NAME) + len(names) - 1)}{QUOTE}"

        return cls(text, grammar, _IN_QUOTES.sub(set_aside, text), tuple(names))

    def find(self, patterns: Iterable[str]) -> re.Match[str] | None:
        """Return the first match of the first pattern that is found."""
        return next((match for p in patterns if (match := spelt(p).search(self.rest))), None)

    def without(self, match: re.Match[str]) -> Self:
        """Return the rest with a gap where a part was understood."""
        return replace(self, rest=f"{self.rest[: match.start()]} {GAP} {self.rest[match.end() :]}")

    def take(self, patterns: Iterable[str], what: str) -> tuple[re.Match[str] | None, Self]:
        """Return the one part that fits a pattern, and the rest without it.

        Raises
        ------
        GoalError
            If a second part fits as well.
        """
        patterns = tuple(patterns)
        match = self.find(patterns)
        if match is None:
            return None, self
        rest = self.without(match)
        second = rest.find(patterns)
        if second:
            raise self.twice(what, match.group(), second.group())
        return match, rest

    def shown(self, part: str) -> str:
        """Return a part as it stands in the sentence."""
        part = " ".join(part.replace(GAP, " ").split())
        return re.sub(QUOTED, lambda match: self.names[ord(match.group()[1]) - ord(FIRST_NAME)], part)

    def name_in(self, match: re.Match[str], group: str = "name") -> str:
        """Return the name that a part holds, without the quotation marks around it.

        Raises
        ------
        GoalError
            If nothing stands in the quotation marks.
        """
        shown = self.shown(match[group])
        name = _inner(shown) if re.fullmatch(QUOTED, match[group]) else shown
        if not name:
            raise self.wrong(match.group(), "the name is missing")
        return name

    def leftovers(self) -> list[str]:
        """Return the pieces that nothing has understood, without words around them that mean nothing."""
        filler = "|".join(self.grammar.fillers)
        edges = re.compile(rf"^(?:{filler})(?!\w)|(?<!\w)(?:{filler})$", re.IGNORECASE)
        pieces = [_trimmed(piece, edges) for piece in self.rest.split(GAP)]
        return [self.shown(piece) for piece in pieces if piece]

    def refuse(self, unclear: Iterable[tuple[str, str]]) -> None:
        """Refuse what can be read in more than one way.

        Parameters
        ----------
        unclear
            Patterns, each with how to write it instead.

        Raises
        ------
        GoalError
            If one of them is found.
        """
        for pattern, advice in unclear:
            match = self.find([pattern])
            if match:
                raise self.wrong(match.group(), advice)

    def wrong(self, part: str, problem: str, *, hint: str = "") -> GoalError:
        """Return the error for a part that cannot be meant."""
        return GoalError.wrong_part(self.sentence, self.shown(part), problem, example=self.grammar.example, hint=hint)

    def twice(self, what: str, *parts: str) -> GoalError:
        """Return the error for something stated twice."""
        shown = [self.shown(part) for part in parts]
        return GoalError.twice(self.sentence, what, shown, example=self.grammar.example)

    def missing(self, what: str) -> GoalError:
        """Return the error for a part that is not there."""
        named = f'{what} (such as "{self.grammar.parts[what]}")'
        return GoalError.missing_part(self.sentence, named, example=self.grammar.example)


def quoted(name: str, own: str) -> str:
    """Return a name in quotation marks that `Left.of` reads back.

    Parameters
    ----------
    name
        Any text.
    own
        The language's own opening and closing mark. Others are taken for a name that contains them; for one that
        contains all, marks inside the name are doubled.
    """
    pairs = [own, *(opening + closings[0] for opening, closings in QUOTATION_MARKS.items())]
    free = (pair for pair in pairs if not _marks(pair[0]) & set(name))
    opening, closing = next(free, own)
    inside = "".join(letter * 2 if letter in _marks(opening) else letter for letter in name)
    return f"{opening}{inside}{closing}"


def unquoted(sentence: str) -> str:
    """Return a sentence without the quotation marks that enclose the whole of it."""
    for opening, closings in QUOTATION_MARKS.items():
        enclosed = len(sentence) > 1 and sentence[0] == opening and sentence[-1] in closings
        if enclosed and _is_balanced(sentence[1:-1], opening, sentence[-1]):
            return sentence[1:-1].strip()
    return sentence


def _marks(opening: str) -> set[str]:
    return {opening, *QUOTATION_MARKS[opening]}


def _inner(quotation: str) -> str:
    """Return the name in quotation marks; doubled marks inside it stand for single ones."""
    marks = "".join(re.escape(mark) for mark in _marks(quotation[0]))
    return re.sub(rf"([{marks}])\1", r"\1", quotation[1:-1]).strip()


def _in_quotes(opening: str) -> str:
    """Return the pattern of a name that begins with a quotation mark; an apostrophe within a word is none."""
    marks, closings = "".join(sorted(_marks(opening))), QUOTATION_MARKS[opening]
    apostrophes = "".join(mark for mark in marks if mark in _APOSTROPHES)
    before, within = (r"(?<!\w)", rf"|(?<=\w)[{apostrophes}](?=\w)") if apostrophes else ("", "")
    after = r"(?!\w)" if apostrophes else ""
    doubled = "|".join(mark * 2 for mark in marks)
    return rf"{before}{opening}(?:[^{marks}]|{doubled}{within})+[{closings}](?![{closings}]){after}"


def _is_balanced(text: str, opening: str, closing: str) -> bool:
    """Return whether no quotation in a text is closed before it is opened."""
    if opening == closing:
        return opening not in text
    depths = accumulate((letter == opening) - (letter == closing) for letter in text)
    return min(depths, default=0) >= 0


def _trimmed(piece: str, edges: re.Pattern[str]) -> str:
    """Return a piece without punctuation and words of no meaning at its ends."""
    piece = piece.strip(_PUNCTUATION)
    while (shorter := edges.sub("", piece).strip(_PUNCTUATION)) != piece:
        piece = shorter
    return piece


_IN_QUOTES = re.compile("|".join(_in_quotes(opening) for opening in QUOTATION_MARKS))
