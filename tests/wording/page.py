"""What a rendered page says, and which of its words are the kit's: those of client and consultant are taken out."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pandas as pd

from crmkit.yaml_files import read_yaml

#: Stands between what two elements say, so that words of one never join words of the other.
BREAK = "\u241f"
#: Columns of prepared tables that hold words of the client. Codes such as `kind` or `status` are the kit's.
OF_THE_CLIENT = (
    "org_unit", "licence", "role", "title", "goal", "measure", "hurdle", "owner_role", "note", "outcome", "unit",
    "process", "purpose", "crm_lacks", "role_group", "theme", "paraphrase", "definition",
)  # fmt: skip
_SPOKEN = re.compile(r'\s(?:aria-label|alt|title|data-heading|content)="([^"]*)"')
_COMMENTARY = re.compile(r'<aside class="commentary">.*?</aside>', re.S)
#: A quotation inside a quotation has other marks than it was typed with.
_QUOTES = str.maketrans(dict.fromkeys('„“”‚‘’"', "'"))
#: Names of readers and files: the same in every language.
_NAMES = re.compile(r"\b\w+\.\w*[a-z]\w*\b")
#: The kit's own codes are written so: no name of a client is.
_CODE = re.compile(r"[a-z0-9_.%]+")


def words_of(html: str) -> str:
    """Return what a page says: text, alternative texts, headings of stacked cells."""
    body = re.sub(r"<(style|script)\b.*?</\1>", BREAK, html, flags=re.S)
    plain = unescape(BREAK.join([re.sub(r"<[^>]*>", BREAK, body), *_SPOKEN.findall(body)]))
    plain = plain.replace("\u00ad", "").replace("\u200b", "")
    return re.sub(rf"[\s{BREAK}]*{BREAK}[\s{BREAK}]*", f" {BREAK} ", " ".join(plain.split()))


def kit_words_of(html: str, folder: Path) -> str:
    """Return what the kit itself says on the page of a client: without commentary, names, and what was typed in.

    Parameters
    ----------
    html
        The page.
    folder
        Folder of the client, prepared.
    """
    text = words_of(_COMMENTARY.sub(BREAK, html)).translate(_QUOTES)
    for phrase in sorted({phrase.translate(_QUOTES) for phrase in own_words(folder)}, key=len, reverse=True):
        # a chart breaks long names into lines, each an element
        lines = rf"[\s{BREAK}]+".join(re.escape(part) for part in phrase.split())
        text = re.sub(rf"(?<!\w){lines}(?!\w)", BREAK, text)
    return _NAMES.sub(BREAK, text)


def own_words(folder: Path) -> Iterator[str]:
    """Return what client and consultant wrote: settings, kept retrospectives, and the words in their tables."""
    for file in (folder / "client.yml", *folder.glob("history/**/*.yml")):
        yield from (text for text in _values(read_yaml(file)) if not _CODE.fullmatch(text))
    for text in _of_columns(folder, OF_THE_CLIENT):
        # of a path of units the report shows the end, or all of it
        yield from (part for part in (text, *text.split("/"), text.replace("/", " › ")) if not _CODE.fullmatch(part))
    # bands are names, too, in whatever spelling the client counts them
    yield from _of_columns(folder, ("band",))


def _of_columns(folder: Path, columns: tuple[str, ...]) -> Iterator[str]:
    for file in sorted((folder / "prepared").glob("*.parquet")):
        rows = pd.read_parquet(file)
        for column in rows.columns.intersection(list(columns)):
            yield from (str(text) for text in rows[column].dropna().unique() if text)


def _values(value: object) -> Iterator[str]:
    """Return the texts of settings; their keys are the kit's."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _values(one)
    elif isinstance(value, str) and value.strip():
        yield value
