"""Reads HTML and SVG for the gate: texts, attributes, and structures that a shared file must not have."""

from __future__ import annotations

import base64
import binascii
import re
from html.parser import HTMLParser
from urllib.parse import unquote_to_bytes

from crmkit.privacy.gate_content import Content, Hit, Piece

_URL_ATTRIBUTES = frozenset({
    "src", "href", "xlink:href", "srcset", "imagesrcset", "data", "action", "formaction", "poster", "background",
    "cite", "ping", "manifest", "longdesc", "codebase", "archive", "classid", "profile",
})  # fmt: skip
_EMBEDDING = frozenset({"iframe", "frame", "frameset", "object", "embed", "applet", "form", "portal", "base"})
#: Attributes of drawings: thousands of coordinates, unless there are words in them.
_GEOMETRY = frozenset({"d", "points", "x", "y", "x1", "x2", "y1", "y2", "dx", "dy", "width", "height", "viewbox"})
_COORDINATES = re.compile(r"[MmLlHhVvCcSsQqTtAaZzeE\d\s.,+-]*")
_CSS_REFERENCE = re.compile(
    r"@import|url\(\s*['\"]?\s*(?!data:|#|['\"\s)])|https?:(?!//www\.w3\.org/)|image-set\(", re.I
)
#: Classes that notebook exporters give to source code, and mime types of what is not meant to be seen.
_CODE_CLASSES = re.compile(r"\b(?:jp-InputArea|jp-CodeMirrorEditor|input_area|input_prompt|jp-InputPrompt|hl-\w+)\b")
_ERROR_TYPES = re.compile(r"application/vnd\.jupyter\.(?:error|stderr)")
_WIDGETS = re.compile(r"application/vnd\.jupyter\.widget")


def read_html(text: str, *, relative: bool = False) -> Content:
    """Read an HTML document or fragment.

    Parameters
    ----------
    text
        The HTML; anything is taken, nothing is raised.
    relative
        True: relative references are allowed, as in a page that lists other files.

    Returns
    -------
    Content
    """
    parser = _Parser(relative=relative)
    try:
        parser.feed(text)
        parser.close()
    # the parser of the standard library gives up on some malformed declarations with bare assertions
    except Exception:
        parser.content.hits.append(Hit("unreadable", parser.place))
    if _WIDGETS.search(text):
        parser.content.hits.append(Hit("widget_state", ""))
    parser.finish()
    return parser.content


class _Parser(HTMLParser):
    """Collects texts with their line and section."""

    def __init__(self, *, relative: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.content = Content()
        self._relative = relative
        self._section = ""
        self._style = 0
        #: places of open <svg> elements, and whether the outermost has an alternative text yet
        self._svg: list[str] = []
        self._svg_is_described = False
        self._in_title = False

    @property
    def place(self) -> str:
        """Line and section that the parser has reached."""
        section = f', section "{self._section}"' if self._section else ""
        return f"line {self.getpos()[0]}{section}"

    def finish(self) -> None:
        """Judge what was left open, and take what the parser did not: an unclosed style or declaration."""
        if self.rawdata:
            self.content.apart.append(Piece(self.place, self.rawdata))
        while self._svg:
            self._close_svg()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "section" and given.get("id"):
            self._section = given["id"]
        self._check_tag(tag, given)
        # not `given`: of an attribute that is there twice a browser takes the first, the dict the last
        for name, value in attrs:
            self._check_attribute(name, value or "")
        if tag == "style":
            self._style += 1
        if tag == "svg":
            self._open_svg(given)
        self._in_title = tag == "title"

    def handle_endtag(self, tag: str) -> None:
        if tag == "svg" and self._svg:
            self._close_svg()
        if tag == "style":
            self._style = max(0, self._style - 1)
        self._in_title = False

    def handle_data(self, data: str) -> None:
        if not data.strip():
            return
        if self._style and _CSS_REFERENCE.search(data):
            self._hit("external")
        if self._in_title and self._svg:
            self._svg_is_described = True
        (self.content.apart if self._style else self.content.running).append(Piece(self.place, data))

    def handle_comment(self, data: str) -> None:
        self.content.apart.append(Piece(self.place, data))

    def handle_decl(self, decl: str) -> None:
        self.content.apart.append(Piece(self.place, decl))

    def unknown_decl(self, data: str) -> None:
        self.content.apart.append(Piece(self.place, data))

    def handle_pi(self, data: str) -> None:
        self.content.apart.append(Piece(self.place, data))

    def _hit(self, rule: str) -> None:
        self.content.hits.append(Hit(rule, self.place))

    def _check_tag(self, tag: str, given: dict[str, str]) -> None:
        if tag == "script":
            self._hit("script")
        if tag in _EMBEDDING:
            self._hit("embedded")
        if tag in ("img", "area") and not given.get("alt", "").strip():
            self._hit("alternative_text")
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            self._hit("external")
        if _CODE_CLASSES.search(given.get("class", "")):
            self._hit("code")
        if any(_ERROR_TYPES.search(value) for value in given.values()):
            self._hit("traceback")

    def _check_attribute(self, name: str, value: str) -> None:
        if name.startswith("on"):
            self._hit("handler")
        if name in _URL_ATTRIBUTES:
            self._check_reference(value)
        elif (name == "style" or "url(" in value) and _CSS_REFERENCE.search(value):
            self._hit("external")
        if value and not (name in _GEOMETRY and _COORDINATES.fullmatch(value)):
            self.content.apart.append(Piece(self.place, value))

    def _check_reference(self, value: str) -> None:
        """Judge where an attribute points to: fragments and embedded pictures are fine."""
        target = "".join(value.split()).lower()
        if target.startswith(("javascript:", "vbscript:", "data:text/html", "data:application/xhtml")):
            self._hit("script")
        elif target.startswith("data:"):
            self._read_embedded(value.strip())
        elif target and not target.startswith("#") and not self._is_allowed_file(target):
            self._hit("external")

    def _is_allowed_file(self, target: str) -> bool:
        return self._relative and not re.match(r"[a-z][a-z0-9+.-]*:|//|\\\\", target)

    def _read_embedded(self, value: str) -> None:
        """Read an embedded SVG or text: a picture may carry a name, too."""
        head, _, body = value.partition(",")
        if not re.match(r"data:(?:image/svg|text/)", head, re.I):
            return
        raw = unquote_to_bytes(body)
        try:
            raw = base64.b64decode(raw, validate=False) if "base64" in head.lower() else raw
        except binascii.Error:
            self._hit("unreadable")
        inside = read_html(raw.decode("utf-8", "replace"))
        # the alternative text of an embedded picture is that of its <img>
        self.content.add(
            Content(inside.running, inside.apart, [hit for hit in inside.hits if hit.rule != "alternative_text"]),
            where=self.place,
        )

    def _open_svg(self, given: dict[str, str]) -> None:
        if not self._svg:
            self._svg_is_described = bool((given.get("aria-label") or given.get("aria-labelledby") or "").strip())
        self._svg.append(self.place)

    def _close_svg(self) -> None:
        opened = self._svg.pop()
        if not self._svg and not self._svg_is_described:
            self.content.hits.append(Hit("alternative_text", opened))
