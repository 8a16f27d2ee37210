"""Files whose bytes depend on nothing but their content: no clock, no user, no machine."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

_CREATED = dt.datetime(2026, 1, 1)


def write_csv(
    file: Path,
    header: str,
    rows: Iterable[Sequence[object]],
    *,
    delimiter: str = ",",
    encoding: str = "utf-8",
    quote_all: bool = False,
) -> None:
    """Write a CSV file; compressed if its name ends in ``.gz``; rows are taken one by one.

    `header` holds the names of the columns, separated by commas.
    """
    with _text(file, encoding) as stream:
        quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
        writer = csv.writer(stream, delimiter=delimiter, quoting=quoting, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)


def write_excel(file: Path, header: Sequence[str], rows: Iterable[Sequence[str]], *, sheet: str) -> None:
    """Write an Excel workbook with one sheet of texts."""
    import xlsxwriter

    file.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": _CREATED})
        worksheet = workbook.add_worksheet(sheet)
        bold = workbook.add_format({"bold": True})
        worksheet.write_row(0, 0, header, bold)
        for number, row in enumerate(rows, start=1):
            worksheet.write_row(number, 0, row)
        worksheet.set_column(0, len(header) - 1, 22)


def copy_folder(source: Path, target: Path) -> None:
    """Copy the hand-written files of a client (settings, commentary, small tables)."""
    for file in sorted(source.rglob("*")):
        if file.is_file():
            copy = target / file.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)


@contextmanager
def _text(file: Path, encoding: str) -> Iterator[TextIO]:
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.suffix != ".gz":
        with file.open("w", encoding=encoding, newline="") as stream:
            yield stream
        return
    # neither the time nor the file's name goes into the header
    with (
        file.open("wb") as raw,
        gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed,
        io.TextIOWrapper(packed, encoding=encoding, newline="") as stream,
    ):
        yield stream
