"""Exports of no particular system, as an IT department writes them."""

from tests.ingest.written.doings import Doing, Written

WORDS = {"lead": "Verkaufschance", "ticket": "Ticket", "contact": "Kontakt"}


def logins(doings: list[Doing]) -> list[list[str]]:
    return [["Benutzerkennung", "Zeitpunkt"], *([d.user.login, f"{d.utc:%Y-%m-%dT%H:%M:%S+00:00}"] for d in doings)]


def mixed_offsets(doings: list[Doing]) -> list[list[str]]:
    rows = [["Benutzerkennung", "Zeitpunkt", "Ereignis-ID"]]
    for n, d in enumerate(doings):
        offset = "+02:00" if d.summer else "+01:00"
        rows.append([d.user.login, f"{d.local:%d.%m.%Y %H:%M:%S} {offset}", str(n)])
    return rows


def changes(doings: list[Doing]) -> list[list[str]]:
    return [["Modul", "Geändert von", "Geändert am"]] + [
        [WORDS[d.thing], d.user.login, f"{d.utc:%d.%m.%Y %H:%M:%S} UTC"] for d in doings
    ]


def days(doings: list[Doing]) -> list[list[str]]:
    rows = [["Tag", "Kennung", "Objekt", "Aufrufe", "Änderungen", "Anmeldungen"]]
    for d in doings:
        counts = [str(int(d.what == what)) for what in ("view", "write", "login")]
        rows.append([f"{d.local:%d.%m.%Y}", d.user.login, WORDS.get(d.thing, ""), *counts])
    return rows


def _account(user) -> str:
    return user.login


WRITTEN = [
    Written("generic.logins", "logins.csv", logins, ("login",), _account, False),
    Written("generic.logins", "logins_offsets.csv", mixed_offsets, ("login",), _account, False, delimiter=";"),
    Written("generic.changes", "aenderungen.csv", changes, ("write",), _account, delimiter=";"),
    Written("generic.activity", "tage.csv", days, ("login", "view", "write"), _account, delimiter=";"),
]
