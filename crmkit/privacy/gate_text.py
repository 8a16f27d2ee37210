"""What must not stand in any text: patterns, identities, other clients."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from crmkit.ingest.pseudonyms import normalise
from crmkit.privacy.gate_content import Content, Hit, Kind, Piece
from crmkit.privacy.gate_identities import Identities

#: Names have up to four words ("Ana Maria de Souza"), rarely five.
MOST_WORDS = 5
#: A bare number this short is a count, not an id.
SHORTEST_NUMBER = 6
SHORTEST_WORD = 3
#: Parts of a path, the root counted, below which it is no secret.
SHORTEST_PATH = 2

_ROOTS = "home|Users|root|tmp|var|opt|usr|mnt|media|srv|etc|private|Volumes|workspace"
_PARAMETERS = re.compile(r"\bclient_dir\b|injected-parameters")
_PATTERNS = {
    "path": re.compile(
        rf"(?<![\w.~/])/(?:{_ROOTS})/[\w.~-]|(?<![A-Za-z])[A-Za-z]:\\{{1,2}}[\w.~-]"
        r"|(?<![A-Za-z])[A-Za-z]:/(?:Users|Windows|Program)|\\\\[\w.-]{1,64}\\[\w$.-]|\bfile://"
    ),
    "traceback": re.compile(
        r'Traceback \(most recent call last\)|\x1b\[|\bFile "[^"\n]{1,300}", line \d|\bansi-red-fg'
    ),
    "email": re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63})+"),
    "crm_id": re.compile(r"(?<![0-9A-Za-z])005[0-9A-Za-z]{12}(?:[0-9A-Za-z]{3})?(?![0-9A-Za-z])"),
    "pseudonym": re.compile(r"\b[up]_[0-9a-f]{20}\b"),
    "code": re.compile(r"\bIn \[[\d *]{0,6}\]:|^\s*(?:from crmkit\b.* import |import (?:crmkit|pandas|numpy)\b)", re.M),
    "parameters": _PARAMETERS,
}
_OF_NOTEBOOK = _PATTERNS | {"parameters": re.compile(r"^\s*client_dir\b\s*(?::[^=\n]{0,40})?=(?!=)", re.M)}
_RULES: dict[Kind, tuple[str, ...]] = {
    "client_html": ("path", "traceback", "email", "crm_id", "pseudonym", "code", "parameters"),
    "client_notebook": ("path", "traceback", "email", "crm_id", "pseudonym", "parameters"),
    "client_tables": ("path", "traceback", "email", "crm_id", "pseudonym", "parameters"),
    "internal": ("email", "crm_id", "pseudonym"),
}

#: Embedded bytes are not text: a pattern in them means nothing.
_EMBEDDED = re.compile(r"data:(?:image/(?!svg)|font/|application/(?:font|x-font|octet-stream|vnd))[^\s)\"'<>]*")
#: Letters that nobody sees but that part a word: soft hyphen, zero-width and direction marks.
_INVISIBLE = dict.fromkeys([0xAD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A)])
_HYPHENS = dict.fromkeys([0x2010, 0x2011, 0x2012], "-")
_EDGE = "._+-@"
#: As `normalise` writes them: "GmbH & Co. KG" has lost its "&".
_LEGAL_FORM = re.compile(
    r"\s+(?:gmbh(?: co\.? kg)?|ag(?: co\.? kg)?|se|kg|kgaa|ohg|e\. ?v\.?|ev|eg|ug|ltd\.?|limited|plc|inc\.?|llc)$"
)

Word = tuple[str, str]


def scan(
    content: Content, *, kind: Kind, identities: Identities | None, other_clients: Sequence[str] = ()
) -> list[Hit]:
    """Return what is wrong with the texts of a file.

    Parameters
    ----------
    content
        The texts, with their places.
    kind
        Kind of the file, which says which patterns count.
    identities
        The client's identities; None: only patterns are looked for.
    other_clients
        Names that must not appear.

    Returns
    -------
    list of Hit
    """
    pieces = [Piece(where, _EMBEDDED.sub(" ", text)) for where, text in [*content.running, *content.apart]]
    running, apart = pieces[: len(content.running)], pieces[len(content.running) :]
    sequences = [[word for piece in running for word in _words(piece)], *(list(_words(piece)) for piece in apart)]
    hits = list(_pattern_hits(pieces, kind))
    if kind != "internal":
        own_paths = _own_paths(identities)
        hits += [Hit("path", where) for where, text in pieces if any(path in text for path in own_paths)]
        hits += _client_hits(sequences, other_clients)
    if identities is not None and identities.can_compare:
        hits += _identity_hits(sequences, identities)
    elif kind != "internal":
        hits.append(Hit("identities_unchecked", ""))
    return hits


def _pattern_hits(pieces: Sequence[Piece], kind: Kind) -> Iterator[Hit]:
    patterns = _OF_NOTEBOOK if kind == "client_notebook" else _PATTERNS
    for rule in _RULES[kind]:
        search = patterns[rule].search
        yield from (Hit(rule, where) for where, text in pieces if search(text))


def _own_paths(identities: Identities | None) -> set[str]:
    """Return the paths of the client folder and of where crmkit is at home on this computer."""
    places = [Path.home(), Path.cwd(), Path(sys.prefix)]
    if identities is not None and identities.folder is not None:
        places.append(identities.folder.absolute())
    # "/" or "/work" may well stand in an ordinary text
    return {str(form) for place in places for form in (place, place.resolve()) if len(form.parts) > SHORTEST_PATH}


def _words(piece: Piece) -> Iterator[Word]:
    visible = piece.text.translate(_INVISIBLE).translate(_HYPHENS)
    return ((word, piece.where) for word in normalise(visible).split())


def _client_hits(sequences: Sequence[Sequence[Word]], other_clients: Sequence[str]) -> list[Hit]:
    """Return where another client is named, in full or by the name without its legal form."""
    wanted: dict[tuple[str, ...], str] = {}
    for name in map(normalise, other_clients):
        short = _LEGAL_FORM.sub("", name)
        if short != name:
            wanted[tuple(_bare(short))] = "other_client_short"
        wanted[tuple(_bare(name))] = "other_client"
    wanted.pop((), None)
    hits = []
    for sequence in sequences:
        bare = [(word, where) for raw, where in sequence if (word := raw.strip(_EDGE))]
        for i, (word, where) in enumerate(bare):
            for name, rule in wanted.items():
                if word == name[0] and tuple(w for w, _ in bare[i : i + len(name)]) == name:
                    hits.append(Hit(rule, where))
    return hits


def _bare(text: str) -> list[str]:
    return [word for raw in text.split() if (word := raw.strip(_EDGE))]


def _identity_hits(sequences: Sequence[Sequence[Word]], identities: Identities) -> list[Hit]:
    """Return where one of the client's users is named; every different run of words is looked up once."""
    places: dict[str, list[str]] = {}
    for sequence in sequences:
        bare = [(word, where) for raw, where in sequence if (word := raw.strip(_EDGE))]
        for run, where in [*_runs(sequence), *(_runs(bare) if bare != list(sequence) else ())]:
            # the full stop of a sentence clings to its last word, that of a title belongs to it: "Dr. Uwe Klein."
            for form in {run, run.strip(_EDGE)}:
                places.setdefault(form, []).append(where)
    hits = []
    for run, where in places.items():
        rule = identities.rule_for(run)
        hits += [Hit(rule, place) for place in dict.fromkeys(where)] if rule else []
    return hits


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
