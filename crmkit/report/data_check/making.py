"""What all blocks of the data check share: names of sources, tables, lines to paste, and the kind ``internal``."""

from __future__ import annotations

from typing import Any

import yaml
from markupsafe import Markup, escape

from crmkit.letters import legible
from crmkit.readers import readers
from crmkit.report.chart import Block
from crmkit.report.language import Language
from crmkit.report.markup import as_text, fill
from crmkit.report.table_block import Cell, Column
from crmkit.report.text.words import WORDS, word

#: Longest name of a file, a header or an object that is shown whole (letters).
_LONGEST = 120
#: Light → the mark of a status that the page and the charts draw: disc, half disc, triangle.
MARKS = {"green": "status-on_track", "amber": "status-at_risk", "red": "status-off_track"}


def internal(*parts: str, finding: str = "") -> Block:
    """Return a block for the consultant alone; a client's page leaves it out."""
    html = "\n".join(part for part in (fill("finding", finding=finding) if finding else "", *parts) if part)
    return Block(html, as_text(html), kind="internal", finding=finding)


def table(title: str, headings: dict[str, bool], body: list[list[Cell]], *notes: str, stacked: bool = False) -> str:
    """Return a table, nothing without rows; headings with whether numbers stand under them."""
    if not body:
        return ""
    columns = [Column(heading, numeric) for heading, numeric in headings.items()]
    said = [note for note in notes if note]
    return fill("table", title=title, columns=columns, rows=body, notes=said, stacked=stacked)


def paste(words: str, value: Any) -> str:
    """Return lines of YAML to copy, with what they are for."""
    return fill("paste", words=words, text=verbatim(as_yaml(value)))


def as_yaml(value: Any) -> str:
    """Return a value as lines of client.yml; letters that hide or turn others stand as escapes."""
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000)
    is_plain = all(legible(line, longest=len(line) + 1) == line for line in text.splitlines())
    return text if is_plain else yaml.safe_dump(value, allow_unicode=False, sort_keys=False, width=10_000)


def verbatim(text: str) -> Markup:
    """Return a text that is copied from the page: escaped, but without places to break a word."""
    return escape(text)


def shown(text: str) -> str:
    """Return a name out of the client's files, legible and not endless."""
    return legible(str(text), longest=_LONGEST)


def source_name(source: str, t: Language) -> str:
    """Return what a source is called: its reader's title and its part, or the consultant's table."""
    reader, _, part = source.partition(":")
    known = readers().get(reader)
    name = getattr(known.title, t.code) if known else word(t, "source", reader.replace("\\", "/").rsplit("/", 1)[-1])
    # words of the kit may begin small, codes of a client stay as they are
    name = f"{name[:1].upper()}{name[1:]}" if known else name
    return shown(f"{name}: {part}" if part else name)


def reason_word(code: str, t: Language) -> str:
    """Return the word for a reason of the ledger; the code itself where there is none."""
    for kind in ("reason", "account_sign"):
        if code in WORDS[kind]:
            return word(t, kind, code)
    return t.gettext("anderer Grund ({code})", code=shown(code))


def sign_word(code: str, t: Language) -> str:
    """Return the word for the sign by which an account is no person's."""
    known = code in WORDS["account_sign"]
    return word(t, "account_sign", code) if known else t.gettext("anderes Zeichen ({code})", code=shown(code))
