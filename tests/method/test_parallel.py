"""Parallel structures: the inventory, and what its hours come to; worked out by hand."""

import pandas as pd
import pytest

from crmkit import privacy
from crmkit.errors import MethodError
from crmkit.method import parallel

NAN = float("nan")
COLUMNS = ["process", "org_unit", "purpose", "hours_month_min", "hours_month_max", "crm_lacks"]
RATE = "parallel: {hourly_rate: 65, currency: CHF}\n"


def lists(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS).astype({"hours_month_min": float, "hours_month_max": float})


TWO = lists(("Angebote", "", "Preise", 12, 20, "Varianten"), ("Einsatzplan", "", "", 16.5, 30, "Kalender"))


def test_hours_times_the_clients_own_rate(client_of):
    client = client_of(settings=RATE, parallel_lists=TWO)
    table = parallel.inventory(client)
    expected = TWO.assign(
        cost_month_min=[780.0, 1072.5], cost_month_max=[1300.0, 1950.0], currency=["CHF", "CHF"]
    ).astype(dict.fromkeys(("process", "org_unit", "purpose", "crm_lacks", "currency"), "str"))
    pd.testing.assert_frame_equal(table.frame, expected)
    together = parallel.total(client).frame
    assert together.to_dict("records") == [
        {"period": "month", "hours_min": 28.5, "hours_max": 50.0, "cost_min": 1852.5, "cost_max": 3250.0,
         "hourly_rate": 65.0, "currency": "CHF", "n_estimated": 2, "n_processes": 2},
        {"period": "year", "hours_min": 342.0, "hours_max": 600.0, "cost_min": 22230.0, "cost_max": 39000.0,
         "hourly_rate": 65.0, "currency": "CHF", "n_estimated": 2, "n_processes": 2},
    ]  # fmt: skip
    pd.testing.assert_frame_equal(client.parallel_lists[COLUMNS[3:5]], TWO[COLUMNS[3:5]])


def test_without_a_rate_hours_only(client_of):
    client = client_of(parallel_lists=TWO)
    assert parallel.inventory(client).frame[["cost_month_min", "cost_month_max"]].isna().all(axis=None)
    assert parallel.inventory(client).frame["currency"].tolist() == ["", ""]
    together = parallel.total(client).frame
    assert together[["hours_min", "hours_max", "currency"]].values.tolist() == [[28.5, 50.0, ""], [342.0, 600.0, ""]]
    assert together[["cost_min", "cost_max", "hourly_rate"]].isna().all(axis=None)


def test_one_list(client_of):
    together = parallel.total(client_of(settings=RATE, parallel_lists=TWO.iloc[:1])).frame
    assert together[["period", "cost_min", "cost_max"]].values.tolist() == [
        ["month", 780.0, 1300.0],
        ["year", 9360.0, 15600.0],
    ]


def test_what_nobody_estimated_is_missing_and_said(client_of):
    open_one = lists(("Angebote", "", "", 12, 12, ""), ("Adressen", "", "", NAN, NAN, ""))
    client = client_of(settings=RATE, parallel_lists=open_one)
    assert parallel.inventory(client).frame["cost_month_max"].isna().tolist() == [False, True]
    assert parallel.total(client).frame[["hours_min", "hours_max", "n_estimated", "n_processes"]].values.tolist() == [
        [12, 12, 1, 2],
        [144, 144, 1, 2],
    ]
    assert parallel.total(client_of(parallel_lists=open_one.iloc[1:])).frame.empty


def test_nothing(client_of):
    client = client_of()
    assert (len(parallel.inventory(client).frame), len(parallel.total(client).frame)) == (0, 0)
    shown = privacy.protect({"a": parallel.inventory(client), "b": parallel.total(client)})
    assert all(table.frame.empty for table in shown.values())


def test_the_order_is_that_of_the_inventory(client_of):
    backwards = parallel.inventory(client_of(settings=RATE, parallel_lists=TWO.iloc[::-1])).frame
    assert backwards["process"].tolist() == ["Einsatzplan", "Angebote"]
    one, other = (parallel.total(client_of(settings=RATE, parallel_lists=rows)).frame for rows in (TWO, TWO.iloc[::-1]))
    pd.testing.assert_frame_equal(one, other)


@pytest.mark.parametrize("hours", [(-1, 2), (5, 2)])
def test_hours_that_cannot_be(client_of, refused, hours):
    client = client_of(parallel_lists=lists(("a", "", "", 1, 1, ""), ("b", "", "", *hours, "")))
    with refused(MethodError, "parallel_lists.csv: row 3: hours must be 0 ≤ min ≤ max."):
        parallel.inventory(client)
