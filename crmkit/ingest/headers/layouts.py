"""What a layout says of an export, applied to it: defaults, words, rows that do not count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import polars as pl

from crmkit.errors import InputError
from crmkit.readers import Layout, Mark, folded, header_of, of_no_use, readers, recognise
from crmkit.settings import Export

_NOTHING = Layout()
#: Among the words of a layout: every other word.
ANY_WORD = "*"


def layout_of(reader: str) -> Layout:
    """Return the layout of a reader, an empty one for the consultant's own tables."""
    known = readers()
    return known[reader].layout if reader in known else _NOTHING


def refuse_another(export: Export, columns: Sequence[str], file: str) -> None:
    """Refuse a file that is plainly another system's: the same header may mean another zone or another person there.

    Raises
    ------
    InputError
        If the export is none of use, or its headers are those of another reader and not of this one, and the client
        has mapped none.
    """
    what = of_no_use(columns)
    if what:
        raise InputError.of_no_use(file, what)
    own, here = layout_of(export.reader).signatures, {folded(header) for header in columns}
    if export.columns or not own or any({folded(header) for header in each} <= here for each in own):
        return
    other = recognise(columns, apart_from=export.reader)
    if other:
        raise InputError.another_reader(file, export.reader, other)


def with_defaults(export: Export, columns: Sequence[str]) -> Export:
    """Return an export with what its layout says where the client says nothing.

    Parameters
    ----------
    export
        As it stands in client.yml.
    columns
        Headers of the file: what a column says is not said by a constant.
    """
    layout = layout_of(export.reader)
    constants = {
        name: value
        for name, value in layout.constants.items()
        if name not in export.columns and header_of(columns, layout.columns.get(name, ())) is None
    }
    return export.model_copy(
        update={
            "timezone": export.timezone or layout.timezone or None,
            "date_format": export.date_format or layout.date_format or None,
            "constants": constants | export.constants,
        }
    )


def translated(values: pl.Series, name: str, reader: str) -> pl.Series:
    """Return a column with the kit's words for those of the layout; others stay, or become what ``*`` stands for."""
    words = {word.casefold(): ours or None for word, ours in layout_of(reader).values.get(name, {}).items()}
    if not words:
        return values
    known = {
        value: words.get(value.strip().casefold(), words.get(ANY_WORD, value)) for value in values.drop_nulls().unique()
    }
    return values.replace_strict(known, default=None, return_dtype=pl.String).alias(values.name)


def pairs_of(reader: str, columns: Sequence[str]) -> list[dict[str, str]]:
    """Return the pairs of who and when that a file has whole, such as created by and on: column → header."""
    found = []
    for pair in layout_of(reader).pairs:
        named = {name: header for name, forms in pair.items() if (header := header_of(columns, forms)) is not None}
        found += [named] if len(named) == len(pair) else []
    return found


def marked(marks: Sequence[Mark], columns: Sequence[str], *, tells: Literal["reason", "kind"] = "reason") -> pl.Expr:
    """Return what the first mark that fits tells of a row, null for none: the reason, or the kind of an account."""
    told = pl.lit(None, dtype=pl.String)
    for mark in reversed(marks):
        fits = is_marked(mark, columns)
        if fits is not None:
            told = pl.when(fits).then(pl.lit(getattr(mark, tells))).otherwise(told)
    return told


def is_marked(mark: Mark, columns: Sequence[str]) -> pl.Expr | None:
    """Return whether rows have a mark, None if none of its columns is there."""
    header = header_of(columns, mark.columns)
    if header is None:
        return None
    cell = pl.col(header)
    if mark.filled:
        return cell.is_not_null()
    if mark.values:
        return cell.str.to_lowercase().is_in([value.lower() for value in mark.values]).fill_null(value=False)
    return cell.str.contains(f"(?i){mark.pattern}").fill_null(value=False)


def object_of_file(export: Export, file: str) -> str | None:
    """Return the object that the name of a file tells, None if it tells none."""
    pattern = layout_of(export.reader).object_from_file
    found = re.search(pattern, file) if pattern else None
    return found[1] if found else None
