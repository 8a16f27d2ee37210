"""Small cells are masked, and nothing inside a table lets anyone compute them."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pandas.testing as pdt
from hypothesis import given, settings
from hypothesis import strategies as st

from crmkit import privacy
from crmkit.errors import PrivacyError
from crmkit.method.table import Table
from crmkit.privacy import complement
from crmkit.privacy.protected import ProtectedTable
from tests.privacy.attacker import Attacker

SEGMENTS = ["regular", "occasional", "rare"]


def segments(*n: int) -> Table:
    frame = pd.DataFrame({"segment": SEGMENTS, "n": n, "n_total": sum(n)})
    frame["share"] = frame["n"] / max(sum(n), 1)
    return Table(
        "standing", frame, ("segment",), ("n",), {"share": ("n", "n_total")}, ("n_total",), partition="segment"
    )


def units(**n: tuple[int, ...]) -> Table:
    rows = [
        (unit, segment, value, sum(values))
        for unit, values in n.items()
        for segment, value in zip(SEGMENTS, values, strict=True)
    ]
    frame = pd.DataFrame(rows, columns=["org_unit", "segment", "n", "n_total"])
    frame["share"] = frame["n"] / frame["n_total"]
    dims = ("org_unit", "segment")
    derived = {"share": ("n", "n_total")}
    return Table("by_unit", frame, dims, ("n",), derived, ("n_total",), partition="segment", summed=True)


def shown(table: ProtectedTable) -> list[object]:
    return [None if value is pd.NA else value for value in table.frame["n"].tolist()]


def test_what_is_large_enough_stays():
    table = segments(58, 61, 71)
    found = privacy.protect(table)
    expected = table.frame.astype({"n": "Int64", "n_total": "Int64"}).assign(suppressed=False)
    pdt.assert_frame_equal(found.frame, expected)
    assert isinstance(found, ProtectedTable)
    assert (found.k, found.n_suppressed) == (5, 0)


def test_a_small_cell_takes_a_second_one_with_it():
    assert shown(privacy.protect(segments(30, 12, 3))) == [30, None, None]


def test_two_small_cells_that_hide_fewer_than_k_take_a_third():
    assert shown(privacy.protect(segments(30, 2, 2))) == [None, None, None]
    assert shown(privacy.protect(segments(30, 3, 2))) == [30, None, None]


def test_zero_is_no_person():
    assert shown(privacy.protect(segments(30, 20, 0))) == [30, 20, 0]


def test_a_small_group_hides_whole():
    found = privacy.protect(segments(4, 0, 0))
    assert shown(found) == [None, None, None]
    assert found.frame["n_total"].isna().all()
    assert found.frame["share"].isna().all()


def test_one_masked_unit_takes_a_second_one_with_it():
    """Totals of the segments are known from elsewhere: a lone masked unit would follow from them."""
    table = privacy.protect(units(A=(10, 9, 3), B=(20, 20, 20), C=(30, 30, 30)))
    assert shown(table) == [10, None, None, 20, None, None, 30, 30, 30]


def test_a_column_that_only_explains_a_row_makes_no_groups():
    """Each band of a delivered table has a definition of its own; units are the groups all the same."""
    rows = [
        ("A", "oft", "8 of 12", 20),
        ("A", "selten", "2 of 12", 3),
        ("B", "oft", "8 of 12", 9),
        ("B", "selten", "2 of 12", 9),
    ]
    frame = pd.DataFrame(rows, columns=["org_unit", "band", "definition", "n"]).assign(n_total=[23, 23, 18, 18])
    table = Table("e", frame, ("org_unit", "band", "definition"), ("n",), {}, ("n_total",), partition="band")
    assert shown(privacy.protect(table)) == [None, None, 9, 9]


def test_a_complement_is_a_number_too():
    """28 of 30 used it: two did not."""
    frame = pd.DataFrame({"area": ["sales", "service"], "n": [28, 15], "n_total": [30, 30]})
    table = Table("area_usage", frame, ("area",), ("n",), {}, ("n_total",))
    assert shown(privacy.protect(table)) == [None, 15]


def test_several_counts_in_a_row():
    frame = pd.DataFrame(
        {"licence": ["x", "y"], "n_regular": [10, 10], "n_rare": [2, 9], "n_new": [7, 0], "cost": [9.0, 8.0]}
    )
    table = Table("use", frame, ("licence",), ("n_regular", "n_rare", "n_new"), {"cost": ("n_rare",)})
    found = privacy.protect(table).frame
    assert found["n_regular"].tolist() == [10, 10]
    assert found["n_rare"].isna().tolist() == [True, False]
    assert found["n_new"].isna().tolist() == [True, False]
    assert found["cost"].isna().tolist() == [True, False]
    assert found["suppressed"].tolist() == [True, False]


def test_a_table_may_ask_for_more_people():
    frame = pd.DataFrame({"item": ["1", "2"], "n": [6, 7]})
    found = privacy.protect(Table("survey", frame, ("item",), ("n",), k_min=7))
    assert (shown(found), found.k) == ([None, 7], 7)


def test_k_is_a_setting_upwards_only(refused):
    assert shown(privacy.protect(segments(31, 30, 8), k=10)) == [31, None, None]
    with refused(PrivacyError, "k=4: the floor is 5."):
        privacy.protect(segments(30, 30, 30), k=4)


def test_many_tables_at_once_under_their_names(refused):
    found = privacy.protect({"a": segments(30, 30, 30), "b": units(A=(5, 5, 5))})
    assert {name: type(table) for name, table in found.items()} == {"a": ProtectedTable, "b": ProtectedTable}
    with refused(PrivacyError, "protect: `a` is a DataFrame, expected a Table."):
        privacy.protect({"a": segments(30, 30, 30).frame})


def test_input_unchanged_and_empty():
    table = segments(30, 12, 3)
    before = table.frame.copy(deep=True)
    privacy.protect(table)
    pdt.assert_frame_equal(table.frame, before)
    empty = Table("x", pd.DataFrame({"a": [], "n": []}), ("a",), ("n",))
    assert privacy.protect(empty).frame.empty


def test_nobody_else_makes_a_protected_table(refused):
    table = segments(30, 12, 3)
    with refused(PrivacyError, "a ProtectedTable is made by `privacy.protect(table)` only."):
        ProtectedTable(table.name, table.frame, table.dimensions)


def test_nothing_is_shown_if_something_could_be_computed(monkeypatch, refused):
    """Whatever goes wrong in masking: an audit that knows only what is shown has the last word."""

    def secret_only(system, statements):
        return complement._weights_and_secrets(system, statements, np.zeros(len(system.values), bool))[1]

    monkeypatch.setattr("crmkit.privacy.suppress.masked_numbers", secret_only)
    message = (
        "1 numbers of fewer than 5 people could be computed from what would be shown. Tables: `standing`. "
        "Nothing is shown; report this."
    )
    with refused(PrivacyError, message):
        privacy.protect(segments(30, 12, 3))


def test_numbers_that_contradict_each_other(refused):
    two = {"a": segments(30, 30, 30), "b": segments(31, 29, 30)}
    two = {name: replace(table, population="assessed") for name, table in two.items()}
    with refused(PrivacyError, "tables `a` and `b` count the same people differently (columns `n` and `n`)."):
        privacy.protect(two)


def test_parts_that_are_not_the_whole(refused):
    table = segments(30, 30, 30)
    wrong = replace(table, frame=table.frame.assign(n_total=95))
    with refused(PrivacyError, "numbers of the tables contradict each other: parts and whole differ (segment)."):
        privacy.protect(wrong)


def test_audit_of_what_is_not_protected():
    found = privacy.audit(segments(30, 12, 3))
    assert [(f.row, f.column, f.reason) for f in found] == [(2, "n", "small_cell"), (1, "n", "follows")]
    assert privacy.audit(segments(30, 12, 13)) == []


def test_audit_sees_a_lonely_masked_cell():
    table = segments(30, 12, 3)
    frame = table.frame.astype({"n": "Int64"})
    frame.loc[2, "n"] = pd.NA
    careless = ProtectedTable._of(table, frame.assign(suppressed=frame["n"].isna()), 5)
    assert [(f.row, f.reason) for f in privacy.audit(careless)] == [(2, "follows")]


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 12)] * 3), min_size=1, max_size=6), st.integers(5, 9))
def test_nothing_small_follows_from_what_is_shown(rows, k):
    """Whatever the table, with its totals beside it: an attacker bounds no masked number closer than k."""
    table = units(**{f"U{i}": row for i, row in enumerate(rows)})
    everybody = segments(*(sum(row[n] for row in rows) for n in range(3)))
    tables = {"standing": everybody, "by_unit": table}
    tables = {name: replace(one, population="assessed", summed=False) for name, one in tables.items()}
    shown = privacy.protect(tables, k=k)
    assert not shown["by_unit"].frame["n"].between(1, k - 1).any()
    assert Attacker(shown, sorted(table.frame["org_unit"].unique())).told(k) == {}
    assert privacy.audit(shown, k=k) == []
