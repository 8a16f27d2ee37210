"""Reads HTML and SVG for the gate: texts, attributes, and structures that a shared file must not have."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

from crmkit.privacy.gate.addresses import addresses, local
from crmkit.privacy.gate.content import Content, Hit, Piece
from crmkit.privacy.gate.embedded import addresses_in, embedded_in
from crmkit.privacy.gate.other_readers import seen_by_others
from crmkit.privacy.gate.pictures import words_in
from crmkit.privacy.gate.styles import hiding, is_unseen, plain, reaches_out

_EMBEDDING = frozenset({"iframe", "frame", "frameset", "object", "embed", "applet", "form", "portal", "base"})
#: Elements whose content a browser does not show, or reads otherwise than any other reader does.
_UNSEEN = frozenset({
    "template", "noscript", "noembed", "noframes", "textarea", "xmp", "plaintext", "listing", "dialog",
})  # fmt: skip
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
#: A tag or declaration that is not closed is read again and again; longer ones are not read (characters).
_LONGEST_OPEN = 10_000
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
        parser.end()
    # the parser of the standard library gives up on some malformed declarations with bare assertions
    except Exception:
        parser.content.hits.append(Hit("unreadable", parser.place))
    parser.finish()
    parser.content.hits.extend(seen_by_others(text, parser.content.hits))
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
        #: what the elements are (tag, classes, id), each with its first place; what a style sheet hides
        self._kinds: dict[frozenset[str], str] = {}
        self._hiding: set[frozenset[str]] = set()

    @property
    def place(self) -> str:
        """Line and section that the parser has reached."""
        section = f', section "{self._section}"' if self._section else ""
        return f"line {self.getpos()[0]}{section}"

    def end(self) -> None:
        """Read what is left, unless it is so long that the parser would try forever to make sense of it."""
        if len(self.rawdata) <= _LONGEST_OPEN:
            self.close()
        else:
            self._hit("unreadable")
            self.content.apart.append(Piece(self.place, self.rawdata))
            self.rawdata = ""

    def finish(self) -> None:
        """Judge what was left open, and take what the parser did not: an unclosed style or declaration."""
        if self.rawdata:
            self._read_markup(self.rawdata)
        unseen = [place for kind, place in self._kinds.items() if any(names <= kind for names in self._hiding)]
        self.content.hits.extend(Hit("hidden", place) for place in unseen)
        self._end_line()
        while self._svg:
            self._close_svg()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        tag = local(tag)
        if tag not in _INLINE:
            self._end_line()
        if tag == "section" and given.get("id"):
            self._section = given["id"]
        self._check_tag(tag, given)
        # not `given`: of an attribute that is there twice a browser takes the first, the dict the last
        for name, value in attrs:
            self._check_attribute(tag, local(name), value or "", given)
        if tag == "style":
            self._style += 1
        if tag == "svg":
            self._open_svg(given)
        self._in_title = tag == "title"

    def handle_endtag(self, tag: str) -> None:
        tag = local(tag)
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
        if reaches_out(sheet):
            self._hit("external")
        # in XML a style sheet may hold elements, which browsers run and fetch
        if re.search(r"<[^\W\d]", sheet):
            self._read_markup(sheet)
        self._hiding.update(hiding(sheet))
        for address in addresses_in(sheet):
            self._read_embedded(address)
        if sheet.strip():
            self.content.apart.append(Piece(self.place, sheet))

    def _check_tag(self, tag: str, given: dict[str, str]) -> None:
        if tag == "script":
            self._hit("script")
        if tag in _EMBEDDING:
            self._hit("embedded")
        if tag in _UNSEEN or (tag not in _SHAPES and _is_unseen(tag, given)):
            self._hit("hidden")
        if tag not in _SHAPES:
            names = [tag, f"#{given.get('id')}", *(f".{name}" for name in given.get("class", "").split())]
            self._kinds.setdefault(frozenset(names), self.place)
        if tag in ("img", "area") and not given.get("alt", "").strip():
            self._hit("alternative_text")
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            self._hit("external")
        if _CODE_CLASSES.search(given.get("class", "")):
            self._hit("code")
        if any(_ERROR_TYPES.search(value) for value in given.values()):
            self._hit("traceback")

    def _check_attribute(self, tag: str, name: str, value: str, given: dict[str, str]) -> None:
        if name.startswith("on"):
            self._hit("handler")
        for address in addresses(tag, name, value, given):
            self._check_reference(tag, address)
        if _target(value).startswith(_SCRIPT_ADDRESS):
            self._hit("script")
        elif name == "style" or re.search(r"(?:url|src|image-set)\(", plain(value), re.I):
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


def _is_unseen(tag: str, given: dict[str, str]) -> bool:
    """Return whether an element is hidden, or shows its letters in another order than they stand in."""
    if "hidden" in given or "popover" in given or given.get("type", "").lower() == "hidden":
        return True
    if tag == "bdo" and given.get("dir", "").strip().lower() == "rtl":
        return True
    drawn = (f"{name}:{given[name]}" for name in ("display", "visibility", "opacity", "font-size") if name in given)
    return is_unseen(";".join([given.get("style", ""), *drawn]))


def _target(value: str) -> str:
    """Return an address as a browser takes it: control characters and spaces are not there."""
    return re.sub(r"[\x00-\x20]+", "", value).lower()
