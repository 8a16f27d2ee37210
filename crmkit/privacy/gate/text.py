"""What must not stand in any text: patterns, identities, other clients."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from crmkit.privacy.gate.content import Content, Hit, Kind, Piece
from crmkit.privacy.gate.identities import Identities
from crmkit.privacy.gate.names import bare, identity_hits, name_hits, words_of
from crmkit.privacy.gate.unmasking import disguised, visible

#: Parts of a path, the root counted, below which it is no secret.
SHORTEST_PATH = 2

_ROOTS = "home|Users|root|tmp|var|opt|usr|mnt|media|srv|etc|private|Volumes|workspace"
_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_PARAMETERS = re.compile(r"\bclient_dir\b|injected-parameters")
_PATTERNS = {
    "path": re.compile(
        rf"(?<![\w.~/])/(?:{_ROOTS})/[\w.~-]|(?<![A-Za-z])[A-Za-z]:\\{{1,2}}[\w.~-]"
        r"|(?<![A-Za-z])[A-Za-z]:/(?:Users|Windows|Program)|\\\\[\w.-]{1,64}\\[\w$.-]|\bfile://"
        r"|(?<![\w.~/])~/[\w.]"
    ),
    "traceback": re.compile(
        r'Traceback \(most recent call last\)|\x1b\[|\bFile "[^"\n]{1,300}", line \d|\bansi-red-fg'
    ),
    "email": re.compile(
        r"[\w.+-]{1,64}[@\uff20\ufe6b][\w-]{1,63}(?:\.[\w-]{2,63})+"
        r"|[\w.+-]{1,64} ?@ ?(?:[\w-]{1,63}\.){1,3}(?:de|at|ch|eu|com|net|org|info|io|example)\b"
        r"|[\w.+-]{1,64}\s?[\[({](?:at|ät|@)[\])}]\s?[\w-]{1,63}(?:\s?(?:\.|[\[({](?:dot|punkt)[\])}])\s?[\w-]{2,63})",
        re.I,
    ),
    "ip_address": re.compile(
        rf"(?<![\w.])(?:(?:192\.168|10\.\d+|172\.(?:1[6-9]|2\d|3[01]))(?:\.{_OCTET}){{2}}"
        # not what is written as a number with its thousands: 1.200.300.400
        rf"|(?!\d+(?:\.\d{{3}}){{3}}(?!\d)){_OCTET}(?:\.{_OCTET}){{3}})(?![\w.]*\w)"
        r"|(?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])"
        r"|(?<![\w:])(?:fe80|f[cd][0-9a-f]{2}|2[0-9a-f]{3})(?::[0-9a-f]{1,4}){0,6}::[0-9a-f]",
        re.I,
    ),
    "crm_id": re.compile(r"(?<![0-9A-Za-z])005[0-9A-Za-z]{12}(?:[0-9A-Za-z]{3})?(?![0-9A-Za-z])"),
    "pseudonym": re.compile(r"(?<![0-9a-z])[up]_[0-9a-f]{20}(?![0-9a-f])", re.I),
    "code": re.compile(r"\bIn \[[\d *]{0,6}\]:|^\s*(?:from crmkit\b.* import |import (?:crmkit|pandas|numpy)\b)", re.M),
    "parameters": _PARAMETERS,
}
_OF_NOTEBOOK = _PATTERNS | {"parameters": re.compile(r"^\s*client_dir\b\s*(?::[^=\n]{0,40})?=(?!=)", re.M)}
#: What names a person or a person's computer, wherever it stands.
_OF_PERSONS = ("email", "ip_address", "crm_id", "pseudonym")
_OF_CLIENTS = ("path", "traceback", *_OF_PERSONS, "parameters")
_RULES: dict[Kind, tuple[str, ...]] = {
    "client_html": (*_OF_CLIENTS, "code"),
    "client_notebook": _OF_CLIENTS,
    "client_tables": _OF_CLIENTS,
    "client_text": _OF_CLIENTS,
    "internal": _OF_PERSONS,
}

#: Embedded bytes are not text: a pattern in them means nothing.
_EMBEDDED = re.compile(r"data:(?:image/(?!svg)|font/|application/(?:font|x-font|octet-stream|vnd))[^\s)\"'<>]*")
#: As `normalise` writes them: "GmbH & Co. KG" has lost its "&".
_LEGAL_FORM = re.compile(
    r"\s+(?:gmbh(?: co\.? kg)?|ag(?: co\.? kg)?|se|kg|kgaa|ohg|e\. ?v\.?|ev|eg|ug|ltd\.?|limited|plc|inc\.?|llc)$"
)


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
    running = [Piece(where, _EMBEDDED.sub(" ", text)) for where, text in content.running]
    apart = [Piece(where, _EMBEDDED.sub(" ", text)) for where, text in content.apart]
    apart += [Piece(where, said) for where, text in [*running, *apart] for said in disguised(text)]
    pieces = [*running, *apart]
    sequences = [[word for piece in running for word in words_of(piece)], *map(words_of, apart)]
    hits = [*_pattern_hits(pieces, kind), *_key_hits(pieces, identities)]
    if kind != "internal":
        own_paths = _own_paths(identities)
        hits += [Hit("path", where) for where, text in pieces if any(path in text for path in own_paths)]
        hits += name_hits(sequences, _forms_of(other_clients))
    if identities is not None and identities.key is not None:
        hits += identity_hits(sequences, identities)
    if identities is None or not identities.can_compare:
        hits.append(Hit("identities_unchecked", ""))
    return hits


def _pattern_hits(pieces: Sequence[Piece], kind: Kind) -> Iterator[Hit]:
    patterns = _OF_NOTEBOOK if kind == "client_notebook" else _PATTERNS
    seen = [(where, visible(text)) for where, text in pieces]
    for rule in _RULES[kind]:
        search = patterns[rule].search
        yield from (Hit(rule, where) for where, text in seen if search(text))


def _key_hits(pieces: Sequence[Piece], identities: Identities | None) -> Iterator[Hit]:
    """Return where the client's key stands: whoever has it can try names out."""
    if identities is None or identities.key is None:
        return
    key = identities.key.hex()
    yield from (Hit("key", where) for where, text in pieces if key in text.lower())


def _own_paths(identities: Identities | None) -> set[str]:
    """Return the paths of the client folder and of where crmkit is at home on this computer."""
    places = [Path.home(), Path.cwd(), Path(sys.prefix)]
    if identities is not None and identities.folder is not None:
        places.append(identities.folder.absolute())
    # "/" or "/work" may well stand in an ordinary text
    return {str(form) for place in places for form in (place, place.resolve()) if len(form.parts) > SHORTEST_PATH}


def _forms_of(clients: Sequence[str]) -> dict[tuple[str, ...], str]:
    """Return the words of other clients' names, in full and without the legal form, and the rule that they break."""
    wanted: dict[tuple[str, ...], str] = {}
    for piece in (Piece("", client) for client in clients):
        name = " ".join(word for word, _ in words_of(piece))
        short = _LEGAL_FORM.sub("", name)
        if short != name:
            wanted[tuple(word for word, _ in bare([(word, "") for word in short.split()]))] = "other_client_short"
        wanted[tuple(word for word, _ in bare([(word, "") for word in name.split()]))] = "other_client"
    wanted.pop((), None)
    return wanted
