"""All forms in which a person's name may stand in a text, from however a directory writes it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from crmkit.ingest.discretion.pseudonyms import normalise

#: Words of the longest form; of a longer name its first words are looked for.
MOST_WORDS = 5
#: Names of shared accounts that are also ordinary words of a report: they name nobody.
FUNCTION_WORDS = frozenset({
    "admin", "administrator", "anfrage", "anfragen", "api", "auftrag", "außendienst", "bestellung", "bewerbung",
    "buchhaltung", "crm", "datenschutz", "disposition", "einkauf", "empfang", "export", "gast", "guest", "import",
    "info", "innendienst", "integration", "kontakt", "kundendienst", "kundenservice", "leitung", "logistik", "mail",
    "management", "manager", "marketing", "office", "personal", "planung", "portal", "produktion", "rechnung",
    "rechnungen", "reklamation", "root", "sales", "salesforce", "sekretariat", "service", "shop", "support", "system",
    "team", "technik", "test", "user", "versand", "vertrieb", "verwaltung", "web", "website", "werkstatt", "zentrale",
})  # fmt: skip

_TITLES = frozenset({
    "dr", "prof", "professor", "med", "dent", "vet", "phil", "rer", "nat", "pol", "oec", "jur", "iur", "h", "c", "hc",
    "habil", "dipl", "ing", "inf", "kfm", "kffr", "kauffr", "betriebsw", "mag", "mba", "msc", "bsc", "phd", "llm",
    "graf", "gräfin", "freiherr", "freifrau", "baron", "baronin", "herr", "frau", "mr", "mrs", "ms",
})  # fmt: skip
_PARTICLES = frozenset({
    "von", "vom", "van", "der", "den", "dem", "de", "da", "das", "do", "dos", "del", "della", "di", "du", "la", "le",
    "ten", "ter", "zu", "zum", "zur", "und", "e", "y", "al", "el", "bin", "ibn",
})  # fmt: skip
_BRACKETS = re.compile(r"\([^)]*\)?|\[[^\]]*\]?|\{[^}]*\}?|<[^>]*>?")
#: "Winter, Eva - Vertrieb": what follows is a department.
_ADDED = re.compile(r"\s+[-–—|/]\s+.*$", re.DOTALL)
#: Words of the shortest form that names somebody: one word alone may be any word.
_LEAST = 2
#: Letters with a stroke or tied together, which are no letters with an accent.
_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


def names(row: Mapping[str, str | None]) -> set[str]:
    """Return the full names of a person in one normal form, each of two words or more.

    Parameters
    ----------
    row
        first_name, last_name and name, as a user list has them.

    Examples
    --------
    >>> sorted(names({"first_name": None, "last_name": None, "name": "Kunz, Dr. Otto (EXT)"}))
    ['kunz dr. otto', 'kunz otto', 'otto dr. kunz', 'otto kunz']
    """
    found = set(_as_written(row))
    for given, last in _split(row):
        parts = [part for part in last_parts(last) if part not in FUNCTION_WORDS]
        for one in (given, *_single(given)):
            for surname in dict.fromkeys([" ".join(last), *parts]):
                if one and surname:
                    found |= {f"{' '.join(one)} {surname}", f"{surname} {' '.join(one)}"}
    found |= set(map(unaccented, found))
    return {" ".join(text.split()[:MOST_WORDS]) for text in found if len(text.split()) >= _LEAST}


def unaccented(text: str) -> str:
    """Return a text as somebody writes it whose keyboard has no accents.

    Examples
    --------
    >>> unaccented("josé søndergård-muñoz")
    'jose sondergard-munoz'
    """
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFKD", text.translate(_STROKES))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def surnames(row: Mapping[str, str | None]) -> set[str]:
    """Return the surnames of a person in one normal form: the whole and the parts of a double one."""
    found = {form for _, last in _split(row) for form in (" ".join(last), *last_parts(last))}
    return {form for one in found for form in (one, unaccented(one)) if form}


def last_parts(last: list[str]) -> list[str]:
    """Return the surnames that a longer surname is made of.

    Examples
    --------
    >>> last_parts(["lange-busch"]), last_parts(["de", "souza", "e", "silva"])
    (['lange', 'busch'], ['souza', 'silva', 'de souza'])
    """
    words = [part for word in last for part in word.split("-") if part]
    if len(words) < _LEAST:
        return []
    named = [word for word in words if word not in _PARTICLES]
    if not named or words[0] not in _PARTICLES:
        return named
    return [*named, " ".join(words[: words.index(named[0]) + 1])]


def _as_written(row: Mapping[str, str | None]) -> Iterator[str]:
    """Return the name as the list writes it, in both orders, without what stands in brackets."""
    first, last, name = (row.get(part) or "" for part in ("first_name", "last_name", "name"))
    written = normalise(_plain(name))
    yield from (normalise(f"{first} {last}"), normalise(f"{last} {first}"), written)
    yield " ".join(reversed(written.split()))


def _split(row: Mapping[str, str | None]) -> Iterator[tuple[list[str], list[str]]]:
    """Return given names and surname, as words without titles; from the parts of a name and from the whole."""
    first, last, name = (row.get(part) or "" for part in ("first_name", "last_name", "name"))
    if last:
        yield _untitled(_words(first), 1), _untitled(_words(last), 1)
    before, comma, behind = _plain(name).partition(",")
    if comma and behind.strip():
        yield _untitled(_words(behind.partition(",")[0]), 1), _untitled(_words(before), 1)
    elif not last:
        words = _untitled(_words(before), _LEAST)
        start = next((i for i, word in enumerate(words) if i and word in _PARTICLES), len(words) - 1)
        if len(words) >= _LEAST:
            yield words[:start], words[start:]


def _single(given: list[str]) -> Iterator[list[str]]:
    """Return every given name alone, of a double one its first: "Eva-Maria" is called Eva."""
    for word in given:
        yield from ([word], [word.split("-")[0]])


def _plain(text: str) -> str:
    return _ADDED.sub("", _BRACKETS.sub(" ", text)).strip()


def _words(text: str) -> list[str]:
    return [word for raw in normalise(_plain(text)).split() if (word := raw.strip("._+-@"))]


def _untitled(words: list[str], least: int) -> list[str]:
    """Return words without titles, unless too few are left: somebody may be called Graf."""
    kept = [word for word in words if not set(filter(None, re.split(r"[.-]", word))) <= _TITLES]
    return kept if len(kept) >= least else words
