"""`Left`: what is left of a goal sentence while its parts are taken out one by one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Self

from crmkit.errors import GoalError
from crmkit.method.goals.grammar import GAP, QUOTE, QUOTED, Grammar, spelt

#: Pairs of quotation marks, as code points so that none is taken for another.
QUOTATION_MARKS = (("„", "“"), ("„", "”"), ("“", "”"), ('"', '"'), ("»", "«"), ("«", "»"), ("‹", "›"))
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
        What has not been understood yet; quoted names stand as numbers.
    names
        The quoted names.
    """

    sentence: str
    grammar: Grammar
    rest: str
    names: tuple[str, ...]

    @classmethod
    def of(cls, sentence: str, grammar: Grammar) -> Self:
        """Return a whole sentence, its quoted names set aside, its white space evened out."""
        text = unquoted(" ".join(unicodedata.normalize("NFC", sentence).replace(GAP, " ").replace(QUOTE, " ").split()))
        names: list[str] = []

        def set_aside(match: re.Match[str]) -> str:
            names.append(match.group()[1:-1].strip())
            return f"{QUOTE}{len(names) - 1}{QUOTE}"

        rest = re.sub("|".join(f"{a}[^{a}{b}]+{b}" for a, b in QUOTATION_MARKS), set_aside, text)
        return cls(text, grammar, rest, tuple(names))

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
        """Return a part as it stands in the sentence, names in place of their numbers."""
        part = " ".join(part.replace(GAP, " ").split())
        return re.sub(QUOTED, lambda match: self.names[int(match.group().strip(QUOTE))], part)

    def leftovers(self) -> list[str]:
        """Return the pieces that nothing has understood, without words around them that mean nothing."""
        filler = "|".join(self.grammar.fillers)
        edges = re.compile(rf"^(?:{filler})(?!\w)|(?<!\w)(?:{filler})$", re.IGNORECASE)
        pieces = [_trimmed(piece, edges) for piece in self.rest.split(GAP)]
        return [self.shown(piece) for piece in pieces if piece]

    def wrong(self, part: str, problem: str) -> GoalError:
        """Return the error for a part that cannot be meant."""
        return GoalError.wrong_part(self.sentence, self.shown(part), problem, example=self.grammar.example)

    def twice(self, what: str, *parts: str) -> GoalError:
        """Return the error for something stated twice."""
        shown = [self.shown(part) for part in parts]
        return GoalError.twice(self.sentence, what, shown, example=self.grammar.example)

    def missing(self, what: str) -> GoalError:
        """Return the error for a part that is not there."""
        named = f'{what} (such as "{self.grammar.parts[what]}")'
        return GoalError.missing_part(self.sentence, named, example=self.grammar.example)


def unquoted(sentence: str) -> str:
    """Return a sentence without the quotation marks that enclose the whole of it."""
    for opening, closing in QUOTATION_MARKS:
        enclosed = sentence.startswith(opening) and sentence.endswith(closing) and len(sentence) > 1
        if enclosed and _is_balanced(sentence[1:-1], opening, closing):
            return sentence[1:-1].strip()
    return sentence


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
