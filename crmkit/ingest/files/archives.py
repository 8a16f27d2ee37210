"""Packed files, read piece by piece: a few kilobytes may unpack to more than a computer holds.

Sizes that an archive states of itself are not believed; what comes out is counted.
"""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

from crmkit.errors import InputError
from crmkit.ingest.files.open_documents import extent_of

#: Bytes that are taken into memory at once; a plain UTF-8 file may be larger, it is read piece by piece.
MOST_BYTES = 1024**3
#: Logs shrink to a tenth, dull ones to a fiftieth; what shrinks more than this holds nothing but repetition.
MOST_RATIO = 150
#: Bytes up to which any ratio is fine.
ALWAYS_FINE = 50_000_000
#: Text files in one zip.
MOST_MEMBERS = 2_000
#: Cells of a sheet, the empty ones between its corners included: all of them are held in memory.
MOST_CELLS = 16_000_000
#: Merged cells of a sheet.
MOST_MERGED = 500_000
#: Characters of all cells of a workbook, were each as long as the longest text in it; of a Parquet file in fact.
MOST_CHARACTERS = 4 * 1024**3
#: Cells of a Parquet file.
MOST_PARQUET_CELLS = 300_000_000
_ROWS = 65_536
_PIECE = 1024**2
_TEXTS = (".csv", ".txt", ".tsv")
#: What may stand across two pieces: the reference of a cell, the mark of a text.
_OVERLAP = 64
#: A number of more digits is a mistake or worse.
_ROW_DIGITS, _ROW_LIMIT = 9, 10**9
_CELL = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)(\d+)["']""")
_SHARED = re.compile(rb"""\bt\s*=\s*["']s["']""")
#: Numbers that the file states of itself and for which memory is reserved before anything is read.
_STATED = re.compile(rb"""\b(?:uniqueCount|count)\s*=\s*["']\s*\+?(\d+)""")
#: Where an OpenDocument file keeps all its sheets.
_SHEETS_OF_ODS = "content.xml"
_TEXT = re.compile(rb"<(?:\w+:)?si\b")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b")


def from_gzip(path: Path) -> bytes:
    """Return the content of a gzip file.

    Raises
    ------
    InputError
        If it unpacks to more than any export holds.
    """
    with gzip.open(path) as stream:
        return _whole(_bounded(stream, path))


def _whole(pieces: Iterable[bytes]) -> bytes:
    """Return pieces as one, without holding both at a time."""
    out = io.BytesIO()
    for piece in pieces:
        out.write(piece)
    return out.getvalue()


def from_zip(path: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Return names and contents of the text files of a zip, in order of their names; archives inside stay shut.

    Each content is unpacked when it is asked for, and before the next name.

    Raises
    ------
    InputError
        If it holds no text file, too many, or unpacks to more than any export holds.
    """
    with zipfile.ZipFile(path) as archive:
        texts = [member for member in archive.infolist() if _is_text(member.filename)]
        if not texts:
            raise InputError.unreadable(path.name, "the zip holds no .csv or .txt file")
        if len(texts) > MOST_MEMBERS:
            raise InputError.too_large(path.name, f"it holds more than {MOST_MEMBERS:,} files")
        n_before = [0]
        for member in sorted(texts, key=lambda each: each.filename):
            yield _plain(member.filename), partial(_member, archive, member, path, n_before)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, n_before: list[int]) -> bytes:
    with archive.open(member) as stream:
        raw = _whole(_bounded(stream, path, n_before=sum(n_before)))
    n_before.append(len(raw))
    return raw


def _is_text(name: str) -> bool:
    """Return whether a member is a text file, and none of those that macOS hides beside them."""
    parts = name.replace("\\", "/").split("/")
    return parts[-1].lower().endswith(_TEXTS) and "__MACOSX" not in parts and not parts[-1].startswith(".")


def check_workbook(path: Path) -> None:
    """Refuse a workbook that takes more memory than its size tells.

    Raises
    ------
    InputError
        If it unpacks to too much, a sheet or an OpenDocument file spans too many cells, or few texts stand
        for very many.
    """
    if not zipfile.is_zipfile(path):
        return
    n_before, members = 0, []
    with zipfile.ZipFile(path) as book:
        for member in book.infolist():
            with book.open(member) as stream:
                if member.filename == _SHEETS_OF_ODS:
                    _check_open_document(_bounded(stream, path, n_before=n_before), path)
                    continue
                members.append(_seen_in(_bounded(stream, path, n_before=n_before)))
            n_before += members[-1].n_bytes
            _check_extent(members[-1], path)
    if sum(seen.n_shared for seen in members) * max((seen.longest for seen in members), default=0) > MOST_CHARACTERS:
        raise InputError.too_large(path.name, "very long texts stand in very many cells")


def _check_open_document(pieces: Iterator[bytes], path: Path) -> None:
    try:
        extent = extent_of(pieces)
    except ValueError as error:
        raise InputError.unreadable(path.name, str(error)) from None
    if extent.n_cells > MOST_CELLS:
        raise InputError.unreadable(path.name, f"its sheets span {extent.n_cells:,} cells; delete what stands far out")
    if extent.n_characters > MOST_CHARACTERS:
        raise InputError.too_large(path.name, "very long texts stand in very many cells")


def _check_extent(sheet: _Seen, path: Path) -> None:
    if sheet.n_rows * sheet.n_columns > MOST_CELLS:
        problem = f"a sheet spans {sheet.n_rows:,} rows and {sheet.n_columns:,} columns; delete what stands far out"
        raise InputError.unreadable(path.name, problem)
    if sheet.n_stated > MOST_CELLS:
        raise InputError.unreadable(path.name, f"it states {sheet.n_stated:,} entries; save it again in Excel")
    if sheet.n_merged > MOST_MERGED:
        raise InputError.unreadable(path.name, f"{sheet.n_merged:,} of its cells are merged; take the merging out")


def check_parquet(path: Path) -> None:
    """Refuse a Parquet file in which few bytes stand for very many cells, or that is no flat table.

    Raises
    ------
    InputError
        If it cannot be read, has columns inside columns, or holds too much.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        schema = pq.read_schema(path)
        nested = [name for name, kind in zip(schema.names, schema.types, strict=True) if pa.types.is_nested(kind)]
        if nested:
            raise InputError.unreadable(path.name, "columns inside columns")
        # equal texts are held once, so that they can be counted before they are copied
        file = pq.ParquetFile(path, read_dictionary=schema.names)
        n_rows, n_columns = file.metadata.num_rows, file.metadata.num_columns
        if n_rows * n_columns > MOST_PARQUET_CELLS:
            raise InputError.too_large(path.name, f"it holds {n_rows:,} rows of {n_columns} columns")
        n_characters = 0
        for batch in file.iter_batches(_ROWS):
            n_characters += sum(map(_characters, batch.columns))
            if n_characters > MOST_CHARACTERS:
                raise InputError.too_large(path.name, "very long texts stand in very many cells")
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputError.unreadable(path.name, str(error).splitlines()[0][:120].rstrip(".")) from None


def _characters(column: Any) -> int:
    import pyarrow as pa
    import pyarrow.compute as pc

    if not isinstance(column, pa.DictionaryArray):
        return column.nbytes
    lengths = pc.binary_length(column.dictionary.cast(pa.binary()))  # type: ignore[attr-defined]
    return pc.sum(lengths.take(column.indices)).as_py() or 0  # type: ignore[attr-defined]


def check_size(path: Path) -> None:
    """Refuse a file that is to be taken into memory at once and is too large for that.

    Raises
    ------
    InputError
        Naming the limit.
    """
    if path.stat().st_size > MOST_BYTES:
        raise InputError.too_large(path.name, f"it is larger than {MOST_BYTES // 1024**3} GB, and no plain UTF-8 text")


def _bounded(stream: IO[bytes] | gzip.GzipFile, path: Path, *, n_before: int = 0) -> Iterator[bytes]:
    """Hand on what comes out of an archive, until it is too much."""
    packed = max(path.stat().st_size, 1)
    n = n_before
    while piece := stream.read(_PIECE):
        n += len(piece)
        if n > MOST_BYTES:
            raise InputError.too_large(path.name, f"it unpacks to more than {MOST_BYTES // 1024**3} GB")
        if n > ALWAYS_FINE and n > MOST_RATIO * packed:
            raise InputError.too_large(path.name, f"it unpacks to more than {MOST_RATIO} times its size")
        yield piece


@dataclass
class _Seen:
    n_bytes: int = 0
    n_rows: int = 0
    n_columns: int = 0
    n_stated: int = 0
    n_shared: int = 0
    n_merged: int = 0
    longest: int = 0


def _seen_in(pieces: Iterable[bytes]) -> _Seen:
    """Return how far the cells of a sheet reach, and how long the longest shared text is."""
    seen, tail, text_began = _Seen(), b"", 0
    for piece in pieces:
        held, offset = tail + piece, seen.n_bytes - len(tail)
        # what lies wholly in the tail was seen with the last piece
        for cell in _CELL.finditer(held):
            seen.n_columns = max(seen.n_columns, _number(cell[1]))
            seen.n_rows = max(seen.n_rows, _bounded_number(cell[2]))
        seen.n_stated = max([seen.n_stated, *(_bounded_number(stated[1]) for stated in _STATED.finditer(held))])
        seen.n_shared += sum(mark.end() > len(tail) for mark in _SHARED.finditer(held))
        seen.n_merged += sum(mark.end() > len(tail) for mark in _MERGED.finditer(held))
        for mark in _TEXT.finditer(held):
            seen.longest, text_began = max(seen.longest, offset + mark.start() - text_began), offset + mark.start()
        seen.n_bytes += len(piece)
        tail = held[-_OVERLAP:]
    if text_began:
        seen.longest = max(seen.longest, seen.n_bytes - text_began)
    return seen


def _bounded_number(digits: bytes) -> int:
    return _ROW_LIMIT if len(digits) > _ROW_DIGITS else int(digits)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _plain(name: str) -> str:
    """Return the name of a member for messages: its last part, without what would break a line."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter if letter.isprintable() else "?" for letter in last)[:100]
