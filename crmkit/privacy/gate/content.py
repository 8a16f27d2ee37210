"""What a reader of any file format hands to the gate: texts with their place, and what it saw on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Kind = Literal["client_html", "client_notebook", "client_tables", "client_text", "internal"]
Severity = Literal["block", "warning"]

#: Larger files are not read: no report is this large, and a small archive may unpack to one that is (bytes).
MOST_BYTES = 256 * 1024 * 1024

#: Rule → what was found, and what to do about it where that is not plain.
MESSAGES = {
    "unreadable": "cannot be read to the end, so nobody knows what it holds",
    "script": "a script",
    "handler": "an event handler (on… attribute)",
    "embedded": "an embedded document or form",
    "external": "a reference to something outside the file",
    "widget_state": "saved state of interactive controls, which may hold hidden tables",
    "code": "source code of a cell",
    "parameters": "the parameters that the notebook was run with",
    "path": "a path of this computer",
    "key": "the key behind the client's pseudonyms",
    "traceback": "a traceback or terminal colours",
    "email": "an e-mail address",
    "ip_address": "an address of a computer",
    "crm_id": "an id of a CRM user",
    "pseudonym": "the pseudonym of a person",
    "identity": "a full name, e-mail address, user name or id of one of the client's users",
    "surname": "a word that is also the surname of one of the client's users",
    "other_client": "the name of another client",
    "other_client_short": "a word that is also the short name of another client",
    "alternative_text": "a picture without alternative text",
    "hidden": "a hidden sheet, row, column or element, which may hold more than is seen",
    "formula": "a formula that reaches outside the file, or a text that a spreadsheet takes for one",
    "unmarked": "not marked as internal",
    "identities_unchecked": "names were not looked for: the client's identities or key are not at hand",
    "stderr": "a cell wrote to its error stream; that was left out of the report",
}

#: Rules that warn where all others block.
WARNINGS = frozenset({"surname", "other_client_short", "identities_unchecked", "stderr"})


@dataclass(frozen=True)
class Finding:
    """Something that the gate found in a file; it never shows what was found, only where.

    Attributes
    ----------
    rule
        Code of the rule.
    severity
        ``block`` keeps the file from being published, ``warning`` does not.
    where
        First place: line, cell, or sheet and cell.
    n
        How many places.
    """

    rule: str
    severity: Severity
    where: str
    n: int = 1

    @property
    def message(self) -> str:
        """What was found and where, in one line."""
        places = f" and {self.n - 1} more" if self.n > 1 else ""
        at = f" ({self.where}{places})" if self.where else ""
        return MESSAGES.get(self.rule, self.rule) + at


class Piece(NamedTuple):
    """A text and the place where it stands."""

    where: str
    text: str


class Hit(NamedTuple):
    """A rule that was broken at a place."""

    rule: str
    where: str


@dataclass(frozen=True)
class Content:
    """A file as the gate sees it.

    Attributes
    ----------
    running
        Texts that are read one after the other: a name may begin in one and end in the next.
    apart
        Texts that stand alone: attributes, metadata, sheet names.
    hits
        What was seen in the structure (scripts, hidden sheets …).
    """

    running: list[Piece] = field(default_factory=list)
    apart: list[Piece] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)

    def add(self, other: Content, *, where: str) -> None:
        """Take in the content of a part, with the part's place."""
        self.running.extend(Piece(where, piece.text) for piece in other.running)
        self.apart.extend(Piece(where, piece.text) for piece in other.apart)
        self.hits.extend(Hit(hit.rule, where) for hit in other.hits)


def findings_of(hits: list[Hit]) -> list[Finding]:
    """Return one finding per rule, with its first place and the number of places; blocking ones first."""
    places: dict[str, list[str]] = {}
    for hit in dict.fromkeys(hits):
        places.setdefault(hit.rule, []).append(hit.where)
    found = [
        Finding(rule, "warning" if rule in WARNINGS else "block", where[0], len(where))
        for rule, where in places.items()
    ]
    return sorted(found, key=lambda finding: (finding.severity, list(MESSAGES).index(finding.rule)))
