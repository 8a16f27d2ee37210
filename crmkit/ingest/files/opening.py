"""Files as clients send them → a frame in which every cell is text.

What is opened how, is told here by name and first bytes; what a table is, in the modules beside.
"""

from __future__ import annotations

import csv
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from crmkit.errors import InputError
from crmkit.ingest.files import archives, signatures, text
from crmkit.ingest.files.cells import plain
from crmkit.ingest.files.headers import Header
from crmkit.ingest.files.table import BEYOND, Found, Table, cleaned, unique
from crmkit.ingest.files.workbook import found_in_workbook
from crmkit.settings import Export

#: A plain UTF-8 file from this size on is read piece by piece instead of at once (bytes).
STREAM_FROM = 50_000_000
#: Bytes that the tables of a zip take in memory together.
MOST_OF_ZIP = 768 * 1024**2
_EXCEL = (".xlsx", ".xls", ".xlsm", ".ods")


@dataclass(frozen=True, eq=False)
class Opened:
    """A file, opened.

    Attributes
    ----------
    rows
        All cells as text; empty cells are null.
    columns
        The headers.
    dropped
        Reason → number of rows that are no data (``above_header``, ``group_heading``, ``repeated_header``,
        ``blank_row``, ``footer``); under ``long_row`` those that have more cells than there are headers: they stay,
        cut.
    above, below
        Texts that stood above the headers and in the footers, a row each: the day of the export may be among them,
        names too.
    """

    rows: pl.LazyFrame
    columns: list[str]
    dropped: dict[str, int] = field(default_factory=dict)
    above: list[str] = field(default_factory=list, repr=False)
    below: list[str] = field(default_factory=list, repr=False)


def open_file(path: Path, export: Export) -> Opened:
    """Open a CSV, text, Excel, OpenDocument or Parquet file, plain or in gzip or zip.

    Parameters
    ----------
    path
        The file.
    export
        What the client says of it: sheet, encoding, delimiter.

    Returns
    -------
    Opened

    Raises
    ------
    InputError
        If the file is empty, has no headers, or its bytes make no table.
    """
    try:
        return _open(path, export)
    except InputError:
        raise
    except _faults() as error:
        raise InputError.unreadable(path.name, _problem(error)) from None


def _faults() -> tuple[type[BaseException], ...]:
    """Return what the libraries raise for bytes that make no table; anything else is our own fault."""
    from python_calamine import CalamineError

    polars_faults = (pl.exceptions.PolarsError, pl.exceptions.PanicException)
    broken_archives = (zlib.error, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError)
    return (*polars_faults, *broken_archives, CalamineError, OSError, ValueError, LookupError, csv.Error)


def _problem(error: BaseException) -> str:
    """Say what is wrong in words of our own: libraries quote the cells they stumble over."""
    if isinstance(error, RuntimeError) and "password" in str(error):
        return "it is protected with a password; deliver it without"
    if isinstance(error, FileNotFoundError | PermissionError | IsADirectoryError):
        return (error.strerror or "it cannot be opened").lower()
    return "it is damaged or cut off; deliver it again"


def _open(path: Path, export: Export) -> Opened:
    suffix = path.suffix.lower()
    if suffix == ".xlsb":
        raise InputError.unreadable(path.name, "a binary workbook; save it as .xlsx")
    if suffix == ".parquet":
        return _opened([cleaned(_from_parquet(path))], path)
    if suffix == ".zip":
        return _opened(_members(path, export), path)
    if suffix == ".gz":
        return _opened([cleaned(text.found_in(lambda: archives.from_gzip(path), path.name, export))], path)
    if suffix in _EXCEL and _is_workbook(path):
        return _opened([cleaned(found_in_workbook(path, export.sheet))], path)
    text.check_lines_of(path)
    if path.stat().st_size >= STREAM_FROM and not export.encoding:
        streamed = _streamed(path, export)
        if streamed is not None:
            return streamed
    archives.check_size(path)
    return _opened([cleaned(text.found_in(path.read_bytes, path.name, export))], path)


def _is_workbook(path: Path) -> bool:
    """Return whether a file with the name of a workbook is one: many systems call .xls what is text or a web page."""
    with path.open("rb") as file:
        return file.read(8).startswith((signatures.PACKED_WORKBOOK, signatures.OLD_WORKBOOK))


def _members(path: Path, export: Export) -> list[Table]:
    """Return the tables of a zip, each with headers of its own."""
    tables: list[Table] = []
    n_bytes = 0
    for member, read in archives.from_zip(path):
        name = f"{path.name}/{member}"
        table = cleaned(text.found_in(read, name, export))
        n_bytes += table.rows.estimated_size()
        if n_bytes > MOST_OF_ZIP:
            raise InputError.too_large(path.name, "its tables together take too much memory")
        if tables and not set(tables[0].rows.columns) & set(table.rows.columns):
            raise InputError.unreadable(name, "it shares no column with the file before; unpack the zip")
        tables.append(table)
    return tables


def _opened(tables: list[Table], path: Path) -> Opened:
    rows = pl.concat([table.rows for table in tables], how="diagonal")
    if rows.is_empty():
        raise InputError.empty(path.name)
    dropped: Counter[str] = Counter()
    for table in tables:
        dropped.update(table.dropped)
    above, below = (_each_once(texts) for texts in ((t.above for t in tables), (t.below for t in tables)))
    return Opened(rows.lazy(), rows.columns, dict(dropped), above, below)


def _each_once(texts: Iterable[list[str]]) -> list[str]:
    return list(dict.fromkeys(each for some in texts for each in some))


def _from_parquet(path: Path) -> Found:
    import pyarrow.parquet as pq

    archives.check_parquet(path)
    # polars ends some broken files with a panic on the terminal, pyarrow with an error
    rows = pl.DataFrame(pl.from_arrow(pq.read_table(path)))
    header = Header([plain(name) for name in rows.columns], 0, [])
    rows = rows.rename({name: str(number) for number, name in enumerate(rows.columns)})
    return Found(rows.select(pl.all().cast(pl.String), pl.lit(None, pl.String).alias(BEYOND)), header)


def _streamed(path: Path, export: Export) -> Opened | None:
    """Return a large UTF-8 file as a lazy frame, None if it is something else."""
    with path.open("rb") as file:
        raw = file.read(text.HEAD_BYTES)
    signatures.refuse_bytes(raw[:64], path.name)
    try:
        first = text.whole_lines(raw).decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if "\n" not in first or "\x00" in first or signatures.is_web_page(first):
        return None
    signatures.refuse_text(first, path.name)
    return _lazy(path, text.read_head(first, path.name, export))


def _lazy(path: Path, head: text.Head) -> Opened:
    rows = pl.scan_csv(
        path, separator=head.delimiter, infer_schema=False, truncate_ragged_lines=True, skip_lines=head.n_before
    )
    found = rows.collect_schema().names()
    names = [name or f"column_{number + 1}" for number, name in enumerate(head.header.names)]
    columns = unique(names)
    rows = rows.rename(dict(zip(found, columns, strict=True)))
    dropped = {"above_header": len(head.header.above)} if head.header.above else {}
    # The header stands again where hourly files were joined.
    return Opened(rows.filter(pl.col(columns[0]).ne_missing(names[0])), columns, dropped, head.header.above)
