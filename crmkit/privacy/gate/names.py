"""Where one of the client's users is named, in whatever spelling: every run of words is looked up by its digest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, product

from crmkit.ingest.discretion.name_forms import MOST_WORDS, unaccented
from crmkit.ingest.discretion.pseudonyms import normalise
from crmkit.privacy.gate.content import Hit, Piece
from crmkit.privacy.gate.identities import Identities
from crmkit.privacy.gate.unmasking import visible

#: A bare number this short is a count, not an id.
SHORTEST_NUMBER = 6
SHORTEST_WORD = 3
#: Letters of the shortest word that may be a genitive: "Falks".
_SHORTEST_GENITIVE = 4
#: Longest initial between two names, with its full stop.
_INITIAL = 2
#: More places than this in one name that may be an umlaut are no name.
_MOST_UMLAUTS = 4
_EDGE = "._+-@"
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}
_AS_UMLAUT = {written: umlaut for umlaut, written in _UMLAUTS.items()}
_WRITTEN = re.compile("(ae|oe|ue|ä|ö|ü)")
_PARTS = re.compile(r"[._+-]+")

#: A word as it is compared, and where it stands.
Word = tuple[str, str]


def words_of(piece: Piece) -> list[Word]:
    """Return the words of a text as identities are compared, each with its place."""
    return [(word, piece.where) for word in normalise(visible(piece.text)).split()]


def bare(words: Sequence[Word]) -> list[Word]:
    """Return words without the punctuation that clings to them."""
    return [(word, where) for raw, where in words if (word := raw.strip(_EDGE))]


def identity_hits(sequences: Sequence[Sequence[Word]], identities: Identities) -> list[Hit]:
    """Return where one of the client's users is named; every different run of words is looked up once."""
    places: dict[str, dict[str, None]] = {}
    for sequence in sequences:
        stripped = bare(sequence)
        for run, where in [*_runs(sequence), *(_runs(stripped) if stripped != list(sequence) else ())]:
            # the full stop of a sentence clings to its last word, that of a title belongs to it: "Dr. Uwe Klein."
            for form in {run, run.strip(_EDGE)}:
                places.setdefault(form, {})[where] = None
    return [
        Hit(rule, where) for run, found in places.items() if (rule := _rule_for(run, identities)) for where in found
    ]


def _rule_for(run: str, identities: Identities) -> str:
    """Return the strictest rule that a run of words breaks in any of its spellings."""
    rules = {identities.rule_for(form) for form in spellings(run)}
    return "identity" if "identity" in rules else "surname" if "surname" in rules else ""


@lru_cache(maxsize=2**16)
def spellings(run: str) -> tuple[str, ...]:
    """Return a run of words in all spellings under which a name may be listed, its own first.

    Examples
    --------
    >>> spellings("eva_winter"), spellings("joerg winter")
    (('eva_winter', 'eva winter'), ('joerg winter', 'jörg winter', 'jorg winter'))
    >>> spellings("eva.png")
    ('eva.png', 'eva', 'eva png')
    >>> spellings("hans peter klein")
    ('hans peter klein', 'hans-peter klein', 'hans peter-klein')
    >>> spellings("eva winters")
    ('eva winters', 'eva winter')
    """
    is_genitive = run.endswith("s") and len(run.rpartition(" ")[2]) >= _SHORTEST_GENITIVE
    forms = [*_forms(run), *(_forms(run[:-1]) if is_genitive else ())]
    spelt = [spelling for form in forms for spelling in _with_umlauts(form)]
    # one word alone may be any word: "Größe" is nobody called Grosse
    plain = [unaccented(spelling) for spelling in spelt if " " in spelling]
    return tuple(dict.fromkeys([*spelt, *plain]))


def _forms(run: str) -> list[str]:
    words = run.split()
    if not words:
        return []
    forms = [run]
    stem, _, ending = words[-1].rpartition(".")
    if stem and len(ending) > 1:
        forms.append(" ".join([*words[:-1], stem]))
    if len(words) == 1:
        forms += [" ".join(part) for part in _parts(_PARTS.split(run))]
    if len(words) > 2:  # noqa: PLR2004
        named = [word for i, word in enumerate(words) if len(word) > _INITIAL or i in (0, len(words) - 1)]
        forms.append(" ".join(named))
        forms += [" ".join([*words[:i], f"{a}-{b}", *words[i + 2 :]]) for i, (a, b) in enumerate(pairwise(words))]
    return forms


def _parts(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Return all parts of at least two words that one word is written together of: "Winter-Eva-2024.png"."""
    known = [word for word in words if word]
    for first in range(len(known)):
        for last in range(first + 2, min(first + MOST_WORDS, len(known)) + 1):
            yield known[first:last]


def _with_umlauts(form: str) -> Iterator[str]:
    """Return a name of several words with every umlaut written as such or as two letters."""
    pieces = _WRITTEN.split(form)
    places = pieces[1::2]
    if " " not in form or not places or len(places) > _MOST_UMLAUTS:
        yield form
        return
    choices = [(place, _UMLAUTS.get(place) or _AS_UMLAUT[place]) for place in places]
    for chosen in product(*choices):
        yield "".join(part for pair in zip(pieces[::2], [*chosen, ""], strict=True) for part in pair)


def _runs(sequence: Sequence[Word]) -> Iterator[Word]:
    """Return all runs of one to five words that may be an identity, with the place of their first word."""
    can_be_name = [any(letter.isalpha() for letter in word) for word, _ in sequence]
    for start, (word, where) in enumerate(sequence):
        if len(word) >= SHORTEST_WORD and not (word.isdigit() and len(word) < SHORTEST_NUMBER):
            yield word, where
        run = word
        for next_one in range(start + 1, min(start + MOST_WORDS, len(sequence))):
            if not (can_be_name[start] and can_be_name[next_one]):
                break
            run = f"{run} {sequence[next_one][0]}"
            yield run, where


def name_hits(sequences: Sequence[Sequence[Word]], wanted: dict[tuple[str, ...], str]) -> list[Hit]:
    """Return where one of some known names stands, by the rule that it breaks; names are words in a row."""
    hits = []
    starts = {name[0] for name in wanted}
    for sequence in sequences:
        words = bare(sequence)
        for i, (word, where) in enumerate(words):
            if word in starts:
                following = tuple(w for w, _ in words[i : i + max(map(len, wanted))])
                hits += [Hit(rule, where) for name, rule in wanted.items() if following[: len(name)] == name]
    return hits
