"""Files as clients send them → a frame in which every cell is text.

Encoding, delimiter, compression, repeated headers and footers are found out here, once, for all readers.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from crmkit.errors import InputError
from crmkit.settings import Export

#: A plain UTF-8 file from this size on is read piece by piece instead of at once (bytes).
STREAM_FROM = 50_000_000
_DELIMITERS = ";\t,|"
_TEXTS = (".csv", ".txt", ".tsv")
_EXCEL = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods")


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
        Reason → number of rows that are no data (repeated headers, footers).
    """

    rows: pl.LazyFrame
    columns: list[str]
    dropped: dict[str, int] = field(default_factory=dict)


def open_file(path: Path, export: Export) -> Opened:
    """Open a CSV, text, Excel or Parquet file, plain or in gzip or zip.

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
        If the file is empty, or its bytes make no table.
    """
    try:
        return _open(path, export)
    except InputError:
        raise
    except _faults() as error:
        raise InputError.unreadable(path.name, _first_line(error)) from None


def _faults() -> tuple[type[BaseException], ...]:
    """Return what the libraries raise for bytes that make no table; anything else is our own fault."""
    from python_calamine import CalamineError

    polars_faults = (pl.exceptions.PolarsError, pl.exceptions.PanicException)
    broken_archives = (zlib.error, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError)
    return (*polars_faults, *broken_archives, CalamineError, OSError, ValueError, LookupError, csv.Error)


def _first_line(error: BaseException) -> str:
    return f"{type(error).__name__}" if not str(error) else str(error).splitlines()[0][:120].rstrip(".")


def _open(path: Path, export: Export) -> Opened:
    suffix = path.suffix.lower()
    if suffix in _EXCEL:
        return _cleaned(_from_excel(path, export), path)
    if suffix == ".parquet":
        return _cleaned(pl.read_parquet(path).select(pl.all().cast(pl.String)), path)
    if suffix == ".zip":
        return _cleaned(_from_zip(path, export), path)
    if suffix != ".gz" and path.stat().st_size >= STREAM_FROM and not (export.encoding or export.delimiter):
        streamed = _streamed(path)
        if streamed is not None:
            return streamed
    raw = gzip.decompress(path.read_bytes()) if suffix == ".gz" else path.read_bytes()
    return _cleaned(_from_bytes(raw, path.name, export), path)


def _from_zip(path: Path, export: Export) -> pl.DataFrame:
    """Read all text files of a zip as one table."""
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if name.lower().endswith(_TEXTS))
        parts = [_from_bytes(archive.read(name), f"{path.name}/{name}", export) for name in names]
    if not parts:
        raise InputError.unreadable(path.name, "the zip holds no .csv or .txt file")
    return pl.concat(parts, how="diagonal")


def _from_bytes(raw: bytes, name: str, export: Export) -> pl.DataFrame:
    text = decode(raw, export.encoding)
    if not text.strip():
        raise InputError.empty(name)
    first, _, rest = text.partition("\n")
    stated = first.strip().lower()
    delimiter = export.delimiter
    if stated.startswith("sep=") and len(stated) <= len("sep=;"):
        delimiter, text = delimiter or first.strip()[4:] or "\t", rest
    if not text.strip():
        raise InputError.empty(name)
    delimiter = delimiter or sniff(text)
    return pl.read_csv(
        io.BytesIO(text.encode("utf-8", "replace")),
        separator=delimiter,
        infer_schema=False,
        truncate_ragged_lines=True,
    )


def decode(raw: bytes, encoding: str | None = None) -> str:
    """Return the text of a file: by the declared encoding, a byte order mark, UTF-8, or cp1252."""
    if encoding:
        return raw.decode(encoding, "replace").removeprefix("\ufeff")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    if raw[:200].count(0) > len(raw[:200]) // 4:
        return raw.decode("utf-16-le", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def sniff(text: str) -> str:
    """Return the delimiter that splits the header into most parts; a comma where there is none."""
    header = next(line for line in text.splitlines() if line.strip())
    n_parts = {mark: len(next(csv.reader([header], delimiter=mark))) for mark in _DELIMITERS}
    best = max(n_parts, key=lambda mark: n_parts[mark])
    return best if n_parts[best] > 1 else ","


def _streamed(path: Path) -> Opened | None:
    """Return a large UTF-8 file with commas or semicolons as a lazy frame, None if it is something else."""
    with path.open("rb") as file:
        head = file.read(100_000)
    try:
        text = head.decode("utf-8-sig", "strict" if len(head) < 100_000 else "ignore")  # noqa: PLR2004
    except UnicodeDecodeError:
        return None
    delimiter = sniff(text)
    rows = pl.scan_csv(path, separator=delimiter, infer_schema=False, truncate_ragged_lines=True)
    columns = [name.strip() for name in rows.collect_schema().names()]
    rows = rows.rename(dict(zip(rows.collect_schema().names(), columns, strict=True)))
    # The header stands again where hourly files were joined.
    return Opened(rows.filter(pl.col(columns[0]).ne_missing(columns[0])), columns)


def _from_excel(path: Path, export: Export) -> pl.DataFrame:
    """Read the declared sheet, else the first visible one; numbers that are whole come without ``.0``."""
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    book = CalamineWorkbook.from_path(path)
    visible = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    if export.sheet and export.sheet not in book.sheet_names:
        raise InputError.no_sheet(path.name, export.sheet, book.sheet_names)
    if not (export.sheet or visible):
        raise InputError.empty(path.name)
    rows = book.get_sheet_by_name(export.sheet or visible[0]).to_python(skip_empty_area=True)
    rows = [[as_text(cell) for cell in row] for row in rows]
    rows = [row for row in rows if any(row)]
    if not rows:
        raise InputError.empty(path.name)
    headers = _unique([cell or f"column_{position + 1}" for position, cell in enumerate(rows[0])])
    return pl.DataFrame(rows[1:], schema=dict.fromkeys(headers, pl.String), orient="row")


def as_text(cell: Any) -> str | None:
    """Return an Excel cell as text: whole numbers without a decimal point, dates as ISO, empty as None."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell).strip() or None


def _unique(names: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    out = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        out.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return out


def _cleaned(rows: pl.DataFrame, path: Path) -> Opened:
    """Strip headers and cells, drop repeated headers, blank rows and footers, and count them."""
    rows = rows.rename(dict(zip(rows.columns, _unique([name.strip() for name in rows.columns]), strict=True)))
    rows = rows.with_columns(pl.all().str.strip_chars().replace("", None))
    columns, n_rows = rows.columns, rows.height
    rows = rows.filter(~pl.all_horizontal(pl.all().is_null())) if columns else rows
    n_blank = n_rows - rows.height
    # A header in the middle: files of several hours or pages were joined.
    same = [pl.col(name).eq_missing(name) for name in columns[:3]]
    body = rows.filter(~pl.all_horizontal(same)) if same else rows
    n_headers, kept = rows.height - body.height, body
    n_footer = _footer_rows(body)
    kept = body.head(body.height - n_footer)
    if kept.is_empty():
        raise InputError.empty(path.name)
    dropped = {"blank_row": n_blank, "repeated_header": n_headers, "footer": n_footer}
    return Opened(kept.lazy(), columns, {reason: n for reason, n in dropped.items() if n})


def _footer_rows(rows: pl.DataFrame) -> int:
    """Return how many rows at the end have nothing but their first cell ("Copyright …", "Total …")."""
    if rows.width < 3 or rows.is_empty():  # noqa: PLR2004
        return 0
    lonely = rows.select(pl.all_horizontal(pl.all().exclude(rows.columns[0]).is_null())).to_series()
    filled = (~lonely).arg_true()
    return rows.height - int(filled[-1]) - 1 if len(filled) else 0
