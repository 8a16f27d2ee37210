"""Kleinod Metallbau GmbH: 30 users and nothing but a user list in Excel; tier C, totals only."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from generator.chance import Chance
from generator.names import german_names, plain
from generator.truth import TRUTH_HEADER
from generator.writing import write_csv, write_excel

AS_OF = dt.date(2026, 4, 26)
_HEADER = ("Benutzerkennung", "Nachname", "Vorname", "E-Mail", "Abteilung", "Lizenz", "Letzte Anmeldung", "Aktiv")
#: Band of the last login → people, and days before the export between which it lies; well inside the band.
BANDS: dict[str, tuple[int, tuple[int, int] | None]] = {
    "within_4_weeks": (11, (2, 24)),
    "weeks_5_12": (7, (33, 79)),
    "over_12_weeks": (6, (100, 480)),
    "never": (6, None),
}
_N_GONE = 2
_UNITS = {"Verkauf": 0.4, "Auftragsabwicklung": 0.35, "Werkstatt": 0.25}


def write(folder: Path, truth: Path) -> None:
    """Write the user list and the truth: the band of each person's last login."""
    bands = [band for band, (number, _) in BANDS.items() for _ in range(number)] + ["left"] * _N_GONE
    mixed = Chance("kleinod", "order").shuffled(bands)
    names = german_names("kleinod", len(mixed))
    people = [(number, *name, band) for number, (name, band) in enumerate(zip(names, mixed, strict=True), start=1)]
    write_excel(
        folder / "exports" / "Benutzerliste.xlsx",
        _HEADER,
        sorted((_row(*person) for person in people), key=lambda row: row[1]),
        sheet="Benutzer",
    )
    write_csv(truth, TRUTH_HEADER, sorted(_truth(*person) for person in people))


def _account(number: int) -> str:
    return f"KM{number:03d}"


def _row(number: int, first_name: str, surname: str, band: str) -> list[str]:
    chance = Chance("kleinod", number, "row")
    email = f"{plain(first_name)}.{plain(surname)}@kleinod-metallbau.example"
    unit, is_active = chance.weighted(_UNITS), "nein" if band == "left" else "ja"
    return [
        _account(number),
        surname,
        first_name,
        email,
        unit,
        "CRM Arbeitsplatz",
        _last_login(band, chance),
        is_active,
    ]


def _last_login(band: str, chance: Chance) -> str:
    span = (300, 500) if band == "left" else BANDS[band][1]
    if span is None:
        return ""
    day = chance.day(AS_OF - dt.timedelta(days=span[1]), AS_OF - dt.timedelta(days=span[0]))
    return f"{day:%d.%m.%Y}"


def _truth(number: int, _first_name: str, _surname: str, band: str) -> list[str]:
    return [_account(number), _account(number), "person", band, "", "" if band == "left" else band, "false"]
