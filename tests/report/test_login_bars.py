"""Last logins per organisational unit: drawn, said, masked."""

import pandas as pd
import pytest

from crmkit import privacy
from crmkit.errors import PrivacyError
from crmkit.method.table import Table
from crmkit.report import charts

BANDS = ("within_4_weeks", "weeks_5_12", "over_12_weeks", "never")


def table_of(units: dict[str, tuple[int, ...]], withheld: tuple[int, ...] = ()) -> Table:
    rows = [(unit, band, n, sum(ns)) for unit, ns in units.items() for band, n in zip(BANDS, ns, strict=True)]
    frame = pd.DataFrame(rows, columns=["org_unit", "band", "n", "n_total"])
    frame["share"] = frame["n"] / frame["n_total"]
    return Table(
        "logins_by_unit", frame, ("org_unit", "band"), ("n",), {"share": ("n", "n_total")}, ("n_total",), "people", "C",
        partition="band", summed=True, withheld=withheld,
    )  # fmt: skip


UNITS = {"Vertrieb": (30, 10, 10, 10), "Service": (10, 10, 10, 10), "Einkauf": (6, 5, 5, 0)}


def test_units_in_their_order_with_what_they_prove():
    # Service goes with Einkauf: less the other units, the sums would tell what is withheld.
    shown = privacy.protect(table_of(UNITS, withheld=(8, 9, 10, 11)))
    chart = charts.login_bars(shown)
    assert chart.finding == (
        "In 1 von 1 dargestellten Organisationseinheiten liegt bei mindestens der Hälfte der Konten die letzte "
        "Anmeldung höchstens 4 Wochen zurück. 2 weitere sind nicht darstellbar."
    )
    assert chart.alt.index("Vertrieb") < chart.alt.index("Service") < chart.alt.index("Einkauf")
    assert charts.login_bars(shown, language="en").finding == (
        "In 1 of 1 organisational units shown, the last login of at least half of the accounts was no more than "
        "4 weeks ago. 2 more cannot be shown."
    )


def test_nothing_to_show():
    empty = charts.login_bars(privacy.protect(table_of({})))
    assert empty.kind == "absent"
    masked = privacy.protect(table_of({"Einkauf": (6, 5, 5, 0)}, withheld=(0, 1, 2, 3)))
    assert charts.login_bars(masked).finding == "Die Zahlen sind zu klein, um sie zu zeigen."


def test_unprotected_tables_are_refused():
    with pytest.raises(PrivacyError):
        charts.login_bars(table_of(UNITS))
