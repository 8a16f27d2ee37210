"""Where the attributes of a page point to: which of them hold addresses, and which addresses are in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_URL_ATTRIBUTES = frozenset({
    "src", "href", "data", "action", "formaction", "poster", "background", "cite", "ping", "manifest", "longdesc",
    "codebase", "archive", "classid", "profile", "dynsrc", "lowsrc",
})  # fmt: skip
_SETS = frozenset({"srcset", "imagesrcset"})
_ANIMATIONS = frozenset({"set", "animate", "animatemotion", "animatetransform", "animatecolor"})
_ANIMATED = frozenset({"to", "from", "by", "values"})
#: What follows an address in a set: "2x", "100w", and whatever stands in brackets.
_DESCRIPTOR = re.compile(r"[^,(]*(?:\([^)]*\)?[^,(]*)*")


def local(name: str) -> str:
    """Return a name without the prefix of its namespace: ``s:script`` is a script."""
    return name.rpartition(":")[2]


def addresses(tag: str, name: str, value: str, given: Mapping[str, str]) -> Iterator[str]:
    """Return the addresses in an attribute.

    Parameters
    ----------
    tag, name
        Of the element and the attribute, in lower case, without the prefix of a namespace.
    value
        Of the attribute.
    given
        All attributes of the element.
    """
    if name in _URL_ATTRIBUTES:
        yield value
    elif name in _SETS:
        yield from of_set(value)
    elif tag in _ANIMATIONS and name in _ANIMATED and local(given.get("attributename", "").strip().lower()) == "href":
        yield from value.split(";")


def of_set(srcset: str) -> Iterator[str]:
    """Return the addresses of a set of pictures as browsers part them; a ``data:`` address holds commas itself.

    Examples
    --------
    >>> list(of_set("a.png 1x, data:image/png;base64,AA 2x,//b.example/c.png"))
    ['a.png', 'data:image/png;base64,AA', '//b.example/c.png']
    """
    at = 0
    while found := re.compile(r"[\s,]*([^\s,]\S*)").match(srcset, at):
        address, at = found[1], found.end()
        if not address.endswith(","):
            descriptor = _DESCRIPTOR.match(srcset, at)
            at = descriptor.end() if descriptor else at
        yield address.rstrip(",")
