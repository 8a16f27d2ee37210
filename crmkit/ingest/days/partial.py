"""Exports that are silently partial: what a log and a user list say of each other, and round numbers of rows."""

from __future__ import annotations

import polars as pl

from crmkit.ingest.bookkeeping import Book
from crmkit.ingest.headers.layouts import layout_of
from crmkit.readers import reader_of

#: Rows at which spreadsheets end, without their header.
SPREADSHEET_ENDS = (65_535, 1_048_575)
#: People whose last login falls into a log, from which on a share says something.
LEAST_PEOPLE = 5
#: Share (0–1) of them whom the log may not know: clocks differ at midnight, a list is older than a log.
MOST_UNSEEN = 0.2


def note(days: pl.DataFrame, lists: pl.DataFrame, covered: pl.DataFrame, book: Book) -> None:
    """Write down which sources are perhaps not whole.

    Parameters
    ----------
    days
        Contract `activity`.
    lists
        Contract `snapshots`, of today's lists.
    covered
        Contract `coverage`.
    book
        The ledger in the making.
    """
    _note_cut_off(book)
    last = lists.filter((pl.col("kind") == "person") & pl.col("last_login").is_not_null())
    logged = last.group_by("user_id").agg(pl.col("last_login").max())
    by_reader = pl.col("source").str.split(":").list.first()
    seen = days.with_columns(by_reader)
    for (reader,), span in covered.with_columns(by_reader).group_by("source", maintain_order=True):
        if reader_of(str(reader)).kind != "changes":
            _note_unseen(str(reader), seen.filter(pl.col("source") == reader), span, logged, book)


def _note_cut_off(book: Book) -> None:
    for source, n in book.n_rows.items():
        reader = source.partition(":")[0]
        if n in (*SPREADSHEET_ENDS, *layout_of(reader).cut_at):
            book.note(source, "compare", {"perhaps_cut_off": n})
            book.ask("perhaps_cut_off", source=source, n=n)


def _note_unseen(source: str, days: pl.DataFrame, span: pl.DataFrame, logged: pl.DataFrame, book: Book) -> None:
    """Note people whose last login the user list states for a day of the log on which the log does not know them."""
    first, last = span["date"].min(), span["date"].max()
    # on its first and last day a log may end in the middle
    inside = logged.filter((pl.col("last_login") > first) & (pl.col("last_login") < last))
    if inside.height < LEAST_PEOPLE:
        return
    seen = days.select("user_id", date=pl.col("date").cast(pl.Date)).unique()
    near = [seen.with_columns(pl.col("date").dt.offset_by(f"{shift}d")) for shift in (-1, 0, 1)]
    known = pl.concat(near).unique()
    unseen = inside.join(known, left_on=["user_id", "last_login"], right_on=["user_id", "date"], how="anti")
    if unseen.height > MOST_UNSEEN * inside.height:
        book.note(source, "compare", {"login_not_in_log": unseen.height})
        n_known = inside.height - unseen.height
        book.ask("login_not_in_log", source=source, n=n_known, n_total=inside.height)
