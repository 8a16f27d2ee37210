"""A drawing as it is embedded in a page: no prolog, no ids that clash, the page's font and colours."""

from __future__ import annotations

import hashlib
import re
from html import escape

from crmkit.report import palette

#: Where no page sets a font.
FONTS = 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'


def embeddable(svg: str, alt: str) -> str:
    """Return matplotlib's SVG as an element of a page, with its alternative text.

    Parameters
    ----------
    svg
        A whole SVG file, one unit a pixel.
    alt
        Alternative text.

    Returns
    -------
    str
        ``<svg …>…</svg>``: measured in pixels, colours as roles of the page, ids prefixed by a digest of
        the drawing so that two figures on a page never share one.
    """
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"\s*<metadata>.*?</metadata>", "", svg, flags=re.S)
    svg = re.sub(r"\s*<style type=\"text/css\">.*?</style>", "", svg, flags=re.S)
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.S).replace("xlink:href", "href")
    svg = re.sub(r" ?font-family: [^;\"]*(;|(?=\"))", "", svg).replace("font-weight: 700", "font-weight: 600")
    svg = palette.with_roles(_own_ids(svg))
    head, rest = svg.split(">", 1)
    head = re.sub(r'\s(?:xmlns:xlink|version)="[^"]*"', "", head)
    head = re.sub(r'((?:width|height)="[\d.]+)pt"', r'\1"', head)
    alt = escape(alt)
    fonts = escape(f"font-family: var(--font, {FONTS})")
    return f'{head} role="img" aria-label="{alt}" style="{fonts}"><title>{alt}</title>{rest}'.strip()


def _own_ids(svg: str) -> str:
    """Drop ids that nothing refers to, prefix the others."""
    used = set(re.findall(r"url\(#([^)]+)\)", svg)) | set(re.findall(r'href="#([^"]+)"', svg))
    own = hashlib.sha256(svg.encode()).hexdigest()[:8]
    svg = re.sub(r'\sid="([^"]+)"', lambda found: f' id="{own}-{found[1]}"' if found[1] in used else "", svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{own}-\1)", svg)
    return re.sub(r'href="#([^"]+)"', rf'href="#{own}-\1"', svg)
