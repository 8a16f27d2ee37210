"""Each event once: overlapping exports count nothing double, disjoint ones are kept, repeats in one file stay."""

import datetime as dt

import polars as pl
import pytest

import crmkit
from crmkit.ingest.context import context_of
from crmkit.ingest.days.once import combine
from crmkit.ingest.files import opening

COLUMNS = ("user_id", "day", "object", "area", "channel", "action", "source", "event_id", "n")


def events_of(*rows, ids=pl.String):
    """Return events of short rows: user, day of June, object, id, n, source."""
    table = [
        (user, dt.datetime(2026, 6, day), item, "sales", "ui", "view", source, event_id, n)
        for user, day, item, event_id, n, source in (row + (None, 1, "log")[len(row) - 3 :] for row in rows)
    ]
    columns = {name: list(values) for name, values in zip(COLUMNS, zip(*table, strict=True), strict=True)}
    frame = pl.DataFrame(columns, schema_overrides={"event_id": ids, "n": pl.Int64})
    return frame.rename({"day": "timestamp"}).lazy()


def combined(*parts):
    """Return what is left, as the short rows, and what the ledger says of the rest."""
    context = context_of(None)
    rows = combine(list(parts), context).collect()
    short = rows.select("user_id", pl.col("timestamp").dt.day(), "object", "event_id", "n", "source").rows()
    return short, context.book.entries


def test_an_id_counts_once_in_one_file_and_in_two():
    first = events_of(("a", 1, "Lead", "1"), ("a", 1, "Lead", "1"), ("a", 2, "Lead", "2"))
    second = events_of(("a", 2, "Lead", "2"), ("b", 3, "Case", "3"))
    assert combined(first, second) == (
        [("a", 1, "Lead", "1", 1, "log"), ("a", 2, "Lead", "2", 1, "log"), ("b", 3, "Case", "3", 1, "log")],
        [("log", "combine", "duplicate", 2)],
    )


def test_an_id_is_one_of_its_source():
    parts = events_of(("a", 1, "Lead", "1", 1, "log")), events_of(("a", 1, "Lead", "1", 1, "other"))
    rows, noted = combined(*parts)
    assert (len(rows), noted) == (2, [])


def test_the_same_id_is_one_event_whatever_else_the_row_says():
    rows, _ = combined(events_of(("a", 1, "Lead", "1")), events_of(("a", 1, "Case", "1")))
    assert rows == [("a", 1, "Lead", "1", 1, "log")]


def test_ids_as_numbers():
    part = events_of(("a", 1, "Lead", 7), ("a", 1, "Lead", 7), ("a", 1, "Lead", 2**64 - 1), ids=pl.UInt64)
    rows, noted = combined(part)
    assert [row[3] for row in rows] == ["7", str(2**64 - 1)]
    assert noted == [("log", "combine", "duplicate", 1)]


def test_without_id_repeats_within_a_file_stay():
    rows, noted = combined(events_of(("a", 1, "Lead"), ("a", 1, "Lead"), ("a", 1, "Lead")))
    assert (len(rows), noted) == (3, [])


@pytest.mark.parametrize(("n_first", "n_second"), [(1, 1), (2, 3), (3, 2), (0, 2), (2, 0)])
def test_across_files_a_row_counts_as_often_as_where_it_is_most_often(n_first, n_second):
    row, other = ("a", 1, "Lead"), ("b", 2, "Case")
    rows, noted = combined(events_of(*[row] * n_first, other), events_of(*[row] * n_second, other))
    expected = [("a", 1, "Lead", None, 1, "log")] * max(n_first, n_second) + [("b", 2, "Case", None, 1, "log")]
    assert sorted(rows) == expected
    assert noted == [("log", "combine", "duplicate", min(n_first, n_second) + 1)]


def test_the_larger_count_wins():
    early = events_of(("a", 1, "Lead", None, 3), ("a", 2, "Lead", None, 4))
    late = events_of(("a", 2, "Lead", None, 9), ("a", 3, "Lead", None, 1))
    rows, noted = combined(early, late)
    assert [(row[1], row[4]) for row in rows] == [(1, 3), (2, 9), (3, 1)]
    assert noted == [("log", "combine", "duplicate", 1)]


def test_three_files_of_which_two_overlap():
    parts = events_of(("a", 1, "Lead")), events_of(("a", 1, "Lead"), ("a", 2, "Lead")), events_of(("a", 9, "Lead"))
    assert [row[1] for row in combined(*parts)[0]] == [1, 2, 9]


@pytest.mark.parametrize("other", [("b", 1, "Lead"), ("a", 2, "Lead"), ("a", 1, "Case")])
def test_files_that_differ_are_all_kept(other):
    rows, noted = combined(events_of(("a", 1, "Lead")), events_of(other))
    assert (len(rows), noted) == (2, [])


def test_with_and_without_id_side_by_side():
    part = events_of(("a", 1, "Lead", "1"), ("a", 1, "Lead"), ("a", 1, "Lead"))
    rows, noted = combined(part, part)
    assert (len(rows), noted) == (3, [("log", "combine", "duplicate", 3)])


def test_readers_are_told_apart_but_not_what_a_file_happens_to_hold():
    log = events_of(("a", 1, "Lead", None, 1, "generic.activity"))
    changes = events_of(("a", 1, "Lead", None, 1, "generic.activity:changes"))
    other = events_of(("a", 1, "Lead", None, 1, "generic.changes"))
    rows, noted = combined(log, changes, other)
    assert [row[5] for row in rows] == ["generic.activity", "generic.changes"]
    assert noted == [("generic.activity:changes", "combine", "duplicate", 1)]


HEADER = "EVENT_TYPE,TIMESTAMP,USER_ID,REQUEST_ID,PAGE_ENTITY_TYPE\n"
ROWS = [
    f"LightningPageView,2026060{day}080000.{ms:03d},005E0000001234{user},TID:{ms},Lead\n"
    for day in (1, 2) for user in "56" for ms in range(5)
]  # fmt: skip


def read_both(tmp_path, first, second, columns=""):
    (tmp_path / "1.csv").write_text(HEADER + "".join(first))
    (tmp_path / "2.csv").write_text(HEADER.replace("\n", f"{columns}\n") + "".join(second))
    events, ledger = crmkit.ingest.read_events(tmp_path / "*.csv")
    counted = {(row.step, row.reason): row.n_rows for row in ledger.itertuples()}
    return crmkit.ingest.daily(events).collect(), counted


@pytest.mark.parametrize("stream_from", [0, 50_000_000])
def test_logs_that_overlap(tmp_path, monkeypatch, stream_from):
    """Also where a file is read piece by piece, or has got a further column since."""
    monkeypatch.setattr(opening, "STREAM_FROM", stream_from)
    later = [row.replace("\n", ',""\n') for row in ROWS[8:]]
    days, counted = read_both(tmp_path, ROWS[:12], later, ",PAGE_URL")
    assert sorted(days.select("user_id", "n_view")["n_view"]) == [5, 5, 5, 5]
    assert counted == {("read", "read"): 24, ("combine", "duplicate"): 4}


def test_one_file_read_at_once_the_other_piece_by_piece(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "STREAM_FROM", 700)
    days, counted = read_both(tmp_path, ROWS, ROWS[:3])
    assert (tmp_path / "2.csv").stat().st_size < 700 < (tmp_path / "1.csv").stat().st_size
    assert (days["n_view"].sum(), counted["combine", "duplicate"]) == (20, 3)


@pytest.mark.parametrize(
    "cell",
    ["", "x", "19990601080000.000", "21000101000000.000", "20261301000000.000", "20260601250000.000", "20260601080000x",
     "2026-06-01", "1780300000", "20260601"],
)  # fmt: skip
def test_what_is_no_time_of_a_log_is_counted(tmp_path, cell):
    wrong = f"LightningPageView,{cell},005E00000012345,TID:x,Lead\n"
    days, counted = read_both(tmp_path, [*ROWS, wrong], ROWS)
    assert days["n_view"].sum() == 20
    assert counted["filter", "no_time"] == 1


def test_local_time_around_the_change_of_the_clocks(tmp_path):
    rows = [
        f"LightningPageView,,005E00000012345,TID:{number},Lead,{utc}\n"
        for number, utc in enumerate(
            ["2026-03-28T22:59:59.999Z", "2026-03-28T23:00:00.000Z", "2026-03-29T21:59:59.5Z", "2026-03-29T22:00:00Z"]
        )
    ]
    (tmp_path / "log.csv").write_text(HEADER.replace("\n", ",TIMESTAMP_DERIVED\n") + "".join(rows))
    events, _ = crmkit.ingest.read_events(tmp_path / "log.csv")
    assert events.collect()["timestamp"].to_list() == [
        dt.datetime(2026, 3, 28, 23, 59, 59, 999000), dt.datetime(2026, 3, 29),
        dt.datetime(2026, 3, 29, 23, 59, 59, 500000),
        dt.datetime(2026, 3, 30),
    ]  # fmt: skip
