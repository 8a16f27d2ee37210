"""Which delivered file told of which days: what was read wrongly from a file goes when the file is read again."""

from __future__ import annotations

import hashlib
from pathlib import Path

import polars as pl

SCHEMA = {"delivery": pl.String, "source": pl.String, "date": pl.Date}
_DIGITS = 16
#: Bytes up to which all of a file is looked at; of a larger one so many pieces of so many bytes.
WHOLE_UP_TO = 50_000_000
_PIECES, _PIECE = 200, 65_536


def of_file(path: Path) -> str:
    """Return a digest of a file's content: the same file is the same delivery, whatever it is called.

    Of a large one the size and pieces from beginning to end are taken: reading it all takes longer than counting it.
    """
    size = path.stat().st_size
    with path.open("rb") as stream:
        if size <= WHOLE_UP_TO:
            return hashlib.file_digest(stream, "sha256").hexdigest()[:_DIGITS]
        digest = hashlib.sha256(str(size).encode())
        for number in range(_PIECES + 1):
            stream.seek((size - _PIECE) * number // _PIECES)
            digest.update(stream.read(_PIECE))
    return digest.hexdigest()[:_DIGITS]


def days_of(delivery: str, covered: pl.DataFrame) -> pl.DataFrame:
    """Return the days of each source that a delivery tells of, contract `deliveries`."""
    return covered.select(pl.lit(delivery).alias("delivery"), "source", "date").unique()


def none() -> pl.DataFrame:
    """Return a table without a delivery."""
    return pl.DataFrame(schema=SCHEMA)
