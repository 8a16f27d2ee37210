"""Reads HTML and SVG for the gate: texts, attributes, and structures that a shared file must not have."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

from crmkit.privacy.gate.content import Content, Hit, Piece
from crmkit.privacy.gate.embedded import addresses_in, embedded_in
from crmkit.privacy.gate.pictures import words_in

_URL_ATTRIBUTES = frozenset({
    "src", "href", "xlink:href", "srcset", "imagesrcset", "data", "action", "formaction", "poster", "background",
    "cite", "ping", "manifest", "longdesc", "codebase", "archive", "classid", "profile", "dynsrc", "lowsrc",
})  # fmt: skip
_EMBEDDING = frozenset({"iframe", "frame", "frameset", "object", "embed", "applet", "form", "portal", "base"})
#: Elements whose content a browser does not show, or reads otherwise than any other reader does.
_UNSEEN = frozenset({"template", "noscript", "noembed", "noframes", "textarea", "xmp", "plaintext", "listing"})
_UNSEEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:^|;)\s*opacity\s*:\s*0*\.?0+\s*(?:;|$)|font-size\s*:\s*0", re.I
)
#: Shapes hold no words: a bar of no height or colour is a number like any other.
_SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polygon", "polyline", "use"})
#: Elements that do not end a word: ``<b>E</b>va`` is read as one.
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "samp",
    "small", "span", "strong", "sub", "sup", "tspan", "tt", "u", "var", "wbr",
})  # fmt: skip
#: Attributes of drawings: thousands of coordinates, unless there are words in them.
_GEOMETRY = frozenset({"d", "points", "x", "y", "x1", "x2", "y1", "y2", "dx", "dy", "width", "height", "viewbox"})
_COORDINATES = re.compile(r"[MmLlHhVvCcSsQqTtAaZzeE\d\s.,+-]*")
_CSS_REFERENCE = re.compile(
    r"@import|url\(\s*['\"]?\s*(?!data:|#|['\"\s)])|https?:(?!//www\.w3\.org/)|image-set\(", re.I
)
_CSS_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_SCRIPT_ADDRESS = (
    "javascript:",
    "vbscript:",
    "livescript:",
    "data:text/html",
    "data:application/xhtml",
    "data:text/xml",
)
#: Classes that notebook exporters give to source code, and mime types of what is not meant to be seen.
_CODE_CLASSES = re.compile(r"\b(?:jp-InputArea|jp-CodeMirrorEditor|input_area|input_prompt|jp-InputPrompt|hl-\w+)\b")
_ERROR_TYPES = re.compile(r"application/vnd\.jupyter\.(?:error|stderr)")
_WIDGETS = re.compile(r"application/vnd\.jupyter\.widget")
#: Wherever it stands, also where a parser sees no element: browsers do not agree with any parser on broken markup.
_SCRIPT_TAG = re.compile(r"<script\b", re.I)
#: Comments and embedded pages that hold markup again are read to this depth.
_DEEPEST = 4


def read_html(text: str, *, relative: bool = False, depth: int = 0) -> Content:
    """Read an HTML document or fragment.

    Parameters
    ----------
    text
        The HTML; anything is taken, nothing is raised.
    relative
        True: relative references are allowed, as in a page that lists other files.
    depth
        How deep this stands inside another document.

    Returns
    -------
    Content
    """
    parser = _Parser(relative=relative, depth=depth)
    try:
        parser.feed(text)
        parser.close()
    # the parser of the standard library gives up on some malformed declarations with bare assertions
    except Exception:
        parser.content.hits.append(Hit("unreadable", parser.place))
    if _WIDGETS.search(text):
        parser.content.hits.append(Hit("widget_state", ""))
    if not any(hit.rule == "script" for hit in parser.content.hits):
        lines = (text.count("\n", 0, found.start()) + 1 for found in _SCRIPT_TAG.finditer(text))
        parser.content.hits.extend(Hit("script", f"line {line}") for line in lines)
    parser.finish()
    return parser.content


class _Parser(HTMLParser):
    """Collects texts with their line and section."""

    def __init__(self, *, relative: bool, depth: int) -> None:
        super().__init__(convert_charrefs=True)
        self.content = Content()
        self._relative = relative
        self._depth = depth
        self._section = ""
        self._style = 0
        #: places of open <svg> elements, and whether the outermost has an alternative text yet
        self._svg: list[str] = []
        self._svg_is_described = False
        self._in_title = False
        #: texts since the last element that ends a line
        self._line: list[Piece] = []

    @property
    def place(self) -> str:
        """Line and section that the parser has reached."""
        section = f', section "{self._section}"' if self._section else ""
        return f"line {self.getpos()[0]}{section}"

    def finish(self) -> None:
        """Judge what was left open, and take what the parser did not: an unclosed style or declaration."""
        if self.rawdata:
            self._read_markup(self.rawdata)
        self._end_line()
        while self._svg:
            self._close_svg()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in _INLINE:
            self._end_line()
        if tag == "section" and given.get("id"):
            self._section = given["id"]
        self._check_tag(tag, given)
        # not `given`: of an attribute that is there twice a browser takes the first, the dict the last
        for name, value in attrs:
            self._check_attribute(tag, name, value or "")
        if tag == "style":
            self._style += 1
        if tag == "svg":
            self._open_svg(given)
        self._in_title = tag == "title"

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self._end_line()
        if tag == "svg" and self._svg:
            self._close_svg()
        if tag == "style":
            self._style = max(0, self._style - 1)
        self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._style:
            self._read_style(data)
            return
        self._line.append(Piece(self.place, data))
        if not data.strip():
            return
        if self._in_title and self._svg:
            self._svg_is_described = True
        self.content.running.append(self._line[-1])

    def handle_comment(self, data: str) -> None:
        self._read_markup(data)

    def handle_decl(self, decl: str) -> None:
        self.content.apart.append(Piece(self.place, decl))

    def unknown_decl(self, data: str) -> None:
        self._read_markup(data)

    def handle_pi(self, data: str) -> None:
        self._read_markup(data)

    def _hit(self, rule: str) -> None:
        self.content.hits.append(Hit(rule, self.place))

    def _end_line(self) -> None:
        """Read once more as one text what stands in several elements without a space between."""
        texts = [piece.text for piece in self._line]
        if any(not left[-1:].isspace() and not right[:1].isspace() for left, right in pairwise(texts)):
            self.content.apart.append(Piece(self._line[0].where, "".join(texts)))
        self._line = []

    def _read_markup(self, text: str) -> None:
        """Read a comment or what the parser left over: its words, and the elements that a browser may see in it."""
        self.content.apart.append(Piece(self.place, text))
        if "<" not in text:
            return
        if self._depth >= _DEEPEST:
            self._hit("unreadable")
            return
        self._take(read_html(text, depth=self._depth + 1))

    def _take(self, inside: Content) -> None:
        """Take in a document inside this one; the alternative text of an embedded picture is that of its ``<img>``."""
        hits = [hit for hit in inside.hits if hit.rule != "alternative_text"]
        self.content.add(Content(inside.running, inside.apart, hits), where=self.place)

    def _read_style(self, sheet: str) -> None:
        plain = _CSS_ESCAPE.sub(lambda found: chr(min(int(found[1], 16), 0x10FFFF)), sheet)
        if _CSS_REFERENCE.search(plain) or _CSS_REFERENCE.search(sheet):
            self._hit("external")
        for address in addresses_in(sheet):
            self._read_embedded(address)
        if sheet.strip():
            self.content.apart.append(Piece(self.place, sheet))

    def _check_tag(self, tag: str, given: dict[str, str]) -> None:
        if tag == "script":
            self._hit("script")
        if tag in _EMBEDDING:
            self._hit("embedded")
        if tag in _UNSEEN or (tag not in _SHAPES and _is_unseen(given)):
            self._hit("hidden")
        if tag in ("img", "area") and not given.get("alt", "").strip():
            self._hit("alternative_text")
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            self._hit("external")
        if _CODE_CLASSES.search(given.get("class", "")):
            self._hit("code")
        if any(_ERROR_TYPES.search(value) for value in given.values()):
            self._hit("traceback")

    def _check_attribute(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on"):
            self._hit("handler")
        if name in _URL_ATTRIBUTES:
            self._check_reference(tag, value)
        elif _target(value).startswith(_SCRIPT_ADDRESS):
            self._hit("script")
        elif name == "style" or "url(" in value:
            self._read_style(value)
        if value and not (name in _GEOMETRY and _COORDINATES.fullmatch(value)):
            self.content.apart.append(Piece(self.place, value))

    def _check_reference(self, tag: str, value: str) -> None:
        """Judge where an attribute points to: fragments and embedded pictures are fine."""
        target = _target(value)
        if target.startswith(_SCRIPT_ADDRESS):
            self._hit("script")
        elif target.startswith("data:"):
            # a link to embedded data is a file to be saved, whatever it says it is
            if tag == "a":
                self._hit("embedded")
            self._read_embedded(value.strip())
        elif target and not target.startswith("#") and not self._is_allowed_file(target):
            self._hit("external")

    def _is_allowed_file(self, target: str) -> bool:
        return self._relative and not re.match(r"[a-z][a-z0-9+.-]*:|//|\\\\", target)

    def _read_embedded(self, address: str) -> None:
        """Read what is embedded: a drawing may carry a name, a picture its author and place."""
        kind, raw, whole = embedded_in(address)
        if kind == "other":
            self._hit("embedded")
        if not whole or self._depth >= _DEEPEST:
            self._hit("unreadable")
        elif kind == "markup":
            self._take(read_html(raw.decode("utf-8", "replace"), depth=self._depth + 1))
        elif kind == "text":
            self.content.apart.append(Piece(self.place, raw.decode("utf-8", "replace")))
        else:
            self.content.apart.extend(Piece(self.place, words) for words in words_in(raw))

    def _open_svg(self, given: dict[str, str]) -> None:
        if not self._svg:
            self._svg_is_described = bool((given.get("aria-label") or given.get("aria-labelledby") or "").strip())
        self._svg.append(self.place)

    def _close_svg(self) -> None:
        opened = self._svg.pop()
        if not self._svg and not self._svg_is_described:
            self.content.hits.append(Hit("alternative_text", opened))


def _is_unseen(given: dict[str, str]) -> bool:
    is_field = given.get("type", "").lower() == "hidden"
    return is_field or "hidden" in given or bool(_UNSEEN_STYLE.search(given.get("style", "")))


def _target(value: str) -> str:
    """Return an address as a browser takes it: control characters and spaces are not there."""
    return re.sub(r"[\x00-\x20]+", "", value).lower()
