"""HTML of blocks: templates with automatic escaping, so that no word of a client becomes markup."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from crmkit.letters import breakable, legible
from crmkit.report.language import tight

if TYPE_CHECKING:
    from jinja2 import Environment


#: Longest text of a block (characters): what a client wrote is shorter already, the rest is the kit's own prose.
_LONGEST = 20_000


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("crmkit.report", "blocks"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_as_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["tight"] = tight
    return environment


def _as_shown(value: object) -> object:
    """Return a text that neither hides letters nor bursts its column; markup and numbers are as they are."""
    return breakable(legible(value, longest=_LONGEST)) if type(value) is str else value


def fill(template: str, **values: object) -> str:
    """Return a template of ``blocks/`` filled with values, which are escaped."""
    return _environment().get_template(f"{template}.html.j2").render(**values).strip()


def as_text(html: str) -> str:
    """Return the words of a piece of HTML, one line an element of its own."""
    from html import unescape

    text = re.sub(r"<(style|svg)\b.*?</\1>", " ", html, flags=re.S)
    text = re.sub(r"</(p|li|h\d|tr|dt|dd|div|caption|section|figure)>|<br>", "\n", text)
    text = unescape(re.sub(r"<[^>]+>", " ", text))
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)
