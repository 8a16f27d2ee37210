"""Parts of parts, cells withheld on purpose, people who stand apart, and an attacker who knows all sums."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
import pandas.testing as pdt
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crmkit import privacy
from crmkit.method.table import Table
from crmkit.settings import SMALLEST_K

SEGMENTS = ("regular", "occasional", "rare")


def values(frame: pd.DataFrame, column: str) -> list[int | None]:
    return [None if pd.isna(value) else int(value) for value in frame[column]]


# --- parts of parts: of n_total people n used an area, of those n_write wrote in it ---


def depth(rows: list[tuple[int, int, int]], *, withheld: tuple[int, ...] = ()) -> Table:
    frame = pd.DataFrame(rows, columns=["n_total", "n", "n_write"]).assign(area=[f"A{i}" for i in range(len(rows))])
    frame["share"] = frame["n"] / frame["n_total"]
    frame["write_share"] = frame["n_write"] / frame["n"].replace(0, np.nan)
    derived = {"share": ("n", "n_total"), "write_share": ("n", "n_write")}
    columns = ["area", "n", "n_write", "n_total", "share", "write_share"]
    return Table(
        "area_usage", frame[columns], ("area",), ("n", "n_write"), derived, ("n_total",), nested=True, withheld=withheld
    )


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ((60, 30, 10), (60, 30, 10)),
        # Two of 60 did not use it: n would tell; that 20 wrote does not.
        ((60, 58, 20), (60, None, 20)),
        ((60, 58, 57), (60, None, None)),
        # Two of 30 used it without writing.
        ((60, 30, 28), (60, 30, None)),
        # Two wrote, two used it.
        ((60, 30, 2), (60, 30, None)),
        ((60, 2, 0), (60, None, 0)),
        # All did: that describes everybody, not a few.
        ((60, 60, 60), (60, 60, 60)),
        ((60, 60, 57), (60, 60, None)),
        # Nobody did.
        ((60, 0, 0), (60, 0, 0)),
        ((60, 30, 0), (60, 30, 0)),
        # At the limit.
        ((60, 55, 50), (60, 55, 50)),
        ((60, 56, 51), (60, None, 51)),
        ((60, 10, 5), (60, 10, 5)),
        # Fewer than five in all.
        ((4, 4, 4), (None, None, None)),
    ],
)
def test_parts_of_parts(row, expected):
    table = depth([row])
    frame = privacy.protect(table).frame
    assert tuple(values(frame, column)[0] for column in ("n_total", "n", "n_write")) == expected
    total, n, n_write = expected
    assert pd.isna(frame["share"].iloc[0]) == (n is None or total is None)
    assert pd.isna(frame["write_share"].iloc[0]) == (n is None or n_write is None or row[1] == 0)
    assert frame["suppressed"].tolist() == [None in expected]


def test_parts_in_a_log_that_does_not_tell_writing():
    table = depth([(60, 30, 0), (60, 3, 0)])
    unknown = table.frame.assign(n_write=pd.array([pd.NA, pd.NA], dtype="Int64"), write_share=np.nan)
    frame = privacy.protect(
        Table("area_usage", unknown, ("area",), ("n", "n_write"), table.derived, ("n_total",), nested=True)
    ).frame
    assert (values(frame, "n"), values(frame, "n_write")) == ([30, None], [None, None])


@settings(max_examples=40, derandomize=True, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 14)] * 3), min_size=1, max_size=4), st.integers(5, 7))
def test_no_difference_of_shown_parts_is_small(rows, k):
    chains = [tuple(sorted(row, reverse=True)) for row in rows]
    frame = privacy.protect(depth(chains), k=k).frame
    for row in frame[["n_total", "n", "n_write"]].itertuples(index=False):
        shown = [int(value) for value in row if not pd.isna(value)]
        assert not any(1 <= value < k for value in shown)
        assert not any(1 <= whole - part < k for i, whole in enumerate(shown) for part in shown[i + 1 :] if part > 0)


def units_depth(rows: list[tuple[int, int, int]]) -> Table:
    """Return one area by unit; what all units did in it together stands in another table."""
    frame = depth(rows).frame.rename(columns={"area": "org_unit"}).assign(area="sales")
    columns = ["org_unit", "area", "n", "n_write", "n_total", "share", "write_share"]
    derived = {"share": ("n", "n_total"), "write_share": ("n", "n_write")}
    return Table(
        "unit_area", frame[columns], ("org_unit", "area"), ("n", "n_write"), derived, ("n_total",), nested=True,
        summed=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        # Of 30 in the first unit 3 used it; 28 did.
        [(30, 3, 0), (30, 20, 10), (30, 15, 8)],
        [(30, 28, 10), (30, 20, 10), (30, 15, 8)],
        # 20 used it, 3 of them wrote.
        [(30, 20, 3), (30, 20, 10), (30, 15, 8)],
    ],
)
def test_parts_do_not_follow_from_the_sum_over_units(rows):
    frame = privacy.protect(units_depth(rows)).frame
    assert all(frame[column].isna().sum() != 1 for column in ("n", "n_write"))


def test_a_part_that_is_nearly_the_whole_does_not_follow_from_the_sum_over_units():
    """20 used it, 18 of them wrote: masked, because of the 2 who did not. All units wrote 36: 36 − 10 − 8 = 18."""
    frame = privacy.protect(units_depth([(30, 20, 18), (30, 20, 10), (30, 15, 8)])).frame
    assert frame["n_write"].isna().sum() != 1


# --- a partition of units, whose sums over units stand elsewhere ---


def partition(
    cells: Iterable[Iterable[int]], *, withheld: Iterable[tuple[int, int]] = (), summed: bool = True,
    apart: tuple[int, ...] = (), names: tuple[str, ...] = SEGMENTS,
) -> Table:  # fmt: skip
    """Return units × segments with their totals; `withheld` are (unit, segment), `apart` not_assessable per unit."""
    rows = [list(row) for row in cells]
    width = len(names) + bool(apart)
    codes = [*names, *(["not_assessable"] if apart else [])]
    frame = pd.DataFrame(
        [
            (f"U{i}", code, n, sum(row))
            for i, row in enumerate(rows)
            for code, n in zip(codes, [*row, *apart[i : i + 1]], strict=True)
        ],
        columns=["org_unit", "segment", "n", "n_total"],
    )
    frame["share"] = frame["n"] / frame["n_total"].replace(0, np.nan)
    return Table(
        "by_unit", frame, ("org_unit", "segment"), ("n",), {"share": ("n", "n_total")}, ("n_total",),
        partition="segment", summed=summed, apart=("not_assessable",) if apart else (),
        withheld=tuple(unit * width + segment for unit, segment in withheld),
    )  # fmt: skip


def matrix(table: Table, column: str = "n") -> list[list[int | None]]:
    """Return the shown numbers as units × segments."""
    frame = privacy.protect(table).frame
    return [values(rows, column) for _, rows in frame.groupby("org_unit", sort=False)]


def can_change(cells: np.ndarray, hidden: np.ndarray, row_known: np.ndarray, column_known: np.ndarray) -> np.ndarray:
    """Return which hidden cells an attacker cannot tell who knows all shown cells, these sums, and the grand total.

    Hidden numbers can be anything from 0 on that keeps the known sums. From the true ones every other solution is
    reached by cycles that add one to a cell of a row and take one from the next of the column: a cell can change if
    such a cycle runs through it. Rows without a known total give and take among themselves: they are one place, and
    so are columns.
    """
    row_of = [("row", r if known else -1) for r, known in enumerate(row_known)]
    column_of = [("column", c if known else -1) for c, known in enumerate(column_known)]
    more = [(row_of[r], column_of[c], (r, c), 1) for r, c in zip(*hidden.nonzero(), strict=True)]
    less = [(end, start, cell, -1) for start, end, cell, _ in more if cells[cell] > 0]
    free = np.zeros_like(hidden)
    for start, after, cell, sign in [*more, *less]:
        # Taking back what was just added is no change.
        usable = [(a, b) for a, b, other, s in [*more, *less] if (other, s) != (cell, -sign)]
        reached, n_before = {after}, 0
        while len(reached) > n_before:
            n_before = len(reached)
            reached |= {b for a, b in usable if a in reached}
        free[cell] |= start in reached
    return free


def told(table: Table, k: int = 5) -> list[tuple[int, int]]:
    """Return the hidden cells of 1 to k − 1 people, and the withheld ones, that follow from what is known.

    Sums over units are known where `summed` says so, as far as a table of them alone would show them.
    """
    frame, n_units = privacy.protect(table, k=k).frame, table.frame["org_unit"].nunique()
    true = table.frame["n"].to_numpy(int).reshape(n_units, -1)
    hidden = frame["n"].isna().to_numpy().reshape(true.shape)
    row_known = frame["n_total"].notna().to_numpy().reshape(true.shape)[:, 0]
    sums = privacy.protect(
        partition([true.sum(axis=0)], names=tuple(table.frame["segment"].unique()), summed=False), k=k
    )
    column_known = sums.frame["n"].notna().to_numpy() & table.summed
    secret = np.isin(np.arange(true.size), table.withheld).reshape(true.shape) | ((true > 0) & (true < k))
    # what is true of nobody at all is no secret of a unit
    secret &= ~(table.summed & (true.sum(axis=0) == 0))
    assert (hidden | ~secret).all()
    follows = hidden & secret & ~can_change(true, hidden, row_known, column_known)
    return [(int(r), int(c)) for r, c in zip(*follows.nonzero(), strict=True)]


def test_the_attacker():
    """A lone cell follows, the cells of a square do not, a bridge between two squares does."""
    every, none = np.ones(4, bool), np.zeros(4, bool)
    cells = np.full((4, 4), 9)
    square, lone, bridge = np.zeros((3, 4, 4), bool)
    square[:2, :2] = lone[0, 0] = True
    bridge[:2, :2] = bridge[2:, 2:] = bridge[1, 2] = True
    assert can_change(cells, square, every, every).tolist() == square.tolist()
    assert not can_change(cells, lone, every, every).any()
    # Its row's total is not known, its column's sum is; a second such row and it can be anything.
    assert not can_change(cells, lone, every & (np.arange(4) > 0), every).any()
    pair = square & [[True, False, False, False]]
    assert can_change(cells, pair, every & (np.arange(4) > 1), every).tolist() == pair.tolist()
    assert not can_change(cells, pair, every, every).any()
    assert np.argwhere(can_change(cells, bridge, every, every) ^ bridge).tolist() == [[1, 2]]
    assert can_change(cells, square, none, none).tolist() == square.tolist()
    # Nobody is in the first row, and that is known.
    cells[0] = 0
    assert not can_change(cells, square, every, every).any()


def test_masks_that_serve_two_lines():
    """4 is small: three more cells make a square, not four pairs by themselves."""
    table = partition([(33, 25, 6), (18, 32, 15), (4, 17, 61)])
    assert matrix(table) == [[33, 25, 6], [None, None, 15], [None, None, 61]]
    assert (privacy.protect(table).n_suppressed, told(table)) == (4, [])


def test_without_sums_elsewhere_two_masks_are_enough():
    table = partition([(33, 5, 6), (18, 32, 15), (4, 17, 61)], summed=False)
    assert matrix(table) == [[33, 5, 6], [18, 32, 15], [None, None, 61]]


def test_all_or_none_of_a_unit_is_a_secret():
    """Nobody in the first unit is rare: that is told of each of its 38 people. Of everybody it may be told."""
    table = partition([(33, 5, 0), (18, 32, 15), (8, 17, 61)])
    found = matrix(table)
    assert found[0][2] is None
    assert told(table) == []
    assert matrix(partition([(33, 25, 0), (18, 32, 0)])) == [[33, 25, 0], [18, 32, 0]]


@settings(max_examples=30, derandomize=True, deadline=None)
@given(st.integers(2, 3).flatmap(lambda n: st.lists(st.tuples(*[st.integers(0, 25)] * n), min_size=1, max_size=5)))
def test_no_small_number_follows_from_sums_of_rows_and_columns(cells):
    assume(sum(map(sum, cells)) >= SMALLEST_K)  # the attacker knows how many there are in all
    assert told(partition(cells, names=SEGMENTS[: len(cells[0])])) == []


@settings(max_examples=20, derandomize=True, deadline=None)
@given(
    st.lists(st.tuples(*[st.integers(0, 30)] * 3), min_size=2, max_size=4),
    st.sets(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=3),
)
def test_withheld_cells_stay_hidden(cells, withheld):
    """Whatever is withheld: it is never shown, unless it is true of nobody at all; the input stays as it was."""
    table = partition(cells, withheld=[cell for cell in withheld if cell[0] < len(cells)])
    before = table.frame.copy(deep=True)
    protected = privacy.protect(table)
    somebody = table.frame.groupby("segment")["n"].transform("sum") > 0
    secret = [row for row in table.withheld if somebody[row]]
    assert protected.frame.loc[secret, ["n", "share"]].isna().all(axis=None)
    assert privacy.audit(protected) == []
    pdt.assert_frame_equal(table.frame, before)


# --- withheld cells ---


def test_a_withheld_segment_is_not_the_rest_of_its_total():
    """Of 20 people the usage rate is shown, regular and occasional are not; their 12 is no secret."""
    table = partition([(6, 6, 8), (30, 30, 30), (30, 30, 30)], withheld=[(0, 0), (0, 1)], summed=False)
    assert matrix(table) == [[None, None, 8], [30, 30, 30], [30, 30, 30]]
    assert told(table) == []


def test_a_withheld_segment_does_not_follow_from_the_sums_over_units():
    table = partition([(6, 6, 8), (40, 30, 35), (30, 40, 30)], withheld=[(0, 0), (0, 1)])
    found = matrix(table)
    assert found[0] == [None, None, 8]
    assert sum(n is None for row in found for n in row) == 4
    assert matrix(table, "n_total") == [[20] * 3, [105] * 3, [100] * 3]
    assert told(table) == []


def test_a_single_withheld_cell_takes_another_with_it():
    table = partition([(20, 20, 20), (30, 30, 30)], withheld=[(0, 0)], summed=False)
    assert sum(n is None for n in matrix(table)[0]) == 2


def test_a_withheld_unit_does_not_follow_from_the_others():
    """A unit of 14 is withheld whole; its total is shown. One other unit at least goes with it."""
    table = partition([(5, 4, 5), (30, 30, 30), (40, 40, 40)], withheld=[(0, 0), (0, 1), (0, 2)])
    found = matrix(table)
    assert found[0] == [None] * 3
    assert found[1:] in ([[None] * 3, [40] * 3], [[30] * 3, [None] * 3])
    assert told(table) == []


def test_two_withheld_units_cover_each_other():
    table = partition([(5, 4, 5), (4, 4, 4), (40, 40, 40)], withheld=[(u, s) for u in (0, 1) for s in range(3)])
    assert matrix(table) == [[None] * 3, [None] * 3, [40] * 3]
    assert told(table) == []


def test_withheld_empty_cells_hide_nobody():
    """Nobody is in the withheld cells: the mask grows until people are hidden."""
    table = partition([(0, 0, 20), (30, 30, 30), (40, 40, 40)], withheld=[(0, 0), (0, 1)])
    assert matrix(table)[0] == [None] * 3


@pytest.mark.parametrize(
    ("cells", "withheld"),
    [
        # Nobody is occasional. Of 19 people 12 are rare: the 7 others are regular, which was to be withheld.
        ([(7, 0, 12), (13, 0, 5)], [(0, 0), (0, 1), (1, 0), (1, 1)]),
        # 47 − 20 = 27 are rare in the two withheld units, which have 14 + 13 people: all of them.
        ([(0, 0, 14), (0, 0, 13), (20, 20, 20)], [(unit, segment) for unit in (0, 1) for segment in range(3)]),
    ],
)
def test_withheld_cells_do_not_follow_from_empty_ones(cells, withheld):
    assert told(partition(cells, withheld=withheld)) == []


def test_withheld_rows_of_parts():
    table = depth([(60, 30, 10), (14, 9, 5)], withheld=(1,))
    frame = privacy.protect(table).frame
    assert (values(frame, "n"), values(frame, "n_write")) == ([30, None], [10, None])
    assert values(frame, "n_total") == [60, 14]
    assert frame[["share", "write_share"]].isna().all(axis=1).tolist() == [False, True]


# --- people who stand apart ---


def test_who_stands_apart_is_no_complement():
    """50, 30 and 3 of 83, and 6 not assessable: masking the six would hide nobody in the total."""
    frame = pd.DataFrame(
        {"segment": [*SEGMENTS, "not_assessable"], "n": [50, 30, 3, 6], "n_total": 83,
         "share": [50 / 83, 30 / 83, 3 / 83, np.nan]}
    )  # fmt: skip
    table = Table(
        "standing", frame, ("segment",), ("n",), {"share": ("n", "n_total")}, ("n_total",), partition="segment",
        apart=("not_assessable",),
    )  # fmt: skip
    found = privacy.protect(table)
    assert values(found.frame, "n") == [50, None, None, 6]
    assert found.frame["n_total"].eq(83).all()
    assert privacy.audit(found) == []


def test_a_few_who_stand_apart_need_nobody_beside_them():
    """They are in no total, so 3 not assessable follow from nothing."""
    table = partition([(50, 30, 20)], apart=(3,), summed=False)
    assert matrix(table) == [[50, 30, 20, None]]


def test_who_stands_apart_is_summed_over_units():
    """2 of unit U0 would follow from the sum over units and U1."""
    table = partition([(50, 30, 20), (40, 40, 40), (30, 30, 30)], apart=(2, 8, 9))
    assert matrix(table) == [[50, 30, 20, None], [40, 40, 40, None], [30, 30, 30, 9]]
    assert told_apart(table) == []


def told_apart(table: Table) -> list[int]:
    """Return the hidden numbers of people apart that follow from the sum over units."""
    frame = privacy.protect(table).frame
    rows = frame["segment"] == "not_assessable"
    hidden = table.frame.loc[rows & frame["n"].isna(), "n"].tolist()
    return hidden if len(hidden) == 1 or 0 < sum(hidden) < 5 else []


def test_a_small_unit_is_hidden_with_whom_stands_apart():
    table = partition([(2, 1, 1), (40, 40, 40), (30, 30, 30)], apart=(2, 8, 9))
    found = matrix(table)
    assert found[0] == [None] * 4
    assert matrix(table, "n_total")[0][:3] == [None] * 3
    assert told_apart(table) == []


# --- tables of other shapes ---


BRIDGE = [(3, 3, 40, 40), (3, 3, 2, 40), (40, 40, 3, 3), (40, 40, 3, 3)]


def test_a_cell_between_two_squares():
    """Rows U0 and U1 hide 6 + 8, their first two columns 6 + 6: the ninth masked cell is 14 − 12 = 2."""
    table = partition(BRIDGE, names=("regular", "occasional", "rare", "no_write_trace"))
    assert told(table) == []


def test_a_table_that_is_protected_enough_stays_as_it_is():
    once = privacy.protect(partition([(30, 12, 3), (40, 40, 40)], summed=False), k=7)
    assert privacy.protect(once) is once
    assert privacy.protect(once, k=7) is once
    assert (privacy.protect(once, k=20).k, values(privacy.protect(once, k=20).frame, "n")[1:3]) == (20, [None, None])


@pytest.mark.parametrize("what", ["people", "suppressed"])
def test_protected_again_with_a_larger_k(what):
    """30, 12 and 3 for k = 5: 15 people are hidden; for k = 20 the 30 must go too."""
    table = partition([(30, 12, 3), (40, 40, 40)], summed=False)
    again = privacy.protect(privacy.protect(table), k=20)
    if what == "people":
        assert values(again.frame, "n") == values(privacy.protect(table, k=20).frame, "n") == [None] * 3 + [40] * 3
    else:
        assert again.frame["suppressed"].tolist() == again.frame["n"].isna().tolist()


def test_no_rows():
    table = partition([(30, 12, 3)])
    empty = Table(
        "by_unit", table.frame.iloc[:0], table.dimensions, ("n",), table.derived, ("n_total",), partition="segment",
        summed=True,
    )  # fmt: skip
    assert privacy.protect(empty).frame.columns.tolist() == [*table.frame.columns, "suppressed"]
    assert privacy.protect(depth([(60, 30, 10)])).frame["suppressed"].tolist() == [False]
