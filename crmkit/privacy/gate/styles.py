"""What a style sheet does beside colouring: fetch from elsewhere, and hide what is there."""

from __future__ import annotations

import re
from collections.abc import Iterator

_REFERENCE = re.compile(
    r"@import|(?:url|src)\(\s*['\"]?\s*(?!data:|#|['\"\s)])|https?:(?!//www\.w3\.org/)|image-set\(", re.I
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.S)
_CODE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|([^\n\r\f0-9a-fA-F]))")
#: What an element is given that nobody is to see, or to read in the order in which it stands.
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0*\.?0+(?![\d.])"
    r"|(?:^|[;{\s])opacity\s*:\s*(?=[\d.])0*(?:\.(?:00\d*|0?))?%?\s*(?:!\s*important\s*)?(?:;|$|\})"
    r"|unicode-bidi\s*:\s*(?:isolate-)?(?:bidi-)?override",
    re.I,
)
_RULE = re.compile(r"([^{};]*)\{([^{}]*)\}")
_TOKEN = re.compile(r"[.#]?[\w-]+")
#: A page may look otherwise on paper and on a narrow screen; there is a screen on which all is seen.
_CONDITION = re.compile(r"\bprint\b|\bwidth\b|-width", re.I)
#: nbconvert's paragraph marks beside headings.
_HARMLESS = frozenset({".anchor-link"})
_LAST_CODE = 0x10FFFF


def plain(sheet: str) -> str:
    r"""Return a style sheet without comments and escapes.

    Examples
    --------
    >>> plain(r"displa\79:/**/none"), plain(r"ur\l(x)")
    ('display:none', 'url(x)')
    """
    return _CODE.sub(_letter, _COMMENT.sub("", sheet))


def _letter(found: re.Match[str]) -> str:
    return found[2] or chr(min(int(found[1], 16), _LAST_CODE))


def reaches_out(sheet: str) -> bool:
    """Return whether a style sheet fetches something from outside the page."""
    return bool(_REFERENCE.search(sheet) or _REFERENCE.search(plain(sheet)))


def is_unseen(style: str) -> bool:
    """Return whether the declarations of an element hide it or turn its letters round."""
    return bool(_UNSEEN.search(plain(style)))


def hiding(sheet: str) -> Iterator[frozenset[str]]:
    """Return what hides the elements that have it all: tag, ``.class`` and ``#id``.

    Only selectors of one element are read: ``.hidden``, ``td.h``; and no rules for paper and narrow screens.

    Examples
    --------
    >>> [sorted(names) for names in hiding(".a, td.b { display: none } @media print { p { display: none } }")]
    [['.a'], ['.b', 'td']]
    """
    for selectors, style in _RULE.findall(_unconditional(_COMMENT.sub("", sheet))):
        for selector in selectors.split(",") if is_unseen(style) else ():
            names = _TOKEN.findall(selector)
            if names and "".join(names) == selector.strip() and not _HARMLESS & set(names):
                yield frozenset(name if name[0] in ".#" else name.lower() for name in names)


def _unconditional(sheet: str) -> str:
    """Return a style sheet without the rules that count only on paper or on some screens."""
    kept, at = [], 0
    for found in re.finditer(r"@media([^{}]*)\{", sheet):
        if found.start() < at:
            continue
        kept.append(sheet[at : found.start()])
        at = found.end()
        if _CONDITION.search(found[1]):
            at = _end_of_block(sheet, at)
    return "".join([*kept, sheet[at:]])


def _end_of_block(sheet: str, start: int) -> int:
    depth = 1
    for found in re.compile(r"[{}]").finditer(sheet, start):
        depth += 1 if found[0] == "{" else -1
        if not depth:
            return found.end()
    return len(sheet)
