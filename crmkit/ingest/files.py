"""Files as clients send them → a frame in which every cell is text.

Encoding, delimiter, compression, repeated headers and footers are found out here, once, for all readers.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from crmkit.errors import InputError
from crmkit.ingest import archives
from crmkit.settings import Export

#: A plain UTF-8 file from this size on is read piece by piece instead of at once (bytes).
STREAM_FROM = 50_000_000
_DELIMITERS = ";\t,|"
_EXCEL = (".xlsx", ".xls", ".xlsm", ".ods")
#: Characters in which a header must have ended.
_HEAD = 100_000
#: A table of an export has tens of columns, one of an event log a hundred.
MOST_COLUMNS = 2_000


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
        return _cleaned(_from_parquet(path), path)
    if suffix == ".zip":
        parts = [_from_bytes(raw, f"{path.name}/{name}", export) for name, raw in archives.from_zip(path)]
        return _cleaned(pl.concat(parts, how="diagonal"), path)
    if suffix == ".gz":
        return _cleaned(_from_bytes(archives.from_gzip(path), path.name, export), path)
    if suffix == ".xlsb":
        raise InputError.unreadable(path.name, "a binary workbook; save it as .xlsx")
    if path.stat().st_size >= STREAM_FROM and not (export.encoding or export.delimiter):
        streamed = _streamed(path)
        if streamed is not None:
            return streamed
    archives.check_size(path)
    return _cleaned(_from_bytes(path.read_bytes(), path.name, export), path)


def _from_parquet(path: Path) -> pl.DataFrame:
    import pyarrow.parquet as pq

    archives.check_parquet(path)
    # polars ends some broken files with a panic on the terminal, pyarrow with an error
    rows = pl.DataFrame(pl.from_arrow(pq.read_table(path)))
    return rows.select(pl.all().cast(pl.String))


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
    _check_header(text, delimiter, name)
    return pl.read_csv(
        io.BytesIO(text.encode("utf-8", "replace")),
        separator=delimiter,
        infer_schema=False,
        truncate_ragged_lines=True,
    )


def _check_header(text: str, delimiter: str, name: str) -> None:
    if len(text) > _HEAD and "\n" not in text[:_HEAD] and "\r" not in text[:_HEAD]:
        raise InputError.unreadable(name, f"its first line is longer than {_HEAD:,} characters")
    if _header(text).count(delimiter) >= MOST_COLUMNS:
        raise InputError.unreadable(name, f"more than {MOST_COLUMNS:,} columns")


def _header(text: str) -> str:
    return next((line for line in text[:_HEAD].splitlines() if line.strip()), "")


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
    header = _header(text)
    n_parts = {mark: len(next(csv.reader([header], delimiter=mark))) for mark in _DELIMITERS}
    best = max(n_parts, key=lambda mark: n_parts[mark])
    return best if n_parts[best] > 1 else ","


def _streamed(path: Path) -> Opened | None:
    """Return a large UTF-8 file with commas or semicolons as a lazy frame, None if it is something else."""
    with path.open("rb") as file:
        head = file.read(2 * _HEAD)
    try:
        text = head.decode("utf-8-sig", "strict" if len(head) < 2 * _HEAD else "ignore")
    except UnicodeDecodeError:
        return None
    delimiter = sniff(text)
    _check_header(text, delimiter, path.name)
    rows = pl.scan_csv(path, separator=delimiter, infer_schema=False, truncate_ragged_lines=True)
    columns = [name.strip() for name in rows.collect_schema().names()]
    rows = rows.rename(dict(zip(rows.collect_schema().names(), columns, strict=True)))
    # The header stands again where hourly files were joined.
    return Opened(rows.filter(pl.col(columns[0]).ne_missing(columns[0])), columns)


def _from_excel(path: Path, export: Export) -> pl.DataFrame:
    """Read the declared sheet, else the first visible one; numbers that are whole come without ``.0``."""
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    archives.check_workbook(path)
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
