"""Stadtwerke Beispielstadt: nothing but aggregates that the works council has released; tier E."""

from __future__ import annotations

from pathlib import Path

from generator.writing import write_csv

_HEADER = "Organisationseinheit,Nutzungsband,Anzahl,Von,Bis,Definition"
_SPAN = ("05.01.2026", "29.03.2026")
#: The client's own bands and what it means by them.
_BANDS = {
    "regelmäßig": "mindestens 8 von 12 Kalenderwochen",
    "gelegentlich": "3 bis 7 von 12 Kalenderwochen",
    "selten": "höchstens 2 von 12 Kalenderwochen",
}
#: Unit → people per band. One cell lies below five: it was delivered, and must not be shown.
COUNTS = {
    "Kundenbüro": (31, 18, 12),
    "Vertrieb Geschäftskunden": (22, 15, 9),
    "Energieberatung": (9, 11, 8),
    "Netzanschluss und Bauwesen": (14, 23, 37),
    "Technischer Außendienst": (3, 12, 29),
}


def write(folder: Path, truth: Path) -> None:
    """Write the aggregates as a German Excel saves them; nobody's truth is behind them."""
    del truth
    rows = [
        (unit, band, number, *_SPAN, definition)
        for unit, numbers in COUNTS.items()
        for number, (band, definition) in zip(numbers, _BANDS.items(), strict=True)
    ]
    write_csv(folder / "exports" / "Nutzung_je_Bereich.csv", _HEADER, rows, delimiter=";", encoding="cp1252")
