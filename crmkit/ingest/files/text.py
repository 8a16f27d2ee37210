"""Text files: their encoding, their delimiter, and where the table in them begins."""

from __future__ import annotations

import codecs
import csv
import io
import mmap
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from crmkit.errors import InputError
from crmkit.ingest.files.headers import Header, Row
from crmkit.ingest.files.markup import rows_of_page
from crmkit.ingest.files.signatures import is_web_page, refuse_bytes, refuse_text
from crmkit.ingest.files.table import HEAD_ROWS, Found, check_cells, frame_columns, framed, from_grid, header_of
from crmkit.settings import Export

#: Bytes of a line, JSON and all; a row of an audit log has a few thousand.
LONGEST_LINE = 5_000_000
#: Letters in which the first line must have ended.
HEAD = 100_000
#: Bytes from which encoding, delimiter and headers are told.
HEAD_BYTES = 4 * HEAD
#: Bytes that are taken into memory at once: the table takes about twice as much again.
MOST_TEXT = 512 * 1024**2
#: Bytes of a file whose quotation marks polars does not take, that are read once more, slowly.
_MOST_MENDED = 50_000_000
_QUOTES = "its quotation marks do not match; export it again"
_DELIMITERS = ";\t,|"
_SEP = re.compile(r'\ufeff?"?sep=(.?)"?[;,\t|]*\s*', re.IGNORECASE)
_PIECE = 1024**2
#: Rows that a delimiter must split evenly.
_SNIFFED = 60
#: What a delimiter loses if it does not split the first row as it splits the others (0–1).
_UNEVEN_START = 0.8
#: Among more letters than these one may be damaged; a wrong encoding damages more.
_DAMAGED = 1_000
#: Above this share, a zero in every other byte is UTF-16 (0–1).
_ZEROS = 0.4
_SPELLED = {"tab": "\t", "\\t": "\t"}


@dataclass(frozen=True)
class Head:
    """How the text of a file is to be read.

    Attributes
    ----------
    delimiter
        One character.
    header
        The headers.
    n_lines
        Lines up to and with the headers.
    n_before
        Lines before the headers.
    n_bytes
        Bytes of UTF-8 up to and with the headers.
    """

    delimiter: str
    header: Header
    n_lines: int
    n_before: int
    n_bytes: int


def found_in(read: Callable[[], bytes], name: str, export: Export) -> Found:
    """Return the table of a text file.

    Parameters
    ----------
    read
        Returns its bytes; they are held here only, and only as long as they are needed.
    name
        Name for messages.
    export
        Encoding and delimiter, where the client states them.

    Raises
    ------
    InputError
        If it is empty, no text, no table, or not as the client states.
    """
    raw = read()
    refuse_bytes(raw[:64], name)
    check_first_line(raw[:HEAD_BYTES], name)
    if not raw.startswith(b"<"):
        check_lines(raw, name)
    raw = as_utf8(raw, export.encoding, name)
    if len(raw) > MOST_TEXT:
        raise InputError.too_large(name, f"more than {MOST_TEXT // 1024**2} MB of text that is packed or no UTF-8")
    first = raw[:HEAD_BYTES].decode("utf-8", "ignore")
    if not first.strip() and not raw.strip():
        raise InputError.empty(name)
    refuse_text(first, name)
    if is_web_page(first):
        return from_grid(rows_of_page(raw, name), name)
    if "\n" not in first and "\r" in first:
        raw = raw.replace(b"\r", b"\n")
        first = first.replace("\r", "\n")
    head = read_head(first, name, export)
    check_cells(raw.count(b"\n"), len(head.header.names), name)
    raw = _titled(raw, head)
    try:
        rows = pl.read_csv(raw, separator=head.delimiter, infer_schema=False, truncate_ragged_lines=True)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
        rows = _mended(raw, head, name)
    return Found(rows, head.header)


def read_head(first: str, name: str, export: Export) -> Head:
    """Return how a text is to be read, from its first letters.

    Raises
    ------
    InputError
        If its first line does not end, it has no headers or too many columns, or the stated delimiter is none.
    """
    lines = re.findall(r"[^\n]*\n|[^\n]+", first.removeprefix("\ufeff"))
    n_mark = len(first) - len(first.removeprefix("\ufeff"))
    stated = _SEP.fullmatch(lines[0]) if lines else None
    n_skipped = 1 if stated else 0
    if not "".join(lines[n_skipped:]).strip():
        raise InputError.empty(name)
    if len(next(line for line in lines if line.strip())) > HEAD:
        raise _endless(name)
    # the last line may be cut
    whole = lines[n_skipped:-1] if len(first) >= HEAD and len(lines) > n_skipped + 1 else lines[n_skipped:]
    delimiter = _stated(export.delimiter, name) or (stated and (stated[1] or "\t")) or sniff(whole)
    rows, ends = _split(whole, delimiter)
    header = header_of(rows, name)
    n_lines = n_skipped + ends[header.row]
    n_before = n_skipped + (ends[header.row - 1] if header.row else 0)
    n_bytes = len("".join(lines[:n_lines]).encode("utf-8", "replace")) + 3 * n_mark
    return Head(delimiter, header, n_lines, n_before, n_bytes)


def _stated(delimiter: str | None, name: str) -> str | None:
    mark = _SPELLED.get(delimiter.lower(), delimiter) if delimiter else None
    if mark is not None and (len(mark) > 1 or not mark.isascii() or mark.isalnum() or mark in '"\n\r'):
        raise InputError.no_delimiter(name)
    return mark


def _split(lines: list[str], delimiter: str, most: int = HEAD_ROWS) -> tuple[list[Row], list[int]]:
    """Return the first rows, and behind how many lines each of them ends."""
    reader = csv.reader((_as_line(line) for line in lines), delimiter=delimiter)
    rows: list[Row] = []
    ends: list[int] = []
    try:
        for row in reader:
            rows.append(row)
            ends.append(reader.line_num)
            if len(rows) == most:
                break
    except csv.Error:
        # a cell without end; what was read before it may still be the headers
        pass
    return (rows, ends) if rows else ([[line.strip()] for line in lines[:1]], [1])


def _as_line(line: str) -> str:
    return line.rstrip("\r\n").replace("\r", " ").replace("\x00", "") + "\n"


def sniff(lines: list[str]) -> str:
    """Return the delimiter that splits most lines evenly and into most parts; a comma where there is none."""
    marks = {mark: _evenness(lines, mark) for mark in _DELIMITERS}
    best = max(marks, key=lambda mark: marks[mark])
    return best if marks[best] else ","


def _evenness(lines: list[str], mark: str) -> float:
    rows, _ = _split(lines, mark, _SNIFFED)
    widths = [len(row) for row in rows if any(cell and cell.strip() for cell in row)]
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0.0
    usual = max(sorted(set(wide), reverse=True), key=wide.count)
    start = 1.0 if widths[0] == usual else _UNEVEN_START
    return start * widths.count(usual) / len(widths) * (1 - 1 / usual)


def check_first_line(head: bytes, name: str) -> None:
    """Refuse a file whose first line does not end, before it is read; web pages may be one line.

    Raises
    ------
    InputError
        If the first bytes hold no line end.
    """
    if len(head) >= HEAD_BYTES and b"\n" not in head and b"\r" not in head and not head.startswith(b"<"):
        raise _endless(name)


def _endless(name: str) -> InputError:
    return InputError.unreadable(name, f"its first line is longer than {HEAD:,} characters")


def whole_lines(head: bytes) -> bytes:
    """Return the first bytes of a file without a line that they cut, and with it the letter."""
    return head[: head.rfind(b"\n") + 1] if len(head) >= HEAD_BYTES else head


def check_lines(raw: bytes | mmap.mmap, name: str) -> None:
    """Refuse a text with a line that no export has: one cell of it would be held in memory many times over.

    Only the end of each piece of the text is looked at, so that gigabytes are checked at once.

    Raises
    ------
    InputError
        If a piece of `LONGEST_LINE` bytes holds no line end; a line of twice that length always fills one.
    """
    for start in range(0, len(raw) - LONGEST_LINE + 1, LONGEST_LINE):
        end = start + LONGEST_LINE
        if raw.rfind(b"\n", start, end) < 0 and raw.rfind(b"\r", start, end) < 0:
            raise InputError.unreadable(name, f"one of its lines is longer than {LONGEST_LINE:,} characters")


def check_lines_of(path: Path) -> None:
    """Refuse a file whose first line does not end, or with a line that no export has, without reading it."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        check_first_line(head, path.name)
        if path.stat().st_size >= LONGEST_LINE and not head.startswith(b"<"):
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
                check_lines(mapped, path.name)


def as_utf8(raw: bytes, encoding: str | None, name: str) -> bytes:
    """Return the text of a file as UTF-8: by the stated encoding, a byte order mark, UTF-8, or cp1252.

    Raises
    ------
    InputError
        If the stated encoding is unknown, or is not that of the file.
    """
    if encoding:
        return _stated_encoding(raw, encoding, name)
    guess = _guessed(raw)
    if guess == "utf-8":
        return raw.removeprefix(codecs.BOM_UTF8)
    return _transcoded(raw, guess).removeprefix(codecs.BOM_UTF8)


def _guessed(raw: bytes) -> str:
    if raw.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    start = raw[:400]
    for encoding, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if len(start) > 1 and zeros.count(0) > _ZEROS * len(zeros):
            return encoding
    return "utf-8" if _is_utf8(raw) else "cp1252"


def _is_utf8(raw: bytes) -> bool:
    """Return whether bytes are UTF-8; that the last letter is cut off does not count."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(raw), _PIECE):
            decoder.decode(raw[start : start + _PIECE])
    except UnicodeDecodeError:
        return False
    return True


def _stated_encoding(raw: bytes, encoding: str, name: str) -> bytes:
    try:
        codec = codecs.lookup(encoding)
        text = _transcoded(raw, codec.name if codec.name != "utf-8" else "utf-8-sig")
    except (LookupError, ValueError, TypeError, AttributeError):
        raise InputError.no_encoding(name) from None
    damaged = text.count("\ufffd".encode()) - raw.count("\ufffd".encode())
    if damaged * _DAMAGED > len(text):
        raise InputError.wrong_encoding(name)
    return text.removeprefix(codecs.BOM_UTF8)


def _transcoded(raw: bytes, encoding: str) -> bytes:
    """Return UTF-8, piece by piece: text in Python takes up to four times the room."""
    "".encode(encoding)  # codecs that are none of text refuse here
    decoder, out = codecs.getincrementaldecoder(encoding)("replace"), io.BytesIO()
    for start in range(0, len(raw), _PIECE):
        out.write(decoder.decode(raw[start : start + _PIECE]).encode("utf-8", "replace"))
    out.write(decoder.decode(b"", True).encode("utf-8", "replace"))
    return out.getvalue()


def _titled(raw: bytes, head: Head) -> bytes:
    """Return the rows below the headers, under headers of our own: those of the file may repeat or be too few."""
    columns = frame_columns(len(head.header.names))
    return b"".join([head.delimiter.join(columns).encode() + b"\n", memoryview(raw)[head.n_bytes :]])


def _mended(raw: bytes, head: Head, name: str) -> pl.DataFrame:
    """Read a file with quotation marks inside its cells, as spreadsheets do."""
    if len(raw) > _MOST_MENDED:
        raise InputError.unreadable(name, _QUOTES)
    lines = (_as_line(line) for line in _lines(raw.decode("utf-8", "replace")))
    width = len(head.header.names)
    reader = csv.reader(lines, delimiter=head.delimiter)
    next(reader)
    try:
        return framed(_whole_rows(reader, width, name), width, name)
    except csv.Error:
        raise InputError.unreadable(name, _QUOTES) from None


def _whole_rows(rows: Iterable[list[str]], width: int, name: str) -> Iterator[list[str]]:
    """Hand rows on; a quotation mark that is not closed swallows the rows up to the next one, and is refused."""
    for row in rows:
        if len(row) != width and any("\n" in cell for cell in row):
            raise InputError.unreadable(name, _QUOTES)
        yield row


def _lines(text: str) -> Iterator[str]:
    return (match[0] for match in re.finditer(r"[^\n]*\n|[^\n]+", text))
