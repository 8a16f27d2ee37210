"""What `crmkit check` says of the exports themselves: how columns were read, what is missing, what to ask."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from crmkit.errors import listed

if TYPE_CHECKING:
    import pandas as pd

    from crmkit.ingest import Prepared
    from crmkit.ingest.bookkeeping import FileRead
    from crmkit.settings import Settings

#: Objects without an area that are listed, the most frequent first.
MOST_OBJECTS = 8
_PARTS = 12


def lines(folder: Path, settings: Settings, tables: Prepared) -> Iterator[str]:
    """Return what is to be settled or asked, a line each.

    Parameters
    ----------
    folder
        The client folder.
    settings
        Its settings.
    tables
        What was read, with its book.
    """
    for read in tables.book.files:
        yield from _columns(read)
    yield from _objects(tables)
    yield from _gaps(tables.coverage)
    yield from _not_named(folder, settings)
    yield from (f"  ask: {question}" for question in tables.book.questions)


def in_yaml(content: object) -> str:
    """Return a value as it is written into client.yml, in one line."""
    return yaml.safe_dump(content, default_flow_style=True, allow_unicode=True, width=10**6, sort_keys=False).strip()


def _columns(read: FileRead) -> Iterator[str]:
    """Return how the columns of a file were read where the client has not said it, and the line that settles it."""
    export, mapping = read.export, read.mapping
    likely = read.looks_like
    if likely:
        yield f"  {read.file}: read by `{export.reader}`, but looks like `{likely}`: `reader: {likely}`"
    if mapping is None or not export.reader.startswith("generic."):
        return
    found = mapping.to_settle
    if found:
        said = ", ".join(f"`{header}` as {name}{_doubt(mapping.how[name])}" for name, header in found.items())
        yield f"  {read.file}: I read {said}; say so in client.yml: `columns: {in_yaml(mapping.headers)}`"
    for name, candidates in mapping.open.items():
        yield f"  {read.file}: not read as {name}, since several may be meant: {listed(candidates)}"
    left = read.not_read
    if left:
        yield f"  {read.file}: not read: {listed(left, most=_PARTS)}"


def _doubt(how: str) -> str:
    return " (merely alike)" if how == "alike" else ""


def _objects(tables: Prepared) -> Iterator[str]:
    """Return the objects that no area is known for."""
    total: dict[str, int] = {}
    for counts in tables.book.unmapped.values():
        for name, n in counts.items():
            if name:
                total[name] = total.get(name, 0) + n
    if not total:
        return
    first = sorted(total, key=lambda name: (-total[name], name))[:MOST_OBJECTS]
    said = ", ".join(f"`{name}` ({total[name]} rows)" for name in first)
    more = f" and {len(total) - len(first)} more" if len(total) > len(first) else ""
    example = in_yaml(dict.fromkeys(first[:2], "sales"))
    yield f"  no area known for: {said}{more}; say so in client.yml: `areas: {example}`"


def _gaps(coverage: pd.DataFrame) -> Iterator[str]:
    missing = coverage[~coverage["complete"]]
    for source, days in missing.groupby("source"):
        dates = sorted(days["date"].unique())
        yield (
            f"  gap: {source}: nobody acted on {len(dates)} working days, {dates[0]:%Y-%m-%d} to {dates[-1]:%Y-%m-%d}: "
            "these weeks are not assessed; if the company was closed, say so in client.yml: `calendar: {free_days: …}`"
        )


def _not_named(folder: Path, settings: Settings) -> Iterator[str]:
    """Return the files among the exports that client.yml does not name, and the reader that each is for."""
    from crmkit.ingest import unnamed_files

    for found in unnamed_files(folder, settings):
        entry = in_yaml({"file": found.file, "reader": found.reader})
        guess = f"looks like: `- {entry}`" if found.reader else "its headers tell no reader"
        yield f"  not in client.yml: {found.file}; {found.problem or guess}"
