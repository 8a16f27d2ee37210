"""The consultant's own words: Markdown from the client folder, made harmless."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from crmkit.letters import legible
from crmkit.report.chart import Block
from crmkit.report.language import language as language_of
from crmkit.report.markup import as_text, fill

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from crmkit.client import Client

#: Sections have headings of level 2, so a comment's begin below.
_LEVELS_DOWN, _LOWEST = 2, 6
#: Letters of the consultant's name, and of a line of words.
_LONGEST_NAME, _LONGEST_LINE = 160, 10_000


def commentary(client: Client, section: str, *, language: str | None = None) -> Block:
    """Return the consultant's commentary on a section.

    Parameters
    ----------
    client
        The client; its words stand in ``commentary/<section>.md``, and were written for today's retrospective: a
        report of another day has none.
    section
        Key of the section.
    language
        Of the label above it, ``de`` or ``en``; None: the client's. The words stay as written.

    Returns
    -------
    Block
        Kind ``commentary``: raw HTML is shown as text, images are left out, links keep their words and
        address as text. An absent block if there is no such file, or nothing to read in it.

    Raises
    ------
    InputError
        If a file of the client's commentary is not UTF-8, is too long or cannot be read.
    SettingsError
        If one is a link that leads out of the client folder.
    """
    t = language_of(language or client.language)
    source = client.commentary.get(section, "")
    words = safe_html(source) if source else ""
    if not as_text(words):
        return Block.absent(t.gettext("Kein Kommentar zu diesem Abschnitt."))
    consultant = legible(client.settings.brand.consultant, longest=_LONGEST_NAME)
    by = " · ".join(part for part in (t.gettext("Einordnung"), consultant) if part)
    return Block(fill("commentary", by=by, words=words), as_text(words), kind="commentary")


def safe_html(markdown: str) -> str:
    r"""Return Markdown as HTML that loads nothing, runs nothing and leads nowhere.

    Examples
    --------
    >>> safe_html("Siehe [hier](https://example.org) <script>")
    '<p>Siehe hier (https://example.org) &lt;script&gt;</p>\n'
    """
    return _reader().render("\n".join(legible(line, longest=_LONGEST_LINE) for line in markdown.split("\n")))


def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("html_block")
    for rule in (_link_open, _link_close, _image, _heading_open, _heading_close):
        reader.add_render_rule(rule.__name__.removeprefix("_"), rule)
    return reader


def _link_open(self: Any, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    return ""


def _link_close(self: Any, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    from html import escape

    opened = next(token for token in reversed(tokens[:idx]) if token.type == "link_open")
    address = str(opened.attrGet("href") or "")
    return "" if tokens[idx - 1].content == address else f" ({escape(address)})"


def _image(self: Any, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    from html import escape

    return escape(tokens[idx].content)


def _heading_open(self: Any, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    return f"<{_lower(tokens[idx])}>"


def _heading_close(self: Any, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    return f"</{_lower(tokens[idx])}>\n"


def _lower(token: Token) -> str:
    return f"h{min(int(token.tag[1]) + _LEVELS_DOWN, _LOWEST)}"
