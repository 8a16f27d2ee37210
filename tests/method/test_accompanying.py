"""The client's own figures: first, last and change in their own unit; worked out by hand."""

import datetime as dt

import pandas as pd

from crmkit.errors import MethodError
from crmkit.method import accompanying


def outcomes(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["outcome", "date", "value", "unit"])


ROWS = (
    ("Umsatz", "2026-03-31", 4.5, "Mio. €"),
    ("Zufriedenheit", "2025-12-31", 7.4, "Punkte von 10"),
    ("Umsatz", "2025-12-31", 4.2, "Mio. €"),
    (" umsatz ", "2026-06-28", 4.0, "Mio. € "),
    ("Zufriedenheit", "2026-07-31", 9.9, "Punkte von 10"),
)


def test_readings_by_figure_and_date_none_of_later(client_of):
    table = accompanying.figures(client_of(outcomes=outcomes(*ROWS)))
    assert table.frame.astype({"date": "str"}).values.tolist() == [
        ["Umsatz", "Mio. €", "2025-12-31", 4.2],
        ["Umsatz", "Mio. €", "2026-03-31", 4.5],
        ["Umsatz", "Mio. €", "2026-06-28", 4.0],
        ["Zufriedenheit", "Punkte von 10", "2025-12-31", 7.4],
    ]
    assert table.window == (dt.date(2025, 12, 31), dt.date(2026, 6, 28))


def test_first_last_and_change(client_of):
    client = client_of(outcomes=outcomes(*ROWS))
    before = client.outcomes.copy()
    frame = accompanying.changes(client).frame.astype({"first_date": "str", "last_date": "str"})
    assert frame.iloc[0].tolist() == ["Umsatz", "Mio. €", 3, "2025-12-31", 4.2, "2026-06-28", 4.0, 4.0 - 4.2]
    assert frame.iloc[1, :-1].tolist() == ["Zufriedenheit", "Punkte von 10", 1, "2025-12-31", 7.4, "2025-12-31", 7.4]
    assert pd.isna(frame.iloc[1, -1])
    pd.testing.assert_frame_equal(client.outcomes, before)


def test_the_order_of_the_rows_decides_on_the_order_of_the_figures_alone(client_of):
    one, other = (accompanying.changes(client_of(outcomes=outcomes(*rows))).frame for rows in (ROWS, ROWS[2::-1]))
    assert one["outcome"].tolist() == other["outcome"].tolist() == ["Umsatz", "Zufriedenheit"]
    assert one.loc[0, "first_value"] == other.loc[0, "first_value"] == 4.2
    assert other.loc[0, "last_value"] == 4.5


def test_as_of_decides(client_of):
    early = client_of(outcomes=outcomes(*ROWS), as_of="2026-04-30")
    assert accompanying.changes(early).frame["last_value"].tolist() == [4.5, 7.4]


def test_what_is_missing_is_left_out(client_of):
    rows = outcomes(("Umsatz", None, 4.0, "€"), ("Umsatz", "2026-01-31", None, "€"), ("Freude", "2026-01-31", 5, ""))
    assert accompanying.figures(client_of(outcomes=rows)).frame["outcome"].tolist() == ["Freude"]


def test_nothing(client_of):
    client = client_of()
    assert (len(accompanying.figures(client).frame), len(accompanying.changes(client).frame)) == (0, 0)


def test_a_figure_in_two_units_or_twice_on_a_date(client_of, refused):
    first = ("Umsatz", "2026-01-31", 4.0, "€")
    with refused(MethodError, "outcomes.csv: row 3: a figure stands in several units; keep one."):
        accompanying.figures(client_of(outcomes=outcomes(first, ("umsatz", "2026-02-28", 4.0, "T€"))))
    with refused(MethodError, "outcomes.csv: row 3: a figure stands twice on a date; keep one."):
        accompanying.changes(client_of(outcomes=outcomes(first, ("UMSATZ", "2026-01-31", 4.0, "€"))))
