"""CURSOR-CRM: a list of offers and one of inquiries; headers are guesses."""

from tests.ingest.written.doings import USERS, Doing, User, Written, created_and_changed


def _account(user: User) -> str:
    return user.login.upper()


PEOPLE = [
    ["Benutzerkürzel", "Vorname", "Nachname", "E-Mail", "Abteilung", "Benutzerrolle", "Gesperrt", "Letzte Anmeldung"],
    *([_account(u), u.first, u.last, u.email, "Nord", "Vertrieb", "Nein", "03.11.2025"] for u in USERS),
]


def records(doings: list[Doing]) -> list[list[str]]:
    rows = [["Nummer", "Anlagebenutzer", "Anlagedatum", "Änderungsbenutzer", "Änderungsdatum"]]
    for n, (first, last) in enumerate(created_and_changed(doings)):
        by = [[_account(d.user).lower(), f"{d.local:%d.%m.%Y %H:%M:%S}"] for d in (first, last)]
        rows.append([f"AG-{n}", *by[0], *by[1]])
    return rows


_LIST = ("cursor.users", PEOPLE)
WRITTEN = [
    Written("cursor.records", "Angebote.csv", records, ("write",), _account, users=_LIST, things=("lead",),
            delimiter=";"),
    Written("cursor.records", "Anfragen.csv", records, ("write",), _account, users=_LIST, things=("ticket",),
            delimiter=";"),
]  # fmt: skip
